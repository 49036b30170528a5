"""How the parts of the matrix look. Strength is told three times: by colour, by shape and by a word."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF

from magdesk.checks.strength import Strength
from magdesk.gui.boundedwords import elided
from magdesk.gui.matrix.bands import Band, CellWords, TargetBands
from magdesk.gui.matrix.layout import MatrixPart, Sizes
from magdesk.gui.theme import Palette
from magdesk.gui.tones import TONES

_PAD = 10
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
_STRIP_FROM = 420  # width of a line from which an open ground shows its strip as well
_TICK = 9  # side of one cell in the strip of a line


class Brush:
    """Paints parts in the colours of a theme and the font of a view."""

    def __init__(self, palette: Palette, font: QFont) -> None:
        self.palette = palette
        self.plain = QFont(font)
        self.strong = QFont(font)
        self.strong.setBold(True)
        self.small = QFont(font)
        self.small.setPointSizeF(font.pointSizeF() * 0.86)
        self.word = QFont(self.small)
        self.word.setBold(True)
        self.big = QFont(self.strong)
        self.big.setPointSizeF(font.pointSizeF() * 1.1)
        self._line = QFontMetrics(self.plain).height()
        self._low = QFontMetrics(self.small).height()

    @property
    def sizes(self) -> Sizes:
        """How high the parts are in this font."""
        return Sizes(
            head=self._line + 16, band=self._line + 10, mode=self._low + 10, cell=self._line + 3 * self._low + 22
        )

    def part(
        self, painter: QPainter, part: MatrixPart, *, current: bool, focused: bool, hovered: bool, aimed: bool
    ) -> None:
        """Paint one part.

        Args:
            current: it is the chosen one.
            focused: and the keys go to it.
            hovered: the mouse is over it.
            aimed: something that would be dropped there hangs over it.
        """
        if isinstance(part.thing, CellWords):
            self._cell(painter, part, part.thing, current=current, hovered=hovered, aimed=aimed)
        else:
            self._head(painter, part, part.thing, hovered=hovered)
        if current:
            frame = QRectF(part.left, part.top, part.width, part.height).adjusted(1, 1, -1, -1)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.palette.colour("accent" if focused else "line_strong"), 2))
            painter.drawRoundedRect(frame, 6, 6)

    def _head(self, painter: QPainter, part: MatrixPart, thing: TargetBands | Band, *, hovered: bool) -> None:
        box = QRectF(part.left, part.top, part.width, part.height)
        group = isinstance(thing, TargetBands)
        if hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette.colour("hover"))
            painter.drawRoundedRect(box, 6, 6)
        middle = box.center().y()
        self._arrow(painter, QPointF(box.left() + 10, middle), opened=part.open)
        right = box.right() - 8
        mode = isinstance(thing, Band) and bool(thing.mode)
        if not part.open or (not group and part.width > _STRIP_FROM):
            right = self._strip(painter, _strengths(thing), right, middle, box.width() * 0.4)
        font = self.big if group else self.word if mode else self.strong
        painter.setFont(font)
        left = box.left() + 24
        room = max(40.0, right - left - 12)
        metrics = QFontMetrics(font)
        title = elided(metrics, thing.title, int(room))
        painter.setPen(self.palette.colour("ink"))
        painter.drawText(QRectF(left, box.top(), room, box.height()), _LEFT, title)
        used = metrics.horizontalAdvance(title) + 14
        painter.setFont(self.small)
        painter.setPen(self.palette.colour("muted"))
        rest = room - used
        if rest > 60:
            detail = elided(painter.fontMetrics(), thing.detail, int(rest))
            painter.drawText(QRectF(left + used, box.top() + 1, rest, box.height()), _LEFT, detail)

    def _arrow(self, painter: QPainter, middle: QPointF, *, opened: bool) -> None:
        points = ((-3.5, -2), (0, 2), (3.5, -2)) if opened else ((-2, -3.5), (2, 0), (-2, 3.5))
        pen = QPen(self.palette.colour("muted"), 1.75)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([middle + QPointF(x, y) for x, y in points]))

    def _strip(
        self, painter: QPainter, strengths: Sequence[Strength], right: float, middle: float, room: float
    ) -> float:
        """One small square a cell: how a ground stands even while it is closed."""
        step = _TICK + 3
        shown = strengths[: max(0, int(room / step))]
        left = right - len(shown) * step
        for place, strength in enumerate(shown):
            square = QRectF(left + place * step, middle - _TICK / 2, _TICK, _TICK)
            tone = self.palette.colour(TONES[strength])
            hollow = strength in (Strength.MISSING, Strength.UNSOURCED, Strength.UNUSED)
            painter.setPen(QPen(tone if strength is not Strength.UNUSED else self.palette.colour("line"), 1.25))
            painter.setBrush(Qt.BrushStyle.NoBrush if hollow else tone)
            painter.drawRoundedRect(square.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        return left - 6

    def _cell(
        self, painter: QPainter, part: MatrixPart, box: CellWords, *, current: bool, hovered: bool, aimed: bool
    ) -> None:
        cell = box.cell
        tone = TONES[cell.strength]
        frame = QRectF(part.left, part.top, part.width, part.height).adjusted(0.5, 0.5, -0.5, -0.5)
        unused = cell.strength is Strength.UNUSED
        border = QPen(self.palette.colour("line" if unused else tone), 1)
        if cell.strength in (Strength.MISSING, Strength.UNSOURCED):
            border.setStyle(Qt.PenStyle.DashLine)
        ground = self.palette.colour("surface" if unused else f"{tone}_soft")
        if aimed:
            border, ground = QPen(self.palette.colour("accent"), 2), self.palette.colour("accent_soft")
        elif hovered and not current:
            border.setWidthF(2)
        painter.setPen(border)
        painter.setBrush(ground)
        painter.drawRoundedRect(frame, 6, 6)
        ink = self.palette.colour("muted" if unused else "ink")
        left, right = frame.left() + _PAD, frame.right() - _PAD
        line = frame.top() + 7
        shape_at = QPointF(right - 6, line + self._line / 2)
        self.shape(painter, shape_at, cell.strength, QColor(self.palette.colour(tone)))
        width = right - 18 - left
        painter.setFont(self.strong)
        painter.setPen(ink)
        painter.drawText(QRectF(left, line, width, self._line), _LEFT, box.code)
        used = QFontMetrics(self.strong).horizontalAdvance(box.code) + 8
        painter.setFont(self.word)
        painter.setPen(self.palette.colour(tone))
        word = elided(painter.fontMetrics(), box.word, int(width - used))
        painter.drawText(QRectF(left + used, line, width - used, self._line), _RIGHT, word)
        line += self._line + 3
        painter.setFont(self.small)
        painter.setPen(ink)
        first, second = _two_lines(box.title, painter.fontMetrics(), int(right - left))
        painter.drawText(QRectF(left, line, right - left, self._low), _LEFT, first)
        painter.drawText(QRectF(left, line + self._low, right - left, self._low), _LEFT, second)
        line += 2 * self._low + 3
        against = len(cell.weight.against)
        if against:
            painter.setFont(self.word)
            painter.setPen(self.palette.colour("danger"))
            mark = f"≠ {against}"
            painter.drawText(QRectF(left, line, right - left, self._low), _RIGHT, mark)
            right -= painter.fontMetrics().horizontalAdvance(mark) + 6
        painter.setFont(self.small)
        painter.setPen(self.palette.colour("muted"))
        counts = elided(painter.fontMetrics(), box.counts, int(right - left))
        painter.drawText(QRectF(left, line, right - left, self._low), _LEFT, counts)

    def shape(self, painter: QPainter, middle: QPointF, strength: Strength, tone: QColor) -> None:
        """The mark of a strength: a full disc is solid, an empty ring is missing, and so on between."""
        ring = QRectF(middle.x() - 5.5, middle.y() - 5.5, 11, 11)
        pen = QPen(tone, 1.75)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if strength is Strength.UNUSED:
            painter.drawLine(middle + QPointF(-4, 0), middle + QPointF(4, 0))
            return
        if strength in (Strength.SOLID, Strength.NAMED):
            painter.setBrush(tone)
            painter.drawEllipse(ring)
            painter.setPen(QPen(self.palette.colour("surface"), 1.75))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            tick = [QPointF(-2.6, 0.2), QPointF(-0.7, 2.1), QPointF(2.8, -2)]
            painter.drawPolyline(QPolygonF([middle + point for point in tick]))
            return
        if strength is Strength.WEAK:
            corners = [middle + QPointF(5.8 * math.sin(turn), 0.8 - 5.8 * math.cos(turn)) for turn in (0, 2.1, 4.18)]
            painter.drawPolygon(QPolygonF(corners))
            return
        painter.drawEllipse(ring)
        if strength is Strength.SINGLE:
            painter.setBrush(tone)
            painter.drawPie(ring, 90 * 16, 180 * 16)
        elif strength is Strength.CONTESTED:
            for height in (-1.8, 1.8):
                painter.drawLine(middle + QPointF(-2.6, height), middle + QPointF(2.6, height))
            painter.drawLine(middle + QPointF(-2, 3.6), middle + QPointF(2, -3.6))
        elif strength is Strength.UNSOURCED:
            painter.drawPoint(middle)


def _strengths(thing: TargetBands | Band) -> tuple[Strength, ...]:
    if isinstance(thing, Band):
        return thing.strengths
    return tuple(strength for band in thing.bands for strength in band.strengths)


def _two_lines(text: str, metrics: QFontMetrics, room: int) -> tuple[str, str]:
    """A title broken between words; what does not fit into two lines is elided."""
    if metrics.horizontalAdvance(text) <= room:
        return text, ""
    words, first = text.split(), ""
    for place, word in enumerate(words):
        longer = f"{first} {word}".strip()
        if metrics.horizontalAdvance(longer) > room and first:
            rest = " ".join(words[place:])
            return first, elided(metrics, rest, room)
        first = longer
    return elided(metrics, first, room), ""
