"""What stands where lines would be when the filter lets none through."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.evidence.narrowing import Narrowing
from magdesk.gui.words import _


class NoMatch(QWidget):
    """What was asked for, and the way back.

    Attributes:
        clear_requested: everything is to be shown again.
    """

    clear_requested = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        picture = Label()
        picture.setPixmap(desk.theme.icon("filter", "line_strong").pixmap(QSize(36, 36)))
        self.words = Label()
        self.words.setObjectName("muted")
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.clear = QPushButton(_("Clear filters"))
        self.clear.clicked.connect(self.clear_requested)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 12)
        box.setSpacing(12)
        box.addStretch(2)
        box.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(self.words)
        box.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)

    def show_narrowing(self, narrowing: Narrowing) -> None:
        """Say what nothing matches."""
        parts = [f"“{narrowing.words.strip()}”"] if narrowing.words.strip() else []
        parts += [rule.sentence() for rule in narrowing.rules]
        self.words.setText(_("Nothing matches {filter}.").format(filter="; ".join(parts)))
