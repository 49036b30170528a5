"""How far a task is, as a picture: a shape for each state, never a colour alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from magdesk.gui.theme import Theme
from magdesk.guide.state import TaskState

_SIDE = 22
_WHOLE = 360 * 16  # Qt counts angles in sixteenths of a degree
_TOP = 90 * 16


class Ring(QWidget):
    """Hollow: not started. Filled as far as it is answered: begun. With a tick: ready. With a bar: gaps are left."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._state, self._part = TaskState.NOT_STARTED, 0.0
        self.setFixedSize(_SIDE, _SIDE)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A line of text high."""
        return QSize(_SIDE, _SIDE)

    def show_state(self, state: TaskState, answered: int, applicable: int) -> None:
        """Show this much."""
        self._state, self._part = state, answered / applicable if applicable else 0.0
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ring."""
        painter = QPainter(self)
        paint_ring(painter, self._theme, QRectF(self.rect()), self._state, self._part)
        painter.end()


def paint_ring(painter: QPainter, theme: Theme, room: QRectF, state: TaskState, part: float) -> None:
    """Paint how far a task is, into a square."""
    colours = theme.palette
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = room.adjusted(3, 3, -3, -3)
    done = state in (TaskState.READY, TaskState.READY_WITH_GAPS)
    if done:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("ok" if state is TaskState.READY else "warn"))
        painter.drawEllipse(box)
        painter.setPen(QPen(colours.colour("surface"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        middle, side = box.center(), box.width()
        if state is TaskState.READY:
            painter.drawPolyline(
                [middle + p for p in (_point(-0.24, 0.02, side), _point(-0.06, 0.2, side), _point(0.26, -0.18, side))]
            )
        else:
            painter.drawLine(middle + _point(-0.24, 0, side), middle + _point(0.24, 0, side))
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.colour("line_strong"), 2))
    painter.drawEllipse(box)
    if part:
        painter.setPen(QPen(colours.colour("accent"), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawArc(box, _TOP, -round(_WHOLE * part))


def _point(across: float, down: float, side: float) -> QPointF:
    return QPointF(across * side, down * side)
