"""The navigation at the left: one button a page, with how many findings it has."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QVBoxLayout, QWidget

from magdesk.checks.finding import Severity
from magdesk.gui.actions import PAGES
from magdesk.gui.desk import Desk, worst
from magdesk.gui.theme import Theme
from magdesk.i18n import _, ngettext

_TONES = {Severity.BLOCK: "danger", Severity.WARN: "warn", Severity.INFO: "muted"}
_RULED_BEFORE = {"targets", "adverse", "review"}


class RailButton(QAbstractButton):
    """One page."""

    def __init__(self, theme: Theme, code: str, title: str) -> None:
        super().__init__()
        self.theme, self.code = theme, code
        self.count, self.severity = 0, Severity.INFO
        self._hovered = False
        self.setText(title)
        self.setCheckable(True)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(34)

    def set_findings(self, count: int, severity: Severity | None) -> None:
        """How many findings the page has and how grave the gravest is."""
        self.count, self.severity = count, severity or Severity.INFO
        name = self.text()
        if count:
            name += ", " + ngettext("{count} finding", "{count} findings", count).format(count=count)
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the rail."""
        return QSize(self.theme.palette.metrics["rail"], 34)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be pressed."""
        self._hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """No longer."""
        self._hovered = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon, title, count."""
        palette = self.theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(8, 1, -8, -1)
        if self.isChecked() or self._hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.colour("accent_soft" if self.isChecked() else "hover"))
            painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(palette.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
        icon = self.theme.icon(self.code, "accent" if self.isChecked() else "muted")
        icon.paint(painter, int(box.left()) + 9, int(box.center().y()) - 8, 17, 17)
        right = box.right() - 8
        if self.count:
            right = self._paint_count(painter, right)
        font = self.font()
        font.setBold(self.isChecked())
        painter.setFont(font)
        painter.setPen(palette.colour("ink"))
        left = box.left() + 36
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(right - left - 4))
        painter.drawText(QRectF(left, box.top(), right - left, box.height()), Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()

    def _paint_count(self, painter: QPainter, right: float) -> float:
        palette = self.theme.palette
        tone = palette.colour(_TONES[self.severity])
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.82)
        painter.setFont(font)
        text = str(self.count) if self.count < 100 else "99+"
        width = max(20.0, painter.fontMetrics().horizontalAdvance(text) + 11.0)
        middle = self.rect().center().y() + 0.5
        pill = QRectF(QPointF(right - width, middle - 9), QPointF(right, middle + 9))
        ground = QColor(tone)
        ground.setAlpha(34)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(pill, 9, 9)
        painter.setPen(tone)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        return right - width - 4


class Rail(QFrame):
    """All pages.

    Attributes:
        chosen: a page was chosen, by its code.
    """

    chosen = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(desk.theme.palette.metrics["rail"])
        self.setAccessibleName(_("Pages"))
        self._desk = desk
        self._group = QButtonGroup(self)
        self.buttons: dict[str, RailButton] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 10, 0, 10)
        box.setSpacing(1)
        for code, title in PAGES:
            if code in _RULED_BEFORE:
                gap = QWidget()
                gap.setFixedHeight(9)
                box.addWidget(gap)
            button = RailButton(desk.theme, code, title)
            button.clicked.connect(lambda _on=False, code=code: self.chosen.emit(code))
            self._group.addButton(button)
            self.buttons[code] = button
            box.addWidget(button)
        box.addStretch(1)
        desk.surveyed.connect(self.refresh)
        desk.theme.changed.connect(self.update)

    def show_chosen(self, code: str) -> None:
        """Mark the page that is shown."""
        self.buttons[code].setChecked(True)

    def refresh(self) -> None:
        """Follow the findings."""
        for code, button in self.buttons.items():
            found = self._desk.findings() if code == "review" else self._desk.findings(code)
            grave = [finding for finding in found if finding.severity is not Severity.INFO]
            button.set_findings(len(grave), worst(grave))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down move between pages."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        codes = list(self.buttons)
        focused = next((n for n, code in enumerate(codes) if self.buttons[code].hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        self.buttons[codes[(focused + step) % len(codes)]].setFocus()
