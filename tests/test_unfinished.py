"""What a killed program leaves is removed by the next start, and nothing else is."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from magdesk import paths, unfinished
from magdesk.unfinished import UnfinishedWork, begin, hidden_name, making, remove_beside, sweep

pytestmark = pytest.mark.skipif(os.name != "posix", reason="dies by signal")

DIES = """
import os, sys
from pathlib import Path
from magdesk.unfinished import UnfinishedWork, begin, hidden_name
final = Path(sys.argv[1])
part, old = hidden_name(final), hidden_name(final, "old")
begin(UnfinishedWork([part], [(old, final)], [final.with_name(final.name + ".lock")], clear=True))
part.mkdir()
(part / "secret.txt").write_text("in clear" * 1000)
final.with_name(final.name + ".lock").write_text("")
if final.exists():
    final.rename(old)
print(part, flush=True)
sys.stdin.read() if len(sys.argv) > 2 else os.kill(os.getpid(), 9)
"""


def die(final: Path) -> Path:
    """Run a program that is killed while it makes a folder; its hidden name."""
    done = subprocess.run([sys.executable, "-c", DIES, str(final)], capture_output=True, text=True, check=False)
    assert done.returncode == -9, done.stderr
    return Path(done.stdout.strip())


@pytest.fixture
def living(tmp_path: Path) -> Iterator[Path]:
    """The hidden folder of a program that is still at work."""
    program = subprocess.Popen(
        [sys.executable, "-c", DIES, str(tmp_path / "out"), "stay"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    yield Path(program.stdout.readline().strip())
    program.communicate("")


def notes() -> list[Path]:
    return list((paths.user_data() / "unfinished").glob("*"))


def test_what_a_killed_program_left_is_overwritten_and_removed(tmp_path: Path) -> None:
    part = die(tmp_path / "out")
    with (part / "secret.txt").open("rb") as kept:
        found = sweep()
        assert kept.read() == bytes(8000)
    assert found == [part, tmp_path / "out.lock"]
    assert list(tmp_path.iterdir()) == []
    assert notes() == []
    assert sweep() == []


def test_what_is_being_made_is_left_alone(living: Path, tmp_path: Path) -> None:
    assert sweep() == []
    remove_beside(tmp_path / "out")
    assert (living / "secret.txt").read_text().startswith("in clear")
    assert len(notes()) == 1


def test_what_was_moved_aside_comes_back(tmp_path: Path) -> None:
    final = tmp_path / "out"
    final.mkdir()
    (final / "mine").write_text("x")
    part = die(final)
    assert not final.exists()
    sweep()
    assert (final / "mine").read_text() == "x"
    assert not part.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out", "out.lock"]  # A lock of what is there is its own.


def test_a_note_is_gone_when_the_work_is_done(tmp_path: Path) -> None:
    with making(tmp_path / "case.magdesk") as part:
        (note,) = notes()
        assert json.loads(note.read_text())["parts"] == [str(part)]
        assert note.stat().st_mode & 0o077 == 0
        part.write_bytes(b"x")
        part.rename(tmp_path / "case.magdesk")
    assert notes() == []
    assert [path.name for path in tmp_path.iterdir()] == ["case.magdesk"]


def test_what_keeps_its_hidden_name_is_removed_with_all_beside_it(tmp_path: Path) -> None:
    with making(tmp_path / "case.magdesk") as part:
        for ending in ("", "-wal", "-shm", "-journal", ".lock"):
            part.with_name(part.name + ending).write_bytes(b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_note_cannot_name_anything_but_hidden_work(tmp_path: Path) -> None:
    mine = tmp_path / "mine.magdesk"
    mine.write_bytes(b"x")
    lock = tmp_path / "poetry.lock"
    lock.write_bytes(b"x")
    (tmp_path / "poetry").write_bytes(b"x")
    folder = paths.user_data() / "unfinished"
    folder.mkdir(parents=True)
    forged = {
        "parts": [str(mine)],
        "aside": [[str(mine), str(tmp_path / "new")]],
        "locks": [str(lock)],
        "clear": True,
    }
    (folder / "a.json").write_text(json.dumps(forged))
    (folder / "b.json").write_text("not a note")
    assert sweep() == []
    assert mine.read_bytes() == b"x"
    assert lock.exists()
    assert notes() == []


HOLDS = """
import os, sys
from pathlib import Path
from magdesk.casefile.lock import WriterLock
lock = WriterLock.acquire(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read() if len(sys.argv) > 2 else os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("name", ["finished.magdesk", "finished.case"])
def test_the_lock_of_a_case_that_was_open_when_its_program_was_killed_is_gone_after_the_next_start(
    tmp_path: Path, name: str
) -> None:
    case = tmp_path / name
    case.write_bytes(b"x")
    killed = subprocess.run([sys.executable, "-c", HOLDS, str(case)], capture_output=True, check=False)
    assert killed.returncode == -9, killed.stderr
    lock = tmp_path / f"{name}.lock"
    assert lock.exists()
    assert sweep() == [lock]
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert notes() == []


def test_what_another_computer_wrote_into_a_lock_is_left_to_it(tmp_path: Path) -> None:
    (tmp_path / "shared.magdesk").write_bytes(b"x")
    lock = tmp_path / "shared.magdesk.lock"
    begin(UnfinishedWork([], locks=[lock])).done()
    folder = paths.user_data() / "unfinished"
    note = json.dumps({"parts": [], "aside": [], "locks": [str(lock)], "clear": False})
    for host, stays in ((f"not-{socket.gethostname()}", True), (socket.gethostname(), False)):
        lock.write_text(json.dumps({"who": "Ben", "host": host, "pid": 1, "since": ""}))
        (folder / "a.json").write_text(note)
        sweep()
        assert lock.exists() is stays


def test_the_lock_of_a_case_that_is_open_stays(tmp_path: Path) -> None:
    case = tmp_path / "open.magdesk"
    case.write_bytes(b"x")
    program = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(case), "stay"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "held\n"
    assert sweep() == []
    assert (tmp_path / "open.magdesk.lock").exists()
    program.communicate("")


def test_only_the_own_leftovers_are_removed_beside_a_file(tmp_path: Path) -> None:
    final = tmp_path / "case.magdesk"
    for name in (".case.magdesk.magdesk-part-0123abcd", ".case.magdesk.magdesk-part-0123abcd-wal"):
        (tmp_path / name).write_bytes(b"x")
    others = [".case.magdesk.magdesk-part-short", ".case.magdesk2.magdesk-part-0123abcd", "case.magdesk-wal"]
    for name in others:
        (tmp_path / name).write_bytes(b"x")
    remove_beside(final)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(others)


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_text("mine")
    part = hidden_name(tmp_path / "out")
    part.mkdir()
    (part / "link").symlink_to(kept)
    (part / "folder").symlink_to(tmp_path)
    os.link(kept, part / "hard")
    unfinished.remove(part, clear=True)
    assert kept.read_text() == "mine"
    assert not part.exists()


def test_work_goes_on_where_no_note_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    monkeypatch.setattr(paths, "user_data", lambda: blocked / "data")
    begin(UnfinishedWork([hidden_name(tmp_path / "out")])).done()
    with making(tmp_path / "out") as part:
        part.write_bytes(b"x")
        part.rename(tmp_path / "out")
    assert (tmp_path / "out").exists()


def test_long_names_fit(tmp_path: Path) -> None:
    final = tmp_path / ("ж" * 120 + ".pdf")
    with making(final) as part:
        part.with_name(part.name + "-journal").write_bytes(b"x")
        part.write_bytes(b"x")
        part.rename(final)
    assert list(tmp_path.iterdir()) == [final]
