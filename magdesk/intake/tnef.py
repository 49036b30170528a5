"""What Outlook wraps into ``winmail.dat`` ([MS-OXTNEF]): subject, text, and attachments with their names."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from magdesk.intake.encodings import encoding_of
from magdesk.intake.readers.html import decode_page
from magdesk.intake.readers.markuptext import html_text
from magdesk.intake.readers.rtf import rtf_text, unpack_rtf

TYPES = ("application/ms-tnef", "application/vnd.ms-tnef")
MARK = b"\x78\x9f\x3e\x22"
_SUBJECT, _BODY, _PROPERTIES, _PAGE = 0x8004, 0x800C, 0x9003, 0x9007
_BEGIN, _NAME, _DATA, _ATTACHMENT = 0x9002, 0x8010, 0x800F, 0x9005
_PLAIN, _RTF, _HTML, _LONG_NAME, _OTHER_NAME, _BYTES = 0x1000, 0x1009, 0x1013, 0x3707, 0x3001, 0x3701
_SIZES = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x000A: 4, 0x000B: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x0014: 8,
          0x0040: 8, 0x0048: 16}  # fmt: skip
_STRINGS = (0x001E, 0x001F, 0x0102, 0x000D)
_WRITTEN = (_SUBJECT, _BODY, _NAME)
_MANY = 0x1000
_PROPERTIES_MOST = 10_000


@dataclass(slots=True)
class TnefFile:
    """An attachment."""

    name: str = ""
    data: bytes = field(default=b"", repr=False)


@dataclass(slots=True)
class Tnef:
    """What was wrapped.

    Attributes:
        whole: whether it could be read to its end.
        guessed: the encoding that its text seems to be in, where it names none that there is; else empty.
    """

    subject: str = ""
    text: str = ""
    files: list[TnefFile] = field(default_factory=list)
    whole: bool = True
    guessed: str = ""


def unwrap(data: bytes) -> Tnef:
    """What is in a ``winmail.dat``; of a damaged one what comes before the damage.

    Raises:
        ValueError: it is none.
    """
    if not data.startswith(MARK):
        raise ValueError("no TNEF")
    found, markup = Tnef(), ""
    attributes = list(_attributes(data, found))
    encoding = _declared(attributes)
    if not encoding:
        encoding = encoding_of(b"\n".join(value for identity, value in attributes if identity in _WRITTEN))
        found.guessed = "" if encoding.startswith("utf") else encoding
    for identity, value in attributes:
        if identity == _SUBJECT:
            found.subject = _text(value, encoding)
        elif identity == _BODY:
            found.text = _text(value, encoding)
        elif identity == _BEGIN:
            found.files.append(TnefFile())
        elif identity == _NAME and found.files:
            found.files[-1].name = found.files[-1].name or _text(value, encoding)
        elif identity == _DATA and found.files:
            found.files[-1].data = value
        elif identity == _ATTACHMENT and found.files:
            _name_file(value, found.files[-1], encoding)
        elif identity == _PROPERTIES:
            markup = _body(value, encoding)
    found.text = (found.text if found.text.strip() else markup).rstrip("\x00")
    return found


def _declared(attributes: list[tuple[int, bytes]]) -> str:
    """The encoding that it names; empty where it names none that there is."""
    for identity, value in attributes:
        if identity == _PAGE and len(value) >= 4:
            number = int.from_bytes(value[:4], "little")
            name = "utf-8" if number == 65001 else f"cp{number}"
            try:
                return codecs.lookup(name).name
            except LookupError:
                return ""
    return ""


def _attributes(data: bytes, found: Tnef) -> Iterator[tuple[int, bytes]]:
    at = 6
    while at + 9 <= len(data):
        identity, _kind, length = struct.unpack_from("<HHI", data, at + 1)
        value = data[at + 9 : at + 9 + length]
        if len(value) < length or data[at] not in (1, 2):
            found.whole = False
            return
        yield identity, value
        at += 9 + length + 2


def _body(value: bytes, encoding: str) -> str:
    told = dict(_properties(value))
    if told.get(_PLAIN):
        kind, raw = told[_PLAIN]
        return _string(kind, raw, encoding)
    if told.get(_HTML):
        return html_text(decode_page(told[_HTML][1], encoding))
    return rtf_text(unpack_rtf(told[_RTF][1])) if _RTF in told else ""


def _name_file(value: bytes, file: TnefFile, encoding: str) -> None:
    told = dict(_properties(value))
    for identity in (_LONG_NAME, _OTHER_NAME):
        if identity in told:
            file.name = _string(*told[identity], encoding) or file.name
            break
    if not file.data and _BYTES in told:
        file.data = told[_BYTES][1]


def _properties(value: bytes) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """Each property with its kind and bytes; the first value of one that has many. It ends at what it cannot read."""
    try:
        (count,) = struct.unpack_from("<I", value)
        at = 4
        for _number in range(min(count, _PROPERTIES_MOST)):
            kind, identity = struct.unpack_from("<HH", value, at)
            at += 4
            if identity >= 0x8000:
                (form,) = struct.unpack_from("<I", value, at + 16)
                at += 20
                if form == 1:
                    (length,) = struct.unpack_from("<I", value, at)
                    at += 4 + length + -length % 4
                else:
                    at += 4
            values, single = 1, kind & ~_MANY
            if kind & _MANY or single in _STRINGS:
                (values,) = struct.unpack_from("<I", value, at)
                at += 4
            first = b""
            for index in range(min(values, _PROPERTIES_MOST)):
                if single in _STRINGS:
                    (length,) = struct.unpack_from("<I", value, at)
                    at += 4
                else:
                    length = _SIZES[single]
                first = value[at : at + length] if index == 0 else first
                at += length + -length % 4
            yield identity, (single, first)
    except (struct.error, KeyError):
        return


def _string(kind: int, raw: bytes, encoding: str) -> str:
    return raw.decode("utf-16-le", "replace").rstrip("\x00") if kind == 0x001F else _text(raw, encoding)


def _text(raw: bytes, encoding: str) -> str:
    return raw.decode(encoding, "replace").rstrip("\x00")
