"""Evidence: a table of every item, files dropped onto it, and what is to be said about each."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from magdesk.casefile import Changes
from magdesk.checks.finding import Place
from magdesk.gui.cards import add_cards
from magdesk.gui.choices import evidence_choices, party_choices
from magdesk.gui.custodytab import CustodyTab
from magdesk.gui.desk import Desk
from magdesk.gui.forms import Form
from magdesk.gui.kinds import joined
from magdesk.gui.labels import label
from magdesk.gui.lists import EmptyState
from magdesk.gui.originals import copy_original
from magdesk.gui.page import Page, scrolled
from magdesk.gui.rowkind import RowKind, remove
from magdesk.gui.viewer.room import ReadingRoom
from magdesk.i18n import _, ngettext
from magdesk.model import Detail, Evidence, Verification
from magdesk.model.evidence import Access, Copy, Credibility, Grade, Reliability, SourceType, VerificationResult
from magdesk.progress import CancelToken, Progress

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table, ready to paint and to sort."""

    key: uuid.UUID
    place: int
    title: str
    source: str
    published: str
    published_order: str
    grade: str
    size: int
    pages: int
    file_name: str
    number: int
    cited: int
    hay: str


_COLUMNS = (
    ("number", _("Ex.")),
    ("title", _("Title")),
    ("source", _("Source")),
    ("published", _("Date")),
    ("grade", _("Grade")),
    ("pages", _("Pages")),
    ("size", _("Size")),
    ("cited", _("Cited")),
)
_RIGHT = {"number", "pages", "size", "cited"}
_WIDTHS = {"number": 48, "source": 150, "published": 120, "grade": 64, "pages": 64, "size": 80, "cited": 64}
_LEAST_FIRST = ("size", "pages", "source", "cited", "published", "grade")  # columns that give way to the title
_TITLE = 220  # pixels it needs


def _build_claim(form: Form) -> None:
    form.text("section", _("Kind of statement"), 4)
    form.text("name", _("Datum"), 8)
    form.multiline("value", _("Value"), lines=1)


CLAIM = RowKind(
    kind=Detail,
    page="evidence",
    add=_("Add a statement"),
    one=_("statement"),
    empty=_("Nothing was read from the file itself."),
    title=lambda _desk, row: row.name,
    detail=lambda _desk, row: row.value,
    build=_build_claim,
)


def _build_verification(form: Form) -> None:
    form.choice("result", _("Result"), VerificationResult, 4)
    form.text("verified_by", _("Who reasoned"), 4)
    form.date("verified_on", _("On"), 4)
    form.multiline("source_analysis", _("The source: who, with what motive and what access"))
    form.multiline("technical_analysis", _("The file: metadata, traces of editing"))
    form.multiline("content_analysis", _("The content: place, time, consistency"))


VERIFICATION = RowKind(
    kind=Verification,
    page="evidence",
    add=_("Add a verification"),
    one=_("verification record"),
    empty=_("Nobody has recorded a verification yet."),
    title=lambda _desk, row: label(row.result),
    detail=lambda _desk, row: joined(row.verified_by, row.verified_on.isoformat() if row.verified_on else ""),
    build=_build_verification,
)


def size_words(size: int) -> str:
    """A size in bytes as people read it."""
    value = float(size)
    for unit in ("B", "kB", "MB", "GB"):
        if value < 1000 or unit == "GB":
            return f"{value:.0f} {unit}" if unit == "B" or value >= 100 else f"{value:.1f} {unit}"
        value /= 1000
    return ""


