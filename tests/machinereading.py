"""A program in the place of tesseract, found on the search path as the real one is; it recognises the same words."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from magdesk.intake.sandbox import programs
from magdesk.intake.sandbox.box import unchecked
from magdesk.intake.sandbox.programs import Program

WORDS = "ORDER OF DETENTION No. 17"

_SCRIPT = f"""#!{sys.executable}
import sys
said = sys.argv[1:]
if said == ["--version"]:
    print("tesseract 5.0.0 of the tests")
elif said == ["--list-langs"]:
    print("List of available languages (3):\\neng\\nosd\\nrus")
else:
    source, target, option, languages = said
    assert (source, target, option) == ("stdin", "stdout", "-l"), said
    assert set(languages.split("+")) <= {{"eng", "rus"}}
    picture = sys.stdin.buffer.read()
    assert picture.startswith(b"\\x89PNG"), picture[:8]
    # A page of one tone has no words.
    print({WORDS!r} if len(picture) > 400 else "")
"""


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the program first on the search path. It is a script, which the box would not start: it runs without."""
    folder.mkdir(exist_ok=True)
    program = folder / "tesseract"
    program.write_text(_SCRIPT)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    boxed = programs.run_boxed

    def run(
        program: Program, path: Path, said: Sequence[str], data: bytes, seconds: float,
        check: Callable[[], None] = unchecked, *, aside: int = subprocess.DEVNULL,
    ) -> bytes:  # fmt: skip
        if program is not Program.TESSERACT:
            return boxed(program, path, said, data, seconds, check, aside=aside)
        check()
        done = subprocess.run([path, *said], input=data, capture_output=True, check=False)
        if done.returncode:
            raise programs.ProgramFailed(done.stderr.decode())
        return done.stdout

    monkeypatch.setattr(programs, "run_boxed", run)


def take_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """No such program is on this computer."""
    monkeypatch.setenv("PATH", "")
