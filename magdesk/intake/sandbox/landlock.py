"""Landlock, by which a Linux process gives up the file system for good: landlock(7), kernel 5.13 and later.

No binding of the system's C library exists; the three calls are made by number, which is the same on every machine.
"""

from __future__ import annotations

import ctypes
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION = 1
_PATH_BENEATH = 1
_PR_SET_NO_NEW_PRIVS = 38

EXECUTE, READ_FILE, READ_DIR = 1 << 0, 1 << 2, 1 << 3
_FILE_RIGHTS = EXECUTE | 1 << 1 | READ_FILE | 1 << 14 | 1 << 15  # what can be said of a file that is no folder
# Rights to files by version: 5.13, renaming into another folder (5.19), truncating (6.2), devices (6.10).
_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
_TCP = 0b11  # bind, connect (6.7)
_SCOPES = 0b11  # abstract sockets, signals (6.12)


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


@dataclass(frozen=True, slots=True)
class Allowed:
    """What is left of the file system.

    Attributes:
        path: a file, or a folder with all below it.
        rights: of :data:`EXECUTE`, :data:`READ_FILE`, :data:`READ_DIR`.
    """

    path: Path
    rights: int


def version() -> int:
    """The version of Landlock in this kernel; 0 where there is none."""
    return max(0, _call(_CREATE_RULESET, None, 0, _ASK_VERSION))


def restrict(allowed: Sequence[Allowed] = ()) -> int:
    """Give up all files, TCP, abstract sockets and signals to others, as far as this kernel can.

    Holds for this thread, for all that it starts, and for ever.

    Args:
        allowed: what is kept; what does not exist is passed over.

    Returns:
        The version that holds.

    Raises:
        OSError: the kernel has no Landlock, or does not do it.
    """
    known = version()
    if known < 1:
        raise OSError(ctypes.get_errno(), "no Landlock")
    rights = _RIGHTS[max(one for one in _RIGHTS if one <= known)]
    ruleset = _Ruleset(rights, _TCP if known >= 4 else 0, _SCOPES if known >= 6 else 0)
    size = 24 if known >= 6 else 16 if known >= 4 else 8
    handle = _checked(_call(_CREATE_RULESET, ctypes.byref(ruleset), size, 0))
    try:
        for one in allowed:
            _add(handle, one, rights)
        _checked(_libc().prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        _checked(_call(_RESTRICT_SELF, handle, 0))
    finally:
        os.close(handle)
    return known


def _add(handle: int, allowed: Allowed, handled: int) -> None:
    try:
        place = os.open(allowed.path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        folder = stat.S_ISDIR(os.fstat(place).st_mode)
        rights = allowed.rights & handled & (-1 if folder else _FILE_RIGHTS)
        rule = _PathBeneath(rights, place)
        _checked(_call(_ADD_RULE, handle, _PATH_BENEATH, ctypes.byref(rule), 0))
    finally:
        os.close(place)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _call(number: int, *values: object) -> int:
    # Numbers of a variadic call must have the width of a register, or its upper half is whatever lay there.
    wide = [ctypes.c_long(value) if isinstance(value, int) else value for value in values]
    done: int = _libc().syscall(ctypes.c_long(number), *wide)
    return done


def _checked(result: int) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result
