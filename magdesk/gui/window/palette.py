"""The command palette: commands, pages and whatever stands in the case, from one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from magdesk.checks.finding import Finding
from magdesk.errors import MagdeskError
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.desk.places import place_of
from magdesk.gui.rowpainting import BADGE_ROLE, DETAIL_ROLE, HEADING_ROLE, MARKS_ROLE, TwoLineDelegate
from magdesk.gui.runner import Job
from magdesk.gui.window.caseresults import PEOPLE, asked, finding_entry, result_entry, result_key
from magdesk.gui.window.commandscore import RECENT, Command, CommandGroup, score
from magdesk.gui.words import _
from magdesk.progress import CancelToken, Progress
from magdesk.services.search import Result, search_case

_Index = QModelIndex | QPersistentModelIndex
_PAUSE = 30  # milliseconds without a letter before the case is searched; an answer takes as long
_LIMIT = 40  # places that are looked for, before those of another kind are left out
_MOST = {CommandGroup.DO: 5, CommandGroup.GO: 8, CommandGroup.CASE: 12}
_TEXT_FOUND = 20  # score of words that stand inside a text of the case and in no title
_GROUPS = {CommandGroup.DO: _("Do"), CommandGroup.GO: _("Go to"), CommandGroup.CASE: _("In the case")}
_NARROWED: dict[str, frozenset[str]] = {
    "@": PEOPLE,
    "#": frozenset({"fact", "citation"}),
    ":": frozenset({"evidence", "authentication"}),
}


@dataclass(frozen=True, slots=True)
class CommandRow:
    """An entry as it stands in the list; the first of a group brings its heading."""

    entry: Command
    heading: str = ""


class PaletteModel(QAbstractListModel):
    """What is offered, in groups."""

    def __init__(self, parent: QObject, shortcut_colour: str) -> None:
        super().__init__(parent)
        self._colour = shortcut_colour
        self.rows: list[CommandRow] = []

    def set_rows(self, rows: Sequence[CommandRow]) -> None:
        """Show these."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """What cannot be done now is there, grey, with its reason."""
        if self.rows[index.row()].entry.reason:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Title, second line, shortcut, heading."""
        row = self.rows[index.row()]
        entry = row.entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == DETAIL_ROLE:
            return entry.reason or entry.detail
        if role == MARKS_ROLE:
            return () if entry.reason else entry.marks
        if role == BADGE_ROLE:
            return (entry.shortcut, self._colour) if entry.shortcut else None
        if role == HEADING_ROLE:
            return row.heading
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(part for part in (entry.title, entry.reason or entry.detail, entry.shortcut) if part)
        return None


