"""The timeline, painted: lanes below each other on one axis, moved and zoomed with mouse and keys."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from magdesk.gui.boundedwords import elided
from magdesk.gui.chart.lanes import Bar, Mark, Swimlane, range_of
from magdesk.gui.plain import tip_text
from magdesk.gui.theme import Theme
from magdesk.gui.words import _

_LANE, _HEAD, _AXIS = 24, 32, 30
_LEFT_SHARE, _LEFT_MOST = 0.32, 320
_SPANS = (1, 2, 5, 10, 20, 50, 100)
_LEAST_DAYS = 20.0


class Timeline(QWidget):
    """The lanes.

    Attributes:
        chosen: key of what was clicked.
        opened: key of what was clicked twice.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lanes: tuple[Swimlane, ...] = ()
        self._first, self._last = 0.0, 365.0
        self._whole = (0.0, 365.0)
        self._hits: list[tuple[QRectF, Bar | Mark]] = []
        self._pressed: QPointF | None = None
        self._moved = False
        self.current: uuid.UUID | None = None
        self.setAccessibleName(_("Timeline"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    # ------------------------------------------------------------------------------------------- showing

    @property
    def lanes(self) -> Sequence[Swimlane]:
        """What is shown."""
        return self._lanes

    def show_lanes(self, lanes: Sequence[Swimlane]) -> None:
        """Show these; the stretch of time stays where it still shows something."""
        before = self._whole
        self._lanes = tuple(lanes)
        found = range_of(self._lanes)
        if found is not None:
            first, last = float(found[0].toordinal()), float(found[1].toordinal())
            margin = max((last - first) * 0.03, 20.0)
            self._whole = (first - margin, last + margin)
        if self._whole != before:
            self.fit()
        self.setMinimumHeight(int(self._height()))
        self.updateGeometry()
        self.update()

    def choose(self, key: uuid.UUID | None) -> None:
        """Mark something and bring its days into view."""
        self.current = key
        for lane in self._lanes:
            for item in lane.things:
                if item.key == key:
                    middle = (item.first.toordinal() + item.last.toordinal()) / 2
                    if not self._first <= middle <= self._last:
                        span = self._last - self._first
                        self._first, self._last = middle - span / 2, middle + span / 2
        self.update()

    def fit(self) -> None:
        """The whole time."""
        self._first, self._last = self._whole
        self.update()

    def zoom(self, factor: float, at: float | None = None) -> None:
        """Shorter or longer time around a place from 0 to 1 of the width."""
        span = self._last - self._first
        wanted = min(max(span / factor, _LEAST_DAYS), (self._whole[1] - self._whole[0]) * 1.5)
        share = 0.5 if at is None else at
        middle = self._first + span * share
        self._first, self._last = middle - wanted * share, middle + wanted * (1 - share)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its lanes."""
        return QSize(600, int(self._height()))

    def _height(self) -> float:
        return _AXIS + sum(_HEAD if lane.head else _LANE for lane in self._lanes) + 12

    # ------------------------------------------------------------------------------------------ painting

    def _left(self) -> float:
        return min(self.width() * _LEFT_SHARE, _LEFT_MOST)

    def _x(self, day: date) -> float:
        left = self._left()
        span = max(self._last - self._first, 1.0)
        return left + (day.toordinal() - self._first) / span * (self.width() - left - 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Axis, lanes, marks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self._theme.palette
        painter.fillRect(self.rect(), palette.colour("window"))
        self._hits = []
        left = self._left()
        self._grid(painter, left)
        y = float(_AXIS)
        for lane in self._lanes:
            high = _HEAD if lane.head else _LANE
            self._title(painter, lane, QRectF(0, y, left - 8, high))
            painter.save()
            painter.setClipRect(QRectF(left, y, self.width() - left, high))
            for bar in lane.bars:
                self._bar(painter, bar, y, high)
            for mark in lane.marks:
                self._mark(painter, mark, y, high)
            painter.restore()
            y += high
        if self.hasFocus():
            painter.setPen(QPen(palette.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def _grid(self, painter: QPainter, left: float) -> None:
        palette = self._theme.palette
        years = (self._last - self._first) / 365.25
        room = max((self.width() - left) / 56, 1.0)
        step = next((span for span in _SPANS if years / span <= room), _SPANS[-1])
        first = date.fromordinal(max(int(self._first), 1)).year
        last = date.fromordinal(max(int(self._last), 1)).year
        painter.setFont(self.font())
        for year in range(first - first % step, last + step, step):
            if year < 1 or (x := self._x(date(year, 1, 1))) < left:
                continue
            painter.setPen(QPen(palette.colour("line"), 1))
            painter.drawLine(QPointF(x, _AXIS - 4), QPointF(x, self.height()))
            painter.setPen(palette.colour("muted"))
            painter.drawText(QRectF(x - 30, 4, 60, _AXIS - 8), Qt.AlignmentFlag.AlignCenter, str(year))
        if years * 12 <= room * 1.4:
            self._months(painter, left)

    def _months(self, painter: QPainter, left: float) -> None:
        palette = self._theme.palette
        day = date.fromordinal(max(int(self._first), 1)).replace(day=1)
        while day.toordinal() < self._last:
            x = self._x(day)
            if x >= left and day.month != 1:
                painter.setPen(QPen(palette.colour("line"), 1, Qt.PenStyle.DotLine))
                painter.drawLine(QPointF(x, _AXIS), QPointF(x, self.height()))
                painter.setPen(palette.colour("muted"))
                painter.drawText(QRectF(x - 30, 4, 60, _AXIS - 8), Qt.AlignmentFlag.AlignCenter, day.strftime("%m"))
            day = date(day.year + day.month // 12, day.month % 12 + 1, 1)

    def _title(self, painter: QPainter, lane: Swimlane, box: QRectF) -> None:
        palette = self._theme.palette
        if lane.head:
            painter.setPen(QPen(palette.colour("line"), 1))
            painter.drawLine(QPointF(0, box.top()), QPointF(self.width(), box.top()))
        font = self.font()
        font.setBold(lane.head)
        painter.setFont(font)
        painter.setPen(palette.colour("ink" if lane.head else "muted"))
        inside = box.adjusted(24 if lane.head else 34, 0, 0, 0)
        metrics = painter.fontMetrics()
        text = elided(metrics, lane.title, int(inside.width()))
        if lane.detail:
            painter.drawText(inside.adjusted(0, 1, 0, -inside.height() / 2 + 1), Qt.AlignmentFlag.AlignVCenter, text)
            small = self.font()
            small.setPointSizeF(small.pointSizeF() * 0.82)
            painter.setFont(small)
            painter.setPen(palette.colour("danger" if lane.head else "muted"))
            painter.drawText(
                inside.adjusted(0, inside.height() / 2 - 1, 0, -1), Qt.AlignmentFlag.AlignVCenter, lane.detail
            )
        else:
            painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, text)

    def _bar(self, painter: QPainter, bar: Bar, y: float, high: float) -> None:
        palette = self._theme.palette
        x0, x1 = self._x(bar.first), max(self._x(bar.last), self._x(bar.first) + 3)
        box = QRectF(x0, y + high / 2 - 6, x1 - x0, 12)
        if bar.sure != (bar.first, bar.last):
            painter.setBrush(palette.colour("accent_soft"))
            painter.setPen(QPen(palette.colour("accent"), 1, Qt.PenStyle.DashLine))
            painter.drawRect(box)
        if bar.sure is not None:
            s0, s1 = self._x(bar.sure[0]), self._x(bar.sure[1])
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.colour("accent"))
            painter.drawRect(QRectF(s0, box.top(), max(s1 - s0, 2), 12))
        self._ring(painter, bar.key, box)
        self._hits.append((box.adjusted(0, -4, 0, 4), bar))

    def _mark(self, painter: QPainter, mark: Mark, y: float, high: float) -> None:
        palette = self._theme.palette
        x0, x1 = self._x(mark.first), self._x(mark.last)
        width = max(x1 - x0, 8.0)
        box = QRectF((x0 + x1 - width) / 2, y + high / 2 - 7, width, 14)
        colour = palette.colour(mark.tone)
        if mark.flagged:
            # The line goes down through the posts: one sees at once that none is below it.
            painter.save()
            painter.setClipping(False)
            painter.setPen(QPen(colour, 1.2, Qt.PenStyle.DashLine))
            below = y + high + _LANE * self._posts_below(mark)
            painter.drawLine(QPointF(box.center().x(), box.bottom()), QPointF(box.center().x(), below))
            painter.restore()
        painter.setPen(QPen(colour, 1.6))
        if mark.flagged:
            painter.setBrush(palette.colour("danger_soft"))
            painter.drawRect(box)
            painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern))
            painter.drawRect(box)
        else:
            painter.setBrush(_soft(colour))
            painter.drawRoundedRect(box, 3, 3)
        self._ring(painter, mark.key, box)
        self._hits.append((box.adjusted(-2, -4, 2, 4), mark))

    def _posts_below(self, mark: Mark) -> int:
        place = next((n for n, lane in enumerate(self._lanes) if mark in lane.marks), len(self._lanes))
        count = 0
        for lane in self._lanes[place + 1 :]:
            if lane.head:
                break
            count += 1
        return count

    def _ring(self, painter: QPainter, key: uuid.UUID, box: QRectF) -> None:
        if key == self.current:
            painter.setPen(QPen(self._theme.palette.colour("ink"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(-3, -3, 3, 3))

    # ---------------------------------------------------------------------------------------- mouse, keys

    def _at(self, place: QPointF) -> Bar | Mark | None:
        return next((item for box, item in reversed(self._hits) if box.contains(place)), None)

    def _title_at(self, place: QPointF) -> str:
        """The title of the lane whose words are at this place: they may be cut short."""
        if place.x() > self._left():
            return ""
        y = float(_AXIS)
        for lane in self._lanes:
            high = _HEAD if lane.head else _LANE
            if y <= place.y() < y + high:
                return lane.title
            y += high
        return ""

    def event(self, event: QEvent) -> bool:
        """Say what is under the pointer."""
        if isinstance(event, QHelpEvent):
            item = self._at(QPointF(event.pos()))
            text = item.text if item is not None else self._title_at(QPointF(event.pos()))
            if text:
                QToolTip.showText(event.globalPos(), tip_text(text), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The beginning of a click or a move."""
        self._pressed, self._moved = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the time along."""
        if self._pressed is None:
            over = self._at(event.position()) is not None
            self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
            return
        shift = event.position().x() - self._pressed.x()
        if abs(shift) > 3 or self._moved:
            self._moved = True
            days = shift * (self._last - self._first) / max(self.width() - self._left() - 12, 1)
            self._first, self._last = self._first - days, self._last - days
            self._pressed = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click chooses."""
        moved, self._pressed = self._moved, None
        item = self._at(event.position())
        if not moved and item is not None:
            self.choose(item.key)
            self.chosen.emit(item.key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open where it is edited."""
        item = self._at(event.position())
        if item is not None:
            self.opened.emit(item.key)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the wheel zooms; without, the page scrolls."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            left = self._left()
            share = (event.position().x() - left) / max(self.width() - left - 12, 1)
            self.zoom(1.2 ** (event.angleDelta().y() / 120), min(max(share, 0.0), 1.0))
            event.accept()
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the time, plus and minus zoom, 0 shows all."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            days = (self._last - self._first) * (0.1 if key == Qt.Key.Key_Right else -0.1)
            self._first, self._last = self._first + days, self._last + days
            self.update()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1.3)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / 1.3)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.opened.emit(self.current)
        else:
            super().keyPressEvent(event)


def _soft(colour: QColor) -> QColor:
    soft = QColor(colour)
    soft.setAlphaF(0.35)
    return soft
