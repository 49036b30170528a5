"""The line in which words are sought inside the item that is shown."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QToolButton

from magdesk.gui.boundedwords import Label
from magdesk.gui.theme import Theme
from magdesk.gui.viewer.view import Hits
from magdesk.gui.words import _

_PAUSE = 200  # milliseconds of typing


class FindBar(QFrame):
    """Words, how many places, next and previous.

    Attributes:
        words_changed: other words are sought.
        step_requested: to the next hit (1) or the one before (-1).
        closed: the search is over.
    """

    words_changed = Signal(str)
    step_requested = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("findBar")
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("Find in this item"))
        self.line.setAccessibleName(_("Words to find in this item"))
        self.line.setClearButtonEnabled(True)
        self.line.setMaximumWidth(300)
        self.count = Label()
        self.count.setObjectName("help")
        self.count.setMinimumWidth(110)
        self.before = _tool(theme, "up", _("Previous match (Shift+Enter)"))
        self.after = _tool(theme, "down", _("Next match (Enter)"))
        self.end = _tool(theme, "cancel", _("Close (Escape)"))
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 4, 8, 6)
        line.setSpacing(4)
        line.addWidget(self.line, 1)
        line.addWidget(self.before)
        line.addWidget(self.after)
        line.addSpacing(6)
        line.addWidget(self.count)
        line.addStretch(1)
        line.addWidget(self.end)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._on_paused)
        self.line.textEdited.connect(self._on_typed)
        self.before.clicked.connect(partial(self.step_requested.emit, -1))
        self.after.clicked.connect(partial(self.step_requested.emit, 1))
        self.end.clicked.connect(self.finish)
        self.line.installEventFilter(self)
        self.show_hits(Hits())
        self.hide()

    def begin(self, words: str | None = None) -> None:
        """Show it, with these words in it."""
        if words is not None:
            self.line.setText(words)
        self.show()

    def focus(self) -> None:
        """Show it and put the cursor into it."""
        self.show()
        self.line.setFocus()
        self.line.selectAll()

    def finish(self) -> None:
        """Hide it; the marks go."""
        self._timer.stop()
        self.hide()
        self.closed.emit()

    def show_hits(self, hits: Hits) -> None:
        """Say how the search stands."""
        if hits.total:
            text = _("{at} of {total}").format(at=hits.at, total=hits.total) if hits.at else str(hits.total)
            self.count.setText(text + (" …" if hits.searching else ""))
        elif hits.searching:
            self.count.setText(_("Searching…"))
        else:
            self.count.setText(_("Not found") if self.line.text().strip() else "")
        for button in (self.before, self.after):
            button.setEnabled(hits.total > 0)

    def _on_typed(self) -> None:
        self._timer.start()

    def _on_paused(self) -> None:
        self.words_changed.emit(self.line.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter, Shift+Enter and Escape in the line."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self._timer.isActive():
                    self._timer.stop()
                    self.words_changed.emit(self.line.text())
                else:
                    back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                    self.step_requested.emit(-1 if back else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.finish()
                return True
        return super().eventFilter(watched, event)


def _tool(theme: Theme, icon: str, text: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(theme.icon(icon, "muted"))
    button.setIconSize(QSize(16, 16))
    button.setToolTip(text)
    button.setAccessibleName(text)
    return button
