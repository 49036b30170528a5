"""A line on a finding, or on several of one cause: what is wrong, what to do, where."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QTransform
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from magdesk.checks.finding import Finding, Severity
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.labels import label
from magdesk.gui.words import joined

_TONES = {
    Severity.BLOCK: ("block", "danger"),
    Severity.WARN: ("warn", "warn"),
    Severity.INFO: ("info", "muted"),
}


class SummaryLine(QPushButton):
    """A sentence with the sign of its weight, and what belongs to it in smaller letters below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("kind", "row")
        self.desk = desk
        self._picture = Label()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._picture.setContentsMargins(0, 2, 0, 0)
        self._sentence = Label()
        self._sentence.setWordWrap(True)
        self._detail = Label()
        self._detail.setObjectName("help")
        self._detail.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._sentence)
        words.addWidget(self._detail)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(6, 6, 6, 6)
        self._line.setSpacing(10)
        self._line.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        self._line.addLayout(words, 1)
        self._mark = Label()
        self._mark.hide()
        self._line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        for child in (self._picture, self._sentence, self._detail, self._mark):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, severity: Severity, sentence: str, detail: Sequence[str], places: str = "") -> None:
        """Show this; what is empty takes no room."""
        icon, tone = _TONES[severity]
        self._picture.setPixmap(self.desk.theme.icon(icon, tone).pixmap(16, 16))
        self._sentence.setText(sentence)
        told = "\n".join(part for part in (joined(*detail), places) if part)
        self._detail.setText(told)
        self._detail.setVisible(bool(told))
        spoken = (f"{label(severity)}: {sentence}", *detail[1:], places)
        self.setAccessibleName(" ".join(part for part in spoken if part))
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what a click does; the arrows are for the list that the line stands in."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def show_opened(self, opened: bool) -> None:
        """Show at the end of the line that something is below it, or can be."""
        picture = self.desk.theme.icon("chevron", "muted").pixmap(16, 16)
        self._mark.setPixmap(picture.transformed(QTransform().rotate(180)) if opened else picture)
        self._mark.show()

    def hasHeightForWidth(self) -> bool:
        """The sentence wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the wrapped sentence."""
        return self._line.heightForWidth(width)

    def sizeHint(self) -> QSize:
        """The layout's."""
        return self._line.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """The layout's."""
        return self._line.minimumSize()


class FindingLine(SummaryLine):
    """One finding. A click goes to its place."""

    def __init__(self, desk: Desk, finding: Finding, *, remedy: bool = False) -> None:
        super().__init__(desk)
        self.finding = finding
        said = (finding.code if remedy else "", finding.place.label, finding.remedy if remedy else "")
        self.say(finding.severity, finding.sentence, said)
        spoken = f"{label(finding.severity)}: {finding.sentence} {finding.remedy}"
        self.setAccessibleName(f"{finding.place.label}. {spoken}" if finding.place.label else spoken)
        self.setToolTip(finding.remedy)
        self.clicked.connect(partial(desk.go, finding.place))
