"""What every page of the window is: a title, a sentence, a body, and the few things the shell asks of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QTabWidget, QToolButton, QVBoxLayout, QWidget

from magdesk.casefile import Changes
from magdesk.checks.finding import Place
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.desk.places import find_row
from magdesk.gui.forms.cards import Cards
from magdesk.gui.forms.form import Form
from magdesk.gui.words import _


@dataclass(frozen=True, slots=True)
class PageState:
    """What is chosen on a page and how it is looked at; kept while the page is built anew.

    Attributes:
        chosen: keys of the chosen rows.
        words: what the list is narrowed to.
        tabs: the tab in front of each set of tabs.
        sizes: the sizes of the parts of each splitter, in pixels.
        reading: the page of the file in the viewer, from 1; none where the viewer is closed.
    """

    chosen: tuple[uuid.UUID, ...] = ()
    words: str = ""
    tabs: tuple[int, ...] = ()
    sizes: tuple[tuple[int, ...], ...] = ()
    reading: int | None = None


class Page(QWidget):
    """A page of the open case. Built when it is first shown.

    Attributes:
        code: as findings name it.
    """

    code = ""

    def __init__(self, desk: Desk, title: str, lead: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.desk = desk
        self.title = Label(title)
        self.title.setObjectName("pageTitle")
        self.lead = Label(lead)
        self.lead.setObjectName("pageLead")
        self.lead.setWordWrap(True)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(self._titled(desk.guidance(self.code, "page")))
        words.addWidget(self.lead)
        words.addWidget(self.help)
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 24, 12)
        head.addLayout(words, 1)
        head.addLayout(self.tools)
        head.setAlignment(self.tools, Qt.AlignmentFlag.AlignTop)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addLayout(head)
        self.problem = Label()
        self.problem.setObjectName("pageProblem")
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        self.problem.setContentsMargins(24, 0, 24, 10)
        self.problem.setVisible(False)
        self.body.addWidget(self.problem)
        self.setAccessibleName(title)
        self._failure = ""
        desk.surveyed.connect(self._show_problem)
        self._show_problem()

    def _titled(self, guidance: str) -> QHBoxLayout:
        """The title, with a button that shows what the page is for where the law's resources say so."""
        self.help = Label(guidance)
        self.help.setObjectName("help")
        self.help.setWordWrap(True)
        self.help.setVisible(False)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.title)
        if guidance:
            button = QToolButton()
            button.setIcon(self.desk.theme.icon("info", "muted"))
            button.setCheckable(True)
            button.setFixedSize(22, 22)
            button.setStyleSheet("padding: 1px;")
            button.setToolTip(guidance)
            button.setAccessibleName(_("About this page"))
            button.setAccessibleDescription(guidance)
            button.toggled.connect(self.help.setVisible)
            line.addWidget(button)
            self.help_button = button
        line.addStretch(1)
        self._title_line = line
        return line

    def break_title(self) -> None:
        """A title of any length: it takes all the room there is, and as many lines as it needs."""
        self.title.setWordWrap(True)
        self._title_line.setStretchFactor(self.title, 1)
        self._title_line.setStretch(self._title_line.count() - 1, 0)

    def show_failure(self, text: str) -> None:
        """Why what this page reads of the case could not be read; empty takes it back."""
        self._failure = text
        self._show_problem()

    def _show_problem(self) -> None:
        failure = self.desk.checking.failure
        texts = []
        if failure:
            texts.append(
                _("The case could not be checked. {why} The findings on this page may be out of date.").format(
                    why=failure
                )
            )
        if self._failure and self._failure != failure:
            texts.append(
                _("This page could not be refreshed. {why} What it shows may be out of date.").format(
                    why=self._failure
                )
            )
        self.problem.setText("\n".join(texts))
        self.problem.setVisible(bool(texts))

    def on_changed(self, changes: Changes) -> None:
        """The case changed; show it."""

    def on_surveyed(self) -> None:
        """Findings and numbers are new."""

    def show_place(self, place: Place) -> None:
        """Bring a place into view."""

    def focus_first(self) -> None:
        """Put the cursor where work on this page begins."""

    def state(self) -> PageState:
        """What is chosen, and how it is looked at."""
        return PageState(
            tabs=tuple(tabs.currentIndex() for tabs in self.findChildren(QTabWidget)),
            sizes=tuple(tuple(splitter.sizes()) for splitter in self.findChildren(QSplitter)),
        )

    def restore(self, state: PageState) -> None:
        """Look at the page as it was looked at when the state was taken."""
        for tabs, place in zip(self.findChildren(QTabWidget), state.tabs, strict=False):
            tabs.setCurrentIndex(place)
        for splitter, sizes in zip(self.findChildren(QSplitter), state.sizes, strict=False):
            splitter.setSizes(sizes)

    def holds(self, root: QWidget, place: Place) -> bool:
        """Whether a place is inside a widget: a field of its forms, a row of its cards, a source of such a row."""
        if any(
            isinstance(form, Form) and form.row is not None and form.row.id == place.row and form.field(place.field)
            for form in [root, *root.findChildren(Form)]
        ):
            return True
        return any(
            row.id == place.row or any(child.id == place.row for child in getattr(row, "citations", ()))
            for cards in root.findChildren(Cards)
            for row in cards.rows
        )

    def reveal(self, root: QWidget, place: Place) -> bool:
        """Open the card or focus the field of a place inside a widget whose forms are bound already."""
        row = find_row(self.desk, place.row, self.code)
        for form in [root, *root.findChildren(Form)]:
            if not isinstance(form, Form):
                continue
            if form.row is not None and row is form.row and form.field(place.field) is not None:
                form.focus(place.field)
                return True
        if row is not None:
            return any(cards.show_row(row.id, place.field) for cards in root.findChildren(Cards))
        return False
