"""A sentence that passes by at the foot of the window, with undo where something was deleted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from magdesk.gui.boundedwords import Label, elided
from magdesk.gui.words import _, with_quotes_apart

_SHOWN = 6000  # milliseconds


class Toast(QFrame):
    """The sentence.

    Attributes:
        undo_requested: the user wants it back.
    """

    undo_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setObjectName("toast")
        self.text = Label()
        self.text.setWordWrap(False)
        self.undo = QPushButton(_("Undo"))
        self.undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+Z does the same from anywhere
        self.undo.clicked.connect(self._on_undo)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 8, 10, 8)
        line.setSpacing(14)
        line.addWidget(self.text)
        line.addWidget(self.undo)
        self._timer = QTimer(self, singleShot=True, interval=_SHOWN)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def say(self, text: str, undo: bool) -> None:
        """Show a sentence for some seconds."""
        text = with_quotes_apart(text)
        room = max(200, self._over.width() - 260)
        self.text.setText(elided(self.text.fontMetrics(), text, room))
        self.text.setToolTip(text)
        self.setAccessibleName(text)
        self.undo.setVisible(undo)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place when the window changes its size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        parent = self._over
        self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - 48)

    def _on_undo(self) -> None:
        self.hide()
        self.undo_requested.emit()
