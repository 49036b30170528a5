"""How rows of lists are painted: a mark, a title, a muted second line, a badge."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QAbstractItemView, QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from magdesk.gui.boundedwords import elided

DETAIL_ROLE = int(Qt.ItemDataRole.UserRole) + 1
MARK_ROLE = int(Qt.ItemDataRole.UserRole) + 2
BADGE_ROLE = int(Qt.ItemDataRole.UserRole) + 3  # (text, theme token)
HEADING_ROLE = int(Qt.ItemDataRole.UserRole) + 20  # words of the group that begins with this row
MARKS_ROLE = int(Qt.ItemDataRole.UserRole) + 4  # start and end of what stands out in the detail
_PAD = 10


class TwoLineDelegate(QStyledItemDelegate):
    """Paints title over detail. Colours come from the palette and from the roles, so themes switch for free."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines of text and some air."""
        metrics = QFontMetrics(option.font)
        heading = self.heading_height(option.font) if index.data(HEADING_ROLE) else 0
        return QSize(120, metrics.height() * 2 + 16 + heading)

    def heading_height(self, font: QFont) -> int:
        """How high the heading above the first row of a group is."""
        return QFontMetrics(font).height() + 16

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = QApplication.palette()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        rect = QRect(option.rect)
        heading = index.data(HEADING_ROLE)
        if heading:
            high = self.heading_height(option.font)
            self._heading(painter, QRect(rect.left(), rect.top(), rect.width(), high), option.font, str(heading))
            rect.setTop(rect.top() + high)
        accent = palette.color(palette.ColorRole.Accent)
        if selected or hovered:
            ground = QColor(accent)
            ground.setAlpha(38 if selected else 16)
            painter.fillRect(rect, ground)
        if selected:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), accent)
            if self._view.hasFocus():
                painter.setPen(QPen(accent, 1))
                painter.drawRect(rect.adjusted(0, 0, -1, -1))
        left, right = rect.left() + _PAD + 2, rect.right() - _PAD
        ink, muted = palette.color(palette.ColorRole.Text), palette.color(palette.ColorRole.PlaceholderText)
        if not option.state & QStyle.StateFlag.State_Enabled:
            ink = muted
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() * 0.9)
        title, detail = str(index.data() or ""), str(index.data(DETAIL_ROLE) or "")
        mark = index.data(MARK_ROLE)
        if mark:
            painter.setFont(small)
            painter.setPen(muted)
            width = max(26, QFontMetrics(small).horizontalAdvance(str(mark)) + 8)
            painter.drawText(
                QRect(left, rect.top() + 7, width, QFontMetrics(option.font).height()),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                str(mark),
            )
            left += width
        badge = index.data(BADGE_ROLE)
        if badge:
            text, colour = badge
            painter.setFont(small)
            width = max(18, QFontMetrics(small).horizontalAdvance(text) + 12)
            high = QFontMetrics(small).height() + 2
            above = rect.top() + 8 if detail else rect.top() + (rect.height() - high) // 2
            box = QRect(right - width, above, width, high)
            painter.setPen(Qt.PenStyle.NoPen)
            ground = QColor(colour)
            ground.setAlpha(40)
            painter.setBrush(ground)
            painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
            painter.setPen(QColor(colour))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            right -= width + 6
        height = QFontMetrics(option.font).height()
        top = rect.top() + 7 if detail else rect.top() + (rect.height() - height) // 2
        painter.setFont(option.font)
        painter.setPen(ink)
        _line(painter, QRect(left, top, right - left, height), title)
        if detail:
            painter.setFont(small)
            painter.setPen(muted)
            under = QRect(left, top + height + 2, rect.right() - _PAD - left, height)
            marks = index.data(MARKS_ROLE)
            if marks:
                _marked_line(painter, under, detail, marks, ink)
            else:
                _line(painter, under, detail)
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRect, font: QFont, text: str) -> None:
        palette = QApplication.palette()
        painter.fillRect(rect, palette.color(palette.ColorRole.AlternateBase))
        painter.setPen(QPen(palette.color(palette.ColorRole.Mid), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        bold = QFont(font)
        bold.setPointSizeF(font.pointSizeF() * 0.92)
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(palette.color(palette.ColorRole.Text))
        _line(painter, rect.adjusted(_PAD + 2, 4, -_PAD, 0), text)


def _line(painter: QPainter, rect: QRect, text: str) -> None:
    shown = elided(painter.fontMetrics(), text.replace("\n", " "), rect.width())
    # Absolute left: a row that begins in Arabic still stands in the same column as its neighbours.
    painter.drawText(
        rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter, shown
    )


def _marked_line(painter: QPainter, rect: QRect, text: str, marks: Sequence[tuple[int, int]], strong: QColor) -> None:
    """A line in which some words stand out; laid out as one, so that scripts that run leftward keep their order."""
    line_shown = elided(painter.fontMetrics(), text, rect.width())
    shown = len(line_shown) if line_shown == text else len(line_shown) - 1
    formats = []
    for start, end in marks:
        if start < shown:
            one = QTextLayout.FormatRange()
            one.start, one.length = start, min(end, shown) - start
            style = QTextCharFormat()
            style.setForeground(strong)
            style.setFontWeight(QFont.Weight.DemiBold)
            one.format = style
            formats.append(one)
    layout = QTextLayout(line_shown, painter.font())
    layout.setFormats(formats)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(float(rect.width() * 2))
    layout.endLayout()
    painter.save()
    painter.setClipRect(rect)
    layout.draw(painter, QPointF(rect.left(), rect.top() + (rect.height() - line.height()) / 2))
    painter.restore()
