from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from magdesk.gui.forms.narrative import NarrativeEdit
from magdesk.gui.theme import SMALLEST
from magdesk.gui.window.caseview import CaseView
from magdesk.gui.window.palette import CommandPalette
from magdesk.gui.window.shell import Window
from magdesk.model import Fact, Name, Party, Target
from magdesk.model.people import NameKind, PartyKind
from magdesk.services.search import Result


def opened(view: CaseView) -> CommandPalette:
    view.open_search()
    panel = next(one for one in view.findChildren(CommandPalette) if one.isVisible())
    assert isinstance(panel, CommandPalette)
    return panel


def titles(panel: CommandPalette) -> list[str]:
    return [row.entry.title for row in panel.model.rows]


@pytest.fixture
def view(open_window: Window) -> CaseView:
    assert open_window.view is not None
    return open_window.view


def test_an_empty_line_does_nothing_on_enter(view: CaseView) -> None:
    panel = opened(view)
    assert not panel.view.currentIndex().isValid()
    QTest.keyClick(panel.line, Qt.Key.Key_Return)
    assert panel.isVisible()
    assert view.page.code == "home"
    headings = [row.heading for row in panel.model.rows if row.heading]
    assert headings == ["Go to"], "no command was used yet"
    panel.close()
    view.run("add.facts")
    panel = opened(view)
    assert [row.heading for row in panel.model.rows if row.heading] == ["Used last", "Go to"]
    assert titles(panel)[0] == "Add a fact"
    panel.close()


def test_a_synonym_finds_the_command_and_enter_does_it(view: CaseView) -> None:
    panel = opened(view)
    QTest.keyClicks(panel.line, "allegation")
    assert titles(panel)[0] == "Add a fact"
    QTest.keyClick(panel.line, Qt.Key.Key_Return)
    assert view.page.code == "facts"
    assert len(view.desk.rows(Fact)) == 1


def test_what_cannot_be_done_is_grey_with_its_reason(view: CaseView) -> None:
    panel = opened(view)
    QTest.keyClicks(panel.line, "> redo")
    (row,) = [row for row in panel.model.rows if row.entry.key == "edit.redo"]
    assert row.entry.reason == "There is nothing to redo."
    assert row.entry.shortcut == "Ctrl+Shift+Z"
    number = panel.model.rows.index(row)
    assert panel.model.flags(panel.model.index(number)) == Qt.ItemFlag.NoItemFlags
    panel.choose(number)
    assert panel.isVisible()
    panel.close()


def test_a_prefix_narrows_to_one_kind(view: CaseView, qtbot: QtBot) -> None:
    with view.desk.change("Set up") as session:
        party = Party(kind=PartyKind.PERSON, names=[Name(kind=NameKind.PRIMARY, text="Harrow Lane")])
        session.add_all([Target(party=party), Fact(text="Harrow gave the order.")])
    panel = opened(view)
    QTest.keyClicks(panel.line, "@harrow")
    qtbot.waitUntil(lambda: bool(panel._results))
    assert {one.kind for one in panel._results.values()} <= {"party", "name", "target"}
    panel.line.setText("#harrow")
    qtbot.waitUntil(lambda: {one.kind for one in panel._results.values()} == {"fact"})
    panel.line.setText(">harrow")
    assert titles(panel) == []
    panel.close()
    assert not panel._results, "names are not kept"


def test_findings_are_found_and_gone_to(view: CaseView) -> None:
    finding = view.desk.findings()[0]
    panel = opened(view)
    panel.line.setText(finding.sentence)
    row = titles(panel).index(finding.sentence)
    with pytest.MonkeyPatch.context() as patch:
        gone: list[object] = []
        patch.setattr(view.desk, "go", gone.append)
        panel.choose(row)
    assert gone == [finding.place]


def test_escape_gives_the_focus_back(view: CaseView) -> None:
    view.run("add.facts")
    before = QApplication.focusWidget()
    assert before is not None
    panel = opened(view)
    QTest.keyClick(panel.line, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert QApplication.focusWidget() is before


class TerminalLine(QLineEdit):
    """Claims keys as a line edit does on Linux: Ctrl+E and Ctrl+K belong to its own editing there."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


@pytest.mark.parametrize(("key", "does"), [(Qt.Key.Key_E, "export"), (Qt.Key.Key_5, "evidence")])
def test_shortcuts_work_inside_a_line_edit(view: CaseView, key: Qt.Key, does: str) -> None:
    line = TerminalLine(view)
    line.show()
    line.setFocus()
    QTest.keyClick(line, key, Qt.KeyboardModifier.ControlModifier)
    assert view.page.code == does


def test_the_palette_opens_from_inside_a_narrative(view: CaseView) -> None:
    view.show_page("facts")
    view.run("add.facts")
    editor = next(one for one in view.page.findChildren(NarrativeEdit) if one.isVisible())
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    panel = next(one for one in view.findChildren(CommandPalette) if one.isVisible())
    panel.close()


def test_what_is_found_later_moves_only_a_selection_that_nobody_chose(view: CaseView, qtbot: QtBot) -> None:
    with view.desk.change("Set up") as session:
        session.add(Fact(text="Evidence"))
    panel = opened(view)
    QTest.keyClicks(panel.line, "sources")
    QTest.keyClick(panel.line, Qt.Key.Key_Down)
    chosen = titles(panel)[panel.view.currentIndex().row()]
    panel._on_found(panel._asked, [Result("fact", view.desk.rows(Fact)[0].id, 0, "sources", "sources")])
    assert titles(panel)[0] == "sources"
    assert titles(panel)[panel.view.currentIndex().row()] == chosen
    panel.line.setText("source")
    panel._on_found(panel._asked, [Result("fact", view.desk.rows(Fact)[0].id, 0, "source {@party:ba", "source")])
    assert panel.view.currentIndex().row() == 0
    assert titles(panel)[0] == "source …"
    panel.close()


def test_the_size_of_the_text_is_kept_and_can_be_had_back(open_window: Window) -> None:
    theme, settings = open_window.theme, open_window.settings
    own = theme.points
    QTest.keyClick(open_window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert theme.points == settings.points == round(own) + 1
    for _time in range(12):
        QTest.keyClick(open_window, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert theme.points == settings.points == SMALLEST
    open_window.command.by_name["view.own_size"].trigger()
    assert theme.points == own
    assert settings.points == 0
