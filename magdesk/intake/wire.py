"""Frames between the program and its reading process: one letter, a length, the bytes. JSON, never pickle.

The child reads hostile files and may have been taken over by one; nothing it sends is ever executed, and no frame
is larger than an honest one needs.
"""

from __future__ import annotations

import json
import math
import struct
from typing import IO, Any

from magdesk.errors import InputError
from magdesk.intake.facts import FileDetail, FileFacts
from magdesk.model.values import PartialDate, clean_text

JOB, DATA = b"J", b"D"  # to the child: a file to read; bytes it asked for
READ, TYPE, FACTS, REFUSED = b"R", b"T", b"F", b"E"  # from the child: wants bytes; media type; the end, well or not
TEXT, PULSE = b"X", b"P"  # from the child: one text of a page; still at work
CHILD, PIECE, CLOSED = b"C", b"B", b"Z"  # from the child: a file inside this one begins; its bytes; it ends

FAULT = b"!"  # from the child: our own code failed, and where; nothing is said of the file

_HEADER = struct.Struct("<cQ")
_RANGE = struct.Struct("<QQ")
_PAGE = struct.Struct("<I")
FRAME_LIMIT = 8 << 20
PIECE_SIZE = 256 << 10
_DETAILS, _NAMES = 600, 12_000


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
    return offset, min(length, FRAME_LIMIT)


def pack_text(page: int, text: str) -> bytes:
    """One text of a page."""
    return _PAGE.pack(page) + text.encode("utf-8", "replace")


def unpack_text(payload: bytes) -> tuple[int, str]:
    """Page and cleaned text.

    Raises:
        ValueError: it is none.
    """
    try:
        (page,) = _PAGE.unpack_from(payload)
    except struct.error as error:
        raise ValueError("not a text") from error
    return page, clean_text(payload[_PAGE.size :].decode("utf-8", "replace"))


def unpack_name(payload: bytes) -> str:
    """The cleaned name of a file inside the one that is read, with the folders it lies in there."""
    return clean_text(payload.decode("utf-8", "replace"), multiline=False).replace("\\", "/").strip()[:1_000]


def pack_facts(facts: FileFacts) -> bytes:
    """Facts as JSON; their text goes in frames of its own, page by page."""
    values: dict[str, object] = {
        "media_type": facts.media_type,
        "pages": facts.pages,
        "width": facts.width,
        "height": facts.height,
        "duration": facts.duration,
        "text_layer": facts.text_layer,
        "created": str(facts.created) if facts.created else None,
        "note": facts.note,
        "details": [(one.section, one.name, one.value) for one in facts.details],
        "language": facts.language,
        "locked": facts.locked,
        "attached": facts.attached,
    }
    return json.dumps(values, ensure_ascii=False).encode("utf-8", "replace")


def unpack_facts(payload: bytes, text: tuple[tuple[int, str], ...] = ()) -> FileFacts:
    """Facts from JSON that nobody vouches for: every value is checked and every text cleaned.

    Args:
        text: the texts that came in frames of their own.

    Raises:
        ValueError: it is not what facts look like.
    """
    values: Any = json.loads(payload)
    try:
        return FileFacts(
            media_type=_line(values["media_type"], 120),
            pages=_count(values["pages"]),
            width=_count(values["width"]),
            height=_count(values["height"]),
            duration=_seconds(values["duration"]),
            text=text,
            text_layer=bool(values["text_layer"]),
            created=PartialDate(str(values["created"])) if values["created"] else None,
            note=_line(values["note"], 1_000),
            details=tuple(
                FileDetail(_line(section, 40), _line(name, 120), clean_text(str(value))[:2_000])
                for section, name, value in values["details"][:_DETAILS]
            ),
            language=_line(values["language"], 12),
            locked=bool(values["locked"]),
            attached=tuple(_line(name, 255) for name in values["attached"][:_NAMES]),
        )
    except (KeyError, TypeError, InputError, RecursionError) as error:
        raise ValueError("not facts") from error


def unpack_refusal(payload: bytes) -> tuple[str, str]:
    """Message and hint of a refusal.

    Raises:
        ValueError: it is none.
    """
    values = json.loads(payload)
    if not isinstance(values, list) or len(values) != 2:
        raise ValueError("not a refusal")
    return _line(values[0], 500), _line(values[1], 500)


def unpack_fault(payload: bytes) -> str:
    """Where our code failed, as the child tells it; for a person to read."""
    return _line(payload.decode("utf-8", "replace"), 600)


def _line(value: object, limit: int) -> str:
    return clean_text(str(value), multiline=False)[:limit]


def _seconds(value: object) -> float | None:
    if value is None:
        return None
    seconds = float(str(value))
    if not (math.isfinite(seconds) and 0 <= seconds < 1e9):
        raise ValueError("not a duration")
    return seconds


def _count(value: object) -> int | None:
    if value is None:
        return None
    number = int(str(value))
    if not 0 <= number < 1 << 40:
        raise ValueError("not a count")
    return number
