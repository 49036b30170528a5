"""How a worker of this program is started: its command line and its surroundings, the same for every kind."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path

import magdesk

WORKER = "worker"  # the private sub-command that only this program gives to itself
NEUTRAL = Path(os.sep).absolute()  # the folder a worker stands in: it holds no folder of the user's open
_KEPT = ("LANG", "LC_ALL", "LANGUAGE", "LC_MESSAGES")  # the language of the sentences
_KEPT_WINDOWS = ("PATH", "SYSTEMROOT")  # without which no library is found


class Role(StrEnum):
    """What a worker is for."""

    READING = "reading"
    CONVERTING = "converting"
    RENDERING = "rendering"
    CHECKING = "checking"
    PROGRAM = "program"
    PROBE = "probe"


def worker_command(role: Role, *arguments: str) -> tuple[str, ...]:
    """The command line of a worker, whether the program is installed or frozen into one file.

    ``-P`` keeps Python from looking for modules in the current folder, which may hold evidence.
    """
    if getattr(sys, "frozen", False):
        return (sys.executable, WORKER, role.value, *arguments)
    return (sys.executable, "-P", "-m", "magdesk", WORKER, role.value, *arguments)


def is_worker(arguments: list[str]) -> bool:
    """Whether the program was started as a worker.

    Args:
        arguments: of the command line, without the program.
    """
    return len(arguments) > 1 and arguments[0] == WORKER and arguments[1] in set(Role)


def worker_environment() -> dict[str, str]:
    """What a worker may know of its surroundings: no passphrase, no home folder, no address of a desktop."""
    names = _KEPT_WINDOWS + _KEPT if sys.platform == "win32" else _KEPT
    environment = {name: os.environ[name] for name in names if name in os.environ}
    if not getattr(sys, "frozen", False):
        own = str(Path(magdesk.__file__).resolve().parent.parent)
        places = dict.fromkeys([own, *(str(Path(path).absolute()) for path in sys.path if path)])
        environment["PYTHONPATH"] = os.pathsep.join(places)
    environment["OMP_THREAD_LIMIT"] = "1"
    return environment
