"""Changing the passphrase in the window: a wrong one is told, the right one counts, and the case stays open."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from magdesk.casefile import CaseFile
from magdesk.gui.start.rekey import RekeyDialog
from magdesk.gui.window.shell import Window
from tests.gui.conftest import PASSPHRASE
from tests.gui.window.test_window import closed


def test_a_new_passphrase(open_window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window
    assert window.desk is not None
    path = window.desk.case.path
    dialog = RekeyDialog(window.desk, window)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.old.line.setText("no")
    dialog.new.first.line.setText("seven purple tractors dancing")
    dialog.new.second.line.setText("seven purple tractors dancing")
    dialog.start()
    qtbot.waitUntil(lambda: "passphrase" in dialog.problem.text(), timeout=30000)
    assert not dialog._busy
    window.desk.checking.ask(0)  # the case is read while the change is asked for
    qtbot.waitUntil(lambda: bool(window.runner.jobs), timeout=30000)
    dialog.old.line.setText(PASSPHRASE)
    with qtbot.waitSignal(dialog.accepted, timeout=30000):
        dialog.start()
    with window.desk.change("Still works"):
        window.desk.row.title = "After"
    window.lock()
    closed(window, qtbot)
    from tests.shared import CHEAP

    CaseFile.open(path, "seven purple tractors dancing", cost=CHEAP).close()
