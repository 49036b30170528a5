"""The settings of locking."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from magdesk.gui.boundedwords import Label
from magdesk.gui.fitting import WrappedCheck
from magdesk.gui.locking.capture import can_be_kept_out
from magdesk.gui.settings import Settings
from magdesk.gui.words import _


class SecurityDialog(QDialog):
    """When the case is locked, how long copied text stays, who sees the screen.

    Attributes:
        changed: the settings are others now.
    """

    changed = Signal()

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Security"))
        self.setMinimumWidth(460)
        self._settings = settings
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(24, 20, 24, 20)
        self._box.setSpacing(4)
        self.idle = self._number(
            _("Lock the case when the computer has been idle for"), _(" minutes"), settings.idle_minutes, 24 * 60
        )
        self.with_screen = WrappedCheck(_("Lock the case when the screen is locked"))
        self.with_screen.setChecked(settings.lock_with_screen)
        self._box.addWidget(self.with_screen)
        self._say(
            _(
                "The case is always locked when the computer goes to sleep. F12 closes everything at once, "
                "without asking: unsaved text in a field may be lost."
            )
        )
        self.clipboard = self._number(
            _("Clear copied text from the clipboard after"), _(" seconds"), settings.clipboard_seconds, 3600
        )
        self.unseen = WrappedCheck(_("Keep the window out of screenshots and screen recordings"))
        self.unseen.setChecked(settings.kept_out_of_pictures)
        # Where the system cannot do it, nobody is promised it.
        self.unseen.setVisible(can_be_kept_out())
        self._box.addWidget(self.unseen)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._box.addSpacing(12)
        self._box.addWidget(buttons)

    def accept(self) -> None:
        """Keep them."""
        self._settings.idle_minutes = self.idle.value()
        self._settings.lock_with_screen = self.with_screen.isChecked()
        self._settings.clipboard_seconds = self.clipboard.value()
        self._settings.kept_out_of_pictures = self.unseen.isChecked()
        self.changed.emit()
        super().accept()

    def _number(self, title: str, unit: str, value: int, most: int) -> QSpinBox:
        label = Label(title)
        label.setObjectName("fieldLabel")
        label.setWordWrap(True)
        line = QSpinBox()
        line.setRange(0, most)
        line.setSuffix(unit)
        line.setSpecialValueText(_("Never"))
        line.setValue(value)
        line.setAccessibleName(title)
        label.setBuddy(line)
        self._box.addWidget(label)
        self._box.addWidget(line)
        self._box.addSpacing(10)
        return line

    def _say(self, text: str) -> None:
        label = Label(text)
        label.setObjectName("help")
        label.setWordWrap(True)
        self._box.addWidget(label)
        self._box.addSpacing(10)
