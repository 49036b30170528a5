"""Items as pictures in rows, under the headings of their groups. Shares model and selection with the table."""

from __future__ import annotations

import uuid
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from magdesk.gui.boundedwords import elided
from magdesk.gui.desk.desk import Desk
from magdesk.gui.evidence.columns import kind_words
from magdesk.gui.evidence.headings import HEADING, paint_heading
from magdesk.gui.evidence.itemicon import icon_of
from magdesk.gui.evidence.model import EvidenceGroup, EvidenceModel
from magdesk.gui.evidence.thumbs import Thumbs, ThumbSize
from magdesk.gui.words import _
from magdesk.services.evidence.lines import EvidenceLine

_Index = QModelIndex | QPersistentModelIndex
CELL = QSize(158, 186)
_PICTURE = QSize(142, 122)
_MARGIN = 14
_PAD = 8
_STEP = 60
_WORDS_MOST = 3_000
_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
_KIND_FLAGS = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True)
class ThumbRow:
    """A heading, or one row of pictures.

    Attributes:
        first, end: the range of rows of the model.
    """

    top: int
    height: int
    first: int
    end: int
    heading: bool


class ThumbView(QAbstractItemView):
    """The grid.

    Attributes:
        toggled: a heading is to be opened or closed: its row.
        opened: an item was double-clicked, or Enter was pressed on it.
    """

    toggled = Signal(int)
    opened = Signal()

    def __init__(self, desk: Desk, model: EvidenceModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._evidence = model
        self.thumbs = Thumbs(desk, self)
        self._bands: list[ThumbRow] = []
        self._tops: list[int] = []
        self._across = 1
        self._height = 0
        self._icons: dict[tuple[str, int], QPixmap] = {}
        self._words: dict[uuid.UUID, tuple[str, str]] = {}
        palette = desk.theme.palette  # pages are built anew when the theme changes
        self._ink, self._muted = palette.colour("ink"), palette.colour("muted")
        self._line, self._sheet = palette.colour("line"), palette.colour("raised")
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QAbstractItemView.Shape.NoFrame)
        self.setAccessibleName(_("Evidence as thumbnails"))
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().setSingleStep(_STEP)
        # What comes into view while somebody scrolls fast is not worth drawing.
        self._look = QTimer(self, singleShot=True, interval=40)
        self._look.timeout.connect(self._ask)
        model.modelReset.connect(self._on_reset)
        model.dataChanged.connect(self._on_data)
        self.thumbs.came.connect(self._on_came)

    # ------------------------------------------------------------------------------------------ geometry

    def _on_reset(self) -> None:
        self._words.clear()
        if self.isVisible():  # else it is arranged when it is shown
            self._arrange()

    def _on_data(self) -> None:
        self._words.clear()
        self.viewport().update()

    def _arrange(self) -> None:
        rows = self._evidence.rows
        self._across = max(1, (self.viewport().width() - _MARGIN) // CELL.width())
        bands: list[ThumbRow] = []
        top, start = _MARGIN // 2, 0
        count = len(rows)
        while start < count:
            if isinstance(rows[start], EvidenceGroup):
                bands.append(ThumbRow(top, HEADING, start, start + 1, heading=True))
                top += HEADING
                start += 1
                continue
            end = start
            most = min(count, start + self._across)
            while end < most and not isinstance(rows[end], EvidenceGroup):
                end += 1
            bands.append(ThumbRow(top, CELL.height(), start, end, heading=False))
            top += CELL.height()
            start = end
        self._bands = bands
        self._tops = [band.top for band in bands]
        self._height = top + _MARGIN
        self.updateGeometries()
        self.viewport().update()
        self._look.start()

    def updateGeometries(self) -> None:
        """How far one can scroll."""
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._height - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        super().updateGeometries()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many beside each other as fit."""
        super().resizeEvent(event)
        across = max(1, (self.viewport().width() - _MARGIN) // CELL.width())
        if across != self._across or not self._bands:
            current = self.currentIndex()
            self._arrange()
            if current.isValid():
                self.scrollTo(current)
        else:
            self.updateGeometries()
            self._look.start()

    def _band_of(self, row: int) -> ThumbRow | None:
        low, high = 0, len(self._bands)
        while low < high:
            middle = (low + high) // 2
            if self._bands[middle].end <= row:
                low = middle + 1
            else:
                high = middle
        return self._bands[low] if low < len(self._bands) else None

    def _rect(self, row: int) -> QRect:
        """Where a row stands on the sheet."""
        band = self._band_of(row)
        if band is None:
            return QRect()
        if band.heading:
            return QRect(0, band.top, self.viewport().width(), band.height)
        left = _MARGIN // 2 + (row - band.first) * CELL.width()
        return QRect(left, band.top, CELL.width(), CELL.height())

    def _bands_between(self, top: int, bottom: int) -> Iterator[ThumbRow]:
        place = max(0, bisect_right(self._tops, top) - 1)
        while place < len(self._bands) and self._bands[place].top < bottom:
            yield self._bands[place]
            place += 1

    def visualRect(self, index: _Index) -> QRect:
        """Where an item stands in the window."""
        if not index.isValid() or index.column() != 0:
            return QRect()
        return self._rect(index.row()).translated(0, -self.verticalScrollBar().value())

    def scrollTo(
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring an item into view."""
        if not index.isValid():
            return
        rect, bar, room = self._rect(index.row()), self.verticalScrollBar(), self.viewport().height()
        if hint is QAbstractItemView.ScrollHint.PositionAtTop:
            bar.setValue(rect.top())
        elif hint is QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(rect.center().y() - room // 2)
        elif rect.top() < bar.value():
            bar.setValue(rect.top() - _MARGIN // 2)
        elif rect.bottom() > bar.value() + room:
            bar.setValue(rect.bottom() - room + _MARGIN // 2)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The item under a point of the window."""
        y = point.y() + self.verticalScrollBar().value()
        for band in self._bands_between(y, y + 1):
            if not band.top <= y < band.top + band.height:
                continue
            if band.heading:
                return self._evidence.index(band.first, 0)
            column = (point.x() - _MARGIN // 2) // CELL.width()
            if 0 <= column < band.end - band.first:
                return self._evidence.index(band.first + column, 0)
        return QModelIndex()

    def horizontalOffset(self) -> int:
        """Never scrolled sideways."""
        return 0

    def verticalOffset(self) -> int:
        """How far it is scrolled."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: _Index) -> bool:
        """One cell stands for the whole line."""
        return index.column() != 0

    def setSelection(self, rect: QRect, flags: QItemSelectionModel.SelectionFlag) -> None:
        """Choose what a rectangle touches."""
        area = rect.normalized().translated(0, self.verticalScrollBar().value())
        chosen = QItemSelection()
        last = self._evidence.columnCount() - 1
        for band in self._bands_between(area.top(), area.bottom() + 1):
            if band.heading or band.top + band.height <= area.top():
                continue
            touched = [row for row in range(band.first, band.end) if self._rect(row).intersects(area)]
            if touched:
                chosen.select(self._evidence.index(touched[0], 0), self._evidence.index(touched[-1], last))
        self.selectionModel().select(chosen, flags)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What has to be painted again for it: all that is seen."""
        return QRegion(self.viewport().rect())

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where a key leads."""
        moves = QAbstractItemView.CursorAction
        last = len(self._evidence.rows) - 1
        if last < 0:
            return QModelIndex()
        row = self.currentIndex().row() if self.currentIndex().isValid() else 0
        page = max(1, self.viewport().height() // CELL.height() - 1)
        match action:
            case moves.MoveLeft | moves.MovePrevious:
                row -= 1
            case moves.MoveRight | moves.MoveNext:
                row += 1
            case moves.MoveUp:
                row = self._above(row, -1)
            case moves.MoveDown:
                row = self._above(row, 1)
            case moves.MovePageUp:
                row = self._above(row, -page)
            case moves.MovePageDown:
                row = self._above(row, page)
            case moves.MoveHome:
                row = 0
            case moves.MoveEnd:
                row = last
        return self._evidence.index(max(0, min(row, last)), 0)

    def _above(self, row: int, bands: int) -> int:
        """The row so many bands below; above for a negative number."""
        band = self._band_of(row)
        if band is None:
            return row
        place = self._tops.index(band.top)
        to = self._bands[max(0, min(place + bands, len(self._bands) - 1))]
        if to is band:
            return row
        return to.first if to.heading else min(to.first + (0 if band.heading else row - band.first), to.end - 1)

    # ------------------------------------------------------------------------------------------ pictures

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Show what comes into view; ask for its pictures when the hand rests."""
        self.viewport().scroll(dx, dy)
        if not self._look.isActive():
            self._look.start()

    def _seen(self) -> list[EvidenceLine]:
        top = self.verticalScrollBar().value()
        rows = self._evidence.rows
        return [
            row
            for band in self._bands_between(top, top + self.viewport().height())
            if not band.heading
            for row in rows[band.first : band.end]
            if isinstance(row, EvidenceLine)
        ]

    def _ask(self) -> None:
        if self.isVisible() and not self._desk.closed:
            ratio = self.devicePixelRatioF()
            size = ThumbSize(round(_PICTURE.width() * ratio), round(_PICTURE.height() * ratio), ratio)
            self.thumbs.want(self._seen(), size)

    def showEvent(self, event: object) -> None:
        """Arrange for the room there is now."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._arrange()

    def _on_came(self, digest: str) -> None:
        top = self.verticalScrollBar().value()
        for band in self._bands_between(top, top + self.viewport().height()):
            for row in range(band.first, band.end):
                line = self._evidence.rows[row]
                if isinstance(line, EvidenceLine) and line.sha256 == digest:
                    self.viewport().update(self._rect(row).translated(0, -top))

    # ------------------------------------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is in view."""
        painter = QPainter(self.viewport())
        palette = self._desk.theme.palette
        part = event.rect()
        painter.fillRect(part, palette.colour("surface"))
        offset = self.verticalScrollBar().value()
        rows = self._evidence.rows
        model = self.selectionModel()
        current = self.currentIndex().row() if self.currentIndex().isValid() else -1
        for band in self._bands_between(part.top() + offset, part.bottom() + offset + 1):
            for row in range(band.first, min(band.end, len(rows))):
                rect = self._rect(row).translated(0, -offset)
                if not rect.intersects(part):
                    continue
                what = rows[row]
                if isinstance(what, EvidenceGroup):
                    paint_heading(painter, self._desk.theme, rect, what, current=row == current and self.hasFocus())
                else:
                    chosen = model.isSelected(self._evidence.index(row, 0))
                    self._paint(painter, rect, what, chosen=chosen, current=row == current)
        painter.end()

    def _paint(self, painter: QPainter, rect: QRect, line: EvidenceLine, *, chosen: bool, current: bool) -> None:
        palette = self._desk.theme.palette
        cell = rect.adjusted(3, 3, -3, -3)
        if chosen:
            painter.fillRect(cell, palette.colour("accent_soft"))
        if chosen or (current and self.hasFocus()):
            painter.setPen(QPen(palette.colour("accent"), 2 if current and self.hasFocus() else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(cell.adjusted(0, 0, -1, -1))
        room = QRect(rect.left() + _PAD, rect.top() + _PAD, _PICTURE.width(), _PICTURE.height())
        image = self.thumbs.picture(line)
        if image is not None:
            ratio = self.devicePixelRatioF()
            width, height = image.width() / ratio, image.height() / ratio
            # On whole pixels: it is copied then, not drawn anew.
            across, down = round((room.width() - width) / 2), round((room.height() - height) / 2)
            place = QRectF(room.left() + across, room.top() + down, width, height)
            painter.drawImage(place.topLeft(), image)
            painter.setPen(self._line)
            painter.drawRect(place.adjusted(-0.5, -0.5, 0.5, 0.5))
        else:
            self._paint_kind(painter, room, line, waiting=not self.thumbs.hopeless(line))
        self._paint_words(painter, rect, line)

    def _paint_kind(self, painter: QPainter, room: QRect, line: EvidenceLine, *, waiting: bool) -> None:
        """What stands for an item that has no picture, or none yet."""
        sheet = QRect(0, 0, 92, 116)
        sheet.moveCenter(room.center())
        painter.fillRect(sheet, self._sheet)
        painter.setPen(self._line)
        painter.drawRect(sheet)
        name = icon_of(line)
        key = (name, round(self.devicePixelRatioF() * 100))
        if key not in self._icons:
            icon = self._desk.theme.icon(name, "line_strong")
            self._icons[key] = icon.pixmap(QSize(32, 32), self.devicePixelRatioF())
        pixmap = self._icons[key]
        if not waiting or name != "document":
            painter.drawPixmap(sheet.center().x() - 16, sheet.center().y() - 26, pixmap)
        if waiting:
            return
        painter.setPen(self._muted)
        below = QRect(sheet.left() + 4, sheet.center().y() + 12, sheet.width() - 8, 34)
        painter.drawText(below, _KIND_FLAGS, kind_words(line))

    def _paint_words(self, painter: QPainter, rect: QRect, line: EvidenceLine) -> None:
        height = self.fontMetrics().height()
        left, width = rect.left() + _PAD, rect.width() - 2 * _PAD
        top = rect.top() + _PAD + _PICTURE.height() + 6
        found = self._words.get(line.id)
        if found is None:
            if len(self._words) > _WORDS_MOST:
                self._words.clear()
            found = self._words[line.id] = self._measured(line, width)
        title, under = found
        painter.setPen(self._ink)
        painter.drawText(left, top, width, height, _FLAGS, title)
        painter.setPen(self._muted)
        painter.drawText(left, top + height + 2, width, height, _FLAGS, under)
        if line.locked:
            lock = self._desk.theme.icon("lock", "warn").pixmap(QSize(16, 16), self.devicePixelRatioF())
            painter.drawPixmap(rect.right() - _PAD - 16, top + height + 2, lock)

    def _measured(self, line: EvidenceLine, width: int) -> tuple[str, str]:
        """Title and second line, cut to the width."""
        metrics: QFontMetrics = self.fontMetrics()
        number = self._evidence.catalogue.number(line)
        title = elided(metrics, " ".join(line.name[:200].split()), width, Qt.TextElideMode.ElideMiddle)
        parts = [
            _("Ex. {number}").format(number=number) if number else "",
            _("Grade {grade}").format(grade=line.grade.value) if line.grade is not None else "",
            line.published.display() if line.published is not None else "",
        ]
        under = " · ".join(part for part in parts if part) or kind_words(line)
        return title, elided(metrics, under, width - (18 if line.locked else 0))

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
        """Space and Enter on a heading open or close it; Enter on an item reads it."""
        row = self.currentIndex().row() if self.currentIndex().isValid() else -1
        if row >= 0 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self._is_heading(row):
                self.toggled.emit(row)
                return
            if event.key() is not Qt.Key.Key_Space:
                self.opened.emit()
                return
        super().keyPressEvent(event)

    def _is_heading(self, row: int) -> bool:
        return isinstance(self._evidence.rows[row], EvidenceGroup)

    def sizeHint(self) -> QSize:
        """Three beside each other."""
        return QSize(3 * CELL.width() + _MARGIN, 2 * CELL.height())
