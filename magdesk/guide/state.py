"""How far a case is: what each question of the Guide, and each task, has come to. Pure; stores nothing."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from magdesk.checks.finding import Finding, Severity
from magdesk.dossier.rows import settled
from magdesk.guide.answers import Judge, belongs_to
from magdesk.guide.applies import applies
from magdesk.guide.content import tasks
from magdesk.guide.screens import AnswerRule, Per, Screen, Task
from magdesk.guide.subjects import GuideView, Subject
from magdesk.model.guide import GuideState


class QuestionState(StrEnum):
    """What a question has come to."""

    OPEN = "open"
    ANSWERED = "answered"
    LATER = "later"
    NOT_APPLICABLE = "not_applicable"

    @property
    def settled(self) -> bool:
        """Whether it is answered, be it by saying that it does not arise."""
        return self in (QuestionState.ANSWERED, QuestionState.NOT_APPLICABLE)


class TaskState(StrEnum):
    """How far a task is. None of them says that anything was sent: only a row in the log of sendings does."""

    NOT_STARTED = "not_started"
    BEGUN = "begun"
    READY = "ready"
    READY_WITH_GAPS = "ready_with_gaps"


@dataclass(frozen=True, slots=True)
class AskedOf:
    """A question about one row.

    Attributes:
        subject: what it is asked about.
        state: what it has come to.
        disputed: it has an answer, but something says that it is wrong or dangerous.
    """

    subject: Subject
    state: QuestionState
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class ScreenProgress:
    """One question of a ring: a screen about one person, one event …, or about all facts, all documents together.

    Attributes:
        asked: what it is asked about, each with its state; never empty.
        subject: the one row that it is about; none for the case as a whole, and for several together.
    """

    screen: Screen
    asked: tuple[AskedOf, ...]
    subject: Subject | None = None

    @property
    def state(self) -> QuestionState:
        """What it has come to: open as long as one is, later as long as one is left for later."""
        states = {one.state for one in self.asked}
        for state in (QuestionState.OPEN, QuestionState.LATER, QuestionState.ANSWERED):
            if state in states:
                return state
        return QuestionState.NOT_APPLICABLE

    @property
    def question(self) -> str:
        """The words in which it is asked about this row."""
        body = self.subject is not None and self.subject.body
        return self.screen.question_of_body if body and self.screen.question_of_body else self.screen.question

    @property
    def settled(self) -> int:
        """Of how many rows it is answered."""
        return sum(one.state.settled for one in self.asked)

    @property
    def next(self) -> AskedOf | None:
        """The first row that it is still open about."""
        return next((one for one in self.asked if one.state is QuestionState.OPEN), None)


@dataclass(frozen=True, slots=True)
class TaskProgress:
    """How far a task is.

    Attributes:
        screens: the questions that arise, in their order; about each person or event in turn.
        unused: the screens that do not arise, though there is something that they could be asked about.
        blocking: its findings that keep a final packet from being made.
        warnings: its other findings, without hints.
    """

    task: Task
    screens: tuple[ScreenProgress, ...]
    unused: tuple[Screen, ...]
    blocking: int
    warnings: int

    @property
    def applicable(self) -> int:
        """The whole ring."""
        return len(self.screens)

    @property
    def answered(self) -> int:
        """The full part of the ring."""
        return sum(one.state.settled for one in self.screens)

    @property
    def later(self) -> int:
        """How many are left for later."""
        return sum(one.state is QuestionState.LATER for one in self.screens)

    @property
    def to_do(self) -> int:
        """How many questions are open, about each row counted for itself."""
        return sum(one.state is QuestionState.OPEN for screen in self.screens for one in screen.asked)

    @property
    def questions(self) -> int:
        """How many questions there are, about each row counted for itself."""
        return sum(len(screen.asked) for screen in self.screens)

    @property
    def state(self) -> TaskState:
        """In a word."""
        states = [one.state for one in self.screens]
        begun = any(one is not QuestionState.OPEN for one in states) or any(one.settled for one in self.screens)
        if not begun:
            return TaskState.NOT_STARTED
        if QuestionState.OPEN in states or self.blocking or (self.later and not self.task.later_is_ready):
            return TaskState.BEGUN
        return TaskState.READY_WITH_GAPS if self.later or self.warnings else TaskState.READY


@dataclass(frozen=True, slots=True)
class CaseProgress:
    """How far the whole case is.

    Attributes:
        tasks: all twelve, in their order.
    """

    tasks: tuple[TaskProgress, ...]

    @property
    def to_do(self) -> int:
        """How many questions are open."""
        return sum(task.to_do for task in self.tasks)

    @property
    def questions(self) -> int:
        """How many questions there are. A right answer may add some, and the window says so."""
        return sum(task.questions for task in self.tasks)

    def find(self, screen: str, subject: uuid.UUID | None = None) -> ScreenProgress | None:
        """The question of that number about that row; the first of that number where no row is given."""
        for task in self.tasks:
            for one in task.screens:
                about = (asked.subject.key for asked in one.asked)
                if one.screen.id == screen and (subject is None or subject in about):
                    return one
        return None


def progress(view: GuideView) -> CaseProgress:
    """How far a case is, in time linear in its rows."""
    with settled():
        return CaseProgress(tuple(_task(task, view) for task in tasks()))


def task_findings(task: Task, view: GuideView) -> list[Finding]:
    """The findings that belong to a task and count."""
    return [one for code in sorted(task.codes) for one in view.found.get(code, ())]


def concerned(screen: Screen, view: GuideView, subject: Subject) -> list[Finding]:
    """The findings that belong to a question about one row and count."""
    found = (one for code in screen.codes for one in view.found.get(code, ()))
    return [one for one in found if belongs_to(screen, view, subject, one.place)]


def _task(task: Task, view: GuideView) -> TaskProgress:
    screens: list[ScreenProgress] = []
    unused: list[Screen] = []
    for run in _runs(task.screens):
        # About each person all questions in turn, then about the next person.
        for group in _rounds(run, view):
            for screen, subjects in group:
                judge = Judge(screen, view)
                arises = [one for one in subjects if applies(screen, view, one)] if screen.when else subjects
                asked = tuple([_asked(screen, view, judge, one) for one in arises])
                if asked:
                    screens.append(ScreenProgress(screen, asked, _only(screen, asked)))
                elif subjects and screen not in unused:
                    unused.append(screen)
    used = {one.screen.id for one in screens}
    found = task_findings(task, view)
    return TaskProgress(
        task,
        tuple(screens),
        tuple(one for one in unused if one.id not in used),
        blocking=sum(one.severity is Severity.BLOCK for one in found),
        warnings=sum(one.severity is Severity.WARN for one in found),
    )


def _only(screen: Screen, asked: Sequence[AskedOf]) -> Subject | None:
    return None if screen.per.together or screen.per is Per.CASE else asked[0].subject


def _runs(screens: Iterable[Screen]) -> list[list[Screen]]:
    """Neighbours that are asked about the same kind of row."""
    runs: list[list[Screen]] = []
    for screen in screens:
        if runs and runs[-1][0].per is screen.per:
            runs[-1].append(screen)
        else:
            runs.append([screen])
    return runs


def _rounds(run: Sequence[Screen], view: GuideView) -> list[list[tuple[Screen, tuple[Subject, ...]]]]:
    subjects = view.subjects(run[0].per)
    if run[0].per.together:
        return [[(screen, subjects) for screen in run]]
    return [[(screen, (subject,)) for screen in run] for subject in subjects]


def _asked(screen: Screen, view: GuideView, judge: Judge, subject: Subject) -> AskedOf:
    disputed = judge.disputed(subject)
    if not disputed and judge.answered(subject):
        return AskedOf(subject, QuestionState.ANSWERED)
    mark = view.marks.get((screen.id, subject.key))
    refused = mark == GuideState.LATER.value and not screen.later
    # A contradiction stays open, whatever was said of it.
    denied = disputed and mark == GuideState.NOT_APPLICABLE.value
    if mark is None or refused or denied or screen.rule is AnswerRule.NOTHING_STOPS:
        return AskedOf(subject, QuestionState.OPEN, disputed)
    return AskedOf(subject, QuestionState(mark), disputed)
