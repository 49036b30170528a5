"""The element matrix: its rule, what an edit changes, what a citation carries, how fast it is."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import groupby

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from magdesk.checks.scope import Scope
from magdesk.checks.strength import (
    GAPS,
    ElementCell,
    Lack,
    Matrix,
    Need,
    Strength,
    _mode_codes,
    element_matrix,
)
from magdesk.dossier.dossier import Dossier, load_dossier
from magdesk.dossier.memory import Memory
from magdesk.model import Base, Case, Citation, ElementNote, Evidence, Fact, LegalBasis, Proof
from magdesk.model.evidence import Access, Grade, SourceType
from magdesk.model.facts import Stance
from magdesk.regimes import Law
from magdesk.services.sample.story import read_rows
from tests.checks.cases import TODAY, SmallCase
from tests.effort import calls

TARGETS, GROUNDS, FACTS, CITATIONS, ITEMS = 50, 10, 2_000, 5_000, 800


def scope_of(case: SmallCase) -> Scope:
    case.session.flush()
    case.session.expire_all()
    return Scope(load_dossier(case.session), case.law, TODAY)


def matrix(case: SmallCase) -> Matrix:
    return element_matrix(scope_of(case))


def cell(case: SmallCase, code: str) -> ElementCell:
    found = matrix(case).cell(case.basis.id, code)
    assert found is not None
    return found


def make_open(case: SmallCase) -> None:
    case.report.access = Access.OPEN_SOURCE


def only(case: SmallCase, fact: Fact, *items: Evidence) -> None:
    """Let a fact rest on these items only."""
    for row in list(fact.citations):
        if row.evidence_id not in {item.id for item in items}:
            case.remove(row)


# -------------------------------------------------------------------------------------------------- the rule


def test_two_roots_one_of_them_open_are_solid(case: SmallCase) -> None:
    make_open(case)
    found = cell(case, "E1")
    assert (found.strength, found.lacks, found.gap) == (Strength.SOLID, (), False)
    assert len(found.weight.roots) == 4
    assert len(found.weight.open_roots) == 1
    assert found.weight.grade is Grade.A
    assert found.facts == (case.facts[2].id,)


def test_without_an_open_source_it_is_weak(case: SmallCase) -> None:
    found = cell(case, "E1")
    assert (found.strength, found.lacks, found.gap) == (Strength.WEAK, (Lack.OPEN,), True)


def test_an_open_original_opens_its_translation(case: SmallCase) -> None:
    make_open(case)
    only(case, case.facts[2], case.medical, case.order)
    assert cell(case, "E1").strength is Strength.WEAK
    case.medical.translation_of_id = case.report.id
    assert cell(case, "E1").strength is Strength.SOLID


def test_weak_sources_alone_are_weak_however_many(case: SmallCase) -> None:
    make_open(case)
    for item in (case.order, case.report, case.medical, case.statement):
        item.grade = Grade.D
    assert cell(case, "E1").lacks == (Lack.GRADE,)
    case.order.grade = None
    assert cell(case, "E1").strength is Strength.WEAK
    case.order.grade = Grade.C
    assert cell(case, "E1").strength is Strength.SOLID


def test_one_origin_is_one_source_however_often_it_is_repeated(case: SmallCase) -> None:
    make_open(case)
    only(case, case.facts[2], case.report, case.medical)
    assert cell(case, "E1").strength is Strength.SOLID
    case.medical.derived_from_id = case.report.id
    found = cell(case, "E1")
    assert (found.strength, found.lacks) == (Strength.SINGLE, (Lack.SECOND_ROOT,))


def test_context_supports_nothing(case: SmallCase) -> None:
    for item in (case.order, case.report, case.medical, case.statement):
        item.grade = Grade.X
    assert cell(case, "E1").strength is Strength.UNSOURCED


def test_without_a_fact_it_is_missing(case: SmallCase) -> None:
    case.remove(case.facts[2])
    found = cell(case, "E1")
    assert (found.strength, found.lacks, found.facts) == (Strength.MISSING, (Lack.FACT,), ())


def test_it_is_contested_only_where_it_hangs_on_what_is_contradicted(case: SmallCase) -> None:
    make_open(case)
    case.cite(case.facts[2], case.photo).stance = Stance.CONTRADICTS
    found = cell(case, "E1")
    assert (found.strength, found.lacks) == (Strength.CONTESTED, (Lack.ANSWER,))
    assert len(found.weight.against) == 1
    second = case.add(Fact(text="His passport says so.", rank=9, incident_id=case.incident.id))
    case.prove(second, case.basis, "E1")
    case.cite(second, case.report)
    assert cell(case, "E1").strength is Strength.CONTESTED
    case.cite(second, case.order)
    found = cell(case, "E1")
    assert found.strength is Strength.SOLID
    assert len(found.weight.against) == 1, "the mark stays"


def test_an_element_that_only_strengthens_is_no_gap(case: SmallCase) -> None:
    found = cell(case, "T7")
    assert (found.need, found.strength, found.gap) == (Need.OPTIONAL, Strength.UNUSED, False)
    case.prove(case.facts[1], case.basis, "T7")
    assert cell(case, "T7").strength is Strength.WEAK
    assert not cell(case, "T7").gap


def test_of_alternatives_the_best_is_relied_on(case: SmallCase) -> None:
    make_open(case)
    case.basis.abuse_type = "arbitrary_detention"
    ways = ("A1", "A2", "A3", "A4", "A5")
    assert {cell(case, code).strength for code in ways} == {Strength.MISSING}
    ground = matrix(case).grounds[0]
    lone = sum(one.gap for one in ground.cells if not one.element.group)
    assert ground.gaps == lone + 1, "the group is one gap"
    case.prove(case.facts[0], case.basis, "A2")
    single = case.add(Fact(text="Once.", incident_id=case.incident.id))
    case.cite(single, case.report)
    case.prove(single, case.basis, "A3")
    found = {code: cell(case, code) for code in ways}
    assert (found["A2"].strength, found["A2"].gap) == (Strength.SOLID, False)
    assert (found["A3"].strength, found["A3"].gap) == (Strength.SINGLE, False)
    assert (found["A1"].strength, found["A1"].need) == (Strength.UNUSED, Need.ALTERNATIVE)


def test_a_named_principal_is_its_own_proof(case: SmallCase) -> None:
    _target, basis = case.second_target("Front Company", "OC-1")
    law = case.law.regimes["us-glomag"].prong("OC-1")
    assert law is not None
    code = next(element.code for element in law.elements if element.aspect == "principal")
    found = matrix(case).cell(basis.id, code)
    assert found is not None
    assert found.strength is Strength.MISSING
    basis.principal_id = case.target.id
    found = matrix(case).cell(basis.id, code)
    assert found is not None
    assert (found.strength, found.gap) == (Strength.NAMED, False)


def test_facts_of_the_pleaded_type_prove_the_act(case: SmallCase) -> None:
    found = cell(case, "E2")
    assert found.facts == (case.facts[0].id,)
    assert found.linked == frozenset()
    case.prove(case.facts[1], case.basis, "E2")
    found = cell(case, "E2")
    assert found.facts == (case.facts[0].id, case.facts[1].id)
    assert found.linked == {case.facts[1].id}


@pytest.mark.parametrize(
    ("mode", "aspect", "codes"),
    [
        ("command", "knowledge", ("E2",)),
        ("direct", "knowledge", ("E2",)),
        ("command", "act", ("E1", "E5")),
        ("direct", "act", ()),  # with their own hands is more than that it was done
        ("status", "status", ("E3",)),
        ("command", "status", ()),  # an office is no control
        ("status", "tenure", ("E4",)),
        ("command", "tenure", ()),
        ("command", "effect", ()),  # the ground does not ask for it
    ],
)
def test_what_a_ground_asks_proves_the_same_question_of_a_mode(
    case: SmallCase, mode: str, aspect: str, codes: tuple[str, ...]
) -> None:
    law = case.law.modes[mode]
    like = law.elements[0]
    asked = ("act", "knowledge", "status", "tenure", "act")
    elements = tuple(replace(like, code=f"E{number}", aspect=one) for number, one in enumerate(asked, 1))
    scope = scope_of(case)
    plea = scope.pleas_by_target[case.target.id][0]
    pleaded = replace(plea, prong=replace(plea.prong, elements=elements), kind=None)
    found = _mode_codes(scope, pleaded, law, replace(like, code="X", aspect=aspect))
    assert found == (f"{mode}:X", *codes)


def test_only_authorities_that_are_asked_for_count(case: SmallCase) -> None:
    assert len(matrix(case).grounds) == 1
    case.remove(case.glomag)
    assert matrix(case).grounds == ()


def test_the_comment_is_there(case: SmallCase) -> None:
    case.note("E1", "One register must do.")
    assert cell(case, "E1").note == "One register must do."


# ------------------------------------------------------------------------------------------------ the sample


@pytest.fixture(scope="module")
def sample() -> Iterator[Session]:
    """The rows of the sample case."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        rows = read_rows(date(2026, 3, 5))
        next(row for row in rows if isinstance(row, Case)).created_at = datetime(2026, 1, 1, tzinfo=UTC)
        for _kind, table in groupby(rows, type):
            session.add_all(table)
            session.flush()
        session.commit()
        yield session
    engine.dispose()


