"""What the window knows of the Guide: values only, made in a look of its own after the checks. Any thread."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from magdesk.checks.gaps import Gap, gap_report
from magdesk.dates.partialdate import PartialDate
from magdesk.guide.applies import holds_condition
from magdesk.guide.screens import Screen, ScreenField
from magdesk.guide.state import AskedOf, QuestionState, TaskProgress, TaskState, progress
from magdesk.guide.steps import NextStep, next_steps
from magdesk.guide.subjects import GuideView
from magdesk.services.checking import Watch
from magdesk.services.guide import guide_view


@dataclass(frozen=True, slots=True)
class Stop:
    """One question about one row.

    Attributes:
        screen: number of the question.
        subject: key of the row that it is asked about; none for the case as a whole.
        name: what that row is called; empty for the case.
        reply: what the question has come to.
        fields: the fields that are asked about this row, in their order.
    """

    screen: str
    subject: uuid.UUID | None
    name: str
    reply: QuestionState
    fields: tuple[ScreenField, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskLook:
    """How far a task is.

    Attributes:
        opens: what must be there before it can be begun; empty where it can be begun at once.
        stops: its questions that arise, in their order.
    """

    number: int
    title: str
    state: TaskState
    answered: int
    applicable: int
    later: int
    opens: str
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class GuideLook:
    """How far the case is, for the window.

    Attributes:
        tasks: in their order; empty before the first look.
        steps: the things to do next, the first one first.
        newest: when the newest event ended, or began.
        protected: how many people are protected.
        unasked: how many people speak or were hurt, and have no consent recorded.
    """

    tasks: tuple[TaskLook, ...] = ()
    steps: tuple[NextStep, ...] = ()
    newest: PartialDate | None = None
    protected: int = 0
    unasked: int = 0

    def stop(self, screen: str, subject: uuid.UUID | None) -> Stop | None:
        """That question about that row, if it arises."""
        return next((one for one in self.stops if one.screen == screen and one.subject == subject), None)

    @property
    def stops(self) -> tuple[Stop, ...]:
        """All questions that arise, in their order."""
        return tuple(stop for task in self.tasks for stop in task.stops)


def looked(watch: Watch, today: date) -> GuideLook:
    """Look at the case as last committed."""
    with watch.look(today) as seen:
        law = seen.scope.law
        gaps = gap_report(seen.dossier, law, today, seen.findings).gaps
        return guide_look(guide_view(seen.dossier, law, today, seen.findings), gaps)


def guide_look(view: GuideView, gaps: Sequence[Gap]) -> GuideLook:
    """Look at a case as the Guide does, in time linear in its rows."""
    done = progress(view)
    return GuideLook(
        tuple(_task(task, view) for task in done.tasks),
        next_steps(view, done, gaps),
        newest=_newest(view),
        protected=sum(party.protected for party in view.dossier.parties.values()),
        unasked=sum(not party.consents for party in view.people),
    )


def _task(task: TaskProgress, view: GuideView) -> TaskLook:
    stops = tuple(_stop(one.screen, asked, view) for one in task.screens for asked in one.asked)
    known = task.task
    return TaskLook(
        known.number, known.title, task.state, task.answered, task.applicable, task.later, known.opens, stops
    )


def _stop(screen: Screen, asked: AskedOf, view: GuideView) -> Stop:
    subject = asked.subject
    fields = tuple(field for field in screen.fields if holds_condition(field.when, view, subject.row))
    return Stop(screen.id, subject.key, subject.name, asked.state, fields)


def _newest(view: GuideView) -> PartialDate | None:
    ends = [day for row in view.dossier.incidents if (day := row.end or row.start) is not None]
    return max(ends, key=lambda day: day.latest(), default=None)
