"""The heading of a group, as table and pictures paint it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QPolygonF

from magdesk.gui.boundedwords import elided
from magdesk.gui.evidence.columns import size_words
from magdesk.gui.evidence.model import EvidenceGroup
from magdesk.gui.theme import Theme
from magdesk.gui.words import ngettext

HEADING = 32


def paint_heading(painter: QPainter, theme: Theme, rect: QRect, group: EvidenceGroup, *, current: bool) -> None:
    """A triangle, the title, how many there are."""
    palette = theme.palette
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(rect, palette.colour("raised"))
    painter.setPen(palette.colour("line"))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    if current:
        painter.setPen(QPen(palette.colour("accent"), 2))
        painter.drawRect(rect.adjusted(1, 1, -2, -2))
    x, y = rect.left() + 18.0, rect.center().y() + 0.5
    corners = ((-4, -2), (4, -2), (0, 3)) if group.open else ((-2, -4), (3, 0), (-2, 4))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.colour("muted"))
    painter.drawPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in corners]))
    bold = QFont(painter.font())
    bold.setWeight(QFont.Weight.DemiBold)
    painter.setFont(bold)
    painter.setPen(palette.colour("ink"))
    count = ngettext("{count} item", "{count} items", group.count).format(count=group.count)
    under = f"{count} · {size_words(group.size)}" if group.size else count
    words = painter.fontMetrics()
    room = rect.adjusted(32, 0, -12, 0)
    right = min(room.width() // 2, words.horizontalAdvance(under) + 12)
    title = elided(words, " ".join(group.title.split()), room.width() - right, Qt.TextElideMode.ElideMiddle)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(room, flags, title)
    bold.setWeight(QFont.Weight.Normal)
    painter.setFont(bold)
    painter.setPen(palette.colour("muted"))
    after = room.adjusted(words.horizontalAdvance(title) + 12, 0, 0, 0)
    painter.drawText(after, flags, elided(painter.fontMetrics(), under, after.width()))
    painter.restore()
