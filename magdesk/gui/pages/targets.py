"""Targets: who they are, how they are identified, on what grounds they are named, what is asked for."""

from __future__ import annotations

import uuid
from functools import partial

from PySide6.QtWidgets import QMenu, QTabWidget, QWidget

from magdesk.checks.finding import Place
from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.cards import TableCards, add_cards
from magdesk.gui.forms.choices import Choice, evidence_choices, party_choices, party_name, plain_text
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.picker import Picker
from magdesk.gui.forms.rowkind import RowKind, pick_of, remove
from magdesk.gui.forms.rowkinds import IDENTIFIER, NAME, POSITION, RELATION, add_sources, sources
from magdesk.gui.forms.standardfield import Standard
from magdesk.gui.labels import label
from magdesk.gui.layouts import scrolled
from magdesk.gui.lists.listpage import ListPage
from magdesk.gui.pages.grounds import BASIS
from magdesk.gui.words import _, joined, ngettext
from magdesk.model import Ask, Asset, Authority, Base, Name, Party, Target, Unknown
from magdesk.model.assets import AssetKind
from magdesk.model.people import IdentifierKind, NameKind, PartyKind
from magdesk.services.removal import plan_removal


def _unknown_choices(_desk: Desk) -> list[Choice]:
    return [Choice(kind.value, label(kind)) for kind in IdentifierKind if kind is not IdentifierKind.OTHER]


def _build_unknown(form: Form) -> None:
    form.multiline("searched", _("Searched where"))
    form.date("searched_on", _("Searched on"), 4)
    form.text("note", _("Note"), 8)


def _unknown_title(_desk: Desk, row: Unknown) -> str:
    known = row.field in [kind.value for kind in IdentifierKind]
    name = label(IdentifierKind(row.field)) if known else row.field
    return _("{datum}: not known").format(datum=name)


UNKNOWN = RowKind(
    kind=Unknown,
    page="targets",
    add=_("Record what is not known"),
    one=_("unknown item"),
    empty=_(
        "Nothing recorded as unknown. Information that was searched for and not found counts; an empty box does not."
    ),
    title=_unknown_title,
    detail=lambda _desk, row: joined(row.searched_on.isoformat() if row.searched_on else _("say when and where")),
    build=_build_unknown,
    picks=(pick_of("field", _unknown_choices),),
)


def _asked_regimes(desk: Desk) -> list[tuple[str, str]]:
    codes = [row.regime for row in desk.rows(Authority) if row.regime in desk.law.regimes]
    return [(code, desk.law.regimes[code].short) for code in codes]


def _ask_title(desk: Desk, row: Ask) -> str:
    regime = desk.law.regimes.get(row.regime)
    return regime.short if regime is not None else ""


def _build_ask(form: Form) -> None:
    form.code("regime", _("Authority for that submission"), lambda _row: _asked_regimes(form.desk), 5)
    form.narrative("text", _("What is requested there"), lines=3)
    form.narrative("role", _("Who this is and what is alleged, as that submission says it"), lines=1)
    form.narrative("summary", _("Two or three sentences for its summary"), lines=2)


ASK = RowKind(
    kind=Ask,
    page="targets",
    add=_("Add for one submission"),
    one=_("words of one submission"),
    empty=_("Every submission requests what is written above, and says the same of this target."),
    title=_ask_title,
    detail=lambda desk, row: plain_text(desk, row.text or row.role or row.summary),
    build=_build_ask,
)


def _build_asset(form: Form) -> None:
    form.choice("kind", _("Kind"), AssetKind, 4)
    form.text("description", _("What it is"), 8)
    form.text("place", _("Where it is, or is registered"), 8)
    form.standard("country", _("Country"), Standard.COUNTRY, 4)
    form.reference("holder_id", _("In whose name, if not the target’s"), party_choices, 6)
    form.text("number", _("Number that identifies it"), 6, hint=_("e.g. IBAN, IMO number, folio"))
    form.amount("value", _("Value"), 6)
    form.standard("currency", _("Currency"), Standard.CURRENCY, 6, hint=_("e.g. USD"))
    form.partial_date("valued_on", _("Valued on"), 6)
    form.partial_date("held_since", _("Held since"), 6)
    form.multiline("note", _("How it is tied to the target, where someone else holds it"), lines=1)
    add_sources(form)


