"""Hash lists, day by day, and the outside timestamps over them and over single items."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from magdesk.errors import CaseFileDamaged, MagdeskError, UserError
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.choices import evidence_title
from magdesk.gui.labels import label
from magdesk.gui.words import _, ngettext
from magdesk.model import HashList, TimestampProof

if TYPE_CHECKING:
    from magdesk.services.proofs.timestamps import ProofVerdict

_DAY = int(Qt.ItemDataRole.UserRole)
_TONES = {"verified": "ok", "read": "warn", "broken": "danger"}
_STANDINGS = {"verified": _("verified"), "read": _("kept, not verified"), "broken": _("does not verify")}


class ProofsView(QWidget):
    """The tree of days, lists and proofs, and what can be done with them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        lead = Label(
            _(
                "A hash list fixes everything that was added on one day. Write it, have its small root file "
                "timestamped elsewhere (RFC 3161 or OpenTimestamps), and import the proof. Only hashes leave "
                "this computer; a proof says when, never who or whether it is true."
            )
        )
        lead.setObjectName("help")
        lead.setWordWrap(True)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(_("Hash lists and timestamps"))
        self.tree.setHeaderLabels([_("Day or item"), _("State"), _("What it says")])
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setUniformRowHeights(False)
        self.tree.setWordWrap(True)
        self.tree.header().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.tree.setColumnWidth(0, 300)
        self.tree.setColumnWidth(1, 150)
        self.write_button = QPushButton(_("Write the list for the day…"))
        self.write_button.setToolTip(_("Two text files: the root, to be timestamped, and the hashes it stands for"))
        self.import_button = QPushButton(_("Import a timestamp…"))
        self.import_button.setToolTip(_("A .tsr or .ots file for a hash list or an exhibit of this case"))
        for button in (self.write_button, self.import_button):
            button.setAutoDefault(False)
        self.write_button.setEnabled(False)
        self.import_button.setEnabled(not desk.read_only)
        line = QHBoxLayout()
        line.addWidget(self.write_button)
        line.addWidget(self.import_button)
        line.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 14, 20, 14)
        box.setSpacing(10)
        box.addWidget(lead)
        box.addWidget(self.tree, 1)
        box.addLayout(line)
        self.tree.currentItemChanged.connect(self._enable)
        self.write_button.clicked.connect(self.write_list)
        self.import_button.clicked.connect(self.import_proof)

    def load(self) -> None:
        """Read days, lists and proofs, and verify each proof as things are now."""
        # The libraries that verify are read when somebody looks.
        from magdesk.services.proofs.hashlists import days, listing, verified_listing  # noqa: PLC0415
        from magdesk.services.proofs.timestamps import proofs  # noqa: PLC0415

        case = self._desk.case
        chosen = self._day()
        entries = case.custody()
        judged = {row.id: (row, verdict) for row, verdict in proofs(case)}
        lists: dict[date, list[HashList]] = {}
        for row in sorted(self._desk.rows(HashList), key=lambda one: (one.last_entry, one.id)):
            lists.setdefault(row.day, []).append(row)
        self.tree.clear()
        for day in reversed(days(case)):
            found = listing(entries, day)
            count = len(found.leaves) - 1 if found is not None else 0
            words = ngettext("{count} hash added", "{count} hashes added", count).format(count=count)
            written = lists.get(day, [])
            state = _("written") if written else _("not written yet")
            item = self._item(self.tree, day.isoformat(), state, words)
            item.setData(0, _DAY, day)
            for row in written:
                try:
                    verified_listing(entries, row)
                    holds, tone = _("the ledger reproduces it"), "ok"
                except CaseFileDamaged as error:
                    holds, tone = error.message, "danger"
                made = f"{row.made_at:%Y-%m-%d %H:%M} UTC" if row.made_at else ""
                text = _("{holds}; {count} hashes, root {root}").format(holds=holds, count=row.count, root=row.root)
                under = self._item(item, _("List written {moment}").format(moment=made), "", text, tone)
                under.setData(0, _DAY, day)
                for proof in row.proofs:
                    self._proof(under, *judged[proof.id]).setData(0, _DAY, day)
                under.setExpanded(True)
            item.setExpanded(bool(written))
            if day == chosen:
                self.tree.setCurrentItem(item)
        single = [pair for pair in judged.values() if pair[0].evidence is not None]
        if single:
            top = self._item(self.tree, _("Single items"), "", "")
            for proof, verdict in single:
                self._proof(top, proof, verdict)
            top.setExpanded(True)
        first = self.tree.topLevelItem(0)
        if self._day() is None and first is not None:
            self.tree.setCurrentItem(first)
        if not self.tree.topLevelItemCount():
            self._item(self.tree, _("Nothing has been added yet."), "", "").setDisabled(True)
        self._enable()

    def _item(
        self, parent: QTreeWidget | QTreeWidgetItem, title: str, state: str, text: str, tone: str = ""
    ) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent, [title, state, text])
        for column in range(3):
            item.setToolTip(column, item.text(column))
        if tone:
            item.setForeground(2, QBrush(self._desk.theme.palette.colour(tone)))
        return item

    def _proof(self, parent: QTreeWidgetItem, row: TimestampProof, verdict: ProofVerdict) -> QTreeWidgetItem:
        title = f"{label(row.kind)}: {row.file_name}"
        if row.evidence is not None:
            title = f"{evidence_title(row.evidence)}: {row.file_name}"
        item = self._item(parent, title, _STANDINGS[verdict.standing], verdict.sentence)
        item.setForeground(1, QBrush(self._desk.theme.palette.colour(_TONES[verdict.standing])))
        return item

    def _day(self) -> date | None:
        item = self.tree.currentItem()
        day = item.data(0, _DAY) if item is not None else None
        return day if isinstance(day, date) else None

    def _enable(self) -> None:
        self.write_button.setEnabled(self._day() is not None and not self._desk.read_only)

    def write_list(self) -> None:
        """Write root and digests of the chosen day where the user says."""
        from magdesk.services.proofs.hashlists import export_hash_list  # noqa: PLC0415

        day = self._day()
        if day is None:
            return
        name = f"hashes-{day.isoformat()}.txt"
        path = self._desk.prompts.new_file(self, _("Write the hash list"), name, _("Text (*.txt)"))
        if path is None:
            return
        self._desk.flush()
        try:
            # The desktop's dialog has asked already whether an old file may go.
            written = export_hash_list(self._desk.case, _fresh(path), day)
        except MagdeskError as error:
            self._desk.prompts.fail(self, error)
            return
        self.load()
        self._desk.notice_requested.emit(
            _("Written: {root}, to be timestamped, and {digests}.").format(
                root=written.root_file.name, digests=written.list_file.name
            ),
            False,
        )

    def import_proof(self) -> None:
        """Keep a proof with what it stamps, and say what it is worth."""
        from magdesk.services.proofs.timestamps import import_proof  # noqa: PLC0415

        kinds = _("Timestamps (*.tsr *.ots);;All files (*)")
        path = self._desk.prompts.open_file(self, _("Import a timestamp"), kinds)
        if path is None:
            return
        certificate = None
        if path.suffix.lower() != ".ots":
            title = _("Certificates of the authority, up to its root (optional)")
            certificate = self._desk.prompts.open_file(self, title, _("Certificates (*.pem *.crt *.cer *.der)"))
        self._desk.flush()
        try:
            content = _content(path)
            certificates = [_content(certificate)] if certificate is not None else []
            _row, verdict = import_proof(self._desk.case, content, path.name, certificates=certificates)
        except MagdeskError as error:
            self._desk.prompts.fail(self, error)
            return
        self.load()
        self._desk.notice_requested.emit(verdict.sentence, False)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(_("The file cannot be read."), _("Check that it still exists.")) from error


def _fresh(path: Path) -> Path:
    """The path with the ending of a text."""
    return path if path.suffix else path.with_suffix(".txt")
