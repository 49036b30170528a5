"""What the memory of this process tells others: no core file, and no reading of it by other programs of the user.

A core file holds the key, the passphrase and the case in clear. Every entry point (command line, window, reading,
converting and drawing processes) calls :func:`harden` before it does anything else. The kernel forgets the second
measure whenever a process starts another program in its place, so it is called again after each start.

========  ==========================  =====================================================
system    core files                  memory read by other programs of the same user
========  ==========================  =====================================================
Linux     none (both measures)        refused (``PR_SET_DUMPABLE``), but to the administrator
macOS     none (``RLIMIT_CORE``)      not refused
Windows   not touched                 not refused
========  ==========================  =====================================================

Whoever looks for a fault in MagDesk itself sets ``MAGDESK_ALLOW_DEBUGGING=1``: then nothing is done here.
"""

from __future__ import annotations

import ctypes
import os
import sys
from dataclasses import dataclass

if sys.platform != "win32":
    import resource

DEBUGGING_VARIABLE = "MAGDESK_ALLOW_DEBUGGING"
_PR_GET_DUMPABLE, _PR_SET_DUMPABLE = 3, 4  # linux/prctl.h


@dataclass(frozen=True, slots=True)
class Hardening:
    """What holds in this process, as the system itself says.

    Attributes:
        no_core_file: a crash leaves no file of the memory.
        memory_private: other programs of the same user cannot read the memory.
    """

    no_core_file: bool
    memory_private: bool


def harden() -> Hardening:
    """Refuse core files and readers of the memory, as far as the system can; what holds is read back."""
    if os.environ.get(DEBUGGING_VARIABLE, "") not in ("", "0"):
        return holding()
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        # The limit alone does not stop a core that the system pipes to a crash reporter (core(5)).
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    return holding()


def holding() -> Hardening:
    """What holds now, without changing it."""
    if sys.platform == "win32":
        return Hardening(no_core_file=False, memory_private=False)
    limit_is_zero = resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
    private = sys.platform == "linux" and ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0) == 0
    return Hardening(no_core_file=limit_is_zero and (private or sys.platform != "linux"), memory_private=private)
