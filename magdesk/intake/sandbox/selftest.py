"""Whether the workers are held on this computer: an intruder tries everything, once free and once locked in.

What goes through when the intruder is free and is refused when it is locked in is held by us; what is refused either
way was not ours to forbid, and is told as such.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from magdesk.intake.sandbox import wire
from magdesk.intake.sandbox.box import Box, unchecked
from magdesk.intake.sandbox.child import ChildLost
from magdesk.intake.sandbox.command import Role, worker_command
from magdesk.intake.sandbox.confinement import Confinement, Layer
from magdesk.intake.sandbox.hostile import ATTEMPTS, THREAD, THROUGH, Attempt, Prey
from magdesk.intake.sandbox.programs import program_confinement

_SECONDS = 20.0  # for one attempt


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """One attempt.

    Attributes:
        code: names it.
        title: what it is.
        free: what came of it without any layer; ``through``, or the name of the error.
        held: what came of it behind all layers.
        wanted: whether it must go through: libraries need it.
    """

    code: str
    title: str
    free: str
    held: str
    wanted: bool = False

    @property
    def fine(self) -> bool:
        """Whether it came out as it must."""
        return (self.held == THROUGH) == self.wanted


@dataclass(frozen=True, slots=True)
class SelfTest:
    """What holds the workers on this computer.

    Attributes:
        confinement: the layers that hold, and what is lacking.
        rows: of all attempts.
        programs: what holds other programs that this one runs, and what is lacking there.
    """

    confinement: Confinement
    rows: tuple[AttemptRow, ...]
    programs: Confinement


def run_selftest() -> SelfTest:
    """Try everything.

    Raises:
        WorkerCannotStart: the probe, or the box for other programs, does not start.
    """
    with _prey() as prey:
        _nothing, free = attempts(prey, without=Layer)
        confinement, held = attempts(prey)
    tried = [one for one in ATTEMPTS if one.here]
    rows = tuple(
        AttemptRow(one.code, one.title, free[one.code], held[one.code], wanted=one is THREAD) for one in tried
    )
    return SelfTest(confinement, rows, program_confinement())


def confinement_here() -> Confinement:
    """What holds a worker on this computer, as one says itself; nothing is tried.

    Raises:
        WorkerCannotStart: the probe does not start.
    """
    box = Box(worker_command(Role.PROBE))
    try:
        return box.check()
    finally:
        box.empty()


def attempts_without(without: Iterable[Layer]) -> dict[str, str]:
    """What comes of each attempt when some layers are left out.

    Raises:
        WorkerCannotStart: the probe does not start.
    """
    with _prey() as prey:
        return attempts(prey, without=without)[1]


def attempts(prey: Prey, *, without: Iterable[Layer] = ()) -> tuple[Confinement, dict[str, str]]:
    """What comes of each attempt, and what held the one who made it.

    Raises:
        WorkerCannotStart: the probe does not start.
    """
    box = Box(worker_command(Role.PROBE, *(layer.value for layer in without)))
    try:
        confinement = box.check()
        return confinement, {one.code: _tried(box, one, prey) for one in ATTEMPTS if one.here}
    finally:
        box.empty()


def _tried(box: Box, attempt: Attempt, prey: Prey) -> str:
    child = box.child()
    try:
        child.send(wire.JOB, json.dumps({"attempt": attempt.code, "prey": asdict(prey)}).encode())
        _kind, payload = child.receive(time.monotonic() + _SECONDS, unchecked)
    except ChildLost:
        box.empty()
        return THROUGH  # it has become another program, or is beyond our reach
    return payload.decode("ascii", "replace")[:40]


@contextmanager
def _prey() -> Iterator[Prey]:
    with ExitStack() as stack:
        # What an attempt may have changed before is gone with the folder.
        folder = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="magdesk-probe-", ignore_cleanup_errors=True))
        )
        (folder / "inside").mkdir()
        key, target = folder / "key", folder / "inside" / "target"
        key.write_bytes(secrets.token_bytes(32))
        target.write_bytes(b"target")
        tcp = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        udp = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        udp.bind(("127.0.0.1", 0))
        path = abstract = ""
        if sys.platform != "win32":
            path = str(folder / "socket")
            _listening(stack, path)
        if sys.platform == "linux":
            abstract = f"magdesk-probe-{secrets.token_hex(8)}"
            _listening(stack, "\0" + abstract)
        neighbour = stack.enter_context(_sleeper())
        yield Prey(
            str(key), str(folder / "inside"), str(target), tcp.getsockname()[1], udp.getsockname()[1], path, abstract,
            neighbour.pid, os.getpid(), _some_program(),
        )  # fmt: skip


def _listening(stack: ExitStack, address: str) -> None:
    if sys.platform != "win32":
        one = stack.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
        one.bind(address)
        one.listen(64)


@contextmanager
def _sleeper() -> Iterator[subprocess.Popen[bytes]]:
    """A process of the same user that does nothing."""
    program: tuple[str, ...] = (sys.executable, "-I", "-S", "-c", "import sys; sys.stdin.read()")
    if getattr(sys, "frozen", False):
        program = worker_command(Role.PROBE)
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env={}) as process:  # noqa: S603
        try:
            yield process
        finally:
            process.kill()


def _some_program() -> str:
    if sys.platform == "win32":
        return str(Path(os.environ.get("SYSTEMROOT", "C:\\Windows")) / "System32" / "whoami.exe")
    return next((one for one in ("/bin/true", "/usr/bin/true") if Path(one).exists()), "/bin/sh")
