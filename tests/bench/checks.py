"""How fast the findings of a large case are there, against plain SELECTs of the same rows in the same run.

python -m tests.bench.checks --facts 2000
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from magdesk.casefile import CaseFile, Session
from magdesk.dates.partialdate import PartialDate
from magdesk.gui.desk.checkedcase import checked
from magdesk.model import (
    Authority,
    Case,
    Citation,
    Evidence,
    Fact,
    Harm,
    Identifier,
    Incident,
    LegalBasis,
    Name,
    Participation,
    Party,
    Position,
    Proof,
    Section,
    Target,
    Victim,
)
from magdesk.model.evidence import Grade, SourceType
from magdesk.model.incidents import Mode
from magdesk.model.people import EndState, IdentifierKind, NameKind
from magdesk.regimes import load_law
from magdesk.services.checking import Watch

PASSPHRASE = "four words make sense"
TODAY = date(2026, 6, 1)
TARGETS, FACTS, CITATIONS, ITEMS, WITNESSES, INCIDENTS = 50, 2_000, 5_000, 800, 300, 100
WORDS = "the guards took the detainee from the cell to the yard and beat him there with cables until noon".split()  # noqa: SIM905
CODES = ("T1", "T2", "T3", "T4", "T5", "T6", "E1", "E3")


def build(path: Path, facts: int = FACTS) -> CaseFile:
    """A case of fifty targets whose facts prove the elements of their paragraphs."""
    case = CaseFile.create(path, PASSPHRASE, backups=False)
    with case.change("Build", base=True) as session:
        session.add(
            Case(
                title="A large case", country="Generica", created_at=datetime(2026, 1, 1, tzinfo=UTC),
                filing_date=date(2026, 7, 1), standard_of_proof="Two sources agree.",
            )
        )  # fmt: skip
        session.add(Authority(regime="us-glomag"))
        session.add(Section(code="executive_summary", text="Fifty commanders are recommended."))
        kinds = list(SourceType)
        items = [
            Evidence(
                title=f"Paper {n} on the camp", language="en", sha256=f"{n:064x}", pages=9, rank=n,
                source_type=kinds[n % 9], grade=Grade.B, obtained_from="a court clerk",
            )
            for n in range(ITEMS * facts // FACTS)
        ]  # fmt: skip
        session.add_all(items)
        bases = [_target(session, n) for n in range(TARGETS)]
        incidents = []
        for n in range(INCIDENTS):
            incident = Incident(
                title=f"Beatings, day {n}", kind="torture", start=PartialDate("2024-03-05"), place=f"Camp {n % 7}",
                country="Generica", summary="Guards beat a detainee.", rank=n,
            )  # fmt: skip
            incident.participations.append(
                Participation(
                    target_id=bases[n % TARGETS].target_id, mode=Mode.ORDERED, description="Gave the order."
                )
            )
            incidents.append(incident)
        session.add_all(incidents)
        for n in range(WITNESSES):
            party = Party(protected=True, pseudonym=f"Witness {n}")
            party.names.append(Name(text=f"Oksana{n % 50} Marchenkova{n}"))
            party.victim = Victim()
            session.add(party)
            session.add(Harm(incident_id=incidents[n % INCIDENTS].id, party_id=party.id, description="Broken ribs."))
        for n in range(facts):
            words = " ".join(WORDS[(n + k) % len(WORDS)] for k in range(40))
            fact = Fact(
                text=f"On day {n} {words}.", date=PartialDate("2024-03-05"), place=f"Camp {n % 7}", rank=n,
                incident_id=incidents[n % INCIDENTS].id,
            )  # fmt: skip
            fact.proofs.append(Proof(legal_basis_id=bases[n % TARGETS].id, element=CODES[n // TARGETS % len(CODES)]))
            for k in range(2 + n % 2):
                fact.citations.append(
                    Citation(
                        evidence_id=items[(n * 3 + k * 11) % len(items)].id, pinpoint="4", rank=k,
                        quote=f"beaten with cables until noon of day {n}",
                    )
                )  # fmt: skip
            session.add(fact)
    return case


def _target(session: Session, number: int) -> LegalBasis:
    party = Party()
    party.names.append(Name(text=f"General Number{number} Ofmany{number}", language="ru"))
    party.names.append(Name(text=f"Генерал{number} Многих{number}", kind=NameKind.NATIVE, language="ru", rank=1))
    for kind in (IdentifierKind.DATE_OF_BIRTH, IdentifierKind.NATIONALITY, IdentifierKind.SEX):
        party.identifiers.append(Identifier(kind=kind, value="1970"))
    party.positions.append(
        Position(title="Commander", start=PartialDate("2020-02"), end_state=EndState.ONGOING, government=True)
    )
    target = Target(party=party, rank=number, request="Designation.", foreign_person_basis="National of Generica.")
    basis = LegalBasis(target_id=target.id, regime="us-glomag", prong="HR-1", abuse_type="torture")
    target.legal_bases.append(basis)
    session.add_all([party, target])
    return basis


def _text(session: Session, fact: Fact, _number: int) -> None:
    session.merge(fact).text += " It lasted for an hour."


def _date(session: Session, fact: Fact, number: int) -> None:
    incident = session.get_one(Incident, fact.incident_id)
    incident.start = PartialDate(f"2024-03-{number + 6:02}")


def _link(session: Session, fact: Fact, _number: int) -> None:
    row = session.merge(fact)
    row.proofs.append(Proof(legal_basis_id=row.proofs[0].legal_basis_id, element="T6"))


def _cite(session: Session, fact: Fact, number: int) -> None:
    items = session.query(Evidence).order_by(Evidence.rank).offset(number * 90).limit(1)
    session.merge(fact).citations.append(Citation(evidence_id=items.one().id, pinpoint="3", rank=9))


def _grade(session: Session, fact: Fact, number: int) -> None:
    session.merge(fact).citations[0].evidence.grade = Grade.X if number % 2 else Grade.A


def _name(session: Session, fact: Fact, number: int) -> None:
    target = session.query(Target).order_by(Target.rank).offset(number).limit(1).one()
    target.party.names[0].text += "ski"


def _move(session: Session, fact: Fact, _number: int) -> None:
    session.merge(fact).rank = 1_990


EDITS: dict[str, Callable[[Session, Fact, int], None]] = {
    "the text of a fact": _text,
    "the date of an incident": _date,
    "a fact linked to an element": _link,
    "a citation added": _cite,
    "the grade of a source": _grade,
    "the name of a target": _name,
    "a fact moved, so that all are renumbered": _move,
}


def _after(case: CaseFile, watch: Watch, edit: Callable[[Session, Fact, int], None], rounds: int) -> float:
    """Seconds until the findings are there, after an edit of one kind."""
    facts = list(case.session.query(Fact).order_by(Fact.rank).limit(rounds))
    taken = []
    for number, fact in enumerate(facts):
        with case.change("Edit") as session:
            edit(session, fact, number)
        taken.append(_median(1, lambda _number: checked(watch, TODAY)))
    return statistics.median(taken)


def _median(rounds: int, work: Callable[[int], object]) -> float:
    """Seconds of processor time that one round takes: other programs may share the machine."""
    taken = []
    for number in range(rounds):
        began = time.thread_time()
        work(number)
        taken.append(time.thread_time() - began)
    return statistics.median(taken)


def main(arguments: Sequence[str] | None = None) -> tuple[float, float]:
    """Run the measurement; returns the seconds from nothing and after the slowest kind of edit."""
    parser = argparse.ArgumentParser(description="Time until the findings of a large case are there.")
    parser.add_argument("--facts", type=int, default=FACTS)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args(arguments)
    law = load_law()
    with tempfile.TemporaryDirectory(prefix="magdesk-bench-") as folder:
        case = build(Path(folder) / "large.magdesk", options.facts)
        with case:
            tables = [kind.__tablename__ for kind in (Fact, Citation, Proof, Evidence, Party, Name, Incident, Target)]

            def select(_number: int) -> None:
                with case.reader() as session:
                    raw = session.connection().connection.dbapi_connection
                    assert raw is not None
                    for table in tables:
                        raw.execute(f"SELECT * FROM {table}").fetchall()

            plain = _median(options.rounds, select)
            checked(Watch(case, law), TODAY)  # what is prepared once in the life of the program
            nothing = _median(3, lambda _number: checked(Watch(case, law), TODAY))
            watch = Watch(case, law)
            found = len(checked(watch, TODAY).findings)
            edits = {name: _after(case, watch, edit, options.rounds) for name, edit in EDITS.items()}
    print(f"{found} findings; plain SELECTs of the rows {plain * 1000:.0f} ms")
    print(f"  from nothing {nothing:.2f} s, {nothing / plain:.0f} times the SELECTs (wanted: under 1 s)")
    for name, seconds in edits.items():
        print(
            f"  after {name}: {seconds * 1000:.0f} ms, {seconds / plain:.1f} times the SELECTs (wanted: under 100 ms)"
        )
    return nothing, max(edits.values())


if __name__ == "__main__":
    main()
