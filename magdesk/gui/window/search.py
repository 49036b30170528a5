"""Find anything: words in the case, pages and actions, from one line."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from magdesk.errors import MagdeskError
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.desk.places import place_of
from magdesk.gui.forms.choices import Choice, plain_text
from magdesk.gui.forms.picker import ChoiceModel
from magdesk.gui.rowpainting import TwoLineDelegate
from magdesk.gui.runner import Job
from magdesk.gui.viewer.wordsearch import any_of, fold
from magdesk.gui.words import _, joined
from magdesk.progress import CancelToken, Progress
from magdesk.services.search import Result, search_case

_PAUSE = 30  # milliseconds without a letter before the case is searched; an answer takes as long
_LIMIT = 40
_BEFORE = 44  # letters before the first word that was found
_KINDS = {
    "evidence": _("Evidence"), "fact": _("Fact"), "party": _("Person or body"), "name": _("Name"),
    "incident": _("Incident"), "section": _("Narrative"), "organisation": _("Organization"), "target": _("Target"),
    "victim": _("Victim"), "witness": _("Witness"), "adverse_item": _("Adverse information"),
    "proceeding": _("Proceeding"), "citation": _("Source"), "identifier": _("Identifier"),
    "payment": _("Payment"), "asset": _("Asset"), "authentication": _("Authenticity"),
    "position": _("Position"), "recipient": _("Recipient"), "interest_argument": _("Argument"),
}  # fmt: skip


class SearchPanel(QFrame):
    """The popup. Results of the case come from a job; pages and actions are matched at once."""

    def __init__(self, desk: Desk, actions: list[QAction], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(_("Find in the case"))
        self._desk = desk
        self._actions = {str(number): action for number, action in enumerate(actions)}
        self._results: dict[str, Result] = {}
        self._job: Job | None = None
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("Find words in the case, or go to a page or action"))
        self.line.setAccessibleName(_("Words to find"))
        self.line.setClearButtonEnabled(True)
        self.model = ChoiceModel(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(TwoLineDelegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName(_("Results"))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hint = Label()
        self.hint.setObjectName("muted")
        self.hint.setContentsMargins(6, 0, 6, 2)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 10, 10, 8)
        box.setSpacing(8)
        box.addWidget(self.line)
        box.addWidget(self.view, 1)
        box.addWidget(self.hint)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._search)
        self.line.textChanged.connect(self._on_typed)
        self.line.installEventFilter(self)
        self.view.clicked.connect(self._on_clicked)
        self._show([])

    def open_over(self, window: QWidget) -> None:
        """Show it at the top of the window."""
        width = min(640, window.width() - 80)
        self.resize(width, min(460, window.height() - 120))
        self.move(window.mapToGlobal(QPoint((window.width() - width) // 2, 70)))
        self.show()
        self.line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter act on the results."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            row = self.view.currentIndex().row()
            if step is not None:
                row = max(0, min(self.model.rowCount() - 1, row + step))
                self.view.setCurrentIndex(self.model.index(row))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.choose(row)
                return True
        return super().eventFilter(watched, event)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.choose(index.row())

    def choose(self, row: int) -> None:
        """Go to the result in that row."""
        if not 0 <= row < len(self.model.shown):
            return
        key = str(self.model.shown[row].key)
        self.close()
        if key in self._actions:
            self._actions[key].trigger()
        elif key in self._results:
            result = self._results[key]
            place = place_of(self._desk, result.kind, result.key)
            if place is not None:
                self._desk.go(place)
                if result.kind == "evidence":
                    self._desk.reading_requested.emit(result.key, result.page, _asked(result), None)

    def _on_typed(self, text: str) -> None:
        if self._job is not None:
            self._job.cancel()
        # What was found for the letters before stays until the answer for these is there: no flicker.
        self._show(list(self._results.values()) if text.strip() else [], asking=bool(text.strip()))
        if text.strip():
            self._timer.start()
        else:
            self._timer.stop()

    def _search(self) -> None:
        case, words = self._desk.case, self.line.text()

        def work(_progress: Progress, cancel: CancelToken) -> list[Result]:
            return search_case(case, words, _LIMIT, cancel=cancel)

        self._job = self._desk.runner.submit(
            _("Searching"), work, done=lambda found: self._on_found(words, found), failed=self._on_failed,
            serial=False, owner=self,
        )  # fmt: skip

    def _on_found(self, words: str, found: list[Result]) -> None:
        if words == self.line.text():
            self._show(found)

    def _on_failed(self, error: MagdeskError) -> None:
        self.hint.setText(str(error))

    def _show(self, found: list[Result], *, asking: bool = False) -> None:
        self._results = {f"r{number}": result for number, result in enumerate(found)}
        words = self.line.text().casefold().split()
        commands = [
            Choice(key, action.text().replace("&", ""), action.shortcut().toString())
            for key, action in self._actions.items()
            if words
            and action.isEnabled()
            and all(word in action.text().replace("&", "").casefold() for word in words)
        ]
        results = [self._choice(key, result) for key, result in self._results.items()]
        self.model.set_choices([*results, *commands[:6]])
        if self.model.shown:
            self.view.setCurrentIndex(self.model.index(0))
        if not words:
            self.hint.setText(_("Searches everything in the case: names, exhibit text, facts, notes."))
        else:
            self.hint.setText("" if self.model.shown or asking else _("Nothing found."))

    def _title(self, result: Result) -> str:
        return plain_text(self._desk, result.title) or plain_text(self._desk, result.snippet) or _("Untitled")

    def _choice(self, key: str, result: Result) -> Choice:
        page = _("p. {n}").format(n=result.page) if result.page else ""
        snippet = re.sub(r"[\[\]«»]", "", plain_text(self._desk, result.snippet))
        wanted = any_of(_asked(result))
        found = wanted.find(fold(snippet)) if wanted is not None else []
        if wanted is not None and found and found[0][0] > _BEFORE:
            # The words that were found must be seen, however narrow the window is.
            cut = snippet.rfind(" ", 0, found[0][0] - _BEFORE // 2) + 1
            snippet = "…" + snippet[cut:]
            found = wanted.find(fold(snippet))
        detail = joined(_KINDS.get(result.kind, ""), page, snippet)
        start = len(detail) - len(snippet)
        marks = tuple((start + first, start + end) for first, end in found)
        return Choice(key, self._title(result), detail, marks)


def _asked(result: Result) -> str:
    """The words of the question without its fields, as the viewer looks for them; phrases in quotes."""
    return " ".join(f'"{word}"' if " " in word else word for word in result.words)
