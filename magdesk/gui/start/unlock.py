"""The page on which a case file is opened with its passphrase."""

from __future__ import annotations

import math
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from magdesk.errors import CaseFileLocked, MagdeskError, WrongPassphrase
from magdesk.gui.start.cardpage import CardPage
from magdesk.gui.start.passphrase import PassphraseLine
from magdesk.gui.theme import Theme
from magdesk.gui.words import _, ngettext


class UnlockPage(CardPage):
    """One case file and its passphrase.

    Attributes:
        unlock_requested: passphrase, and whether for reading only.
        backups_requested: the user wants to see the backups of the file.
        cancelled: the user went back.
    """

    unlock_requested = Signal(str, bool)
    backups_requested = Signal()
    cancelled = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(_("Unlock"), "", 480)
        self.path: Path | None = None
        self._held = 0  # seconds
        self._holding = QTimer(self, interval=1000)
        self._holding.timeout.connect(self._count_down)
        self.passphrase = PassphraseLine(theme, _("Passphrase"))
        self.open_button = QPushButton(_("Unlock"))
        self.open_button.setProperty("kind", "primary")
        self.read_button = QPushButton(_("Open as read-only"))
        self.read_button.setVisible(False)
        self.backups = QPushButton(_("Backups…"))
        self.backups.setVisible(False)
        self.back = QPushButton(_("Back"))
        self.box.addWidget(self.passphrase)
        self.box.addWidget(self.problem)
        line = QHBoxLayout()
        line.addWidget(self.back)
        line.addWidget(self.backups)
        line.addStretch(1)
        line.addWidget(self.read_button)
        line.addWidget(self.open_button)
        self.box.addLayout(line)
        self.open_button.clicked.connect(partial(self._request, read_only=False))
        self.read_button.clicked.connect(partial(self._request, read_only=True))
        self.passphrase.entered.connect(partial(self._request, read_only=False))
        self.backups.clicked.connect(self.backups_requested)
        self.back.clicked.connect(self.cancelled)

    def ask_for(self, path: Path) -> None:
        """Ask for the passphrase of this file."""
        self.path = path
        self.heading.setText(path.stem)
        self.lead.setText(str(path.parent))
        self.passphrase.clear()
        self.read_button.setVisible(False)
        self.backups.setVisible(False)
        self.complain("")
        self._holding.stop()
        self.set_busy(False)
        self.focus_first()

    def focus_first(self) -> None:
        """The passphrase."""
        self.passphrase.line.setFocus()

    def set_busy(self, busy: bool) -> None:
        """Wait for the file to open."""
        for widget in (self.passphrase, self.open_button, self.read_button, self.backups):
            widget.setEnabled(not busy)
        self.open_button.setText(_("Unlocking…") if busy else _("Unlock"))

    def hold(self, seconds: float) -> None:
        """Take no passphrase for so many seconds, counting down."""
        self._held = math.ceil(seconds)
        if self._held:
            self._holding.start()
            self._count_down()

    def _count_down(self) -> None:
        self.open_button.setEnabled(self._held <= 0)
        if self._held > 0:
            text = ngettext("Wait {count} second", "Wait {count} seconds", self._held)
            self.open_button.setText(text.format(count=self._held))
            self._held -= 1
        else:
            self._holding.stop()
            self.open_button.setText(_("Unlock"))

    def show_failure(self, error: MagdeskError) -> None:
        """Say why it did not open and let the user try again."""
        self.set_busy(False)
        self.complain(str(error))
        self.read_button.setVisible(isinstance(error, CaseFileLocked))
        self.backups.setVisible(not isinstance(error, CaseFileLocked))
        self.focus_first()
        if isinstance(error, WrongPassphrase):
            self.passphrase.line.selectAll()

    def _request(self, *, read_only: bool) -> None:
        if self._holding.isActive():
            return
        if self.passphrase.text:
            self.complain("")
            self.set_busy(True)
            self.unlock_requested.emit(self.passphrase.text, read_only)
        else:
            self.complain(_("Type the passphrase."))
