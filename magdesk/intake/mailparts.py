"""Mail taken apart once, for the index, the exhibit page and the window (RFC 5322, RFC 2045, RFC 4155)."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage, Message
from typing import BinaryIO

from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.readers.html import decode_page
from magdesk.intake.readers.plain import decode

LIMIT = 128 << 20  # bytes; a message is parsed whole
_DEPTH = 40
MESSAGE_TYPES = ("message/rfc822", "message/global")
# The form in which a message inside a message becomes an exhibit of its own: as it came, nothing folded anew.
_VERBATIM = email.policy.default.clone(max_line_length=0, refold_source="none")


def parse_message(raw: bytes) -> EmailMessage:
    """A message, without the mark and the mailbox line that some programs put before it."""
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if raw.startswith(b"From "):
        raw = raw.partition(b"\n")[2]
    return email.message_from_bytes(raw, policy=email.policy.default)


def leaves(part: Message, depth: int = 0) -> Iterator[Message]:
    """The parts that hold something, in their order; a message inside is one part."""
    payload = part.get_payload()
    if depth < _DEPTH and part.get_content_maintype() == "multipart" and isinstance(payload, list):
        for inner in payload:
            if isinstance(inner, Message):
                yield from leaves(inner, depth + 1)
    else:
        yield part


def is_attached(part: Message) -> bool:
    """Whether a part is a file and no text of the message itself."""
    return part.get_content_disposition() == "attachment" or bool(file_name(part))


def file_name(part: Message) -> str:
    """The name that a part gives its file; empty where it gives none or a damaged one."""
    try:
        with foreign("email"):
            return " ".join((part.get_filename() or "").split())[:300]
    except Damaged:
        return ""


def payload_of(part: Message) -> bytes:
    """The bytes of a part, decoded from their transfer encoding."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def text_of(part: Message) -> str:
    """The text of a part, in the encoding it names or, where that does not fit, seems to be in."""
    raw, charset = payload_of(part), part.get_content_charset()
    if part.get_content_type() == "text/html":
        return decode_page(raw, charset or "")
    try:
        return raw.decode(charset) if charset else decode(raw)
    except (LookupError, UnicodeDecodeError, ValueError):
        return decode(raw)


def message_inside(part: Message) -> Message | None:
    """The message that a part holds, where it was parsed as one."""
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    return inner if isinstance(inner, Message) else None


def message_bytes(part: Message) -> bytes:
    """The bytes of the message that a part holds; empty when they cannot be written out."""
    inner = message_inside(part)
    if not isinstance(inner, EmailMessage):
        return payload_of(part)
    try:
        with foreign("email"):
            return inner.as_bytes(policy=_VERBATIM)
    except Damaged:
        return b""


def mailbox_messages(stream: BinaryIO, limit: int = LIMIT) -> Iterator[bytes]:
    """Each message of a mailbox: a line that begins with “From ” after an empty line begins one (RFC 4155).

    Args:
        limit: bytes kept of each; what is longer is cut. With 0 they come empty, to be counted.
    """
    stream.seek(0)
    parts: list[bytes] = []
    size, blank, inside = 0, True, False
    for line in stream:
        if blank and line.startswith(b"From "):
            if inside:
                yield b"".join(parts)
            parts, size, inside = [], 0, True
        elif inside and size < limit:
            parts.append(line[1:] if line.startswith((b">From ", b">>From ")) else line)
            size += len(line)
        blank = line in (b"\n", b"\r\n")
    if inside:
        yield b"".join(parts)
