"""People: victims, witnesses and others the case speaks of, what they agreed to, and how they are protected."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton, QTabWidget, QVBoxLayout, QWidget

from magdesk.checks.counted import counted_group
from magdesk.checks.finding import Place
from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.desk.places import find_row, parent_of
from magdesk.gui.forms.cards import Cards, add_cards
from magdesk.gui.forms.chips import ChipsField
from magdesk.gui.forms.choices import party_name, party_roles
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.rowkind import RowKind, remove
from magdesk.gui.forms.rowkinds import CONSENT, add_sources
from magdesk.gui.layouts import scrolled
from magdesk.gui.lists.listpage import ListPage
from magdesk.gui.pages.targets import career_form, identity_form, protection_fields
from magdesk.gui.words import _, joined
from magdesk.model import Base, Name, Party, Victim, Witness
from magdesk.model.people import Counted, NameKind, PartyKind, VictimGroup, VictimStatus

PERSON = RowKind(
    kind=Party,
    page="people",
    add=_("Add a person"),
    one=_("person"),
    empty=_("No one yet. Add victims and witnesses, and bodies or relatives that the case only mentions."),
    title=lambda _desk, row: party_name(row) if row.names or row.pseudonym else "",
    detail=lambda _desk, row: joined(party_roles(row), counted_group(row), _("protected") if row.protected else ""),
    build=lambda _form: None,
)


class RolePart(QWidget):
    """A role that a party has or has not: victim, witness."""

    def __init__(self, desk: Desk, title: str, give: str, take: str) -> None:
        super().__init__()
        self.heading = Label(title)
        self.heading.setObjectName("sectionTitle")
        self.give = QPushButton(give)
        self.take = QPushButton(take)
        for button in (self.give, self.take):
            button.setEnabled(not desk.read_only)
        self.take.setProperty("kind", "quiet")
        self.form = Form(desk, "people")
        self.box = box = QVBoxLayout(self)
        box.setContentsMargins(0, 8, 0, 8)
        box.setSpacing(10)
        box.addWidget(self.heading)
        box.addWidget(self.give, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.form)
        box.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)

    def bind(self, role: Base | None) -> None:
        """Show the role, or the button that gives it."""
        self.form.bind(role)
        self.form.setVisible(role is not None)
        self.take.setVisible(role is not None)
        self.give.setVisible(role is None)

    def add(self, form: Form) -> None:
        """A further form of the role, above the button that takes it."""
        self.box.insertWidget(self.box.count() - 1, form)


def new_person(desk: Desk, role: str) -> Party | None:
    """A new person or group in that role, stored, with a name to fill in; victims and witnesses begin protected.

    Args:
        role: ``victim``, ``witness``, ``both``, ``group``; empty for someone whom the case only mentions.

    Returns: none where it could not be stored; the user was told.
    """
    group = role == "group"
    party = Party(
        kind=PartyKind.GROUP if group else PartyKind.PERSON,
        names=[Name(kind=NameKind.PRIMARY)],
        protected=bool(role) and not group,
    )
    if role in ("victim", "both", "group"):
        party.victim = Victim(rank=_next(desk, Victim))
    if role in ("witness", "both"):
        party.witness = Witness(rank=_next(desk, Witness))
    if party.protected:
        party.pseudonym = _pseudonym(desk, _("Victim") if role != "witness" else _("Witness"))
    return party if desk.try_change(_("Add person"), lambda session: session.add(party)) else None


def _next(desk: Desk, kind: type[Victim] | type[Witness]) -> int:
    return max((row.rank for row in desk.rows(kind)), default=-1) + 1


def _pseudonym(desk: Desk, word: str) -> str:
    taken = {party.pseudonym for party in desk.rows(Party)}
    number = 1
    while f"{word} {number}" in taken:
        number += 1
    return f"{word} {number}"


class PeoplePage(ListPage):
    """Everyone who is not a target."""

    code = "people"

    def __init__(self, desk: Desk) -> None:
        lead = _("Victims, witnesses and others. A protected name never leaves the case file.")
        super().__init__(desk, _("Victims and witnesses"), lead, PERSON)
        menu = QMenu(self.add_button)
        for text, role in (
            (_("Victim"), "victim"),
            (_("Witness"), "witness"),
            (_("Victim who is also a witness"), "both"),
            (_("Community or class of people, counted"), "group"),
            (_("A person or body that the case only mentions"), ""),
        ):
            menu.addAction(text).triggered.connect(partial(self.add_role, role))
        self.add_button.clicked.disconnect()
        self.add_button.setMenu(menu)

    def make_detail(self) -> QWidget:
        """Tabs: identity, role, consent, career."""
        self.identity = Form(self.desk, "people")
        protection_fields(self.identity)
        self.who = identity_form(self.desk, "people")
        identity = QWidget()
        box = QVBoxLayout(identity)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addWidget(self.identity)
        box.addWidget(self.who)
        self.victim = RolePart(self.desk, _("Victim"), _("Record as a victim"), _("Not a victim after all"))
        self.victim.form.choice("status", _("Why attacked"), VictimStatus, 6)
        self.victim.form.add(
            ChipsField(
                self.desk,
                "people",
                "groups",
                _("Groups that the victim belongs to"),
                self.desk.guidance("people", "groups"),
                kind=VictimGroup,
                other=_("Another group"),
            )
        )
        self.victim.form.narrative("present_situation", _("Current situation"))
        self.number = Form(self.desk, "people")
        self.number.section(_("How many they are"), _("Beside the victims who are named, never added to them."))
        self.number.choice("counted", _("The number is meant"), Counted, 3)
        self.number.integer("count", _("Number"), 3)
        self.number.integer("count_most", _("Up to"), 2)
        self.number.text("counted_in", _("Counted in"), 4, hint=_("people"))
        self.number.multiline("estimate", _("Who counted or estimated, when and how"))
        add_sources(self.number, _("Sources of the number"))
        self.victim.add(self.number)
        self.witness = RolePart(self.desk, _("Witness"), _("Record as a witness"), _("Not a witness after all"))
        form = self.witness.form
        form.narrative("basis_of_knowledge", _("How the witness knows"), lines=2)
        form.text("interviewed_by", _("Interviewed by"), 8)
        form.partial_date("interviewed_on", _("Interviewed on"), 4)
        form.multiline("prior_statements", _("Earlier statements"))
        form.multiline("risk", _("Risk to the witness"), 8)
        form.date("risk_assessed_on", _("Assessed on"), 4)
        roles = QWidget()
        box = QVBoxLayout(roles)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.victim)
        box.addWidget(self.witness)
        self.consent = Form(self.desk, "people")
        self.consents: Cards = add_cards(self.consent, CONSENT, "consents", _("Consent"))
        self.career = career_form(self.desk, "people")
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for widget, title in (
            (identity, _("Identity and protection")),
            (roles, _("Role in the case")),
            (self.consent, _("Consent")),
            (self.career, _("Positions and relations")),
        ):
            self.tabs.addTab(scrolled(widget), title)
        self.victim.give.clicked.connect(partial(self._give, Victim))
        self.witness.give.clicked.connect(partial(self._give, Witness))
        self.victim.take.clicked.connect(partial(self._take, "victim"))
        self.witness.take.clicked.connect(partial(self._take, "witness"))
        return self.tabs

    def rows(self) -> list[Base]:
        """Parties that are no targets, by name."""
        found: list[Party] = [party for party in self.desk.rows(Party) if party.target is None]

        def order(party: Party) -> tuple[bool, bool, str]:
            return party.victim is None, party.witness is None, party_name(party).casefold()

        found.sort(key=order)
        return [*found]

    def bind(self, row: Base | None) -> None:
        """Show a party."""
        party = row if isinstance(row, Party) else None
        for form in (self.identity, self.who, self.consent, self.career):
            form.bind(party)
        self.victim.bind(party.victim if party else None)
        counted = party is not None and party.kind is PartyKind.GROUP and party.victim is not None
        self.number.bind(party.victim if party is not None and counted else None)
        self.number.setVisible(counted)
        self.witness.bind(party.witness if party else None)

    def add(self) -> None:
        """A victim, as most are."""
        self.add_role("victim")

    def add_role(self, role: str) -> None:
        """A new person or group in that role, with a name to fill in; victims and witnesses begin protected."""
        self.desk.flush()
        party = new_person(self.desk, role)
        if party is not None:
            self.filter.clear()
            self.refresh()
            self.select(party.id)
            self.tabs.setCurrentIndex(0)
            self.reveal(self.who, Place("people", party.names[0].id, "text"))

    def _give(self, kind: type[Victim] | type[Witness]) -> None:
        party = self.current
        if isinstance(party, Party):
            rank = _next(self.desk, kind)
            text = _("Record as a victim") if kind is Victim else _("Record as a witness")
            if self.desk.try_change(text, lambda session: session.add(kind(party=party, rank=rank))):
                self.refresh()

    def _take(self, role: str) -> None:
        party = self.current
        row = getattr(party, role, None)
        if party is not None and row is not None and remove(self.desk, self, row, label_of(role)):
            self.desk.forget_collections(party, role)
            self.refresh()

    def remove_row(self, row: Base) -> bool:
        """Delete a party with everything it is in the case."""
        return remove(self.desk, self, row, self.kind.one)

    def show_place(self, place: Place) -> None:
        """Choose the party and turn to the tab that holds the place."""
        row = find_row(self.desk, place.row, self.code)
        while row is not None and not isinstance(row, Party):
            row = parent_of(self.desk, row)
        if row is None:
            self.focus_first()
            return
        self.filter.clear()
        self.select(row.id)
        for number in range(self.tabs.count()):
            tab = self.tabs.widget(number)
            if tab is not None and self.holds(tab, place):
                self.tabs.setCurrentIndex(number)
                self.reveal(tab, place)
                return
        if "consent" in place.field:
            self.tabs.setCurrentIndex(2)
        self.view.setFocus()


def label_of(role: str) -> str:
    """A role in the middle of a sentence."""
    return _("victim’s record") if role == "victim" else _("witness’s record")
