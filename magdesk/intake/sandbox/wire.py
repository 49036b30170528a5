"""Frames between the program and its workers: one letter, a length, the bytes. JSON, never pickle.

A worker reads hostile files and may have been taken over by one; nothing it sends is ever executed, and no frame
is larger than an honest one needs.
"""

from __future__ import annotations

import json
import struct
from typing import IO

from magdesk.values import clean_text

JOB, DATA = b"J", b"D"  # to the worker: what to do; bytes it asked for
RAN = b"r"  # to the worker: what a program of the system answered, or that it did not
READY, FAILED = b"+", b"-"  # from the worker: locked in and waiting; could not start
READ, RUN = b"R", b"Q"  # from the worker: wants bytes of the file; wants a program of the system to be run
REFUSED, PULSE = b"E", b"P"  # from the worker: the end, not well; still at work
FAULT = b"!"  # from the worker: our own code failed, and where; nothing is said of the file

_HEADER = struct.Struct("<cQ")
_RANGE = struct.Struct("<QQ")
FRAME_LIMIT = 8 << 20


def send(pipe: IO[bytes], kind: bytes, payload: bytes | memoryview = b"") -> None:
    """Write one frame."""
    pipe.write(_HEADER.pack(kind, len(payload)))
    pipe.write(payload)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[bytes, bytes]:
    """Read one frame.

    Raises:
        EOFError: the other side is gone.
        ValueError: the frame is larger than any honest one.
    """
    header = _exactly(pipe, _HEADER.size)
    kind, length = _HEADER.unpack(header)
    if length > FRAME_LIMIT:
        raise ValueError("frame too large")
    return kind, _exactly(pipe, length)


def _exactly(pipe: IO[bytes], count: int) -> bytes:
    parts = []
    while count:
        part = pipe.read(count)
        if not part:
            raise EOFError
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def pack_range(offset: int, length: int) -> bytes:
    """A read request."""
    return _RANGE.pack(offset, min(length, FRAME_LIMIT))


def unpack_range(payload: bytes) -> tuple[int, int]:
    """Offset and length of a read request.

    Raises:
        ValueError: it is none.
    """
    try:
        offset, length = _RANGE.unpack(payload)
    except struct.error as error:
        raise ValueError("not a range") from error
    if offset >= 1 << 62:
        raise ValueError("not a range")
    return offset, min(length, FRAME_LIMIT)


def pack_refusal(message: str, hint: str = "") -> bytes:
    """Message and hint of a refusal."""
    return json.dumps([message, hint]).encode()


def unpack_refusal(payload: bytes) -> tuple[str, str]:
    """Message and hint of a refusal.

    Raises:
        ValueError: it is none.
    """
    try:
        values = json.loads(payload)
    except RecursionError as error:
        raise ValueError("not a refusal") from error
    if not isinstance(values, list) or len(values) != 2:
        raise ValueError("not a refusal")
    message, hint = (clean_text(str(value), multiline=False)[:500] for value in values)
    return message, hint


def unpack_fault(payload: bytes) -> str:
    """Where our code failed, as the worker tells it; for a person to read."""
    return clean_text(payload.decode("utf-8", "replace"), multiline=False)[:600]
