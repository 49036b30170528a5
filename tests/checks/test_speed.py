from __future__ import annotations

import time

import pytest

from magdesk.checks import run_checks
from magdesk.dossier.dossier import load_dossier
from magdesk.model import Citation, Evidence, Fact, Identifier, Name, Party, Proof
from magdesk.model.evidence import SourceType
from magdesk.model.people import IdentifierKind
from tests.checks.cases import TODAY, SmallCase, day

TARGETS, FACTS, CITATIONS, WITNESSES, ITEMS = 50, 2_000, 5_000, 300, 800
WORDS = "the guards took the detainee from the cell to the yard and beat him there with cables until noon".split()  # noqa: SIM905


@pytest.mark.slow
def test_a_large_case_is_checked_while_one_types(case: SmallCase) -> None:
    rows: list[object] = []
    bases = [
        case.second_target(f"General Number{n} Ofmany{n}", "HR-1", rank=n, abuse_type="torture")[1]
        for n in range(1, TARGETS)
    ]
    kinds = list(SourceType)
    items = [
        Evidence(title=f"Paper {n}", language="en", sha256=f"{n:064x}", pages=9, source_type=kinds[n % 9], rank=n)
        for n in range(ITEMS)
    ]
    rows += items
    for n in range(WITNESSES):
        party = Party(protected=True, pseudonym=f"Witness {n + 10}")
        rows += [party, Name(party_id=party.id, text=f"Given{n} Familyname{n}")]
        rows += [Identifier(party_id=party.id, kind=IdentifierKind.SEX, value="female")]
    codes = ("E1", "E2", "E3", "T1", "T2", "T3", "T4", "T5", "T6")
    facts = []
    for n in range(FACTS):
        fact = Fact(
            text=f"On day {n} " + " ".join(WORDS[(n + k) % len(WORDS)] for k in range(40)),
            date=day("2024-03-05"), place=f"Camp {'abcdefghij'[n % 10] * 6}", incident_id=case.incident.id, rank=n,
        )  # fmt: skip
        facts.append(fact)
        rows += [fact, Proof(fact_id=fact.id, legal_basis_id=bases[n % len(bases)].id, element=codes[n % len(codes)])]
    rows += [
        Citation(
            fact_id=facts[n % FACTS].id, evidence_id=items[n % ITEMS].id, pinpoint="4", quote="beaten with cables"
        )
        for n in range(CITATIONS)
    ]
    case.session.add_all(rows)
    case.session.flush()
    case.session.expire_all()
    dossier = load_dossier(case.session)
    run_checks(dossier, case.law, TODAY)  # what the rows load when first asked is the session's time, not the checks'
    dossier = load_dossier(case.session)
    began = time.process_time()
    found = run_checks(dossier, case.law, TODAY)
    took = time.process_time() - began
    print(f"{len(found)} findings in {took:.3f} s")
    assert found
    assert took < 1.0  # of processor time: other programs may share the machine


@pytest.mark.parametrize("text", ["[", "“", "\n", "_", " a:", "(", "\u0301", "1.", "„", "«", "[name ", "/ ", "李"])
def test_hostile_text_does_not_stop_the_checks(case: SmallCase, text: str) -> None:
    case.summary.text = "a" + text * 50_000
    began = time.process_time()
    case.findings()
    assert time.process_time() - began < 3.0
