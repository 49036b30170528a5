"""Lines for passphrases: show and hide, a hint about caps lock, how strong a new one is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QPushButton, QToolButton, QVBoxLayout, QWidget

from magdesk.errors import UserError
from magdesk.gui.boundedwords import Label
from magdesk.gui.theme import Theme
from magdesk.gui.words import _
from magdesk.services.passphrases import PassphraseStrength, made_passphrase, require_strong, strength

_LEVELS = {
    PassphraseStrength.VERY_WEAK: ("bad", _("Very weak: anyone can guess it")),
    PassphraseStrength.WEAK: ("bad", _("Weak: a computer can guess it in no time")),
    PassphraseStrength.FAIR: ("fair", _("Not strong enough: add another random word")),
    PassphraseStrength.STRONG: ("good", _("Strong")),
    PassphraseStrength.VERY_STRONG: ("good", _("Very strong")),
}


class PassphraseLine(QWidget):
    """One passphrase.

    Attributes:
        changed: the text changed.
        entered: Enter was pressed.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, theme: Theme, label: str) -> None:
        super().__init__()
        self.title = Label(label)
        self.title.setObjectName("fieldLabel")
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(label)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)
        self.title.setBuddy(self.line)
        self.show_button = QToolButton()
        self.show_button.setIcon(theme.icon("eye", "muted"))
        self.show_button.setCheckable(True)
        self.show_button.setToolTip(_("Show the passphrase"))
        self.show_button.setAccessibleName(_("Show the passphrase"))
        self.caps = Label(_("Caps Lock appears to be on."))
        self.caps.setObjectName("fieldError")
        self.caps.setVisible(False)
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(self.line, 1)
        row.addWidget(self.show_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        box.addWidget(self.title)
        box.addLayout(row)
        box.addWidget(self.caps)
        self.line.textChanged.connect(self.changed)
        self.line.returnPressed.connect(self.entered)
        self.line.installEventFilter(self)
        self.show_button.toggled.connect(self._on_show)

    @property
    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    def clear(self) -> None:
        """Forget it."""
        self.line.clear()
        self.show_button.setChecked(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt does not tell the state of caps lock; a capital without shift gives it away."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            text = event.text()
            if text.isalpha() and text.upper() != text.lower():
                shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.caps.setVisible(text.isupper() != shift)
        return super().eventFilter(watched, event)

    def _on_show(self, on: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)


class NewPassphrase(QWidget):
    """A new passphrase, typed twice, with its strength.

    Attributes:
        changed: either text changed.
        entered: Enter was pressed in the second line.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.first = PassphraseLine(theme, _("New passphrase"))
        self.second = PassphraseLine(theme, _("Repeat the passphrase"))
        self.make = QPushButton(_("Make a passphrase for me"))
        self.make.setProperty("kind", "quiet")
        self.make.clicked.connect(self.make_one)
        self.made = Label()
        self.made.setObjectName("sectionTitle")
        self.made.setWordWrap(True)
        self.made.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.made.setVisible(False)
        self.bar = QProgressBar()
        self.bar.setRange(0, 4)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Strength of the passphrase"))
        self.words = Label()
        self.words.setObjectName("help")
        self.words.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.make, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.made)
        box.addWidget(self.first)
        box.addWidget(self.bar)
        box.addWidget(self.words)
        box.addWidget(self.second)
        for line in (self.first, self.second):
            line.changed.connect(self._on_changed)
        self.second.entered.connect(self.entered)
        self._strength = PassphraseStrength.VERY_WEAK
        self._on_changed()

    def make_one(self) -> None:
        """Put five random words into both lines and show them, to be written down by hand."""
        words = made_passphrase()
        for line in (self.first, self.second):
            line.line.setText(words)
        self.made.setText(_("Write this down by hand now:\n{words}").format(words=words))
        self.made.setVisible(True)

    @property
    def problem(self) -> str:
        """Why it cannot be used yet; empty when it can."""
        if not self.first.text:
            return _("Type a passphrase.")
        try:
            require_strong(self.first.text)
        except UserError as error:
            return str(error)
        if self.first.text != self.second.text:
            return _("The two passphrases differ.")
        return ""

    @property
    def text(self) -> str:
        """The passphrase."""
        return self.first.text

    def clear(self) -> None:
        """Forget both."""
        self.first.clear()
        self.second.clear()
        self.made.clear()

    def _on_changed(self) -> None:
        typed = self.first.text
        if not typed or not self.made.text().endswith(typed):
            self.made.setVisible(False)
        self._strength = strength(self.first.text)
        level, words = _LEVELS[self._strength]
        self.bar.setValue(max(self._strength, 1) if self.first.text else 0)
        self.bar.setProperty("level", level)
        self.bar.style().polish(self.bar)
        self.words.setText(
            words if self.first.text else _("No one can recover a lost passphrase, not even the makers of MagDesk.")
        )
        self.bar.setAccessibleDescription(self.words.text())
        self.changed.emit()
