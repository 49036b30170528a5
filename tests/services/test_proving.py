"""A proof that counts for several grounds follows its fact, and goes with the part it proves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from magdesk.casefile import CaseFile
from magdesk.model import Fact, Incident, LegalBasis, Name, Participation, Party, Proof, Target
from magdesk.model.incidents import Mode
from magdesk.regimes import Law, load_law
from magdesk.services.facts import duplicate_fact, merge_facts, split_fact
from magdesk.services.proving import Proving
from magdesk.services.removal import plan_removal
from tests.casefile.cases import make_case


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    """Torture under two laws against one, bribery against another; two acts, each with a commander."""
    with make_case(tmp_path / "generica.magdesk") as opened:
        with opened.change("Set up") as session:
            bases = [
                LegalBasis(regime="us-glomag", prong="HR-1", abuse_type="torture"),
                LegalBasis(regime="us-7031c", prong="GV", abuse_type="torture", rank=1),
            ]
            one = Target(party=Party(names=[Name(text="General")]), legal_bases=bases)
            other = Target(
                party=Party(names=[Name(text="Colonel")]),
                legal_bases=[LegalBasis(regime="us-glomag", prong="HR-1", abuse_type="torture")],
                rank=1,
            )
            acts = [Incident(title="March", kind="torture"), Incident(title="May", kind="torture", rank=1)]
            session.add_all([one, other, *acts])
            session.flush()
            for act in acts:
                session.add(Participation(incident_id=act.id, target_id=one.id, mode=Mode.COMMAND))
            for n, key in enumerate((acts[0].id, acts[1].id, None)):
                session.add(Fact(rank=n, text=f"Something happened in {n}. It was seen.", incident_id=key))
        yield opened


def grounds(case: CaseFile) -> Proving:
    session = case.session
    law: Law = load_law()
    targets = session.query(Target).order_by(Target.rank).all()
    return Proving.of(law, targets, session.query(Incident).order_by(Incident.rank).all())


def facts(case: CaseFile) -> list[Fact]:
    return case.session.query(Fact).order_by(Fact.rank).all()


def first_basis(case: CaseFile) -> LegalBasis:
    return case.session.query(Target).order_by(Target.rank).first().legal_bases[0]  # type: ignore[union-attr]


def test_what_is_written_is_as_wide_as_the_question(case: CaseFile) -> None:
    now, key = grounds(case), first_basis(case).id
    march, _may, background = facts(case)
    kind = now.proof(march, (key, "T1"))
    assert (kind.kind, kind.element) == ("torture", "T1")
    # Against who took part in the act: not against the other, who did not.
    assert len(now.counts_for(march, kind)) == 2
    assert len(now.counts_for(background, now.proof(background, (key, "T1")))) == 3
    part = now.proof(march, (key, "command:C3"))
    assert (part.participation_id is not None, part.element) == (True, "C3")
    assert {code for _basis, code in now.counts_for(march, part)} == {"command:C3"}
    assert len(now.counts_for(march, part)) == 2
    # Of two acts nobody can say which one background shows.
    assert now.proof(background, (key, "command:C3")).legal_basis_id == key
    assert now.proof(march, (key, "E1")).legal_basis_id == key
    # The colonel took no part in March: a wide proof would not reach him.
    colonel = case.session.query(Target).filter_by(rank=1).one().legal_bases[0]
    assert now.proof(march, (colonel.id, "T1")).legal_basis_id == colonel.id


def test_split_doubled_and_merged_facts_keep_wide_proofs(case: CaseFile) -> None:
    now, key = grounds(case), first_basis(case).id
    with case.change("Link"):
        for fact in facts(case)[:2]:
            fact.proofs += [now.proof(fact, (key, "T1")), now.proof(fact, (key, "command:C3"))]

    def scopes(fact: Fact) -> set[tuple[str | None, bool, str]]:
        return {(one.kind, one.participation_id is not None, one.element) for one in fact.proofs}

    wanted = {("torture", False, "T1"), (None, True, "C3")}
    with case.change("Split") as session:
        second = split_fact(session, facts(case)[0], facts(case)[0].text.index("It"))
    assert scopes(second) == wanted
    with case.change("Double") as session:
        copy = duplicate_fact(session, second)
    assert scopes(copy) == wanted
    with case.change("Merge") as session:
        kept = merge_facts(session, [facts(case)[0], second, copy])
    assert scopes(kept) == wanted
    assert len(kept.proofs) == 2


@pytest.mark.parametrize("kind", [Participation, LegalBasis])
def test_a_proof_goes_with_what_it_names(case: CaseFile, kind: type[Participation | LegalBasis]) -> None:
    now, key = grounds(case), first_basis(case).id
    with case.change("Link"):
        fact = facts(case)[0]
        fact.proofs += [now.proof(fact, (key, "E1")), now.proof(fact, (key, "command:C3"))]
        named = fact.proofs[0 if kind is LegalBasis else 1]
        row = case.session.get(kind, named.legal_basis_id or named.participation_id)
    assert row is not None
    with case.change("Delete") as session:
        plan_removal(case, row).apply(session)
    left = {(one.legal_basis_id is None, one.element) for one in case.session.query(Proof)}
    assert left == ({(True, "C3")} if kind is LegalBasis else {(False, "E1")})
    case.undo()
    assert case.session.query(Proof).count() == 2
