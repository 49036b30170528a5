"""Communities that are counted, and acts of several kinds, in the forms."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from magdesk.gui.forms.codes import CodesField
from magdesk.gui.pages.incidents import IncidentsPage
from magdesk.gui.pages.people import PeoplePage
from magdesk.gui.window.caseview import CaseView
from magdesk.gui.window.shell import Window
from magdesk.model import Incident, Party
from magdesk.model.people import PartyKind

Shot = Callable[[QWidget, str], None]


@pytest.fixture
def view(open_window: Window) -> CaseView:
    assert open_window.view is not None
    return open_window.view


def test_a_group_is_entered_with_its_number_and_a_person_has_none(view: CaseView, shot: Shot, qtbot: QtBot) -> None:
    page = view.show_page("people")
    assert isinstance(page, PeoplePage)
    page.add_role("group")
    (party,) = view.desk.rows(Party)
    victim = party.victim
    assert (party.kind, party.protected) == (PartyKind.GROUP, False)
    assert victim is not None
    page.tabs.setCurrentIndex(1)
    assert page.number.isVisibleTo(page)
    field = page.number.field("count")
    assert field is not None
    assert isinstance(field.editor, QLineEdit)
    QTest.keyClicks(field.editor, "1,900")
    field.commit()
    assert victim.count == 1900
    QTest.keyClicks(field.editor, "x")
    field.commit()
    assert victim.count == 1900
    assert field.message.isVisibleTo(page)
    field.editor.setText("1,900")
    field.on_edited()
    shot(view.window(), "people-counted")
    view.desk.undo()
    assert victim.count is None
    page.add_role("victim")
    assert not page.number.isVisibleTo(page)


def test_an_act_of_several_kinds(view: CaseView, qtbot: QtBot) -> None:
    page = view.show_page("incidents")
    assert isinstance(page, IncidentsPage)
    page.add()
    (incident,) = view.desk.rows(Incident)
    field = page.form.field("other_kinds")
    assert isinstance(field, CodesField)
    for code in ("torture", "killing"):
        field.editor.setCurrentIndex(field.editor.findData(code))
        field._on_activated()
    assert incident.other_kinds == "torture, killing"
    assert field.editor.findData("torture") == -1
    field.chips["torture"].click()
    assert incident.other_kinds == "killing"
    view.desk.undo()
    assert incident.other_kinds == "torture, killing"
    assert list(field.chips) == ["torture", "killing"]
