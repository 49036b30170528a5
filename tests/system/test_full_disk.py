"""A disk without room ends every command in a sentence and an exit code; nothing is lost and nothing is left.

No rights are needed for it: no file may grow beyond a size. ``python -m tests.bench.fulldisk`` does the same on a
small disk, with many amounts of room.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from magdesk.casefile import CaseFile
from magdesk.cli import main
from magdesk.errors import CaseFileError, ExitCode
from magdesk.model import Fact
from magdesk.services.restoring import list_backups
from tests.bench.fulldisk import MORE, run, sound
from tests.bench.kills import OPERATIONS
from tests.shared import SAMPLE_PASSPHRASE

if sys.platform != "win32":
    import resource

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
NEW = "granite umbrella forty violin"


@contextmanager
def no_file_grows_beyond(size: int) -> Iterator[None]:
    """A write beyond that fails, as on a full disk (Python leaves the signal alone)."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def case(sample_file: Path, tmp_path: Path, own_folders: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAGDESK_PASSPHRASE", SAMPLE_PASSPHRASE)
    monkeypatch.setenv("MAGDESK_NEW_PASSPHRASE", NEW)
    (tmp_path / "work").mkdir()
    path = tmp_path / "work" / "case.magdesk"
    shutil.copyfile(sample_file, path)
    return path


COMMANDS = {
    "add": ["add", "CASE", "INPUT"],
    "backup": ["backup", "CASE"],
    "dump": ["dump", "CASE", "--to", "HERE/result", "--yes"],
    "export": ["export", "CASE", "--to", "HERE/result", "--draft", "--authority", "eu-ghrsr", "--formats", "pdf"],
    "gaps": ["gaps", "CASE", "--to", "HERE/gaps.pdf"],
    "hashes": ["hashes", "CASE", "--to", "HERE/day.txt"],
    "new": ["new", "HERE/new.magdesk", "--title", "T", "--authority", "us-glomag"],
    "passphrase": ["passphrase", "CASE"],
    "restore": ["restore", "CASE"],
    "sample": ["sample", "HERE/new.magdesk"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_without_room_is_told_and_leaves_nothing(
    command: str, case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_bytes(b"The colonel signed it. " * 4_000)
    if command == "restore":
        assert main(["backup", str(case)]) == 0
    words = {"CASE": str(case), "INPUT": str(letter)}
    arguments = [words.get(one, one.replace("HERE", str(case.parent))) for one in COMMANDS[command]]
    before = sorted(case.parent.iterdir())
    capsys.readouterr()
    with no_file_grows_beyond(0 if command in ("hashes", "new", "passphrase") else 20_000):
        code = main(arguments)
    told = capsys.readouterr().err
    assert code in (ExitCode.INPUT, ExitCode.CASE_FILE, ExitCode.EXPORT), told
    lines = [line for line in told.splitlines() if line.strip()]
    assert lines[-1].endswith((".", ")"))
    assert "Traceback" not in told
    assert "failed (" not in told
    with CaseFile.open(case, SAMPLE_PASSPHRASE, backups=False) as opened:
        assert opened.verify() == []
    assert sorted(case.parent.iterdir()) == before


def test_what_is_typed_meanwhile_is_told_to_be_unsaved_and_can_be_saved_later(case: Path) -> None:
    with CaseFile.open(case, SAMPLE_PASSPHRASE) as opened:
        facts = opened.session.query(Fact).count()
        for _again in range(3):
            with (
                no_file_grows_beyond(0),
                pytest.raises(CaseFileError) as caught,
                opened.change("Type") as session,
            ):
                session.add(Fact(text="A fact. " * 2_000, rank=900))
            assert caught.value.hint
            assert opened.session.query(Fact).count() == facts
        with opened.change("Type") as session:
            session.add(Fact(text="A fact.", rank=900))
        assert opened.verify() == []
    with CaseFile.open(case, SAMPLE_PASSPHRASE, read_only=True) as again:
        assert again.session.query(Fact).count() == facts + 1


def test_a_backup_is_looked_at_without_room_and_is_not_called_damaged(case: Path) -> None:
    assert main(["backup", str(case)]) == 0
    with no_file_grows_beyond(0):
        (copy,) = list_backups(case, SAMPLE_PASSPHRASE)
    assert copy.standing.name == "OPENS"
    assert [path for path in copy.path.parent.iterdir() if path != copy.path] == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
@pytest.mark.parametrize("command", ["check"])
def test_json_that_finds_no_room_is_told(command: str, standard_keys: None, tmp_path: Path) -> None:
    case = tmp_path / "one.magdesk"
    secrets = {"MAGDESK_PASSPHRASE": NEW}
    assert main(["new", str(case), "--title", "T", "--authority", "us-glomag"], secrets) == 0
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "magdesk", command, str(case), "--json"], stdout=full, stderr=subprocess.PIPE,
            env={**os.environ, **secrets}, check=False,
        )  # fmt: skip
    assert done.returncode == ExitCode.EXPORT
    told = done.stderr.decode()
    assert told.startswith("The result could not be written (No space left on device).")
    assert "Exception ignored" not in told


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_every_operation_with_little_room(standard_keys: None, tmp_path: Path) -> None:
    trials = run((*OPERATIONS, *MORE), (0, 96 << 10), tmp_path)
    assert {name: (trial.untold, trial.left, trial.lost) for name, trial in trials.items() if not sound(trial)} == {}
