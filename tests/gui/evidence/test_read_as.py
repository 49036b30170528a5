"""A text whose letters look wrong is read in another encoding: the item, the search and the viewer follow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from magdesk.gui.pages.evidence import EvidencePage
from magdesk.gui.theme import Appearance
from magdesk.gui.window.shell import Window
from magdesk.intake.knownencoding import KnownEncoding
from magdesk.model import Evidence
from magdesk.services.evidence.encoding import known_encoding
from magdesk.services.search import search_case

WORDS = "Antonín Dvořák podepsal"


def test_a_person_chooses_the_encoding_of_a_text(
    open_window: Window, tmp_path: Path, qtbot: QtBot, shot: Callable[[QWidget, str], None]
) -> None:
    view = open_window.view
    assert view is not None
    text, other = tmp_path / "svedek.txt", tmp_path / "x.bin"
    text.write_bytes(WORDS.encode("cp1250"))
    other.write_bytes(b"\x00\x01\x02\x03" * 50)
    view.jobs.take([text, other])
    qtbot.waitUntil(lambda: len(view.desk.rows(Evidence)) == 2 and not open_window.runner.jobs)
    page = view.show_page("evidence")
    assert isinstance(page, EvidencePage)
    row = next(one for one in view.desk.rows(Evidence) if one.file_name == "svedek.txt")
    page.select(row.id)
    bar = page.detail.read_as
    assert bar.isVisible()
    assert not page.detail.locked.isVisible()
    assert bar.choice.currentText() == "As it seems to be written (Windows-1252)"
    bar.choice.setCurrentIndex(bar.choice.findData("cp1250"))
    bar.choice.activated.emit(bar.choice.currentIndex())
    qtbot.waitUntil(lambda: known_encoding(row.details) == KnownEncoding("cp1250", chosen=True))
    qtbot.waitUntil(lambda: not open_window.runner.jobs)
    assert bar.choice.currentText() == "Windows-1250"
    assert [found.key for found in search_case(view.desk.case, "Dvořák", 5)] == [row.id]
    qtbot.waitUntil(lambda: "Dvořák" in page.room.viewer.text.edit.toPlainText())
    for appearance in (Appearance.LIGHT, Appearance.DARK):
        open_window.theme.set_appearance(appearance)
        shot(open_window, f"read-as-{appearance.value}")
    page.select(next(one.id for one in view.desk.rows(Evidence) if one.file_name == "x.bin"))
    assert not bar.isVisible()