def test_it_counts_what_the_checks_count(sample: Session, law: Law) -> None:
    scope = Scope(load_dossier(sample), law, date(2026, 3, 5))
    found = element_matrix(scope)
    cells = {(one.basis, one.element.code): one for ground in found.grounds for one in ground.cells}
    assert cells
    for plea in scope.pleas:
        for element in plea.elements:
            facts = scope.proving_facts(plea, element)
            one = cells[plea.basis.id, element.code]
            assert set(one.facts) == {fact.id for fact in facts}
            assert one.weight.roots == scope.fact_roots(facts)
            assert element.code in scope.proving_codes(plea, element)
    assert {one.strength for one in cells.values()} >= {Strength.SOLID, Strength.WEAK, Strength.SINGLE}


def test_removing_any_citation_changes_exactly_the_cells_that_rest_on_it(sample: Session, law: Law) -> None:
    dossier = load_dossier(sample)
    before = element_matrix(Scope(dossier, law, date(2026, 3, 5)))
    sample.expunge_all()  # nothing that is tried here is to be written; what is needed is loaded by now
    cells = {(one.basis, one.element.code): one for ground in before.grounds for one in ground.cells}
    tried = moved = 0
    for fact in dossier.facts:
        citations = list(fact.citations)
        for citation in citations:
            tried += 1
            fact.citations.remove(citation)
            after = before.follow([fact])
            whole = element_matrix(Scope(_fresh(dossier), law, date(2026, 3, 5)))
            assert after.grounds == whole.grounds, "following an edit gives what a new look gives"
            changed = {
                key
                for ground in after.grounds
                for one in ground.cells
                if one != cells[key := (one.basis, one.element.code)]
            }
            assert changed == {key for key, one in cells.items() if _hangs_on(one, fact, citation, dossier)}
            moved += bool(changed)
            fact.citations.append(citation)
    assert tried > 100
    assert moved > 20


