"""A damaged case in the window: the message offers its backups, and one of them opens."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from magdesk.casefile import CaseFile
from magdesk.gui.start.restoring import RestoreDialog
from magdesk.gui.window.shell import Window
from magdesk.model import Case, Fact
from magdesk.regimes.regime import Law
from magdesk.services.cases import create_case
from tests.gui.conftest import PASSPHRASE


def damaged(path: Path, law: Law) -> Path:
    """A case with one fact and a backup, and a flipped byte in its first page."""
    with create_case(path, PASSPHRASE, title="Generica", authorities=["us-glomag"], law=law) as case:
        with case.change("Add a fact") as session:
            session.add(Fact(text="kept"))
        case.backup()
    with path.open("r+b") as stream:
        stream.seek(3)
        stream.write(b"\0" if stream.read(1) != b"\0" else b"\1")
    return path


def dialog_of(window: Window) -> RestoreDialog:
    (found,) = window.findChildren(RestoreDialog)
    return found


def test_from_the_unlock_page_to_the_restored_case(window: Window, tmp_path: Path, law: Law, qtbot: QtBot) -> None:
    path = damaged(tmp_path / "generica.magdesk", law)
    before = path.read_bytes()
    window.show_unlock(path)
    assert not window.unlock.backups.isVisible()
    QTest.keyClicks(window.unlock.passphrase.line, PASSPHRASE)
    window.unlock.open_button.click()
    qtbot.waitUntil(window.unlock.backups.isVisible)
    assert "passphrase is correct" in window.unlock.problem.text()
    assert "backups" in window.unlock.problem.text()
    window.unlock.backups.click()
    dialog = dialog_of(window)
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() == 2)
    cells = [dialog.list.topLevelItem(0).text(column) for column in range(5)]  # type: ignore[union-attr]
    assert cells[2:] == ["1", "0", "this passphrase"]
    assert "MiB" in cells[1]
    if folder := os.environ.get("MAGDESK_PICTURES"):
        dialog.grab().save(f"{folder}/restore.png")
    assert dialog.bring.isEnabled()
    with qtbot.waitSignal(dialog.restored) as caught:
        dialog.bring.click()
    made = caught.args[0]
    assert made.parent == path.parent
    assert path.read_bytes() == before
    assert window.unlock.path == made
    QTest.keyClicks(window.unlock.passphrase.line, PASSPHRASE)
    window.unlock.open_button.click()
    qtbot.waitUntil(lambda: window.desk is not None)
    assert window.desk is not None
    assert window.desk.case.session.scalars(select(Fact.text)).all() == ["kept"]


def test_another_passphrase_lists_what_it_opens(window: Window, tmp_path: Path, law: Law, qtbot: QtBot) -> None:
    window.show_unlock(damaged(tmp_path / "generica.magdesk", law))
    window.command.by_name["file.restore"].trigger()
    dialog = dialog_of(window)
    assert not dialog.bring.isEnabled()
    dialog.start()
    assert dialog.problem.text() == "Type the passphrase."
    QTest.keyClicks(dialog.passphrase.line, "not this one at all")
    dialog.look.click()
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() == 2)
    item = dialog.list.topLevelItem(0)
    assert item is not None
    assert item.text(4) == "a different passphrase"
    assert not dialog.bring.isEnabled()
    dialog.reject()


def test_the_backups_of_the_open_case_are_shown_after_it_is_closed(
    open_window: Window, prompts: object, qtbot: QtBot
) -> None:
    assert open_window.desk is not None
    path = open_window.desk.case.path
    with open_window.desk.change("Edit") as session:
        session.scalars(select(Case)).one().country = "Generica"
    open_window.command.by_name["file.restore"].trigger()
    assert open_window.desk is None
    dialog = dialog_of(open_window)
    QTest.keyClicks(dialog.passphrase.line, PASSPHRASE)
    dialog.look.click()
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() > 0 or bool(dialog.problem.text()))
    dialog.reject()
    with CaseFile.open(path, PASSPHRASE, backups=False) as case:
        assert case.verify() == []
