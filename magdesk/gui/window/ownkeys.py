"""Shortcuts of the window work inside text boxes too.

On Linux and macOS a line edit takes Ctrl+E, Ctrl+K, Ctrl+H and others for moving and deleting as in a terminal, so a
shortcut of the window that uses them is dead as long as the cursor stands in one.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

_EDITING = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)  # a field first takes back its own letters


class OwnKeys(QObject):
    """Lets the actions of a window have their keys whatever has the focus in it."""

    def __init__(self, window: QWidget, actions: Iterable[QAction]) -> None:
        super().__init__(window)
        self._window = window
        self._actions = tuple(actions)
        self._watched: QWidget | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._watched is not None:
            self._watched.removeEventFilter(self)
            self._watched.destroyed.disconnect(self._forget)
            self._watched = None
        if now is not None and now.window() is self._window:
            self._watched = now
            now.installEventFilter(self)
            now.destroyed.connect(self._forget)

    def _forget(self) -> None:
        self._watched = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep a text box from claiming a key of the window for itself."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            pressed = QKeySequence(event.keyCombination())
            if not any(event.matches(key) for key in _EDITING) and any(
                pressed in action.shortcuts() for action in self._actions
            ):
                event.ignore()
                return True
        return super().eventFilter(watched, event)
