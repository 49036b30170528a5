"""The fields of one question, on the very rows that the pages of the Desk edit."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from magdesk.checks.finding import Place
from magdesk.gui.desk.desk import Desk
from magdesk.gui.desk.places import find_row
from magdesk.gui.fitting import ElidedButton
from magdesk.gui.forms.cards import Cards, TableCards
from magdesk.gui.forms.field import Field
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.rowkind import RowKind
from magdesk.gui.forms.rowkinds import CITATION, CONSENT, IDENTIFIER, NAME, POSITION, RELATION
from magdesk.gui.guide.fieldmakers import MAKERS
from magdesk.gui.guide.itemlist import ItemList
from magdesk.gui.labels import label
from magdesk.gui.pagenames import PAGE_TITLES
from magdesk.gui.pages.accountability import PROCEEDING, SANCTION, SEARCH
from magdesk.gui.pages.grounds import BASIS
from magdesk.gui.pages.incidents import HARM, PARTICIPATION
from magdesk.gui.pages.overview import AUTHORITY, ORGANISATION
from magdesk.gui.pages.review import SIGNOFF
from magdesk.gui.pages.targets import ASK, ASSET
from magdesk.gui.words import _
from magdesk.guide.screens import Screen, ScreenField
from magdesk.model import Case, Fact, Identifier, Incident, Name, Party, Target
from magdesk.model.base import Base
from magdesk.model.people import IdentifierKind, NameKind

_CARDS: dict[str, tuple[RowKind, str]] = {
    "Name": (NAME, "names"),
    "Identifier": (IDENTIFIER, "identifiers"),
    "Position": (POSITION, "positions"),
    "Relation": (RELATION, "relations"),
    "Consent": (CONSENT, "consents"),
    "Citation": (CITATION, "citations"),
    "Harm": (HARM, "harms"),
    "Participation": (PARTICIPATION, "participations"),
    "LegalBasis": (BASIS, "legal_bases"),
    "Ask": (ASK, "asks"),
}
_TABLES: dict[str, RowKind] = {
    "Asset": ASSET,
    "OtherSanction": SANCTION,
    "Authority": AUTHORITY,
    "Organisation": ORGANISATION,
    "Proceeding": PROCEEDING,
    "ListSearch": SEARCH,
    "Signoff": SIGNOFF,
}
_OF_A_TARGET = frozenset({"Asset", "OtherSanction"})
# Rows that the first answer makes; of names, those of which the Guide asks for one.
_SINGLE_NAMES = frozenset({NameKind.PRIMARY.value, NameKind.NATIVE.value})
_PARTY_TABLES = frozenset({"Party", "Name", "Identifier", "Position", "Relation", "Consent"})


class QuestionPart(QWidget):
    """What is asked on one screen about one row.

    Attributes:
        forms: the forms of single rows, in reading order.
        cards: the lists of rows.
    """

    def __init__(self, desk: Desk, screen: Screen, subject: uuid.UUID | None, fields: Sequence[ScreenField]) -> None:
        super().__init__()
        self.desk, self.asked, self.subject = desk, screen, subject
        self.about: Base = desk.row if subject is None else find_row(desk, subject, screen.page) or desk.row
        self.forms: list[Form] = []
        self.cards: list[Cards] = []
        self._stored: list[Base] = []  # rows that were there when they were bound, or have been stored since
        self._linked = False
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        self._more = QWidget()
        more = QVBoxLayout(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(16)
        self._toggle = QPushButton(_("More about this"))
        self._toggle.setProperty("kind", "quiet")
        self._toggle.setCheckable(True)
        self._toggle.setIcon(desk.theme.icon("expand", "accent"))
        self._toggle.toggled.connect(self._on_more)
        if screen.is_list and screen.id in ItemList.SCREENS:
            box.addWidget(ItemList(desk, screen))
        else:
            for group in _grouped([field for field in fields if not field.more]):
                self._add(box, group)
            shown = {field.table for field in fields if not field.more and field.table in _CARDS}
            for group in _grouped([field for field in fields if field.more and field.table not in shown]):
                self._add(more, group)
        box.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self._more)
        self._toggle.setVisible(more.count() > 0)
        self._more.setVisible(False)

    # --------------------------------------------------------------------------------------- following

    @property
    def alive(self) -> bool:
        """Whether every row that it edits is still there: undo or a deletion may have taken one."""
        return all(self.desk.holds(row) for row in self._stored)

    @property
    def fields(self) -> Iterator[Field]:
        """All single fields, those in open cards too."""
        for form in self.findChildren(Form):
            yield from form.fields

    @property
    def unsaved(self) -> bool:
        """Whether something was typed that cannot be stored."""
        return any(field in self.desk.unsaved for field in self.fields)

    def follow(self) -> None:
        """Show what is stored now."""
        for form in self.forms:
            form.load()
        for cards in self.cards:
            cards.refresh()
        for items in self.findChildren(ItemList):
            items.refresh()

    def focus_first(self) -> bool:
        """The first field that is empty, else the first; else the first button."""
        fields = [field for form in self.forms for field in form.fields if field.isVisibleTo(self)]
        empty = next((one for one in fields if not getattr(one.row, one.name, None)), None)
        field = empty or next(iter(fields), None)
        if field is not None:
            field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        button = next((one for one in self.findChildren(QPushButton) if one.isVisibleTo(self)), None)
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)
        return button is not None

    def focus(self, row: uuid.UUID | None, name: str) -> bool:
        """The field of that name, in whatever form holds that row."""
        for form in self.forms:
            if form.row is not None and form.row.id == row and form.field(name) is not None:
                return form.focus(name)
        return row is not None and any(cards.show_row(row, name) for cards in self.cards)

    def release(self) -> None:
        """Let go of the rows, before the widgets go."""
        for form in self.findChildren(Form):
            form.bind(None)
            form.row = None

    # ---------------------------------------------------------------------------------------- building

    def _add(self, box: QVBoxLayout, group: Sequence[ScreenField]) -> None:
        table, kind = group[0].table, group[0].kind
        names = [field.column for field in group]
        if table in _PARTY_TABLES and self.asked.id == "1.2" and self._first(Target) is None:
            if table == "Party":
                box.addWidget(ItemList(self.desk, self.asked))
            return
        single = all((table, name) in MAKERS for name in names)
        if table == "Name":
            single = kind in _SINGLE_NAMES
        elif table == "Identifier":
            single = single and bool(kind)
        row = self._row(table, kind) if single else None
        if row is not None:
            box.addWidget(self._form(row, names, kind))
        elif single or not self._add_cards(box, table):
            self._add_link(box)

    def _form(self, row: Base, names: Sequence[str], kind: str) -> Form:
        form = Form(self.desk, self.asked.page)
        for name in dict.fromkeys(names):
            MAKERS[type(row).__name__, name](form)
        if kind and isinstance(row, Name | Identifier):
            field = form.fields[0]
            field.title = label(row.kind)
            field.label.setText(field.title)
            field.editor.setAccessibleName(field.title)
        fresh = not self.desk.holds(row)
        form.bind(row, fresh=fresh)
        if fresh:
            for field in form.fields:
                field.stored.connect(partial(self._on_made, row))
        else:
            self._stored.append(row)
        self.forms.append(form)
        return form

    def _on_made(self, row: Base) -> None:
        """The first answer made the row: it is shown wherever its like are, and what belongs to it is put into it."""
        if row in self._stored:
            return
        self._stored.append(row)
        party = self._party()
        if party is not None and isinstance(row, Name | Identifier):
            self.desk.forget_collections(party, "names" if isinstance(row, Name) else "identifiers")
        fact = self._first(Fact)
        if isinstance(row, Incident) and fact is not None and fact.incident_id is None:
            self.desk.try_change(_("Put the first fact into the event"), partial(_put, fact, row.id))
        if isinstance(row, Fact):
            self.desk.notice_requested.emit(_("Fact 1 is saved in your encrypted case."), True)

    def _row(self, table: str, kind: str) -> Base | None:
        """The row that a form edits; a new one where the first answer makes it."""
        about, party = self._about_target(table), self._party()
        match table:
            case "Case":
                return self.desk.row
            case "Party":
                return party
            case "Name" if party is not None:
                found = next((row for row in party.names if row.kind.value == kind), None)
                return found or Name(kind=NameKind(kind), party_id=party.id, rank=len(party.names))
            case "Identifier" if party is not None:
                known = next((row for row in party.identifiers if row.kind.value == kind), None)
                rank = max((row.rank for row in party.identifiers), default=-1) + 1
                return known or Identifier(kind=IdentifierKind(kind), party_id=party.id, rank=rank)
            case "Victim":
                return party.victim if party is not None else None
            case "Witness":
                return party.witness if party is not None else None
            case "Fact":
                return about if isinstance(about, Fact) else self._first(Fact) or Fact()
            case "Incident":
                return about if isinstance(about, Incident) else self._first(Incident) or Incident()
        return about if type(about).__name__ == table else None

    def _add_cards(self, box: QVBoxLayout, table: str) -> bool:
        owner = self._owner(table)
        if table in _CARDS and owner is not None:
            kind, attribute = _CARDS[table]
            cards = Cards(self.desk, kind, attribute)
        elif table in _TABLES:
            equal: Callable[[Base], dict[str, Any]] | None = None
            if table in _OF_A_TARGET:
                if not isinstance(self.about, Target):
                    return False
                equal = _of_target
            owner = self.about
            cards = TableCards(self.desk, _TABLES[table], equal=equal)
        else:
            return False
        cards.bind(owner)
        self.cards.append(cards)
        box.addWidget(cards)
        if table == "Citation":
            self._link(box, Place("evidence"), _("Add a file to the evidence"))
        return True

    def _owner(self, table: str) -> Base | None:
        attribute = _CARDS[table][1] if table in _CARDS else ""
        about = self._about_target(table)
        for one in (about, self._party(), self._first(Fact) if table == "Citation" else None):
            if attribute and one is not None and attribute in one.__mapper__.relationships:
                return one
        return None

    def _about_target(self, table: str) -> Base:
        """Whom the question is about; of the whole case, the first person accused where a person is meant."""
        if isinstance(self.about, Case) and (table in _PARTY_TABLES or table in ("Target", "LegalBasis", "Ask")):
            return self._first(Target) or self.about
        return self.about

    def _party(self) -> Party | None:
        about = self._about_target("Party")
        return about.party if isinstance(about, Target) else about if isinstance(about, Party) else None

    def _first(self, kind: type[Any]) -> Any:
        if kind is Fact:
            return next(iter(self.desk.facts()), None)
        return next(iter(self.desk.rows(kind)), None)

    def _add_link(self, box: QVBoxLayout) -> None:
        """What is edited better in the Desk, at that row."""
        if not self._linked:
            self._linked = True
            key = None if isinstance(self.about, Case) else self.about.id
            page = PAGE_TITLES.get(self.asked.page, "")
            self._link(box, Place(self.asked.page, key), _("Answer this on the page “{page}”").format(page=page))

    def _link(self, box: QVBoxLayout, place: Place, text: str) -> None:
        button = ElidedButton(text)
        button.setIcon(self.desk.theme.icon("expand", "accent"))
        button.clicked.connect(partial(self.desk.go, place))
        box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _on_more(self, on: bool) -> None:
        self._more.setVisible(on)
        self._toggle.setIcon(self.desk.theme.icon("chevron" if on else "expand", "accent"))


def _grouped(fields: Sequence[ScreenField]) -> list[list[ScreenField]]:
    """Fields of the same row together, in the order in which the first of each stands."""
    groups: dict[tuple[str, str], list[ScreenField]] = {}
    for field in fields:
        one_row = (field.table, field.column) in MAKERS and (field.table != "Name" or field.kind in _SINGLE_NAMES)
        if field.table == "Identifier" and not field.kind:
            one_row = False
        groups.setdefault((field.table, field.kind if one_row else "*"), []).append(field)
    return list(groups.values())


def _of_target(target: Base) -> dict[str, Any]:
    return {"target_id": target.id}


def _put(fact: Fact, incident: uuid.UUID, _session: object) -> None:
    fact.incident_id = incident
