"""The page on which a new case is made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from magdesk.gui.boundedwords import Label
from magdesk.gui.fitting import WrappedCheck
from magdesk.gui.prompts import CASE_FILES, Prompts
from magdesk.gui.settings import Settings
from magdesk.gui.start.cardpage import CardPage
from magdesk.gui.start.passphrase import NewPassphrase
from magdesk.gui.theme import Theme
from magdesk.gui.words import _
from magdesk.paths import CASE_SUFFIX, with_case_suffix

if TYPE_CHECKING:
    from magdesk.regimes.regime import Law


class NewCasePage(CardPage):
    """What a new case needs: a title, authorities, a place, a passphrase.

    Attributes:
        create_requested: everything is there: path, passphrase, title, authority codes, who.
        cancelled: the user went back.
    """

    create_requested = Signal(object, str, str, object, str)
    cancelled = Signal()

    def __init__(self, theme: Theme, settings: Settings, prompts: Prompts, law: Law) -> None:
        lead = _("The file is encrypted from the start. Choose a folder that is not synced to a cloud.")
        super().__init__(_("New case"), lead, 560)
        self._prompts = prompts
        self.title_line = QLineEdit()
        self.title_line.setPlaceholderText(_("e.g. Generica: detention at Camp North"))
        self._row(_("Working title"), self.title_line)
        self.boxes: dict[str, WrappedCheck] = {}
        title = Label(_("Authorities to be addressed"))
        title.setObjectName("fieldLabel")
        self.box.addWidget(title)
        for regime in law.regimes.values():
            box = WrappedCheck(regime.title)
            box.setChecked(True)
            box.setToolTip(regime.effect)
            self.boxes[regime.code] = box
            self.box.addWidget(box)
        self.path_line = QLineEdit()
        self.browse = QPushButton(_("Choose…"))
        self._row(_("Location of the case file"), self.path_line, self.browse)
        self.cloud = QFrame()
        self.cloud.setObjectName("notice")
        self.cloud_text = Label()
        self.cloud_text.setWordWrap(True)
        inner = QVBoxLayout(self.cloud)
        inner.setContentsMargins(12, 8, 12, 8)
        inner.addWidget(self.cloud_text)
        self.cloud.setVisible(False)
        self.box.addWidget(self.cloud)
        self.passphrase = NewPassphrase(theme)
        self.box.addWidget(self.passphrase)
        self.who = QLineEdit(settings.who)
        self._row(_("Your name in the change history"), self.who)
        self.create_button = QPushButton(_("Create the case"))
        self.create_button.setProperty("kind", "primary")
        self.back = QPushButton(_("Back"))
        line = QHBoxLayout()
        line.addWidget(self.back)
        line.addStretch(1)
        line.addWidget(self.create_button)
        self.box.addWidget(self.problem)
        self.box.addLayout(line)
        # Signals
        self.browse.clicked.connect(self._on_browse)
        self.path_line.textChanged.connect(self._on_path)
        self.passphrase.entered.connect(self._on_create)
        self.create_button.clicked.connect(self._on_create)
        self.back.clicked.connect(self.cancelled)

    def _row(self, label: str, line: QLineEdit, button: QPushButton | None = None) -> None:
        title = Label(label)
        title.setObjectName("fieldLabel")
        title.setBuddy(line)
        line.setAccessibleName(label)
        row = QHBoxLayout()
        row.addWidget(line, 1)
        if button is not None:
            row.addWidget(button)
        part = QVBoxLayout()
        part.setSpacing(3)
        part.addWidget(title)
        part.addLayout(row)
        self.box.addLayout(part)

    def focus_first(self) -> None:
        """The title."""
        self.title_line.setFocus()

    def set_busy(self, busy: bool) -> None:
        """Wait for the file to be made."""
        self.create_button.setEnabled(not busy)
        self.create_button.setText(_("Creating…") if busy else _("Create the case"))

    def _on_browse(self) -> None:
        name = self.title_line.text().strip().partition(":")[0].replace("/", "-").lower() or "case"
        path = self._prompts.new_file(self, _("Location of the case file"), f"{name}{CASE_SUFFIX}", CASE_FILES)
        if path is not None:
            self.path_line.setText(str(with_case_suffix(path)))

    def _on_path(self, text: str) -> None:
        # The case file and what it stands on take half a second to load; the first page does not wait for them.
        from magdesk.casefile import cloud_folder  # noqa: PLC0415

        service = cloud_folder(Path(text).expanduser()) if text.strip() else None
        if service:
            self.cloud_text.setText(
                _("{service} syncs this folder: encrypted or not, copies of the file leave this computer.").format(
                    service=service
                )
            )
        self.cloud.setVisible(service is not None)

    def _on_create(self) -> None:
        codes = [code for code, box in self.boxes.items() if box.isChecked()]
        text = self.path_line.text().strip()
        if not self.title_line.text().strip():
            self.complain(_("Give the case a working title."))
        elif not codes:
            self.complain(_("Choose at least one authority."))
        elif not text:
            self.complain(_("Choose a location for the case file."))
        elif self.passphrase.problem:
            self.complain(self.passphrase.problem)
        else:
            self.complain("")
            path = with_case_suffix(Path(text).expanduser())
            self.create_requested.emit(
                path, self.passphrase.text, self.title_line.text().strip(), codes, self.who.text().strip()
            )
