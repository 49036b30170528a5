"""The Guide: a question a screen on the same rows as the Desk; nothing is lost by going back, on or across."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.field import Field
from magdesk.gui.guide.guidepage import GuidePage
from magdesk.gui.guide.questionpart import QuestionPart
from magdesk.gui.guide.saying import InsteadOfAnswer, Saying
from magdesk.gui.guide.told import ToldPart
from magdesk.gui.window.caseview import CaseView
from magdesk.gui.window.shell import Window
from magdesk.guide.content import tasks
from magdesk.model import Fact, GuideMark, Incident, Name, Party, Target, Unknown
from magdesk.model.people import NameKind, PartyKind

_CTRL = Qt.KeyboardModifier.ControlModifier
_SENTENCE = "On 5 March 2023 guards beat a detainee at Camp Oster."


@pytest.fixture
def view(open_window: Window, qtbot: QtBot) -> CaseView:
    made = open_window.view
    assert made is not None
    qtbot.waitUntil(lambda: bool(made.desk.guide.tasks))
    return made


def _asked(view: CaseView) -> GuidePage:
    page = view.page
    assert isinstance(page, GuidePage)
    return page


def _keys() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def _field() -> Field:
    widget: QWidget | None = _keys()
    while widget is not None and not isinstance(widget, Field):
        widget = widget.parentWidget()
    assert widget is not None, "the keys are on no field"
    return widget


def _rested(view: CaseView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not (view.desk.checking.busy or view.desk.guiding.busy))


def test_by_keys_alone_an_answer_is_stored_and_going_back_and_on_loses_nothing(view: CaseView, qtbot: QtBot) -> None:
    view.show_question("1.1", None)
    page = _asked(view)
    QTest.keyClicks(_keys(), _SENTENCE)
    QTest.keyClick(_keys(), Qt.Key.Key_Return, _CTRL)
    assert [fact.text for fact in view.desk.rows(Fact)] == [_SENTENCE]
    assert page.here == ("1.2", None)
    page.skip.click()
    assert page.here == ("1.3", None)
    QTest.keyClicks(_keys(), "some day or other")  # no date: it cannot be stored, and must not be lost
    page.go_back()
    assert page.here == ("1.2", None)
    page.go_back()
    assert page.here == ("1.1", None)
    assert _field().read_value() == _SENTENCE
    view.show_question("1.3", None)
    field = page.part.forms[0].field("start")  # type: ignore[union-attr]
    assert field is not None
    assert field.editor.text() == "some day or other"  # type: ignore[union-attr]
    field.editor.setText("March 2023")  # type: ignore[union-attr]
    field.on_edited()
    field.commit()
    (event,) = view.desk.rows(Incident)
    assert str(event.start) == "2023-03"
    assert view.desk.rows(Fact)[0].incident_id == event.id


def test_who_was_behind_it_is_chosen_and_never_presumed(view: CaseView, qtbot: QtBot) -> None:
    view.show_question("1.2", None)
    page = _asked(view)
    assert view.desk.rows(Target) == []
    assert [button.text() for button in page.findChildren(type(page.next)) if button.hasFocus()] == ["A person"]
    QTest.keyClick(_keys(), Qt.Key.Key_Space)
    (target,) = view.desk.rows(Target)
    assert target.party.kind is PartyKind.PERSON
    field = page.part.forms[-1].field("text")  # type: ignore[union-attr]
    assert field is not None
    field.editor.setFocus()
    QTest.keyClicks(field.editor, "Verro, Ilan")
    view.desk.flush()
    assert target.party.name == "Verro, Ilan"


def test_what_is_said_instead_of_an_answer_is_a_step_that_can_be_undone(view: CaseView, qtbot: QtBot) -> None:
    view.show_question("1.3", None)
    page = _asked(view)
    with view.desk.change("Add event") as session:
        session.add(Incident(title="Beating"))
    view.show_question("1.3", None)
    instead = page.findChildren(InsteadOfAnswer)[-1]
    instead.buttons[Saying.LATER].click()
    QTest.keyClicks(instead.line, "The sister")
    QTest.keyClick(instead.line, Qt.Key.Key_Return)
    (mark,) = view.desk.rows(GuideMark)
    assert (mark.screen, mark.subject_id, mark.note) == ("1.3", None, "The sister")
    assert page.here != ("1.3", None)
    view.desk.undo()
    assert view.desk.rows(GuideMark) == []


def test_the_switch_goes_to_the_same_row_and_field_and_back(view: CaseView, qtbot: QtBot) -> None:
    def person(name: str) -> Target:
        return Target(party=Party(kind=PartyKind.PERSON, names=[Name(kind=NameKind.PRIMARY, text=name)]))

    first, second = person("Adan, A."), person("Verro, I.")
    event = Incident(title="Beating", place="Camp Oster")
    with view.desk.change("Add") as session:
        session.add_all([first, second, event])
    _rested(view, qtbot)
    for screen, row, name in (
        ("2.7", second, "namesake_check"), ("2.8", first, "designation_check"), ("3.2", event, "summary"),
        ("3.3", event, "place"), ("2.8", second, "designation_checked_on"),
    ):  # fmt: skip
        view.show_question(screen, row.id)
        part = _asked(view).part
        assert part is not None
        assert part.focus(row.id, name), (screen, name)
        QTest.keyClicks(_keys(), "2024-01-02")
        view.switch()
        assert view.page.code != "guide"
        assert (_field().row, _field().name) == (row, name)
        assert "2024-01-02" in str(getattr(row, name))
        view.switch()
        assert _asked(view).here == (screen, row.id)
        assert (_field().row, _field().name) == (row, name)


def test_every_question_can_be_shown_with_and_without_the_rows_it_is_about(desk: Desk, qtbot: QtBot) -> None:
    target = Target(party=Party(kind=PartyKind.PERSON, names=[Name(kind=NameKind.PRIMARY, text="Verro")]))
    event, fact = Incident(title="Beating"), Fact(text=_SENTENCE)
    count = 0
    for filled in (False, True):
        if filled:
            with desk.change("Add") as session:
                session.add_all([target, event, fact])
        for task in tasks():
            for screen in task.screens:
                subject: Any = {"target": target, "person": target.party, "incident": event, "fact": fact}.get(
                    screen.per.value if filled else ""
                )
                key = subject.id if subject is not None else None
                part = QuestionPart(desk, screen, key, screen.fields)
                instead = InsteadOfAnswer(desk, screen, part.about, key, screen.fields)
                for widget in (part, instead):
                    qtbot.addWidget(widget)
                assert part.focus_first() or instead.buttons, screen.id
                part.release()
                count += 1
    assert count == 2 * 62


def test_what_was_told_is_read_back_in_words_and_can_be_changed(view: CaseView, qtbot: QtBot) -> None:
    with view.desk.change("Add") as session:
        session.add(Fact(text=_SENTENCE))
        session.add(Unknown(subject_id=view.desk.row.id, field="none"))
    _rested(view, qtbot)
    view.show_task(1)
    page = _asked(view)
    page.tell(1)
    (told,) = page.findChildren(ToldPart)
    assert any(_SENTENCE in label.text() for label in told.findChildren(type(page.title)))
    assert told.changes[0].text() == "Change"
    told.changes[0].click()
    assert page.here == ("1.1", None)
