"""The dialog that lists the backups of a case and brings one back beside its file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from magdesk.errors import MagdeskError
from magdesk.gui.boundedwords import Label
from magdesk.gui.runner import Runner
from magdesk.gui.start.passphrase import PassphraseLine
from magdesk.gui.theme import Theme
from magdesk.gui.words import _
from magdesk.progress import CancelToken, Progress

if TYPE_CHECKING:
    from magdesk.services.restoring import KeptCopy


class RestoreDialog(QDialog):
    """Backups of one case file: when, how large, what is in them, whether the passphrase opens them.

    The case file itself is not touched. Attributes:
        restored: a backup was put beside it: where.
    """

    restored = Signal(object)

    def __init__(self, path: Path, passphrase: str, theme: Theme, runner: Runner, parent: QWidget) -> None:
        """Ask for the passphrase, or list at once where one was typed already."""
        super().__init__(parent)
        self.setWindowTitle(_("Restore a backup"))
        self.resize(720, 460)
        self._path, self._runner = path, runner
        self._phrase = ""
        self._copies: list[KeptCopy] = []
        lead = Label(
            _("The backup is placed next to “{name}” as a separate file. The file itself is kept as it is.").format(
                name=path.name
            )
        )
        lead.setTextFormat(Qt.TextFormat.PlainText)
        lead.setObjectName("muted")
        lead.setWordWrap(True)
        self.passphrase = PassphraseLine(theme, _("Passphrase"))
        self.look = QPushButton(_("List the backups"))
        self.list = QTreeWidget()
        self.list.setAccessibleName(_("Backups"))
        self.list.setHeaderLabels([_("Made"), _("Size"), _("Facts"), _("Exhibits"), _("Passphrase")])
        self.list.setRootIsDecorated(False)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.problem = Label()
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setObjectName("fieldError")
        self.problem.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.bring = self.buttons.addButton(_("Restore"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.bring.setProperty("kind", "primary")
        self.bring.setEnabled(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(12)
        for widget in (lead, self.passphrase, self.look, self.list, self.problem, self.buttons):
            box.addWidget(widget, 1 if widget is self.list else 0)
        # Signals
        self.look.clicked.connect(self.start)
        self.passphrase.entered.connect(self.start)
        self.list.itemSelectionChanged.connect(self._on_selected)
        self.buttons.accepted.connect(self.bring_back)
        self.buttons.rejected.connect(self.reject)
        if passphrase:
            self.passphrase.line.setText(passphrase)
            self.start()

    def start(self) -> None:
        """List the backups, trying the passphrase that was typed on each."""
        if not self.passphrase.text:
            self.problem.setText(_("Type the passphrase."))
            return
        path, phrase = self._path, self.passphrase.text
        self._phrase = phrase
        self._set_busy(True, _("Examining the backups…"))

        def work(progress: Progress, cancel: CancelToken) -> list[KeptCopy]:
            from magdesk.services.restoring import list_backups  # noqa: PLC0415  the first page does not wait for it

            return list_backups(path, phrase, progress=progress, cancel=cancel)

        self._runner.submit(
            _("Examining the backups"), work, done=self._on_listed, failed=self._on_failed, owner=self
        )

    def bring_back(self) -> None:
        """Put the chosen backup beside the case file."""
        chosen = self._chosen()
        if chosen is None:
            return
        path, phrase = self._path, self._phrase
        self._set_busy(True, _("Restoring…"))

        def work(progress: Progress, cancel: CancelToken) -> Path:
            from magdesk.services.restoring import restore_backup  # noqa: PLC0415  as above

            return restore_backup(path, chosen, phrase, progress=progress, cancel=cancel)

        self._runner.submit(_("Restoring a backup"), work, done=self._on_restored, failed=self._on_failed, owner=self)

    def _chosen(self) -> KeptCopy | None:
        items = self.list.selectedItems()
        return self._copies[self.list.indexOfTopLevelItem(items[0])] if items else None

    def _on_selected(self) -> None:
        self.bring.setEnabled(self._chosen() is not None)

    def _on_listed(self, copies: list[KeptCopy]) -> None:
        self._set_busy(False)
        self._copies = copies
        self.list.clear()
        words = {
            "opens": _("this passphrase"),
            "other_passphrase": _("a different passphrase"),
            "damaged": _("damaged"),
        }
        locale = QLocale()
        usable = None
        for copy in copies:
            cells = [
                f"{copy.at.astimezone():%Y-%m-%d %H:%M:%S}",
                locale.formattedDataSize(copy.size),
                "" if copy.facts is None else str(copy.facts),
                "" if copy.exhibits is None else str(copy.exhibits),
                words[copy.standing],
            ]
            item = QTreeWidgetItem(self.list, cells)
            if usable is None and copy.standing == "opens":
                usable = item
        if usable is not None:
            self.list.setCurrentItem(usable)
        if not copies:
            self.problem.setText(_("This passphrase opens none of the backups of this case."))
        self.list.setFocus()

    def _on_restored(self, made: Path) -> None:
        self._set_busy(False)
        self.restored.emit(made)
        self.accept()

    def _on_failed(self, error: MagdeskError) -> None:
        self._set_busy(False)
        self.problem.setText(str(error))

    def _set_busy(self, busy: bool, text: str = "") -> None:
        for widget in (self.passphrase, self.look, self.list, self.bring):
            widget.setEnabled(not busy)
        self.problem.setText(text)
        if not busy:
            self._on_selected()
