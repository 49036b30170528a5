"""The card of an item that cannot be shown: what it is, why it is not shown, how to get it out."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from magdesk.gui.boundedwords import Label
from magdesk.gui.theme import Theme
from magdesk.gui.viewer.view import View
from magdesk.gui.words import _


class CardView(View):
    """An honest card.

    Attributes:
        save_requested: the original is to be written somewhere.
    """

    save_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._picture = Label()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.title = Label()
        self.title.setObjectName("sectionTitle")
        self.reason = Label()
        self.facts = Label()
        self.facts.setObjectName("help")
        for label in (self.title, self.reason, self.facts):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.save_button = QPushButton(_("Save a copy…"))
        self.save_button.setToolTip(_("Write the original, unencrypted, wherever you choose"))
        self.save_button.clicked.connect(self.save_requested)
        self._body = QWidget()
        self._column = column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._picture)
        column.addWidget(self.title)
        column.addWidget(self.reason)
        column.addWidget(self.facts)
        column.addSpacing(4)
        column.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignHCenter)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 20, 20, 20)
        box.addStretch(2)
        box.addWidget(self._body, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)

    def show_card(self, title: str, reason: str, facts: str, *, icon: str, savable: bool, citable: bool) -> None:
        """Say what it is and why it is not shown."""
        self._picture.setPixmap(self._theme.icon(icon, "line_strong").pixmap(QSize(40, 40)))
        self.title.setText(title)
        self.reason.setText(reason)
        self.facts.setText(facts)
        self.facts.setVisible(bool(facts))
        self.save_button.setVisible(savable)
        self.citable = citable
        self.setAccessibleName(f"{title}. {reason}")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """No wider than a sentence reads well."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = max(160, min(480, self.width() - 40))
        self._body.setFixedWidth(width)
        # A layout that centres does not ask how high lines become when they are broken.
        self._body.setMinimumHeight(self._column.totalHeightForWidth(width))
