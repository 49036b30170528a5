"""Overview: what comes next and why, how far each of the twelve tasks is, and what time, safety and the file need."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QVBoxLayout, QWidget

from magdesk.casefile import Changes
from magdesk.checks.finding import Place
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.desk.guidelook import TaskLook
from magdesk.gui.forms.page import Page
from magdesk.gui.guide.ring import Ring
from magdesk.gui.guide.rowbutton import RowButton
from magdesk.gui.guide.words import progress_words, state_words
from magdesk.gui.layouts import scrolled, take_all
from magdesk.gui.words import _, joined, ngettext
from magdesk.guide.steps import NextStep
from magdesk.model import Authority

_US = "United States"
_BESIDE = 900  # pixels of the page from which the cards stand beside the tasks


class TaskRow(RowButton):
    """One task: ring, title, how far, state. All of it is the button."""

    def __init__(self, desk: Desk, task: TaskLook) -> None:
        super().__init__()
        self.number = task.number
        self._ring = Ring(desk.theme)
        self.show_picture(self._ring)
        self._title = self.say(f"{task.number}  {task.title}", "cardTitle")
        self._count = self.say("", "help")
        self.line.addLayout(self.words, 1)
        self._state = Label()
        self._state.setObjectName("help")
        self.line.addWidget(self.quiet(self._state), 0, Qt.AlignmentFlag.AlignTop)
        self.show_task(task)

    def show_task(self, task: TaskLook) -> None:
        """Say how far it is now."""
        self._ring.show_state(task.state, task.answered, task.applicable)
        self._count.setText(progress_words(task))
        self._state.setText(state_words(task))
        self.setAccessibleName(
            _("Task {number}: {title}. {progress}. {state}").format(
                number=task.number, title=task.title, progress=progress_words(task), state=state_words(task)
            )
        )


class StepButton(RowButton):
    """One of the things to do next."""

    def __init__(self, desk: Desk, step: NextStep, place: int) -> None:
        super().__init__()
        self.step = step
        picture = Label()
        picture.setPixmap(desk.theme.icon("expand", "accent").pixmap(QSize(18, 18)))
        self.show_picture(picture)
        self.say(step.sentence, "cardTitle" if place == 0 else "")
        self.line.addLayout(self.words, 1)
        self.setAccessibleName(step.sentence)


class LinesCard(QFrame):
    """A card with a title and a few lines."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        heading = Label(title)
        heading.setObjectName("sectionTitle")
        self.lines = Label()
        self.lines.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(4)
        box.addWidget(heading)
        box.addWidget(self.lines)


