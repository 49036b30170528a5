"""The open case as the window sees it: the case file, the law, what changed, what is unsaved, what is wrong."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from magdesk.casefile import CaseFile, Changes, Step
from magdesk.checks.finding import Finding, Place, Severity
from magdesk.dossier.dossier import Dossier, telling_order
from magdesk.errors import CaseFileError, CaseFileTaken, MagdeskError
from magdesk.gui.desk.checkedcase import CheckedCase, checked
from magdesk.gui.desk.guidelook import GuideLook, looked
from magdesk.gui.desk.repeated import Repeated
from magdesk.gui.prompts import Prompts
from magdesk.gui.runner import Runner
from magdesk.gui.theme import Theme
from magdesk.gui.words import _
from magdesk.model import Base, Case, Fact, Incident, Target
from magdesk.regimes.regime import Law
from magdesk.services.caserows import case_row, forget_collections, holds, read_rows, row_of, rows_of
from magdesk.services.checking import Watch

if TYPE_CHECKING:
    from magdesk.casefile import Session

R = TypeVar("R", bound=Base)
FIRST_DELAY = 250  # milliseconds that the first page has for itself
GUIDE_DELAY = 60  # milliseconds after the checks, which have the machine for themselves
CHECK_DELAY = 40  # milliseconds in which changes that come together are gathered before the checks run


class Storable(Protocol):
    """What may differ from what is stored, such as a field being typed in.

    Attributes:
        title: what people call it.
    """

    title: str

    def commit(self) -> object:
        """Store it, if it can be stored."""


class Desk(QObject):
    """One open case on the window's desk.

    Attributes:
        here: whether this thread owns the case now; false while it is lent and after it is closed.
        closed: whether it was closed for good.
        checking: the checks that follow the case: whether they are still to come, done or failed.
        survey: what the last checks that did not fail found.
        guiding: the look of the Guide, which follows the checks.
        guide: how far the case is, as of the last look that did not fail.
        asked: row and field that somebody went to last; what is missing there is told there.
        outlooks: how somebody looks at a page's list, by page; forgotten with the desk, never stored.
        changed: a :class:`Changes` was committed, undone or redone.
        surveyed: the checks ended: findings and numbers are new, or it is new that the case cannot be checked.
        guided: how far the case is was worked out anew.
        unsaved_changed: a field began or ended to differ from what is stored.
        question_requested: something asks the window to show a question of the Guide: its number, and the key of the
            row that it is asked about, or none.
        task_requested: the same of a task: its number.
        place_requested: something asks the window to show a :class:`Place`.
        reading_requested: an item of evidence is to be read: key, page from 1 (0 for its beginning), words to mark,
            and the place as a pinpoint counts it (kind and text), or none.
        notice_requested: something is to be said in passing: text, and whether undo is offered.
        file_taken: another program took the file away from under the case; nothing more can be saved.
        storing_changed: the file began or ceased to refuse what is to be stored, as a full disk does.
        not_stored: why it refuses; empty while it does not.
    """

    changed = Signal(object)
    surveyed = Signal()
    guided = Signal()
    unsaved_changed = Signal()
    question_requested = Signal(str, object)
    task_requested = Signal(int)
    place_requested = Signal(object)
    reading_requested = Signal(object, int, str, object)
    notice_requested = Signal(str, bool)
    file_taken = Signal()
    storing_changed = Signal()
    _woken = Signal()

    def __init__(
        self, case: CaseFile, law: Law, runner: Runner, prompts: Prompts, theme: Theme, today: Callable[[], date]
    ) -> None:
        super().__init__()
        self.case = case
        self.law = law
        self.runner = runner
        self.prompts = prompts
        self.theme = theme
        self.today = today
        self.survey = CheckedCase()
        self.guide = GuideLook()
        self.here = True
        self.closed = False
        self.asked: tuple[uuid.UUID | None, str] = (None, "")
        self.outlooks: dict[str, object] = {}
        self._dossier: Dossier | None = None
        self.not_stored = ""
        self._unsaved: dict[Storable, None] = {}
        self._watch = Watch(case, law)
        self.checking: Repeated[CheckedCase] = Repeated(
            self, runner, _("Checking"), self._prepare_check, self._on_checked, CHECK_DELAY
        )
        self.guiding: Repeated[GuideLook] = Repeated(
            self, runner, _("Looking at what comes next"), self._prepare_guide, self._on_guided, GUIDE_DELAY
        )
        self._unsubscribe = case.subscribe(self._on_changes)
        self._woken.connect(self.catch_up, Qt.ConnectionType.QueuedConnection)
        case.on_wake(self._woken.emit)
        self.checking.ask(FIRST_DELAY)

    # ------------------------------------------------------------------------------------------- reading

    @property
    def row(self) -> Case:
        """The one row that is the case."""
        return case_row(self.case)

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed: it was opened so, or its file was taken away."""
        return self.case.read_only or self.case.taken

    def rows(self, kind: type[R], /, **equal: object) -> list[R]:
        """All rows of a kind in the user's order."""
        return rows_of(self.case, kind, **equal)

    def facts(self) -> list[Fact]:
        """The facts in the order in which they are numbered: background, then as the incidents are told."""
        order = telling_order(self.rows(Target), self.rows(Incident))
        told: dict[uuid.UUID | None, int] = {key: place for place, key in enumerate(order)}
        return sorted(self.rows(Fact), key=lambda fact: told.get(fact.incident_id, -1))

    def warm(self) -> None:
        """Read the whole case once, in a few queries: what pages ask of single rows afterwards costs none."""
        if self._dossier is None:
            self._dossier = read_rows(self.case)

    def get(self, kind: type[R], key: uuid.UUID | None) -> R | None:
        """The row of that key, if it still exists."""
        return row_of(self.case, kind, key)

    def holds(self, row: Base) -> bool:
        """Whether the row is one of the case: not a new one that nobody stored, nor one that was deleted."""
        return holds(self.case, row)

    def forget_collections(self, row: Base, *names: str) -> None:
        """Read these collections of a row anew when they are next asked for."""
        forget_collections(self.case, row, *names)

    def guidance(self, page: str, name: str) -> str:
        """What the law's resources tell the drafter about a field."""
        return self.law.guidance.get(f"{page}.{name}", "")

    # ------------------------------------------------------------------------------------------- writing

    @contextmanager
    def change(self, label: str) -> Iterator[Session]:
        """One labelled step of the journal."""
        try:
            with self.case.change(label) as session:
                yield session
        except CaseFileTaken:
            self.file_taken.emit()
            raise
        except CaseFileError as error:
            if self._unsaved:  # Else whoever asked says so, and nothing waits to be stored.
                self._note_storing(str(error))
            raise

    def try_again(self) -> None:
        """When the file has refused something: store what fields still hold, if it can be stored by now."""
        if self.not_stored and self.here and not self.read_only:
            self._note_storing("" if self.flush() else self.not_stored)

    def _note_storing(self, refusal: str) -> None:
        if refusal != self.not_stored:
            self.not_stored = refusal
            self.storing_changed.emit()

    def look_at_file(self) -> None:
        """See whether the file is still there and still ours; :attr:`file_taken` says when not."""
        try:
            self.case.check()
        except CaseFileTaken:
            self.file_taken.emit()

    def try_change(self, label: str, work: Callable[[Session], None]) -> bool:
        """Change the case and tell the user when that is not possible."""
        try:
            with self.change(label) as session:
                work(session)
        except MagdeskError as error:
            self.notice_requested.emit(str(error), False)
            return False
        return True

    def note_unsaved(self, field: Storable, unsaved: bool) -> None:
        """A field tells whether it differs from what is stored."""
        if unsaved == (field in self._unsaved):
            return
        if unsaved:
            self._unsaved[field] = None
        else:
            del self._unsaved[field]
        self.unsaved_changed.emit()

    @property
    def unsaved(self) -> list[Storable]:
        """The fields that differ from what is stored."""
        return list(self._unsaved)

    def flush(self) -> bool:
        """Store every field that can be stored; whether none is left."""
        for item in self.unsaved:
            item.commit()
        return not self._unsaved

    def forget_unsaved(self) -> None:
        """Give up what fields hold and cannot store."""
        self._unsaved.clear()
        self.unsaved_changed.emit()

    def undo(self) -> None:
        """Take back the last step."""
        self.flush()
        step = self._reversed(self.case.undo)
        if step is not None:
            self.notice_requested.emit(_("Undone: {label}").format(label=_plain(step.label)), False)

    def redo(self) -> None:
        """Do the last undone step again."""
        self.flush()
        self._reversed(self.case.redo)

    def _reversed(self, work: Callable[[], Step | None]) -> Step | None:
        try:
            return work()
        except MagdeskError as error:
            if isinstance(error, CaseFileTaken):
                self.file_taken.emit()
            self.notice_requested.emit(str(error), False)
            return None

    # ------------------------------------------------------------------------------------------- checking

    def _on_changes(self, changes: Changes) -> None:
        self.changed.emit(changes)
        self.checking.ask()

    def take_law(self, law: Law) -> None:
        """Another law counts now: the case is checked again by it."""
        self.law = law
        self._watch.change_law(law)
        self.checking.ask()

    def _prepare_check(self) -> Callable[[], CheckedCase]:
        return partial(checked, self._watch, self.today())

    def _on_checked(self) -> None:
        if self.checking.result is not None and not self.checking.failure:
            self.survey = self.checking.result
        self.surveyed.emit()
        if not self.closed:
            self.guiding.ask()

    def _prepare_guide(self) -> Callable[[], GuideLook]:
        return partial(looked, self._watch, self.today())

    def _on_guided(self) -> None:
        if self.guiding.result is not None and not self.guiding.failure:
            self.guide = self.guiding.result
        self.guided.emit()

    def findings(self, page: str = "") -> list[Finding]:
        """The findings, of one page or all."""
        return [finding for finding in self.survey.findings if not page or finding.place.page == page]

    def interruptions(self, page: str = "") -> list[Finding]:
        """Those that are told wherever somebody works: what contradicts itself or the law, and what is dangerous."""
        return [finding for finding in self.findings(page) if finding.interrupts]

    def go(self, place: Place) -> None:
        """Show a place in the window."""
        self.asked = (place.row, place.field)
        self.place_requested.emit(place)

    def ask_question(self, screen: str, subject: uuid.UUID | None) -> None:
        """Show a question of the Guide."""
        self.question_requested.emit(screen, subject)

    def ask_task(self, number: int) -> None:
        """Show where a task of the Guide goes on."""
        self.task_requested.emit(number)

    def catch_up(self) -> None:
        """Take up what a job committed over a connection of its own."""
        if self.here:
            self.case.catch_up()

    def lend(self) -> CaseFile:
        """Let a job own the case for a while; nothing here touches it until :meth:`take_back`."""
        self.flush()
        self.here = False
        return self.case

    def take_back(self) -> None:
        """Own the case again."""
        self.case.adopt()
        self.here = True

    def leave(self) -> CaseFile:
        """Stop listening; the case file still has to be closed by whoever gets it. Jobs must have ended."""
        self.here = False
        self.closed = True
        self.checking.stop()
        self.guiding.stop()
        self._unsubscribe()
        self.case.on_wake(None)
        self._unsaved.clear()
        return self.case


def worst(findings: list[Finding]) -> Severity | None:
    """The gravest severity among findings."""
    for severity in (Severity.BLOCK, Severity.WARN, Severity.INFO):
        if any(finding.severity is severity for finding in findings):
            return severity
    return None


def _plain(label: str) -> str:
    return label[:1].lower() + label[1:]
