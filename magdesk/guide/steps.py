"""The three things to do next: one to go on with, one that makes the case stronger, one that is quickly done.

Each is a sentence with its reason, in plain words, never a code.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from magdesk.checks.finding import Finding, Place, Trouble
from magdesk.checks.gaps import Gap
from magdesk.guide.answers import belongs_to
from magdesk.guide.content import tasks
from magdesk.guide.screens import Screen, Stronger
from magdesk.guide.state import CaseProgress, QuestionState, TaskProgress, TaskState
from magdesk.guide.subjects import GuideView, Subject
from magdesk.i18n import _

STEPS = 3


class NextKind(StrEnum):
    """Why a step is among the three."""

    SAFETY = "safety"
    GO_ON = "go_on"
    STRENGTHEN = "strengthen"
    QUICK = "quick"


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do next.

    Attributes:
        screen: number of the screen where it is done.
        subject: key of the row that it is about; none for the case as a whole.
        sentence: what to do, and why.
        place: where in the Desk, if a finding led to it.
    """

    kind: NextKind
    screen: str
    subject: uuid.UUID | None
    sentence: str
    place: Place | None = None


def next_steps(
    view: GuideView, done: CaseProgress, gaps: Sequence[Gap] = (), last: tuple[str, uuid.UUID | None] | None = None
) -> tuple[NextStep, ...]:
    """At most three steps, the first one first; fewer only where less is left to do.

    Args:
        done: how far the case is.
        gaps: what would make it stronger, the gravest first.
        last: the question that was looked at last, and the row it was about.
    """
    chosen: list[NextStep] = []
    taken: set[tuple[str, uuid.UUID | None]] = set()
    kinds = (_safety(view), _going_on(done, last), _stronger(view, done, gaps), _quick(view, done), _rest(done))
    for number, found in enumerate(kinds):
        for step in found:
            if (step.screen, step.subject) not in taken and len(chosen) < STEPS:
                taken.add((step.screen, step.subject))
                chosen.append(step)
                if number < len(kinds) - 1:
                    break  # one of each kind; what is over is filled up with what is open
    return tuple(chosen)


def _safety(view: GuideView) -> Iterator[NextStep]:
    """Somebody could be hurt."""
    for found in view.found.values():
        for one in found:
            if one.nature is Trouble.DANGER:
                step = _about(view, one, NextKind.SAFETY)
                if step is not None:
                    yield step


def _going_on(done: CaseProgress, last: tuple[str, uuid.UUID | None] | None) -> Iterator[NextStep]:
    """The question that was left open, else the first open one of what is begun, else of what is not."""
    if last is not None:
        question = done.find(*last)
        if question is not None:
            for one in question.asked:
                if one.state is QuestionState.OPEN and last[1] in (None, one.subject.key):
                    yield _step(NextKind.GO_ON, question.screen, one.subject)
    begun = [task for task in done.tasks if task.state is TaskState.BEGUN]
    fresh = [task for task in done.tasks if task.state is TaskState.NOT_STARTED]
    for task in (*begun, *fresh):
        yield from _open(task, NextKind.GO_ON)


def _stronger(view: GuideView, done: CaseProgress, gaps: Sequence[Gap]) -> Iterator[NextStep]:
    """The gravest gap of what is begun; nobody is told of gaps in what they have not come to yet."""
    begun = {task.task.number for task in done.tasks if task.state is not TaskState.NOT_STARTED}
    for gap in gaps:
        step = _about(view, gap, NextKind.STRENGTHEN)
        if step is not None and int(step.screen.partition(".")[0]) in begun:
            yield step


def _quick(view: GuideView, done: CaseProgress) -> Iterator[NextStep]:
    """A matter of a minute, or something that a person was named for who could know."""
    notes = {(row.screen, row.subject_id): row.note.strip() for row in view.dossier.guide_marks}
    for task in sorted(done.tasks, key=lambda one: one.state is TaskState.NOT_STARTED):
        for question in task.screens:
            for one in question.asked:
                if one.state is QuestionState.OPEN and question.screen.quick:
                    yield _step(NextKind.QUICK, question.screen, one.subject)
                    break
                note = notes.get((question.screen.id, one.subject.key), "")
                if one.state is QuestionState.LATER and note:
                    yield _step(NextKind.QUICK, question.screen, one.subject, note=note)
                    break


def _rest(done: CaseProgress) -> Iterator[NextStep]:
    """Whatever else is open, in its order."""
    for task in done.tasks:
        yield from _open(task, NextKind.GO_ON)


def _open(task: TaskProgress, kind: NextKind) -> Iterator[NextStep]:
    for question in task.screens:
        if question.next is not None:
            yield _step(kind, question.screen, question.next.subject)


def _about(view: GuideView, what: Finding | Gap, kind: NextKind) -> NextStep | None:
    """The step that settles a finding or a gap: on the screen that is asked about its row, else on the first one."""
    homes = [screen for task in tasks() for screen in task.screens if _settles(screen, what.code)]
    for screen in homes:
        for subject in view.subjects(screen.per):
            if belongs_to(screen, view, subject, what.place):
                return _step(kind, screen, subject, what)
    return _step(kind, homes[0], None, what) if homes else None


def _settles(screen: Screen, code: str) -> bool:
    return code in screen.codes or any(one.code == code for one in screen.stronger)


def _step(
    kind: NextKind, screen: Screen, subject: Subject | None, what: Finding | Gap | None = None, note: str = ""
) -> NextStep:
    place = what.place if what is not None else None
    words = _words(screen, what.code) if what is not None else None
    step, because = (words.step, words.because) if words is not None else (screen.step, screen.because)
    if words is None and subject is not None and subject.body and screen.step_of_body:
        step = screen.step_of_body
    name = subject.name if subject is not None and subject.name else place.label if place is not None else ""
    told = step.replace("{name}", name).replace("{place}", place.label if place is not None else name)
    reason = _("You noted who could know: {note}").format(note=note) if note else _begun(because)
    return NextStep(
        kind, screen.id, subject.key if subject is not None else None, f"{told}. {reason.rstrip('.')}.", place
    )


def _words(screen: Screen, code: str) -> Stronger | None:
    return next((one for one in screen.stronger if one.code == code), None)


def _begun(text: str) -> str:
    """A clause as a sentence of its own."""
    at = next((place for place, letter in enumerate(text) if letter.isalpha()), 0)
    return text[:at] + text[at].upper() + text[at + 1 :]
