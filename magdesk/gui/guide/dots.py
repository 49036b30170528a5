"""The questions of a task as a row of dots, each a button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from magdesk.gui.desk.guidelook import Stop
from magdesk.gui.theme import Theme
from magdesk.gui.words import _
from magdesk.guide.content import screen as screen_of
from magdesk.guide.state import QuestionState

_SIDE = 24
_WORDS = {
    QuestionState.OPEN: _("open"),
    QuestionState.ANSWERED: _("answered"),
    QuestionState.LATER: _("for later"),
    QuestionState.NOT_APPLICABLE: _("does not apply"),
}


class Dot(QAbstractButton):
    """One question: full where it is answered, half where it is left for later, hollow where it is open."""

    def __init__(self, theme: Theme, stop: Stop, *, here: bool) -> None:
        super().__init__()
        self._theme, self.stop, self._here = theme, stop, here
        self._hovered = False
        self.setFixedSize(_SIDE, _SIDE)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        screen = screen_of(stop.screen)
        question = screen.question if screen is not None else stop.screen
        self.setToolTip(f"{stop.screen}  {question} ({_WORDS[stop.reply]})")
        self.setAccessibleName(self.toolTip())
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Large enough to be hit."""
        return QSize(_SIDE, _SIDE)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be pressed."""
        self._hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """No longer."""
        self._hovered = False
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The dot."""
        colours = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect())
        if self.hasFocus() or self._here or self._hovered:
            painter.setPen(QPen(colours.colour("accent" if self.hasFocus() or self._here else "line_strong"), 2))
            painter.drawEllipse(room.adjusted(2, 2, -2, -2))
        dot = room.adjusted(7, 7, -7, -7)
        painter.setPen(QPen(colours.colour("accent"), 1.6))
        if self.stop.reply.settled:
            painter.setBrush(colours.colour("accent"))
        painter.drawEllipse(dot)
        if self.stop.reply is QuestionState.LATER:
            painter.setBrush(colours.colour("accent"))
            painter.drawPie(dot, 90 * 16, 180 * 16)
        painter.end()
