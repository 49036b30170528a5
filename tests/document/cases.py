"""Small invented cases for the tests of the document builders."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from magdesk.dates.partialdate import PartialDate
from magdesk.document.exhibits import ExhibitMap, ExhibitPlace
from magdesk.dossier.dossier import Dossier, load_dossier
from magdesk.model import (
    AdverseItem,
    Authority,
    Base,
    Case,
    Citation,
    Contact,
    ElementNote,
    Engagement,
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
    Relation,
    Section,
    Target,
    Unknown,
    Victim,
    Witness,
)
from magdesk.model.drafting import AdverseKind, ProceedingStatus
from magdesk.model.evidence import Access, Grade, SourceType
from magdesk.model.facts import PinpointKind, Stance
from magdesk.model.incidents import Mode
from magdesk.model.people import (
    BasisStanding,
    EndState,
    IdentifierKind,
    NameKind,
    PartyKind,
    RelationKind,
    VictimStatus,
)
from magdesk.model.text import evidence_token, fact_token, party_token
from magdesk.values import now

DAY = date(2026, 11, 22)


def session_of(*rows: Base) -> Session:
    """A database in memory that holds the rows."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    session = Session(engine, expire_on_commit=False)
    session.add_all(rows)
    session.commit()
    return session


def dossier_of(*rows: Base) -> Dossier:
    session = session_of(*rows)
    dossier = load_dossier(session)
    vars(dossier)["session"] = session  # rows load what they lack as long as their session lives
    return dossier


def exhibit_map(dossier: Dossier, *, native: frozenset[uuid.UUID] = frozenset()) -> ExhibitMap:
    """A plausible bundle: ten pages of index, then cover sheet and pages of each exhibit."""
    places: ExhibitMap = {}
    page, bates = 11, 1
    for number, item in enumerate(dossier.exhibits, 1):
        pages = 0 if item.id in native else item.pages or 1
        places[item.id] = ExhibitPlace(
            number=number,
            evidence_id=item.id,
            cover_page=page,
            first_page=page + 1 if pages else 0,
            pages=pages,
            cover_bates=f"GEN-{bates:06d}",
            bates=tuple(f"GEN-{bates + one:06d}" for one in range(1, pages + 1)),
            native=f"ex-{number:03d}.mp4" if item.id in native else "",
            reason="A recording has no pages." if item.id in native else "",
        )
        page += pages + 1
        bates += pages + 1
    return places


@dataclass
class Generica:
    """A small complete case, with its rows by name."""

    rows: list[Base] = field(default_factory=list)
    general: Party = field(default_factory=lambda: Party(kind=PartyKind.PERSON))
    brigade: Party = field(default_factory=lambda: Party(kind=PartyKind.UNIT))
    journalist: Party = field(default_factory=lambda: Party(kind=PartyKind.PERSON))
    witness: Party = field(default_factory=lambda: Party(protected=True, pseudonym="Witness 3"))
    target: Target = field(default_factory=Target)
    unit: Target = field(default_factory=Target)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    recipient: Recipient = field(default_factory=lambda: Recipient(letter="treasury"))

    def dossier(self) -> Dossier:
        return dossier_of(*self.rows)


def cites(evidence: Evidence, pinpoint: str = "", **values: object) -> Citation:
    return Citation(evidence_id=evidence.id, pinpoint=pinpoint, **values)


