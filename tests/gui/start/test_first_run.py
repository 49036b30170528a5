"""From the first page to the first fact by keys alone; a passphrase that is made withstands whoever has the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from magdesk.gui.guide.guidepage import GuidePage
from magdesk.gui.start import newcase
from magdesk.gui.window.shell import Window
from magdesk.model import Authority, Fact
from magdesk.services.passphrases import PassphraseStrength, made_passphrase, strength
from tests.gui.conftest import FakePrompts

_CTRL = Qt.KeyboardModifier.ControlModifier
_SENTENCE = "On 5 March 2023 guards beat a detainee at Camp Oster."


def _keys() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_a_fact_is_saved_after_five_keys_and_a_sentence(
    window: Window, prompts: FakePrompts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(newcase, "_free_place", lambda _today: tmp_path / "case.magdesk")
    screens = [window.stack.currentWidget()]
    QTest.keyClick(_keys(), Qt.Key.Key_Space)  # Start a case
    new = window.new
    assert new is not None
    screens.append(window.stack.currentWidget())
    assert new.title_line.text() == "Case of 2026-03-05"
    QTest.keyClick(_keys(), Qt.Key.Key_Tab)
    assert _keys() is new.passphrase.make
    QTest.keyClick(_keys(), Qt.Key.Key_Space)  # Make one for me
    assert new.passphrase.text in new.passphrase.made.text()
    assert new.passphrase.made.isVisible()
    assert not any(box.isChecked() for box in new.boxes.values())
    QTest.keyClick(_keys(), Qt.Key.Key_Return, _CTRL)
    qtbot.waitUntil(lambda: window.view is not None and isinstance(window.view.page, GuidePage))
    view = window.view
    assert view is not None
    screens.append(view.page)
    assert view.desk.rows(Authority) == []
    QTest.keyClicks(_keys(), _SENTENCE)
    QTest.keyClick(_keys(), Qt.Key.Key_Return, _CTRL)
    assert [fact.text for fact in view.desk.rows(Fact)] == [_SENTENCE]
    assert len(screens) == 3
    window.close_case()
    qtbot.waitUntil(lambda: not window.runner.jobs)


def test_a_country_ticks_its_laws_and_each_can_be_left_out(window: Window, qtbot: QtBot) -> None:
    window.show_new()
    new = window.new
    assert new is not None
    new.countries.countries["United States"].setChecked(True)
    chosen = {code for code, box in new.boxes.items() if box.isChecked()}
    assert chosen == {code for code in new.boxes if window.law.regimes[code].jurisdiction == "United States"}
    assert chosen
    new.boxes["us-7031c"].setChecked(False)
    assert {code for code, box in new.boxes.items() if box.isChecked()} == chosen - {"us-7031c"}
    window.show_start()


def test_a_made_passphrase_is_strong_and_never_the_same_and_goes_when_another_is_typed(window: Window) -> None:
    made = {made_passphrase() for _ in range(20)}
    assert len(made) == 20
    assert all(len(one.split()) == 5 for one in made)
    assert min(map(strength, made)) >= PassphraseStrength.STRONG
    window.show_new()
    assert window.new is not None
    lines = window.new.passphrase
    lines.make.click()
    assert lines.problem == ""
    lines.first.line.setText("something else that I know")
    assert not lines.made.isVisible()
    window.show_start()
