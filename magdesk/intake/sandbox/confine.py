"""A worker locks itself in, after it has loaded what it needs and before it sees a byte of a stranger's.

Where the system lacks a layer, the others are set all the same and a sentence is kept that says so. A layer that
claims to hold and does not is no lack but a fault: the worker does not start.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from magdesk.i18n import _
from magdesk.intake.sandbox import landlock, limits, macos, seccomp, windows
from magdesk.intake.sandbox.confinement import Confinement, Layer


def confine(without: Iterable[Layer] = ()) -> Confinement:
    """Give up what a loaded worker does not need, for good.

    Args:
        without: layers that are not set, to see what the others are worth.

    Raises:
        OSError: a limit that every system knows cannot be set.
        RuntimeError: a layer does not hold what it promises.
    """
    left_out = frozenset(without)
    held: set[Layer] = set()
    lacking: list[str] = []

    def layer(one: Layer, lock: Callable[[], object], sentence: str) -> None:
        if one in left_out:
            return
        try:
            lock()
        except OSError as error:
            lacking.append(f"{sentence} ({error.strerror or error})")
        else:
            held.add(one)

    if Layer.LIMITS not in left_out:
        limits.limit_files()
        held.add(Layer.LIMITS)
    if sys.platform == "linux":
        _alone()
        layer(
            Layer.LANDLOCK,
            landlock.restrict,
            _("This kernel has no Landlock: only the system call filter keeps files from the workers."),
        )
        layer(
            Layer.SECCOMP,
            seccomp.restrict_worker,
            _("This system has no system call filter: the workers could create processes and local sockets."),
        )
        if Layer.SECCOMP not in held:
            layer(
                Layer.NAMESPACE,
                limits.leave_network,
                _("This system cannot give the workers an empty network: they could reach the network."),
            )
    elif sys.platform == "win32":
        layer(
            Layer.JOB,
            windows.enter_job,
            _("This version of Windows gives the workers no job object: their memory is not limited."),
        )
        layer(
            Layer.MITIGATION,
            windows.set_policies,
            _("This version of Windows lacks some policies: the workers could start programs."),
        )
        lacking.append(_("On Windows, the workers can read files and reach the network."))
    elif sys.platform == "darwin":
        layer(
            Layer.SEATBELT,
            _seatbelt,
            _("This version of macOS has no sandbox for the workers: they can read files and reach the network."),
        )
    _prove(held)
    return Confinement(frozenset(held), tuple(lacking))


def confine_program(path: Path, readable: Iterable[Path]) -> Confinement:
    """Give up what a program of the system does not need, just before this process becomes it.

    Args:
        path: of the program, the only one that may be run.
        readable: files and folders that it needs.

    Returns:
        What holds, and a sentence for each layer that this system does not have.

    Raises:
        OSError: a limit that every system knows cannot be set, or a layer that this system has.
    """
    limits.limit_files()
    held = {Layer.LIMITS}
    lacking: list[str] = []
    if sys.platform == "linux":
        _program_on_linux(path, readable, held, lacking)
    elif sys.platform == "darwin":
        macos.enter(macos.program_profile(str(path)))
        held.add(Layer.SEATBELT)
    elif sys.platform == "win32":
        windows.enter_job(processes=2)
        held.add(Layer.JOB)
        lacking.append(_("On Windows, other programs that MagDesk runs can read files and reach the network."))
    return Confinement(frozenset(held), tuple(lacking))


def _program_on_linux(path: Path, readable: Iterable[Path], held: set[Layer], lacking: list[str]) -> None:
    if landlock.version():
        run = landlock.READ_FILE | landlock.EXECUTE
        allowed = [landlock.Allowed(path, run)]
        loader = _loader(path)
        if loader is not None:
            allowed.append(landlock.Allowed(loader, run))
        allowed += [landlock.Allowed(one, landlock.READ_FILE | landlock.READ_DIR) for one in readable]
        landlock.restrict(allowed)
        held.add(Layer.LANDLOCK)
    else:
        lacking.append(_("This kernel has no Landlock: other programs that MagDesk runs could read your files."))
    if seccomp.machine():
        seccomp.restrict_program()
        held.add(Layer.SECCOMP)
        return
    lacking.append(
        _("This system has no system call filter: other programs that MagDesk runs could start processes.")
    )
    try:
        limits.leave_network()
    except OSError as error:
        lacking.append(
            _(
                "This system cannot give other programs that MagDesk runs an empty network: they could reach the "
                "network."
            )
            + f" ({error.strerror or error})"
        )
    else:
        held.add(Layer.NAMESPACE)


def _loader(path: Path) -> Path | None:
    """The program that loads this one, by its head; none when it stands alone (ELF-64, System V ABI, PT_INTERP)."""
    with path.open("rb") as stream:
        head = stream.read(64)
        if head[:5] != b"\x7fELF\x02" or len(head) < 64:
            return None
        order = "big" if head[5] == 2 else "little"

        def number(part: bytes) -> int:
            return int.from_bytes(part, order)  # type: ignore[arg-type]

        start, size, count = number(head[32:40]), number(head[54:56]), number(head[56:58])
        for place in range(count):
            stream.seek(start + place * size)
            entry = stream.read(size)
            if number(entry[:4]) == 3:
                stream.seek(number(entry[8:16]))
                return Path(os.fsdecode(stream.read(number(entry[32:40])).rstrip(b"\0")))
    return None


def _seatbelt() -> None:
    macos.enter(macos.WORKER_PROFILE)


def _alone() -> None:
    """Landlock holds for one thread; what a library has started before would stay outside."""
    if len(list(Path("/proc/self/task").iterdir())) > 1 or threading.active_count() > 1:
        raise RuntimeError("a library has started a thread before the worker was locked in")


def _prove(held: set[Layer]) -> None:
    """Try one thing that each layer forbids."""
    if held & {Layer.LANDLOCK, Layer.SECCOMP, Layer.SEATBELT}:
        _refused(lambda: os.close(os.open(os.sep, os.O_RDONLY)))
    if held & {Layer.SECCOMP}:
        _refused(lambda: socket.socket(socket.AF_UNIX).close())


def _refused(attempt: Callable[[], object]) -> None:
    try:
        attempt()
    except OSError:
        return
    raise RuntimeError("the system claims to lock the worker in and does not")
