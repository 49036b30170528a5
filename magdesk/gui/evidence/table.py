"""The table: columns of the lines, headings across them, painted without asking anything but the line."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from magdesk.gui.desk import Desk
from magdesk.gui.evidence.columns import BY_NAME, COLUMNS, LEAST_FIRST, USUAL
from magdesk.gui.evidence.headings import paint_heading
from magdesk.gui.evidence.marks import icon_of
from magdesk.gui.evidence.model import EvidenceModel, Group
from magdesk.i18n import _

_Index = QModelIndex | QPersistentModelIndex
_ROW = 30
_TITLE = 220  # pixels the title needs
_PAD = 8


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
_SELECTED = QStyle.StateFlag.State_Selected
_TEXTS_MOST = 6_000


class LineDelegate(QStyledItemDelegate):
    """Paints a cell. What was read and measured once is not read and measured again while it is the same."""

    def __init__(self, desk: Desk, view: QTableView, model: EvidenceModel) -> None:
        super().__init__(view)
        self._desk, self._view, self._model = desk, view, model
        self._texts: dict[tuple[int, str, int], str] = {}
        self._icons: dict[tuple[str, int], QPixmap] = {}
        palette = desk.theme.palette  # pages are built anew when the theme changes
        self._ink, self._muted = palette.colour("ink"), palette.colour("muted")
        self._soft, self._accent = palette.colour("accent_soft"), palette.colour("accent")
        model.modelReset.connect(self._texts.clear)
        model.dataChanged.connect(lambda *_where: self._texts.clear())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """One cell, or a heading."""
        rows = self._model.rows
        place = index.row()
        if place >= len(rows):
            return
        row = rows[place]
        rect = option.rect
        if isinstance(row, Group):
            current = self._view.hasFocus() and self._view.currentIndex().row() == place
            paint_heading(painter, self._desk.theme, rect, row, current=current)
            return
        column = self._model.columns[index.column()]
        if option.state & _SELECTED:
            painter.fillRect(rect, self._soft)
            if self._view.hasFocus() and place == self._view.currentIndex().row():
                painter.setPen(QPen(self._accent, 1))
                painter.drawLine(rect.topLeft(), rect.topRight())
                painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        left = rect.left() + _PAD
        if column.name == "title":
            painter.drawPixmap(left, rect.center().y() - 7, self._icon(icon_of(row), row.locked))
            left += 24
        width = rect.right() - _PAD - left
        key = (place, column.name, width)
        text = self._texts.get(key)
        if text is None:
            if len(self._texts) > _TEXTS_MOST:
                self._texts.clear()
            flat = " ".join(column.text(self._model.catalogue, row)[:400].split())
            text = self._texts[key] = option.fontMetrics.elidedText(flat, Qt.TextElideMode.ElideRight, width)
        if text:
            painter.setPen(self._ink if column.name in ("title", "number") else self._muted)
            # Absolute left: a row that begins in Arabic still stands in the same column as its neighbours.
            painter.drawText(left, rect.top(), width, rect.height(), _RIGHT if column.right else _LEFT, text)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """One line."""
        return QSize(80, _ROW)

    def _icon(self, name: str, warn: bool) -> QPixmap:
        ratio = self._view.devicePixelRatioF()
        key = (name, round(ratio * 100))
        if key not in self._icons:
            icon = self._desk.theme.icon(name, "warn" if warn else "muted")
            self._icons[key] = icon.pixmap(QSize(16, 16), ratio)
        return self._icons[key]


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
        self.setModel(model)
        self.setItemDelegate(LineDelegate(desk, self, model))
        self.setAccessibleName(_("Evidence"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
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
        model.modelReset.connect(self._on_reset)
        self._on_reset()

    def _on_reset(self) -> None:
        self._lay_out()
        self.clearSpans()
        across = len(self._evidence.columns)
        if across > 1 and self._evidence.outlook.group:
            for place, row in enumerate(self._evidence.rows):
                if isinstance(row, Group):
                    self.setSpan(place, 0, 1, across)

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
        usual = menu.addAction(_("The usual columns"))
        usual.setCheckable(True)
        usual.setChecked(not self._evidence.outlook.columns)
        usual.triggered.connect(lambda: self.columns_chosen.emit(()))
        menu.addSeparator()
        for column in COLUMNS:
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(column.name in shown)
            action.setEnabled(column.name != "title")
            action.triggered.connect(lambda on, name=column.name: self._choose(name, on))
        return menu

    def _choose(self, name: str, on: bool) -> None:
        shown = {column.name for column in self._evidence.columns}
        shown = shown | {name} if on else shown - {name}
        self.columns_chosen.emit(tuple(column.name for column in COLUMNS if column.name in shown))

    def _on_header_menu(self, at: QPoint) -> None:
        menu = self.column_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(at))

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
        if isinstance(found, Group):
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
        return isinstance(self._evidence.rows[row], Group)
