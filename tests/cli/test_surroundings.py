"""A terminal where somebody thinks better of it, a pipe that nobody reads, streams that are closed or full."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from magdesk.casefile import CaseFile
from magdesk.cli import main
from magdesk.cli.program import occupy_standard_streams

pytestmark = pytest.mark.skipif(os.name != "posix", reason="terminals, pipes and descriptors of POSIX")

PHRASE = "granite umbrella forty violin"
CTRL_C, CTRL_D = b"\x03", b"\x04"
WAIT = 60.0


@pytest.fixture
def case(tmp_path: Path, standard_keys: None) -> Path:
    path = tmp_path / "one.magdesk"
    arguments = ["new", str(path), "--title", "A case", "--authority", "us-glomag"]
    assert main(arguments, {"MAGDESK_PASSPHRASE": PHRASE}) == 0
    return path


def at_a_terminal(arguments: Sequence[str], *answers: tuple[bytes, bytes]) -> tuple[int, bytes]:
    """Run a command at a terminal of its own; each answer is typed when its question has been shown."""
    import pty

    leader, follower = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAGDESK_")}
    # In a session of its own, with that terminal: Ctrl+C is sent by the terminal, and the question is shown there.
    start = (
        "import fcntl, os, sys, termios; os.setsid(); fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
        "os.execv(sys.executable, [sys.executable, '-m', 'magdesk', *sys.argv[1:]])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", start, *arguments], stdin=follower, stdout=follower, stderr=follower, env=environment
    )
    os.close(follower)
    shown = b""
    waiting = list(answers)
    until = time.monotonic() + WAIT
    try:
        while process.poll() is None and time.monotonic() < until:
            if select.select([leader], [], [], 0.1)[0]:
                try:
                    shown += os.read(leader, 4096)
                except OSError:
                    break
            if waiting and waiting[0][0] in shown:
                time.sleep(0.2)  # Until the terminal no longer shows what is typed: then it is being read.
                os.write(leader, waiting.pop(0)[1])
        return process.wait(max(0.1, until - time.monotonic())), shown
    finally:
        process.kill()
        process.wait()
        os.close(leader)


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D], ids=["Ctrl+C", "Ctrl+D"])
def test_who_thinks_better_of_it_at_the_passphrase_is_out(tmp_path: Path, key: bytes) -> None:
    code, shown = at_a_terminal(["info", str(tmp_path / "none.magdesk")], (b"Passphrase: ", key))
    assert code == 130
    assert b"Cancelled." in shown
    assert b"failed" not in shown


def test_and_when_it_is_asked_for_once_more(tmp_path: Path) -> None:
    path = tmp_path / "new.magdesk"
    command = ["new", str(path), "--title", "T", "--authority", "us-glomag"]
    code, _shown = at_a_terminal(
        command, (b"New passphrase: ", PHRASE.encode() + b"\n"), (b"Once more: ", CTRL_C)
    )  # fmt: skip
    assert code == 130
    assert not path.exists()


def test_and_when_the_passphrase_is_to_come_through_a_pipe_that_stays_shut(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    process = subprocess.Popen(
        [sys.executable, "-m", "magdesk", "info", str(tmp_path / "x"), "--passphrase-file", str(pipe)],
        stderr=subprocess.PIPE,
    )
    try:
        until = time.monotonic() + WAIT
        while process.poll() is None and time.monotonic() < until:
            time.sleep(0.5)
            process.send_signal(2)
        assert process.poll() is not None
    finally:
        process.kill()
        process.communicate()


def run(case: Path, command: str, redirection: str) -> tuple[int, str]:
    environment = {**os.environ, "MAGDESK_PASSPHRASE": PHRASE}
    line = f'"{sys.executable}" -m magdesk {command} "{case}" {redirection}'
    done = subprocess.run(["bash", "-c", line], env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def test_a_result_that_nobody_reads_is_no_fault(case: Path) -> None:
    _code, told = run(case, "custody", "| true; exit ${PIPESTATUS[0]}")
    assert _code in (0, 130)  # 0 where the reader lived until it was written
    assert "failed" not in told
    assert "Traceback" not in told
    assert "Exception ignored" not in told


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_a_result_that_finds_no_room_is_told(case: Path) -> None:
    code, told = run(case, "journal", ">/dev/full")
    assert code == 5
    assert told.startswith("The result could not be written (No space left on device).")
    assert "Exception ignored" not in told


@pytest.mark.parametrize(
    ("command", "streams", "wanted"),
    [("journal", ">&-", 0), ("journal", ">&- 2>&-", 0), ("info", "<&- >&- 2>&-", 0), ("check", ">&- 2>&-", 1)],
)
def test_closed_streams_stop_nothing_and_nothing_is_printed_into_a_file(
    case: Path, command: str, streams: str, wanted: int
) -> None:
    code, _told = run(case, command, streams)
    assert code == wanted
    with CaseFile.open(case, PHRASE, backups=False) as again:
        assert again.verify() == []


def test_without_standard_input_no_passphrase_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["info", str(tmp_path / "x.magdesk")], {}) == 2
    assert "No passphrase was given." in capsys.readouterr().err


def test_the_first_descriptors_are_never_given_to_a_file() -> None:
    code = (
        "from magdesk.cli.program import occupy_standard_streams as o; o(); import os; print(os.open('/dev/null', 0))"
    )
    line = f'exec 3>&1; out=$("{sys.executable}" -c "{code}" 2>&- <&-); echo "$out"'
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True)
    assert int(done.stdout) > 2
    occupy_standard_streams()  # where all are taken it changes nothing


def test_letters_that_a_terminal_cannot_show_are_spelled_out(case: Path) -> None:
    environment = {**os.environ, "MAGDESK_PASSPHRASE": PHRASE, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [sys.executable, "-m", "magdesk", "check", str(case)], env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "\\u" in done.stdout


def test_many_problems_of_a_file_do_not_bury_what_was_asked_for(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(CaseFile, "glance", lambda _case: [f"Problem {number}." for number in range(8)])
    capsys.readouterr()
    assert main(["info", str(case)], {"MAGDESK_PASSPHRASE": PHRASE}) == 0
    lines = capsys.readouterr().err.splitlines()
    assert [line for line in lines if "Problem" in line][-1].startswith("Warning: Problem 4.")
    assert lines[-1] == "Warning: 3 more problems; “magdesk verify” lists them all."