def generica() -> Generica:
    """Two targets, two incidents, five facts, seven exhibits."""
    g = Generica()
    g.rows += [
        Case(
            title="Recommendation concerning General Arslan Dorvan",
            country="Generica",
            reference="GC-2026-01",
            bates_prefix="GEN",
            created_at=now(),
            standard_of_proof="We hold a fact to be established when two independent sources agree on it.",
            side_effects="None of the victims lives in Generica.",
            programme_check="No country programme exists for Generica.",
            programme_checked_on=date(2026, 11, 1),
        ),
        Authority(regime="us-glomag"),
        Authority(
            regime="us-7031c", citation="Department of State Appropriations Act, 2024 (Div. F, P.L. 118-47)", rank=1
        ),
    ]
    lead = Organisation(
        name="Rivergate Human Rights Clinic",
        legal_form="law school clinic",
        founded="2004",
        seats="Rivergate",
        mandate="The clinic documents torture in custody.",
        link_to_case="It interviewed eleven former detainees between 2024 and 2026.",
        website="https://clinic.example",
        engagements=[
            Engagement(title="Behind the Wall", url="https://clinic.example/wall", date=PartialDate("2025"))
        ],
        contacts=[
            Contact(name="Ada Quill", position="Director", email="ada@clinic.example", phone="+1 202 555 0100")
        ],
    )
    g.rows.append(lead)

    e = g.evidence
    e["report"] = Evidence(
        title="Behind the Wall",
        author="Rivergate Monitor",
        source_type=SourceType.NGO_REPORT,
        pages=20,
        published=PartialDate("2025"),
        grade=Grade.C,
        url="https://monitor.example/wall",
        sha256="ab" * 32,
        size=1000,
    )
    e["order"] = Evidence(
        title="أمر رقم ١٧",
        title_english="Order No. 17",
        language="ar",
        source_type=SourceType.OFFICIAL_RECORD,
        author="Ministry of the Interior",
        pages=2,
        published=PartialDate("2024-02-01"),
        grade=Grade.A,
        sha256="cd" * 32,
    )
    e["order_english"] = Evidence(
        title="Order No. 17 (translation)",
        source_type=SourceType.TRANSLATION,
        pages=2,
        sha256="ef" * 32,
        translator="T. Lang",
        translation_of_id=e["order"].id,
    )
    e["statement"] = Evidence(
        title="Statement of Zahra Benvolio, taken in Port Sel",
        source_type=SourceType.STATEMENT,
        pages=6,
        access=Access.CONFIDENTIAL,
        speaker_id=g.witness.id,
        obtained_on=PartialDate("2025-06"),
        grade=Grade.B,
        publisher="Rivergate Human Rights Clinic",
        file_name="zahra-benvolio.pdf",
        obtained_from="Zahra Benvolio",
        sha256="12" * 32,
    )
    e["video"] = Evidence(
        title="Courtyard recording",
        source_type=SourceType.PHOTO_VIDEO,
        media_type="video/mp4",
        duration=200.4,
        grade=Grade.B,
        sha256="34" * 32,
        size=5_000_000,
        published=PartialDate("2024-03-06"),
    )
    e["denial"] = Evidence(
        title="Minister rejects report",
        author="Generica Today",
        source_type=SourceType.MEDIA,
        pages=1,
        published=PartialDate("2025-04-02"),
        grade=Grade.D,
        url="https://today.example/1",
        sha256="56" * 32,
        derived_from_id=None,
    )
    e["gazette"] = Evidence(
        title="Official Gazette No. 4",
        source_type=SourceType.OFFICIAL_RECORD,
        pages=30,
        grade=Grade.A,
        published=PartialDate("2022-01-10"),
        sha256="78" * 32,
    )
    for rank, item in enumerate(e.values()):
        item.rank = rank
    g.rows += e.values()

    g.general.names = [
        Name(text="Arslan DORVAN", citations=[cites(e["gazette"], "3")]),
        Name(text="أرسلان دورفان", kind=NameKind.NATIVE, language="ar", rank=1, citations=[cites(e["order"], "1")]),
        Name(text="Arslan Dorwan", kind=NameKind.ALIAS, rank=2),
    ]
    g.general.identifiers = [
        Identifier(
            kind=IdentifierKind.DATE_OF_BIRTH, date=PartialDate("1961-03-05"), citations=[cites(e["gazette"], "3")]
        ),
        Identifier(kind=IdentifierKind.NATIONALITY, value="Generica", rank=1, citations=[cites(e["gazette"], "3")]),
    ]
    g.general.positions = [
        Position(
            title="Commander",
            organisation_id=g.brigade.id,
            start=PartialDate("2022-01"),
            end_state=EndState.ONGOING,
            government=True,
            leader=True,
            citations=[cites(e["gazette"], "4-5")],
        )
    ]
    spouse = Party(names=[Name(text="Mira Dorvan")])
    g.general.relations = [
        Relation(
            other_id=g.brigade.id,
            kind=RelationKind.COMMANDS,
            start=PartialDate("2022-01"),
            end_state=EndState.ONGOING,
        ),
        Relation(other_id=spouse.id, kind=RelationKind.SPOUSE, include_in_request=True, rank=1),
    ]
    g.brigade.names = [Name(text="Fifth Brigade")]
    g.journalist.names = [Name(text="Lena Marsh")]
    g.journalist.victim = Victim(status=VictimStatus.JOURNALIST)
    g.witness.names = [
        Name(text="Zahra Benvolio"),
        Name(text="زهرة بنفوليو", kind=NameKind.NATIVE, rank=1),
        Name(text="Захра Бенволио", kind=NameKind.TRANSLITERATION, rank=2),
    ]
    g.witness.witness = Witness(basis_of_knowledge="was detained in the next cell")
    g.witness.victim = Victim(rank=1)
    g.rows += [g.general, g.brigade, spouse, g.journalist, g.witness]
    g.rows.append(
        Unknown(
            subject_id=g.general.id, field="passport", searched="register of companies", searched_on=date(2026, 10, 1)
        )
    )

    g.incidents = [
        Incident(
            title="Beating in the courtyard",
            kind="torture",
            start=PartialDate("2024-03-05"),
            place="Port Sel barracks",
            country="Generica",
            summary="Soldiers beat two detainees for two hours.",
            harms=[
                Harm(party_id=g.journalist.id, description="lost her hearing"),
                Harm(party_id=g.witness.id, rank=1),
            ],
        ),
        Incident(
            title="Second beating", kind="torture", start=PartialDate("2026-01"), place="Port Sel barracks", rank=1
        ),
    ]
    g.rows += g.incidents
    g.target = Target(
        party_id=g.general.id,
        role="He commands the brigade whose soldiers tortured detainees.",
        request="Designate him.",
        photo_id=None,
    )
    g.unit = Target(party_id=g.brigade.id, role="The brigade runs the barracks.", request="Designate it.", rank=1)
    g.rows += [g.target, g.unit]
    g.incidents[0].participations = [
        Participation(
            target_id=g.target.id,
            mode=Mode.ORDERED,
            description="signed the order",
            citations=[cites(e["order"], "1")],
        ),
        Participation(target_id=g.unit.id, mode=Mode.DIRECT, rank=1),
    ]
    g.incidents[1].participations = [Participation(target_id=g.target.id, mode=Mode.COMMAND)]

    hr = LegalBasis(regime="us-glomag", prong="HR-1", abuse_type="torture", argument="The order names the method.")
    alternative = LegalBasis(regime="us-glomag", prong="LD-1", standing=BasisStanding.ALTERNATIVE, rank=1)
    visa = LegalBasis(regime="us-7031c", prong="GV", rank=2)
    g.target.legal_bases = [hr, alternative, visa]
    unit_basis = LegalBasis(regime="us-glomag", prong="HR-1", abuse_type="torture")
    g.unit.legal_bases = [unit_basis]

    texts = [
        ("The brigade has run the barracks since 2019.", None, [cites(e["report"], "2")], []),
        (
            f"{party_token(g.general.id)} signed Order No. 17: {party_token(g.witness.id)} is to be “broken”.",
            g.incidents[0].id,
            [
                cites(e["order"], "1", quote="يُكسر", quote_english="shall be broken"),
                cites(e["statement"], "2-3", rank=1),
                cites(e["denial"], "1", rank=2, stance=Stance.CONTRADICTS, note="denial by the ministry"),
            ],
            [(hr, "E3")],
        ),
        (
            f"Soldiers beat {party_token(g.journalist.id)} with cables.",
            g.incidents[0].id,
            [cites(e["report"], "14"), cites(e["video"], "00:03:10", rank=1, pinpoint_kind=PinpointKind.TIME)],
            [(hr, "E2"), (hr, "T2"), (unit_basis, "E2")],
        ),
        (
            "He was informed the same evening.",
            g.incidents[0].id,
            [cites(e["report"], "12", pinpoint_kind=PinpointKind.PARAGRAPH)],
            [(hr, "E3")],
        ),
        ("The practice went on.", g.incidents[1].id, [cites(e["report"], "15, 17")], [(unit_basis, "E3")]),
    ]
    for rank, (text, incident, citations, proofs) in enumerate(texts):
        g.facts.append(
            Fact(
                text=text,
                incident_id=incident,
                citations=citations,
                rank=rank,
                proofs=[Proof(legal_basis_id=basis.id, element=element) for basis, element in proofs],
            )
        )
    g.rows += g.facts
    g.rows += [
        ElementNote(legal_basis_id=hr.id, element="E1", text="He holds one nationality only."),
        AdverseItem(
            kind=AdverseKind.DENIAL,
            title="The ministry denies everything",
            text="It called the report false.",
            answer="The order carries its seal.",
            target_id=g.target.id,
            citations=[cites(e["denial"], "1")],
        ),
        InterestArgument(code="NI-5", text="Other units watch.", citations=[cites(e["report"], "18")]),
        InterestArgument(code="NI-8", text="A model for others.", rank=1),
        Proceeding(
            forum="Military Prosecutor",
            status=ProceedingStatus.CLOSED_WITHOUT_CHARGE,
            date=PartialDate("2024-09"),
            text="Closed without hearing a victim.",
            citations=[cites(e["report"], "19")],
        ),
        OtherSanction(jurisdiction="United Kingdom", checked_on=date(2026, 11, 1)),
        Section(
            code="executive_summary",
            text=(
                f"{party_token(g.general.id)} ordered torture.{fact_token(g.facts[1].id)} "
                f"A report describes it.{evidence_token(e['report'].id, 'p. 9')} See [the site](https://x.example/a)."
            ),
        ),
        Section(code="background", text="Generica is small.\n\n# The army\n\nIt has five brigades."),
        g.recipient,
    ]
    return g


def large_case(targets: int, facts: int) -> Dossier:
    case = generica()
    first = case.facts[2]
    for number in range(facts):
        fact = Fact(text=f"Fact number {number}.", incident_id=case.incidents[number % 2].id, rank=10 + number)
        fact.citations = [
            type(row)(evidence_id=row.evidence_id, pinpoint=row.pinpoint, pinpoint_kind=row.pinpoint_kind)
            for row in first.citations
        ]
        fact.proofs = [type(row)(legal_basis_id=row.legal_basis_id, element=row.element) for row in first.proofs]
        case.rows.append(fact)
    for number in range(targets):
        party = Party(names=[Name(text=f"Person Number{number}")])
        target = Target(
            party_id=party.id, rank=10 + number, legal_bases=[LegalBasis(regime="us-glomag", prong="HR-1")]
        )
        case.rows += [party, target]
        case.incidents[0].participations.append(Participation(target_id=target.id, rank=10 + number))
    return case.dossier()
