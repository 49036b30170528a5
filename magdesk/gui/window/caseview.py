"""The open case in the window: top bar, navigation, pages built when first shown, status line."""

from __future__ import annotations

import gc
import uuid
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from magdesk.casefile import Changes
from magdesk.checks.finding import Place
from magdesk.gui.boundedwords import Label, line_width
from magdesk.gui.desk.desk import Desk
from magdesk.gui.fitting import OneLine
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.page import Page, PageState
from magdesk.gui.guide.home import home_of
from magdesk.gui.guide.taskrail import TaskRail
from magdesk.gui.layouts import discard
from magdesk.gui.lists.listpage import ListPage
from magdesk.gui.window.actions import Actions
from magdesk.gui.window.jobs import CaseJobs
from magdesk.gui.window.pagechoice import PAGES
from magdesk.gui.window.palette import CommandPalette
from magdesk.gui.window.rail import Rail
from magdesk.gui.window.statusline import StatusLine
from magdesk.gui.window.toast import Toast
from magdesk.gui.words import _

if TYPE_CHECKING:
    from magdesk.gui.custody.window import CaseCustody

_GLANCE = 1500  # milliseconds after the case is shown
_NARROW = ("guide", "home")  # pages that need no more width than a phone has
_DESK_LEAST = 1000, 540  # pixels
_RAIL_FITS = 700  # pixels of the window from which there is room for a rail
_LOOK = 2000  # milliseconds between two looks at the file itself


