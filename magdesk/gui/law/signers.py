"""Whose law updates count: the trusted keys, and the question for the fingerprint of a new one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from magdesk.errors import MagdeskError
from magdesk.gui.boundedwords import Label
from magdesk.gui.prompts import Prompts
from magdesk.gui.words import _
from magdesk.regimes.kept import trusted_signers
from magdesk.services import lawupdates
from magdesk.signing.signature import SigningKey

KEY_FILES = _("Public keys and law updates (*.pub *.magdesk-law *);;All files (*)")


class TrustDialog(QDialog):
    """Asks for the fingerprint that the owner of a key told; it is not shown, or nobody would compare it.

    Attributes:
        trusted: the key counts from now on.
    """

    trusted = Signal()

    def __init__(self, key: SigningKey, called: str, lead: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Trust a key"))
        self.setMinimumWidth(560)
        self._key = key
        self.name = QLineEdit(called)
        self.fingerprint = QLineEdit()
        self.fingerprint.setPlaceholderText("SHA256:…")
        self.problem = Label()
        self.problem.setObjectName("fieldError")
        self.problem.setWordWrap(True)
        self.problem.setMinimumHeight(self.problem.fontMetrics().height() * 2)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.trust_button = buttons.addButton(_("Trust this key"), QDialogButtonBox.ButtonRole.AcceptRole)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(6)
        for text in (
            lead,
            _(
                "Whoever holds this key can change what your submissions say about the law. Ask its owner for the "
                "fingerprint by telephone or in person, never through the channel by which the file "
                "came, and type it here."
            ),
        ):
            label = Label(text)
            label.setWordWrap(True)
            box.addWidget(label)
        box.addSpacing(8)
        for title, line in (
            (_("Whose key it is"), self.name),
            (_("Fingerprint that the owner gave you"), self.fingerprint),
        ):
            label = Label(title)
            label.setObjectName("fieldLabel")
            label.setBuddy(line)
            line.setAccessibleName(title)
            box.addWidget(label)
            box.addWidget(line)
        box.addWidget(self.problem)
        box.addWidget(buttons)
        self.fingerprint.setFocus()
        # Signals
        buttons.accepted.connect(self._on_trust)
        buttons.rejected.connect(self.reject)

    def _on_trust(self) -> None:
        try:
            lawupdates.trust(self._key, self.fingerprint.text(), self.name.text())
        except MagdeskError as error:
            self.problem.setText(str(error))
            return
        self.trusted.emit()
        self.accept()


class SignersDialog(QDialog):
    """The trusted keys."""

    def __init__(self, prompts: Prompts, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Trusted keys"))
        self.resize(680, 380)
        self._prompts = prompts
        lead = Label(_("Law updates are accepted only when one of these keys signed them."))
        lead.setObjectName("muted")
        lead.setWordWrap(True)
        self.list = QTreeWidget()
        self.list.setAccessibleName(_("Trusted keys"))
        self.list.setHeaderLabels([_("Whose"), _("Fingerprint"), _("From")])
        self.list.setRootIsDecorated(False)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.empty = Label(_("No key is trusted yet, so no law update can be imported."))
        self.empty.setObjectName("muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.add_button = buttons.addButton(_("Trust a key…"), QDialogButtonBox.ButtonRole.ActionRole)
        self.remove_button = buttons.addButton(_("Stop trusting it"), QDialogButtonBox.ButtonRole.ActionRole)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(12)
        for widget in (lead, self.list, self.empty, buttons):
            box.addWidget(widget, 1 if widget is self.list else 0)
        # Signals
        self.add_button.clicked.connect(self.add)
        self.remove_button.clicked.connect(self.remove)
        self.list.itemSelectionChanged.connect(self._on_selected)
        buttons.rejected.connect(self.reject)
        self.refresh()

    def refresh(self) -> None:
        """Show them as they are now."""
        self.list.clear()
        try:
            known = trusted_signers()
        except MagdeskError as error:
            known = ()
            self._prompts.fail(self, error)
        for signer in known:
            origin = _("the program") if signer.ours else _("you")
            QTreeWidgetItem(self.list, [signer.name, signer.key.fingerprint, origin])
        self.empty.setVisible(not known)
        self._on_selected()

    def add(self) -> None:
        """Ask for a file with the key, then for its fingerprint."""
        path = self._prompts.open_file(self, _("Which key?"), KEY_FILES)
        if path is not None:
            self.ask_for(path)

    def ask_for(self, path: Path) -> None:
        """Ask for the fingerprint of the key in a file."""
        try:
            key, called = lawupdates.key_in(path)
        except MagdeskError as error:
            self._prompts.fail(self, error)
            return
        dialog = TrustDialog(key, called, _("The key in “{name}”.").format(name=path.name), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.trusted.connect(self.refresh)
        dialog.open()

    def remove(self) -> None:
        """Trust the chosen key no more."""
        (item,) = self.list.selectedItems()
        question = _("Stop trusting the key of {name}?").format(name=item.text(0))
        if not self._prompts.confirm(
            self, question, _("Its law updates will then be refused."), _("Stop trusting it")
        ):
            return
        try:
            lawupdates.distrust(item.text(1))
        except MagdeskError as error:
            self._prompts.fail(self, error)
        self.refresh()

    def _on_selected(self) -> None:
        self.remove_button.setEnabled(len(self.list.selectedItems()) == 1)
