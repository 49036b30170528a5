"""Forty answers as a student gives them one by one, from an empty case on: General Ilan Verro and Camp Oster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import partial

from sqlalchemy.orm import Session

from magdesk.model import (
    AdverseItem,
    Authority,
    Case,
    Citation,
    Consent,
    Contact,
    Evidence,
    Fact,
    GuideMark,
    Harm,
    Identifier,
    Incident,
    InterestArgument,
    LegalBasis,
    Name,
    Organisation,
    Participation,
    Party,
    Position,
    Proceeding,
    Section,
    Target,
    Unknown,
    Victim,
    Witness,
)
from magdesk.model.evidence import Access, Grade, SourceType
from magdesk.model.incidents import Mode
from magdesk.model.people import ConsentLevel, EndState, IdentifierKind, NameKind, PartyKind, VictimStatus
from tests.checks.cases import TODAY, day

Answer = tuple[str, Callable[[], object]]


def _set(row: object, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _in_turn(*steps: Callable[[], object]) -> None:
    for step in steps:
        step()


def answers(session: Session) -> Iterator[Answer]:
    """The number of each screen, and what is entered there; the case row stands there already."""
    case = Case(title="Case of 1 June 2026", created_at=datetime(2026, 6, 1, tzinfo=UTC))
    session.add(case)
    session.flush()
    fact = Fact(text="On 5 March 2024 guards beat a detainee at Camp Oster with cables for about an hour.")
    general, teacher = Party(kind=PartyKind.PERSON), Party(kind=PartyKind.PERSON)
    target = Target(party_id=general.id)
    victim, witness = Victim(party_id=teacher.id), Witness(party_id=teacher.id)
    event = Incident()
    book = Evidence(sha256="0" * 64, file_name="scan0047.pdf", added_at=datetime(2026, 6, 1, tzinfo=UTC))

    def put(*rows: object) -> Callable[[], object]:
        return partial(session.add_all, rows)

    def fill(row: object, **values: object) -> Callable[[], object]:
        return partial(_set, row, values)

    def identify(kind: IdentifierKind, **values: object) -> Callable[[], object]:
        return put(Identifier(party_id=general.id, kind=kind, **values))

    yield "1.1", put(fact)
    yield "1.2", put(general, Name(party_id=general.id, text="Ilan Verro"), target)
    where = partial(
        _in_turn,
        put(event),
        fill(event, start=day("2024-03-05"), place="Camp Oster", country="Valdania"),
        fill(fact, incident_id=event.id),
        fill(case, country="Valdania"),
    )
    yield "1.3", where
    yield "1.4", fill(event, kind="torture", title="Beatings at Camp Oster")
    yield "1.5", put(book, Citation(fact_id=fact.id, evidence_id=book.id, pinpoint="4"))
    yield "2.1", put(Name(party_id=general.id, text="Верро Илан", kind=NameKind.NATIVE, language="ru"))
    yield "2.2", put(Name(party_id=general.id, text="Elan Verro", kind=NameKind.ALIAS))
    yield "2.3", identify(IdentifierKind.DATE_OF_BIRTH, date=day("1971"))
    yield "2.4", identify(IdentifierKind.NATIONALITY, value="Valdania", country="Valdania")
    yield "2.4", identify(IdentifierKind.SEX, value="male")
    yield "2.5", put(
        Position(
            party_id=general.id, title="Commander", body="Third Interior Brigade", start=day("2022-02-14"),
            end_state=EndState.ONGOING, government=True, leader=True,
        )
    )  # fmt: skip
    yield "2.6", put(GuideMark(screen="2.6", subject_id=target.id, note="Ask the historian"))
    yield "2.7", fill(target, namesake_check="A footballer, born 1994.", namesake_checked_on=TODAY)
    yield "2.8", fill(target, designation_check="No entry for six spellings.", designation_checked_on=TODAY)
    yield "3.2", fill(event, summary="Guards took eleven teachers to the camp and beat nine of them.")
    yield (
        "3.4",
        put(
            teacher,
            Name(party_id=teacher.id, text="Sofia Lind"),
            Victim(party_id=teacher.id),
            Witness(party_id=teacher.id),
            Harm(incident_id=event.id, party_id=teacher.id, description="Broken collarbone"),
        ),
    )
    yield "4.2", fill(teacher, protected=True, pseudonym="Teacher B")
    yield "4.3", fill(witness, basis_of_knowledge="She was beaten there herself.")
    yield "4.4", put(
        Consent(
            party_id=teacher.id, level=ConsentLevel.GOVERNMENTS_ANONYMISED, obtained_on=TODAY,
            informed_of_disclosure_risk=True,
        )
    )  # fmt: skip
    yield "4.5", fill(witness, risk="Her brother works at the camp.", risk_assessed_on=TODAY)
    yield "4.6", fill(victim, status=VictimStatus.TRADE_UNIONIST)
    yield "5.2", fill(book, title="Visitors’ book of Camp Oster", source_type=SourceType.OFFICIAL_RECORD)
    yield "5.3", fill(book, obtained_how="Copied by a former clerk")
    yield "5.4", fill(book, grade=Grade.A)
    yield "5.5", fill(book, access=Access.OPEN_SOURCE)
    second = Fact(text="Verro was at the camp that evening.", incident_id=event.id, rank=1)
    yield "6.2", put(second)
    yield "6.3", put(Citation(fact_id=second.id, evidence_id=book.id, pinpoint="5"))
    yield "7.1", put(Authority(regime="us-glomag"))
    basis = LegalBasis(target_id=target.id, regime="us-glomag", prong="HR-1", abuse_type="torture")
    yield "7.3", put(basis)
    yield "7.5", fill(target, foreign_person_basis="Born and lives in Valdania; no sign of another passport.")
    yield "7.6", fill(target, request="We ask that he be designated.")
    yield "8.2", put(
        Participation(
            incident_id=event.id, target_id=target.id, mode=Mode.COMMAND,
            description="He commanded the guards and was present.",
        )
    )  # fmt: skip
    yield "9.1", put(adverse := AdverseItem(title="Denial", text="The ministry: “no such camp”."))
    yield "9.3", fill(adverse, answer="The visitors’ book shows it.")
    yield "10.1", put(argument := InterestArgument(code="NI-8"))
    yield "10.2", fill(argument, text="Four sister brigades have the same commander.")
    yield "10.3", put(Proceeding(forum="None known", text="The registry was asked."))
    yield "10.4", fill(case, side_effects="Two families, asked; they cannot be recognised.")
    yield "11.1", put(lead := Organisation(name="Lindmoor Law Clinic"))
    yield "11.2", fill(lead, link_to_case="Our staff interviewed eleven former detainees.")
    yield "11.3", put(Contact(organisation_id=lead.id, name="Ada", email="a@b.example", phone="+41 22 1"))
    yield "11.5", fill(case, standard_of_proof="Two independent good sources agree.")
    yield "11.6", put(Section(code="executive_summary", text="One general is recommended."))
    yield (
        "2.3",
        put(Unknown(subject_id=general.id, field="photo", searched="Gazette, press", searched_on=date(2026, 6, 1))),
    )
