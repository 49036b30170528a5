"""Becomes a known program of the system, after locking the door behind it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from magdesk.intake.sandbox import limits
from magdesk.intake.sandbox.confine import confine_program
from magdesk.intake.sandbox.programs import NOT_LOCKED_IN, SECONDS_MOST, TELL, Program

# Where libraries and their tables lie; data of tesseract besides. Nothing of a user lies there.
_LIBRARIES = tuple(map(Path, ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache")))
_TESSDATA = tuple(
    map(
        Path, ("/usr/share/tesseract-ocr", "/usr/share/tessdata", "/usr/share/tesseract", "/usr/local/share/tessdata")
    )
)


def launch(arguments: list[str]) -> None:
    """Become the program; ends with :data:`NOT_LOCKED_IN` where the door does not shut.

    Args:
        arguments: which program, its path, and its own command line; or :data:`TELL` and the former two, to lock
            the door, say on the standard output what holds it, and become nothing.
    """
    tell = arguments[0] == TELL
    if tell:
        arguments = arguments[1:]
    program, path, said = Program(arguments[0]), Path(arguments[1]), arguments[2:]
    try:
        limits.die_with_parent()
        limits.limit_memory()
        limits.limit_time(int(SECONDS_MOST))
        confinement = confine_program(path, _readable(program))
    except (OSError, RuntimeError):
        os._exit(NOT_LOCKED_IN)
    if tell:
        os.write(1, confinement.pack())
        os._exit(0)
    command = [str(path), *said]
    environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
    if program is Program.TESSERACT and "TESSDATA_PREFIX" in os.environ:
        environment["TESSDATA_PREFIX"] = os.environ["TESSDATA_PREFIX"]
    if sys.platform == "win32":
        environment["SYSTEMROOT"] = os.environ.get("SYSTEMROOT", "")
        os._exit(subprocess.call(command, env=environment))  # noqa: S603  known, and asked for by the parent
    try:
        os.execve(path, command, environment)  # noqa: S606  the same
    except OSError:
        os._exit(NOT_LOCKED_IN)


def _readable(program: Program) -> tuple[Path, ...]:
    if program is Program.PANDOC:
        return _LIBRARIES
    prefix = os.environ.get("TESSDATA_PREFIX")
    return (*_LIBRARIES, *_TESSDATA, *((Path(prefix),) if prefix else ()))
