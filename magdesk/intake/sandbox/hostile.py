"""A worker that has been taken over, for the self-test: it tries what an intruder would try and says what came of it.

It loads and locks itself in as every worker does. Each attempt is made with the plainest means there is; one that
goes through returns, one that is refused raises :class:`OSError`.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import socket
import struct
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from magdesk.intake.sandbox import wire
from magdesk.intake.sandbox.confinement import Layer
from magdesk.intake.sandbox.worker import Serve, live

SAID = b"S"  # from the probe: what came of an attempt
THROUGH = "through"


@dataclass(frozen=True, slots=True)
class Prey:
    """What the self-test lays out for the intruder.

    Attributes:
        key: a file with a secret.
        folder: a folder that it may not write into.
        target: a file to be deleted, changed or renamed.
        tcp, udp: ports on this computer at which somebody listens.
        path: a socket in the file system; empty where there are none.
        abstract: a socket without a file; empty where there are none.
        neighbour: another process of the same user.
        parent: the process that started the probe.
        program: some program that could be run.
    """

    key: str
    folder: str
    target: str
    tcp: int
    udp: int
    path: str
    abstract: str
    neighbour: int
    parent: int
    program: str

    def pack(self) -> bytes:
        """As bytes for the pipe."""
        return json.dumps(asdict(self)).encode()


@dataclass(frozen=True, slots=True)
class Attempt:
    """Something that an intruder would try.

    Attributes:
        code: names it.
        title: what it is, for people.
        make: does it.
        systems: ``sys.platform`` where it can be tried; empty for everywhere.
    """

    code: str
    title: str
    make: Callable[[Prey], object]
    systems: tuple[str, ...] = ()

    @property
    def here(self) -> bool:
        """Whether it can be tried on this system."""
        return not self.systems or sys.platform in self.systems


def probe(arguments: list[str]) -> None:
    """Be the intruder.

    Args:
        arguments: names of the layers that are left out.
    """
    live(_load, without=[Layer(one) for one in arguments])


def _load() -> Serve:
    return _serve


def _serve(orders: BinaryIO, results: BinaryIO) -> None:
    while True:
        try:
            _kind, payload = wire.receive(orders)
        except EOFError:
            return
        job: dict[str, Any] = json.loads(payload)
        attempt = next(one for one in ATTEMPTS if one.code == job["attempt"])
        try:
            attempt.make(Prey(**job["prey"]))
        except OSError as error:
            said = errno.errorcode.get(error.errno or 0, "") or type(error).__name__
        else:
            said = THROUGH
        wire.send(results, SAID, said.encode())


# ------------------------------------------------------------------------------------------------ the attempts


def _read(prey: Prey) -> None:
    with Path(prey.key).open("rb") as stream:
        stream.read()


def _list(prey: Prey) -> None:
    os.listdir(prey.folder)  # noqa: PTH208  the plainest means


def _look_up(prey: Prey) -> None:
    os.stat(prey.key)  # noqa: PTH116


def _create(prey: Prey) -> None:
    with (Path(prey.folder) / "new").open("wb") as stream:
        stream.write(b"x")


def _overwrite(prey: Prey) -> None:
    with Path(prey.target).open("r+b") as stream:
        stream.write(b"x")


def _truncate(prey: Prey) -> None:
    os.truncate(prey.target, 0)


def _rename(prey: Prey) -> None:
    os.rename(prey.target, prey.target + "-moved")  # noqa: PTH104
    os.rename(prey.target + "-moved", prey.target)  # noqa: PTH104


def _link(prey: Prey) -> None:
    os.link(prey.target, prey.target + "-link")


def _make_folder(prey: Prey) -> None:
    os.mkdir(prey.folder + "/made")  # noqa: PTH102


def _change_rights(prey: Prey) -> None:
    os.chmod(prey.target, 0o777)  # noqa: PTH101, S103


def _delete(prey: Prey) -> None:
    os.unlink(prey.target)  # noqa: PTH108
    Path(prey.target).write_bytes(b"target")


def _execute(prey: Prey) -> None:
    os.execv(prey.program, [prey.program])  # noqa: S606


def _fork(_prey: Prey) -> None:
    if sys.platform != "win32":
        child = os.fork()
        if not child:
            os._exit(0)
        os.waitpid(child, 0)


def _spawn(prey: Prey) -> None:
    if hasattr(os, "posix_spawn"):
        os.waitpid(os.posix_spawn(prey.program, [prey.program], {}), 0)
    else:
        os.spawnv(os.P_WAIT, prey.program, [prey.program])  # noqa: S606


def _tcp(prey: Prey) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as one:
        one.connect(("127.0.0.1", prey.tcp))


def _listen(_prey: Prey) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as one:
        one.bind(("127.0.0.1", 0))
        one.listen()


def _udp(prey: Prey) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.sendto(b"x", ("127.0.0.1", prey.udp))


def _socket_by_path(prey: Prey) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as one:
        one.connect(prey.path)


def _socket_abstract(prey: Prey) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as one:
        one.connect("\0" + prey.abstract)


def _socket_pair(_prey: Prey) -> None:
    for one in socket.socketpair():
        one.close()


def _netlink(_prey: Prey) -> None:
    socket.socket(16, socket.SOCK_RAW, 0).close()  # AF_NETLINK


def _signal_parent(prey: Prey) -> None:
    os.kill(prey.parent, 23)  # SIGURG, which does nothing to who does not wait for it


def _signal_by_pipe(prey: Prey) -> None:
    """The kernel sends the signal: F_SETOWN on a pipe that stands for asynchronous reading (fcntl(2))."""
    import fcntl  # noqa: PLC0415  not on Windows; loaded long ago by others

    inward, outward = os.pipe()
    fcntl.fcntl(inward, fcntl.F_SETOWN, prey.parent)
    fcntl.fcntl(inward, 10, 23)  # F_SETSIG, SIGURG
    fcntl.fcntl(inward, fcntl.F_SETFL, fcntl.fcntl(inward, fcntl.F_GETFL) | os.O_ASYNC)
    os.write(outward, b"x")


def _memory(prey: Prey) -> None:
    os.close(os.open(f"/proc/{prey.neighbour}/mem", os.O_RDWR))


def _surroundings(prey: Prey) -> None:
    Path(f"/proc/{prey.parent}/environ").read_bytes()


def _read_memory(prey: Prey) -> None:
    """process_vm_readv of some address: only the right to do it is asked for."""
    buffer = ctypes.create_string_buffer(8)
    local = struct.pack("PN", ctypes.addressof(buffer), 8)
    remote = struct.pack("PN", 0, 8)
    number = {"x86_64": 310, "aarch64": 270}[os.uname().machine]
    try:
        _raw(number, prey.neighbour, local, 1, remote, 1, 0)
    except OSError as error:
        if error.errno != errno.EFAULT:  # nothing lies at that address, but it was looked at
            raise


def _trace(prey: Prey) -> None:
    ptrace = ctypes.CDLL(None, use_errno=True).ptrace
    if ptrace(0x4206, prey.neighbour, None, None) < 0:  # PTRACE_SEIZE
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    ptrace(17, prey.neighbour, None, None)  # PTRACE_DETACH


def _take_files(prey: Prey) -> None:
    """Copy an open file out of another process: pidfd_open, pidfd_getfd."""
    handle = _raw(434, prey.neighbour, 0)
    os.close(_raw(438, handle, 0, 0))


def _io_ring(_prey: Prey) -> None:
    """A second way to every call on files and sockets: io_uring_setup."""
    parameters = ctypes.create_string_buffer(120)
    os.close(_raw(425, 4, ctypes.addressof(parameters)))


def _namespace(_prey: Prey) -> None:
    _raw({"x86_64": 272, "aarch64": 97}[os.uname().machine], 0x10000000)  # unshare(CLONE_NEWUSER)


def _raise_limit(_prey: Prey) -> None:
    import resource  # noqa: PLC0415  not on Windows; loaded long ago by others

    try:
        resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
    except ValueError as error:
        raise OSError(errno.EPERM, str(error)) from error


def _much_memory(_prey: Prey) -> None:
    try:
        bytearray(3 << 30)
    except MemoryError as error:
        raise OSError(errno.ENOMEM, "no memory") from error


def _be_dumpable(_prey: Prey) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(4, 1, 0, 0, 0):  # PR_SET_DUMPABLE
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


def _raw(number: int, *values: object) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    wide = [ctypes.c_long(value) if isinstance(value, int) else value for value in values]
    done: int = libc.syscall(ctypes.c_long(number), *wide)
    if done < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return done


def _thread(_prey: Prey) -> None:
    """No attack: libraries need it."""
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()


_LINUX = ("linux",)
_UNIX = ("linux", "darwin")
# What must still work, or libraries would fail in ways that look like damage.
THREAD = Attempt("thread", "start a thread", _thread)
ATTEMPTS = (
    Attempt("read", "read a key file", _read),
    Attempt("list", "list a folder", _list),
    Attempt("look-up", "ask whether a file exists", _look_up),
    Attempt("create", "write a new file", _create),
    Attempt("overwrite", "write into a file", _overwrite),
    Attempt("truncate", "empty a file", _truncate),
    Attempt("rename", "rename a file", _rename),
    Attempt("link", "make a link to a file", _link),
    Attempt("folder", "make a folder", _make_folder),
    Attempt("rights", "change the rights of a file", _change_rights),
    Attempt("delete", "delete a file", _delete),
    Attempt("execute", "become another program", _execute),
    Attempt("fork", "split into two processes", _fork, _UNIX),
    Attempt("spawn", "start a program", _spawn),
    Attempt("tcp", "connect over TCP", _tcp),
    Attempt("listen", "listen on TCP", _listen),
    Attempt("udp", "send over UDP", _udp),
    Attempt("unix-path", "connect to a local socket by its path", _socket_by_path, _UNIX),
    Attempt("unix-abstract", "connect to a local socket without a path", _socket_abstract, _LINUX),
    Attempt("socket-pair", "make a pair of sockets", _socket_pair),
    Attempt("netlink", "talk to the kernel about the network", _netlink, _LINUX),
    Attempt("signal", "signal the program that started it", _signal_parent, _UNIX),
    Attempt("signal-pipe", "have the kernel signal that program", _signal_by_pipe, _LINUX),
    Attempt("memory", "open another process's memory", _memory, _LINUX),
    Attempt("surroundings", "read that program's environment", _surroundings, _LINUX),
    Attempt("read-memory", "read another process's memory", _read_memory, _LINUX),
    Attempt("trace", "trace another process", _trace, _LINUX),
    Attempt("take-files", "take another process's open files", _take_files, _LINUX),
    Attempt("io-ring", "make calls by a ring in memory", _io_ring, _LINUX),
    Attempt("namespace", "become root in a namespace", _namespace, _LINUX),
    Attempt("dumpable", "let others look into it again", _be_dumpable, _LINUX),
    Attempt("much-memory", "take three gigabytes", _much_memory, _LINUX),
    Attempt("limit", "raise its own limit of memory", _raise_limit, _LINUX),
    THREAD,
)
