"""Other accountability: proceedings about the same conduct, and what other sanctions lists and submissions show."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from magdesk.casefile import Changes
from magdesk.checks.finding import Place
from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.cards import TableCards
from magdesk.gui.forms.choices import party_choices, plain_text, target_choices
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.page import Page
from magdesk.gui.forms.rowkind import RowKind
from magdesk.gui.forms.rowkinds import add_sources, sources
from magdesk.gui.labels import label
from magdesk.gui.layouts import scrolled
from magdesk.gui.words import _, joined
from magdesk.model import ListSearch, OtherSanction, Proceeding
from magdesk.model.drafting import ProceedingStatus


def _build_proceeding(form: Form) -> None:
    form.text("forum", _("Court or body"), 6)
    form.choice("status", _("Status"), ProceedingStatus, 3)
    form.partial_date("date", _("Date"), 3)
    form.boolean("domestic", _("In the country where it happened"), 5)
    form.reference("target_id", _("About which target (leave empty for several)"), target_choices, 7)
    form.reference("victim_id", _("Brought by, or ruled for"), party_choices)
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


def _build_search(form: Form) -> None:
    form.text("name", _("List, as its publisher calls it"), 8)
    form.text("jurisdiction", _("Jurisdiction"), 4)
    form.date("searched_on", _("Searched on"), 4)
    form.text("searched_by", _("Searched by"), 4)
    form.partial_date("as_of", _("Date of the list"), 4)
    form.narrative("result", _("What was found (leave empty for: none of the targets)"), lines=1)


SEARCH = RowKind(
    kind=ListSearch,
    page="accountability",
    add=_("Add a list that was searched"),
    one=_("list"),
    empty=_("None yet. One entry stands for all targets; only who is listed needs an entry of their own below."),
    title=lambda _desk, row: row.name or row.jurisdiction,
    detail=lambda desk, row: joined(
        _("searched {day}").format(day=row.searched_on.isoformat()) if row.searched_on else _("no date"),
        plain_text(desk, row.result)[:60] or _("none of the targets"),
    ),
    build=_build_search,
    start=lambda desk, _owner: _searched_like_the_last(desk),
)


def _searched_like_the_last(desk: Desk) -> dict[str, object]:
    rows = desk.rows(ListSearch)
    return {name: getattr(rows[-1], name) for name in ("searched_on", "searched_by")} if rows else {}


class AccountabilityPage(Page):
    """Proceedings and other sanctions."""

    code = "accountability"

    def __init__(self, desk: Desk) -> None:
        lead = _("What courts, bodies and other governments have done about the same conduct.")
        super().__init__(desk, _("Other accountability"), lead)
        self.proceedings = TableCards(desk, PROCEEDING, _("Proceedings"))
        self.searches = TableCards(desk, SEARCH, _("Searched these lists once for all targets"))
        self.sanctions = TableCards(desk, SANCTION, _("Other lists and submissions"))
        elsewhere = QWidget()
        stack = QVBoxLayout(elsewhere)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(18)
        stack.addWidget(self.searches)
        stack.addWidget(self.sanctions)
        stack.addStretch(1)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(scrolled(self.proceedings), _("Proceedings"))
        self.tabs.addTab(scrolled(elsewhere), _("Sanctions elsewhere"))
        self.body.addWidget(self.tabs, 1)
        self._refresh()

    def _refresh(self) -> None:
        row = self.desk.row
        for cards in (self.proceedings, self.searches, self.sanctions):
            cards.bind(row)

    def on_changed(self, changes: Changes) -> None:
        """Follow the case."""
        self._refresh()

    def show_place(self, place: Place) -> None:
        """Open the card."""
        for number, cards in ((0, self.proceedings), (1, self.searches), (1, self.sanctions)):
            if self.holds(cards, place) or any(row.id == place.row for row in cards.rows):
                self.tabs.setCurrentIndex(number)
                if place.row is not None:
                    cards.show_row(place.row, place.field)
                return
        self.focus_first()

    def focus_first(self) -> None:
        """The button that adds one."""
        self.proceedings.button.setFocus()
