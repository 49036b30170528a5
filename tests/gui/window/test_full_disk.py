"""The disk is full while somebody types: nothing is lost, and it is saved by itself once there is room."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from magdesk.casefile import CaseFile
from magdesk.gui.forms.field import Field
from magdesk.gui.window.shell import Window
from tests.gui.conftest import FakePrompts

LONG = "what was done to them " * 20_000
"""Needs pages that the file does not have yet."""


def fill_disk(case: CaseFile) -> None:
    raw = case._lanes.mine().raw
    (pages,) = raw.execute("PRAGMA page_count").fetchone()
    raw.execute(f"PRAGMA max_page_count = {pages}").fetchall()


def make_room(case: CaseFile) -> None:
    case._lanes.mine().raw.execute("PRAGMA max_page_count = 1000000").fetchall()


def test_what_is_typed_on_a_full_disk_stays_and_is_saved_once_there_is_room(
    open_window: Window, case: CaseFile, prompts: FakePrompts, qtbot: QtBot, shot: Callable[[QWidget, str], None]
) -> None:
    view, desk = open_window.view, open_window.desk
    assert view is not None
    assert desk is not None
    view._looking.setInterval(50)
    page = view.show_page("overview")
    [field] = [one for one in page.findChildren(Field) if one.name == "side_effects"]
    editor = field.editor
    assert isinstance(editor, QPlainTextEdit | QTextEdit)
    fill_disk(case)
    editor.setPlainText(LONG)
    field.commit()
    banner = view.jobs.banner
    qtbot.waitUntil(banner.isVisible)
    assert "The disk is full" in banner.text.text()
    assert "Free some space" in banner.text.text()
    assert "tries again" in banner.text.text()
    assert "1 field not yet saved" in view.status.saved.text()
    assert desk.row.side_effects == ""
    shot(open_window, "full-disk")
    qtbot.wait(150)  # It has tried again meanwhile, and says the same.
    assert banner.isVisible()
    editor.setPlainText(LONG + "and more")  # Typing goes on.
    assert editor.isEnabled()
    assert not editor.isReadOnly()
    prompts.yes = False
    assert not open_window.close_case()
    assert "could not be saved" in prompts.asked[-1]
    make_room(case)
    qtbot.waitUntil(lambda: not desk.unsaved)
    assert desk.row.side_effects.strip() == (LONG + "and more").strip()
    qtbot.waitUntil(lambda: not banner.isVisible())
    assert view.status.saved.text() == "All changes saved"
    assert field.message.text() == ""
    assert case.verify(full=False) == []
