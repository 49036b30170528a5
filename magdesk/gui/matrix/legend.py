"""What the shapes and colours of the matrix mean, in one line."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from magdesk.checks.strength import Strength
from magdesk.gui.labels import label
from magdesk.gui.matrix.painting import Brush
from magdesk.gui.theme import Theme
from magdesk.gui.tones import TONES
from magdesk.gui.words import _

_SHOWN = (
    Strength.SOLID,
    Strength.CONTESTED,
    Strength.WEAK,
    Strength.SINGLE,
    Strength.UNSOURCED,
    Strength.MISSING,
    Strength.UNUSED,
)


class Legend(QWidget):
    """One mark and word for each strength, and the rule behind them as a tooltip."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        rule = _(
            "Solid: two independent sources, at least one open and at least one of grade C or better. "
            "Contested: solid only because of facts that a source contradicts. Weak: no open source, or only "
            "weak ones. This is a working rule, not law."
        )
        self.setToolTip(rule)
        self.setAccessibleName(_("What the marks mean"))
        self.setAccessibleDescription(rule)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(200, QFontMetrics(self.font()).height() + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """As many as fit."""
        brush = Brush(self._theme.palette, self.font())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(brush.small)
        metrics = QFontMetrics(brush.small)
        left, middle = 8.0, self.height() / 2
        for strength in _SHOWN:
            word = label(strength)
            width = metrics.horizontalAdvance(word)
            if left + 14 + width > self.width():
                break
            tone = self._theme.palette.colour(TONES[strength])
            brush.shape(painter, QPointF(left, middle), strength, tone)
            painter.setPen(self._theme.palette.colour("muted"))
            box = QRectF(left + 11, 0, width + 4, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)
            left += width + 32
        painter.end()
