"""Programs in processes of their own that need not import MagDesk first: forked from one process that has.

A child is as real as one that ``subprocess`` starts: its own memory, files, environment and arguments, its own end by
signal. It runs the module or the lines that it is told from their first line on. Only the two seconds are saved that
every start of Python spends to import the program.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from magdesk.casefile import keys
from tests.shared import CHEAP

if sys.platform != "win32":
    import resource

_IMPORTED = (
    "magdesk.cli.commands.evidence",
    "magdesk.cli.commands.exporting",
    "magdesk.cli.commands.making",
    "magdesk.cli.commands.restoring",
    "magdesk.cli.commands.safekeeping",
    "magdesk.services.export",
    "magdesk.services.sample",
    "magdesk.packet.verify",
)
_LONGEST = 1 << 20


class Forked:
    """One child, with what ``subprocess.Popen`` has of it.

    Attributes:
        pid: its process.
        stdin: what it reads; stdout: what it says; stderr: what it complains of.
    """

    def __init__(self, line: socket.socket, streams: tuple[IO[str], IO[str], IO[str]]) -> None:
        self._line = line
        self._code: int | None = None
        self.stdin, self.stdout, self.stderr = streams
        self.pid = self._number()

    def poll(self) -> int | None:
        """How it ended, if it has: the exit code, or the signal below zero."""
        if self._code is None:
            with contextlib.suppress(BlockingIOError):
                self._code = self._told(socket.MSG_DONTWAIT)
        return self._code

    def wait(self) -> int:
        """How it ended: the exit code, or the signal below zero."""
        if self._code is None:
            self._code = self._told(0)
        return self._code

    def _told(self, flags: int) -> int:
        code = self._number(flags)
        self._line.close()
        return code

    def _number(self, flags: int = 0) -> int:
        told = self._line.recv(4, flags)
        if len(told) < 4:
            raise RuntimeError("the process that has imported the program has ended")
        return int.from_bytes(told, "big", signed=True)

    def kill(self) -> None:
        """End it with ``SIGKILL``, as a power cut would."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def close(self) -> None:
        """Let go of its streams, without which it is killed where it still writes."""
        for stream in (self.stdin, self.stdout, self.stderr):
            stream.close()

    def end(self) -> tuple[int, str, str]:
        """Wait for its end: how it ended, what it said, what it complained of. It may not complain at length."""
        self.stdin.close()
        said, complained = self.stdout.read(), self.stderr.read()
        self.close()
        return self.wait(), said, complained


class Forks:
    """The process that has imported the program.

    Args:
        cheap: whether a passphrase costs next to nothing in all that it begins, as in the tests.
    """

    def __init__(self, *, cheap: bool = False) -> None:
        self._line, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", "tests.forking", str(theirs.fileno()), "cheap" if cheap else "dear"]
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, pass_fds=[theirs.fileno()],
                cwd=Path(__file__).parents[1],
            )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.close()
        self._process.wait()

    def start(
        self,
        program: str,
        arguments: Sequence[object] = (),
        *,
        environment: Mapping[str, str] | None = None,
        largest_file: int | None = None,
    ) -> Forked:
        """Begin a program.

        Args:
            program: the name of a module to run as with ``python -m``, or several lines as with ``python -c``.
            environment: all of it; that of this process unless given.
            largest_file: bytes beyond which no file of it grows.
        """
        told = {
            "program": program,
            "arguments": [str(one) for one in arguments],
            "environment": dict(os.environ if environment is None else environment),
            "folder": str(Path.cwd()),
            "largest_file": largest_file,
        }
        ours, theirs = socket.socketpair()
        reading, writing = os.pipe()
        said, saying = os.pipe()
        complaints, complaining = os.pipe()
        handed = [theirs.fileno(), reading, saying, complaining]
        socket.send_fds(self._line, [json.dumps(told).encode()], handed)
        theirs.close()
        for number in handed[1:]:
            os.close(number)
        return Forked(ours, (open(writing, "w"), open(said), open(complaints)))  # noqa: PTH123  closed by it


def _serve(line: socket.socket) -> dict[str, Any]:
    """Fork for each request; what the child is to run, in the child alone."""
    while True:
        message, handed, _flags, _from = socket.recv_fds(line, _LONGEST, 4)
        if not message:
            _forget(0)
            sys.exit()
        if os.fork() == 0:
            line.close()
            return _watched(json.loads(message), handed)
        for number in handed:
            os.close(number)
        _forget(os.WNOHANG)


def _forget(how: int) -> None:
    """Those who watched a program that has ended."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, how)[0]:
            pass


def _watched(told: dict[str, Any], handed: list[int]) -> dict[str, Any]:
    """Fork once more: this process tells the end of the child, which goes on."""
    back, *streams = handed
    pid = os.fork()
    if pid == 0:
        os.close(back)
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        return told
    for stream in streams:
        os.close(stream)
    with socket.socket(fileno=back) as line, contextlib.suppress(BrokenPipeError, ConnectionResetError):
        line.sendall(pid.to_bytes(4, "big", signed=True))
        ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        assert ended is not None
        code = ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status
        line.sendall(code.to_bytes(4, "big", signed=True))
        line.recv(1)  # Until nobody asks any more, no other process gets its number.
    os.waitpid(pid, 0)
    os._exit(0)


def _become(told: dict[str, Any]) -> None:
    """Be that program from here on."""
    os.environ.clear()
    os.environ.update(told["environment"])
    os.chdir(told["folder"])
    tempfile.tempdir = None
    # As a new process has them: nothing is known yet of what the streams are.
    sys.stdin = open(0, closefd=False)  # noqa: SIM115  to the end
    sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, errors="backslashreplace", closefd=False)  # noqa: SIM115
    if told["largest_file"] is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (told["largest_file"],) * 2)
    if "\n" in told["program"]:
        sys.argv = ["-c", *told["arguments"]]
        exec(compile(told["program"], "<string>", "exec"), {"__name__": "__main__"})
    else:
        sys.argv = ["-m", *told["arguments"]]
        runpy.run_module(told["program"], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    for name in _IMPORTED:
        importlib.import_module(name)
    if sys.argv[2] == "cheap":
        keys.STANDARD = CHEAP
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=int(sys.argv[1])) as asked:
        wanted = _serve(asked)
    _become(wanted)
