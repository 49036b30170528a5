"""No data is ever markup: every page, panel and dialog on a case whose every field holds it, and nothing is opened.

The same walk, under ``strace`` and with figures: ``python -m tests.bench.markup``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from magdesk.gui.boundedwords import LABEL_LETTERS, LINE_LETTERS, Label, elided, line_width
from magdesk.gui.desk.desk import Desk
from magdesk.gui.fitting import OneLine
from magdesk.gui.forms.narrative import NarrativeEdit
from magdesk.gui.plain import PlainTexts, keep_plain, message, tip_text
from magdesk.gui.window.shell import Window
from tests.bench.markup import BIDI, LONG, Trap, markup, text_of, walk
from tests.safety import safety

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the watch over opened files is that of Linux")


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[Trap]:
    folder = tmp_path / "trap"
    folder.mkdir()
    made = Trap(folder)
    yield made
    made.close()


@pytest.fixture
def plain(qapp: QApplication) -> None:
    keep_plain(qapp)


def _show(label: QLabel, qapp: QApplication, qtbot: QtBot) -> QDialog:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    QVBoxLayout(dialog).addWidget(label)
    dialog.show()
    qapp.processEvents()
    return dialog


def test_the_watch_sees_a_label_that_takes_markup(trap: Trap, plain: None, qapp: QApplication, qtbot: QtBot) -> None:
    """Without the filter the picture is opened: so the walk below would see it."""
    texts = qapp.findChild(PlainTexts)
    assert texts is not None
    qapp.removeEventFilter(texts)
    label = QLabel(markup(trap.path))
    first = _show(label, qapp, qtbot)
    assert first.isVisible()
    qapp.installEventFilter(texts)
    assert trap.sprung()
    again = QLabel(markup(trap.path))
    second = _show(again, qapp, qtbot)
    assert second.isVisible()
    assert not trap.sprung()
    assert again.textFormat() is Qt.TextFormat.PlainText


@safety(
    "Nothing in the window is treated as markup: names and texts are shown exactly as written and open no "
    "picture, link or share."
)
@pytest.mark.slow
@pytest.mark.parametrize("kind", ["markup", "bidi"])  # a hundred kilobytes in every field: the command
def test_nothing_is_opened_wherever_one_looks(
    kind: str, trap: Trap, window: Window, qapp: QApplication, tmp_path: Path
) -> None:
    home = tmp_path / "walk"
    home.mkdir()
    seen = walk(qapp, window, home, text_of(kind, trap.path), trap)
    assert not list(dict.fromkeys(seen.wrong))
    assert len(seen.places) >= 30
    assert seen.tips > 20


def test_a_tooltip_is_plain_and_fits_the_screen(trap: Trap, plain: None, qapp: QApplication, qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    button = QPushButton("x", dialog)
    dialog.show()
    for text in (markup(trap.path), LONG, BIDI):
        button.setToolTip(text)
        qapp.sendEvent(button, QHelpEvent(QEvent.Type.ToolTip, QPoint(2, 2), button.mapToGlobal(QPoint(2, 2))))
        tips = [one for one in QApplication.topLevelWidgets() if one.inherits("QTipLabel") and one.isVisible()]
        assert len(tips) == 1
        tip = tips[0]
        assert isinstance(tip, QLabel)
        assert tip.textFormat() is Qt.TextFormat.PlainText
        assert tip.text() == tip_text(text)
        assert tip.width() < 1500
        assert tip.height() < 1000
        tip.hide()
    assert not trap.sprung()


def test_the_text_of_a_tooltip_or_box_is_bounded_and_cannot_turn_a_line_round() -> None:
    assert tip_text("a\nb") == "a\nb"
    assert tip_text(LONG).endswith("\n…")
    assert max(map(len, tip_text(LONG).split("\n"))) <= 90
    assert tip_text("annex\u202efdp.exe") == "annexfdp.exe"
    assert message("annex\u202efdp.exe") == "annexfdp.exe"
    assert message("short") == "short"
    assert len(message(LONG)) < 2100
    assert "<b>" in message("<b>B</b>")


def test_the_editor_of_narrative_opens_no_resource(trap: Trap, desk: Desk, qapp: QApplication, qtbot: QtBot) -> None:
    """Even a document that holds markup, which nothing in the program makes."""
    editor = NarrativeEdit(desk)
    qtbot.addWidget(editor)
    editor.setHtml(markup(trap.path))
    editor.show()
    qapp.processEvents()
    assert not trap.sprung()


def test_a_long_line_does_not_push_the_window_apart(plain: None, qtbot: QtBot) -> None:
    line = OneLine()
    qtbot.addWidget(line)
    line.setText(LONG)
    assert line.minimumSizeHint().width() <= 60
    assert line.sizeHint().width() <= 400
    assert LONG.startswith(line.text().rstrip("…"))
    assert len(line.text()) > 5_000


def test_a_label_lays_out_no_more_than_a_page_of_a_judgment_that_somebody_pasted(plain: None, qtbot: QtBot) -> None:
    """It lays its text out at each measurement: with a hundred kilobytes in each field a page took two minutes."""
    label, short = QLabel(LONG), QLabel("word " * 1_000)
    dialog = QDialog()
    qtbot.addWidget(dialog)
    box = QVBoxLayout(dialog)
    for one in (label, short):
        one.setWordWrap(True)
        box.addWidget(one)
    dialog.show()
    assert len(label.text()) < len(LONG) // 10
    assert label.text().endswith("…")
    assert short.text() == "word " * 1_000


def test_a_text_that_is_set_later_is_shortened_too(plain: None, qtbot: QtBot) -> None:
    """A hidden field is laid out as soon as it or its neighbour is shown: no event comes before that."""
    label = Label()
    qtbot.addWidget(label)
    label.setText(LONG)
    assert label.text() == LONG[:LABEL_LETTERS] + "…"
    label.setText(LONG[:LABEL_LETTERS])
    assert label.text() == LONG[:LABEL_LETTERS]
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_of_a_long_line_no_more_is_measured_than_a_screen_shows(qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    text = "a" * 100_000 + "z"
    assert elided(metrics, text, 1_000_000) == "a" * LINE_LETTERS + "…"
    middle = elided(metrics, text, 1_000_000, Qt.TextElideMode.ElideMiddle)
    assert (middle[0], middle[-1], len(middle)) == ("a", "z", LINE_LETTERS + 1)
    assert elided(metrics, "short", 1_000_000) == "short"
    assert line_width(metrics, text) == metrics.horizontalAdvance("a" * LINE_LETTERS)
