"""Frames between the program and its reading process: one letter, a length, the bytes. JSON, never pickle.

The child reads hostile files and may have been taken over by one; nothing it sends is ever executed.
"""

from __future__ import annotations

import dataclasses
import json
import struct
from typing import IO, Any

from magdesk.errors import InputError
from magdesk.intake.facts import FileFacts
from magdesk.model.values import PartialDate, clean_text

JOB, DATA = b"J", b"D"  # to the child: a file to read; bytes it asked for
READ, TYPE, FACTS, REFUSED = b"R", b"T", b"F", b"E"  # from the child

_HEADER = struct.Struct("<cQ")
_RANGE = struct.Struct("<QQ")
FRAME_LIMIT = 256 << 20


def send(pipe: IO[bytes], kind: bytes, payload: bytes = b"") -> None:
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
    return _RANGE.pack(offset, length)


def unpack_range(payload: bytes) -> tuple[int, int]:
    """Offset and length of a read request."""
    offset, length = _RANGE.unpack(payload)
    return offset, min(length, FRAME_LIMIT)


def pack_facts(facts: FileFacts) -> bytes:
    """Facts as JSON."""
    values = {field.name: getattr(facts, field.name) for field in dataclasses.fields(facts)}
    values["created"] = str(facts.created) if facts.created else None
    return json.dumps(values).encode()


def unpack_facts(payload: bytes) -> FileFacts:
    """Facts from JSON that nobody vouches for: every value is checked and every text cleaned.

    Raises:
        ValueError: it is not what facts look like.
    """
    values: Any = json.loads(payload)
    try:
        return FileFacts(
            media_type=clean_text(str(values["media_type"]), multiline=False)[:120],
            pages=_count(values["pages"]),
            width=_count(values["width"]),
            height=_count(values["height"]),
            duration=None if values["duration"] is None else float(values["duration"]),
            text=tuple((int(page), clean_text(str(text))) for page, text in values["text"]),
            text_layer=bool(values["text_layer"]),
            created=PartialDate(values["created"]) if values["created"] else None,
            note=clean_text(str(values["note"]), multiline=False)[:500],
        )
    except (KeyError, TypeError, InputError) as error:
        raise ValueError("not facts") from error


def _count(value: object) -> int | None:
    if value is None:
        return None
    number = int(str(value))
    if not 0 <= number < 1 << 40:
        raise ValueError("not a count")
    return number
