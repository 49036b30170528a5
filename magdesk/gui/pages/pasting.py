"""The dialog that shows copied lines of payments before they are taken: what each becomes, or why it cannot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from magdesk.gui.boundedwords import LINE_LETTERS, Label, shortened
from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.choices import party_name
from magdesk.gui.words import _, ngettext
from magdesk.model import Party
from magdesk.money import amount_words
from magdesk.services.pastedpayments import PastedPayment

_MEASURED = 200  # lines; of more, each has the height of one


class PastingDialog(QDialog):
    """A preview of the lines, those that cannot be taken marked.

    Attributes:
        taken: these lines are to become payments.
    """

    taken = Signal(object)

    def __init__(self, desk: Desk, lines: Sequence[PastedPayment], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Paste payments"))
        self._desk, self._good = desk, [line for line in lines if not line.problem]
        heads = (_("Amount"), _("Date"), _("Paid by"), _("Paid to"), _("What for"), _("Problem"))
        self.table = QTableWidget(len(lines), len(heads))
        self.table.setAccessibleName(_("The copied lines"))
        self.table.setHorizontalHeaderLabels(heads)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setWordWrap(True)
        for place, line in enumerate(lines):
            for column, whole in enumerate(self._cells(line)):
                text = shortened(whole, LINE_LETTERS)
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                if line.problem:
                    item.setForeground(desk.theme.palette.colour("danger" if column == len(heads) - 1 else "muted"))
                self.table.setItem(place, column, item)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for column, width in enumerate((110, 130, 130, 130, 130)):
            self.table.setColumnWidth(column, width)
        if len(lines) <= _MEASURED:
            self.table.resizeRowsToContents()
        bad = len(lines) - len(self._good)
        self.note = Label()
        self.note.setWordWrap(True)
        left = ngettext("{n} line cannot be taken.", "{n} lines cannot be taken.", bad).format(n=bad) if bad else ""
        after = _("Each payment still needs its source; undo takes all of them back.")
        self.note.setText(" ".join(filter(None, (left, after))))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        count = len(self._good)
        add = ngettext("Add {n} payment", "Add {n} payments", count).format(n=count)
        self.yes = buttons.addButton(add, QDialogButtonBox.ButtonRole.AcceptRole)
        self.yes.setProperty("kind", "primary")
        self.yes.setEnabled(bool(count))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setSpacing(8)
        box.addWidget(self.table, 1)
        box.addWidget(self.note)
        box.addWidget(buttons)
        self.resize(900, 420)

    def accept(self) -> None:
        """Tell which lines are taken."""
        self.taken.emit(self._good)
        super().accept()

    def _cells(self, line: PastedPayment) -> tuple[str, ...]:
        said = line.cells
        if line.problem:
            amount = f"{said.get('currency', '')} {said.get('amount', '')}".strip()
            ends = [said.get(name, "") for name in ("payer", "payee")]
            return amount, said.get("date", ""), *ends, said.get("purpose", ""), line.problem
        parties = [self._desk.get(Party, key) for key in (line.payer_id, line.payee_id)]
        ends = [party_name(party) if party is not None else "" for party in parties]
        amount = amount_words(line.amount, line.currency) if line.amount is not None else ""
        return amount, line.date.display() if line.date else "", *ends, said.get("purpose", ""), ""
