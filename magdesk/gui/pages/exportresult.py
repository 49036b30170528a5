"""What an export made, in the place of the form that ordered it, and what comes next."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from magdesk.errors import MagdeskError
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.flow import FlowLayout
from magdesk.gui.words import _, ngettext
from magdesk.progress import CancelToken, Progress

if TYPE_CHECKING:
    from magdesk.services.export import ExportResult

_SUMS = "SHA256SUMS"
_SUBMISSION = ("01-submission.pdf", "01-submission.docx")


class ExportOutcome(QFrame):
    """The result of one export.

    Attributes:
        sent_requested: the user has sent it and wants to record that; the SHA-256 of its list of digests.
        again_requested: the form is wanted again.
    """

    sent_requested = Signal(str)
    again_requested = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("noticeGood")
        self._desk = desk
        self.folder: Path | None = None
        self.title = Label()
        self.title.setObjectName("cardTitle")
        self.text = Label()
        self.checked = Label()
        for label in (self.title, self.text, self.checked):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open_button = QPushButton(_("Open folder"))
        self.open_button.setProperty("kind", "primary")
        self.submission_button = QPushButton(_("Open the submission"))
        self.verify_button = QPushButton(_("Verify the packet"))
        self.sent_button = QPushButton(_("Record that you sent it…"))
        self.again_button = QPushButton(_("Export again"))
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(8)
        box.addWidget(self.title)
        box.addWidget(self.text)
        box.addWidget(self.checked)
        buttons = QWidget()
        line = FlowLayout(buttons)
        for button in (
            self.open_button, self.submission_button, self.verify_button, self.sent_button, self.again_button,
        ):  # fmt: skip
            line.addWidget(button)
        box.addWidget(buttons)
        self.open_button.clicked.connect(self._on_open)
        self.submission_button.clicked.connect(self._on_submission)
        self.verify_button.clicked.connect(self.verify)
        self.sent_button.clicked.connect(self._on_sent)
        self.again_button.clicked.connect(self.again_requested)

    def tell(self, result: ExportResult, *, draft: bool) -> None:
        """Say what was made."""
        assert result.folder is not None
        self.folder = result.folder
        self.title.setText(_("The draft is ready.") if draft else _("The packet is ready."))
        count = len(result.files)
        files = ngettext("{count} file in {folder}", "{count} files in {folder}", count)
        told = [files.format(count=count, folder=result.folder)]
        top = [name for name in result.files if "/" not in name]
        told.append(", ".join(top))
        if result.faults:
            from magdesk.services.export import fault_line  # noqa: PLC0415  with the libraries that make documents

            told += [fault_line(number) for number in result.faults]
        self.text.setText("\n".join(told))
        self.checked.clear()
        self.checked.setVisible(False)
        self.submission_button.setVisible(self._submission() is not None)
        # A draft is marked on each page and is not what goes to a ministry.
        self.sent_button.setVisible(not draft and not self._desk.read_only)
        self.verify_button.setEnabled(True)

    def verify(self) -> None:
        """Compare every file of the packet with its digest."""
        folder = self.folder
        if folder is None:
            return

        def work(progress: Progress, cancel: CancelToken) -> list[str]:
            from magdesk.packet.verify import verify_packet  # noqa: PLC0415  seldom asked for

            return verify_packet(folder, progress=progress, cancel=cancel)

        self.verify_button.setEnabled(False)
        self._desk.runner.submit(
            _("Verifying"), work, done=self._on_verified, failed=self._on_not_verified,
            cancelled=lambda: self.verify_button.setEnabled(True), serial=False, owner=self,
        )  # fmt: skip

    def _on_verified(self, wrong: list[str]) -> None:
        self.verify_button.setEnabled(True)
        self.checked.setText("\n".join(wrong) if wrong else _("Every file of the packet is as it was made."))
        self.checked.setVisible(True)

    def _on_not_verified(self, error: MagdeskError) -> None:
        self._on_verified([str(error)])

    def _submission(self) -> Path | None:
        if self.folder is None:
            return None
        return next((self.folder / name for name in _SUBMISSION if (self.folder / name).is_file()), None)

    def _on_open(self) -> None:
        if self.folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.folder)))

    def _on_submission(self) -> None:
        path = self._submission()
        if path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _on_sent(self) -> None:
        if self.folder is None:
            return
        try:
            digest = hashlib.sha256((self.folder / _SUMS).read_bytes()).hexdigest()
        except OSError:
            digest = ""  # moved away meanwhile: the field stays open
        self.sent_requested.emit(digest)
