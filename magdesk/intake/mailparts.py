"""Mail taken apart once, for the index, the exhibit page and the window (RFC 5322, RFC 2045, RFC 4155)."""

from __future__ import annotations

import copy
import email
import re
from collections.abc import Iterator
from email.message import EmailMessage, Message
from email.policy import EmailPolicy
from functools import lru_cache
from typing import Any, BinaryIO

from magdesk.i18n import _
from magdesk.intake import cms
from magdesk.intake.encodings import decode, encoding_known, encoding_of
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.knownencoding import UNKNOWN, KnownEncoding
from magdesk.intake.readers.html import decode_page
from magdesk.intake.textform import TextForm

LIMIT = 128 << 20  # bytes; a message is parsed whole
_DEPTH = 40
_ENTITY = re.compile(rb"\s*(?:[!-9;-~]+:[^\n]*\n[ \t]?)*Content-[A-Za-z-]+:", re.IGNORECASE)
_PGP = re.compile(rb"^[ \t>]*-----BEGIN PGP MESSAGE-----", re.MULTILINE)
MESSAGE_TYPES = ("message/rfc822", "message/global")
_COUNT = re.compile(rb"(\d{1,10})[ \t]*\r?\n(?=[!-9;-~]+:)")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_LOOKED_AT = 1 << 16  # bytes searched for the encoding of headers
_USUAL_HEADER = 4_096  # letters; a longer one is taken apart each time, so that none is kept
_POLICY = EmailPolicy()
_HEADER = re.compile(rb"[!-9;-~]+:[ \t\r\n]|[A-Za-z-]+:\S|From ")


class _Headers(EmailPolicy):
    """Headers in bare letters of some old encoding, which no standard allows, are read in that encoding.

    Attributes:
        bare: the encoding.
        known: what is known of the encoding of the text, for parts that do not say it, or say it wrongly.
    """

    bare = "utf-8"
    known = UNKNOWN

    def header_fetch_parse(self, name: str, value: str) -> Any:
        """The header as it is asked for."""
        if not hasattr(value, "name"):
            raw = value.encode("utf-8", "surrogateescape")
            try:
                value = raw.decode("utf-8")
            except UnicodeDecodeError:
                value = raw.decode(self.bare, "replace")
            if len(value) <= _USUAL_HEADER:
                return _header(name, value)
        return super().header_fetch_parse(name, value)


@lru_cache(maxsize=64)
def _header(name: str, value: str) -> Any:
    """A header taken apart; that of its kind is asked for a dozen times while a part is read, and costs each time."""
    return _POLICY.header_fetch_parse(name, value)


class _Part(EmailMessage):
    """A part of a message; a message attached to one is taken as the bytes that it is, like any file."""

    def get_content_maintype(self) -> str:
        """The type before the stroke; asked by the parser, which would take an attached message apart itself."""
        kind = self.get_content_type()
        return "application" if kind in MESSAGE_TYPES else kind.partition("/")[0]


def parse_message(raw: bytes, known: KnownEncoding = UNKNOWN) -> EmailMessage:
    """A message, without what some programs put before it: a mark, a mailbox line, its length (Apple Mail).

    Args:
        known: what is known of the encoding of its text; it goes with each part, and with the messages inside.
    """
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    counted = _COUNT.match(raw)
    if counted is not None:
        raw = raw[counted.end() :][: int(counted[1])]
    elif raw.startswith(b"From "):
        raw = raw.partition(b"\n")[2]
    # The published types of the library know no attributes but its own.
    bare = known.name if known.chosen else _bare_encoding(raw)
    own: dict[str, Any] = {"bare": bare, "known": known}
    policy: Any = _Headers().clone(**own)
    return email.message_from_bytes(raw, _Part, policy=policy)


def _bare_encoding(raw: bytes) -> str:
    """The encoding of headers in bare letters: that of the text, where they fit it, else what it seems to be."""
    head = raw[:_LOOKED_AT].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    if head.isascii():
        return "utf-8"
    for found in _CHARSET.finditer(raw[:_LOOKED_AT]):
        name = found[1].decode("ascii").lower()
        if name in ("us-ascii", "ascii", "utf-8", "utf8", "iso-8859-1", "latin1"):
            continue
        try:
            head.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
        return name
    return encoding_of(b"\n".join(line for line in head.split(b"\n") if not line.isascii()))


def leaves(part: Message, depth: int = 0) -> Iterator[Message]:
    """The parts that hold something, in their order; a message inside is one part, what was signed is taken out."""
    payload = part.get_payload()
    signed = _signed_content(part) if depth < _DEPTH else None
    if signed is not None:
        yield from leaves(signed, depth + 1)
    elif depth < _DEPTH and part.get_content_maintype() == "multipart" and isinstance(payload, list):
        for inner in payload:
            if isinstance(inner, Message):
                yield from leaves(inner, depth + 1)
    else:
        yield part


