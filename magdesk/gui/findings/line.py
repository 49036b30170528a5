"""One finding in a line: what is wrong, what to do, where."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from magdesk.checks.finding import Finding, Severity
from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.rowkinds import joined
from magdesk.gui.labels import label


class FindingLine(QPushButton):
    """One finding: what is wrong, what to do, where. A click goes there."""

    def __init__(self, desk: Desk, finding: Finding, *, remedy: bool = False) -> None:
        super().__init__()
        self.setProperty("kind", "row")
        self.desk, self.finding = desk, finding
        tones = {
            Severity.BLOCK: ("block", "danger"),
            Severity.WARN: ("warn", "warn"),
            Severity.INFO: ("info", "muted"),
        }
        icon, tone = tones[finding.severity]
        picture = QLabel()
        picture.setPixmap(desk.theme.icon(icon, tone).pixmap(16, 16))
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        picture.setContentsMargins(0, 2, 0, 0)
        sentence = QLabel(finding.sentence)
        sentence.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(sentence)
        detail = joined(finding.code if remedy else "", finding.place.label, finding.remedy if remedy else "")
        if detail:
            place = QLabel(detail)
            place.setObjectName("help")
            place.setWordWrap(True)
            words.addWidget(place)
        line = self._line = QHBoxLayout(self)
        line.setContentsMargins(6, 6, 6, 6)
        line.setSpacing(10)
        line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        for child in self.findChildren(QLabel):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        spoken = f"{label(finding.severity)}: {finding.sentence} {finding.remedy}"
        self.setAccessibleName(f"{finding.place.label}. {spoken}" if finding.place.label else spoken)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setToolTip(finding.remedy)
        self.clicked.connect(partial(desk.go, finding.place))

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
