"""Another program takes the file away from under the case that the window shows."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from magdesk.casefile import CaseFile
from magdesk.errors import CaseFileTaken
from magdesk.gui.window.shell import Window
from magdesk.model import Case, Party
from tests.gui.conftest import PASSPHRASE, FakePrompts
from tests.shared import CHEAP


def replace(path: Path, template: Path) -> None:
    beside = path.with_name(".incoming")
    shutil.copyfile(template, beside)
    beside.replace(path)


def add(window: Window, text: str) -> bool:
    assert window.desk is not None
    return window.desk.try_change("Add", lambda session: session.add(Party(description=text)))


def test_the_window_sees_it_by_itself_stops_and_says_where_the_work_is(
    open_window: Window,
    case: CaseFile,
    template: Path,
    prompts: FakePrompts,
    qtbot: QtBot,
    shot: Callable[[QWidget, str], None],
) -> None:
    assert open_window.view is not None
    assert open_window.desk is not None
    assert add(open_window, "mine")
    banner, path = open_window.view.jobs.banner, case.path
    replace(path, template)
    qtbot.waitUntil(lambda: banner.isVisible() and "(kept " in banner.text.text())
    assert "replaced" in banner.text.text()
    [kept] = path.parent.glob("* (kept *).magdesk")
    assert kept.name in banner.text.text()
    assert open_window.view.status.saved.text() == "Nothing is being saved"
    assert not open_window.command.by_name["edit.undo"].isEnabled()
    assert not open_window.command.by_name["case.add_files"].isEnabled()
    assert not open_window.view.acceptDrops()
    open_window.desk.undo()
    assert not add(open_window, "too late")
    shot(open_window, "taken-light")
    open_window.close_case()
    qtbot.waitUntil(lambda: not open_window.runner.jobs)
    assert [type(error) for error in prompts.failures] == [CaseFileTaken]
    assert kept.name in str(prompts.failures[0])
    assert sorted(entry.name for entry in path.parent.glob("*.magdesk*")) == sorted([kept.name, path.name])
    assert path.read_bytes() == template.read_bytes()
    with CaseFile.open(kept, PASSPHRASE, cost=CHEAP, backups=False) as again:
        assert again.session.scalars(select(Party.description)).all() == ["mine"]
        assert again.verify() == []


def test_a_change_that_finds_it_first_is_not_made_and_the_rest_is_kept(
    open_window: Window, case: CaseFile, qtbot: QtBot
) -> None:
    assert open_window.view is not None
    open_window.view._looking.stop()
    assert add(open_window, "mine")
    case.path.unlink()
    assert not add(open_window, "too late")
    banner = open_window.view.jobs.banner
    qtbot.waitUntil(lambda: banner.isVisible() and "(kept " in banner.text.text())
    assert "deleted" in banner.text.text()


def test_what_a_killed_program_left_under_the_old_name_comes_back_and_is_said(
    window: Window, case: CaseFile, tmp_path: Path, prompts: FakePrompts, qtbot: QtBot
) -> None:
    renamed = tmp_path / "renamed.magdesk"
    with case.change("Add") as session:
        session.add(Party(description="mine"))
    shutil.copyfile(case.path, renamed)
    shutil.copyfile(f"{case.path}-wal", tmp_path / "old.magdesk-wal")
    case.close()
    window.open_case(CaseFile.open(renamed, PASSPHRASE, cost=CHEAP, backups=False))
    assert window.view is not None
    banner = window.view.jobs.banner
    qtbot.waitUntil(banner.isVisible)
    assert "old.magdesk-wal" in banner.text.text()
    banner.more.click()
    assert "in the case again" in prompts.told[0]
    assert window.desk is not None
    assert window.desk.case.session.scalars(select(Party.description)).all() == ["mine"]
    window.close_case()
    qtbot.waitUntil(lambda: not window.runner.jobs)


def test_the_file_itself_soon_holds_what_was_saved(
    open_window: Window, case: CaseFile, tmp_path: Path, qtbot: QtBot
) -> None:
    assert add(open_window, "mine")
    assert case.unsettled
    qtbot.waitUntil(lambda: not case.unsettled and not open_window.runner.jobs)
    copied = tmp_path / "copied.magdesk"
    shutil.copyfile(case.path, copied)
    with CaseFile.open(copied, PASSPHRASE, cost=CHEAP, backups=False) as again:
        assert again.session.scalars(select(Party.description)).all() == ["mine"]
        assert again.session.scalars(select(Case.title)).one() == "Generica"
