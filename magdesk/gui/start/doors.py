"""The pages before a case is open: start, new case, unlock."""

from __future__ import annotations

import math
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from magdesk import __version__
from magdesk.errors import CaseFileLocked, MagdeskError, WrongPassphrase
from magdesk.gui.layouts import take_all
from magdesk.gui.prompts import Prompts
from magdesk.gui.settings import Settings
from magdesk.gui.start.passphrase import NewPassphrase, PassphraseLine
from magdesk.gui.theme import Theme
from magdesk.i18n import _, ngettext
from magdesk.paths import CASE_SUFFIX, with_case_suffix

if TYPE_CHECKING:
    from magdesk.regimes.regime import Law

CASE_FILES = _("MagDesk cases (*{suffix});;All files (*)").format(suffix=CASE_SUFFIX)


class Door(QWidget):
    """A page with one card in the middle."""

    def __init__(self, title: str, lead: str, width: int = 480) -> None:
        super().__init__()
        self.setObjectName("start")
        self.heading = QLabel(title)
        self.heading.setObjectName("hero")
        self.heading.setWordWrap(True)
        self.lead = QLabel(lead)
        self.lead.setObjectName("muted")
        self.lead.setWordWrap(True)
        self.card = QFrame()
        self.card.setObjectName("card")
        self.box = QVBoxLayout(self.card)
        self.box.setContentsMargins(28, 24, 28, 24)
        self.box.setSpacing(12)
        self.box.addWidget(self.heading)
        self.box.addWidget(self.lead)
        self.card.setFixedWidth(width)
        middle = QWidget()
        middle.setObjectName("scrollBody")
        # No alignment flag: with one, a layout forgets that the height of wrapped text depends on its width.
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self.card)
        across.addStretch(1)
        place = QVBoxLayout(middle)
        place.addStretch(2)
        place.addLayout(across)
        place.addStretch(3)
        area = QScrollArea()
        area.setWidget(middle)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self.problem = QLabel()
        self.problem.setObjectName("fieldError")
        self.problem.setWordWrap(True)
        self.problem.setVisible(False)

    def complain(self, text: str) -> None:
        """Say what went wrong; empty takes it back."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))


class StartPage(Door):
    """Where the program begins.

    Attributes:
        new_requested, open_requested, sample_requested: a button was pressed.
        recent_requested: a remembered case was chosen: its path.
    """

    new_requested = Signal()
    open_requested = Signal()
    sample_requested = Signal()
    recent_requested = Signal(object)

    def __init__(self, theme: Theme, settings: Settings) -> None:
        lead = _("Prepares sanctions submissions. Each case is one encrypted file on this computer; nothing is sent.")
        super().__init__(_("MagDesk"), lead, 520)
        self._theme, self._settings = theme, settings
        self.buttons: list[QPushButton] = []
        for icon, title, detail, signal in (
            ("new", _("New case"), _("Begin with an empty, encrypted file"), self.new_requested),
            ("open", _("Open a case"), _("Choose a case file and type its passphrase"), self.open_requested),
            ("sample", _("Open the sample case"), _("A complete, invented case to look around in"),
             self.sample_requested),
        ):  # fmt: skip
            button = DoorButton(theme, icon, title, detail)
            button.clicked.connect(signal)
            self.buttons.append(button)
            self.box.addWidget(button)
        self.recent_title = QLabel(_("Recent cases"))
        self.recent_title.setObjectName("fieldLabel")
        self.box.addWidget(self.recent_title)
        self.recent = QVBoxLayout()
        self.recent.setSpacing(2)
        self.box.addLayout(self.recent)
        self.remember = QCheckBox(_("Remember which cases were opened"))
        self.remember.setChecked(settings.remember)
        self.remember.toggled.connect(self._on_remember)
        note = QLabel(
            _("Off until you turn it on: the list is stored unencrypted, and where a file lies can say a lot.")
        )
        note.setObjectName("help")
        note.setWordWrap(True)
        version = QLabel(_("Version {version}").format(version=__version__))
        version.setObjectName("help")
        self.box.addWidget(self.remember)
        self.box.addWidget(note)
        self.box.addWidget(version)
        self.refresh()

    def refresh(self) -> None:
        """Follow the list of recent cases."""
        take_all(self.recent)
        found = [path for path in self._settings.recent if path.exists()]
        for path in found:
            button = QPushButton(f"{path.stem}   ·   {path.parent}".replace("&", "&&"))
            button.setProperty("kind", "row")
            button.clicked.connect(partial(self.recent_requested.emit, path))
            self.recent.addWidget(button)
        self.recent_title.setVisible(bool(found))

    def _on_remember(self, on: bool) -> None:
        self._settings.remember = on
        self.refresh()


class DoorButton(QPushButton):
    """A large button: icon, title, a line of detail."""

    def __init__(self, theme: Theme, icon: str, title: str, detail: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setAccessibleDescription(detail)
        picture = QLabel()
        picture.setPixmap(theme.icon(icon, "accent").pixmap(QSize(24, 24)))
        name = QLabel(title)
        name.setObjectName("cardTitle")
        words = QLabel(detail)
        words.setObjectName("help")
        text = QVBoxLayout()
        text.setSpacing(1)
        text.addWidget(name)
        text.addWidget(words)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 10, 14, 10)
        line.setSpacing(14)
        line.addWidget(picture)
        line.addLayout(text, 1)
        for child in (picture, name, words):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setProperty("kind", "door")


class NewCasePage(Door):
    """What a new case needs: a title, authorities, a place, a passphrase.

    Attributes:
        create_requested: everything is there: path, passphrase, title, authority codes, who.
        cancelled: the user went back.
    """

    create_requested = Signal(object, str, str, object, str)
    cancelled = Signal()

    def __init__(self, theme: Theme, settings: Settings, prompts: Prompts, law: Law) -> None:
        lead = _("The file is encrypted from the first byte. Choose a place that is not synchronised to a cloud.")
        super().__init__(_("New case"), lead, 560)
        self._prompts = prompts
        self.title_line = QLineEdit()
        self.title_line.setPlaceholderText(_("e.g. Generica: detention at Camp North"))
        self._row(_("Working title"), self.title_line)
        self.boxes: dict[str, QCheckBox] = {}
        title = QLabel(_("Authorities to ask for"))
        title.setObjectName("fieldLabel")
        self.box.addWidget(title)
        for regime in law.regimes.values():
            box = QCheckBox(regime.title)
            box.setChecked(True)
            box.setToolTip(regime.effect)
            self.boxes[regime.code] = box
            self.box.addWidget(box)
        self.path_line = QLineEdit()
        self.browse = QPushButton(_("Choose…"))
        self._row(_("Where the case file lies"), self.path_line, self.browse)
        self.cloud = QFrame()
        self.cloud.setObjectName("notice")
        self.cloud_text = QLabel()
        self.cloud_text.setWordWrap(True)
        inner = QVBoxLayout(self.cloud)
        inner.setContentsMargins(12, 8, 12, 8)
        inner.addWidget(self.cloud_text)
        self.cloud.setVisible(False)
        self.box.addWidget(self.cloud)
        self.passphrase = NewPassphrase(theme)
        self.box.addWidget(self.passphrase)
        self.who = QLineEdit(settings.who)
        self._row(_("Your name in the history of changes"), self.who)
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
        title = QLabel(label)
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
        path = self._prompts.new_file(self, _("Where the case file lies"), f"{name}{CASE_SUFFIX}", CASE_FILES)
        if path is not None:
            self.path_line.setText(str(with_case_suffix(path)))

    def _on_path(self, text: str) -> None:
        # The case file and what it stands on take half a second to load; the first page does not wait for them.
        from magdesk.casefile import cloud_folder  # noqa: PLC0415

        service = cloud_folder(Path(text).expanduser()) if text.strip() else None
        if service:
            self.cloud_text.setText(
                _("This folder is synchronised by {service}: encrypted or not, copies leave this computer.").format(
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
            self.complain(_("Choose where the case file lies."))
        elif self.passphrase.problem:
            self.complain(self.passphrase.problem)
        else:
            self.complain("")
            path = with_case_suffix(Path(text).expanduser())
            self.create_requested.emit(
                path, self.passphrase.text, self.title_line.text().strip(), codes, self.who.text().strip()
            )


class UnlockPage(Door):
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
        super().__init__(_("Unlock"), "", 440)
        self.path: Path | None = None
        self._held = 0  # seconds
        self._holding = QTimer(self, interval=1000)
        self._holding.timeout.connect(self._count_down)
        self.passphrase = PassphraseLine(theme, _("Passphrase"))
        self.open_button = QPushButton(_("Unlock"))
        self.open_button.setProperty("kind", "primary")
        self.read_button = QPushButton(_("Open for reading only"))
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
            text = ngettext("{count} second before the next try", "{count} seconds before the next try", self._held)
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