class HomePage(Page):
    """The case as a list of tasks."""

    code = "home"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Overview"), "")
        self.rows: list[TaskRow] = []
        self._steps: tuple[NextStep, ...] | None = None
        self._focus_waits = False  # the keys come here as soon as there is something to press
        self.break_title()
        self.steps = QVBoxLayout()
        self.steps.setSpacing(4)
        self.tasks = QVBoxLayout()
        self.tasks.setSpacing(0)
        main = QVBoxLayout()
        main.setSpacing(8)
        for title, part in ((_("Next steps"), self.steps), (_("Tasks"), self.tasks)):
            heading = Label(title)
            heading.setObjectName("sectionTitle")
            heading.setContentsMargins(0, 8 if part is self.tasks else 0, 0, 0)
            main.addWidget(heading)
            frame = QFrame()
            frame.setObjectName("card")
            inner = QVBoxLayout(frame)
            inner.setContentsMargins(4, 4, 4, 4)
            inner.addLayout(part)
            main.addWidget(frame)
        self.waiting = Label(_("Looking at the case…"))
        self.waiting.setObjectName("muted")
        self.waiting.setContentsMargins(12, 8, 12, 8)
        self.steps.addWidget(self.waiting)
        main.addStretch(1)
        self.time, self.safety, self.file = LinesCard(_("Time")), LinesCard(_("Safety")), LinesCard(_("File"))
        side = QVBoxLayout()
        side.setSpacing(12)
        for card in (self.time, self.safety, self.file):
            side.addWidget(card)
        side.addStretch(1)
        content = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(16)
        self._columns.addLayout(main, 5)
        self._columns.addLayout(side, 2)
        self.body.addWidget(scrolled(content, 1160), 1)
        desk.guided.connect(self._show_guide)
        self._show_guide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the cards stand below."""
        super().resizeEvent(event)
        beside = self.width() >= _BESIDE
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    def on_changed(self, changes: Changes) -> None:
        """Follow the case."""
        self._show_case()

    def on_surveyed(self) -> None:
        """The page is shown again."""
        self._show_guide()

    def show_place(self, place: Place) -> None:
        """There is but one."""
        self.focus_first()

    def focus_first(self) -> None:
        """The first thing to do, else the first task."""
        first = self.steps.itemAt(0)
        widget = first.widget() if first is not None else None
        if isinstance(widget, StepButton):
            widget.setFocus()
        elif self.rows:
            self.rows[0].setFocus()
        self._focus_waits = not self.rows

    def _show_case(self) -> None:
        row = self.desk.row
        planned = _("to be filed on {day}").format(day=row.filing_date.isoformat()) if row.filing_date else ""
        self.title.setText(" ".join(row.title.split()) or _("Untitled case"))
        self.lead.setText(joined(row.country, planned))
        self.lead.setVisible(bool(self.lead.text()))
        self.time.lines.setText("\n".join(self._time_lines()))
        look = self.desk.guide
        protected = ngettext("{count} person is protected.", "{count} people are protected.", look.protected)
        lines = [protected.format(count=look.protected)]
        if look.unasked:
            missing = ngettext(
                "Of {count} person no consent is recorded.", "Of {count} people no consent is recorded.", look.unasked
            )
            lines.append(missing.format(count=look.unasked))
        self.safety.lines.setText("\n".join(lines))
        self.file.lines.setText("\n".join(self._file_lines()))

    def _time_lines(self) -> list[str]:
        row, newest = self.desk.row, self.desk.guide.newest
        lines = [
            _("Newest event: {day}").format(day=newest.display())
            if newest is not None
            else _("No event is dated yet.")
        ]
        if row.filing_date is not None:
            left = (row.filing_date - self.desk.today()).days
            if left >= 0:
                text = ngettext("{count} day to the planned date", "{count} days to the planned date", left)
                lines.append(text.format(count=left))
        asked = {one.regime for one in self.desk.rows(Authority)}
        if any(regime.jurisdiction == _US for code, regime in self.desk.law.regimes.items() if code in asked):
            left = (_next_report(self.desk.today()) - self.desk.today()).days
            text = ngettext(
                "10 December: the yearly United States report to Congress is due, {count} day from now.",
                "10 December: the yearly United States report to Congress is due, {count} days from now.",
                left,
            )
            lines.append(text.format(count=left))
        return lines

    def _file_lines(self) -> list[str]:
        undo = self.desk.case.undo_label
        return [_("Last change: {what}").format(what=undo) if undo else _("Nothing was changed since it was opened.")]

    def _show_guide(self) -> None:
        if not self.desk.here:
            return
        self._show_case()
        look = self.desk.guide
        if not look.tasks:
            return
        held = self._held()
        if look.steps != self._steps:
            self._show_steps(look.steps)
        if len(self.rows) != len(look.tasks):
            take_all(self.tasks)
            self.rows = [TaskRow(self.desk, task) for task in look.tasks]
            for row in self.rows:
                row.clicked.connect(partial(self.desk.ask_task, row.number))
                self.tasks.addWidget(row)
        for row, task in zip(self.rows, look.tasks, strict=True):
            row.show_task(task)
        if held or self._focus_waits:
            QTimer.singleShot(0, self, self.focus_first)  # when the layout has shown what was put into it

    def _show_steps(self, steps: tuple[NextStep, ...]) -> None:
        self._steps = steps
        take_all(self.steps)
        for place, step in enumerate(steps):
            button = StepButton(self.desk, step, place)
            button.clicked.connect(partial(self.desk.ask_question, step.screen, step.subject))
            self.steps.addWidget(button)
        if not steps:
            text = Label(_("Every question is answered. Let a second person read it, then make a draft packet."))
            text.setWordWrap(True)
            text.setContentsMargins(12, 8, 12, 8)
            self.steps.addWidget(text)

    def _held(self) -> bool:
        """Whether the keys are on a step, which is about to be replaced."""
        return any(
            isinstance(widget := item.widget(), StepButton) and widget.hasFocus()
            for place in range(self.steps.count())
            if (item := self.steps.itemAt(place)) is not None
        )


def _next_report(today: date) -> date:
    """The day of the next report under 22 U.S.C. 10102: each 10 December, or soon after."""
    day = date(today.year, 12, 10)
    return day if day >= today else date(today.year + 1, 12, 10)
