"""The chart: boxes and ties painted in the window's colours; zoomed, moved and walked through with mouse and keys."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsScene,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)

from magdesk.document.graph import EdgeKind
from magdesk.document.layout import Plan, Point, Rect, Route
from magdesk.gui.chart.chartsheet import PAD, ChartSheet, Fonts, Lettering, NodeBox, TieGroup
from magdesk.gui.plain import tip_text
from magdesk.gui.theme import Palette, Theme
from magdesk.gui.words import _
from magdesk.model.people import PartyKind

_LEAST, _MOST = 0.05, 3.0
_HEAD = 8.0
_DASHES: dict[EdgeKind, list[float]] = {
    EdgeKind.FAMILY: [5, 3],
    EdgeKind.ASSOCIATION: [1, 2.5],
    EdgeKind.MONEY: [8, 2, 1.5, 2],
}
_INKS = {"name": "ink", "native": "ink", "tag": "muted", "tie": "ink", "source": "accent", "missing": "danger"}


class _ChartItem(QGraphicsItem):
    """What can be chosen.

    Attributes:
        faded: whether something else is chosen that this has nothing to do with.
    """

    key = ""
    chosen = False
    faded = False


class _BoxItem(_ChartItem):
    """A node."""

    def __init__(self, key: str, box: NodeBox, at: Rect, fonts: Fonts, palette: Palette) -> None:
        super().__init__()
        self.key, self.box = key, box
        self._fonts, self._palette = fonts, palette
        self.rect = QRectF(0, 0, at.width, at.height)
        self.setPos(at.x, at.y)
        self.setZValue(2)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tip_text("\n".join(line.text for line in box.lines)))

    def boundingRect(self) -> QRectF:
        """With room for the outline."""
        return self.rect.adjusted(-3, -3, 3, 3)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Ground, outline, lines of text."""
        palette = self._palette
        node = self.box.node
        painter.setOpacity(0.35 if self.faded else 1.0)
        person = node.party is not None and node.party.kind is PartyKind.PERSON
        ground = "accent_soft" if node.target else "surface" if person else "raised"
        line = "accent" if self.chosen or node.target else "line_strong"
        pen = QPen(palette.colour(line), 3.0 if self.chosen else 1.8 if node.target else 1.0)
        if node.party is None:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(palette.colour(ground))
        radius = 9.0 if person else 2.0
        painter.drawRoundedRect(self.rect, radius, radius)
        _letter(painter, self.box.lines, self.rect, PAD - 2, self._fonts, palette)


