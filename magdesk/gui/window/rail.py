"""The navigation at the left: one button a page, with how many findings it has."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from magdesk.checks.finding import Severity
from magdesk.gui.boundedwords import Label, elided
from magdesk.gui.desk.desk import Desk, worst
from magdesk.gui.desk.repeated import RunState
from magdesk.gui.fitting import Eliding
from magdesk.gui.theme import Theme
from magdesk.gui.window.actions import PAGES
from magdesk.gui.words import _, ngettext

_TONES = {Severity.BLOCK: "danger", Severity.WARN: "warn", Severity.INFO: "muted"}
GROUPS = {
    "home": "",
    "overview": "",
    "targets": "who",
    "suitability": "who",
    "people": "who",
    "incidents": "what",
    "chronology": "what",
    "evidence": "proof",
    "facts": "proof",
    "matrix": "proof",
    "linkage": "proof",
    "money": "proof",
    "adverse": "proof",
    "interest": "writing",
    "accountability": "writing",
    "narrative": "writing",
    "strength": "finish",
    "review": "finish",
    "export": "finish",
}
_TITLES = {
    "": "",
    "who": _("Who"),
    "what": _("What happened"),
    "proof": _("Evidence and proof"),
    "writing": _("Writing"),
    "finish": _("Finish"),
}
_ROUND_TITLE = 64  # pixels of a button that are not its title
_LEAST = 24  # lowest button that can still be read and hit
_NAMED = 22  # lowest space before a group that holds its name


class RailButton(QAbstractButton, Eliding):
    """One page.

    Attributes:
        focused: the keys go to it now.
        stepped: a key asks for another button.
    """

    focused = Signal(object)
    stepped = Signal(int)

    def __init__(self, theme: Theme, code: str, title: str) -> None:
        super().__init__()
        self.theme, self.code = theme, code
        self.count, self.severity = 0, Severity.INFO
        self.mark = ""
        self._hovered = False
        self.setText(title)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_findings(self, count: int, severity: Severity | None, *, checked: bool = True) -> None:
        """How many findings the page has and how grave the gravest is, or that the checks failed."""
        self.count, self.severity = count, severity or Severity.INFO
        self.mark = ""
        name = self.text()
        if not checked:
            self.mark, self.severity = "?", Severity.BLOCK
            name += ", " + _("could not be checked")
        elif count:
            self.mark = str(count) if count < 100 else "99+"
            name += ", " + ngettext("{count} finding", "{count} findings", count).format(count=count)
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the rail."""
        return QSize(self.theme.palette.metrics["rail"], 34)

    def minimumSizeHint(self) -> QSize:
        """A rail that scrolls is narrower by its bar."""
        return QSize(80, 34)

    def left_out(self) -> str:
        """See :class:`Eliding`."""
        font = self.font()
        font.setBold(self.isChecked())
        wide = QFontMetrics(font).horizontalAdvance(self.text())
        return self.text() if wide > self.width() - _ROUND_TITLE - self._count_width() else ""

    def _count_width(self) -> int:
        if not self.mark:
            return 0
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.82)
        return int(max(20.0, QFontMetrics(font).horizontalAdvance(self.mark) + 11.0)) + 4

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A rail that scrolls brings it into view."""
        super().focusInEvent(event)
        self.focused.emit(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that move belong to the rail, not to the button or what scrolls it."""
        if Qt.Key(event.key()) in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            self.stepped.emit(event.key())
        else:
            super().keyPressEvent(event)

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
        if self.mark:
            right = self._paint_count(painter, right)
        font = self.font()
        font.setBold(self.isChecked())
        painter.setFont(font)
        painter.setPen(palette.colour("ink"))
        left = box.left() + 36
        text = elided(painter.fontMetrics(), self.text(), int(right - left - 4))
        painter.drawText(QRectF(left, box.top(), right - left, box.height()), Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()

    def _paint_count(self, painter: QPainter, right: float) -> float:
        palette = self.theme.palette
        tone = palette.colour(_TONES[self.severity])
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * 0.82)
        painter.setFont(font)
        text = self.mark
        width = self._count_width() - 4.0
        middle = self.rect().center().y() + 0.5
        half = min(9.0, self.height() / 2 - 3)
        pill = QRectF(QPointF(right - width, middle - half), QPointF(right, middle + half))
        ground = QColor(tone)
        ground.setAlpha(34)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(pill, half, half)
        painter.setPen(tone)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        return right - width - 4


class Rail(QFrame):
    """All pages, grouped by what is worked at there.

    With much room the groups have their names, with less only a gap; then the buttons draw together, and only when
    even that is not enough the rail scrolls.

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
        self._captions: list[QLabel] = []
        inner = QWidget()
        inner.setObjectName("scrollBody")
        self._box = QVBoxLayout(inner)
        self._box.setSpacing(0)
        before = ""
        for code, title in PAGES:
            group = GROUPS[code]
            if group != before:
                caption = Label(_TITLES[group])
                caption.setObjectName("railCaption")
                caption.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
                self._captions.append(caption)
                self._box.addWidget(caption)
                before = group
            button = RailButton(desk.theme, code, title)
            button.clicked.connect(partial(self.chosen.emit, code))
            button.focused.connect(self._show_button)
            button.stepped.connect(self._step)
            self._group.addButton(button)
            self.buttons[code] = button
            self._box.addWidget(button)
        self._box.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidget(inner)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)
        desk.surveyed.connect(self.refresh)
        desk.theme.changed.connect(self.update)

    def show_chosen(self, code: str) -> None:
        """Mark the page that is shown."""
        self.buttons[code].setChecked(True)
        self._show_button(self.buttons[code])

    def refresh(self) -> None:
        """Follow the findings."""
        failed = self._desk.checking.outcome is RunState.FAILED
        for code, button in self.buttons.items():
            found = self._desk.interruptions("" if code == "review" else code)
            grave = [finding for finding in found if finding.severity is not Severity.INFO]
            button.set_findings(len(grave), worst(grave), checked=not (failed and (grave or code == "review")))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the buttons to the room."""
        super().resizeEvent(event)
        height, caption, edge = fitted(self.height(), len(self.buttons), len(self._captions))
        self._box.setContentsMargins(0, edge, 0, edge)
        for label in self._captions:
            label.setFixedHeight(caption)
            label.setProperty("named", caption >= _NAMED)
            label.style().polish(label)
        for button in self.buttons.values():
            button.setFixedHeight(height)

    def _step(self, key: int) -> None:
        """Up and down move between pages, Home and End to the first and last."""
        codes = list(self.buttons)
        here = next((n for n, code in enumerate(codes) if self.buttons[code].hasFocus()), 0)
        goal = {Qt.Key.Key_Up: here - 1, Qt.Key.Key_Down: here + 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
        self.buttons[codes[goal[Qt.Key(key)] % len(codes)]].setFocus(Qt.FocusReason.TabFocusReason)

    def _show_button(self, button: RailButton) -> None:
        self.area.ensureWidgetVisible(button, 0, 8)


def fitted(room: int, buttons: int, groups: int) -> tuple[int, int, int]:
    """How high a button, the space before a group and the edge are in a rail of that height."""
    for height, caption, edge in ((34, 28, 8), (32, 24, 6), (30, _NAMED, 6), (34, 10, 8), (30, 8, 6), (27, 6, 4)):
        if buttons * height + groups * caption + 2 * edge <= room:
            return height, caption, edge
    return _LEAST, 3, 2
