"""What the reading worker sends: the frames of :mod:`magdesk.intake.sandbox.wire` with kinds of their own.

Facts come as JSON that nobody vouches for; every value is checked and every text cleaned.
"""

from __future__ import annotations

import json
import math
import struct
from typing import Any

from magdesk.dates.partialdate import PartialDate
from magdesk.errors import InputError
from magdesk.intake.filefacts import FileDetail, FileFacts
from magdesk.values import clean_text

TYPE, FACTS = b"T", b"F"  # media type; the end
TEXT = b"X"  # one text of a page
CHILD, PIECE, CLOSED = b"C", b"B", b"Z"  # a file inside this one begins; its bytes; it ends

PIECE_SIZE = 256 << 10
_PAGE = struct.Struct("<I")
_DETAILS, _NAMES = 600, 12_000


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
