"""Words for the stored choices, as people read them. One table; a test holds it complete."""

from __future__ import annotations

from enum import StrEnum

from magdesk.checks.finding import Severity
from magdesk.i18n import _
from magdesk.model.case import CaseStatus, EngagementKind, OrganisationRole, Publicity
from magdesk.model.drafting import AdverseKind, ProceedingStatus
from magdesk.model.evidence import (
    Access,
    Copy,
    Credibility,
    Grade,
    ProofKind,
    Reliability,
    SourceType,
    VerificationResult,
)
from magdesk.model.facts import PinpointKind, Stance
from magdesk.model.incidents import Mode
from magdesk.model.people import (
    BasisStanding,
    ConsentLevel,
    EndState,
    IdentifierKind,
    NameKind,
    PartyKind,
    RelationKind,
    VictimStatus,
)
from magdesk.model.review import ReviewRole
from magdesk.model.submissions import OutcomeKind

_LABELS: dict[type[StrEnum], dict[str, str]] = {
    CaseStatus: {
        CaseStatus.DRAFT: _("Draft"),
        CaseStatus.INTERNAL_REVIEW: _("In internal review"),
        CaseStatus.APPROVED: _("Approved"),
        CaseStatus.SUBMITTED: _("Submitted"),
        CaseStatus.UNDER_FOLLOW_UP: _("Under follow-up"),
        CaseStatus.CLOSED: _("Closed"),
        CaseStatus.WITHDRAWN: _("Withdrawn"),
    },
    OrganisationRole: {
        OrganisationRole.LEAD: _("Lead organisation"),
        OrganisationRole.CO_SUBMITTER: _("Co-submitter"),
        OrganisationRole.PARTNER: _("Partner"),
    },
    EngagementKind: {
        EngagementKind.PUBLICATION: _("Publication"),
        EngagementKind.US_GOVERNMENT: _("US government"),
        EngagementKind.UNITED_NATIONS: _("United Nations"),
    },
    Publicity: {
        Publicity.PUBLIC: _("Public measure"),
        Publicity.PRIVATE: _("Private measure"),
        Publicity.EITHER: _("Either"),
    },
    PartyKind: {
        PartyKind.PERSON: _("Person"),
        PartyKind.ENTITY: _("Entity"),
        PartyKind.UNIT: _("Unit"),
    },
    NameKind: {
        NameKind.PRIMARY: _("Primary name"),
        NameKind.NATIVE: _("Native script"),
        NameKind.ALIAS: _("Alias"),
        NameKind.FORMER: _("Former name"),
        NameKind.TRANSLITERATION: _("Transliteration"),
        NameKind.LOW_QUALITY: _("Low-quality alias"),
    },
    IdentifierKind: {
        IdentifierKind.DATE_OF_BIRTH: _("Date of birth"),
        IdentifierKind.PLACE_OF_BIRTH: _("Place of birth"),
        IdentifierKind.SEX: _("Sex"),
        IdentifierKind.NATIONALITY: _("Nationality"),
        IdentifierKind.LOCATION: _("Address or location"),
        IdentifierKind.PASSPORT: _("Passport number"),
        IdentifierKind.NATIONAL_ID: _("National ID number"),
        IdentifierKind.TAX_NUMBER: _("Tax number"),
        IdentifierKind.REGISTRATION_NUMBER: _("Registration number"),
        IdentifierKind.DATE_FOUNDED: _("Date founded"),
        IdentifierKind.EMAIL: _("E-mail address"),
        IdentifierKind.PHONE: _("Phone number"),
        IdentifierKind.WEBSITE: _("Website"),
        IdentifierKind.SOCIAL_MEDIA: _("Social-media account"),
        IdentifierKind.DESCRIPTION: _("Physical description"),
        IdentifierKind.OTHER: _("Other identifier"),
    },
    EndState: {
        EndState.ONGOING: _("Ongoing"),
        EndState.ENDED: _("Ended"),
        EndState.UNKNOWN: _("Not known"),
    },
    RelationKind: {
        RelationKind.COMMANDS: _("Commands"),
        RelationKind.MEMBER_OF: _("Is a member of"),
        RelationKind.PART_OF: _("Is part of"),
        RelationKind.OWNS: _("Owns"),
        RelationKind.CONTROLS: _("Controls"),
        RelationKind.ACTS_FOR: _("Acts for"),
        RelationKind.SPOUSE: _("Is the spouse of"),
        RelationKind.CHILD: _("Is a child of"),
        RelationKind.PARENT: _("Is a parent of"),
        RelationKind.SIBLING: _("Is a sibling of"),
        RelationKind.ASSOCIATE: _("Is an associate of"),
    },
    VictimStatus: {
        VictimStatus.NONE_KNOWN: _("None known"),
        VictimStatus.RIGHTS_DEFENDER: _("Human rights defender"),
        VictimStatus.JOURNALIST: _("Journalist"),
        VictimStatus.WHISTLEBLOWER: _("Whistleblower"),
        VictimStatus.LAWYER: _("Lawyer"),
        VictimStatus.PROTESTER: _("Protester"),
        VictimStatus.RELIGIOUS_BELIEVER: _("Religious believer"),
        VictimStatus.OPPOSITION_MEMBER: _("Member of the opposition"),
        VictimStatus.TRADE_UNIONIST: _("Trade unionist"),
        VictimStatus.EXERCISING_RIGHTS: _("Exercising another right"),
    },
    ConsentLevel: {
        ConsentLevel.NONE: _("No consent"),
        ConsentLevel.INTERNAL: _("Internal use only"),
        ConsentLevel.GOVERNMENTS_CONFIDENTIAL: _("Governments, in confidence"),
        ConsentLevel.GOVERNMENTS_ANONYMISED: _("Governments, without the name"),
        ConsentLevel.PUBLIC_ANONYMISED: _("Public, without the name"),
        ConsentLevel.PUBLIC_NAMED: _("Public, with the name"),
    },
    BasisStanding: {
        BasisStanding.PRIMARY: _("Pleaded first"),
        BasisStanding.ALTERNATIVE: _("In the alternative"),
    },
    Mode: {
        Mode.DIRECT: _("Direct perpetrator"),
        Mode.ORDERED: _("Ordered, directed or planned"),
        Mode.COMPLICIT: _("Complicit"),
        Mode.INDIRECT: _("Indirectly engaged"),
        Mode.COMMAND: _("Command responsibility"),
        Mode.STATUS: _("Leader or official"),
    },
    SourceType: {
        SourceType.UNCLASSIFIED: _("Not classified yet"),
        SourceType.COURT_RECORD: _("Court record"),
        SourceType.OFFICIAL_RECORD: _("Official record"),
        SourceType.REGISTRY: _("Registry extract"),
        SourceType.UN_DOCUMENT: _("UN document"),
        SourceType.US_REPORT: _("US government report"),
        SourceType.STATEMENT: _("Statement or interview"),
        SourceType.MEDICAL_REPORT: _("Medical report"),
        SourceType.PHOTO_VIDEO: _("Photo, video or audio"),
        SourceType.NGO_REPORT: _("NGO report"),
        SourceType.MEDIA: _("Media report"),
        SourceType.ACADEMIC: _("Academic work"),
        SourceType.CORRESPONDENCE: _("Correspondence"),
        SourceType.FINANCIAL_RECORD: _("Financial record"),
        SourceType.SOCIAL_MEDIA: _("Social media"),
        SourceType.EXPERT_REPORT: _("Expert report"),
        SourceType.TRANSLATION: _("Translation or transcript"),
        SourceType.OTHER: _("Other"),
    },
    VerificationResult: {
        VerificationResult.UNVERIFIED: _("Not verified"),
        VerificationResult.PARTLY: _("Partly verified"),
        VerificationResult.VERIFIED: _("Verified"),
        VerificationResult.DISPROVED: _("Disproved"),
    },
    ProofKind: {
        ProofKind.RFC_3161: _("RFC 3161 timestamp"),
        ProofKind.OPENTIMESTAMPS: _("OpenTimestamps proof"),
    },
    Grade: {
        Grade.A: _("A: primary, official or judicial"),
        Grade.B: _("B: direct testimony"),
        Grade.C: _("C: reputable secondary"),
        Grade.D: _("D: weaker"),
        Grade.X: _("X: context only"),
    },
    Reliability: {
        Reliability.A: _("A: completely reliable"),
        Reliability.B: _("B: usually reliable"),
        Reliability.C: _("C: fairly reliable"),
        Reliability.D: _("D: not usually reliable"),
        Reliability.E: _("E: unreliable"),
        Reliability.F: _("F: cannot be judged"),
    },
    Credibility: {
        Credibility.CONFIRMED: _("1: confirmed by other sources"),
        Credibility.PROBABLE: _("2: probably true"),
        Credibility.POSSIBLE: _("3: possibly true"),
        Credibility.DOUBTFUL: _("4: doubtful"),
        Credibility.IMPROBABLE: _("5: improbable"),
        Credibility.CANNOT_BE_JUDGED: _("6: cannot be judged"),
    },
    Access: {
        Access.OPEN_SOURCE: _("Open source"),
        Access.ON_FILE: _("On file with us"),
        Access.CONFIDENTIAL: _("Confidential"),
        Access.INTERNAL: _("Internal: never leaves"),
    },
    Copy: {
        Copy.UNKNOWN: _("Not known"),
        Copy.ORIGINAL: _("Original"),
        Copy.COPY: _("Copy"),
        Copy.EXTRACT: _("Extract"),
        Copy.SCREENSHOT: _("Screenshot"),
    },
    Stance: {
        Stance.SUPPORTS: _("Supports"),
        Stance.CONTRADICTS: _("Contradicts"),
    },
    PinpointKind: {
        PinpointKind.PAGE: _("Page"),
        PinpointKind.PARAGRAPH: _("Paragraph"),
        PinpointKind.TIME: _("Time"),
        PinpointKind.CELL: _("Cell"),
        PinpointKind.WHOLE: _("The whole item"),
    },
    AdverseKind: {
        AdverseKind.DENIAL: _("Denial"),
        AdverseKind.ACQUITTAL: _("Acquittal"),
        AdverseKind.INTERNAL_PROBE: _("Internal probe"),
        AdverseKind.ALTERNATIVE_PERPETRATOR: _("Alternative perpetrator"),
        AdverseKind.SOURCE_WEAKNESS: _("Weakness of a source"),
        AdverseKind.REMEDIAL_STEP: _("Remedial step"),
        AdverseKind.CONTRADICTION: _("Contradiction"),
        AdverseKind.OTHER: _("Other"),
    },
    ProceedingStatus: {
        ProceedingStatus.NONE_KNOWN: _("None known"),
        ProceedingStatus.PENDING: _("Pending"),
        ProceedingStatus.CLOSED_WITHOUT_CHARGE: _("Closed without charge"),
        ProceedingStatus.SHAM: _("Sham proceeding"),
        ProceedingStatus.CONVICTED: _("Convicted"),
        ProceedingStatus.ACQUITTED: _("Acquitted"),
        ProceedingStatus.FINDINGS_ISSUED: _("Findings issued"),
        ProceedingStatus.ENFORCED: _("Enforced"),
    },
    ReviewRole: {
        ReviewRole.DRAFTER: _("Drafter"),
        ReviewRole.SECOND_READER: _("Second reader"),
        ReviewRole.ADVERSE_READER: _("Adverse reader"),
        ReviewRole.LAWYER: _("Lawyer"),
    },
    OutcomeKind: {
        OutcomeKind.ACKNOWLEDGED: _("Receipt acknowledged"),
        OutcomeKind.MEETING: _("Meeting"),
        OutcomeKind.INFORMATION_REQUESTED: _("More information requested"),
        OutcomeKind.SUPPLEMENT_SENT: _("Supplement sent"),
        OutcomeKind.DESIGNATED: _("Designated"),
        OutcomeKind.VISA_RESTRICTED: _("Visa restricted"),
        OutcomeKind.SANCTIONED_ELSEWHERE: _("Sanctioned elsewhere"),
        OutcomeKind.DECLINED: _("Declined"),
        OutcomeKind.DORMANT: _("Dormant"),
        OutcomeKind.DELISTED: _("Delisted"),
    },
    Severity: {
        Severity.BLOCK: _("Blocks the export"),
        Severity.WARN: _("Warning"),
        Severity.INFO: _("Note"),
    },
}


def label(choice: StrEnum) -> str:
    """The choice in words."""
    return _LABELS[type(choice)][choice]