def _fresh(dossier: Dossier) -> Dossier:
    """The same rows, with nothing remembered of them."""
    return replace(dossier, memory=Memory())


def _hangs_on(cell: ElementCell, fact: Fact, citation: Citation, dossier: Dossier) -> bool:
    """Whether anything that a cell shows is owed to one citation, worked out from the rows themselves."""
    if fact.id not in cell.facts:
        return False
    rest = [row for one in dossier.facts if one.id in cell.facts for row in one.citations if row is not citation]
    item = dossier.evidence[citation.evidence_id]
    if citation.stance is Stance.CONTRADICTS:
        return True
    if item.grade is Grade.X:
        return False
    supporting = [
        dossier.evidence[row.evidence_id]
        for row in rest
        if row.stance is Stance.SUPPORTS and dossier.evidence[row.evidence_id].grade is not Grade.X
    ]
    root = dossier.root_of(item.id)
    same = [one for one in supporting if dossier.root_of(one.id) == root]
    grades = sorted(one.grade.value for one in supporting if one.grade is not None)
    best = item.grade is not None and (not grades or item.grade.value < grades[0])
    opened = Access.OPEN_SOURCE in (item.access, dossier.evidence[root].access)
    last_open = opened and not any(Access.OPEN_SOURCE in (one.access, dossier.evidence[root].access) for one in same)
    if not same or best or last_open:
        return True
    # Through it alone the cell may have been solid on facts that nothing contradicts.
    calm = [
        dossier.evidence[row.evidence_id]
        for one in dossier.facts
        if one.id in cell.facts and not any(r.stance is Stance.CONTRADICTS for r in one.citations)
        for row in one.citations
        if row is not citation and dossier.evidence[row.evidence_id].grade is not Grade.X
    ]
    if not cell.weight.against or cell.strength not in (Strength.SOLID, Strength.CONTESTED):
        return False
    solid = (
        len({dossier.root_of(one.id) for one in calm}) > 1
        and any(Access.OPEN_SOURCE in (one.access, dossier.evidence[dossier.root_of(one.id)].access) for one in calm)
        and any(one.grade in (Grade.A, Grade.B, Grade.C) for one in calm)
    )
    return solid is not (cell.strength is Strength.SOLID)


