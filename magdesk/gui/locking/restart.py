"""The process begins again: the only way to leave no key, no passphrase and no word of a case in its memory.

Strings of Python, text layouts of Qt and the free lists of the allocator cannot be wiped. A new program in place of
the old one gets fresh memory from the system, and knows only what is handed to it here: where the case file lies,
where the window stood, which page was shown.
"""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray

PASSPHRASE_VARIABLE = "MAGDESK_PASSPHRASE"  # noqa: S105 - a name
_SECRETS = (PASSPHRASE_VARIABLE, "MAGDESK_NEW_PASSPHRASE")
OPTION = "--resume-from"


@dataclass(frozen=True, slots=True)
class Resume:
    """What the next process is told. Nothing of a case but where its file lies.

    Attributes:
        case: path of the case file to ask the passphrase for; empty for none.
        geometry: size and place of the window, as Qt saves it, in base64.
        page: code of the page that was shown.
        troubled: the case is closed and complete, but closing it did not go as it should: no backup was made.
        passphrase: only when the program was started with it in its environment: it goes over a pipe, once.
    """

    case: str = ""
    geometry: str = ""
    page: str = ""
    troubled: bool = False
    passphrase: str = ""

    @property
    def frame(self) -> QByteArray:
        """Size and place of the window."""
        return QByteArray(base64.b64decode(self.geometry))

    @classmethod
    def read(cls, descriptor: int) -> Resume:
        """What the process before has written. Empty when there is nothing that can be read."""
        try:
            with os.fdopen(descriptor, "rb") as pipe:
                return cls(**json.loads(pipe.read()))
        except (OSError, ValueError, TypeError):
            return cls()


Restart = Callable[[Resume], None]
"""Puts a new process in the place of this one; does not return. Raises OSError when that cannot be done."""


def frame_text(geometry: QByteArray) -> str:
    """A geometry in the form in which it is handed on."""
    return base64.b64encode(geometry.data()).decode("ascii")


def this_program(arguments: Sequence[str] = ()) -> list[str]:
    """How this process was started, with other arguments: the same interpreter, flags and program."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    given = len(sys.argv) - 1
    head = sys.orig_argv[1 : len(sys.orig_argv) - given]
    return [sys.executable, *head, *arguments]


def clean_environment() -> dict[str, str]:
    """The environment without passphrases: it can be read by every program of the user."""
    return {name: value for name, value in os.environ.items() if name not in _SECRETS}


class Beginning:
    """Starts the program anew.

    On Linux and macOS the new program takes the place of the old one in the same process; on Windows, where that
    cannot be done, a new process is started and this one ends at once.
    """

    def __init__(self, command: Sequence[str] | None = None) -> None:
        self._command = list(command) if command is not None else this_program()

    def __call__(self, resume: Resume) -> None:
        """Begin again.

        Raises:
            OSError: the system refuses; this process goes on.
        """
        told = json.dumps(asdict(resume)).encode()
        if sys.platform == "win32":
            process = subprocess.Popen(  # noqa: S603  ourselves
                [*self._command, OPTION, "0"], stdin=subprocess.PIPE, env=clean_environment()
            )
            assert process.stdin is not None
            process.stdin.write(told)
            process.stdin.close()
            os._exit(0)
        else:
            reading, writing = os.pipe()
            try:
                os.write(writing, told)
                os.set_inheritable(reading, True)
                sys.stdout.flush()
                sys.stderr.flush()
                command = [*self._command, OPTION, str(reading)]
                os.execve(command[0], command, clean_environment())  # noqa: S606  ourselves
            finally:
                os.close(reading)
                os.close(writing)


def end_children() -> None:
    """Kill what this process has started: reading, converting and drawing processes hold pages of the evidence."""
    for listed in Path("/proc/self/task").glob("*/children"):
        for child in listed.read_text().split():
            os.kill(int(child), signal.SIGKILL)
