"""The question whether to put a law update into use, with all that it changes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QLabel, QVBoxLayout, QWidget

from magdesk.gui.boundedwords import Label
from magdesk.gui.law.difference import DifferenceView
from magdesk.gui.theme import Theme
from magdesk.gui.words import _, ngettext
from magdesk.services.lawupdates import ProposedUpdate, changed_regimes


class ProposalDialog(QDialog):
    """Who made it, who signed it, what is other; nothing counts before the button is pressed.

    Attributes:
        agreed: it is to count.
    """

    agreed = Signal(object)

    def __init__(self, proposed: ProposedUpdate, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Law update"))
        self.resize(860, 620)
        self._proposed = proposed
        update, signer = proposed.update, proposed.signed.signer
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(8)
        title = self._label(
            _("Law update of {day} by {issuer}").format(day=update.edition.as_of.isoformat(), issuer=update.issuer)
        )
        title.setObjectName("pageTitle")
        signed = self._label(
            _("Signed by {name}, key {fingerprint}").format(name=signer.name, fingerprint=signer.key.fingerprint)
        )
        signed.setObjectName("muted")
        box.addWidget(title)
        box.addWidget(signed)
        for text in self._warnings():
            box.addWidget(self._notice(text))
        self.view = DifferenceView(proposed.changes, update.note, theme)
        box.addWidget(self.view, 1)
        count = len(proposed.changes)
        regimes = ", ".join(changed_regimes(proposed.changes))
        summary = ngettext("{count} statement changes.", "{count} statements change.", count).format(count=count)
        if regimes:
            summary += " " + _("Regimes concerned: {regimes}.").format(regimes=regimes)
        self.summary = self._label(summary)
        self.summary.setObjectName("muted")
        box.addWidget(self.summary)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.accept_button = self.buttons.addButton(_("Put it into use"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setProperty("kind", "primary")
        self.accept_button.setAutoDefault(False)
        self.accept_button.setEnabled(not proposed.present)
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setDefault(True)  # a return pressed too soon changes nothing
        box.addWidget(self.buttons)
        self.view.setFocus()
        # Signals
        self.buttons.accepted.connect(self._on_agreed)
        self.buttons.rejected.connect(self.reject)

    def _warnings(self) -> list[str]:
        proposed, found = self._proposed, []
        if proposed.present:
            found.append(_("This update is already in use."))
        if proposed.made_from_other:
            found.append(
                _(
                    "It was made against another version of the law, of {day}, than the one in use "
                    "here: read the changes with care."
                ).format(day=proposed.update.follows.as_of.isoformat())
            )
        found += [
            _("{name} is not used: your own file of that name takes precedence.").format(name=name)
            for name in proposed.hidden_by_own
        ]
        return found

    @staticmethod
    def _label(text: str) -> QLabel:
        label = Label(text)
        label.setWordWrap(True)
        return label

    def _notice(self, text: str) -> QFrame:
        frame = QFrame()
        frame.setObjectName("notice")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(12, 8, 12, 8)
        inner.addWidget(self._label(text))
        return frame

    def _on_agreed(self) -> None:
        self.agreed.emit(self._proposed)
        self.accept()
