"""Other accountability: proceedings about the same conduct, and what other sanctions lists and submissions show."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget

from magdesk.casefile import Changes
from magdesk.checks.finding import Place
from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.cards import TableCards
from magdesk.gui.forms.choices import plain_text, target_choices
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.page import Page
from magdesk.gui.forms.rowkind import RowKind
from magdesk.gui.forms.rowkinds import add_sources, joined, sources
from magdesk.gui.labels import label
from magdesk.gui.layouts import scrolled
from magdesk.i18n import _
from magdesk.model import OtherSanction, Proceeding
from magdesk.model.drafting import ProceedingStatus


def _build_proceeding(form: Form) -> None:
    form.text("forum", _("Court or body"), 6)
    form.choice("status", _("Status"), ProceedingStatus, 3)
    form.partial_date("date", _("Date"), 3)
    form.boolean("domestic", _("In the country where it happened"), 5)
    form.reference("target_id", _("About which target (leave empty for several)"), target_choices, 7)
    form.narrative("text", _("What happened, and how much weight it deserves"))
    add_sources(form)


PROCEEDING = RowKind(
    kind=Proceeding,
    page="accountability",
    add=_("Add a proceeding"),
    one=_("proceeding"),
    empty=_("None yet. Enter criminal complaints, inquiries, UN procedures and civil suits, and where each stands."),
    title=lambda desk, row: row.forum or plain_text(desk, row.text)[:80],
    detail=lambda _desk, row: joined(label(row.status), row.date.display() if row.date else "", sources(row)),
    build=_build_proceeding,
)


def _build_sanction(form: Form) -> None:
    form.text("jurisdiction", _("Jurisdiction or recipient"), 6)
    form.text("reference", _("Entry or reference"), 6)
    form.boolean("listed", _("Is listed"), 4)
    form.partial_date("listed_on", _("Listed on"), 4)
    form.date("checked_on", _("Checked on"), 4)
    form.reference("target_id", _("About which target (leave empty for several)"), target_choices)
    form.narrative("text", _("What the check or the submission found"))
    add_sources(form)


SANCTION = RowKind(
    kind=OtherSanction,
    page="accountability",
    add=_("Add a check or submission"),
    one=_("check or submission"),
    empty=_("None yet. Enter the lists of other jurisdictions that were checked and the submissions made elsewhere."),
    title=lambda _desk, row: row.jurisdiction,
    detail=lambda _desk, row: joined(
        _("listed") if row.listed else _("not listed"),
        _("checked {day}").format(day=row.checked_on.isoformat()) if row.checked_on else _("no date for the check"),
    ),
    build=_build_sanction,
)


class AccountabilityPage(Page):
    """Proceedings and other sanctions."""

    code = "accountability"

    def __init__(self, desk: Desk) -> None:
        lead = _("What courts, bodies and other governments have done about the same conduct.")
        super().__init__(desk, _("Other accountability"), lead)
        self.proceedings = TableCards(desk, PROCEEDING, _("Proceedings"))
        self.sanctions = TableCards(desk, SANCTION, _("Other lists and submissions"))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(scrolled(self.proceedings), _("Proceedings"))
        self.tabs.addTab(scrolled(self.sanctions), _("Sanctions elsewhere"))
        self.body.addWidget(self.tabs, 1)
        self._refresh()

    def _refresh(self) -> None:
        row = self.desk.row
        self.proceedings.bind(row)
        self.sanctions.bind(row)

    def on_changed(self, changes: Changes) -> None:
        """Follow the case."""
        self._refresh()

    def show_place(self, place: Place) -> None:
        """Open the card."""
        for number, cards in enumerate((self.proceedings, self.sanctions)):
            if self.holds(cards, place) or any(row.id == place.row for row in cards.rows):
                self.tabs.setCurrentIndex(number)
                if place.row is not None:
                    cards.show_row(place.row, place.field)
                return
        self.focus_first()

    def focus_first(self) -> None:
        """The button that adds one."""
        self.proceedings.button.setFocus()