class EvidenceModel(QAbstractTableModel):
    """Thousands of rows, read in one query of columns; painting, sorting and filtering never ask the case."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[Line] = []
        self.lines: list[Line] = []
        self._words: list[str] = []
        self._column, self._order = -1, Qt.SortOrder.AscendingOrder

    def load(self, desk: Desk) -> None:
        """Read the columns that the table shows."""
        query = desk.session.query(
            Evidence.id, Evidence.title, Evidence.title_english, Evidence.source_type, Evidence.published,
            Evidence.grade, Evidence.size, Evidence.pages, Evidence.file_name,
        ).order_by(Evidence.rank, Evidence.id)  # fmt: skip
        numbers, cited = desk.survey.exhibits, desk.survey.citations
        sources = {kind: label(kind) for kind in SourceType}
        lines = []
        for place, (key, title, english, source, published, grade, size, pages, name) in enumerate(query):
            shown = title or english or name or _("Untitled")
            lines.append(
                Line(
                    key,
                    place,
                    shown,
                    sources[source],
                    published.display() if published else "",
                    published.earliest().isoformat() if published else "",
                    grade.value if grade else "",
                    size,
                    pages or 0,
                    name,
                    numbers.get(key, 0),
                    cited.get(key, 0),
                    f"{shown} {english} {name} {sources[source]}".casefold(),
                )
            )
        self.beginResetModel()
        self._all = lines
        self._arrange()
        self.endResetModel()

    def narrow(self, text: str) -> None:
        """Keep the rows that hold every word."""
        self.beginResetModel()
        self._words = text.casefold().split()
        self._arrange()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; the user's own order when there is none."""
        self.layoutAboutToBeChanged.emit()
        before = self.lines
        indexes = self.persistentIndexList()
        self._column, self._order = column, order
        self._arrange()
        where = {line.key: row for row, line in enumerate(self.lines)}
        for index in indexes:
            moved = self.index(where[before[index.row()].key], index.column())
            self.changePersistentIndex(index, moved)
        self.layoutChanged.emit()

    def _arrange(self) -> None:
        lines = self._all
        if self._words:
            lines = [line for line in lines if all(word in line.hay for word in self._words)]
        if self._column >= 0:
            name = _COLUMNS[self._column][0]
            field = {"published": "published_order"}.get(name, name)
            descending = self._order is Qt.SortOrder.DescendingOrder
            # Rows without a value come last whichever way the others are sorted.
            filled = [line for line in lines if getattr(line, field)]
            filled.sort(key=lambda line: _sort_key(getattr(line, field)), reverse=descending)
            lines = filled + [line for line in lines if not getattr(line, field)]
        self.lines = lines

    @property
    def total(self) -> int:
        """How many rows there are without the filter."""
        return len(self._all)

    def row_of(self, key: uuid.UUID) -> int:
        """Where the row of that key is shown; -1 when it is not."""
        return next((row for row, line in enumerate(self.lines) if line.key == key), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """The columns."""
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Their titles."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _COLUMNS[section][1]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(_COLUMNS[section][0])
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows."""
        line = self.lines[index.row()]
        name = _COLUMNS[index.column()][0]
        if role == Qt.ItemDataRole.DisplayRole:
            value = getattr(line, name)
            return size_words(value) if name == "size" else value or ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(name)
        if role == Qt.ItemDataRole.ToolTipRole and name == "title":
            return f"{line.title}\n{line.file_name}"
        return None


def _alignment(name: str) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if name in _RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


def _sort_key(value: str | int) -> tuple[str, int]:
    return (value.casefold(), 0) if isinstance(value, str) else ("", value)


class EvidencePage(Page):
    """The table, and the chosen item below or beside it.

    Attributes:
        files_requested: files are to be taken: paths.
    """

    code = "evidence"
    files_requested = Signal(object)

    def __init__(self, desk: Desk) -> None:
        lead = _("Drop files or folders anywhere on the window. Originals are kept unchanged, inside the case file.")
        super().__init__(desk, _("Evidence"), lead)
        self.current: Evidence | None = None
        self._numbers: tuple[dict[uuid.UUID, int], dict[uuid.UUID, int]] = ({}, {})
        self.add_button = QPushButton(_("Add files"))
        self.add_button.setProperty("kind", "primary")
        self.add_button.setEnabled(not desk.read_only)
        menu = QMenu(self.add_button)
        menu.addAction(_("Files…")).triggered.connect(self.choose_files)
        menu.addAction(_("A folder…")).triggered.connect(self.choose_folder)
        menu.addAction(_("An item without a file")).triggered.connect(self.add_without_file)
        self.add_button.setMenu(menu)
        self.tools.addWidget(self.add_button)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Filter by title, file name or source"))
        self.filter.setAccessibleName(_("Filter the evidence"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(360)
        self.count = QLabel()
        self.count.setObjectName("help")
        self.model = EvidenceModel(self)
        self.table = self._make_table()
        text = _("No evidence yet. Drop files or folders here, or choose “Add files”.")
        self.empty = EmptyState(desk, "evidence", text)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.table)
        self.detail = self._make_detail()
        self._assemble()
        # Signals
        self.filter.textChanged.connect(self._on_filtered)
        self.table.selectionModel().currentRowChanged.connect(self._on_current_changed)
        delete = QShortcut(QKeySequence.StandardKey.Delete, self.table, context=Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.remove_current)
        self.refresh()

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName(_("Evidence"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setSortingEnabled(True)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().setVisible(False)
        table.verticalHeader().setDefaultSectionSize(30)
        header = table.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(44)
        for column, (name, _title) in enumerate(_COLUMNS):
            if name == "title":
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
            else:
                table.setColumnWidth(column, _WIDTHS[name])
        return table

    def _make_detail(self) -> QWidget:
        form = Form(self.desk, "evidence")
        form.text("title", _("Title"))
        form.text("title_english", _("Title in English"))
        form.choice("source_type", _("Kind of source"), SourceType, 6)
        form.choice("access", _("Who may see it"), Access, 6)
        form.text("author", _("Author"), 6)
        form.text("publisher", _("Publisher or court"), 6)
        form.partial_date("published", _("Date"), 4)
        form.text("document_number", _("Document number"), 4)
        form.text("language", _("Language"), 4, hint=_("e.g. ar"))
        form.reference("translation_of_id", _("Is a translation of"), evidence_choices, 8)
        form.text("translator", _("Translator"), 4)
        form.multiline("context", _("What it shows, for a reader who sees it alone"), lines=1)
        form.text("cite_as", _("Cite as, if not in the usual form"))
        form.boolean("produce", _("Goes into the exhibit bundle when it is cited"))
        self.what = form
        origin = Form(self.desk, "evidence")
        origin.text("obtained_by", _("Obtained by"), 6)
        origin.text("obtained_from", _("Obtained from"), 6)
        origin.partial_date("obtained_on", _("Obtained on"), 4)
        origin.text("obtained_where", _("Where"), 4)
        origin.text("obtained_how", _("How"), 4)
        origin.choice("copy", _("What it is to its original"), Copy, 4)
        origin.text("lawfulness", _("Why it was lawful to obtain"), 8)
        origin.text("url", _("Web address"))
        origin.text("archive_url", _("Archived at"))
        origin.moment("accessed_at", _("Accessed"), 4)
        origin.text("capture_method", _("Captured with"), 8)
        origin.text("device", _("Device or medium it was made with or came on"), 8)
        origin.text("password", _("Password of the original"), 4)
        origin.reference("speaker_id", _("Whose statement it is"), party_choices)
        origin.reference("derived_from_id", _("Repeats the information of"), evidence_choices, 6)
        origin.reference("part_of_id", _("Was attached to"), evidence_choices, 6)
        self.origin = origin
        weight = Form(self.desk, "evidence")
        weight.choice("grade", _("Grade"), Grade, 6, empty=_("Not graded yet"))
        weight.date("verified_on", _("Verified on"), 6)
        weight.choice("reliability", _("Reliability of the source"), Reliability, 6)
        weight.choice("credibility", _("Credibility of the information"), Credibility, 6)
        weight.multiline("bias_note", _("Bias of the source"))
        weight.multiline("verification", _("How it was verified, as the packet says it"))
        add_cards(
            weight, VERIFICATION, "verifications", _("Verification records"), _("For your own files; not exported.")
        )
        self.weight = weight
        claims = Form(self.desk, "evidence")
        add_cards(claims, CLAIM, "details", _("What the file says of itself"), _("Claims of the file, not proof."))
        self.claims = claims
        self.forms = (form, origin, weight, claims)
        self.caption = QLabel()
        self.caption.setObjectName("cardTitle")
        self.caption.setWordWrap(True)
        self.facts = QLabel()
        self.facts.setObjectName("help")
        self.facts.setWordWrap(True)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.save_button = QPushButton(_("Save a copy…"))
        self.save_button.setToolTip(_("Write the original, unencrypted, where you choose"))
        self.save_button.clicked.connect(self.save_copy)
        self.remove_button = QPushButton(_("Delete"))
        self.remove_button.setEnabled(not self.desk.read_only)
        self.remove_button.clicked.connect(self.remove_current)
        head = QHBoxLayout()
        head.setContentsMargins(24, 12, 24, 4)
        head.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.caption)
        words.addWidget(self.facts)
        head.addLayout(words, 1)
        head.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignTop)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        titles = (_("What it is"), _("Where it comes from"), _("Weight"), _("Inside the file"))
        for inner, title in zip(self.forms, titles, strict=True):
            self.tabs.addTab(scrolled(inner), title)
        self.custody = CustodyTab(self.desk)
        self.tabs.addTab(self.custody, _("Custody"))
        pane = QFrame()
        box = QVBoxLayout(pane)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(self.tabs, 1)
        return pane

    def _assemble(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(24, 0, 24, 10)
        bar.addWidget(self.filter, 1)
        bar.addSpacing(8)
        bar.addWidget(self.count)
        bar.addStretch(1)
        self.body.addLayout(bar)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.stack)
        splitter.addWidget(self.detail)
        splitter.setSizes([320, 360])
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        self.room = ReadingRoom(self.desk, splitter)
        self.room.item_requested.connect(self.select)
        self.room.save_requested.connect(lambda _key: self.save_copy())
        self.room.left_resized.connect(self._fit_columns)
        self.desk.reading_requested.connect(self.room.read)
        self.tools.insertWidget(0, self.room.toggle)
        self.body.addWidget(self.room, 1)

    def _fit_columns(self, width: int) -> None:
        """Hide the columns for which there is no room beside the title."""
        spare = width - _TITLE - sum(_WIDTHS.values())
        hidden = set()
        for name in _LEAST_FIRST:
            if spare < 0:
                hidden.add(name)
                spare += _WIDTHS[name]
        for column, (name, _title) in enumerate(_COLUMNS):
            self.table.setColumnHidden(column, name in hidden)

    # ------------------------------------------------------------------------------------------ showing

    def refresh(self) -> None:
        """Read the table anew and keep the chosen item."""
        self.model.load(self.desk)
        self._numbers = (self.desk.survey.exhibits, self.desk.survey.citations)
        self._show_count()
        self.stack.setCurrentWidget(self.table if self.model.total else self.empty)
        key = self.current.id if self.current is not None else None
        if key is None or self.model.row_of(key) < 0:
            key = self.model.lines[0].key if self.model.lines else None
        self.select(key)

    def select(self, key: uuid.UUID | None) -> None:
        """Choose an item."""
        row = self.desk.get(Evidence, key)
        self.current = row
        for form in self.forms:
            form.bind(row)
        self.custody.bind(row)
        self.detail.setVisible(row is not None)
        self.room.show_item(key if row is not None else None)
        if row is not None:
            self.caption.setText(row.title or row.file_name or _("Untitled"))
            self.facts.setText(_facts(row))
            self.save_button.setEnabled(bool(row.sha256))
        place = self.model.row_of(key) if key is not None else -1
        model = self.table.selectionModel()
        if place != self.table.currentIndex().row() or place < 0:
            model.blockSignals(True)
            self.table.setCurrentIndex(self.model.index(place, 1) if place >= 0 else QModelIndex())
            model.blockSignals(False)
            self.table.viewport().update()

    def on_changed(self, changes: Changes) -> None:
        """Follow the case; the table only when evidence changed."""
        if "evidence" in changes.touched:
            self.refresh()
        elif self.current is not None:
            for form in self.forms:
                form.load()
            self.custody.bind(self.current)

    def on_surveyed(self) -> None:
        """New exhibit numbers; a table of thousands is read anew only when they differ."""
        shown = (self.desk.survey.exhibits, self.desk.survey.citations)
        if shown != self._numbers:
            self.refresh()

    def show_place(self, place: Place) -> None:
        """Choose the item and turn to the tab that holds the field."""
        if self.desk.get(Evidence, place.row) is None:
            self.focus_first()
            return
        if place.row is not None and self.model.row_of(place.row) < 0:
            self.filter.clear()
        self.select(place.row)
        if self.current is not None:
            self.table.scrollTo(self.table.currentIndex())
        for number, form in enumerate(self.forms):
            if form.field(place.field) is not None:
                self.tabs.setCurrentIndex(number)
                form.focus(place.field)
                return
        self.table.setFocus()

    def focus_first(self) -> None:
        """The table, or the button that adds files."""
        (self.table if self.model.total else self.add_button).setFocus()

    # ------------------------------------------------------------------------------------------- acting

    def choose_files(self) -> None:
        """Ask for files."""
        self._request(self.desk.prompts.open_files(self, _("Add files as evidence")))

    def choose_folder(self) -> None:
        """Ask for a folder."""
        folder = self.desk.prompts.folder(self, _("Add a folder as evidence"))
        self._request([folder] if folder is not None else [])

    def _request(self, paths: Sequence[Path]) -> None:
        if paths:
            self.files_requested.emit(list(paths))

    def add_without_file(self) -> None:
        """An item that is known but not held, e.g. a book."""
        self.desk.flush()
        row = Evidence(rank=max((line.rank for line in self.desk.rows(Evidence)), default=-1) + 1)
        if self.desk.try_change(_("Add evidence without a file"), lambda session: session.add(row)):
            self.filter.clear()
            self.refresh()
            self.select(row.id)
            self.what.focus("title")

    def remove_current(self) -> None:
        """Delete the chosen item and choose its neighbour."""
        if self.current is None or self.desk.read_only:
            return
        self.desk.flush()
        place = self.model.row_of(self.current.id)
        if remove(self.desk, self, self.current, _("evidence")):
            self.current = None
            self.refresh()
            if self.model.lines:
                self.select(self.model.lines[min(max(place, 0), len(self.model.lines) - 1)].key)
            self.focus_first()

    def save_copy(self) -> None:
        """Write the original somewhere, after saying what that means."""
        row = self.current
        if row is None or not row.sha256:
            return
        detail = _("The copy is not encrypted: whoever gets at the disk can read it. Delete it when you are done.")
        if not self.desk.prompts.confirm(self, _("Save an unencrypted copy?"), detail, _("Choose where…")):
            return
        path = self.desk.prompts.new_file(self, _("Save a copy"), row.file_name, _("All files (*)"))
        if path is None:
            return
        case, digest, size = self.desk.case, row.sha256, row.size

        def work(progress: Progress, cancel: CancelToken) -> Path:
            copy_original(case, digest, size, path, progress, cancel)
            return path

        self.desk.runner.submit(
            _("Saving a copy"), work, done=self._on_saved,
            failed=lambda error: self.desk.prompts.fail(self, error), serial=False, owner=self,
        )  # fmt: skip

    def _on_saved(self, path: Path) -> None:
        self.desk.notice_requested.emit(_("Saved: {name}").format(name=path.name), False)

    def _on_filtered(self, text: str) -> None:
        self.model.narrow(text)
        self._show_count()
        if self.current is not None:
            self.select(self.current.id)

    def _show_count(self) -> None:
        shown, total = len(self.model.lines), self.model.total
        if shown == total:
            size = sum(line.size for line in self.model.lines)
            text = ngettext("{count} item", "{count} items", total).format(count=total)
            self.count.setText(joined(text, size_words(size) if size else ""))
        else:
            self.count.setText(_("{shown} of {total}").format(shown=shown, total=total))

    def _on_current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.select(self.model.lines[index.row()].key)


def _facts(row: Evidence) -> str:
    shape = f"{row.width} × {row.height}" if row.width and row.height else ""
    pages = ngettext("{count} page", "{count} pages", row.pages).format(count=row.pages) if row.pages else ""
    length = f"{int(row.duration // 60)}:{int(row.duration % 60):02d}" if row.duration else ""
    digest = f"SHA-256 {row.sha256[:16]}…" if row.sha256 else _("no file")
    line = joined(
        row.file_name, row.media_type, size_words(row.size) if row.size else "", pages, shape, length, digest
    )
    return f"{line}\n{row.reading_note}" if row.reading_note else line
