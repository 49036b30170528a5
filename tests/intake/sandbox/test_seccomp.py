"""Which system calls a worker and a program may make: each filter run here by its rules, call for call, by name.

The kernel's own answer is tried elsewhere, for this processor; here stands every call of both, so that no number of a
list can be another by mistake. The numbers are those of <asm/unistd_64.h> and <asm-generic/unistd.h>.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable

import pytest

from magdesk.intake.sandbox import seccomp

ALLOWED, DENIED, UNKNOWN, KILLED = "allowed", "denied", "unknown", "killed"
SAID = {
    0x7FFF0000: ALLOWED, 0x00050000 | errno.EPERM: DENIED, 0x00050000 | errno.ENOSYS: UNKNOWN, 0x80000000: KILLED,
}  # fmt: skip
KINDS = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}  # <linux/audit.h>
_X86_64 = (
    "accept=43 accept4=288 add_key=248 bind=49 bpf=321 brk=12 chmod=90 chroot=161 clock_getres=229 "
    "clock_gettime=228 clock_nanosleep=230 clone=56 clone3=435 close=3 connect=42 delete_module=176 dup=32 "
    "dup2=33 dup3=292 execve=59 execveat=322 exit=60 exit_group=231 fcntl=72 finit_module=313 fork=57 "
    "fsconfig=431 fsmount=432 fsopen=430 fspick=433 fstat=5 ftruncate=77 futex=202 get_robust_list=274 getcpu=309 "
    "getegid=108 geteuid=107 getgid=104 getpeername=52 getpid=39 getppid=110 getrandom=318 getrlimit=97 "
    "getrusage=98 getsockname=51 getsockopt=55 gettid=186 gettimeofday=96 getuid=102 init_module=175 io_setup=206 "
    "io_uring_enter=426 io_uring_register=427 io_uring_setup=425 kcmp=312 kexec_file_load=320 kexec_load=246 "
    "keyctl=250 kill=62 landlock_restrict_self=446 listen=50 lseek=8 madvise=28 membarrier=324 memfd_create=319 "
    "mkdir=83 mmap=9 mount=165 mount_setattr=442 move_mount=429 mprotect=10 mremap=25 munmap=11 nanosleep=35 "
    "open=2 open_tree=428 openat=257 openat2=437 perf_event_open=298 pidfd_getfd=438 pidfd_open=434 "
    "pidfd_send_signal=424 pipe=22 pipe2=293 pivot_root=155 poll=7 ppoll=271 prctl=157 pread64=17 prlimit64=302 "
    "process_madvise=440 process_mrelease=448 process_vm_readv=310 process_vm_writev=311 pselect6=270 ptrace=101 "
    "pwrite64=18 read=0 readv=19 reboot=169 recvfrom=45 recvmmsg=299 recvmsg=47 rename=82 renameat2=316 "
    "request_key=249 restart_syscall=219 rseq=334 rt_sigaction=13 rt_sigprocmask=14 rt_sigqueueinfo=129 "
    "rt_sigreturn=15 rt_tgsigqueueinfo=297 sched_get_priority_max=146 sched_get_priority_min=147 "
    "sched_getaffinity=204 sched_getparam=143 sched_getscheduler=145 sched_yield=24 seccomp=317 select=23 "
    "sendfile=40 sendmmsg=307 sendmsg=46 sendto=44 set_robust_list=273 set_tid_address=218 setns=308 "
    "setrlimit=160 setsockopt=54 shutdown=48 sigaltstack=131 socket=41 socketpair=53 splice=275 sysinfo=99 "
    "tgkill=234 time=201 times=100 tkill=200 truncate=76 umount2=166 uname=63 unlink=87 unlinkat=263 unshare=272 "
    "userfaultfd=323 vfork=58 write=1 writev=20 "
)
_AARCH64 = (
    "accept=202 accept4=242 add_key=217 bind=200 bpf=280 brk=214 chroot=51 clock_getres=114 clock_gettime=113 "
    "clock_nanosleep=115 clone=220 clone3=435 close=57 connect=203 delete_module=106 dup=23 dup3=24 execve=221 "
    "execveat=281 exit=93 exit_group=94 fcntl=25 finit_module=273 fsconfig=431 fsmount=432 fsopen=430 fspick=433 "
    "fstat=80 ftruncate=46 futex=98 get_robust_list=100 getcpu=168 getegid=177 geteuid=175 getgid=176 "
    "getpeername=205 getpid=172 getppid=173 getrandom=278 getrlimit=163 getrusage=165 getsockname=204 "
    "getsockopt=209 gettid=178 gettimeofday=169 getuid=174 init_module=105 io_setup=0 io_uring_enter=426 "
    "io_uring_register=427 io_uring_setup=425 kcmp=272 kexec_file_load=294 kexec_load=104 keyctl=219 kill=129 "
    "landlock_restrict_self=446 listen=201 lseek=62 madvise=233 membarrier=283 memfd_create=279 mmap=222 mount=40 "
    "mount_setattr=442 move_mount=429 mprotect=226 mremap=216 munmap=215 nanosleep=101 open_tree=428 openat=56 "
    "openat2=437 perf_event_open=241 pidfd_getfd=438 pidfd_open=434 pidfd_send_signal=424 pipe2=59 pivot_root=41 "
    "ppoll=73 prctl=167 pread64=67 prlimit64=261 process_madvise=440 process_mrelease=448 process_vm_readv=270 "
    "process_vm_writev=271 pselect6=72 ptrace=117 pwrite64=68 read=63 readv=65 reboot=142 recvfrom=207 "
    "recvmmsg=243 recvmsg=212 renameat2=276 request_key=218 restart_syscall=128 rseq=293 rt_sigaction=134 "
    "rt_sigprocmask=135 rt_sigqueueinfo=138 rt_sigreturn=139 rt_tgsigqueueinfo=240 sched_get_priority_max=125 "
    "sched_get_priority_min=126 sched_getaffinity=123 sched_getparam=121 sched_getscheduler=120 sched_yield=124 "
    "seccomp=277 sendfile=71 sendmmsg=269 sendmsg=211 sendto=206 set_robust_list=99 set_tid_address=96 setns=268 "
    "setrlimit=164 setsockopt=208 shutdown=210 sigaltstack=132 socket=198 socketpair=199 splice=76 sysinfo=179 "
    "tgkill=131 times=153 tkill=130 truncate=45 umount2=39 uname=160 unlinkat=35 unshare=97 userfaultfd=282 "
    "write=64 writev=66 "
)


def _numbers(table: str) -> dict[str, int]:
    return {name: int(number) for name, number in (one.split("=") for one in table.split())}


NUMBERS = {"x86_64": _numbers(_X86_64), "aarch64": _numbers(_AARCH64)}
_READING = (
    "brk clock_getres clock_gettime clock_nanosleep close dup dup2 dup3 exit exit_group fstat futex "
    "get_robust_list getcpu getegid geteuid getgid getpid getppid getrandom getrlimit getrusage gettid "
    "gettimeofday getuid lseek madvise membarrier mmap mprotect mremap munmap nanosleep pipe pipe2 poll ppoll "
    "pread64 pselect6 pwrite64 read readv restart_syscall rseq rt_sigaction rt_sigprocmask rt_sigreturn "
    "sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getparam sched_getscheduler "
    "sched_yield select set_robust_list set_tid_address sigaltstack sysinfo time times uname write writev "
)
READING = frozenset(_READING.split())
_FORBIDDEN = (
    "accept accept4 add_key bind bpf chroot connect delete_module finit_module fork getpeername getsockname "
    "getsockopt init_module kcmp kexec_file_load kexec_load keyctl kill listen memfd_create mount perf_event_open "
    "pivot_root process_vm_readv process_vm_writev ptrace reboot recvfrom recvmmsg recvmsg request_key "
    "rt_sigqueueinfo rt_tgsigqueueinfo sendmmsg sendmsg sendto setns setsockopt shutdown socket socketpair tkill "
    "umount2 unshare userfaultfd vfork pidfd_send_signal io_uring_setup io_uring_enter io_uring_register "
    "open_tree move_mount fsopen fsconfig fsmount fspick pidfd_open pidfd_getfd process_madvise mount_setattr "
)
FORBIDDEN = frozenset(_FORBIDDEN.split())
NEWER = 424  # from here on the numbers are the same everywhere


def said(steps: list[tuple[int, int, int, int]], kind: int, number: int, *arguments: int) -> str:
    """What the filter answers to a call (the machine of seccomp(2), as far as these filters use it)."""
    data = {0: number, 4: kind} | {16 + 8 * place: value & 0xFFFFFFFF for place, value in enumerate(arguments)}
    loaded = at = 0
    while True:
        code, yes, no, value = steps[at]
        at += 1
        match code:
            case 0x20:
                loaded = data.get(value, 0)
            case 0x06:
                return SAID[value]
            case 0x15:
                at += yes if loaded == value else no
            case 0x35:
                at += yes if loaded >= value else no
            case 0x45:
                at += yes if loaded & value else no
            case _:
                raise AssertionError(f"code {code:#x}")


def worker(name: str, call: str | int, *arguments: int) -> str:
    number = NUMBERS[name][call] if isinstance(call, str) else call
    return said(seccomp._worker_filter(seccomp._MACHINES[name]), KINDS[name], number, *arguments)


def program(name: str, call: str | int, *arguments: int) -> str:
    number = NUMBERS[name][call] if isinstance(call, str) else call
    return said(seccomp._program_filter(seccomp._MACHINES[name]), KINDS[name], number, *arguments)


@pytest.mark.parametrize("name", KINDS)
def test_a_worker_may_make_the_calls_of_one_that_reads_and_no_other(name: str) -> None:
    numbers = NUMBERS[name]
    allowed = {number for number in range(600) if worker(name, number) == ALLOWED}
    # With arguments that are all nothing: fcntl(F_DUPFD), and the limits of the process itself.
    named = {numbers[call] for call in READING if call in numbers} | {numbers["fcntl"], numbers["prlimit64"]}
    assert allowed == named
    assert {worker(name, number) for number in range(NEWER, 600)} == {UNKNOWN}
    assert {worker(name, number) for number in set(range(NEWER)) - named} == {DENIED}


@pytest.mark.parametrize("name", KINDS)
def test_a_program_is_denied_network_processes_and_what_reaches_further(name: str) -> None:
    numbers = NUMBERS[name]
    denied = {number for number in range(600) if program(name, number) == DENIED}
    # With arguments that are all nothing: clone is a process then, and tgkill is a signal to another.
    named = {numbers[call] for call in FORBIDDEN if call in numbers} | {numbers["clone"], numbers["tgkill"]}
    if name == "x86_64":  # what only asks about a socket that nobody could make is not on the list there
        named -= {numbers[call] for call in ("getsockname", "getpeername", "setsockopt", "getsockopt")}
    asked_first = {numbers["clone3"], numbers["io_uring_setup"]}  # libraries do without on a kernel that lacks them
    assert denied == named - asked_first
    assert {number for number in range(600) if program(name, number) == UNKNOWN} == asked_first
    assert {program(name, number) for number in set(range(600)) - named - asked_first} == {ALLOWED}


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("ask", [worker, program])
def test_threads_and_signals_to_itself_only(name: str, ask: Callable[..., str]) -> None:
    thread, process = 0x003D0F00, 0x01200011  # flags with which the C library makes a thread, and forks
    assert ask(name, "clone", thread) == ALLOWED
    assert ask(name, "clone", process) == DENIED
    assert ask(name, "tgkill", os.getpid()) == ALLOWED
    assert ask(name, "tgkill", os.getppid()) == DENIED
    assert ask(name, "prlimit64", 0) == ALLOWED
    assert ask(name, "prlimit64", os.getppid()) == DENIED


@pytest.mark.parametrize("name", KINDS)
def test_the_calls_of_many_uses_are_held_to_some_of_them(name: str) -> None:
    names = {15, 16, 0x53564D41}  # PR_SET_NAME, PR_GET_NAME, PR_SET_VMA
    assert {option for option in (*range(80), 0x53564D41) if worker(name, "prctl", option) == ALLOWED} == names
    commands = {0, 1, 2, 3, 1030}  # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_CLOEXEC
    assert {one for one in range(1100) if worker(name, "fcntl", 9, one) == ALLOWED} == commands
    assert worker(name, "fcntl", 9, 4) == DENIED  # F_SETFL: O_ASYNC sends signals


@pytest.mark.parametrize("name", KINDS)
def test_another_table_of_numbers_is_shut(name: str) -> None:
    known = seccomp._MACHINES[name]
    for steps in (seccomp._worker_filter(known), seccomp._program_filter(known)):
        for other in {*KINDS.values(), 0x40000003} - {KINDS[name]}:  # AUDIT_ARCH_I386
            assert said(steps, other, NUMBERS[name]["read"]) == KILLED
        assert (said(steps, KINDS[name], 0x40000000 | NUMBERS[name]["read"]) == KILLED) is (name == "x86_64")
        assert (said(steps, KINDS[name], 0x40000000) == KILLED) is (name == "x86_64")
    assert known.seccomp == NUMBERS[name]["seccomp"]


@pytest.mark.parametrize(
    ("processor", "pointer", "order", "known"),
    [("x86_64", 8, "little", "x86_64"), ("aarch64", 8, "little", "aarch64"), ("x86_64", 4, "little", ""),
     ("aarch64", 8, "big", ""), ("riscv64", 8, "little", "")],
)  # fmt: skip
def test_a_filter_is_set_only_where_its_numbers_hold(
    processor: str, pointer: int, order: str, known: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.uname()
    monkeypatch.setattr("os.uname", lambda: os.uname_result((*real[:4], processor)))
    monkeypatch.setattr("struct.calcsize", lambda _form: pointer)
    monkeypatch.setattr("sys.byteorder", order)
    assert seccomp.machine() == known
