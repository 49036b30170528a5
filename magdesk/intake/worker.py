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
from typing import BinaryIO

from magdesk.errors import IntakeError
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
        length = min(len(view), max(0, self._size - self._at))
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


def _limit_cpu() -> None:
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    allowed = int(used.ru_utime + used.ru_stime) + CPU
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.RLIM_INFINITY))


def serve(orders: BinaryIO, results: BinaryIO) -> None:
    """Read one file after the other until the parent closes the pipe."""
    from magdesk.intake.read import read_file  # noqa: PLC0415  after the limits are set
    from magdesk.intake.sniff import sniff  # noqa: PLC0415

    while True:
        try:
            _kind, payload = wire.receive(orders)
        except EOFError:
            return
        _limit_cpu()
        job = json.loads(payload)
        stream = io.BufferedReader(ParentStream(results, orders, job["size"]), 1 << 18)
        try:
            wire.send(results, wire.TYPE, sniff(stream, job["name"]).encode())
            wire.send(results, wire.FACTS, wire.pack_facts(read_file(stream, job["name"])))
        except IntakeError as error:
            wire.send(results, wire.REFUSED, json.dumps([error.message, error.hint]).encode())


def main() -> None:
    """Entry point of the process."""
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
