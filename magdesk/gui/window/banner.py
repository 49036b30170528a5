"""What is wrong with the case file itself, said across the window until somebody puts it away; never in the way."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton

from magdesk.gui.boundedwords import Label
from magdesk.gui.theme import Theme
from magdesk.gui.words import _, with_quotes_apart


class Banner(QFrame):
    """One sentence, with all there is to say about it behind a button.

    Attributes:
        show_requested: all of it is to be shown.
    """

    show_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("noticeBad")
        self._theme = theme
        self._icon = Label()
        self.text = Label()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.more = QPushButton(_("Show"))
        self.more.clicked.connect(self.show_requested)
        self.away = QToolButton()
        self.away.setIconSize(QSize(14, 14))
        self.away.setToolTip(_("Hide this until the case is opened again"))
        self.away.setAccessibleName(_("Hide this"))
        self.away.clicked.connect(self.hide)
        line = QHBoxLayout(self)
        line.setContentsMargins(18, 6, 10, 6)
        line.setSpacing(12)
        line.addWidget(self._icon)
        line.addWidget(self.text, 1)
        line.addWidget(self.more)
        line.addWidget(self.away)
        theme.changed.connect(self._colour)
        self._colour()
        self.hide()

    def say(self, text: str) -> None:
        """Show a sentence."""
        text = with_quotes_apart(text)
        self.text.setText(text)
        self.setAccessibleName(text)
        self.show()

    def _colour(self) -> None:
        self._icon.setPixmap(self._theme.icon("warn", "danger").pixmap(QSize(18, 18)))
        self.away.setIcon(self._theme.icon("cancel", "muted"))
