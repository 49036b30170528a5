"""A field stores itself, says what it cannot store, and gives undo to the case when it has none of its own."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from magdesk.dates.partialdate import PartialDate
from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms import field as field_module
from magdesk.gui.forms.fields import DateField, PartialDateField, TextField
from magdesk.gui.forms.form import Form
from magdesk.model import Case, Incident, Name, Party
from magdesk.model.case import CaseStatus
from magdesk.model.names import LONGEST_NAME


@pytest.fixture
def form(desk: Desk, qtbot: QtBot) -> Form:
    made = Form(desk, "overview")
    made.text("title", "Title")
    made.choice("status", "Status", CaseStatus)
    made.date("filing_date", "Filing date")
    made.multiline("side_effects", "Side effects")
    made.bind(desk.row)
    qtbot.addWidget(made)
    made.show()
    return made


def _editor(form: Form, name: str) -> QWidget:
    field = form.field(name)
    assert field is not None
    return field.editor


def test_leaving_a_field_stores_it_as_one_labelled_step(form: Form, desk: Desk, qtbot: QtBot) -> None:
    editor = _editor(form, "title")
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_End)
    QTest.keyClicks(editor, " camp")
    assert desk.unsaved
    assert desk.row.title == "Generica"
    _editor(form, "side_effects").setFocus()
    assert desk.row.title == "Generica camp"
    assert not desk.unsaved
    assert desk.case.undo_label == "Edit title"


def test_a_pause_in_typing_stores(form: Form, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    field = form.field("title")
    assert isinstance(field, TextField)
    field._timer.setInterval(30)
    assert field_module.PAUSE == 800
    QTest.keyClicks(field.editor, "!")
    qtbot.waitUntil(lambda: not desk.unsaved, timeout=2000)
    assert "!" in desk.row.title


def test_a_wrong_date_stays_with_its_reason_and_is_not_stored(form: Form, desk: Desk, qtbot: QtBot) -> None:
    field = form.field("filing_date")
    assert isinstance(field, DateField)
    QTest.keyClicks(field.editor, "March 2026")
    field.commit()
    assert desk.row.filing_date is None
    assert "not a full date" in field.message.text()
    assert field.message.isVisible()
    assert desk.unsaved
    field.editor.clear()
    QTest.keyClicks(field.editor, "5 March 2026")
    field.commit()
    assert desk.row.filing_date == date(2026, 3, 5)
    assert not field.message.isVisible()
    assert field.editor.text() == "5 March 2026"


def test_undo_takes_back_the_step_and_the_field_follows(form: Form, desk: Desk, qtbot: QtBot) -> None:
    desk.changed.connect(lambda _changes: form.load())
    editor = _editor(form, "side_effects")
    QTest.keyClicks(editor, "None known.")
    desk.flush()
    assert desk.row.side_effects == "None known."
    desk.undo()
    assert desk.row.side_effects == ""
    assert editor.toPlainText() == ""  # type: ignore[attr-defined]
    desk.redo()
    assert editor.toPlainText() == "None known."  # type: ignore[attr-defined]


def test_a_choice_is_stored_at_once(form: Form, desk: Desk, qtbot: QtBot) -> None:
    editor = _editor(form, "status")
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_Down)
    desk.flush()
    assert desk.row.status is CaseStatus.INTERNAL_REVIEW


def test_control_characters_do_not_get_in(form: Form, desk: Desk) -> None:
    field = form.field("title")
    assert isinstance(field, TextField)
    field.editor.setText("A\u202eB\x07C")
    field.on_edited()
    field.commit()
    assert desk.row.title == "ABC"
    assert not desk.unsaved


def test_partial_dates_keep_what_is_known(desk: Desk, qtbot: QtBot) -> None:
    with desk.change("Set up") as session:
        incident = Incident(title="Night")
        session.add(incident)
    form = Form(desk, "incidents")
    field = form.partial_date("start", "Date")
    form.bind(incident)
    qtbot.addWidget(form)
    assert isinstance(field, PartialDateField)
    QTest.keyClicks(field.editor, "about March 2014")
    field.commit()
    assert incident.start == PartialDate("2014-03~")
    field.editor.clear()
    field.on_edited()
    field.commit()
    assert incident.start is None


def test_a_year_of_another_calendar_is_asked_about_under_the_field(desk: Desk, qtbot: QtBot) -> None:
    with desk.change("Set up") as session:
        incident = Incident(title="Night")
        session.add(incident)
    form = Form(desk, "incidents")
    field = form.partial_date("start", "Date")
    form.bind(incident)
    qtbot.addWidget(form)
    form.show()
    assert isinstance(field, PartialDateField)
    QTest.keyClicks(field.editor, "1402-05-12")
    field.commit()
    assert field.question.isVisible()
    assert [button.text() for button in field.question.buttons] == ["Persian", "Hijri", "Gregorian"]
    field.question.buttons[0].click()
    assert incident.start == PartialDate("1402-05-12@persian")
    assert not field.question.isVisible()
    assert field.editor.text() == "3 August 2023 (12 Mordad 1402 in the Persian calendar)"
    assert not desk.unsaved
    with desk.change("Another") as session:
        incident.start = PartialDate("[..2013]")
    field.load()
    assert field.editor.text() == "before 2014"
    assert not field.unsaved


def test_nothing_is_stored_where_the_case_is_read_only(
    form: Form, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.case, "read_only", True)
    form.load()
    field = form.field("title")
    assert isinstance(field, TextField)
    assert field.editor.isReadOnly()
    assert desk.rows(Case)[0].title == "Generica"


def test_a_page_of_text_is_no_name_and_is_not_stored(desk: Desk, qtbot: QtBot) -> None:
    with desk.change("Add a person") as session:
        row = Name(party=Party(), text="Karim")
        session.add(row)
    form = Form(desk, "targets")
    qtbot.addWidget(form)
    field = form.text("text", "Name")
    form.bind(row)
    assert isinstance(field, TextField)
    field.editor.setText("x" * (LONGEST_NAME + 1))
    field.on_edited()
    field.commit()
    assert row.text == "Karim"
    assert "at most 500 letters; this text has 501" in field.message.text()
    field.editor.setText("x" * LONGEST_NAME)
    field.on_edited()
    field.commit()
    assert len(row.text) == LONGEST_NAME


def test_what_is_said_under_a_field_waits_for_the_button_that_is_being_pressed(form: Form, qtbot: QtBot) -> None:
    field = form.field("title")
    assert isinstance(field, TextField)
    below = QPushButton("Below")
    clicked: list[int] = []
    below.clicked.connect(lambda: clicked.append(1))
    layout = form.layout()
    assert layout is not None
    layout.addWidget(below)
    qtbot.waitUntil(lambda: below.isVisible() and below.y() > field.y())
    window, at = form.windowHandle(), below.mapTo(form, below.rect().center())
    QTest.mousePress(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    place = below.pos()
    field.show_finding("The survey found a contradiction. Mend it.", grave=True)
    layout.activate()
    assert below.pos() == place
    assert not field.message.isVisible()
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert clicked == [1]
    qtbot.waitUntil(field.message.isVisible)
    assert field.message.text() == "The survey found a contradiction. Mend it."
    assert field.message.objectName() == "fieldError"