class _TieItem(_ChartItem):
    """A tie: its line in two parts, and the label between them."""

    def __init__(self, group: TieGroup, route: Route, fonts: Fonts, palette: Palette) -> None:
        super().__init__()
        self.key, self.ties = group.key, group
        self._fonts, self._palette = fonts, palette
        self.label = QRectF(route.label.x, route.label.y, route.label.width, route.label.height)
        self._parts = [_way(route.to_label[::-1]), _way(route.from_label)]
        up = any(edge.other == group.upper and not edge.mutual for edge in group.edges)
        down = any(edge.other == group.lower and not edge.mutual for edge in group.edges)
        self._heads = [up, down]
        self._tips = [_arrow(route.to_label[::-1]), _arrow(route.from_label)]
        whole = QPainterPath()
        stroker = QPainterPathStroker()
        stroker.setWidth(9)
        for part in self._parts:
            whole.addPath(stroker.createStroke(part))
        whole.addRect(self.label)
        whole.setFillRule(Qt.FillRule.WindingFill)
        self._shape = whole
        self.setZValue(1)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def boundingRect(self) -> QRectF:
        """Of lines, arrows and label."""
        return self._shape.boundingRect().adjusted(-6, -6, 6, 6)

    def shape(self) -> QPainterPath:
        """A click near the line counts."""
        return self._shape

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Lines by kind, arrows, label."""
        palette = self._palette
        painter.setOpacity(0.25 if self.faded else 1.0)
        ink = palette.colour("accent" if self.chosen else "muted" if self.ties.sourced else "danger")
        weight = 2.4 if self.chosen else 1.3
        for part, head, tip in zip(self._parts, self._heads, self._tips, strict=True):
            self._stroke(painter, part, ink, weight)
            if head:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(ink)
                painter.drawPolygon(tip)
        if self.chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.colour("accent_soft"))
            painter.drawRoundedRect(self.label, 4, 4)
        _letter(painter, self.ties.lines, self.label, 2, self._fonts, palette)

    def _stroke(self, painter: QPainter, part: QPainterPath, ink: QColor, weight: float) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.ties.kind is EdgeKind.OWNERSHIP:
            painter.setPen(QPen(ink, weight * 3))
            painter.drawPath(part)
            painter.setPen(QPen(self._palette.colour("window"), weight * 1.2))
            painter.drawPath(part)
            return
        pen = QPen(ink, weight)
        dashes = _DASHES.get(self.ties.kind)
        if dashes:
            pen.setDashPattern(dashes)
        painter.setPen(pen)
        painter.drawPath(part)


class ChartView(QGraphicsView):
    """The chart.

    Attributes:
        chosen: key of the node or group of ties that was chosen, or an empty text.
        opened: key of the node whose record is to be shown.
    """

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.current = ""
        self._boxes: dict[str, _BoxItem] = {}
        self._ties: dict[str, _TieItem] = {}
        self._fitted = True
        self._pressed: QPointF | None = None
        self.setScene(QGraphicsScene(self))
        self.setObjectName("chart")
        self.setAccessibleName(_("Chart of relations"))
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setBackgroundBrush(QBrush(theme.palette.colour("window")))
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)

    @property
    def boxes(self) -> Sequence[str]:
        """Keys of the nodes that are shown."""
        return list(self._boxes)

    @property
    def ties(self) -> Sequence[str]:
        """Keys of the groups of ties that are shown."""
        return list(self._ties)

    def minimumSizeHint(self) -> QSize:
        """Small windows show a part."""
        return QSize(200, 160)

    def show_plan(self, sheet: ChartSheet, plan: Plan, fonts: Fonts) -> None:
        """Show a laid-out chart; what was chosen stays chosen where it still exists."""
        scene = QGraphicsScene(self)
        palette = self._theme.palette
        self._ties = {key: _TieItem(group, plan.routes[key], fonts, palette) for key, group in sheet.groups.items()}
        self._boxes = {key: _BoxItem(key, box, plan.boxes[key], fonts, palette) for key, box in sheet.boxes.items()}
        for item in (*self._ties.values(), *self._boxes.values()):
            scene.addItem(item)
        scene.setSceneRect(QRectF(0, 0, plan.width, plan.height).adjusted(-40, -40, 40, 40))
        before = self.scene()
        self.setScene(scene)
        if before is not None:
            before.deleteLater()
        self.choose(self.current if self.current in {**self._boxes, **self._ties} else "")
        if self._fitted:
            self.fit()

    # ------------------------------------------------------------------------------------------- choosing

    def choose(self, key: str) -> None:
        """Choose a node or a group of ties; what has nothing to do with it steps back."""
        self.current = key
        near: set[str] = set()
        if key in self._boxes:
            near = {key}
            for name, tie in self._ties.items():
                if key in (tie.ties.upper, tie.ties.lower):
                    near |= {name, tie.ties.upper, tie.ties.lower}
        elif key in self._ties:
            tie = self._ties[key]
            near = {key, tie.ties.upper, tie.ties.lower}
        items: dict[str, _ChartItem] = {**self._boxes, **self._ties}
        for name, item in items.items():
            item.chosen = name == key
            item.faded = bool(near) and name not in near
            item.update()
        self.chosen.emit(key)

    def reveal(self, key: str) -> None:
        """Choose something and bring it into view."""
        self.choose(key)
        item = self._boxes.get(key) or self._ties.get(key)
        if item is not None:
            self.ensureVisible(item.sceneBoundingRect(), 40, 40)

    # ---------------------------------------------------------------------------------------------- zoom

    def zoom(self, factor: float) -> None:
        """Nearer or farther."""
        scale = self.transform().m11() * factor
        if _LEAST <= scale <= _MOST:
            self._fitted = False
            self.scale(factor, factor)

    def fit(self) -> None:
        """All of it, never enlarged."""
        area = self.scene().sceneRect()
        if area.isEmpty():
            return
        room = self.viewport().rect()
        scale = min(room.width() / area.width(), room.height() / area.height(), 1.0)
        self.resetTransform()
        self.scale(max(scale, _LEAST), max(scale, _LEAST))
        self.centerOn(area.center())
        self._fitted = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A fitted chart stays fitted."""
        super().resizeEvent(event)
        if self._fitted:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel zooms around the pointer."""
        steps = event.angleDelta().y() / 120
        if steps:
            self.zoom(1.15**steps)
        event.accept()

    # ---------------------------------------------------------------------------------------- mouse, keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The beginning of a click or of moving the chart."""
        self._pressed = event.position()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click chooses; after a move nothing changes."""
        super().mouseReleaseEvent(event)
        start, self._pressed = self._pressed, None
        if start is not None and (event.position() - start).manhattanLength() < 4:
            self.choose(self._at(event))
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the record of a node."""
        key = self._at(event)
        if key in self._boxes:
            self.opened.emit(key)

    def _at(self, event: QMouseEvent) -> str:
        for item in self.items(event.position().toPoint()):
            if isinstance(item, _ChartItem):
                return item.key
        return ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk from node to node, Enter opens, plus and minus zoom, 0 shows all."""
        key = Qt.Key(event.key())
        steps = {
            Qt.Key.Key_Left: QPointF(-1, 0),
            Qt.Key.Key_Right: QPointF(1, 0),
            Qt.Key.Key_Up: QPointF(0, -1),
            Qt.Key.Key_Down: QPointF(0, 1),
        }
        if key in steps:
            self._walk(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current in self._boxes:
            self.opened.emit(self.current)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1.2)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / 1.2)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_Escape and self.current:
            self.choose("")
        else:
            super().keyPressEvent(event)

    def _walk(self, way: QPointF) -> None:
        """Choose the nearest node in a direction; the first one when none is chosen."""
        if not self._boxes:
            return
        here = self._boxes.get(self.current)
        if here is None:
            self.reveal(next(iter(self._boxes)))
            return
        start = here.sceneBoundingRect().center()
        best, least = "", float("inf")
        for key, item in self._boxes.items():
            gap = item.sceneBoundingRect().center() - start
            along = gap.x() * way.x() + gap.y() * way.y()
            if item is here or along <= 1:
                continue
            across = abs(gap.x() * way.y()) + abs(gap.y() * way.x())
            if along + 2 * across < least:
                best, least = key, along + 2 * across
        if best:
            self.reveal(best)


def _letter(
    painter: QPainter, lines: Sequence[Lettering], rect: QRectF, top: float, fonts: Fonts, palette: Palette
) -> None:
    y = rect.top() + top
    for line in lines:
        painter.setFont(fonts.by_role[line.role])
        painter.setPen(palette.colour(_INKS[line.role]))
        box = QRectF(rect.left(), y, rect.width(), line.height)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, line.text)
        y += line.height


def _way(points: Sequence[Point]) -> QPainterPath:
    path = QPainterPath(QPointF(*points[0]))
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(x0 - x1) > 0.01:
            middle = (y0 + y1) / 2
            path.cubicTo(x0, middle, x1, middle, x1, y1)
        else:
            path.lineTo(x1, y1)
    return path


def _arrow(points: Sequence[Point]) -> QPolygonF:
    (_x, before), (x, y) = points[-2], points[-1]
    back = -_HEAD if y > before else _HEAD
    return QPolygonF([QPointF(x, y), QPointF(x - 3.2, y + back), QPointF(x + 3.2, y + back)])
