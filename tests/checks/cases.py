"""A small case in which no check finds anything, to be spoiled in one point by each test."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import TypeVar

from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from magdesk.checks import Finding, run_checks
from magdesk.dates.partialdate import PartialDate
from magdesk.dossier.dossier import load_dossier
from magdesk.model import (
    AdverseItem,
    Authority,
    Base,
    Case,
    Citation,
    Consent,
    Contact,
    ElementNote,
    Evidence,
    Fact,
    Harm,
    Identifier,
    Incident,
    InterestArgument,
    LegalBasis,
    Name,
    Organisation,
    OtherSanction,
    Participation,
    Party,
    Position,
    Proceeding,
    Proof,
    Recipient,
    Section,
    Signoff,
    Target,
    Unknown,
    Victim,
    Witness,
)
from magdesk.model.evidence import Grade, SourceType
from magdesk.model.facts import PinpointKind
from magdesk.model.incidents import Mode
from magdesk.model.people import (
    ConsentLevel,
    EndState,
    IdentifierKind,
    NameKind,
    RelationKind,
)
from magdesk.model.review import ReviewRole
from magdesk.model.text import party_token
from magdesk.regimes import Law

TODAY = date(2026, 6, 1)
Row = TypeVar("Row", bound=Base)


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


class SmallCase:
    """One general, one incident, one protected witness; everything a check asks for is there."""

    def __init__(self, law: Law) -> None:
        self.law = law
        engine = create_engine("sqlite://", poolclass=StaticPool)
        Base.metadata.create_all(engine)
        self.session = Session(engine, expire_on_commit=False)
        self._front()
        self._evidence()
        self._general()
        self._witness()
        self._incident()
        self._facts()
        self._back()
        self.session.commit()

    def restore(self) -> None:
        """Take back what a test did."""
        self.session.rollback()

    def add(self, row: Row) -> Row:
        self.session.add(row)
        self.session.flush()
        return row

    def remove(self, row: Base) -> None:
        self.session.delete(row)

    def close(self) -> None:
        engine = self.session.get_bind()
        self.session.close()
        engine.engine.dispose()

    def findings(self, code: str = "") -> list[Finding]:
        self.session.flush()
        self.session.expire_all()
        found = run_checks(load_dossier(self.session), self.law, TODAY)
        return [one for one in found if not code or one.code == code]

    def severities(self, code: str) -> list[str]:
        return [one.severity.value for one in self.findings(code)]

    # ---------------------------------------------------------------------------------------------

    def _front(self) -> None:
        self.case = self.add(
            Case(
                title="Beatings at Camp Oster",
                country="Republic of Generica",
                filing_date=date(2026, 7, 1),
                order_status_verified_on=date(2026, 1, 10),
                standard_of_proof="Two independent sources agree.",
                programme_check="No programme for Generica.",
                programme_checked_on=date(2026, 5, 1),
                side_effects="Two families were asked and agree.",
                created_at=datetime(2026, 1, 1, tzinfo=UTC),
            )
        )
        self.organisation = self.add(
            Organisation(name="Clinic for Rights", link_to_case="We interviewed eleven former detainees.")
        )
        self.contact = self.add(
            Contact(
                organisation_id=self.organisation.id, name="Ada Counsel", email="ada@clinic.example", phone="+41 22 1"
            )
        )
        self.glomag = self.add(Authority(regime="us-glomag"))
        self.visa = self.add(
            Authority(
                regime="us-7031c",
                rank=1,
                citation="fiscal year 2026 appropriations act (Div. F, P.L. 119-75)",
                citation_confirmed_on=date(2026, 5, 1),
            )
        )
        self.state, self.treasury = (
            self.add(
                Recipient(
                    letter=letter, office=letter.title(), address="Washington, D.C.", verified_on=date(2026, 5, 20)
                )
            )
            for letter in ("state", "treasury")
        )
        self.summary = self.add(Section(code="executive_summary", text="One general is recommended."))

    def _evidence(self) -> None:
        def item(number: int, kind: SourceType) -> Evidence:
            return self.add(
                Evidence(
                    rank=number,
                    title=f"Document {number}",
                    language="en",
                    source_type=kind,
                    pages=10,
                    sha256=f"{number:064x}",
                    obtained_from="a court clerk",
                    grade=Grade.A,
                )
            )

        self.order = item(1, SourceType.COURT_RECORD)
        self.report = item(2, SourceType.NGO_REPORT)
        self.medical = item(3, SourceType.MEDICAL_REPORT)
        self.statement = item(4, SourceType.STATEMENT)
        self.photo = item(5, SourceType.PHOTO_VIDEO)

    def _general(self) -> None:
        self.general = self.add(Party())
        self.latin = self.add(Name(party_id=self.general.id, text="Ilan Verrodine", language="ru"))
        self.native = self.add(
            Name(party_id=self.general.id, text="Илан Верродин", kind=NameKind.NATIVE, language="ru", rank=1)
        )
        self.identifiers = {
            kind: self.add(Identifier(party_id=self.general.id, kind=kind, value=value))
            for kind, value in (
                (IdentifierKind.DATE_OF_BIRTH, "1971"),
                (IdentifierKind.NATIONALITY, "Generica"),
                (IdentifierKind.PLACE_OF_BIRTH, "Port Amber"),
                (IdentifierKind.SEX, "male"),
                (IdentifierKind.LOCATION, "Generica"),
                (IdentifierKind.PASSPORT, "N 1"),
            )
        }
        self.command = self.add(
            Position(
                party_id=self.general.id,
                title="Commander",
                body="Third Brigade",
                start=day("2020-02"),
                end_state=EndState.ONGOING,
                government=True,
                leader=True,
            )
        )
        self.target = self.add(
            Target(
                party_id=self.general.id,
                role="Commander of the Third Brigade.",
                request="Designation under E.O. 13818.",
                foreign_person_basis="National of Generica only.",
                photo_id=self.photo.id,
                namesake_check="None found.",
                namesake_checked_on=date(2026, 5, 1),
                designation_check="No entry.",
                designation_checked_on=date(2026, 5, 20),
            )
        )

    def _witness(self) -> None:
        self.protected = self.add(Party(protected=True, pseudonym="Witness 3"))
        self.secret_name = self.add(Name(party_id=self.protected.id, text="Oksana Marchenkova"))
        self.witness = self.add(Witness(party_id=self.protected.id, basis_of_knowledge="Was held there."))
        self.victim = self.add(Victim(party_id=self.protected.id))
        self.consent = self.add(
            Consent(
                party_id=self.protected.id,
                level=ConsentLevel.GOVERNMENTS_ANONYMISED,
                obtained_on=date(2026, 1, 5),
                informed_of_disclosure_risk=True,
                review_on=date(2027, 1, 1),
            )
        )
        self.statement.speaker_id = self.protected.id

    def _incident(self) -> None:
        self.incident = self.add(
            Incident(
                title="Beatings at Camp Oster",
                kind="torture",
                start=day("2024-03-05"),
                place="Camp Oster",
                country="Generica",
                summary="Guards beat a detainee.",
            )
        )
        self.harm = self.add(
            Harm(incident_id=self.incident.id, party_id=self.protected.id, description="Two broken ribs.")
        )
        self.part = self.add(
            Participation(
                incident_id=self.incident.id,
                target_id=self.target.id,
                mode=Mode.ORDERED,
                description="Gave the order.",
            )
        )

    def _facts(self) -> None:
        self.basis = self.add(
            LegalBasis(target_id=self.target.id, regime="us-glomag", prong="HR-1", abuse_type="torture")
        )
        texts = (
            "Guards beat {who} for an hour.",
            "The general ordered it.",
            "The general is a national of Generica.",
        )
        self.facts = [
            self.add(
                Fact(
                    rank=number,
                    text=text.replace("{who}", party_token(self.protected.id)),
                    date=day("2024-03-05"),
                    place="Camp Oster",
                    incident_id=self.incident.id,
                )
            )
            for number, text in enumerate(texts)
        ]
        self.citations = [
            self.cite(fact, item)
            for fact in self.facts
            for item in (self.order, self.report, self.medical, self.statement)
        ]
        for fact, codes in zip(self.facts, (("T1", "T2", "T3", "T4", "T5", "T6"), ("E3",), ("E1",)), strict=True):
            for code in codes:
                self.prove(fact, self.basis, code)

    def cite(self, fact: Fact, item: Evidence, pinpoint: str = "4") -> Citation:
        return self.add(
            Citation(
                fact_id=fact.id,
                evidence_id=item.id,
                pinpoint=pinpoint,
                pinpoint_kind=PinpointKind.PAGE,
                quote="beaten",
            )
        )

    def prove(self, fact: Fact, basis: LegalBasis, code: str) -> Proof:
        return self.add(Proof(fact_id=fact.id, legal_basis_id=basis.id, element=code))

    def note(self, code: str, text: str) -> ElementNote:
        return self.add(ElementNote(legal_basis_id=self.basis.id, element=code, text=text))

    def unknown(self, subject: uuid.UUID, name: str, searched: str = "three archives") -> Unknown:
        return self.add(Unknown(subject_id=subject, field=name, searched=searched))

    def _back(self) -> None:
        self.adverse = self.add(
            AdverseItem(title="Denial", text="The ministry denied it.", answer="No detainee was heard.")
        )
        self.arguments = [
            self.add(InterestArgument(code=code, text="Other commanders would hear of it.", rank=number))
            for number, code in enumerate(("NI-5", "NI-8"))
        ]
        self.proceeding = self.add(Proceeding(forum="Military prosecutor", text="Closed after six days."))
        self.sanction = self.add(OtherSanction(jurisdiction="United Kingdom", checked_on=date(2026, 5, 1)))
        self.signoffs = {
            role: self.add(Signoff(role=role, name=name, signed_on=date(2026, 5, 25)))
            for role, name in (
                (ReviewRole.DRAFTER, "Dora Drafter"),
                (ReviewRole.ADVERSE_READER, "Rea Reader"),
                (ReviewRole.LAWYER, "Lea Lawyer"),
            )
        }

    # ------------------------------------------------------------------------------------ more people

    def second_target(self, name: str, prong: str, rank: int = 1, **basis: object) -> tuple[Target, LegalBasis]:
        """Another target, complete but for what its own paragraph asks."""
        party = self.add(Party())
        self.add(Name(party_id=party.id, text=name, kind=NameKind.NATIVE, language="en"))
        for kind in self.identifiers:
            self.add(Identifier(party_id=party.id, kind=kind, value="1970"))
        self.add(
            Position(
                party_id=party.id, title="Director", start=day("2019"), end_state=EndState.ONGOING, government=True
            )
        )
        target = self.add(
            Target(
                party_id=party.id,
                rank=rank,
                request="Designation.",
                foreign_person_basis="National of Generica only.",
                photo_id=self.photo.id,
                namesake_check="None.",
                namesake_checked_on=TODAY,
                designation_check="No entry.",
                designation_checked_on=TODAY,
            )
        )
        values: dict[str, object] = {"regime": "us-glomag", **basis}
        legal = self.add(LegalBasis(target_id=target.id, prong=prong, **values))
        return target, legal

    def relate(self, party: Party, other: Party, kind: RelationKind, **values: object) -> None:
        from magdesk.model import Relation

        self.add(Relation(party_id=party.id, other_id=other.id, kind=kind, **values))
