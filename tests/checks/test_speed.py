"""The work of checking grows with the case and no faster; seconds are for ``python -m tests.bench.checks``."""

from __future__ import annotations

import pytest

from magdesk.checks import run_checks
from magdesk.dossier.dossier import load_dossier
from magdesk.model import Citation, Evidence, Fact, Identifier, Name, Party, Proof
from magdesk.model.evidence import SourceType
from magdesk.model.people import IdentifierKind
from tests.checks.cases import TODAY, SmallCase, day
from tests.effort import calls

TARGETS, FACTS, WITNESSES, ITEMS = 10, 300, 60, 100
WORDS = "the guards took the detainee from the cell to the yard and beat him there with cables until noon".split()  # noqa: SIM905


def grow(case: SmallCase, part: int) -> None:
    """Add one more part of a large case; each is as large as the others."""
    rows: list[object] = []
    first = part * TARGETS + 1
    bases = [
        case.second_target(f"General Number{n} Ofmany{n}", "HR-1", rank=n, abuse_type="torture")[1]
        for n in range(first, first + TARGETS)
    ]
    kinds = list(SourceType)
    items = [
        Evidence(title=f"Paper {n}", language="en", sha256=f"{n:064x}", pages=9, source_type=kinds[n % 9], rank=n)
        for n in range(100 + part * ITEMS, 100 + (part + 1) * ITEMS)
    ]
    rows += items
    for n in range(part * WITNESSES, (part + 1) * WITNESSES):
        party = Party(protected=True, pseudonym=f"Witness {n + 10}")
        rows += [party, Name(party_id=party.id, text=f"Given{n} Familyname{n}")]
        rows += [Identifier(party_id=party.id, kind=IdentifierKind.SEX, value="female")]
    codes = ("E1", "E2", "E3", "T1", "T2", "T3", "T4", "T5", "T6")
    for n in range(FACTS):
        fact = Fact(
            text=f"On day {n} " + " ".join(WORDS[(n + k) % len(WORDS)] for k in range(40)),
            date=day("2024-03-05"), place=f"Camp {'abcdefghij'[n % 10] * 6}", incident_id=case.incident.id,
            rank=100 + part * FACTS + n,
        )  # fmt: skip
        rows += [fact, Proof(fact_id=fact.id, legal_basis_id=bases[n % len(bases)].id, element=codes[n % len(codes)])]
        rows += [
            Citation(fact_id=fact.id, evidence_id=items[(n + k) % ITEMS].id, pinpoint="4", quote="beaten with cables")
            for k in range(3)
        ]
    case.session.add_all(rows)
    case.session.flush()
    case.session.expire_all()


@pytest.mark.slow
def test_a_case_twice_as_large_is_twice_the_work(case: SmallCase) -> None:
    def work() -> int:
        run_checks(load_dossier(case.session), case.law, TODAY)  # what rows load when first asked is the session's
        dossier = load_dossier(case.session)
        return calls(lambda: run_checks(dossier, case.law, TODAY))

    grow(case, 0)
    once = work()
    grow(case, 1)
    assert work() < 2.3 * once


@pytest.mark.timeout(120)  # a pattern that goes astray takes hours
@pytest.mark.parametrize("text", ["[", "“", "\n", "_", " a:", "(", "\u0301", "1.", "„", "«", "[name ", "/ ", "李"])
def test_hostile_text_does_not_stop_the_checks(case: SmallCase, text: str) -> None:
    case.summary.text = "a" + text * 50_000
    assert isinstance(case.findings(), list)