ASSET = RowKind(
    kind=Asset,
    page="targets",
    add=_("Add an asset"),
    one=_("asset"),
    empty=_(
        "None yet. Flats, accounts, companies, vessels: what a freeze would reach, with place, holder and source."
    ),
    title=lambda _desk, row: joined(label(row.kind), row.description),
    detail=lambda _desk, row: joined(
        row.place or row.country, party_name(row.holder) if row.holder else "", sources(row)
    ),
    build=_build_asset,
)


def _target_detail(_desk: Desk, row: Target) -> str:
    count = len(row.legal_bases)
    grounds = (
        ngettext("{count} ground", "{count} grounds", count).format(count=count) if count else _("no ground yet")
    )
    return joined(label(row.party.kind), grounds)


TARGET = RowKind(
    kind=Target,
    page="targets",
    add=_("Add a target"),
    one=_("target"),
    empty=_("No target yet. Add the person, entity or unit that the case recommends for sanctions."),
    title=lambda _desk, row: party_name(row.party) if row.party.names or row.party.pseudonym else "",
    detail=_target_detail,
    build=lambda _form: None,
)


def identity_form(desk: Desk, page: str) -> Form:
    """Who a party is: kind, description, names, identifiers, and what is not known."""
    form = Form(desk, page)
    form.multiline("description", _("In one or two neutral sentences"))
    form.choice("kind", _("Kind"), PartyKind, 4)
    form.text("short_name", _("Short name in running text"), 4, hint=_("e.g. the Directorate"))
    add_cards(form, NAME, "names", _("Names"))
    add_cards(form, IDENTIFIER, "identifiers", _("Identifiers"))
    unknown = TableCards(desk, UNKNOWN, _("Searched for and not found"), equal=lambda party: {"subject_id": party.id})
    form.widget(unknown)
    form.watch(lambda: unknown.bind(form.row))
    return form


def career_form(desk: Desk, page: str) -> Form:
    """Positions and relations of a party."""
    form = Form(desk, page)
    add_cards(form, POSITION, "positions", _("Positions"))
    add_cards(form, RELATION, "relations", _("Relations"))
    return form


def protection_fields(form: Form) -> None:
    """Whether and how a party is protected."""
    form.boolean("protected", _("Protected: the name never leaves the case file"))
    form.text("pseudonym", _("Pseudonym in documents"), 6, hint=_("e.g. Witness 3"))


