"""A log that a killed program left under another name of the case file: its changes come back, or are told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from magdesk import unfinished
from magdesk.casefile import CaseFile
from magdesk.model import Case, Party
from magdesk.values import now
from tests.casefile.cases import FAST, PASSPHRASE, make_case, reopen

KILLED = """
import os, sys
from pathlib import Path
from tests.casefile.cases import reopen
from magdesk.model import Party
case = reopen(Path(sys.argv[1]))
with case.change("Add") as session:
    session.add(Party(description="last"))
os.rename(sys.argv[1], sys.argv[2])
os.kill(os.getpid(), 9)
"""


def log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def add(case: CaseFile, text: str) -> None:
    with case.change(f"Add {text}") as session:
        session.add(Party(description=text))


def people(case: CaseFile) -> list[str]:
    return sorted(row.description for row in case.session.query(Party))


@pytest.fixture
def left(path: Path, tmp_path: Path) -> Path:
    """A case as a kill leaves it, "first" in the file, "last" in the log only, in a folder of its own."""
    folder = tmp_path / "left"
    folder.mkdir()
    with make_case(path) as case:
        add(case, "first")
        case.settle()
        add(case, "last")
        for file in (path, log_of(path)):
            shutil.copyfile(file, folder / file.name)
    return folder / path.name


def test_what_is_in_the_log_under_the_old_name_comes_back(left: Path) -> None:
    renamed = left.rename(left.with_name("renamed.magdesk"))
    with reopen(renamed) as case:
        assert people(case) == ["first", "last"]
        [told] = case.told
        assert str(log_of(left)) in told
        assert "in the case again" in told
        assert case.verify() == []
    assert [entry.name for entry in left.parent.iterdir()] == ["renamed.magdesk"]
    with reopen(renamed) as case:
        assert not case.told


def test_a_file_in_another_folder_finds_the_log_where_it_was_open(path: Path, tmp_path: Path) -> None:
    with make_case(path) as case:
        add(case, "first")
    moved = tmp_path / "moved.magdesk"
    ended = subprocess.run([sys.executable, "-c", KILLED, str(path), str(moved)], check=False)
    assert ended.returncode == -9
    unfinished.sweep()
    unfinished.sweep()
    with reopen(moved) as case:
        assert people(case) == ["first", "last"]
        assert len(case.told) == 1
    assert not list(path.parent.iterdir())
    unfinished.sweep()
    assert not list(unfinished.notes_folder().iterdir())


def test_a_second_name_of_the_file_finds_the_log_of_the_first(left: Path) -> None:
    second = left.with_name("second.magdesk")
    second.hardlink_to(left)
    with reopen(second) as case:
        assert people(case) == ["first", "last"]
    assert not log_of(left).exists()


def test_a_reader_is_told_and_touches_nothing(left: Path) -> None:
    renamed = left.rename(left.with_name("renamed.magdesk"))
    with reopen(renamed, read_only=True) as case:
        assert people(case) == ["first"]
        [told] = case.told
        assert "may be missing" in told
    assert log_of(left).exists()


def test_the_log_of_another_version_stays_where_it_is_and_is_told(left: Path) -> None:
    other = left.with_name("other.magdesk")
    shutil.copyfile(left, other)
    left.unlink()
    bytes_left = log_of(left).read_bytes()
    log = log_of(left).rename(left.with_name("away"))
    with reopen(other) as case:
        add(case, "theirs")
    log.rename(log_of(left))
    for _again in range(2):
        with reopen(other) as case:
            assert people(case) == ["first", "theirs"]
            [told] = case.told
            assert "another version" in told
            assert case.verify() == []
    assert log_of(left).read_bytes() == bytes_left


def test_a_log_that_began_after_the_file_was_copied_is_not_mixed_into_it(path: Path, tmp_path: Path) -> None:
    """It begins anew now and then, and holds no longer what an older copy of the file lacks."""
    other = tmp_path / "other.magdesk"
    with make_case(path) as case:
        for number in range(40):
            add(case, f"{number} " + "x" * 2000)
        case.settle()
        shutil.copyfile(path, other)
        with case.change("Other words") as session:
            for row in session.query(Party):
                row.description = "changed"
        case.settle()
        add(case, "last")  # The log begins anew with this.
        shutil.copyfile(log_of(path), other.with_name("gone.magdesk-wal"))
    with reopen(other) as again:
        assert len(people(again)) == 40
        assert "changed" not in people(again)
        assert "another version" in again.told[0]
        assert again.verify() == []


def test_a_log_that_holds_nothing_more_goes_without_a_word(left: Path) -> None:
    with reopen(left) as case:
        case.settle()
        add(case, "settled")
        case.settle()
        log = log_of(left).read_bytes()
    renamed = left.rename(left.with_name("renamed.magdesk"))
    log_of(left).write_bytes(log)
    with reopen(renamed) as case:
        assert people(case) == ["first", "last", "settled"]
        assert not case.told
    assert not log_of(left).exists()


def test_logs_of_other_cases_are_left_alone(left: Path, tmp_path: Path) -> None:
    foreign = left.with_name("foreign.magdesk-wal")
    with CaseFile.create(tmp_path / "foreign.magdesk", PASSPHRASE, cost=FAST, backups=False) as case:
        with case.change("New case", base=True) as session:
            session.add(Case(title="", created_at=now()))
        shutil.copyfile(log_of(case.path), foreign)
    empty, noise = left.with_name("empty-wal"), left.with_name("noise-wal")
    empty.touch()
    noise.write_bytes(os.urandom(100_000))
    with reopen(left) as case:
        assert not case.told
    assert all(log.exists() for log in (foreign, empty, noise))
