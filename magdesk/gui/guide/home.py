"""From a place in the Desk to the question of the Guide that asks for the same."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from PySide6.QtWidgets import QApplication, QWidget

from magdesk.gui.desk.desk import Desk
from magdesk.gui.desk.places import parent_of
from magdesk.gui.forms.field import Field
from magdesk.gui.forms.page import Page
from magdesk.gui.lists.listpage import ListPage
from magdesk.guide.content import tasks
from magdesk.guide.screens import Per, Screen
from magdesk.model import Party
from magdesk.model.base import Base


@dataclass(frozen=True, slots=True)
class AskedField:
    """A question, the row that it is asked about, and the field that the keys were on.

    Attributes:
        row: key of the row of the field; none where no field had the keys.
        field: its attribute.
    """

    screen: str
    subject: uuid.UUID | None
    row: uuid.UUID | None = None
    field: str = ""


def home_of(desk: Desk, page: Page) -> AskedField | None:
    """The first question that holds the field with the keys, else the first of the chosen row, else of the page."""
    widget: QWidget | None = QApplication.focusWidget()
    while widget is not None and not isinstance(widget, Field):
        widget = widget.parentWidget()
    if isinstance(widget, Field) and widget.row is not None and page.isAncestorOf(widget):
        row = widget.row
        found = _home(desk, type(row).__name__, widget.name, row)
        if found is not None:
            return AskedField(*found, row.id, widget.name)
    chosen = page.current if isinstance(page, ListPage) else None
    keys = _line(desk, chosen)
    screens = [screen for task in tasks() for screen in task.screens if screen.page == page.code]
    for screen in screens:
        if chosen is not None and screen.per is not Per.CASE:
            for stop in desk.guide.stops:
                if stop.screen == screen.id and stop.subject in keys:
                    return AskedField(screen.id, stop.subject)
    first = next((screen for screen in screens if screen.per is Per.CASE), None)
    return AskedField(first.id, None) if first is not None else None


def _home(desk: Desk, table: str, column: str, row: Base) -> tuple[str, uuid.UUID | None] | None:
    keys = _line(desk, row)
    kind = str(getattr(getattr(row, "kind", None), "value", ""))
    wide: list[Screen] = []
    for task in tasks():
        for screen in task.screens:
            holding = [one for one in screen.fields if (one.table, one.column) == (table, column)]
            if not any(one.kind in ("", kind, "source") for one in holding):
                continue
            if screen.per is Per.CASE:
                wide.append(screen)
                continue
            for stop in desk.guide.stops:
                if stop.screen == screen.id and stop.subject in keys:
                    return screen.id, stop.subject
    return (wide[0].id, None) if wide else None


def _line(desk: Desk, row: Base | None) -> set[uuid.UUID]:
    """Keys of a row, of what it belongs to, and of the roles of whoever that is."""
    keys: set[uuid.UUID] = set()
    while row is not None and row.id not in keys:
        keys.add(row.id)
        if isinstance(row, Party):
            keys |= {role.id for role in (row.target, row.victim, row.witness) if role is not None}
        row = parent_of(desk, row)
    return keys
