"""What happened to one item of evidence: its part of the custody ledger, and the outside timestamps kept with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from magdesk.errors import MagdeskError, UserError
from magdesk.gui.desk.desk import Desk
from magdesk.gui.fitting import OneLine
from magdesk.gui.words import _, between, ngettext
from magdesk.model import Evidence
from magdesk.services.custody import EventLine, events_of

_COLUMNS = (_("When (UTC)"), _("Who"), _("What"), _("Details"))


class CustodyTab(QWidget):
    """The ledger of the chosen item, read only, newest first; and a button that takes a proof in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._row: Evidence | None = None
        self.lead = OneLine()
        self.lead.setObjectName("help")
        self.add_button = QPushButton(_("Add a timestamp…"))
        self.add_button.setToolTip(_("Keep a .tsr or .ots file that was made elsewhere for this exhibit"))
        self.add_button.setEnabled(not desk.read_only)
        self.add_button.clicked.connect(self.add_proof)
        self.proofs = OneLine()
        self.table = QTableWidget(0, len(_COLUMNS))
        self.table.setAccessibleName(_("Custody ledger of this item"))
        self.table.setHorizontalHeaderLabels(list(_COLUMNS))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().setVisible(False)
        self.table.verticalHeader().setDefaultSectionSize(28)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        head = QHBoxLayout()
        head.addWidget(self.lead, 1)
        head.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 12, 24, 12)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(self.proofs)
        box.addWidget(self.table, 1)

    def bind(self, row: Evidence | None) -> None:
        """Show the ledger of an item."""
        self._row = row
        if self.isVisible():
            self.load()

    def showEvent(self, event: object) -> None:
        """Read the ledger when somebody looks."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.load()

    def load(self) -> None:
        """Read the ledger and the proofs anew."""
        row = self._row
        if row is None:
            return
        events = events_of(self.desk.case, row.id)
        count = ngettext("{count} entry.", "{count} entries.", len(events)).format(count=len(events))
        self.lead.setText(f"{count} {_('Entries are never changed; “Verify the case file” proves it.')}")
        self.proofs.setText(between(" · ", self._proof_lines(row)))
        self.proofs.setVisible(bool(row.proofs))
        self.table.setRowCount(len(events))
        for place, event in enumerate(reversed(events)):
            self._fill(place, event)

    def _fill(self, place: int, event: EventLine) -> None:
        for column, text in enumerate((f"{event.at:%Y-%m-%d %H:%M}", event.who, event.what, event.detail)):
            cell = QTableWidgetItem(text)
            cell.setToolTip(
                _("{detail}\nEntry {number}, {tool}\nSHA-256 {digest}\nHash {hash}").format(
                    detail=event.detail or event.what,
                    number=event.number,
                    tool=event.tool,
                    digest=event.output or "–",
                    hash=event.hash,
                )
            )
            self.table.setItem(place, column, cell)

    def _proof_lines(self, row: Evidence) -> list[str]:
        if not row.proofs:
            return []
        # The libraries that verify are read when there is something to verify.
        from magdesk.services.proofs.timestamps import judge  # noqa: PLC0415

        return [f"{proof.file_name}: {judge(self.desk.case, proof).sentence}" for proof in row.proofs]

    def add_proof(self) -> None:
        """Ask for a proof, and for the authority's certificates where it is an RFC 3161 answer."""
        kinds = _("Timestamps (*.tsr *.ots);;All files (*)")
        path = self.desk.prompts.open_file(self, _("Add a timestamp"), kinds)
        if path is None:
            return
        certificate = None
        if path.suffix.lower() != ".ots":
            title = _("Certificates of the authority, up to its root (optional)")
            certificate = self.desk.prompts.open_file(self, title, _("Certificates (*.pem *.crt *.cer *.der)"))
        self.desk.flush()
        try:
            self._take(path, certificate)
        except MagdeskError as error:
            self.desk.prompts.fail(self, error)
        self.load()

    def _take(self, path: Path, certificate: Path | None) -> None:
        from magdesk.services.proofs.timestamps import import_proof  # noqa: PLC0415

        try:
            content = path.read_bytes()
            certificates = [certificate.read_bytes()] if certificate is not None else []
        except OSError as error:
            raise UserError(_("The file cannot be read."), _("Check that it still exists.")) from error
        _row, verdict = import_proof(self.desk.case, content, path.name, certificates=certificates)
        self.desk.notice_requested.emit(verdict.sentence, False)