# ------------------------------------------------------------------------------------------------- following


def test_an_edit_is_followed_as_a_new_look_would_see_it(case: SmallCase) -> None:
    make_open(case)
    before = matrix(case)
    assert before.owner(case.citations[0].id) == case.facts[0].id
    fresh = case.add(Fact(text="New.", rank=7, incident_id=case.incident.id))
    case.cite(fresh, case.order)
    link = case.prove(fresh, case.basis, "T4")
    gone = case.facts[2].id
    case.remove(case.facts[2])
    case.note("E3", "Signed by him.")
    case.session.flush()
    case.session.expire_all()
    notes = {(case.basis.id, "E3"): "Signed by him."}
    after = before.follow([fresh], [gone], notes)
    assert after.grounds == matrix(case).grounds
    assert after.owner(link.id) == fresh.id
    assert after.weight(gone).roots == frozenset()
    assert before.cell(case.basis.id, "E1") != after.cell(case.basis.id, "E1")


def test_what_was_just_taken_in_counts_at_once(case: SmallCase) -> None:
    make_open(case)
    only(case, case.facts[2], case.report)
    before = matrix(case)
    item = case.add(Evidence(title="New", grade=Grade.B, sha256="f" * 64))
    case.cite(case.facts[2], item)
    case.session.flush()
    case.session.expire_all()
    found = before.follow([case.facts[2]]).cell(case.basis.id, "E1")
    assert found is not None
    assert found.strength is Strength.SOLID


def test_grounds_that_an_edit_does_not_touch_stay_the_same_values(case: SmallCase) -> None:
    _target, other = case.second_target("Another General", "HR-1", abuse_type="killing")
    before = matrix(case)
    after = before.follow([case.facts[0]])
    kept = {ground.basis: ground for ground in before.grounds}
    assert next(one for one in after.grounds if one.basis == other.id) is kept[other.id]


# ------------------------------------------------------------------------------------------------------ work


@pytest.mark.slow
def test_an_edit_of_a_large_matrix_is_a_small_part_of_its_work(case: SmallCase) -> None:
    rows: list[object] = []
    bases: list[uuid.UUID] = []
    for n in range(1, TARGETS):
        target, basis = case.second_target(f"General Number{n}", "HR-1", rank=n, abuse_type="torture")
        bases.append(basis.id)
        for place in range(1, GROUNDS):
            row = LegalBasis(target_id=target.id, regime="us-glomag", prong="HR-1", abuse_type="torture", rank=place)
            bases.append(row.id)
            rows.append(row)
    kinds = list(SourceType)
    items = [Evidence(title=f"Paper {n}", source_type=kinds[n % 9], rank=n, grade=Grade.B) for n in range(ITEMS)]
    rows += items
    codes = ("E1", "E2", "E3", "T1", "T2", "T3", "T4", "T5", "T6")
    facts = [Fact(text=f"Fact {n}", incident_id=case.incident.id, rank=n) for n in range(FACTS)]
    rows += facts
    for n, fact in enumerate(facts):
        for k in range(3):
            element = codes[(n + k) % len(codes)]
            rows.append(Proof(fact_id=fact.id, legal_basis_id=bases[(n * 3 + k) % len(bases)], element=element))
    rows += [
        Citation(fact_id=facts[n % FACTS].id, evidence_id=items[n % ITEMS].id, pinpoint="4") for n in range(CITATIONS)
    ]
    rows.append(ElementNote(legal_basis_id=bases[0], element="E1", text="Known."))
    case.session.add_all(rows)
    dossier = scope_of(case).dossier
    element_matrix(Scope(dossier, case.law, TODAY))  # rows load what they lack when they are first asked
    found = element_matrix(Scope(dossier, case.law, TODAY))
    whole = calls(lambda: element_matrix(Scope(dossier, case.law, TODAY)))
    assert sum(len(ground.cells) for ground in found.grounds) > 4_900
    assert any(one.strength in GAPS for ground in found.grounds for one in ground.cells)
    assert calls(lambda: found.follow([facts[700]])) * 5 < whole
    assert whole < 40 * (len(facts) * 6 + sum(len(ground.cells) for ground in found.grounds))