class TopBar(QFrame):
    """Title of the case, undo and redo, find, lock."""

    def __init__(self, desk: Desk, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("topBar")
        self._desk = desk
        self.title = OneLine()
        self.title.setObjectName("cardTitle")
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 6, 12, 6)
        line.setSpacing(6)
        line.addWidget(self.title, 1)
        self.ways = [QPushButton(_("Guide")), QPushButton(_("Desk"))]
        for way in self.ways:
            way.setProperty("kind", "chip")
            way.setCheckable(True)
            way.setMinimumWidth(line_width(way.fontMetrics(), way.text()) * 5 // 4 + 26)  # it is bold when checked
            way.setToolTip(_("Switch between Guide and Desk (Ctrl+G)"))
            way.clicked.connect(partial(self._on_way, way))
            line.addWidget(way)
        self._switch = actions.by_name["go.switch"]
        line.addSpacing(6)
        self.find_button = QPushButton(_("Find or do  (Ctrl+K)"))
        self.find_button.setIcon(desk.theme.icon("search", "muted"))
        self.find_button.clicked.connect(actions.by_name["edit.find"].trigger)
        self._buttons: list[QToolButton] = []
        for name in ("edit.undo", "edit.redo"):
            line.addWidget(self._tool(actions, name))
        line.addSpacing(6)
        line.addWidget(self.find_button)
        line.addSpacing(6)
        line.addWidget(self._tool(actions, "file.lock"))
        self.setFixedHeight(46)
        self.refresh()

    def show_way(self, *, guide: bool) -> None:
        """Mark the way that is gone."""
        for way, on in zip(self.ways, (guide, not guide), strict=True):
            way.setChecked(on)

    def _on_way(self, way: QPushButton) -> None:
        if way.isChecked():
            self._switch.trigger()
        else:
            way.setChecked(True)  # it is gone already

    def _tool(self, actions: Actions, name: str) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(actions.by_name[name])
        button.setIconSize(QSize(18, 18))
        button.setAccessibleName(actions.by_name[name].text().replace("&", ""))
        return button

    def refresh(self) -> None:
        """Follow the title."""
        self.title.setText(" ".join((self._desk.row.title or _("Untitled case")).split()))


class CaseView(QWidget):
    """Places the pages and passes what they ask for."""

    def __init__(self, desk: Desk, actions: Actions) -> None:
        super().__init__()
        self.desk = desk
        self.pages: dict[str, Page] = {}
        self._states: dict[str, PageState] = {}  # of pages that are built anew when they are next shown
        self._stale: set[str] = set()  # pages whose table changed while they were hidden
        self._actions = actions
        self.setAcceptDrops(not desk.read_only)
        self.jobs = CaseJobs(desk, self)
        self.top = TopBar(desk, actions)
        self.rail = Rail(desk)
        self.tasks = TaskRail(desk)
        self.stack = QStackedWidget()
        self.status = StatusLine(desk)
        self.toast = Toast(self)
        self.shade = _DropShade(self)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.tasks)
        middle.addWidget(self.stack, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.top)
        box.addWidget(self.jobs.banner)
        box.addLayout(middle, 1)
        box.addWidget(self.status)
        # Signals
        self.rail.chosen.connect(self.show_page)
        desk.changed.connect(self._on_changed)
        desk.surveyed.connect(self._on_surveyed)
        desk.place_requested.connect(self.go)
        desk.question_requested.connect(self.show_question)
        desk.task_requested.connect(self.show_task)
        desk.notice_requested.connect(self.toast.say)
        self.toast.undo_requested.connect(desk.undo)
        # While a change is under way nothing may be shown anew.
        desk.file_taken.connect(self._on_taken, Qt.ConnectionType.QueuedConnection)
        desk.storing_changed.connect(self._on_storing, Qt.ConnectionType.QueuedConnection)
        desk.theme.changed.connect(self._on_theme_changed)
        self._on_changed(Changes("", {}))
        self.show_page("home")
        # The first page and the first checks have the machine for themselves.
        QTimer.singleShot(_GLANCE, self, self._glance)
        self._keeping = False
        self._looking = QTimer(self, interval=_LOOK)
        self._looking.timeout.connect(self._look)
        self._looking.start()

    def _look(self) -> None:
        """Is the file still ours? And nothing stays in the log for long, for somebody may copy the file."""
        if not self.desk.here:
            return
        self.desk.look_at_file()
        self.desk.try_again()
        if self.desk.case.unsettled and not self.desk.case.taken and not self.desk.runner.jobs:
            self.jobs.settle()

    def _on_taken(self) -> None:
        if self._keeping or self.desk.closed:
            return
        self._keeping = True
        self._looking.stop()
        self._actions.enable(case=True, writes=False)
        self.setAcceptDrops(False)
        self.status.refresh()
        self.jobs.keep()

    def _on_storing(self) -> None:
        if not self.desk.closed:
            self.jobs.say_storing(self.desk.not_stored)

    def _glance(self) -> None:
        if self.desk.closed:
            return
        # What stands for as long as the case is open is not looked through by the collector while somebody scrolls.
        gc.collect()
        gc.freeze()
        self.jobs.glance()
        self.jobs.renew()

    @property
    def page(self) -> Page:
        """The page that is shown."""
        page = self.stack.currentWidget()
        assert isinstance(page, Page)
        return page

    def show_page(self, code: str) -> Page:
        """Show a page, building it if it was never shown."""
        if self.stack.count() and self.page.code != code:
            self.desk.flush()
        page = self.pages.get(code)
        if page is None:
            page = PAGES[code]()(self.desk)
            if code == "evidence":
                self._join_evidence(page)
            self.pages[code] = page
            self.stack.addWidget(page)
            if code in self._states:
                page.restore(self._states.pop(code))
        elif page is not self.stack.currentWidget():
            # It did not follow while it was hidden.
            page.on_changed(Changes("", {"evidence": set()} if code in self._stale else {}))
            page.on_surveyed()
            self._stale.discard(code)
        self.stack.setCurrentWidget(page)
        if code == "guide":
            self._show_task_chosen()
        else:
            self.rail.show_chosen(code)
        # The Guide works in a window like a phone; the pages of the Desk do not.
        self.setMinimumSize(*((0, 0) if code in _NARROW else _DESK_LEAST))
        self._fit_rails()
        self.top.show_way(guide=code == "guide")
        return page

    def _fit_rails(self) -> None:
        """In the Guide the tasks stand where the pages do in the Desk; a narrow window has no room for either."""
        guide = self.stack.count() > 0 and self.page.code == "guide"
        room = self.width() >= _RAIL_FITS or not self.isVisible()
        self.tasks.setVisible(guide and room)
        self.rail.setVisible(not guide and room)

    # ------------------------------------------------------------------------------------ Guide and Desk

    def _guide_page(self) -> Any:
        return self.show_page("guide")

    def show_question(self, screen: str, subject: uuid.UUID | None) -> None:
        """Ask a question of the Guide."""
        self._guide_page().ask(screen, subject)
        self._show_task_chosen()

    def show_task(self, number: int) -> None:
        """Go on with a task of the Guide."""
        self._guide_page().ask_task(number)
        self._show_task_chosen()

    def _show_task_chosen(self) -> None:
        page: Any = self.pages.get("guide")
        if page is not None:
            self.tasks.show_chosen(page.task)

    def switch(self) -> None:
        """The same row and field the other way: from the Guide to the Desk, or from the Desk to the Guide."""
        self.desk.flush()
        page: Any = self.page
        if page.code == "guide":
            page.open_in_desk()
            return
        stop = home_of(self.desk, page)
        guide = self._guide_page()
        if stop is None:
            if guide.part is None:
                guide.ask(*guide.here)
        else:
            guide.ask(stop.screen, stop.subject)
            if stop.field:
                guide.part.focus(stop.row, stop.field)
        self._show_task_chosen()

    def _join_evidence(self, page: Any) -> None:
        page.files_requested.connect(self.jobs.take)
        page.bytes_requested.connect(self.jobs.take_bytes)
        page.unlock_requested.connect(self.jobs.unlock)
        page.read_as_requested.connect(self.jobs.read_as)
        page.recognition_requested.connect(self.jobs.recognise)
        page.custody_requested.connect(self.show_custody)

    def go(self, place: Place) -> None:
        """Show a place."""
        if place.page in PAGES:
            self.show_page(place.page).show_place(place)

    def show_custody(self) -> CaseCustody:
        """Show what happened to all evidence, the hash lists and the timestamps."""
        from magdesk.gui.custody.window import CaseCustody  # noqa: PLC0415  seldom wanted, and not small

        found = self.findChild(CaseCustody)
        window = found if found is not None else CaseCustody(self.desk, self)
        if found is None:
            window.verify_requested.connect(self.jobs.verify)
        window.show()
        window.raise_()
        window.activateWindow()
        return window

    def open_search(self) -> None:
        """Open the command palette."""
        entries = self._actions.entries(writes=not self.desk.read_only)
        CommandPalette(self.desk, entries, self._actions.recent, self.run, self).open_over(self)

    def run(self, command: str) -> None:
        """Do what an entry of the palette says."""
        menu, _point, code = command.partition(".")
        if menu == "add":
            self._actions.note_used(command)
            page = self.show_page(code)
            if isinstance(page, ListPage):
                page.add()
        else:
            self._actions.by_name[command].trigger()

    def dispose(self) -> None:
        """Forget everything that is shown, before the widgets themselves go."""
        gc.unfreeze()
        self._looking.stop()
        for form in self.findChildren(Form):
            for field in form.fields:
                field.row = None
        self.pages.clear()

    # ------------------------------------------------------------------------------------------ following

    def _on_changed(self, changes: Changes) -> None:
        self.top.refresh()
        undo, redo = self._actions.by_name["edit.undo"], self._actions.by_name["edit.redo"]
        for action, label, word in (
            (undo, self.desk.case.undo_label, _("Undo")),
            (redo, self.desk.case.redo_label, _("Redo")),
        ):
            action.setEnabled(label is not None and not self.desk.read_only)
            action.setToolTip(f"{word}: {label}" if label else word)
        # Hidden pages catch up when they are shown.
        if self.stack.count():
            if "evidence" in changes.touched and self.page.code != "evidence":
                self._stale.add("evidence")
            self.page.on_changed(changes)

    def _on_surveyed(self) -> None:
        if self.stack.count():
            self.page.on_surveyed()

    def _on_theme_changed(self) -> None:
        """Pages hold icons in the old colours, so they are built anew."""
        self.build_anew()

    def build_anew(self) -> None:
        """Build the pages anew as they are next shown; what is typed is stored first."""
        self.desk.flush()
        code = self.page.code
        for name, page in self.pages.items():
            self._states[name] = page.state()
            self.stack.removeWidget(page)
            for form in page.findChildren(Form):
                form.bind(None)
            discard(page)
        self.pages.clear()
        self.top.find_button.setIcon(self.desk.theme.icon("search", "muted"))
        self.show_page(code)

    # -------------------------------------------------------------------------------------------- dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome on every page."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self.shade.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Not after all."""
        self.shade.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them and show where they go."""
        self.shade.hide()
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.setDropAction(Qt.DropAction.CopyAction)  # the source keeps its files
            event.accept()
            self.show_page("evidence")
            self.jobs.take(paths)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The shade covers all."""
        super().resizeEvent(event)
        self._fit_rails()
        self.top.find_button.setVisible(self.width() >= _RAIL_FITS)
        self.shade.setGeometry(self.rect().adjusted(12, 12, -12, -12))


class _DropShade(QFrame):
    """What covers the window while files hang over it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("dropShade")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        text = Label(_("Drop to add as evidence"))
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box = QVBoxLayout(self)
        box.addWidget(text)
        self.hide()

    def cover(self) -> None:
        """Show it above everything."""
        self.setGeometry(self._over.rect().adjusted(12, 12, -12, -12))
        self.show()
        self.raise_()