def _signed_content(part: Message) -> EmailMessage | None:
    """What stands inside a signature that wraps a text, as a message; a signed file stays the file that it is."""
    if part.get_content_type() not in cms.TYPES:
        return None
    try:
        content = cms.open_envelope(payload_of(part)).content
    except Damaged:
        return None
    if _ENTITY.match(content):
        return parse_message(content)
    named = file_name(part).lower()
    if not content or b"\x00" in content or (named and not named.startswith("smime.")):
        return None
    charset = encoding_of(content).encode()
    return parse_message(
        b"Content-Type: text/plain; charset=" + charset + b"\nContent-Transfer-Encoding: 8bit\n\n" + content
    )


_PGP_SAID = _(
    "The message is encrypted with PGP and could not be read. Anyone who holds the key can decrypt it in a mail "
    "program; add the decrypted message."
)


def seals(message: Message, depth: int = 0) -> Iterator[tuple[str, bool]]:
    """A sentence on each signature and encryption of a message, and whether it keeps the message from being read."""
    for part in message.walk():
        kind = part.get_content_type()
        told = str(part.get_param("protocol") or "").lower() if kind.startswith("multipart/") else ""
        if kind in cms.TYPES:
            yield from _envelope_said(part)
            signed = _signed_content(part) if depth < _DEPTH else None
            if signed is not None:
                yield from seals(signed, depth + 1)
        elif kind == "text/plain" and not is_attached(part) and (block := _PGP.search(payload_of(part))):
            if payload_of(part)[: block.start()].strip():
                yield (
                    _(
                        "A part of the message is encrypted with PGP and could not be read. Anyone who holds the key "
                        "can decrypt it in a mail program; add the decrypted message."
                    ),
                    False,
                )
            else:
                yield _PGP_SAID, True
        elif kind == "multipart/encrypted":
            yield _PGP_SAID, True
        elif kind in cms.SIGNATURES:
            yield _signed_said(part), False
        elif "pgp-signature" in told or (
            kind == "text/plain" and payload_of(part)[:200].lstrip().startswith(b"-----BEGIN PGP SIGNED MESSAGE-----")
        ):
            yield _("The message carries a PGP signature, which was not verified."), False


def _envelope_said(part: Message) -> Iterator[tuple[str, bool]]:
    try:
        envelope = cms.open_envelope(payload_of(part))
    except Damaged:
        yield _("The message carries an S/MIME envelope that is damaged and could not be opened."), True
        return
    if envelope.encrypted:
        yield cms.encrypted_said(), True
    else:
        yield cms.signed_said(envelope.signers), False


def _signed_said(part: Message) -> str:
    try:
        return cms.signed_said(cms.open_envelope(payload_of(part)).signers)
    except Damaged:
        return cms.signed_said(())


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
    raw, charset, known = payload_of(part), part.get_content_charset(), _known(part)
    if known.chosen and _states_unicode(raw, charset):
        known = UNKNOWN  # what states that it is Unicode, and is, is nothing else
    if part.get_content_type() == "text/html":
        return decode_page(raw, charset or "", known)
    if charset and not known.chosen:
        try:
            return raw.decode(charset)
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    return decode(raw, known)


def text_form_of(part: Message) -> TextForm | None:
    """The encoding of a text that does not state it, or for which a person chose it; none where it states its own."""
    raw, charset, known = payload_of(part), part.get_content_charset(), _known(part)
    if raw.isascii() or _states_unicode(raw, charset):
        return None
    if known.chosen:
        return TextForm("", known.name, guessed=False, chosen=True)
    try:
        if charset:
            raw.decode(charset)
            return None
    except (LookupError, UnicodeDecodeError, ValueError):
        pass
    if part.get_content_type() == "text/html" and _CHARSET.search(raw[:4_096]):
        return None  # the page states it
    encoding = encoding_known(raw, known)
    return None if encoding.startswith("utf") else TextForm("", encoding, guessed=True)


def _known(part: Message) -> KnownEncoding:
    known = getattr(part.policy, "known", UNKNOWN)
    return known if isinstance(known, KnownEncoding) else UNKNOWN


def _states_unicode(raw: bytes, charset: str | None) -> bool:
    if (charset or "").lower() not in ("utf-8", "utf8"):
        return False
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def message_inside(part: Message) -> EmailMessage | None:
    """The message that a part holds; none where it holds nothing."""
    data = message_bytes(part)
    return parse_message(data, _known(part)) if data else None


def message_bytes(part: Message) -> bytes:
    """The bytes of the message that a part holds, as they were before it was packed into the outer one."""
    data = payload_of(part)
    if _is_message(data):
        return data
    # Programs name an encoding for a message that is not in it; none is allowed that changes it (RFC 2046, 5.2.1).
    bare = copy.copy(part)
    del bare["Content-Transfer-Encoding"]
    told = payload_of(bare)
    return told if _is_message(told) else data


def _is_message(data: bytes) -> bool:
    return b"\n" in data and bool(_HEADER.match(data.lstrip()))


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
