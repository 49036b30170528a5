"""Child: a command of the program that ends itself with ``SIGKILL`` at one of its steps on the disk, always the same.

    python -m tests.bench.stopped ROOT STEP TELL CHEAP ARGUMENT...

A step is whatever Python makes, opens for writing, renames or removes below ``ROOT``: just before the one numbered
``STEP`` the process is killed; 0 lets it come to its end and writes the number of steps into the file ``TELL``. With
``CHEAP`` (``yes`` or ``no``) a passphrase costs next to nothing, as in the tests.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
from pathlib import Path

from magdesk.casefile import keys
from magdesk.cli import main
from tests.shared import CHEAP

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_MOVES = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "os.link", "os.symlink")


def watch(root: str, stop: int, tell: Path) -> None:
    """Count the steps below the folder from here on, and end the process before the one that is asked for."""
    count = 0

    def step(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        if not _changes(event, arguments) or not _path(arguments[0]).startswith(root):
            return
        count += 1
        if count == stop:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(step)
    if not stop:
        atexit.register(lambda: tell.write_text(str(count), "ascii"))


def _changes(event: str, arguments: tuple[object, ...]) -> bool:
    if event != "open":
        return event in _MOVES
    flags = arguments[2]
    return isinstance(flags, int) and bool(flags & _WRITES)


def _path(told: object) -> str:
    return os.fsdecode(told) if isinstance(told, str | bytes | os.PathLike) else ""


if __name__ == "__main__":
    folder, number, told, cheap, *command = sys.argv[1:]
    if cheap == "yes":
        keys.STANDARD = CHEAP
    watch(folder, int(number), Path(told))
    sys.exit(main(command))
