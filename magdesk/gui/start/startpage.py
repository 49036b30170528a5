"""The page on which the program begins."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from magdesk import __version__
from magdesk.gui.boundedwords import Label
from magdesk.gui.fitting import WrappedCheck
from magdesk.gui.layouts import take_all
from magdesk.gui.settings import Settings
from magdesk.gui.start.cardpage import CardPage
from magdesk.gui.theme import Theme
from magdesk.gui.words import _


class StartPage(CardPage):
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
        lead = _(
            "Prepares sanctions submissions. Each case is a single encrypted file on this computer; nothing "
            "is ever sent."
        )
        super().__init__(_("MagDesk"), lead, 520)
        self._theme, self._settings = theme, settings
        self.buttons: list[QPushButton] = []
        for icon, title, detail, signal in (
            ("new", _("Start a case"), _("One question at a time, in an encrypted file"), self.new_requested),
            ("open", _("Open a case"), _("Choose a case file and type its passphrase"), self.open_requested),
            ("sample", _("Look around in a sample"), _("A complete, fictional case to explore"),
             self.sample_requested),
        ):  # fmt: skip
            button = StartButton(theme, icon, title, detail)
            button.clicked.connect(signal)
            self.buttons.append(button)
            self.box.addWidget(button)
        self.recent_title = Label(_("Recent cases"))
        self.recent_title.setObjectName("fieldLabel")
        self.box.addWidget(self.recent_title)
        self.recent = QVBoxLayout()
        self.recent.setSpacing(2)
        self.box.addLayout(self.recent)
        self.remember = WrappedCheck(_("Remember recently opened cases"))
        self.remember.setChecked(settings.remember)
        self.remember.toggled.connect(self._on_remember)
        note = Label(
            _("Off by default: the list is stored unencrypted, and the location of a file can reveal a lot.")
        )
        note.setObjectName("help")
        note.setWordWrap(True)
        version = Label(_("Version {version}").format(version=__version__))
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


class StartButton(QPushButton):
    """A large button: icon, title, a line of detail."""

    def __init__(self, theme: Theme, icon: str, title: str, detail: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setAccessibleDescription(detail)
        picture = Label()
        picture.setPixmap(theme.icon(icon, "accent").pixmap(QSize(24, 24)))
        name = Label(title)
        name.setObjectName("cardTitle")
        words = Label(detail)
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
        self.setProperty("kind", "start")
