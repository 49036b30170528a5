"""The page on which files are added says what keeps their readers away from everything else."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from magdesk.errors import WorkerCannotStart
from magdesk.gui.desk.desk import Desk
from magdesk.gui.evidence.safetyline import SafetyLine
from magdesk.gui.pages.evidence import EvidencePage
from magdesk.gui.window.shell import Window
from magdesk.intake.sandbox.confinement import Confinement, Layer
from magdesk.services import readingsafety
from magdesk.services.readingsafety import reading_safety

LACKING = "This kernel has no Landlock."


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    reading_safety.cache_clear()
    yield
    reading_safety.cache_clear()


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    return made


def shown(desk: Desk, page: QWidget, qtbot: QtBot) -> SafetyLine:
    line = SafetyLine(desk)
    layout = page.layout()
    assert layout is not None
    layout.addWidget(line)
    assert line.isHidden()
    qtbot.waitUntil(lambda: not line.isHidden(), timeout=30000)
    return line


def test_where_all_holds_one_sentence_is_said(
    desk: Desk, page: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def held() -> Confinement:
        asked.append(1)
        return Confinement(frozenset(Layer))

    monkeypatch.setattr(readingsafety, "confinement_here", held)
    for _again in range(2):
        line = shown(desk, page, qtbot)
        assert "cannot reach" in line.words.text()
        assert line.advice.isHidden()
    assert len(asked) == 1


def test_a_missing_layer_is_named_with_what_to_do(
    desk: Desk, page: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readingsafety, "confinement_here", lambda: Confinement(frozenset(), (LACKING,)))
    line = shown(desk, page, qtbot)
    assert LACKING in line.words.text()
    assert "cannot reach" not in line.words.text()
    assert not line.advice.isHidden()
    assert "files from people you do not trust" in line.advice.text()
    assert ("Linux 5.13" in line.advice.text()) == (sys.platform == "linux")


def test_a_reader_that_cannot_start_is_said_before_any_file_is_added(
    desk: Desk, page: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> Confinement:
        raise WorkerCannotStart("It cannot be started.", "Reinstall MagDesk.")

    monkeypatch.setattr(readingsafety, "confinement_here", broken)
    line = shown(desk, page, qtbot)
    assert (line.words.text(), line.advice.text()) == ("It cannot be started.", "Reinstall MagDesk.")


def test_the_page_says_what_this_computer_does(open_window: Window, qtbot: QtBot) -> None:
    assert open_window.view is not None
    page = open_window.view.show_page("evidence")
    assert isinstance(page, EvidencePage)
    qtbot.waitUntil(lambda: not page.safety.isHidden(), timeout=60000)
    expected = reading_safety()
    assert page.safety.words.text() == expected.sentence
    assert page.safety.advice.text() == expected.advice
