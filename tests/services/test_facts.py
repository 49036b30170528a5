"""Facts are split, merged and doubled in one step; sources, elements and references follow; undo undoes all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from magdesk.casefile import CaseFile
from magdesk.dates.partialdate import PartialDate
from magdesk.dossier.dossier import load_dossier
from magdesk.errors import InputError
from magdesk.model import (
    AdverseItem,
    Citation,
    Evidence,
    Fact,
    Incident,
    LegalBasis,
    Name,
    Party,
    Proof,
    Section,
    Target,
    Waiver,
)
from magdesk.model.facts import Stance
from magdesk.model.text import fact_token, party_token
from magdesk.services.facts import Side, duplicate_fact, merge_facts, people_of, split_fact, split_places
from tests.casefile.cases import make_case


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    with make_case(tmp_path / "generica.magdesk") as opened:
        with opened.change("Set up") as session:
            general = Party(names=[Name(text="General")])
            basis = LegalBasis(regime="us-glomag", prong="HR-1", abuse_type="torture")
            incident = Incident(title="Beatings")
            session.add_all([Target(party=general, legal_bases=[basis]), incident])
            session.add_all([Evidence(title=f"Paper {n}", rank=n) for n in range(3)])
            session.flush()
            for n, text in enumerate(
                ("He came at noon. He left at one.", "He gave the order.", "The yard was full.")
            ):
                fact = Fact(rank=n, text=text, incident_id=incident.id)
                fact.proofs.append(Proof(legal_basis_id=basis.id, element=f"T{n + 1}"))
                fact.citations.append(Citation(evidence_id=evidence(opened)[n].id, pinpoint="4"))
                session.add(fact)
            first = facts(opened)[0]
            first.proofs.append(Proof(legal_basis_id=basis.id, element="T2"))
        yield opened


def facts(case: CaseFile) -> list[Fact]:
    return list(load_dossier(case.session).facts)


def evidence(case: CaseFile) -> list[Evidence]:
    return list(case.session.scalars(select(Evidence).order_by(Evidence.rank)))


def texts(case: CaseFile) -> list[str]:
    return [fact.text for fact in facts(case)]


def elements(fact: Fact) -> list[str]:
    return sorted(proof.element for proof in fact.proofs)


def test_a_split_comes_right_behind_and_proves_the_same(case: CaseFile) -> None:
    first = facts(case)[0]
    with case.change("Date"):
        first.date = PartialDate("2024-03-05")
    with case.change("Split") as session:
        part = split_fact(session, first, len("He came at noon."))
    assert texts(case) == ["He came at noon.", "He left at one.", "He gave the order.", "The yard was full."]
    assert elements(part) == elements(first) == ["T1", "T2"]
    assert part.date == first.date
    assert [row.evidence_id for row in part.citations] == [row.evidence_id for row in first.citations]
    case.undo()
    assert texts(case) == ["He came at noon. He left at one.", "He gave the order.", "The yard was full."]
    assert len(facts(case)[0].citations) == 1
    case.redo()
    assert len(facts(case)) == 4


def test_each_citation_goes_where_it_is_sent(case: CaseFile) -> None:
    first = facts(case)[0]
    with case.change("Cite") as session:
        for item in evidence(case)[1:]:
            first.citations.append(Citation(evidence_id=item.id, rank=item.rank))
        session.flush()
    stays, goes, both = sorted(first.citations, key=lambda row: row.rank)
    with case.change("Split") as session:
        part = split_fact(session, first, 16, {stays.id: Side.FIRST, goes.id: Side.SECOND, both.id: Side.BOTH})
    assert {row.evidence_id for row in first.citations} == {stays.evidence_id, both.evidence_id}
    assert {row.evidence_id for row in part.citations} == {goes.evidence_id, both.evidence_id}
    assert goes in part.citations, "what moves stays the same row"
    case.undo()
    assert {row.id for row in facts(case)[0].citations} == {stays.id, goes.id, both.id}


def test_a_split_never_cuts_a_name_and_leaves_no_empty_part(case: CaseFile) -> None:
    first = facts(case)[0]
    token = party_token(case.session.scalars(select(Party)).one().id)
    with case.change("Name") as session:
        first.text = f"{token} came. Then he left."
        for place in (0, len(first.text)):
            with pytest.raises(InputError):
                split_fact(session, first, place)
        part = split_fact(session, first, 10)
    assert (first.text, part.text) == (token, "came. Then he left.")
    assert people_of(first) == (case.session.scalars(select(Party)).one().id,)


def test_good_places_to_split_are_between_sentences() -> None:
    text = "He came. “He left.” Dr. no. Last."
    assert [text[:place] for place in split_places(text)] == [
        "He came. ",
        "He came. “He left.” ",
        "He came. “He left.” Dr. ",
        "He came. “He left.” Dr. no. ",
    ]
    assert split_places("One sentence.") == ()


def test_merging_unites_without_doubles(case: CaseFile) -> None:
    one, two, three = facts(case)
    with case.change("Cite") as session:
        same = one.citations[0]
        two.citations.append(Citation(evidence_id=same.evidence_id, pinpoint=" 4 ", note="second look"))
        two.citations.append(Citation(evidence_id=same.evidence_id, pinpoint="4", stance=Stance.CONTRADICTS))
        two.place = "Camp Oster"
        three.place = "Elsewhere"
        session.flush()
    with case.change("Merge") as session:
        kept = merge_facts(session, [one, two, three])
    assert kept is one
    assert texts(case) == ["He came at noon. He left at one. He gave the order. The yard was full."]
    assert elements(kept) == ["T1", "T2", "T3"]
    assert kept.place == "Camp Oster"
    rows = sorted(kept.citations, key=lambda row: row.rank)
    assert [row.evidence.title for row in rows] == ["Paper 0", "Paper 1", "Paper 0", "Paper 2"]
    assert len({row.rank for row in rows}) == 4
    assert rows[0].note == "second look"
    assert [row.stance for row in rows].count(Stance.CONTRADICTS) == 1
    case.undo()
    assert len(facts(case)) == 3
    assert [len(fact.citations) for fact in facts(case)] == [1, 3, 1]
    assert facts(case)[0].citations[0].note == ""


def test_references_follow_into_every_text(case: CaseFile) -> None:
    one, two, three = facts(case)
    item = evidence(case)[0]
    with case.change("Write") as session:
        section = Section(
            code="facts", text=f"So {fact_token(two.id)}, and {fact_token(one.id)} {fact_token(two.id)}."
        )
        hand = Section(code="hand", text=f"[@fact:{str(two.id).upper()}]")
        adverse = AdverseItem(title="Denial", answer=f"But see {fact_token(three.id)}.")
        item.context = f"Shown by {fact_token(two.id)}"
        one.text = f"He came, see {fact_token(two.id)}."
        three.text = f"As in {fact_token(two.id)}."
        basis = case.session.scalars(select(LegalBasis)).one()
        basis.argument = f"{fact_token(two.id)}{fact_token(one.id)}"
        waived = Waiver(code="C05", subject_id=two.id, reason="known")
        other = Waiver(code="C05", subject_id=three.id, reason="known")
        session.add_all([section, hand, adverse, waived, other])
    with case.change("Merge") as session:
        merge_facts(session, [one, two])
    token = fact_token(one.id)
    assert section.text == f"So {token}, and {token}."
    assert hand.text == token
    assert item.context == f"Shown by {token}"
    assert basis.argument == token
    assert three.text == f"As in {token}."
    assert one.text == "He came, see. He gave the order."
    assert adverse.answer == f"But see {fact_token(three.id)}."
    assert [row.subject_id for row in case.session.scalars(select(Waiver))] == [three.id]
    steps = case.undo_label
    assert steps == "Merge"
    case.undo()
    case.session.expire_all()
    assert fact_token(two.id) in section.text
    assert hand.text == f"[@fact:{str(two.id).upper()}]"
    assert one.text == f"He came, see {fact_token(two.id)}."
    assert len(list(case.session.scalars(select(Waiver)))) == 2


def test_merging_needs_two(case: CaseFile) -> None:
    one = facts(case)[0]
    with pytest.raises(InputError), case.change("Merge") as session:
        merge_facts(session, [one, one])


def test_a_double_stands_right_behind(case: CaseFile) -> None:
    middle = facts(case)[1]
    with case.change("Duplicate") as session:
        copy = duplicate_fact(session, middle)
    assert texts(case)[1:3] == [middle.text, middle.text]
    assert facts(case)[2] is copy
    assert elements(copy) == elements(middle)
    assert [row.evidence_id for row in copy.citations] == [row.evidence_id for row in middle.citations]
    assert copy.citations[0].id != middle.citations[0].id
    numbers = load_dossier(case.session).fact_numbers
    assert sorted(numbers.values()) == [1, 2, 3, 4]


def test_ranks_that_tie_are_told_apart(case: CaseFile) -> None:
    with case.change("Tie") as session:
        for fact in facts(case):
            fact.rank = 7
        session.flush()
        order = texts(case)
        duplicate_fact(session, facts(case)[0])
    assert texts(case) == [order[0], *order]
