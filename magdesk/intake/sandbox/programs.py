"""Programs of the system that take a stranger's bytes: which there are, what they may be told, and how they are run.

A worker can start nothing. It asks its parent, which runs one of two known programs with known words in a box of
its own (:mod:`launch`): bytes in, bytes out.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from magdesk.errors import WorkerCannotStart
from magdesk.i18n import _
from magdesk.intake.sandbox.box import unchecked
from magdesk.intake.sandbox.child import NO_WINDOW, TICK
from magdesk.intake.sandbox.command import NEUTRAL, Role, worker_command, worker_environment
from magdesk.intake.sandbox.confinement import Confinement

GIVEN_MOST = 128 << 20  # bytes to a program
TOLD_MOST = 96 << 20  # bytes from it
SECONDS_MOST = 120.0
NOT_LOCKED_IN = 120  # exit code of the launcher that could not do its work
TELL = "tell"  # before the launcher's other words: say what would hold the program instead of becoming it
_HEAP = "900m"


class Program(StrEnum):
    """A program of the system that is known here."""

    PANDOC = "pandoc"
    TESSERACT = "tesseract"


class ProgramFailed(Exception):
    """It ended badly, took too long or said too much."""


class ProgramMissing(ProgramFailed):
    """It is not on this computer."""


class Programs(Protocol):
    """Something that runs programs of the system."""

    def run(self, program: Program, words: Sequence[str], data: bytes, seconds: float) -> bytes:
        """What the program says to the data.

        Args:
            words: what it is told, as :func:`arguments` knows it.
            data: what it reads from its standard input.
            seconds: that it may take.

        Raises:
            ProgramMissing: it is not there.
            ProgramFailed: it did not do it.
        """


def find_program(program: Program) -> Path | None:
    """Where it is, if anywhere.

    Pandoc is the one inside the ``pypandoc-binary`` wheel. What lies on the search path is not asked: an export
    must not depend on the machine it was made on. Recognising text is the user's wish, and tesseract his program.
    """
    if program is Program.TESSERACT:
        found = shutil.which("tesseract")
        return Path(os.path.realpath(found)) if found else None
    spec = importlib.util.find_spec("pypandoc")
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / "files" / ("pandoc.exe" if sys.platform == "win32" else "pandoc")
    return path if path.is_file() else None


_PANDOC_READERS = frozenset({"docx", "pptx", "odt", "rtf", "epub"})
_PANDOC_OPTIONS = frozenset({"--track-changes=all"})
_LANGUAGE = re.compile(r"[A-Za-z0-9_]{1,40}")
_QUESTIONS: dict[tuple[str, ...], str] = {("version",): "--version", ("languages",): "--list-langs"}


def arguments(program: Program, words: Sequence[str]) -> list[str]:
    """The command line after the program; what nobody here would say is refused.

    Raises:
        ValueError: it is not what the program is ever told.
    """
    if program is Program.PANDOC:
        reader, *options = words
        if reader not in _PANDOC_READERS or not _PANDOC_OPTIONS.issuperset(options):
            raise ValueError("not for pandoc")
        return ["+RTS", f"-M{_HEAP}", "-RTS", "--sandbox", "-f", reader, "-t", "json", *options]
    question = _QUESTIONS.get(tuple(words))
    if question is not None:
        return [question]
    if not words or len(words) > 40 or not all(_LANGUAGE.fullmatch(word) for word in words):
        raise ValueError("not for tesseract")
    return ["stdin", "stdout", "-l", "+".join(words)]


class SystemPrograms:
    """Runs them here, each in a box of its own."""

    def __init__(self, check: Callable[[], None] = unchecked) -> None:
        """Run them.

        Args:
            check: called now and then; what it raises ends the program.
        """
        self._check = check

    def run(self, program: Program, words: Sequence[str], data: bytes, seconds: float) -> bytes:
        """What the program says to the data.

        Raises:
            ProgramMissing: it is not there.
            ProgramFailed: it did not do it.
            WorkerCannotStart: the box cannot be made; no file is to blame.
        """
        path = find_program(program)
        if path is None:
            raise ProgramMissing(program.value)
        said = arguments(program, words)
        # Old versions of tesseract list languages on the error channel.
        aside = subprocess.STDOUT if tuple(words) in _QUESTIONS else subprocess.DEVNULL
        return run_boxed(program, path, said, data, seconds, self._check, aside=aside)


def run_boxed(
    program: Program,
    path: Path,
    said: Sequence[str],
    data: bytes,
    seconds: float,
    check: Callable[[], None] = unchecked,
    *,
    aside: int = subprocess.DEVNULL,
) -> bytes:
    """Run a program in a box that is made for it and nothing else.

    Args:
        program: as what it is run.
        path: of the program.
        said: its command line.
        aside: where its error channel goes.

    Raises:
        ProgramFailed: it did not do it.
        WorkerCannotStart: the box cannot be made.
    """
    return _boxed(worker_command(Role.PROGRAM, program.value, str(path), *said), data, seconds, check, aside)


def program_confinement() -> Confinement:
    """What holds other programs on this computer, as the box itself says it.

    Raises:
        WorkerCannotStart: the box cannot be made.
    """
    # Which program it would become changes nothing in what holds it; this one is there on every computer.
    command = worker_command(Role.PROGRAM, TELL, Program.PANDOC.value, sys.executable)
    try:
        return Confinement.unpack(_boxed(command, b"", SECONDS_MOST, unchecked, subprocess.DEVNULL))
    except ProgramFailed as failed:
        raise _no_box(str(failed)) from failed


def _boxed(command: Sequence[str], data: bytes, seconds: float, check: Callable[[], None], aside: int) -> bytes:
    environment = worker_environment()
    if "TESSDATA_PREFIX" in os.environ:
        environment["TESSDATA_PREFIX"] = os.environ["TESSDATA_PREFIX"]
    try:
        process = subprocess.Popen(  # noqa: S603  our own program, which becomes a known one
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=aside,
            env=environment,
            cwd=NEUTRAL,
            creationflags=NO_WINDOW if sys.platform == "win32" else 0,
        )
    except (OSError, MemoryError) as error:
        raise _no_box(getattr(error, "strerror", "") or type(error).__name__) from error
    with process:
        try:
            told = _talk(process, data, time.monotonic() + seconds, check)
        finally:
            process.kill()
    if process.returncode == NOT_LOCKED_IN:
        raise _no_box(_("it could not be confined"))
    if process.returncode != 0:
        raise ProgramFailed(f"exit code {process.returncode}")
    return told


def _talk(process: subprocess.Popen[bytes], data: bytes, end: float, check: Callable[[], None]) -> bytes:
    """Feed it and listen to it at the same time, within time and measure."""
    told = bytearray()

    def feed() -> None:
        assert process.stdin is not None
        try:
            process.stdin.write(data)
            process.stdin.close()
        except OSError:  # it wants no more
            return

    def listen() -> None:
        assert process.stdout is not None
        while len(told) <= TOLD_MOST and (piece := os.read(process.stdout.fileno(), 1 << 20)):
            told.extend(piece)

    feeding = threading.Thread(target=feed, name="magdesk-program-in", daemon=True)
    listening = threading.Thread(target=listen, name="magdesk-program-out", daemon=True)
    feeding.start()
    listening.start()
    try:
        while listening.is_alive():
            check()
            if time.monotonic() > end:
                raise ProgramFailed("too long")
            listening.join(TICK)
        if len(told) > TOLD_MOST:
            raise ProgramFailed("too large")
        try:
            process.wait(max(TICK, end - time.monotonic()))
        except subprocess.TimeoutExpired as error:
            raise ProgramFailed("too long") from error
    finally:
        process.kill()
        feeding.join()
        listening.join()
    return bytes(told)


def _no_box(why: str) -> WorkerCannotStart:
    return WorkerCannotStart(
        _("The restricted process for other programs cannot be started: {why}.").format(why=why.rstrip(".")),
        _("The problem is not in any file. Close other programs, or reinstall MagDesk; nothing was changed."),
    )


# ------------------------------------------------------------------------------------------------ on the pipe


@dataclass(frozen=True, slots=True)
class ProgramWish:
    """A worker wants a program to be run."""

    program: Program
    words: tuple[str, ...]
    size: int
    seconds: float

    def pack(self) -> bytes:
        """As bytes for the pipe."""
        return json.dumps([self.program.value, self.words, self.size, self.seconds]).encode()

    @classmethod
    def unpack(cls, payload: bytes) -> ProgramWish:
        """From the pipe, where nobody vouches for it.

        Raises:
            ValueError: it is no wish that a sound worker has.
        """
        try:
            values: Any = json.loads(payload)
            program, words, size, seconds = values
            wish = cls(Program(program), tuple(str(word) for word in words), int(size), float(seconds))
        except (TypeError, OverflowError, RecursionError) as error:
            raise ValueError("not a wish") from error
        if not (0 <= wish.size <= GIVEN_MOST and 0 < wish.seconds <= SECONDS_MOST):
            raise ValueError("not a wish")
        arguments(wish.program, wish.words)
        return wish


@dataclass(frozen=True, slots=True)
class ProgramAnswer:
    """What came of it.

    Attributes:
        told: what the program said.
        failed: why there is nothing; empty when it did its work.
        missing: it is not on this computer.
    """

    told: bytes = b""
    failed: str = ""
    missing: bool = False

    def head(self) -> bytes:
        """What goes before the bytes."""
        return json.dumps([len(self.told), self.failed, self.missing]).encode()


def grant(wish: ProgramWish, programs: Programs, data: bytes, seconds: float) -> ProgramAnswer:
    """Run what a worker wishes for.

    Args:
        seconds: that are left for the whole job.
    """
    try:
        return ProgramAnswer(programs.run(wish.program, wish.words, data, max(TICK, min(wish.seconds, seconds))))
    except ProgramMissing as missing:
        return ProgramAnswer(failed=str(missing) or "missing", missing=True)
    except ProgramFailed as failed:
        return ProgramAnswer(failed=str(failed) or "failed")
