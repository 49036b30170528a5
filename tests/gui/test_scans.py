"""The text of a scan is read by a program in the window: found, shown beside its picture, cited, undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from magdesk.gui.evidence.scanbar import ScanBar, language_name
from magdesk.gui.pages.evidence import EvidencePage
from magdesk.gui.theme import Appearance
from magdesk.gui.viewer.view import Passage, View
from magdesk.gui.viewer.viewer import Viewer
from magdesk.gui.window.caseview import CaseView
from magdesk.gui.window.shell import Window
from magdesk.model import Evidence
from magdesk.model.facts import PinpointKind
from magdesk.services.evidence.scans import recognised_pages
from magdesk.services.search import search_case
from tests import machinereading


@pytest.fixture
def scans(tmp_path: Path) -> list[Path]:
    pages = []
    for words in ("ORDER OF", "DETENTION"):
        picture = Image.new("L", (700, 900), "white")
        ImageDraw.Draw(picture).text((60, 90), words, fill="black", font=ImageFont.load_default(size=60))
        pages.append(picture)
    made = [tmp_path / "first.pdf", tmp_path / "second.png", tmp_path / "note.txt"]
    pages[0].save(made[0], save_all=True, append_images=pages[1:])
    pages[1].save(made[1])
    made[2].write_text("A note.")
    return made


def page_of(window: Window, files: list[Path], qtbot: QtBot) -> tuple[CaseView, EvidencePage]:
    view = window.view
    assert view is not None
    view.jobs.take(files)
    qtbot.waitUntil(lambda: len(view.desk.rows(Evidence)) == len(files) and not window.runner.jobs)
    page = view.show_page("evidence")
    assert isinstance(page, EvidencePage)
    return view, page


def shown(viewer: Viewer) -> View:
    """What is shown now; a function, so that no type checker thinks it stays."""
    return viewer.view


def ready(bar: ScanBar, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(bar.languages))


def test_a_scan_is_read_shown_cited_and_undone(
    open_window: Window,
    scans: list[Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    shot: Callable[[QWidget, str], None],
) -> None:
    machinereading.stand_in(tmp_path / "bin", monkeypatch)
    view, page = page_of(open_window, scans, qtbot)
    desk, viewer = view.desk, page.room.viewer
    row = next(one for one in desk.rows(Evidence) if one.file_name == "first.pdf")
    page.select(row.id)
    bar = page.detail.scan
    ready(bar, qtbot)
    assert bar.chosen() == ("eng",)
    bar.languages["eng"].setChecked(False)
    assert not bar.button.isEnabled()
    bar.languages["rus"].setChecked(True)
    assert bar.choice.text() == "Russian ▾"
    qtbot.waitUntil(lambda: viewer.view is viewer.pages)
    assert not viewer.bar.machine.isVisible()
    bar.button.click()
    qtbot.waitUntil(lambda: recognised_pages(row.details) == "1–2" and not open_window.runner.jobs)
    assert "Read by machine: 1–2" in bar.words.text()
    assert bar.chosen() == ("rus",)
    assert {hit.page for hit in search_case(desk.case, "detention", 5)} == {1, 2}
    qtbot.waitUntil(viewer.bar.machine.isVisible)
    viewer.go_page(1)
    QTest.keyClick(viewer, Qt.Key.Key_T)
    assert viewer.view is viewer.machine
    assert viewer.machine.edit.toPlainText().strip() == machinereading.WORDS
    assert "may contain errors" in viewer.note.text()
    cursor = viewer.machine.edit.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(len("ORDER OF DETENTION"), QTextCursor.MoveMode.KeepAnchor)
    viewer.machine.edit.setTextCursor(cursor)
    assert viewer.view.passage() == Passage(PinpointKind.PAGE, "2", "ORDER OF DETENTION")
    viewer.bar.machine.click()
    assert shown(viewer) is viewer.pages
    assert viewer.pages.page == 1
    viewer.show_item(row.id, page=1, find="detention")
    assert shown(viewer) is viewer.machine, "the words are marked where they can be"
    desk.undo()
    assert recognised_pages(row.details) == ""
    assert search_case(desk.case, "detention", 5) == []
    qtbot.waitUntil(lambda: viewer.view is viewer.pages)
    assert not viewer.bar.machine.isVisible()
    desk.redo()
    qtbot.waitUntil(lambda: not open_window.runner.jobs)
    assert {hit.page for hit in search_case(desk.case, "detention", 5)} == {1, 2}
    for appearance in (Appearance.DARK, Appearance.LIGHT):
        open_window.theme.set_appearance(appearance)
        anew = view.show_page("evidence")
        assert isinstance(anew, EvidencePage)
        qtbot.waitUntil(anew.room.viewer.bar.machine.isVisible)
        ready(anew.detail.scan, qtbot)
        shot(open_window, f"scan-{appearance.value}")
        anew.room.viewer.bar.machine.click()
        shot(open_window, f"machine-text-{appearance.value}")


def test_several_scans_are_read_at_once(
    open_window: Window, scans: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    machinereading.stand_in(tmp_path / "bin", monkeypatch)
    view, page = page_of(open_window, scans, qtbot)
    page.table.selectAll()
    bar = page.bulk.scan
    ready(bar, qtbot)
    assert bar.words.text() == "2 scans or pictures are selected."
    bar.button.click()
    rows = view.desk.rows(Evidence)
    qtbot.waitUntil(lambda: sum(bool(recognised_pages(row.details)) for row in rows) == 2)
    qtbot.waitUntil(lambda: not open_window.runner.jobs)
    page.select(next(row.id for row in rows if row.file_name == "note.txt"))
    assert not page.detail.scan.isVisible()


def test_without_the_program_the_bar_says_how_to_get_it(
    open_window: Window, scans: list[Path], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    machinereading.take_away(monkeypatch)
    view, page = page_of(open_window, scans, qtbot)
    page.select(next(one.id for one in view.desk.rows(Evidence) if one.file_name == "first.pdf"))
    bar = page.detail.scan
    qtbot.waitUntil(lambda: "install the free program" in bar.words.text())
    assert not bar.button.isVisible()
    assert not bar.choice.isVisible()
    page.select(next(one.id for one in view.desk.rows(Evidence) if one.file_name == "second.png"))
    assert "install the free program" in bar.words.text()


@pytest.mark.parametrize(
    ("code", "name"),
    [("rus", "Russian"), ("ara", "Arabic"), ("chi_sim", "Chinese (sim)"), ("fas", "Persian"), ("frk2", "frk2")],
)
def test_languages_are_told_in_words(code: str, name: str) -> None:
    assert language_name(code) == name
