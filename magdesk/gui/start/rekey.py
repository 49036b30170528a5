"""The dialog that changes the passphrase of the open case."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from magdesk.errors import MagdeskError
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.start.passphrase import NewPassphrase, PassphraseLine
from magdesk.gui.words import _
from magdesk.progress import CancelToken, Progress
from magdesk.services.cases import change_passphrase


class RekeyDialog(QDialog):
    """The old passphrase, the new one twice. The file is written anew in a job; the dialog stays until it is."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Change the passphrase"))
        self.setMinimumWidth(420)
        self._desk = desk
        self._busy = self._waiting = False
        lead = Label(_("The whole file will be encrypted again. Earlier backups keep the old passphrase."))
        lead.setObjectName("muted")
        lead.setWordWrap(True)
        self.old = PassphraseLine(desk.theme, _("Current passphrase"))
        self.new = NewPassphrase(desk.theme)
        self.problem = Label()
        self.problem.setObjectName("fieldError")
        self.problem.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.change = self.buttons.addButton(_("Change"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.change.setProperty("kind", "primary")
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(12)
        for widget in (lead, self.old, self.new, self.problem, self.buttons):
            box.addWidget(widget)
        self.buttons.accepted.connect(self.start)
        self.buttons.rejected.connect(self.reject)
        desk.runner.idle.connect(self._on_idle, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Change it."""
        if self._busy:
            return
        if not self.old.text or self.new.problem:
            self.problem.setText(self.new.problem or _("Type the current passphrase."))
            return
        # A file that a check still reads cannot be written anew: it would be refused as busy.
        desk = self._desk
        self._waiting = bool(desk.runner.jobs) or desk.checking.busy or desk.guiding.busy
        if self._waiting:
            self.problem.setText(_("Waiting until the case is no longer being read…"))
            return
        old, new = self.old.text, self.new.text
        case = self._desk.lend()
        self._set_busy(True)

        def work(_progress: Progress, _cancel: CancelToken) -> None:
            # The window waits in this dialog, so the worker may own the case meanwhile.
            case.adopt()
            change_passphrase(case, old, new)

        self._desk.runner.submit(
            _("Changing the passphrase"),
            work,
            done=self._on_done,
            failed=self._on_failed,
            cancellable=False,
            owner=self,
        )

    def _on_idle(self) -> None:
        if self._waiting and self.isVisible():
            self.start()

    def reject(self) -> None:
        """Not while the file is being written."""
        if not self._busy:
            super().reject()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        for widget in (self.old, self.new, self.buttons):
            widget.setEnabled(not busy)
        self.problem.setText(_("Encrypting again…") if busy else "")

    def _on_done(self, _nothing: None) -> None:
        self._desk.take_back()
        self._set_busy(False)
        self._desk.notice_requested.emit(_("The passphrase was changed."), False)
        self.accept()

    def _on_failed(self, error: MagdeskError) -> None:
        self._desk.take_back()
        self._set_busy(False)
        self.problem.setText(str(error))
        self.old.line.setFocus()
