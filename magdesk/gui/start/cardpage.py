"""A page with one card in the middle: what stands in the window while no case is shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from magdesk.gui.boundedwords import Label


class CardPage(QWidget):
    """A page with one card in the middle."""

    def __init__(self, title: str, lead: str, width: int = 480) -> None:
        super().__init__()
        self.setObjectName("start")
        self.heading = Label(title)
        self.heading.setObjectName("hero")
        self.heading.setWordWrap(True)
        self.lead = Label(lead)
        self.lead.setObjectName("muted")
        self.lead.setWordWrap(True)
        self.card = QFrame()
        self.card.setObjectName("card")
        self.box = QVBoxLayout(self.card)
        self.box.setContentsMargins(28, 24, 28, 24)
        self.box.setSpacing(12)
        self.box.addWidget(self.heading)
        self.box.addWidget(self.lead)
        self.card.setMaximumWidth(width)
        middle = QWidget()
        middle.setObjectName("scrollBody")
        # No alignment flag: with one, a layout forgets that the height of wrapped text depends on its width.
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self.card, 100)  # as wide as it may be, and narrower where there is less room
        across.addStretch(1)
        place = QVBoxLayout(middle)
        place.addStretch(2)
        place.addLayout(across)
        place.addStretch(3)
        area = QScrollArea()
        area.setWidget(middle)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self.problem = Label()
        self.problem.setObjectName("fieldError")
        self.problem.setWordWrap(True)
        self.problem.setVisible(False)

    def complain(self, text: str) -> None:
        """Say what went wrong; empty takes it back."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
