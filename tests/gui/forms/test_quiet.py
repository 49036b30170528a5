"""Nobody is scolded for what is merely not entered yet: it is told to who asks, what is wrong to everybody."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from magdesk.checks.finding import Finding, Place, Severity, Trouble
from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.form import Form
from magdesk.gui.window.rail import Rail


def _find(desk: Desk, nature: Trouble, field: str = "title") -> None:
    """As if the checks had found this of a field of the case."""
    place = Place("overview", desk.row.id, field)
    found = Finding("C01", Severity.BLOCK, place, "It is so.", "Do this.", nature=nature)
    desk.survey = dataclasses.replace(desk.survey, findings=(found,))
    desk.surveyed.emit()


@pytest.fixture
def form(desk: Desk, qtbot: QtBot) -> Form:
    form = Form(desk, "overview")
    form.text("title", "Title")
    form.text("reference", "Reference")
    form.bind(desk.row)
    qtbot.addWidget(form)
    form.show()
    return form


@pytest.fixture
def message(form: Form) -> QLabel:
    """What stands below the title."""
    field = form.field("title")
    assert field is not None
    return field.message


@pytest.mark.parametrize("nature", [Trouble.MISSING, Trouble.STALE])
def test_what_is_to_do_is_silent_until_somebody_goes_there(desk: Desk, message: QLabel, nature: Trouble) -> None:
    _find(desk, nature)
    assert message.isHidden()
    desk.go(Place("overview", desk.row.id, "title"))
    desk.surveyed.emit()
    assert message.text() == "It is so. Do this."
    assert message.objectName() == "fieldWarning"
    desk.go(Place("overview", desk.row.id, "reference"))
    desk.surveyed.emit()
    assert message.isHidden()


@pytest.mark.parametrize(("nature", "tone"), [(Trouble.WRONG, "fieldWarning"), (Trouble.DANGER, "fieldError")])
def test_what_is_wrong_is_told_at_once_and_red_only_where_somebody_is_in_danger(
    desk: Desk, message: QLabel, nature: Trouble, tone: str
) -> None:
    _find(desk, nature)
    assert message.text() == "It is so. Do this."
    assert message.objectName() == tone


def test_the_rail_counts_what_is_wrong_and_not_what_is_to_do(desk: Desk, qtbot: QtBot) -> None:
    rail = Rail(desk)
    qtbot.addWidget(rail)
    _find(desk, Trouble.MISSING)
    rail.refresh()
    assert {button.mark for button in rail.buttons.values()} == {""}
    _find(desk, Trouble.WRONG)
    rail.refresh()
    assert {code for code, button in rail.buttons.items() if button.mark == "1"} == {"overview", "review"}
