"""What a question and a task have come to: each rule with a case that keeps it and one that does not."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest

from magdesk.checks.finding import Finding, Place, Severity, Trouble
from magdesk.guide.screens import Per
from magdesk.guide.state import QuestionState, TaskState, progress
from magdesk.model import (
    Authority,
    Citation,
    Consent,
    Evidence,
    Fact,
    Identifier,
    Incident,
    LegalBasis,
    Organisation,
    Party,
    Position,
    Recipient,
    Section,
    Target,
    Victim,
)
from magdesk.model.evidence import Access
from magdesk.model.facts import PinpointKind, Stance
from magdesk.model.people import ConsentLevel, IdentifierKind, PartyKind
from tests.checks.cases import SmallCase, day
from tests.guide.views import done_of, mark, state_of, view_of

OPEN, ANSWERED, LATER = QuestionState.OPEN, QuestionState.ANSWERED, QuestionState.LATER


def born(case: SmallCase) -> Identifier:
    rows = case.target.party.identifiers
    return next(row for row in rows if row.kind is IdentifierKind.DATE_OF_BIRTH)


def test_a_key_field_answers_and_an_empty_one_does_not(case: SmallCase) -> None:
    assert state_of(case, "2.3") is ANSWERED
    born(case).date, born(case).value = None, ""
    assert state_of(case, "2.3") is OPEN


def test_a_value_of_another_kind_is_no_answer(case: SmallCase) -> None:
    born(case).kind = IdentifierKind.DATE_OF_DEATH
    assert state_of(case, "2.3") is OPEN


def test_searched_and_not_found_answers_once_it_is_said_where(case: SmallCase) -> None:
    case.remove(born(case))
    row = case.unknown(case.target.party_id, "date_of_birth", "")
    assert state_of(case, "2.3") is OPEN
    row.searched = "Official biography, gazette, two registers"
    assert state_of(case, "2.3") is ANSWERED


def test_later_is_seen_and_no_answer(case: SmallCase) -> None:
    case.remove(born(case))
    before = done_of(case).tasks[1]
    mark(case, "2.3", case.target.id)
    assert state_of(case, "2.3") is LATER
    after = done_of(case).tasks[1]
    assert (after.answered, after.later, after.applicable) == (before.answered, before.later + 1, before.applicable)
    assert after.to_do == before.to_do - 1


def test_an_answer_outweighs_what_was_said_before_it(case: SmallCase) -> None:
    mark(case, "2.3", case.target.id)
    assert state_of(case, "2.3") is ANSWERED


def test_a_mark_about_another_row_says_nothing_here(case: SmallCase) -> None:
    case.remove(born(case))
    mark(case, "2.3")
    assert state_of(case, "2.3") is OPEN


def test_where_somebody_could_be_hurt_later_is_none(case: SmallCase) -> None:
    case.protected.protected = False
    mark(case, "4.2", case.protected.id)
    assert state_of(case, "4.2", case.protected.id) is OPEN


def test_does_not_apply_counts_as_answered(case: SmallCase) -> None:
    for row in list(case.target.party.names):
        if row.kind.value not in ("primary", "native"):
            case.remove(row)
    assert state_of(case, "2.2") is OPEN
    mark(case, "2.2", case.target.id, "not_applicable", "none in any list")
    assert state_of(case, "2.2") is QuestionState.NOT_APPLICABLE
    task = done_of(case).tasks[1]
    assert next(one for one in task.screens if one.screen.id == "2.2").settled == 1


@pytest.mark.parametrize("nature", [*Trouble])
def test_an_answer_that_is_wrong_or_dangerous_is_open(case: SmallCase, nature: Trouble) -> None:
    view = view_of(case)
    finding = Finding("C11", Severity.WARN, Place("targets", born(case).id), "s", "r", nature=nature)
    found = progress(replace(view, findings=(finding,))).find("2.3")
    assert found is not None
    stays = nature in (Trouble.MISSING, Trouble.STALE)
    assert (found.state is ANSWERED) is stays
    assert found.asked[0].disputed is not stays
    elsewhere = replace(finding, place=Place("targets", case.incident.id))
    found = progress(replace(view, findings=(elsewhere,))).find("2.3")
    assert found is not None
    assert found.state is ANSWERED


def test_what_stands_there_before_anybody_chose_is_no_answer(case: SmallCase) -> None:
    item = case.add(Evidence(title="A note", rank=99))
    case.cite(case.facts[0], item)
    done = done_of(case)
    states = {code: one.state for code in ("5.2", "5.3", "5.4", "5.5") if (one := done.find(code, item.id))}
    assert states == dict.fromkeys(states, OPEN)
    assert len(states) == 4
    item.access = Access.OPEN_SOURCE
    found = done_of(case).find("5.5", item.id)
    assert found is not None
    assert {one.subject.key: one.state for one in found.asked}[item.id] is ANSWERED


def test_only_what_is_cited_is_asked_about(case: SmallCase) -> None:
    before = done_of(case).questions
    item = case.add(Evidence(title="A note", rank=99))
    assert done_of(case).questions == before
    case.cite(case.facts[0], item)
    assert done_of(case).questions == before + 4


def test_a_source_that_says_the_opposite_is_no_source(case: SmallCase) -> None:
    fact = case.add(Fact(text="He was there.", rank=99))
    cited = case.cite(fact, case.facts[0].citations[0].evidence)
    assert state_of(case, "6.3", fact.id) is ANSWERED
    cited.stance = Stance.CONTRADICTS
    assert state_of(case, "6.3", fact.id) is OPEN
    cited.stance, cited.pinpoint = Stance.RETOLD, ""
    assert state_of(case, "6.3", fact.id) is OPEN
    cited.pinpoint_kind = PinpointKind.WHOLE
    assert state_of(case, "6.3", fact.id) is ANSWERED


def test_what_one_row_must_hold_may_not_be_scattered_over_two(case: SmallCase) -> None:
    for row in list(case.target.party.positions):
        case.remove(row)
    case.add(Position(party_id=case.target.party_id, title="Commander"))
    case.add(Position(party_id=case.target.party_id, start=day("2020")))
    assert state_of(case, "2.5") is OPEN


def test_a_company_is_not_asked_for_its_posts_and_its_year_counts(case: SmallCase) -> None:
    view = view_of(case)
    assert "2.5" not in {one.id for one in progress(view).tasks[1].unused}
    case.target.party.kind = PartyKind.ENTITY
    done = done_of(case)
    assert done.find("2.5") is None
    assert "2.5" in {one.id for one in done.tasks[1].unused}
    assert state_of(case, "2.3") is OPEN
    case.add(Identifier(party_id=case.target.party_id, kind=IdentifierKind.DATE_FOUNDED, date=day("1999")))
    assert state_of(case, "2.3") is ANSWERED
    case.target.party.kind = PartyKind.PERSON
    assert state_of(case, "2.3") is ANSWERED, "nothing is lost by changing it back"


def test_what_takes_a_country_waits_for_one(case: SmallCase) -> None:
    assert state_of(case, "7.3") is ANSWERED
    for row in case.session.query(Authority):
        case.remove(row)
    for basis in case.session.query(LegalBasis):
        case.remove(basis)
    done = done_of(case)
    assert done.find("7.1").state is OPEN  # type: ignore[union-attr]
    assert [done.find(code) for code in ("7.2", "7.3", "7.5", "10.1", "12.1", "12.3")] == [None] * 6


def test_an_old_event_is_asked_why_it_counts(case: SmallCase) -> None:
    assert done_of(case).find("3.6") is None
    case.incident.start = case.incident.end = day("2015-03-05")
    assert state_of(case, "3.6") is OPEN
    case.incident.old_justification = "He still commands the brigade."
    assert state_of(case, "3.6") is ANSWERED
    case.incident.end = day("2015/..")
    case.incident.old_justification = ""
    assert done_of(case).find("3.6") is None, "what goes on is not old"


def test_consent_to_be_named_in_public_settles_whether_to_name(case: SmallCase) -> None:
    party = case.add(Party(names=[], kind=PartyKind.PERSON))
    case.add(Victim(party_id=party.id))
    assert state_of(case, "4.2", party.id) is OPEN
    case.add(Consent(party_id=party.id, level=ConsentLevel.PUBLIC_NAMED, obtained_on=date(2026, 1, 1)))
    assert state_of(case, "4.2", party.id) is ANSWERED


def test_the_rule_is_shown_when_no_check_misses_a_fact(case: SmallCase) -> None:
    assert state_of(case, "8.3") is ANSWERED
    fact = next(fact for fact in case.facts if fact.proofs)
    for row in list(fact.proofs):
        case.remove(row)
    assert state_of(case, "8.3") is OPEN


def test_open_questions_of_suitability_keep_it_open(case: SmallCase) -> None:
    view = view_of(case)
    for questions, expected in (({case.target.id: 2}, OPEN), ({}, OPEN), ({case.target.id: 0}, ANSWERED)):
        found = progress(replace(view, open_questions=questions)).find("7.2")
        assert found is not None
        assert found.state is expected


def test_every_address_must_have_been_looked_up(case: SmallCase) -> None:
    assert state_of(case, "12.3") is ANSWERED
    case.session.query(Recipient).first().verified_on = None  # type: ignore[union-attr]
    assert state_of(case, "12.3") is OPEN


def test_the_last_check_is_settled_by_no_mark(case: SmallCase) -> None:
    assert state_of(case, "12.1") is ANSWERED
    case.case.title = ""
    mark(case, "12.1")
    assert state_of(case, "12.1") is OPEN


class TestTasks:
    def test_nothing_answered_is_not_started(self, case: SmallCase) -> None:
        for row in case.session.query(Organisation):
            case.remove(row)
        for name in ("standard_of_proof",):
            setattr(case.case, name, "")
        for section in case.session.query(Section):
            case.remove(section)
        assert done_of(case).tasks[10].state is TaskState.NOT_STARTED
        mark(case, "11.1")
        assert done_of(case).tasks[10].state is TaskState.BEGUN

    def test_ready_only_without_gaps(self, case: SmallCase) -> None:
        def state() -> TaskState:
            return done_of(case).tasks[1].state

        for one in done_of(case).tasks[1].screens:
            if one.state is OPEN:
                mark(case, one.screen.id, case.target.id, "not_applicable")
        assert state() is TaskState.READY
        case.remove(born(case))
        assert state() is TaskState.BEGUN
        mark(case, "2.3", case.target.id)
        assert state() is TaskState.BEGUN, "it would still stop a packet"

    @pytest.mark.parametrize(
        ("severity", "state"),
        [
            (Severity.BLOCK, TaskState.BEGUN),
            (Severity.WARN, TaskState.READY_WITH_GAPS),
            (Severity.INFO, TaskState.READY),
        ],
    )
    def test_findings_keep_a_task_from_being_ready(
        self, case: SmallCase, severity: Severity, state: TaskState
    ) -> None:
        for one in done_of(case).tasks[1].screens:
            if one.state is OPEN:
                mark(case, one.screen.id, case.target.id, "not_applicable")
        finding = Finding("C15", severity, Place("targets", case.target.id), "s", "r")
        assert progress(replace(view_of(case), findings=(finding,))).tasks[1].state is state

    def test_people_are_never_ready_by_leaving_them_for_later(self, case: SmallCase) -> None:
        for one in done_of(case).tasks[3].screens:
            if one.state is OPEN:
                mark(case, one.screen.id, one.asked[0].subject.key, "not_applicable")
        assert done_of(case).tasks[3].state is TaskState.READY
        case.witness.basis_of_knowledge = ""
        mark(case, "4.3", case.protected.id)
        task = done_of(case).tasks[3]
        assert (task.later, task.state) == (1, TaskState.BEGUN)

    def test_a_second_person_adds_questions_and_says_so(self, case: SmallCase) -> None:
        before = done_of(case)
        party = case.add(Party(kind=PartyKind.PERSON))
        case.add(Target(party_id=party.id, rank=5))
        after = done_of(case)
        assert after.questions > before.questions
        assert after.to_do - before.to_do <= after.questions - before.questions


def test_it_takes_time_linear_in_the_rows(case: SmallCase) -> None:
    """Twice the facts take about twice the time; the figures for 2,000 facts stand in the benchmark."""
    item = case.facts[0].citations[0].evidence
    for number in range(200):
        fact = Fact(text=f"Fact {number}.", rank=number, citations=[Citation(evidence_id=item.id, pinpoint="1")])
        case.session.add(fact)
    case.session.flush()
    view = view_of(case)
    begun = time.process_time()
    done = progress(view)
    assert time.process_time() - begun < 0.5
    assert done.tasks[5].questions > 400
    assert done.tasks[5].applicable == 4


def test_an_event_without_a_title_has_a_name_in_words(case: SmallCase) -> None:
    case.add(Incident(kind="torture", rank=7))
    names = [one.name for one in view_of(case).subjects(Per.INCIDENT)]
    assert "People hurt on purpose to get something from them or to punish" in names
    case.protected.pseudonym = ""
    assert "Oksana" not in " ".join(one.name for per in Per for one in view_of(case).subjects(per))
