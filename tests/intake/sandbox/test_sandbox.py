"""What holds a worker: an intruder behind all layers, behind each one alone, and a worker that does not start."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from magdesk.errors import WorkerCannotStart
from magdesk.intake import FileReader
from magdesk.intake.conversion import CONVERTED_TYPES, DocumentConverter, Refusal
from magdesk.intake.conversion.convert import convert_source
from magdesk.intake.conversion.gathering import Gathering
from magdesk.intake.filefacts import FileFacts
from magdesk.intake.read import read_file
from magdesk.intake.rendering import Renderer, StoredFile
from magdesk.intake.sandbox import landlock, seccomp, wire
from magdesk.intake.sandbox.box import Box
from magdesk.intake.sandbox.command import Role, is_worker, worker_command, worker_environment
from magdesk.intake.sandbox.confine import confine_program
from magdesk.intake.sandbox.confinement import Confinement, Layer
from magdesk.intake.sandbox.hostile import ATTEMPTS, THREAD, THROUGH
from magdesk.intake.sandbox.programs import (
    Program,
    ProgramFailed,
    ProgramMissing,
    ProgramWish,
    SystemPrograms,
    arguments,
    find_program,
    run_boxed,
)
from magdesk.intake.sandbox.selftest import attempts_without, run_selftest
from magdesk.intake.source import Source
from tests.intake.making import fake_worker
from tests.realfiles import of_every_ending
from tests.safety import safety

linux = pytest.mark.skipif(sys.platform != "linux", reason="the layers of Linux")
needs_landlock = pytest.mark.skipif(
    sys.platform != "linux" or landlock.version() < 1, reason="this kernel has no Landlock"
)
needs_seccomp = pytest.mark.skipif(
    sys.platform != "linux" or not seccomp.machine(), reason="no filter for this processor"
)
FILES = {"read", "list", "create", "overwrite", "rename", "link", "folder", "delete", "execute", "spawn", "memory",
         "surroundings", "read-memory", "trace"}  # fmt: skip
LIMITED = {"create", "overwrite", "much-memory", "limit"}
ALL = {one.code for one in ATTEMPTS if one is not THREAD}


def refused(without: set[Layer]) -> set[str]:
    said = attempts_without(without)
    assert said[THREAD.code] == THROUGH
    return {code for code, what in said.items() if what != THROUGH}


# ------------------------------------------------------------------------------------------------ the layers


@safety(
    "A file you add is read by a separate process with little memory, no network and no key; a hostile "
    "file harms only itself."
)
@needs_landlock
@needs_seccomp
def test_nothing_that_an_intruder_tries_goes_through() -> None:
    done = run_selftest()
    assert {row.code for row in done.rows if not row.fine} == set()
    assert done.confinement == Confinement(frozenset({Layer.LIMITS, Layer.LANDLOCK, Layer.SECCOMP}))
    # The attempts are real: whoever is not locked in succeeds with them.
    free = {row.code for row in done.rows if row.free == THROUGH}
    assert free >= ALL - {"memory", "read-memory", "trace", "take-files", "io-ring", "namespace", "limit", "netlink"}


@needs_landlock
def test_landlock_alone_keeps_files_and_programs_away() -> None:
    held = refused({Layer.SECCOMP, Layer.NAMESPACE, Layer.LIMITS})
    assert held >= FILES
    assert "fork" not in held
    # What later kernels add (6.7 and 6.12) is asked for where it can be had.
    assert (held >= {"tcp", "listen"}) is (landlock.version() >= 4)
    assert (held >= {"signal", "unix-abstract"}) is (landlock.version() >= 6)


@needs_seccomp
def test_the_filter_of_system_calls_alone_refuses_everything_but_memory() -> None:
    held = refused({Layer.LANDLOCK, Layer.LIMITS})
    assert held >= ALL - {"much-memory", "limit"}
    assert "much-memory" not in held


@linux
def test_limits_alone_keep_memory_and_writing_in_bounds() -> None:
    held = refused({Layer.LANDLOCK, Layer.SECCOMP, Layer.NAMESPACE})
    assert held >= LIMITED
    assert "read" not in held


@needs_landlock
@needs_seccomp
def test_every_kind_of_worker_locks_itself_in() -> None:
    for role in (Role.READING, Role.CONVERTING, Role.RENDERING):
        box = Box(worker_command(role))
        try:
            held = box.check().held
        finally:
            box.empty()
        assert held == {Layer.LIMITS, Layer.LANDLOCK, Layer.SECCOMP}, role


@linux
@pytest.mark.parametrize("threads", [0, 1])
def test_a_worker_with_a_second_thread_is_not_locked_in_by_halves(threads: int) -> None:
    """Landlock and the filter hold for the thread that sets them; one that runs already would stay free."""
    program = (
        "import threading, time\n"
        f"for _ in range({threads}): threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
        "from magdesk.intake.sandbox.confine import confine\n"
        "confine()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=120, check=False)
    assert (done.returncode == 0) is (threads == 0)
    assert (b"started a thread" in done.stderr) is bool(threads)


def test_a_lacking_layer_is_told_and_a_garbled_answer_counts_as_none() -> None:
    told = Confinement(frozenset({Layer.LIMITS}), ("This kernel has no Landlock.",))
    assert Confinement.unpack(told.pack()) == told
    for lie in (b"x", b"{}", b"[]", b'[["magic"], []]', b"7"):
        assert Confinement.unpack(lie) == Confinement()


def same(facts: FileFacts) -> FileFacts:
    """Without the lines in which a library names the stream by its address."""
    return replace(facts, details=tuple(one for one in facts.details if "<_io." not in one.value))


def into(blocks: list[Any], block: str) -> None:
    blocks.append(json.loads(block))


@pytest.mark.slow
def test_locked_in_it_reads_and_converts_the_same_as_free(real_files: Path) -> None:
    """A module, a codec or a table that a library loads late would be missing in the worker."""
    different, converted = [], 0
    with FileReader(silence=240) as reader, DocumentConverter(whole=240) as converter:
        for path in of_every_ending(real_files):
            if path.stat().st_size >= 1 << 20:
                continue
            data = path.read_bytes()
            here = read_file(io.BytesIO(data), path.name)
            if same(here) != same(reader.read(io.BytesIO(data), path.name, len(data))):
                different.append(path.name)
            if here.media_type not in CONVERTED_TYPES or len(data) > 100_000:
                continue
            converted += 1
            blocks: list[Any] = []
            gathering = Gathering(partial(into, blocks), lambda _key, _data: None)
            with contextlib.suppress(Exception):
                convert_source(Source(io.BytesIO(data), path.name, here.media_type), gathering)
            told: Sequence[Any] = ()
            with contextlib.suppress(Refusal):
                told = converter.convert(io.BytesIO(data), path.name, here.media_type, len(data)).blocks
            if list(told) != blocks and (told or not gathering.blocks):
                different.append(f"{path.name} converted")
        assert reader.deaths == converter.deaths == 0
    assert different == []
    assert converted > 20


# ------------------------------------------------------------------------------------------------ the start


BROKEN = {
    "no such program": ("/nonexistent/python",),
    "a module is missing": (sys.executable, "-c", "import a_module_that_is_not_there"),
    "it says that it cannot": (
        sys.executable,
        "-c",
        "import sys, struct; sys.stdout.buffer.write(struct.pack('<cQ', b'-', 14) + b'MemoryError: x')",
    ),
    "it talks nonsense": (sys.executable, "-c", "print('Hello, this is some other program altogether')"),
}


@pytest.mark.parametrize("command", BROKEN.values(), ids=BROKEN)
def test_a_worker_that_cannot_start_blames_no_file(command: tuple[str, ...]) -> None:
    with pytest.raises(WorkerCannotStart) as caught, FileReader(command):
        pytest.fail("reading began")
    assert "The problem is not in any file" in caught.value.hint
    with DocumentConverter(command) as converter:
        with pytest.raises(WorkerCannotStart):
            converter.check()
        with pytest.raises(WorkerCannotStart):
            converter.convert(io.BytesIO(b"a,b"), "x.csv", "text/csv", 3)
        assert converter.deaths == 0
    renderer = Renderer(command)
    with pytest.raises(WorkerCannotStart):
        renderer.outline(StoredFile("x", "application/pdf", "x", 1), lambda: io.BytesIO(b"x"))
    assert renderer.deaths == 0


def test_a_worker_that_never_answers_is_given_up() -> None:
    box = Box((sys.executable, "-c", "import time; time.sleep(3600)"), start=0.5)
    with pytest.raises(WorkerCannotStart, match="in time"):
        box.check()


def test_a_worker_that_cannot_start_again_blames_no_file() -> None:
    with FileReader(fake_worker("import os; os._exit(3)")) as reader:
        assert "safely" in reader.read(io.BytesIO(b"x"), "x", 1).note
        reader._box.command = BROKEN["no such program"]
        with pytest.raises(WorkerCannotStart):
            reader.read(io.BytesIO(b"x"), "x", 1)
        assert reader.deaths == 1


def test_what_it_fails_over_at_the_start_is_told() -> None:
    box = Box(BROKEN["it says that it cannot"])
    with pytest.raises(WorkerCannotStart, match="MemoryError"):
        box.check()


def test_a_folder_with_evidence_lends_no_module_to_a_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()\n")
    (tmp_path / "magdesk").mkdir()
    (tmp_path / "magdesk" / "__init__.py").write_text("raise SystemExit(9)\n")
    monkeypatch.chdir(tmp_path)
    with FileReader() as reader:
        assert reader.read(io.BytesIO(b"words"), "x.txt", 5).text_layer
    assert not (tmp_path / "ran").exists()


def test_a_worker_knows_no_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAGDESK_PASSPHRASE", "canary-of-the-passphrase")
    monkeypatch.setenv("HOME", "/home/canary")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/canary")
    assert "canary" not in str(worker_environment())
    says = "import os, sys, struct; b = str(dict(os.environ)).encode()\n"
    says += "sys.stdout.buffer.write(struct.pack('<cQ', b'-', len(b)) + b)"
    with pytest.raises(WorkerCannotStart) as caught:
        Box((sys.executable, "-c", says)).check()
    assert "PYTHONPATH" in str(caught.value)
    assert "canary" not in str(caught.value)


def test_one_function_gives_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    assert worker_command(Role.READING)[-2:] == ("worker", "reading")
    assert "-P" in worker_command(Role.READING)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker_command(Role.READING) == (sys.executable, "worker", "reading")
    assert is_worker(["worker", "reading"])
    for other in ([], ["worker"], ["worker", "case.magdesk"], ["info", "reading"]):
        assert not is_worker(other)


# ------------------------------------------------------------------------------------------------ programs


def boxed(path: str, *said: str, data: bytes = b"", seconds: float = 20) -> str:
    return run_boxed(Program.PANDOC, Path(path), said, data, seconds).decode()


def binary(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"no {name} here")
    return os.path.realpath(found)


@needs_landlock
def test_a_program_gets_its_bytes_and_reads_no_file(tmp_path: Path) -> None:
    assert boxed(binary("cat"), data=b"handed over") == "handed over"
    (tmp_path / "key").write_text("secret")
    for path in (str(tmp_path / "key"), "/etc/passwd"):
        with pytest.raises(ProgramFailed):
            boxed(binary("cat"), path)
    with pytest.raises(ProgramFailed):
        boxed(binary("touch"), str(tmp_path / "new"))
    assert not (tmp_path / "new").exists()


@needs_landlock
def test_a_program_starts_no_other() -> None:
    shell = binary("bash")
    assert boxed(shell, "-c", "echo $((6 * 7))") == "42\n"
    for command in ("exec /bin/echo x", "(echo x)", "echo x | cat"):
        with pytest.raises(ProgramFailed):
            boxed(shell, "-c", command)


@needs_seccomp
def test_a_program_reaches_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        for kind in ("tcp", "udp"):
            with pytest.raises(ProgramFailed):
                boxed(binary("bash"), "-c", f"echo x > /dev/{kind}/127.0.0.1/{port}")


@linux
def test_a_program_knows_no_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAGDESK_PASSPHRASE", "canary-of-the-passphrase")
    told = boxed(binary("env"))
    assert "LANG=C.UTF-8" in told
    assert "MAGDESK" not in told
    assert "HOME" not in told


@linux
def test_a_program_that_takes_too_long_or_says_too_much_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ProgramFailed, match="long"):
        boxed(binary("bash"), "-c", "while :; do :; done", seconds=0.6)
    monkeypatch.setattr("magdesk.intake.sandbox.programs.TOLD_MOST", 1 << 20)
    with pytest.raises(ProgramFailed, match="large"):
        boxed(binary("bash"), "-c", "while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done")


def test_a_program_is_told_only_what_is_known() -> None:
    assert arguments(Program.PANDOC, ("docx", "--track-changes=all"))[-1] == "--track-changes=all"
    assert arguments(Program.TESSERACT, ("eng", "chi_sim"))[-1] == "eng+chi_sim"
    for program, words in (
        (Program.PANDOC, ()),
        (Program.PANDOC, ("html",)),
        (Program.PANDOC, ("docx", "--lua-filter=x")),
        (Program.PANDOC, ("docx", "-o", "/tmp/x")),
        (Program.TESSERACT, ()),
        (Program.TESSERACT, ("../eng",)),
        (Program.TESSERACT, ("--tessdata-dir",)),
    ):
        with pytest.raises(ValueError):  # noqa: PT011  any will do
            arguments(program, words)
        with pytest.raises(ValueError):  # noqa: PT011
            ProgramWish.unpack(ProgramWish(program, words, 1, 1.0).pack())
    for lie in (b"[]", b"7", b'["bash", [], 1, 1]', b'["pandoc", ["docx"], -1, 1]', b'["pandoc", ["docx"], 1, 1e9]'):
        with pytest.raises(ValueError):  # noqa: PT011
            ProgramWish.unpack(lie)


@pytest.mark.skipif(find_program(Program.PANDOC) is None, reason="pandoc is not installed")
def test_pandoc_works_in_its_box_and_cannot_leave_it(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("canary")
    rtf = b"{\\rtf1 The order was given.}"
    assert b'"Para"' in SystemPrograms().run(Program.PANDOC, ("rtf",), rtf, 60)
    path = find_program(Program.PANDOC)
    assert path is not None
    # Without its own --sandbox it would read and print the file.
    free = subprocess.run([str(path), "-f", "markdown", str(tmp_path / "key")], capture_output=True, check=True)
    assert b"canary" in free.stdout
    with pytest.raises(ProgramFailed):
        run_boxed(Program.PANDOC, path, ["-f", "markdown", str(tmp_path / "key")], b"", 60)


@linux
def test_a_worker_asks_for_a_program_and_gets_no_more_than_that() -> None:
    """A worker that lies about its wish is ended, and the program of its wish is not run."""
    lie = (
        "import json, sys, struct\n"
        "b = json.dumps(['pandoc', ['docx', '--lua-filter=x'], 0, 5]).encode()\n"
        "sys.stdout.buffer.write(struct.pack('<cQ', b'Q', len(b)) + b); sys.stdout.flush(); sys.stdin.buffer.read()"
    )
    with FileReader(fake_worker(lie)) as reader:
        assert "crashes the reader" in reader.read(io.BytesIO(b"x"), "x", 1).note
    assert reader.deaths == 1


def test_missing_programs_are_told_apart_from_failing_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("magdesk.intake.sandbox.programs.find_program", lambda _program: None)
    with pytest.raises(ProgramMissing):
        SystemPrograms().run(Program.TESSERACT, ("version",), b"", 5)


def test_frames_that_no_sound_worker_sends() -> None:
    for lie in (b"", b"x" * 15, b"\xff" * 16):
        with pytest.raises(ValueError):  # noqa: PT011
            wire.unpack_range(lie)
    with pytest.raises(ValueError):  # noqa: PT011
        wire.unpack_refusal(b"[1]")
    with pytest.raises(ValueError, match="large"):
        wire.receive(io.BytesIO(b"R" + b"\xff" * 8))


@linux
@pytest.mark.parametrize("version", [0, 3])
@pytest.mark.parametrize("machine", ["", "x86_64"])
@pytest.mark.parametrize("alone", [True, False])
def test_a_layer_that_other_programs_lack_is_recorded(
    version: int, machine: str, alone: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def leave() -> None:
        if not alone:
            raise OSError(1, "no namespace")

    monkeypatch.setattr("magdesk.intake.sandbox.limits.limit_files", lambda: None)
    monkeypatch.setattr("magdesk.intake.sandbox.limits.leave_network", leave)
    monkeypatch.setattr("magdesk.intake.sandbox.landlock.version", lambda: version)
    monkeypatch.setattr("magdesk.intake.sandbox.landlock.restrict", lambda _allowed: done.append("landlock"))
    monkeypatch.setattr("magdesk.intake.sandbox.seccomp.machine", lambda: machine)
    monkeypatch.setattr("magdesk.intake.sandbox.seccomp.restrict_program", lambda: done.append("seccomp"))
    told = confine_program(Path(sys.executable), ())
    assert (Layer.LANDLOCK in told.held, Layer.SECCOMP in told.held) == (bool(version), bool(machine))
    assert set(done) == {layer.value for layer in told.held} - {"limits", "namespace"}
    said = " ".join(told.lacking)
    assert ("no Landlock" in said) == (not version)
    assert ("no system call filter" in said) == (not machine)
    assert ("reach the network" in said) == (not machine and not alone)
    assert len(told.lacking) == said.count("This ")


@linux
def test_a_layer_that_is_there_and_fails_is_no_lack(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_allowed: object) -> None:
        raise OSError(12, "no room")

    monkeypatch.setattr("magdesk.intake.sandbox.limits.limit_files", lambda: None)
    monkeypatch.setattr("magdesk.intake.sandbox.landlock.version", lambda: 3)
    monkeypatch.setattr("magdesk.intake.sandbox.landlock.restrict", fail)
    with pytest.raises(OSError, match="no room"):
        confine_program(Path(sys.executable), ())
