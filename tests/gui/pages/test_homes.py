"""Every field of a form of the Desk has a home in the Guide, or is named as one that only the Desk shows."""

from __future__ import annotations

import importlib
import pkgutil

from PySide6.QtWidgets import QWidget
from sqlalchemy import inspect as mapper_of

from magdesk.gui import pages
from magdesk.gui.desk.desk import Desk
from magdesk.gui.desk.places import _KINDS
from magdesk.gui.forms import rowkinds
from magdesk.gui.forms.form import Form
from magdesk.gui.forms.rowkind import RowKind
from magdesk.gui.pagenames import PAGE_TITLES
from magdesk.gui.window.pagechoice import PAGES
from magdesk.guide.content import tasks
from magdesk.guide.homes import first_screen_of, home_of, only_in_the_desk

# The pages that hold a form of their own, beside those of the kinds of rows.
FORM_PAGES = ("overview", "evidence", "facts", "narrative")


def row_kinds() -> dict[str, RowKind]:
    """Every kind of row that the window edits, by the name of its constant."""
    places = [importlib.import_module(f"{pages.__name__}.{one.name}") for one in pkgutil.iter_modules(pages.__path__)]
    return {
        f"{place.__name__}.{name}": value
        for place in (*places, rowkinds)
        for name, value in vars(place).items()
        if isinstance(value, RowKind)
    }


def test_every_field_of_the_desk_has_a_home(desk: Desk) -> None:
    seen: set[tuple[str, str]] = set()
    forms: list[QWidget] = []
    for kind in row_kinds().values():
        form = Form(desk, kind.page)
        forms.append(form)
        kind.build(form)
        seen |= {(kind.kind.__name__, field.name) for field in form.fields}
    for code in FORM_PAGES:
        page = PAGES[code]()(desk)
        forms.append(page)
        for inner in page.findChildren(Form):
            for field in inner.fields:
                owners = [kind for kind in _KINDS.get(code, ()) if field.name in mapper_of(kind).columns]
                homes = [(kind.__name__, field.name) for kind in owners]
                seen |= {next((home for home in homes if home_of(*home) is not None), homes[0])} if homes else set()
    for made in forms:
        made.deleteLater()
    assert len(seen) > 190
    desk_only = only_in_the_desk()
    homeless = {one for one in seen if home_of(*one) is None and one not in desk_only}
    assert not homeless
    assert not {one for one in desk_only if home_of(*one) is not None}, "listed, and asked about all the same"


def test_every_screen_is_at_home_on_a_page_that_there_is() -> None:
    assert {one.page for task in tasks() for one in task.screens} <= PAGE_TITLES.keys()
    for page in PAGE_TITLES:
        assert first_screen_of(page).id


def test_a_field_leads_to_the_screen_of_its_kind() -> None:
    def number(table: str, column: str, kind: str = "") -> str:
        found = home_of(table, column, kind)
        return found.id if found is not None else ""

    assert number("Identifier", "date", "date_of_birth") == "2.3"
    assert number("Identifier", "value", "passport") == "2.7"
    assert number("Fact", "text") == "6.2"  # not the story, which asks for the first fact only
    assert number("Citation", "pinpoint") == "6.3"
    assert number("Case", "status") == ""