class TargetsPage(ListPage):
    """The targets."""

    code = "targets"

    def __init__(self, desk: Desk) -> None:
        lead = _("Whom the case recommends for sanctions, how they are identified, and on what grounds.")
        super().__init__(desk, _("Targets"), lead, TARGET)
        menu = QMenu(self.add_button)
        for kind in (PartyKind.PERSON, PartyKind.ENTITY, PartyKind.UNIT):  # nobody can list a community
            menu.addAction(label(kind)).triggered.connect(partial(self.add_kind, kind))
        menu.addSeparator()
        menu.addAction(_("Someone already in this case…")).triggered.connect(self._offer_existing)
        self.add_button.clicked.disconnect()
        self.add_button.setMenu(menu)

    def make_detail(self) -> QWidget:
        """Tabs: identity, career, grounds, request."""
        self.identity = identity_form(self.desk, "targets")
        protection_fields(self.identity)
        self.career = career_form(self.desk, "targets")
        self.grounds = Form(self.desk, "targets")
        self.grounds.narrative("role", _("Who this is and what is alleged, in one sentence"), lines=2)
        add_cards(
            self.grounds,
            BASIS,
            "legal_bases",
            _("Grounds"),
            _("Each ground is one paragraph of the law and its elements."),
        )
        self.asks = Form(self.desk, "targets")
        self.asks.narrative("request", _("Exactly what is requested"), lines=3)
        add_cards(self.asks, ASK, "asks", _("In individual submissions"))
        self.assets = TableCards(
            self.desk,
            ASSET,
            _("Assets"),
            _("Printed with the request wherever a measure that is asked reaches property."),
            equal=lambda target: {"target_id": target.id},
        )
        self.asks.widget(self.assets)
        self.asks.watch(lambda: self.assets.bind(self.asks.row))
        self.asks.multiline("foreign_person_basis", _("Why this is a foreign person"), lines=2)
        self.asks.reference("photo_id", _("Photo"), evidence_choices)
        self.asks.section(_("Checks before filing"))
        self.asks.multiline("namesake_check", _("Namesakes: what the check found"), 8, lines=1)
        self.asks.date("namesake_checked_on", _("Checked on"), 4)
        self.asks.multiline("designation_check", _("Sanctions lists: what the check found"), 8, lines=1)
        self.asks.date("designation_checked_on", _("Checked on"), 4)
        self.asks.boolean("already_designated", _("Already designated"))
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for form, title in (
            (self.identity, _("Identity")),
            (self.career, _("Positions and relations")),
            (self.grounds, _("Grounds")),
            (self.asks, _("Request and checks")),
        ):
            self.tabs.addTab(scrolled(form), title)
        return self.tabs

    def bind(self, row: Base | None) -> None:
        """Show a target."""
        target = row if isinstance(row, Target) else None
        for form in (self.identity, self.career):
            form.bind(target.party if target else None)
        for form in (self.grounds, self.asks):
            form.bind(target)

    def add(self) -> None:
        """A person, as most targets are."""
        self.add_kind(PartyKind.PERSON)

    def add_kind(self, kind: PartyKind) -> None:
        """A new party of that kind as a target, with a name to fill in."""
        self.add_party(Party(kind=kind, names=[Name(kind=NameKind.PRIMARY)]))

    def add_party(self, party: Party) -> None:
        """A party as a target."""
        self.desk.flush()
        rank = max((target.rank for target in self.desk.rows(Target)), default=-1) + 1
        if self.desk.try_change(_("Add target"), lambda session: session.add(Target(party=party, rank=rank))):
            self.filter.clear()
            self.refresh()
            self.select(party.target.id if party.target is not None else None)
            self.tabs.setCurrentIndex(0)
            if party.names:
                self.reveal(self.identity, Place("targets", party.names[0].id, "text"))

    def _offer_existing(self) -> None:
        choices = [
            choice for choice in party_choices(self.desk) if (party := self._party(choice)) and party.target is None
        ]
        picker = Picker(self, choices, _("Turn into a target"))
        picker.chosen.connect(self._on_existing)
        picker.open_at(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()), 380)

    def _on_existing(self, key: uuid.UUID) -> None:
        self.add_party(self.desk.get(Party, key) or Party())

    def _party(self, choice: Choice) -> Party | None:
        return self.desk.get(Party, uuid.UUID(str(choice.key)))

    def remove_row(self, row: Base) -> bool:
        """Delete a target, and its party too where the case speaks of it nowhere else."""
        assert isinstance(row, Target)
        party = row.party
        lonely = party.victim is None and party.witness is None and not _spoken_of(self.desk, party)
        return remove(self.desk, self, party if lonely else row, self.kind.one)

    def show_place(self, place: Place) -> None:
        """Turn to the tab that holds the place."""
        super().show_place(place)
        for number, form in enumerate((self.identity, self.career, self.grounds, self.asks)):
            if self.holds(form, place):
                self.tabs.setCurrentIndex(number)
                self.reveal(form, place)
                return


def _spoken_of(desk: Desk, party: Party) -> bool:
    return bool(plan_removal(desk.case, party).noticeable)
