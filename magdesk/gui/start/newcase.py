"""The page on which a new case is made."""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

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
    from magdesk.regimes.regime import Law, Regime


class NewCasePage(CardPage):
    """What a new case needs: a title, a passphrase, a place; the governments to be asked can be chosen later.

    Attributes:
        create_requested: everything is there: path, passphrase, title, authority codes, who.
        cancelled: the user went back.
    """

    create_requested = Signal(object, str, str, object, str)
    cancelled = Signal()

    def __init__(self, theme: Theme, settings: Settings, prompts: Prompts, law: Law, today: date) -> None:
        lead = _("The file is encrypted from the start. Choose a folder that is not synced to a cloud.")
        super().__init__(_("New case"), lead, 560)
        self._prompts = prompts
        self.title_line = QLineEdit(_("Case of {day}").format(day=today.isoformat()))
        self._row(_("Working title"), self.title_line)
        hint = Label(_("No names of victims or of the person accused: the title is seen in the window."))
        hint.setObjectName("help")
        hint.setWordWrap(True)
        self.box.addWidget(hint)
        self.passphrase = NewPassphrase(theme)
        self.box.addWidget(self.passphrase)
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
        self.countries = CountryChoice(theme, law)
        self.boxes = self.countries.boxes
        self.box.addWidget(self.countries)
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
        self.title_line.returnPressed.connect(self._on_create)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._on_create)
        self.create_button.clicked.connect(self._on_create)
        self.back.clicked.connect(self.cancelled)
        self.path_line.setText(str(_free_place(today)))

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
        self.title_line.selectAll()

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


class CountryChoice(QWidget):
    """The governments that may be asked, none chosen; the laws of each are folded below it.

    Attributes:
        boxes: of each law, by its code.
    """

    def __init__(self, theme: Theme, law: Law) -> None:
        super().__init__()
        self._theme = theme
        self.boxes: dict[str, WrappedCheck] = {}
        title = Label(_("Which governments do you want to ask? You can decide later."))
        title.setObjectName("fieldLabel")
        title.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(title)
        found: dict[str, list[Regime]] = {}
        for regime in law.regimes.values():
            found.setdefault(regime.jurisdiction, []).append(regime)
        self.countries: dict[str, WrappedCheck] = {}
        for country, regimes in found.items():
            laws = QWidget()
            inner = QVBoxLayout(laws)
            inner.setContentsMargins(24, 0, 0, 8)
            for regime in regimes:
                one = WrappedCheck(regime.title)
                one.setToolTip(regime.effect)
                self.boxes[regime.code] = one
                inner.addWidget(one)
            whole = WrappedCheck(country)
            whole.toggled.connect(partial(self._on_country, [one.code for one in regimes]))
            self.countries[country] = whole
            fold = QPushButton(_("Laws"))
            fold.setProperty("kind", "quiet")
            fold.setCheckable(True)
            fold.setAccessibleName(_("Laws of {country}").format(country=country))
            fold.setIcon(theme.icon("expand", "accent"))
            fold.toggled.connect(partial(self._on_fold, fold, laws))
            line = QHBoxLayout()
            line.addWidget(whole, 1)
            line.addWidget(fold, 0, Qt.AlignmentFlag.AlignTop)
            box.addLayout(line)
            box.addWidget(laws)
            laws.setVisible(False)

    def _on_country(self, codes: list[str], on: bool) -> None:
        for code in codes:
            self.boxes[code].setChecked(on)

    def _on_fold(self, fold: QPushButton, laws: QWidget, on: bool) -> None:
        laws.setVisible(on)
        fold.setIcon(self._theme.icon("chevron" if on else "expand", "accent"))


def _free_place(today: date) -> Path:
    """A file in the user's documents that is not there yet. Its name says nothing of the case."""
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    folder = folder if folder.is_dir() else Path.home()
    plain = folder / f"case-{today.isoformat()}{CASE_SUFFIX}"
    further = (folder / f"case-{today.isoformat()}-{number}{CASE_SUFFIX}" for number in count(2))
    return next(path for path in chain((plain,), further) if not path.exists())
