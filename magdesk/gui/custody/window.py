"""The custody of the case in a window of its own, beside the page that somebody works on."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget

from magdesk.casefile import Changes
from magdesk.checks.finding import Place
from magdesk.gui.boundedwords import Label
from magdesk.gui.custody.ledger import LedgerView
from magdesk.gui.custody.proofs import ProofsView
from magdesk.gui.desk.desk import Desk
from magdesk.gui.words import _

_PAUSE = 300  # milliseconds after a change until everything is read anew


class CaseCustody(QDialog):
    """Ledger, and hash lists with their timestamps. Not modal.

    Attributes:
        verify_requested: every byte and every entry is to be checked.
    """

    verify_requested = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(_("Custody of the case"))
        self.resize(980, 640)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self.ledger = LedgerView(desk)
        self.proofs = ProofsView(desk)
        title = Label(_("Custody of the case"))
        title.setObjectName("pageTitle")
        self.verify_button = QPushButton(_("Verify the case file"))
        self.verify_button.setIcon(desk.theme.icon("shield", "muted"))
        self.verify_button.setAutoDefault(False)
        head = QHBoxLayout()
        head.setContentsMargins(20, 14, 20, 4)
        head.addWidget(title, 1)
        head.addWidget(self.verify_button)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.ledger, _("Ledger"))
        self.tabs.addTab(self.proofs, _("Hash lists and timestamps"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(self.tabs, 1)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._load)
        self.verify_button.clicked.connect(self.verify_requested)
        self.tabs.currentChanged.connect(self._load)
        self.ledger.item_requested.connect(self._on_item)
        desk.changed.connect(self._on_changed)

    def _load(self) -> None:
        if self._desk.closed or not self.isVisible():
            return
        if self.tabs.currentWidget() is self.ledger:
            self.ledger.load()
        else:
            self.proofs.load()

    def showEvent(self, event: QShowEvent) -> None:
        """Read when somebody looks."""
        super().showEvent(event)
        self._load()

    def _on_changed(self, _changes: Changes) -> None:
        self._timer.start()

    def _on_item(self, key: uuid.UUID) -> None:
        self._desk.go(Place("evidence", key))
