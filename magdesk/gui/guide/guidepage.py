"""The Guide: one question a screen, why it is asked, an example, and three ways to go on."""

from __future__ import annotations

import uuid
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from magdesk.casefile import Changes
from magdesk.checks.finding import Place
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.desk.guidelook import Stop, TaskLook
from magdesk.gui.desk.places import find_row
from magdesk.gui.fitting import OneLine
from magdesk.gui.flow import FlowRow
from magdesk.gui.forms.field import Field
from magdesk.gui.forms.page import Page, PageState
from magdesk.gui.guide.dots import Dot
from magdesk.gui.guide.questionpart import QuestionPart
from magdesk.gui.guide.saying import InsteadOfAnswer
from magdesk.gui.guide.told import ToldPart
from magdesk.gui.layouts import scrolled, take_all
from magdesk.gui.words import _
from magdesk.guide.content import TASKS
from magdesk.guide.content import screen as screen_of
from magdesk.guide.content import task as task_of
from magdesk.guide.screens import Screen
from magdesk.guide.state import QuestionState

_BESIDE = 760  # pixels of the page from which the examples stand beside the fields
_MOST_DOTS = 24

Here = tuple[str, uuid.UUID | None]


class GuidePage(Page):
    """The question that is asked now.

    Attributes:
        here: number of the question and key of the row that it is asked about.
        told: the task whose answers are listed; 0 while a question is asked.
    """

    code = "guide"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "", "")
        self.here: Here = ("1.1", None)
        self.told = 0
        self.part: QuestionPart | None = None
        self._seen: list[Here] = []
        self._kept: dict[Here, QuestionPart] = {}  # parts in which something is typed that cannot be stored
        self._waits = False  # going on waits for what the Guide makes of the last answer
        self.break_title()
        self.eyebrow = OneLine()
        self.eyebrow.setObjectName("muted")
        self.to_desk = QPushButton(_("Open in Desk"))
        self.to_tasks = QPushButton(_("All tasks"))
        top = QHBoxLayout()
        top.setContentsMargins(24, 12, 24, 0)
        top.addWidget(self.eyebrow, 1)
        for button in (self.to_desk, self.to_tasks):
            button.setProperty("kind", "quiet")
            top.addWidget(button)
        self.body.insertLayout(0, top)
        self.asked = QVBoxLayout()
        self.asked.setSpacing(16)
        left = QVBoxLayout()
        left.addLayout(self.asked)
        left.addStretch(1)
        self.panel = ExamplePanel()
        content = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(24)
        self._columns.addLayout(left, 5)
        self._columns.addWidget(self.panel, 3, Qt.AlignmentFlag.AlignTop)
        self.area = scrolled(content, 1000)
        self.body.addWidget(self.area, 1)
        self.back = QPushButton(_("Back"))
        self.skip = QPushButton(_("Skip for now"))
        self.next = QPushButton(_("Continue"))
        self.next.setProperty("kind", "primary")
        self.next.setToolTip(_("Continue (Ctrl+Enter)"))
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 8, 24, 0)
        foot.setSpacing(8)
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.skip)
        foot.addWidget(self.next)
        self.body.addLayout(foot)
        self.dots = FlowRow()
        self.dots.setContentsMargins(24, 4, 24, 8)
        self.dots.setAccessibleName(_("Questions of this task"))
        self.body.addWidget(self.dots)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.go_on, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        for keys in ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"):
            QShortcut(QKeySequence(keys), self, self.go_past, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        # Signals
        self.to_desk.clicked.connect(self.open_in_desk)
        self.to_tasks.clicked.connect(partial(desk.go, Place("home")))
        self.back.clicked.connect(self.go_back)
        self.skip.clicked.connect(self.go_past)
        self.next.clicked.connect(self.go_on)
        desk.guided.connect(self._on_guided)

    # ------------------------------------------------------------------------------------------ asking

    @property
    def task(self) -> int:
        """The number of the task that is worked at."""
        return self.told or int(self.here[0].partition(".")[0])

    def ask(self, screen: str, subject: uuid.UUID | None = None, *, back: bool = False) -> None:
        """Ask a question; what is typed in the one before is stored first."""
        self.desk.flush()
        if not back and self.part is not None and (screen, subject) != self.here:
            self._seen.append(self.here)
        self.here, self.told = (screen, subject), 0
        self._show()
        self.focus_first()

    def ask_task(self, number: int) -> None:
        """Ask the first question of a task that is open; the list of its answers where none is."""
        look = self._look(number)
        stop = (
            next((one for one in look.stops if one.reply is QuestionState.OPEN), None) if look is not None else None
        )
        if stop is not None:
            self.ask(stop.screen, stop.subject)
        elif look is None:
            self.ask(task_of(number).screens[0].id)
        else:
            self.tell(number)

    def tell(self, number: int) -> None:
        """List the answers of a task."""
        self.desk.flush()
        if not self.told:
            self._seen.append(self.here)
        self.told = number
        self._show()
        self.next.setFocus()

    def _look(self, number: int) -> TaskLook | None:
        return next((one for one in self.desk.guide.tasks if one.number == number), None)

    @property
    def _stops(self) -> tuple[Stop, ...]:
        look = self._look(self.task)
        return look.stops if look is not None else ()

    # ------------------------------------------------------------------------------------------- going

    def go_on(self) -> None:
        """Store, then ask the next question that is open; at the end, list what was told."""
        self.desk.flush()
        if self.told:
            self._next_task()
        elif self._fresh_look_needed():
            self._waits = True
            self.next.setEnabled(False)
        else:
            self._go(open_only=True)

    def go_past(self) -> None:
        """Ask the next question in order, whatever this one has come to."""
        if self.told:
            self._next_task()
        else:
            self._go(open_only=False)

    def go_back(self) -> None:
        """The question that was seen before this one; nothing is lost by it."""
        if self.told:
            self.ask(*self.here, back=True)
            if self._seen:
                self._seen.pop()
        elif self._seen:
            self.ask(*self._seen.pop(), back=True)
        else:
            self.desk.go(Place("home"))

    def _fresh_look_needed(self) -> bool:
        """Whether the last answer may bring or take away the question that comes next."""
        busy = self.desk.checking.busy or self.desk.guiding.busy
        stops = self._stops
        known = [(one.screen, one.subject) for one in stops]
        return busy and (self.here not in known or self.here == known[-1] or self._screen().is_list)

    def _go(self, *, open_only: bool) -> None:
        stops = self._stops
        known = [(one.screen, one.subject) for one in stops]
        after = stops[known.index(self.here) + 1 :] if self.here in known else stops
        for stop in after:
            if not open_only or stop.reply is QuestionState.OPEN:
                self.ask(stop.screen, stop.subject)
                return
        self.tell(self.task)

    def _next_task(self) -> None:
        number = self.told
        if number < TASKS:
            self.ask_task(number + 1)
        else:
            self.desk.go(Place("home"))

    def open_in_desk(self) -> None:
        """The page of the Desk with the same row and field."""
        self.desk.flush()
        self.desk.go(self.desk_place())

    def desk_place(self) -> Place:
        """Where in the Desk the same is edited."""
        screen = self._screen()
        widget: QWidget | None = QApplication.focusWidget()
        while widget is not None and not isinstance(widget, Field):
            widget = widget.parentWidget()
        row = widget.row if isinstance(widget, Field) else None
        if isinstance(widget, Field) and row is not None and self.desk.holds(row) and self.isAncestorOf(widget):
            return Place(screen.page, row.id, widget.name)
        return Place(screen.page, self._about_key())

    def _about_key(self) -> uuid.UUID | None:
        if self.here[1] is not None or self.part is None:
            return self.here[1]
        row = next((form.row for form in self.part.forms if form.row is not None), None)
        return row.id if row is not None and self.desk.holds(row) else None

    # ----------------------------------------------------------------------------------------- showing

    def _screen(self) -> Screen:
        found = screen_of(self.here[0])
        assert found is not None
        return found

    def _show(self) -> None:
        self._waits = False
        self.next.setEnabled(True)
        self._put_away()
        number = self.task
        title = task_of(number).title
        stop = self.desk.guide.stop(*self.here)
        self.eyebrow.setText(_("Task {number} of {all} · {title}").format(number=number, all=TASKS, title=title))
        self.panel.setVisible(not self.told)
        self.skip.setVisible(not self.told)
        self.to_desk.setVisible(not self.told)
        look = self._look(number)
        if self.told:
            self.title.setText(_("What you have told us"))
            if look is not None and not look.stops and look.opens:
                self.lead.setText(_("This task opens {when}.").format(when=look.opens))
            else:
                self.lead.setText(_("Everything can be changed at any time. Sending is a step of its own."))
            if look is not None:
                self.asked.addWidget(ToldPart(self.desk, look))
        else:
            screen = self._screen()
            name = stop.name if stop is not None else ""
            self.title.setText(screen.question)
            self.lead.setText(_("Why we ask: {why}").format(why=screen.why))
            if name:
                self.eyebrow.setText(f"{self.eyebrow.text()} · {name}")
            fields = stop.fields if stop is not None else screen.fields
            part = self._kept.pop(self.here, None) or QuestionPart(self.desk, screen, self.here[1], fields)
            self.part = part
            self.asked.addWidget(part)
            part.show()
            instead = InsteadOfAnswer(self.desk, screen, part.about, self.here[1], fields)
            instead.said.connect(self.go_on)
            self.asked.addWidget(instead)
            self.panel.show_screen(screen)
        self.setAccessibleName(self.title.text())
        self._show_dots()
        self.area.verticalScrollBar().setValue(0)

    def _put_away(self) -> None:
        part, self.part = self.part, None
        if part is not None and part.unsaved:
            self._kept[part.asked.id, part.subject] = part
            self.asked.removeWidget(part)
            part.hide()
        elif part is not None:
            part.release()
        take_all(self.asked)

    def _show_dots(self) -> None:
        take_all(self.dots.line)
        stops = [one for one in self._stops if one.subject in (None, self.here[1])]
        for stop in stops[:_MOST_DOTS]:
            dot = Dot(self.desk.theme, stop, here=not self.told and (stop.screen, stop.subject) == self.here)
            dot.clicked.connect(partial(self.ask, stop.screen, stop.subject))
            self.dots.line.addWidget(dot)
        self.dots.updateGeometry()

    def _on_guided(self) -> None:
        if not self.desk.here or not self.isVisible():
            return
        if self._waits:
            self._show_dots()
            self._waits = False
            self.next.setEnabled(True)
            self._go(open_only=True)
            return
        if not self.told:
            self._show_dots()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the examples stand below the fields."""
        super().resizeEvent(event)
        beside = self.width() >= _BESIDE
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    # --------------------------------------------------------------------------------------- as a page

    def on_changed(self, changes: Changes) -> None:
        """Follow the case; where undo or a deletion took the row away, ask anew."""
        if self.part is None:
            return
        about = self.here[1]
        if about is not None and find_row(self.desk, about, self._screen().page) is None:
            self.ask_task(self.task)
        elif not self.part.alive:
            self._show()
        else:
            self.part.follow()
            for instead in self.findChildren(InsteadOfAnswer):
                instead.refresh()

    def on_surveyed(self) -> None:
        """The page is shown again, or findings are new."""
        if self.part is not None and not self.part.alive:
            self._show()
        elif self.part is not None:
            self.part.follow()

    def focus_first(self) -> None:
        """The first field that is empty."""
        if self.part is None or not self.part.focus_first():
            self.next.setFocus()

    def state(self) -> PageState:
        """Which question is asked."""
        return PageState(words=self.here[0], chosen=(self.here[1],) if self.here[1] is not None else ())

    def restore(self, state: PageState) -> None:
        """Ask it again."""
        if state.words:
            self.ask(state.words, next(iter(state.chosen), None))


class ExamplePanel(QFrame):
    """A good answer, a weak one and why it is weak."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(4)
        self.good, self.weak, self.why = Label(), Label(), Label()
        for title, label in (
            (_("A good answer"), self.good),
            (_("A weak answer"), self.weak),
            (_("Why it is weak"), self.why),
        ):
            heading = Label(title)
            heading.setObjectName("fieldLabel")
            heading.setContentsMargins(0, 0 if label is self.good else 8, 0, 0)
            label.setWordWrap(True)
            box.addWidget(heading)
            box.addWidget(label)
        note = Label(_("Examples are invented."))
        note.setObjectName("help")
        note.setContentsMargins(0, 8, 0, 0)
        box.addWidget(note)

    def show_screen(self, screen: Screen) -> None:
        """The examples of a question."""
        self.good.setText(screen.good)
        self.weak.setText(screen.weak)
        self.why.setText(screen.weak_why)
