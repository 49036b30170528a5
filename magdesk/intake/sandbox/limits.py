"""Limits that every system of the Unix family knows: memory, processor time, files; and on Linux no core, no powers.

What a platform cannot do is left to the parent's clock.
"""

from __future__ import annotations

import ctypes
import os
import sys

from magdesk.hardening import harden

MEMORY = 2 << 30  # bytes of address space
FILES = 64  # open at once
_PR_SET_PDEATHSIG = 1
_SIGKILL = 9
_CAPSET, _CAP_VERSION = {"x86_64": 126, "aarch64": 91}, 0x20080522
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


def limit_memory() -> None:
    """Before anything is loaded: so much memory and no more, and no copy of it on the disk when the worker dies."""
    harden()
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  not on Windows

    if sys.platform != "darwin":  # which counts what is mapped, not what is used, and starts above any sane limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def limit_files() -> None:
    """When all is loaded: no byte into any file, few files, and none of the powers of root.

    Raises:
        OSError: the powers of root cannot be given up.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  not on Windows

    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES))
    if sys.platform == "linux":
        _drop_powers()


def limit_time(seconds: int) -> None:
    """So much processor time for one job, counted from now."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  not on Windows

    used = resource.getrusage(resource.RUSAGE_SELF)
    allowed = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.RLIM_INFINITY))


def leave_network() -> None:
    """Into a network namespace of its own, which is empty. For kernels that cannot forbid sockets.

    Raises:
        OSError: the system forbids that.
    """
    if ctypes.CDLL(None, use_errno=True).unshare(_CLONE_NEWUSER | _CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "no namespace")


def die_with_parent() -> None:
    """End when the thread ends that started this process; for one that is waited for, and for no other."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)


def _drop_powers() -> None:
    number = _CAPSET.get(os.uname().machine)
    if number is None:
        return
    head = (ctypes.c_uint32 * 2)(_CAP_VERSION, 0)
    nothing = (ctypes.c_uint32 * 6)()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(ctypes.c_long(number), ctypes.byref(head), ctypes.byref(nothing)):
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
