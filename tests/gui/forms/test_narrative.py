"""The narrative editor stores exactly what the tokens say, whatever is typed, deleted or pasted around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.narrative import NarrativeEdit
from magdesk.model import Evidence, Fact, Name, Party
from magdesk.model.text import evidence_token, fact_token, party_token
from magdesk.values import clean_text


@pytest.fixture
def people(desk: Desk) -> tuple[str, str, str]:
    with desk.change("Set up") as session:
        party = Party(names=[Name(text="محمد العلي")])
        fact = Fact(text="It happened.")
        item = Evidence(title="Order No. 47")
        session.add_all([party, fact, item])
    return party_token(party.id), fact_token(fact.id), evidence_token(item.id, "p. 4")


@pytest.fixture
def editor(desk: Desk, qtbot: QtBot) -> NarrativeEdit:
    made = NarrativeEdit(desk)
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    return made


def test_chips_read_as_words_and_store_as_tokens(editor: NarrativeEdit, people: tuple[str, str, str]) -> None:
    party, fact, item = people
    text = f"Then {party} signed.\n\n{party}{party} 😀 {fact} and {item}.\n"
    editor.set_text(text)
    assert editor.text() == text
    shown = editor.toPlainText()
    assert "محمد العلي" in shown
    assert "{@party" not in shown
    assert "p. 4" in shown


def test_typing_beside_a_chip_does_not_change_it(
    editor: NarrativeEdit, people: tuple[str, str, str], qtbot: QtBot
) -> None:
    party = people[0]
    editor.set_text(party)
    editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(editor, "'s order")
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClicks(editor, "By ")
    assert editor.text() == f"By {party}'s order"


def test_a_chip_is_deleted_whole(editor: NarrativeEdit, people: tuple[str, str, str], qtbot: QtBot) -> None:
    party = people[0]
    editor.set_text(f"a{party}b")
    editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClick(editor, Qt.Key.Key_Left)
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor.text() == "ab"
    editor.set_text(f"a{party}b")
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClick(editor, Qt.Key.Key_Right)
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    assert editor.text() == "ab"


def test_the_cursor_steps_over_a_chip(editor: NarrativeEdit, people: tuple[str, str, str], qtbot: QtBot) -> None:
    editor.set_text(f"a{people[1]}b")
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    for _step in range(2):
        QTest.keyClick(editor, Qt.Key.Key_Right)
    QTest.keyClicks(editor, "x")
    assert editor.text() == f"a{people[1]}xb"


def test_copy_and_paste_keeps_the_tokens(editor: NarrativeEdit, people: tuple[str, str, str]) -> None:
    party, fact, _item = people
    text = f"One {party}.\nTwo {fact}."
    editor.set_text(text)
    editor.selectAll()
    data = editor.createMimeDataFromSelection()
    assert "{@party" not in data.text()
    editor.moveCursor(QTextCursor.MoveOperation.End)
    editor.insertFromMimeData(data)
    assert editor.text() == text + text


def test_pasted_plain_tokens_become_chips_and_files_are_refused(
    editor: NarrativeEdit, people: tuple[str, str, str]
) -> None:
    data = QMimeData()
    data.setText(f"See {people[2]}")
    editor.insertFromMimeData(data)
    assert "Order No. 47" in editor.toPlainText()
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile("/x/y.pdf")])
    assert not editor.canInsertFromMimeData(files)


def test_a_renamed_person_reads_by_the_new_name(
    desk: Desk, editor: NarrativeEdit, people: tuple[str, str, str]
) -> None:
    editor.set_text(people[0])
    party = desk.rows(Party)[0]
    with desk.change("Rename"):
        party.names[0].text = "Colonel B."
    assert editor.toPlainText() == "Colonel B."
    assert editor.text() == people[0]


@given(
    parts=st.lists(
        st.one_of(
            st.sampled_from(["P", "F", "E"]),
            st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12),
            st.just("\n"),
        ),
        max_size=12,
    )
)
def test_whatever_is_stored_comes_back(editor: NarrativeEdit, people: tuple[str, str, str], parts: list[str]) -> None:
    tokens = dict(zip("PFE", people, strict=True))
    text = clean_text("".join(tokens.get(part, part) for part in parts))
    editor.set_text(text)
    assert clean_text(editor.text()) == text
