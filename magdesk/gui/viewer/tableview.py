"""A spreadsheet or separated text as a grid. Rows come from the drawing process when they are scrolled into view."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QTabBar, QTableView, QVBoxLayout

from magdesk.countedplaces import read_cells
from magdesk.errors import MagdeskError
from magdesk.gui.theme import Theme
from magdesk.gui.viewer.drawingqueue import DrawingQueue
from magdesk.gui.viewer.view import Hits, Passage, View
from magdesk.gui.viewer.wordsearch import Wanted, any_of, fold, phrase
from magdesk.gui.words import _
from magdesk.intake.rendering import Cells, Outline, Renderer, SheetAnswer, StoredFile
from magdesk.intake.sandbox.exchange import Opener
from magdesk.model.facts import PinpointKind

_Index = QModelIndex | QPersistentModelIndex
_BLOCK = 200  # rows fetched at once
_HITS_MOST = 2_000
_WIDEST = 420


def column_name(number: int) -> str:
    """A column as spreadsheets call it: A, B, … Z, AA."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


class GridModel(QAbstractTableModel):
    """One sheet.

    Attributes:
        block_came: rows are there: the first of them.
    """

    block_came = Signal(int)

    def __init__(self, lane: DrawingQueue, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._lane = lane
        self._theme = theme
        self._number = 0
        self._sheet = SheetAnswer("", 0, 0)
        self._blocks: dict[int, Cells] = {}
        self.hits: set[tuple[int, int]] = set()
        self.hit: tuple[int, int] | None = None

    def show_sheet(self, number: int, sheet: SheetAnswer) -> None:
        """Show another sheet."""
        self.beginResetModel()
        self._number, self._sheet = number, sheet
        self._blocks = {}
        self.hits, self.hit = set(), None
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """The rows."""
        return 0 if parent.isValid() else self._sheet.rows

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """The columns."""
        return 0 if parent.isValid() else self._sheet.columns

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Letters above, numbers beside."""
        if role == Qt.ItemDataRole.DisplayRole:
            return column_name(section) if orientation is Qt.Orientation.Horizontal else section + 1
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell; asked for when it is not there yet."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = self.cell(index.row(), index.column())
            return text if role == Qt.ItemDataRole.DisplayRole or len(text) > 40 else None
        place = (index.row(), index.column())
        if role == Qt.ItemDataRole.BackgroundRole and place in self.hits:
            return QColor(255, 172, 64) if place == self.hit else QColor(255, 226, 110)
        if role == Qt.ItemDataRole.ForegroundRole and place in self.hits:
            return QColor("#1d2125")
        if role == Qt.ItemDataRole.TextAlignmentRole and _is_number(self.cell(*place)):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        return None

    def cell(self, row: int, column: int) -> str:
        """The text of a cell; empty while it is not there."""
        block = self._blocks.get(row // _BLOCK)
        if block is None:
            self.ask(row // _BLOCK, 1.0)
            return ""
        line = row - block.first
        cells = block.rows[line] if line < len(block.rows) else ()
        return cells[column] if column < len(cells) else ""

    def rows_of(self, number: int) -> Cells | None:
        """A block of rows, if it is there."""
        return self._blocks.get(number)

    def ask(self, number: int, rank: float) -> None:
        """Ask for a block of rows."""
        key = ("cells", self._number, number)
        if number not in self._blocks and not self._lane.asked(key):
            ask = partial(_read, sheet=self._number, first=number * _BLOCK)
            self._lane.ask(key, rank, ask, partial(self._on_rows, self._number, number), self._on_failed)

    def _on_rows(self, sheet: int, number: int, cells: Cells) -> None:
        if sheet != self._number:
            return
        self._blocks[number] = cells
        last = min(self._sheet.rows, (number + 1) * _BLOCK) - 1
        self.dataChanged.emit(self.index(number * _BLOCK, 0), self.index(last, self._sheet.columns - 1))
        self.block_came.emit(number)

    def _on_failed(self, _error: MagdeskError) -> None:
        self.block_came.emit(-1)

    def repaint(self) -> None:
        """Marks changed."""
        if self._sheet.rows and self._sheet.columns:
            self.dataChanged.emit(self.index(0, 0), self.index(self._sheet.rows - 1, self._sheet.columns - 1))


class TableView(View):
    """The grid and its sheets."""

    findable = True

    def __init__(self, theme: Theme, lane: DrawingQueue) -> None:
        super().__init__()
        self._sheets: tuple[SheetAnswer, ...] = ()
        self._wanted: Wanted | None = None
        self._hits: list[tuple[int, int]] = []
        self._at = -1
        self._scan: list[int] = []
        self.model = GridModel(lane, theme, self)
        self.table = QTableView()
        self.table.setObjectName("grid")
        self.table.setModel(self.model)
        self.table.setAccessibleName(_("Table"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().setDefaultSectionSize(26)
        self.table.horizontalHeader().setDefaultSectionSize(120)
        self.setFocusProxy(self.table)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName(_("Sheets"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.table, 1)
        box.addWidget(self.tabs)
        self.tabs.currentChanged.connect(self._on_tab)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self.model.block_came.connect(self._on_block)

    def show_outline(self, outline: Outline) -> None:
        """Show these sheets, beginning with the first that holds anything."""
        self._sheets = outline.sheets
        self._forget()
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for number, sheet in enumerate(outline.sheets, 1):
            self.tabs.addTab((sheet.name or _("Table {n}").format(n=number)).replace("&", "&&"))
        first = next((number for number, sheet in enumerate(outline.sheets) if sheet.rows), 0)
        self.tabs.setCurrentIndex(first)
        self.tabs.setVisible(len(outline.sheets) > 1)
        self.tabs.blockSignals(False)
        self._on_tab(first)

    def _forget(self) -> None:
        self._wanted, self._hits, self._at, self._scan = None, [], -1, []

    def _on_tab(self, number: int) -> None:
        if 0 <= number < len(self._sheets):
            self._forget()
            self.model.show_sheet(number, self._sheets[number])
            self.model.ask(0, 0.0)
            self.selection_changed.emit()

    def _on_block(self, number: int) -> None:
        if number == 0 and self._at < 0:
            self._size_columns()
        if self._wanted is not None:
            if number < 0:
                self._scan = []
            self._advance()

    def _size_columns(self) -> None:
        metrics = self.table.fontMetrics()
        for column in range(min(self.model.columnCount(), 200)):
            longest = max((len(self.model.cell(row, column)), row) for row in range(min(60, self.model.rowCount())))
            text = self.model.cell(longest[1], column)[:80]
            width = max(metrics.horizontalAdvance(part) for part in (text.split("\n") or [""])) + 26
            self.table.setColumnWidth(column, max(56, min(width, _WIDEST)))

    # --------------------------------------------------------------------------------------------- finding

    def seek(self, words: str, *, every: bool = False) -> None:
        """Look through the rows of this sheet."""
        self._forget()
        self._wanted = any_of(words) if every else phrase(words)
        self.model.hits, self.model.hit = set(), None
        self.model.repaint()
        if self._wanted is not None:
            self._scan = list(range((self.model.rowCount() + _BLOCK - 1) // _BLOCK))
        self._advance()

    def _advance(self) -> None:
        while self._scan and self._wanted is not None:
            block = self.model.rows_of(self._scan[0])
            if block is None:
                self.model.ask(self._scan[0], 2.0)
                break
            self._scan.pop(0)
            self._take(block, self._wanted)
        self.hits_changed.emit(Hits(self._at + 1, len(self._hits), bool(self._scan)))

    def _take(self, block: Cells, wanted: Wanted) -> None:
        found = [
            (block.first + row, column)
            for row, cells in enumerate(block.rows)
            for column, text in enumerate(cells)
            if text and wanted.find(fold(text), 1)
        ]
        if not found or len(self._hits) >= _HITS_MOST:
            return
        self._hits += found
        self.model.hits.update(found)
        self.model.repaint()
        if self._at < 0:
            self._go(0)

    def seek_next(self, step: int) -> None:
        """Go to another cell, around the end."""
        if self._hits:
            self._go((self._at + step) % len(self._hits))
            self.hits_changed.emit(Hits(self._at + 1, len(self._hits), bool(self._scan)))

    def _go(self, place: int) -> None:
        self._at = place
        self.model.hit = self._hits[place]
        index = self.model.index(*self._hits[place])
        self.table.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self.table.setCurrentIndex(index)
        self.model.repaint()

    def go_counted(self, kind: PinpointKind, pinpoint: str) -> bool:
        """Choose the cells that are named first."""
        ranges = read_cells(pinpoint) if kind is PinpointKind.CELL else ()
        if not ranges or not self._sheets:
            return False
        cells = ranges[0]
        named = [sheet.name.strip().casefold() for sheet in self._sheets]
        wanted = cells.sheet.casefold()
        number = named.index(wanted) if wanted in named else -1 if wanted else self.tabs.currentIndex()
        if number < 0:
            return False
        self.tabs.setCurrentIndex(number)
        if cells.top >= self.model.rowCount() or cells.left >= self.model.columnCount():
            return False
        first = self.model.index(cells.top, cells.left)
        last = self.model.index(
            min(cells.bottom, self.model.rowCount() - 1), min(cells.right, self.model.columnCount() - 1)
        )
        choice = self.table.selectionModel()
        choice.setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
        choice.select(QItemSelection(first, last), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.table.scrollTo(first, QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    # ---------------------------------------------------------------------------------------------- citing

    def _on_selected(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self.selection_changed.emit()

    @property
    def selected(self) -> bool:
        """Whether cells are selected."""
        return self.table.selectionModel().hasSelection()

    def _range(self) -> tuple[int, int, int, int] | None:
        indexes = self.table.selectionModel().selection()
        if indexes.isEmpty():
            return None
        first = indexes.first()
        return first.top(), first.left(), first.bottom(), first.right()

    def copy(self) -> bool:
        """Copy the selected cells as spreadsheets do."""
        cells = self._range()
        if cells is None:
            return False
        top, left, bottom, right = cells
        rows = [
            "\t".join(self.model.cell(row, column) for column in range(left, right + 1))
            for row in range(top, min(bottom, top + 5_000) + 1)
        ]
        QGuiApplication.clipboard().setText("\n".join(rows))
        return True

    def passage(self) -> Passage:
        """The selected cells: ``Sheet1!B7`` or ``Sheet1!B7:C9``."""
        cells = self._range()
        if cells is None:
            return Passage(PinpointKind.WHOLE)
        top, left, bottom, right = cells
        place = f"{column_name(left)}{top + 1}"
        if (top, left) != (bottom, right):
            place += f":{column_name(right)}{bottom + 1}"
        sheet = self._sheets[self.tabs.currentIndex()].name
        words = [
            self.model.cell(row, column)
            for row in range(top, min(bottom, top + 20) + 1)
            for column in range(left, min(right, left + 20) + 1)
        ]
        quote = " | ".join(" ".join(word.split()) for word in words if word)
        return Passage(PinpointKind.CELL, f"{sheet}!{place}" if sheet else place, quote)


def _is_number(text: str) -> bool:
    return (
        bool(text) and text[0] in "0123456789-+.," and text.replace(",", "").replace(".", "").lstrip("+-").isdecimal()
    )


def _read(renderer: Renderer, item: StoredFile, opener: Opener, sheet: int, first: int) -> Cells:
    return renderer.cells(item, opener, sheet, first, _BLOCK)
