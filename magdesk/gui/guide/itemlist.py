"""The people or events of a case as a list in the Guide: each a way to its questions, and a button for another."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.fitting import ElidedButton
from magdesk.gui.forms.choices import incident_title, party_name, party_roles
from magdesk.gui.layouts import take_all
from magdesk.gui.pages.people import new_person
from magdesk.gui.words import _, joined
from magdesk.guide.screens import Screen
from magdesk.model import Incident, Name, Party, Target
from magdesk.model.people import NameKind, PartyKind


class ItemList(QWidget):
    """What there is, and what can be added."""

    SCREENS = frozenset({"3.1", "4.1"})

    def __init__(self, desk: Desk, screen: Screen) -> None:
        super().__init__()
        self.desk, self.asked = desk, screen
        self.words = Label()
        self.words.setWordWrap(True)
        self.items = QVBoxLayout()
        self.items.setSpacing(4)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.words)
        box.addLayout(self.items)
        self.adding: list[QPushButton] = []
        for text, add in self._adders():
            button = ElidedButton(text)
            button.setIcon(desk.theme.icon("add", "accent"))
            button.setEnabled(not desk.read_only)
            button.clicked.connect(add)
            self.adding.append(button)
            box.addWidget(button)
        self.refresh()

    def _adders(self) -> list[tuple[str, Callable[[], None]]]:
        if self.asked.id == "3.1":
            return [(_("Add an event"), self._add_event)]
        if self.asked.id == "4.1":
            return [
                (_("Add someone who was hurt"), partial(self._add_person, "victim")),
                (_("Add someone who speaks"), partial(self._add_person, "witness")),
                (_("Add someone who was hurt and speaks"), partial(self._add_person, "both")),
            ]
        return [
            (_("A person"), partial(self._accuse, PartyKind.PERSON)),
            (_("A company or organization"), partial(self._accuse, PartyKind.ENTITY)),
            (_("A part of a government or armed group"), partial(self._accuse, PartyKind.UNIT)),
        ]

    def refresh(self) -> None:
        """Follow the case."""
        take_all(self.items)
        rows = self._rows()
        for key, text, screen in rows:
            button = ElidedButton(text)
            button.setProperty("kind", "row")
            button.setIcon(self.desk.theme.icon("expand", "accent"))
            button.clicked.connect(partial(self.desk.ask_question, screen, key))
            self.items.addWidget(button)
        if self.asked.id == "1.2":
            self.words.setText(_("Was it a person, or a body?"))
        else:
            self.words.setText("" if rows else _("None yet."))
        self.words.setVisible(bool(self.words.text()))

    def _rows(self) -> list[tuple[uuid.UUID, str, str]]:
        if self.asked.id == "3.1":
            return [(row.id, incident_title(row) or _("An event without a title"), "3.2") for row in self._events()]
        if self.asked.id == "4.1":
            people = [row for row in self.desk.rows(Party) if row.victim is not None or row.witness is not None]
            return [(row.id, joined(party_name(row), party_roles(row)), "4.2") for row in people]
        return []

    def _events(self) -> list[Incident]:
        return self.desk.rows(Incident)

    def _add_event(self) -> None:
        self.desk.flush()
        row = Incident(rank=max((one.rank for one in self._events()), default=-1) + 1)
        if self.desk.try_change(_("Add event"), partial(_store, row)):
            self.desk.ask_question("3.2", row.id)

    def _add_person(self, role: str) -> None:
        self.desk.flush()
        party = new_person(self.desk, role)
        if party is not None:
            self.desk.ask_question("4.2", party.id)

    def _accuse(self, kind: PartyKind) -> None:
        self.desk.flush()
        party = Party(kind=kind, names=[Name(kind=NameKind.PRIMARY)])
        if self.desk.try_change(_("Add target"), partial(_store, Target(party=party))):
            self.desk.ask_question("1.2", None)


def _store(row: Incident | Target, session: object) -> None:
    session.add(row)  # type: ignore[attr-defined]
