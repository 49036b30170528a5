"""The process that reads files: limited in memory and time, without network, holding no key and no case.

It gets the bytes of one file at a time from its parent, on request, and sends back what it learnt.
Run as ``python -m magdesk.intake.worker``; nothing else calls it.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from magdesk.errors import IntakeError
from magdesk.hardening import harden
from magdesk.intake import wire

MEMORY = 2 << 30  # bytes of address space
CPU = 120  # seconds for one file
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


class ParentStream(io.RawIOBase):
    """A file whose bytes lie with the parent and are asked for piece by piece."""

    def __init__(self, requests: BinaryIO, answers: BinaryIO, size: int) -> None:
        super().__init__()
        self._requests = requests
        self._answers = answers
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """Offset of the next byte."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to an offset."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: object) -> int:
        """Fill the buffer with the next bytes."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        length = min(len(view), max(0, self._size - self._at), wire.FRAME_LIMIT)
        if length == 0:
            return 0
        wire.send(self._requests, wire.READ, wire.pack_range(self._at, length))
        _kind, data = wire.receive(self._answers)
        view[: len(data)] = data
        self._at += len(data)
        return len(data)


def limit() -> None:
    """Give up what reading a file does not need. What a platform cannot do is left to the parent's clock."""
    try:
        import resource  # noqa: PLC0415  not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        # An own, empty network namespace; where the system forbids it, there is still nothing here that calls out.
        ctypes.CDLL(None).unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def _limit_cpu(seconds: int) -> None:
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    allowed = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.RLIM_INFINITY))


def serve(orders: BinaryIO, results: BinaryIO) -> None:
    """Read one file after the other until the parent closes the pipe."""
    from magdesk.errors import fault_places  # noqa: PLC0415  after the limits are set
    from magdesk.intake.read import read_file  # noqa: PLC0415

    while True:
        try:
            _kind, payload = wire.receive(orders)
        except EOFError:
            return
        job: dict[str, Any] = json.loads(payload)
        _limit_cpu(int(job.get("cpu", CPU)))
        stream = io.BufferedReader(ParentStream(results, orders, job["size"]), 1 << 18)
        members = job.get("members")
        try:
            facts = read_file(
                stream,
                job["name"],
                password=job.get("password", ""),
                ocr=tuple(job.get("ocr", ())),
                members=None if members is None else tuple(members),
                begin=_begin(results, children=bool(job.get("children"))),
            )
        except IntakeError as error:
            wire.send(results, wire.REFUSED, json.dumps([error.message, error.hint]).encode())
        except BrokenPipeError:
            return
        except Exception as error:
            wire.send(results, wire.FAULT, fault_places(error).encode("utf-8", "replace"))
        else:
            wire.send(results, wire.FACTS, wire.pack_facts(facts))


def _begin(results: BinaryIO, *, children: bool) -> Callable[[str], Any]:
    from magdesk.intake.filereading import FileReading  # noqa: PLC0415  after the limits are set

    def on_text(page: int, text: str) -> None:
        wire.send(results, wire.TEXT, wire.pack_text(page, text))

    def on_child(name: str, data: BinaryIO) -> None:
        wire.send(results, wire.CHILD, name.encode("utf-8", "replace")[:4_000])
        try:
            while piece := data.read(wire.PIECE_SIZE):
                wire.send(results, wire.PIECE, piece)
        except BaseException:
            wire.send(results, wire.CLOSED, b"broken")
            raise
        wire.send(results, wire.CLOSED, b"whole")

    def on_pulse() -> None:
        wire.send(results, wire.PULSE)

    def begin(media_type: str) -> FileReading:
        wire.send(results, wire.TYPE, media_type.encode())
        return FileReading(media_type, on_text=on_text, on_child=on_child if children else None, on_pulse=on_pulse)

    return begin


def main() -> None:
    """Entry point of the process."""
    harden()
    orders = os.fdopen(os.dup(0), "rb")
    results = os.fdopen(os.dup(1), "wb")
    # A library that prints must not write into the frames.
    silence = os.open(os.devnull, os.O_RDWR)
    os.dup2(silence, 0)
    os.dup2(silence, 1)
    limit()
    serve(orders, results)


if __name__ == "__main__":
    main()
