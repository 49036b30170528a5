"""Text of files that are text."""

from __future__ import annotations

from typing import BinaryIO

from magdesk.intake.facts import FileFacts
from magdesk.model.values import clean_text

_LIMIT = 20_000_000  # bytes read for the index; the file itself is kept whole


def read_plain(stream: BinaryIO, media_type: str) -> FileFacts:
    """The text of a plain text file, whatever its encoding."""
    stream.seek(0)
    raw = stream.read(_LIMIT + 1)
    note = f"Only the first {_LIMIT:,} bytes are in the search index." if len(raw) > _LIMIT else ""
    text = clean_text(decode(raw[:_LIMIT]))
    parts = ((0, text),) if text.strip() else ()
    return FileFacts(media_type, text=parts, text_layer=bool(parts), note=note)


def decode(raw: bytes) -> str:
    """Text from bytes: by byte order mark, else UTF-8, else Windows-1252, which never fails here."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
