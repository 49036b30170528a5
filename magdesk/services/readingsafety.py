"""What keeps the processes that read strangers' files away from yours, in a sentence for those who add files."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache

from magdesk.i18n import _
from magdesk.intake.sandbox.selftest import confinement_here


@dataclass(frozen=True, slots=True)
class ReadingSafety:
    """What holds on this computer.

    Attributes:
        sentence: what holds, or what does not.
        advice: what to do where a layer is missing; empty where none is.
    """

    sentence: str
    advice: str = ""


@cache
def reading_safety() -> ReadingSafety:
    """What holds a process that reads a file on this computer; asked once in a run, for it does not change.

    Raises:
        WorkerCannotStart: no such process can be started.
    """
    lacking = confinement_here().lacking
    if not lacking:
        return ReadingSafety(
            _("Files are read in a separate process that cannot reach your other files, the network or the key.")
        )
    return ReadingSafety(
        _("Files are read in a separate process, which this computer does not confine fully.")
        + " "
        + " ".join(lacking),
        _advice(),
    )


def _advice() -> str:
    if sys.platform == "linux":
        return _(
            "Update the system to Linux 5.13 or later. Until then, add files from people you do not trust on another"
            " computer."
        )
    return _("Add files from people you do not trust on a computer that holds nothing else and is offline.")
