"""Money: who paid whom, when, how much and for what, each payment with its source, and the sums below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from magdesk.casefile import Changes
from magdesk.dossier.payments import flows
from magdesk.errors import InputError
from magdesk.gui.boundedwords import Label
from magdesk.gui.chart.words import sums_words
from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.choices import incident_choices, party_choices, party_name
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.rowkind import RowKind
from magdesk.gui.forms.rowkinds import add_sources, sources
from magdesk.gui.forms.standardfield import Standard
from magdesk.gui.layouts import scrolled
from magdesk.gui.lists.listpage import ListPage
from magdesk.gui.pages.pasting import PastingDialog
from magdesk.gui.words import _, joined, ngettext
from magdesk.isolates import isolated
from magdesk.model import Base, Party, Payment
from magdesk.money import amount_words
from magdesk.services.pastedpayments import PastedPayment, pasted_payments, take_payments

_LEFT_TO_RIGHT = "\u200e"
_SHOWN = 6  # sums that are shown below the list


def _from_to(row: Payment) -> str:
    payer = party_name(row.payer) if row.payer else _("payer not known")
    payee = party_name(row.payee) if row.payee else _("payee not known")
    return arrow(payer, payee)


def arrow(payer: str, payee: str) -> str:
    """From whom to whom, from left to right whatever way the names are written."""
    return f"{_LEFT_TO_RIGHT}{isolated(payer)} → {isolated(payee)}"


PAYMENT = RowKind(
    kind=Payment,
    page="money",
    add=_("Add a payment"),
    one=_("payment"),
    empty=_(
        "No payment yet. Bribes, ransoms, wages that were withheld, transfers between companies: one row for each."
    ),
    title=lambda _desk, row: joined(
        amount_words(row.amount, row.currency) if row.amount is not None else _("amount not known"),
        row.date.display() if row.date else "",
    ),
    detail=lambda _desk, row: joined(_from_to(row), row.purpose[:60], sources(row)),
    build=lambda _form: None,
    start=lambda desk, _owner: _like_the_last(desk),
)


def _like_the_last(desk: Desk) -> dict[str, object]:
    """Payments come in runs: the next one begins with the parties and the currency of the last."""
    rows = desk.rows(Payment)
    if not rows:
        return {}
    last = rows[-1]
    return {name: getattr(last, name) for name in ("currency", "payer_id", "payee_id", "incident_id")}


class MoneyPage(ListPage):
    """The payments."""

    code = "money"

    def __init__(self, desk: Desk) -> None:
        lead = _("Who paid whom, when, how much and for what. Each payment needs its own source.")
        super().__init__(desk, _("Money"), lead, PAYMENT)
        self.sums = Label()
        self.sums.setObjectName("muted")
        self.sums.setWordWrap(True)
        self.sums.setTextFormat(Qt.TextFormat.PlainText)
        self.sums.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        foot = QWidget()
        box = QVBoxLayout(foot)
        box.setContentsMargins(24, 10, 24, 14)
        box.addWidget(self.sums)
        self.body.addWidget(foot)
        self.paste = QPushButton(_("Paste rows…"))
        self.paste.setToolTip(_("Add the payments that were copied out of a spreadsheet"))
        self.paste.setEnabled(not desk.read_only)
        self.paste.clicked.connect(self.paste_rows)
        self.tools.insertWidget(self.tools.indexOf(self.add_button), self.paste)
        self._show_sums()

    def make_detail(self) -> QWidget:
        """One form."""
        form = Form(self.desk, "money")
        form.amount("amount", _("Amount"), 4)
        form.standard("currency", _("Currency"), Standard.CURRENCY, 4, hint=_("e.g. USD"))
        form.partial_date("date", _("Date"), 4)
        form.reference("payer_id", _("Paid by"), party_choices, 6)
        form.reference("payee_id", _("Paid to"), party_choices, 6)
        form.text("from_account", _("From account"), 6)
        form.text("to_account", _("To account"), 6)
        form.multiline("purpose", _("What it was for, as far as the sources say"))
        form.reference("incident_id", _("Part of which incident"), incident_choices)
        add_sources(form)
        self.form = form
        return scrolled(form)

    def bind(self, row: Base | None) -> None:
        """Show one."""
        self.form.bind(row)

    def paste_rows(self) -> None:
        """Show what the clipboard holds, and take it in one step."""
        if not self.desk.flush():
            return
        try:
            lines = pasted_payments(QGuiApplication.clipboard().text(), self.desk.rows(Party))
        except InputError as error:
            self.desk.notice_requested.emit(str(error), False)
            return
        dialog = PastingDialog(self.desk, lines, self)
        dialog.taken.connect(self._on_taken)
        dialog.open()

    def _on_taken(self, lines: list[PastedPayment]) -> None:
        label = ngettext("Paste {n} payment", "Paste {n} payments", len(lines)).format(n=len(lines))
        rows: list[Payment] = []
        if self.desk.try_change(label, lambda session: rows.extend(take_payments(session, lines))):
            self.refresh()
            self.select(rows[0].id)
            self.desk.notice_requested.emit(ngettext("Added {n}", "Added {n}", len(rows)).format(n=len(rows)), True)

    def on_changed(self, changes: Changes) -> None:
        """Follow the case."""
        super().on_changed(changes)
        self._show_sums()

    def _show_sums(self) -> None:
        found = flows(self.desk.rows(Payment))
        lines = []
        for flow in found[:_SHOWN]:
            payer, payee = (self.desk.get(Party, key) if key else None for key in (flow.payer, flow.payee))
            ends = [party_name(party) if party else _("not known") for party in (payer, payee)]
            lines.append(f"{arrow(*ends)}: {sums_words(flow.sums)}")
        if len(found) > _SHOWN:
            lines.append(_("and {count} more; the chart of ties shows them all").format(count=len(found) - _SHOWN))
        self.sums.setText("\n".join(lines))
        self.sums.setVisible(bool(lines))
