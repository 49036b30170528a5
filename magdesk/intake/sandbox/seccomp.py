"""Seccomp: the system calls that a worker may still make, as a filter of the kernel's own small machine (BPF).

A worker that has loaded what it needs reads and writes two pipes, asks for memory and the time, and waits. What is
not on that list is refused with an error that a library can live with, never by a kill: seccomp(2), and the numbers
of <asm/unistd_64.h> (x86-64) and <asm-generic/unistd.h> (aarch64). Programs of the system are held by a list of
what is forbidden instead, for what they need differs.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field

_PR_SET_NO_NEW_PRIVS = 38
_SET_MODE_FILTER, _TSYNC = 1, 1
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_SET, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _MACHINE, _ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data
_X32 = 0x40000000
# From here on numbers are the same everywhere, and libraries know what to do on kernels without them.
_NEWER = 424
_CLONE3, _IO_URING = 435, 425
_CLONE_THREAD = 0x10000
_FCNTL = (0, 1, 2, 3, 1030)  # F_DUPFD … F_GETFL, F_DUPFD_CLOEXEC; not F_SETOWN and O_ASYNC, which send signals
_NAMES = (15, 16, 0x53564D41)  # PR_SET_NAME, PR_GET_NAME, PR_SET_VMA: names of threads and of memory


@dataclass(frozen=True, slots=True)
class _Machine:
    """The numbers of one kind of processor.

    Attributes:
        audit: how the kernel calls it (AUDIT_ARCH).
        seccomp: number of the call that sets a filter.
        plain: allowed whatever the arguments are.
        clone, tgkill, prlimit, prctl, fcntl: allowed with some arguments only.
        forbidden: to programs of the system.
        x32: whether a second table of numbers must be kept shut.
    """

    audit: int
    seccomp: int
    clone: int
    tgkill: int
    prlimit: int
    prctl: int
    fcntl: int
    plain: tuple[int, ...] = field(repr=False)
    forbidden: tuple[int, ...] = field(repr=False)
    x32: bool = False


_X86_64 = _Machine(
    audit=0xC000003E,
    seccomp=317,
    clone=56,
    tgkill=234,
    prlimit=302,
    prctl=157,
    fcntl=72,
    plain=(
        0, 1, 202, 9, 11, 10, 12, 25, 28,  # read write futex mmap munmap mprotect brk mremap madvise
        228, 229, 230, 35, 96, 201, 100,  # clocks, sleeping
        3, 5, 8, 17, 18, 19, 20, 32, 33, 292,  # close fstat lseek pread64 pwrite64 readv writev dup dup2 dup3
        22, 293, 7, 271, 23, 270,  # pipe pipe2 poll ppoll select pselect6
        13, 14, 15, 131, 219,  # rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack restart_syscall
        24, 204, 143, 145, 146, 147,  # sched_yield and what asks for affinity and priorities
        39, 186, 110, 102, 107, 104, 108, 63, 99, 97, 98, 309,  # who and where it is, limits, usage
        273, 274, 218, 334, 324, 318, 60, 231,  # futex lists, rseq membarrier getrandom exit
    ),
    forbidden=(
        41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 53, 288, 299, 307,  # sockets
        57, 58, 62, 200, 129, 297, 101, 310, 311, 312,  # fork vfork kill tkill sigqueue ptrace process_vm kcmp
        165, 166, 155, 161, 272, 308, 250, 248, 249,  # mount umount pivot_root chroot unshare setns keys
        321, 298, 323, 175, 313, 176, 246, 320, 169, 319,  # bpf perf userfaultfd modules kexec reboot memfd_create
    ),
    x32=True,
)  # fmt: skip
_AARCH64 = _Machine(
    audit=0xC00000B7,
    seccomp=277,
    clone=220,
    tgkill=131,
    prlimit=261,
    prctl=167,
    fcntl=25,
    plain=(
        63, 64, 98, 222, 215, 226, 214, 216, 233,
        113, 114, 115, 101, 169, 153,
        57, 80, 62, 67, 68, 65, 66, 23, 24,
        59, 73, 72,
        134, 135, 139, 132, 128,
        124, 123, 121, 120, 125, 126,
        172, 178, 173, 174, 175, 176, 177, 160, 179, 163, 165, 168,
        99, 100, 96, 293, 283, 278, 93, 94,
    ),
    forbidden=(
        198, 199, 200, 201, 202, 203, 204, 205, 206, 207, 208, 209, 210, 211, 212, 242, 243, 269,
        129, 130, 138, 240, 117, 270, 271, 272,
        40, 39, 41, 51, 97, 268, 217, 218, 219,
        280, 241, 282, 105, 273, 106, 104, 294, 142, 279,
    ),
)  # fmt: skip
_MACHINES = {"x86_64": _X86_64, "aarch64": _AARCH64}
# pidfd_send_signal, io_uring, open_tree … fsmount, pidfd_open, pidfd_getfd, process_madvise, mount_setattr
_FORBIDDEN_NEWER = (424, 425, 426, 427, 428, 429, 430, 431, 432, 433, 434, 438, 440, 442)


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("yes", ctypes.c_uint8),
        ("no", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.POINTER(_Instruction)))


_Step = tuple[int, int, int, int]


def machine() -> str:
    """The name of this processor, where a filter for it is known; else empty."""
    name = os.uname().machine
    return name if name in _MACHINES and struct.calcsize("P") == 8 and sys.byteorder == "little" else ""


def restrict_worker() -> None:
    """Leave this process the calls that a loaded worker makes.

    Raises:
        OSError: the kernel or the processor has no such filter.
    """
    _set(_worker_filter(_known()))


def restrict_program() -> None:
    """Leave this process, and the program that it becomes, neither network nor processes of its own.

    Raises:
        OSError: the kernel or the processor has no such filter.
    """
    _set(_program_filter(_known()))


def _known() -> _Machine:
    name = machine()
    if not name:
        raise OSError(errno.ENOSYS, "no filter for this processor")
    return _MACHINES[name]


def _head(known: _Machine) -> list[_Step]:
    steps = [(_LOAD, 0, 0, _MACHINE), (_JUMP_EQUAL, 1, 0, known.audit), _return(_KILL), (_LOAD, 0, 0, _NUMBER)]
    if known.x32:
        steps += [(_JUMP_AT_LEAST, 0, 1, _X32), _return(_KILL)]
    return steps


def _worker_filter(known: _Machine) -> list[_Step]:
    steps = _head(known)
    for number in known.plain:
        steps += [(_JUMP_EQUAL, 0, 1, number), _return(_ALLOW)]
    steps += _with_arguments(known)
    steps += _when(known.prctl, 0, _JUMP_EQUAL, _NAMES)
    steps += _when(known.fcntl, 1, _JUMP_EQUAL, _FCNTL)
    steps += [(_JUMP_AT_LEAST, 0, 1, _NEWER), _return(_ERRNO | errno.ENOSYS), _return(_ERRNO | errno.EPERM)]
    return steps


def _program_filter(known: _Machine) -> list[_Step]:
    steps = _head(known)
    steps += _with_arguments(known)
    for number in (_CLONE3, _IO_URING):
        steps += [(_JUMP_EQUAL, 0, 1, number), _return(_ERRNO | errno.ENOSYS)]
    for number in (*known.forbidden, *_FORBIDDEN_NEWER):
        steps += [(_JUMP_EQUAL, 0, 1, number), _return(_ERRNO | errno.EPERM)]
    steps.append(_return(_ALLOW))
    return steps


def _with_arguments(known: _Machine) -> list[_Step]:
    """Threads yes, processes no; signals to itself alone; limits of itself alone."""
    return [
        *_when(known.clone, 0, _JUMP_SET, (_CLONE_THREAD,)),
        *_when(known.tgkill, 0, _JUMP_EQUAL, (os.getpid(),)),
        *_when(known.prlimit, 0, _JUMP_EQUAL, (0,)),
    ]


def _when(number: int, argument: int, test: int, values: Iterable[int]) -> list[_Step]:
    """Allow a call when the lower half of an argument passes the test with any of the values, else refuse it."""
    steps: list[_Step] = [(_LOAD, 0, 0, _ARGUMENTS + 8 * argument)]
    for value in values:
        steps += [(test, 0, 1, value), _return(_ALLOW)]
    steps.append(_return(_ERRNO | errno.EPERM))
    return [(_JUMP_EQUAL, 0, len(steps), number), *steps]


def _return(value: int) -> _Step:
    return (_RETURN, 0, 0, value)


def _set(steps: list[_Step]) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    filled = (_Instruction * len(steps))(*(_Instruction(*step) for step in steps))
    program = _Program(len(steps), ctypes.cast(filled, ctypes.POINTER(_Instruction)))
    failed = libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.syscall(
        ctypes.c_long(_known().seccomp),
        ctypes.c_long(_SET_MODE_FILTER),
        ctypes.c_long(_TSYNC),
        ctypes.byref(program),
    )
    if failed:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
