"""Locks the case by itself: when nobody is there, when the screen is locked, when the computer sleeps, in panic."""

from __future__ import annotations

import os
import threading

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from magdesk.gui.locking.attention import Attention
from magdesk.gui.locking.capture import keep_out
from magdesk.gui.locking.clipboard import CopiedText
from magdesk.gui.locking.restart import end_children
from magdesk.gui.locking.sessions import Session
from magdesk.gui.window.shell import Window

_MOMENT = 0.7  # seconds that a panic may take, whatever hangs


class Guard(QObject):
    """Stands between the desktop and the window."""

    def __init__(self, app: QApplication, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.attention = Attention(self)
        self.login = Session(self)
        self.copied = CopiedText(app.clipboard(), self)
        app.installEventFilter(self.attention)
        self.attention.left.connect(self._on_left)
        self.attention.slept.connect(self._on_sleeping)
        self.attention.panicked.connect(self.panic)
        self.login.sleeping.connect(self._on_sleeping)
        self.login.locked.connect(self._on_screen_locked)
        window.settings_changed.connect(self.follow_settings)
        window.panic_requested.connect(self.panic)
        window.closing.connect(self.copied.clear)
        window.closed.connect(self.login.let_sleep)
        self.follow_settings()

    def follow_settings(self) -> None:
        """Do what the user has chosen."""
        settings = self._window.settings
        self.attention.patience = settings.idle_minutes * 60.0
        self.copied.seconds = settings.clipboard_seconds
        keep_out(int(self._window.winId()), settings.kept_out_of_pictures)

    def panic(self) -> None:
        """Out of sight, then out of memory, at once: the case file bears being left at any moment."""
        # Storing can wait for a job that writes: then what it would have stored is given up.
        guard = threading.Timer(_MOMENT, _end)
        guard.daemon = True
        guard.start()
        for shown in QApplication.topLevelWidgets():
            shown.hide()
        QApplication.sync()
        self.copied.clear()
        try:
            if self._window.desk is not None:
                self._window.desk.flush()
        finally:
            _end()

    def _on_left(self) -> None:
        self._window.lock_unasked()

    def _on_screen_locked(self) -> None:
        if self._window.settings.lock_with_screen:
            self._window.lock_unasked()

    def _on_sleeping(self) -> None:
        if self._window.desk is None:
            self.login.let_sleep()
        self._window.lock_unasked(stop_jobs=True)


def _end() -> None:
    end_children()
    os._exit(0)
