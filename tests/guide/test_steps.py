"""The three next steps: danger first, then one of each kind, each a sentence with its reason."""

from __future__ import annotations

from dataclasses import replace

from magdesk.checks.finding import Finding, Place, Severity, Trouble
from magdesk.checks.gaps import Gap, GapCost
from magdesk.guide.state import progress
from magdesk.guide.steps import NextKind, next_steps
from tests.checks.cases import SmallCase
from tests.guide.views import mark, view_of


def gap(code: str, place: Place) -> Gap:
    return Gap(GapCost.ONE_SOURCE, code, place, "E2 rests on C06.", "why", "remedy", (), None, "")


def test_danger_comes_first_as_long_as_there_is_any(case: SmallCase) -> None:
    view = view_of(case)
    place = Place("people", case.consent.id, "level", "Witness 3")
    danger = Finding("C28", Severity.WARN, place, "s", "r", nature=Trouble.DANGER)
    told = replace(view, findings=(danger,))
    first = next_steps(told, progress(told))[0]
    assert (first.kind, first.screen, first.subject) == (NextKind.SAFETY, "4.4", case.protected.id)
    assert first.sentence.startswith("Write down what Witness 3 agreed to. Without consent")
    calm = replace(view, findings=(replace(danger, nature=Trouble.WRONG),))
    assert next_steps(calm, progress(calm))[0].kind is not NextKind.SAFETY


def test_the_question_left_open_is_gone_on_with(case: SmallCase) -> None:
    case.case.side_effects = ""
    view = view_of(case)
    done = progress(view)
    assert next_steps(view, done)[0].screen != "10.4"
    assert next_steps(view, done, last=("10.4", None))[0].screen == "10.4"
    assert next_steps(view, done, last=("10.3", None))[0].screen != "10.3", "it is answered"


def test_a_gap_is_told_in_plain_words_and_only_where_work_has_begun(case: SmallCase) -> None:
    view = view_of(case)
    found = gap("C06", Place("facts", case.basis.id, "E2", "HR-1"))
    (step,) = (one for one in next_steps(view, progress(view), [found]) if one.kind is NextKind.STRENGTHEN)
    assert (step.screen, step.subject) == ("8.3", case.basis.id)
    assert step.sentence.startswith("Find a second, separate source for what the law asks: Ilan Verrodine")
    assert step.sentence.endswith("A single source falls alone.")
    assert "E2" not in step.sentence
    empty = replace(view, dossier=replace(view.dossier, targets=(), facts=(), incidents=()))
    kinds = {one.kind for one in next_steps(empty, progress(empty), [found])}
    assert NextKind.STRENGTHEN not in kinds


def test_who_could_know_is_named_in_the_step(case: SmallCase) -> None:
    born = next(row for row in case.target.party.identifiers if row.kind.value == "date_of_birth")
    case.remove(born)
    mark(case, "2.3", case.target.id, note="the registrar in Ostrel")
    view = view_of(case)
    done = progress(view)
    task = replace(done.tasks[1], screens=tuple(one for one in done.tasks[1].screens if one.screen.id == "2.3"))
    (step,) = next_steps(view, replace(done, tasks=(task,)))
    assert step.kind is NextKind.QUICK
    assert step.sentence == (
        "Add the year of birth of Ilan Verrodine. You noted who could know: the registrar in Ostrel."
    )