class CommandPalette(QFrame):
    """The popup. Commands and pages are matched at once; places of the case come from a job.

    An empty line has nothing selected, and Enter does nothing there. What was found is never kept, for it holds
    names; of the commands used last only their keys are known, in memory.
    """

    def __init__(
        self,
        desk: Desk,
        entries: Sequence[Command],
        recent: Sequence[str],
        run: Callable[[str], None],
        parent: QWidget,
    ) -> None:
        """Offer commands and pages at once.

        Args:
            entries: commands and pages.
            recent: keys of the commands used last, newest first.
            run: does what the key of an entry says.
        """
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(_("Command palette"))
        self._desk, self._entries, self._recent, self._run = desk, tuple(entries), list(recent), run
        self._results: dict[str, Result] = {}
        self._findings: Mapping[str, Finding] = {}
        self._job: Job | None = None
        self._chosen = False  # somebody went to a row by the arrows: it stays selected when more is found
        self._from = QApplication.focusWidget()
        self.line = QLineEdit()
        self.line.setPlaceholderText(
            _("Words to find, a command or a page  (> commands, @ people, # facts, : exhibits)")
        )
        self.line.setAccessibleName(_("Command, page or words to find"))
        self.line.setClearButtonEnabled(True)
        self.model = PaletteModel(self, desk.theme.palette.colours["muted"])
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(TwoLineDelegate(self.view))
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName(_("Results"))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hint = Label()
        self.hint.setObjectName("muted")
        self.hint.setWordWrap(True)
        self.hint.setContentsMargins(6, 0, 6, 2)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 12, 12, 8)
        box.setSpacing(8)
        box.addWidget(self.line)
        box.addWidget(self.view, 1)
        box.addWidget(self.hint)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._search)
        self.line.textChanged.connect(self._on_typed)
        self.line.installEventFilter(self)
        self.view.clicked.connect(self._on_clicked)
        self._show()

    def open_over(self, window: QWidget) -> None:
        """Show it at the top of the window."""
        em = self.fontMetrics().height()
        width = min(44 * em, window.width() - 80)
        self.resize(width, min(32 * em, window.height() - 120))
        self.move(window.mapToGlobal(QPoint((window.width() - width) // 2, 70)))
        self.show()
        self.line.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing of what was found stays; the focus goes back to where it was."""
        if self._job is not None:
            self._job.cancel()
        self._results.clear()
        if self._from is not None and self._from.window() is self.window().parentWidget():
            self._from.setFocus()
        super().closeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter act on the results."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self._chosen = True
                self._move(step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.choose(self.view.currentIndex().row())
                return True
        return super().eventFilter(watched, event)

    def _move(self, step: int) -> None:
        """To the next row that can be chosen."""
        row = self.view.currentIndex().row() + step
        while 0 <= row < len(self.model.rows) and self.model.rows[row].entry.reason:
            row += step
        if 0 <= row < len(self.model.rows):
            self.view.setCurrentIndex(self.model.index(row))

    def _on_clicked(self, index: QModelIndex) -> None:
        self.choose(index.row())

    def choose(self, row: int) -> None:
        """Do what stands in that row."""
        if not 0 <= row < len(self.model.rows) or self.model.rows[row].entry.reason:
            return
        key = self.model.rows[row].entry.key
        result, finding = self._results.get(key), self._findings.get(key)
        self.close()
        if finding is not None:
            self._desk.go(finding.place)
        elif result is not None:
            place = place_of(self._desk, result.kind, result.key)
            if place is not None:
                self._desk.go(place)
                if result.kind == "evidence":
                    self._desk.reading_requested.emit(result.key, result.page, asked(result), None)
        else:
            self._run(key)

    # ------------------------------------------------------------------------------------------ searching

    @property
    def _asked(self) -> tuple[str, str]:
        """The prefix that narrows, and the words."""
        text = self.line.text().strip()
        return (text[0], text[1:].strip()) if text[:1] in (*_NARROWED, ">", "?") else ("", text)

    def _on_typed(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._chosen = False
        prefix, words = self._asked
        searching = bool(words) and prefix not in (">", "?")
        if searching:
            # What was found for the letters before stays until the answer for these is there: no flicker.
            self._timer.start()
        else:
            self._timer.stop()
            self._results.clear()
        self._show(asking=searching)

    def _search(self) -> None:
        case, (prefix, words) = self._desk.case, self._asked
        limit = _LIMIT * 4 if prefix else _LIMIT

        def work(_progress: Progress, cancel: CancelToken) -> list[Result]:
            return search_case(case, words, limit, cancel=cancel)

        self._job = self._desk.runner.submit(
            _("Searching"), work, done=lambda found: self._on_found((prefix, words), found), failed=self._on_failed,
            serial=False, owner=self,
        )  # fmt: skip

    def _on_found(self, question: tuple[str, str], found: list[Result]) -> None:
        if question == self._asked:
            kinds = _NARROWED.get(question[0])
            wanted = [one for one in found if kinds is None or one.kind in kinds]
            self._results = {result_key(one): one for one in wanted}
            self._show()

    def _on_failed(self, error: MagdeskError) -> None:
        self.hint.setText(str(error))

    # ------------------------------------------------------------------------------------------ showing

    def _show(self, *, asking: bool = False) -> None:
        """List what answers.

        Args:
            asking: the case is still being searched.
        """
        prefix, words = self._asked
        before = self.view.currentIndex().row()
        kept = self.model.rows[before].entry.key if self._chosen and 0 <= before < len(self.model.rows) else ""
        self.model.set_rows(self._answers(prefix, words) if words or prefix else self._begin())
        keys = [row.entry.key for row in self.model.rows]
        if kept in keys:
            self.view.setCurrentIndex(self.model.index(keys.index(kept)))
        elif words and self.model.rows:
            self._move(1)
        if self.model.rows:
            self.hint.setText("" if words else _("Type to search. Nothing of what you find is kept."))
        elif words:
            self.hint.setText("" if asking else _("Nothing found."))
        else:
            self.hint.setText(_("Type a word to search for."))

    def _begin(self) -> list[CommandRow]:
        known = {entry.key: entry for entry in self._entries}
        used = [known[key] for key in self._recent[:RECENT] if key in known]
        pages = [entry for entry in self._entries if entry.group is CommandGroup.GO]
        return [*_headed(_("Used last"), used), *_headed(_GROUPS[CommandGroup.GO], pages)]

    def _answers(self, prefix: str, words: str) -> list[CommandRow]:
        found: dict[CommandGroup, list[tuple[int, Command]]] = {group: [] for group in CommandGroup}
        for entry in self._entries:
            if prefix in _NARROWED or (prefix == ">" and entry.group is not CommandGroup.DO):
                continue
            if prefix == "?" and not entry.key.startswith("help."):
                continue
            place = self._recent.index(entry.key) if entry.key in self._recent else None
            points = score(entry, words, place) if words else 1
            if points:
                found[entry.group].append((points, entry))
        for result in self._results.values():
            entry = result_entry(self._desk, result)
            found[CommandGroup.CASE].append((max(score(entry, words), _TEXT_FOUND), entry))
        if words and not prefix:
            found[CommandGroup.CASE] += self._found_findings(words)
        ranked = {group: sorted(some, key=lambda one: -one[0]) for group, some in found.items() if some}
        rows: list[CommandRow] = []
        for group in sorted(ranked, key=lambda group: -ranked[group][0][0]):
            most = len(ranked[group]) if prefix in (">", "?") else _MOST[group]
            rows += _headed(_GROUPS[group], [entry for _points, entry in ranked[group][:most]])
        return rows

    def _found_findings(self, words: str) -> list[tuple[int, Command]]:
        pairs = [(finding_entry(number, one), one) for number, one in enumerate(self._desk.findings())]
        self._findings = {entry.key: finding for entry, finding in pairs}
        scored = ((score(entry, words), entry) for entry, _finding in pairs)
        # Letters in order are in nearly every sentence.
        return [(points, entry) for points, entry in scored if points >= _TEXT_FOUND]


def _headed(heading: str, entries: Sequence[Command]) -> list[CommandRow]:
    return [CommandRow(entry, "" if number else heading) for number, entry in enumerate(entries)]
