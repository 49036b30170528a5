"""The table: columns of the lines, headings across them, painted without asking anything but the line."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from magdesk.gui.desk.desk import Desk
from magdesk.gui.evidence.columns import BY_NAME, COLUMNS, LEAST_FIRST, USUAL
from magdesk.gui.evidence.model import EvidenceGroup, EvidenceModel
from magdesk.gui.evidence.rowpaint import ICON, ColumnSpan, RowPainter
from magdesk.gui.words import _

_Index = QModelIndex | QPersistentModelIndex
_ROW = 30
_TITLE = 220  # pixels the title needs


class EvidenceTable(QTableView):
    """The table.

    Attributes:
        toggled: a heading is to be opened or closed: its row.
        opened: an item was double-clicked, or Enter was pressed on it.
        columns_chosen: other columns are to be shown: their names; none for the usual ones.
    """

    toggled = Signal(int)
    opened = Signal()
    columns_chosen = Signal(object)

    def __init__(self, desk: Desk, model: EvidenceModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._evidence = model
        self._laid_out: tuple[str, ...] = ()
        self._rows = RowPainter(desk.theme, model)
        self.setModel(model)
        self.setAccessibleName(_("Evidence"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        header = self.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(44)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_header_menu)
        self.setSortingEnabled(True)
        model.modelReset.connect(self._lay_out)
        self._lay_out()

    def _lay_out(self) -> None:
        """Widths of the columns, the sort mark; only where the columns are others."""
        names = tuple(column.name for column in self._evidence.columns)
        look, header = self._evidence.outlook, self.horizontalHeader()
        sorted_by = names.index(look.sort) if look.sort in names else -1
        order = Qt.SortOrder.DescendingOrder if look.descending else Qt.SortOrder.AscendingOrder
        if (header.sortIndicatorSection(), header.sortIndicatorOrder()) != (sorted_by, order):
            header.blockSignals(True)
            header.setSortIndicator(sorted_by, order)
            header.blockSignals(False)
        if names == self._laid_out:
            return
        self._laid_out = names
        chosen = bool(look.columns)
        for place, column in enumerate(self._evidence.columns):
            stretches = column.name == "title" and not chosen
            header.setSectionResizeMode(
                place, QHeaderView.ResizeMode.Stretch if stretches else QHeaderView.ResizeMode.Interactive
            )
            if not stretches:
                self.setColumnWidth(place, column.width)
            self.setColumnHidden(place, False)
        self.fit()

    def fit(self) -> None:
        """Among the usual columns, hide those for which there is no room beside the title."""
        if self._evidence.outlook.columns:
            return
        widths = {name: BY_NAME[name].width for name in USUAL if name != "title"}
        spare = self.viewport().width() - _TITLE - sum(widths.values())
        hidden = set()
        for name in LEAST_FIRST:
            if spare < 0:
                hidden.add(name)
                spare += widths[name]
        for place, column in enumerate(self._evidence.columns):
            if self.isColumnHidden(place) != (column.name in hidden):
                self.setColumnHidden(place, column.name in hidden)

    def resizeEvent(self, event: object) -> None:
        """Fit again."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.fit()

    def column_menu(self) -> QMenu:
        """Which columns are shown."""
        menu = QMenu(self)
        shown = tuple(column.name for column in self._evidence.columns)
        usual = menu.addAction(_("Default columns"))
        usual.setCheckable(True)
        usual.setChecked(not self._evidence.outlook.columns)
        usual.triggered.connect(partial(self.columns_chosen.emit, ()))
        menu.addSeparator()
        for column in COLUMNS:
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(column.name in shown)
            action.setEnabled(column.name != "title")
            action.toggled.connect(partial(self._choose, column.name))
        return menu

    def _choose(self, name: str, on: bool) -> None:
        shown = {column.name for column in self._evidence.columns}
        shown = shown | {name} if on else shown - {name}
        self.columns_chosen.emit(tuple(column.name for column in COLUMNS if column.name in shown))

    def _on_header_menu(self, at: QPoint) -> None:
        menu = self.column_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(at))

    # ------------------------------------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows in view, each as a whole; a heading runs across all columns."""
        view = self.viewport()
        painter = QPainter(view)
        part, rows = event.rect(), self._evidence.rows
        header, scrolled = self.horizontalHeader(), self.horizontalOffset()
        self._rows.lay_out(
            tuple(
                ColumnSpan(column, header.sectionPosition(place), header.sectionSize(place))
                for place, column in enumerate(self._evidence.columns)
                if not self.isColumnHidden(place)
            ),
            painter.fontMetrics(),
        )
        height, offset, wide = self.verticalHeader().defaultSectionSize(), self.verticalOffset(), view.width()
        ratio, chosen = self.devicePixelRatioF(), self.selectionModel()
        current = self.currentIndex().row() if self.hasFocus() else -1
        first = max(0, (part.top() + offset) // height)
        for place in range(first, min(len(rows), (part.bottom() + offset) // height + 1)):
            self._rows.paint(
                painter,
                QRect(0, place * height - offset, wide, height),
                place,
                chosen=chosen.isSelected(self._evidence.index(place, 0)),
                current=place == current,
                ratio=ratio,
                scrolled=scrolled,
            )
        painter.end()

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """The mark of the current row runs across all columns."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def sizeHintForColumn(self, column: int) -> int:
        """What a double click between two columns makes of the left one; a title has an icon before it."""
        room = ICON if self._evidence.columns[column].name == "title" else 0
        return super().sizeHintForColumn(column) + room

    # ------------------------------------------------------------------------------------------- acting

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a heading opens or closes it."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton and self._is_heading(index.row()):
            self.toggled.emit(index.row())
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Read it."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not self._is_heading(index.row()):
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left, Right, Space and Enter open or close a heading; Enter on an item reads it."""
        row = self.currentIndex().row() if self.currentIndex().isValid() else -1
        found = self._evidence.rows[row] if 0 <= row < len(self._evidence.rows) else None
        key = event.key()
        if isinstance(found, EvidenceGroup):
            wanted = {Qt.Key.Key_Left: True, Qt.Key.Key_Right: False}.get(Qt.Key(key))
            if wanted is not None:
                if found.open is wanted:
                    self.toggled.emit(row)
                return
            if key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.toggled.emit(row)
                return
        elif found is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
            return
        super().keyPressEvent(event)

    def _is_heading(self, row: int) -> bool:
        return isinstance(self._evidence.rows[row], EvidenceGroup)
