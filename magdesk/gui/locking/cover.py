"""What stands in the window instead of the case when it has to be out of sight but cannot be closed yet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from magdesk.gui.start.cardpage import CardPage
from magdesk.gui.start.passphrase import PassphraseLine
from magdesk.gui.theme import Theme
from magdesk.gui.words import _, ngettext


class Cover(CardPage):
    """Hides the case. It says plainly that the key is still in memory.

    Attributes:
        uncover_requested: the passphrase was typed.
        discard_requested: what cannot be saved is to be given up, so that the case can be locked.
    """

    uncover_requested = Signal(str)
    discard_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(_("Hidden, not yet locked"), "", 480)
        self.passphrase = PassphraseLine(theme, _("Passphrase"))
        self.uncover_button = QPushButton(_("Continue working"))
        self.uncover_button.setProperty("kind", "primary")
        self.discard_button = QPushButton(_("Discard and lock"))
        self.box.addWidget(self.passphrase)
        self.box.addWidget(self.problem)
        line = QHBoxLayout()
        line.addWidget(self.discard_button)
        line.addStretch(1)
        line.addWidget(self.uncover_button)
        self.box.addLayout(line)
        self.passphrase.entered.connect(self._on_uncover)
        self.uncover_button.clicked.connect(self._on_uncover)
        self.discard_button.clicked.connect(self.discard_requested)

    def wait_for_jobs(self) -> None:
        """Say that the case is locked as soon as what runs has ended."""
        self.lead.setText(
            _(
                "The case is hidden. It will be locked as soon as the work in progress has finished. Until then, "
                "its key is in the memory of this computer."
            )
        )
        self.discard_button.hide()
        self._ask()

    def wait_for_fields(self, count: int) -> None:
        """Say that text would be lost."""
        text = ngettext(
            "The case is hidden but not locked: {count} field contains text that could not be saved. The key "
            "is still in the memory of this computer. Continue working and correct the field, or discard its "
            "text.",
            "The case is hidden but not locked: {count} fields contain text that could not be saved. The key "
            "is still in the memory of this computer. Continue working and correct the fields, or discard "
            "their text.",
            count,
        )
        self.lead.setText(text.format(count=count))
        self.discard_button.show()
        self._ask()

    def set_busy(self, busy: bool) -> None:
        """Wait for the passphrase to be tried."""
        for widget in (self.passphrase, self.uncover_button):
            widget.setEnabled(not busy)

    def _ask(self) -> None:
        self.passphrase.clear()
        self.complain("")
        self.set_busy(False)
        self.passphrase.line.setFocus()

    def _on_uncover(self) -> None:
        if self.passphrase.text:
            self.complain("")
            self.uncover_requested.emit(self.passphrase.text)
        else:
            self.complain(_("Type the passphrase."))
