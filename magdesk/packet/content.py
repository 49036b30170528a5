"""Reads a page's content just far enough to know how it leaves the graphics state.

What is drawn behind the page's own content stands right only if that content is closed off first: unmatched
``q`` and ``Q``, an open text object, or a string or inline picture that never ends.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

import pikepdf

# Longer content is not unpacked here: it would be a decompression bomb or cost more than it tells.
_MOST_BYTES = 64 << 20
_MOST_PACKED = 4 << 20

_TOKEN = re.compile(
    rb"""
      (?P<string>\()
    | <<|>>
    | (?P<hex><[0-9A-Fa-f\s]*>?)
    | %[^\r\n]*
    | /[^\x00\t\n\f\r ()<>\[\]{}/%]*
    | (?P<word>[^\x00\t\n\f\r ()<>\[\]{}/%]+)
    """,
    re.VERBOSE,
)
_STRING_MARK = re.compile(rb"[()\\]")
_INLINE_END = re.compile(rb"[\x00\t\n\f\r ]EI(?=[\x00\t\n\f\r /]|$)")
_HEX_STRING = re.compile(rb"<[0-9A-Fa-f\x00\t\n\f\r ]*+>")
_FLAT_STRING = re.compile(rb"\((?:[^()\\]++|\\.)*+\)", re.DOTALL)
_BRACKETS = bytes.maketrans(b"[]<>{}\x00", b"       ")
_STATE_WORDS = frozenset({b"q", b"Q", b"BT", b"ET"})


@dataclass(frozen=True, slots=True)
class Balance:
    """How a content stream leaves the graphics state.

    Attributes:
        deficit: how many ``Q`` it has more than ``q`` at its worst place.
        surplus: how many levels are open at its end, counted from that worst place.
        in_text: whether it ends inside a text object.
        broken: whether it ends inside a string or an inline picture, or could not be read.
    """

    deficit: int = 0
    surplus: int = 0
    in_text: bool = False
    broken: bool = False


def balance_of(content: bytes) -> Balance:
    """The balance of decoded content."""
    words = _quick_words(content)
    if words is None:
        words = _careful_words(content)
    if words is None:
        return Balance(broken=True)
    depth = lowest = 0
    in_text = False
    for word in words:
        if word == b"q":
            depth += 1
        elif word == b"Q":
            depth -= 1
            lowest = min(lowest, depth)
        else:
            in_text = word == b"BT"
    return Balance(deficit=-lowest, surplus=depth - lowest, in_text=in_text)


def _quick_words(content: bytes) -> list[bytes] | None:
    """The words that matter, found without tokenising; none where the content needs the careful way."""
    bare = _HEX_STRING.sub(b" ", _without_strings(content))
    if b"(" in bare or b")" in bare or b"%" in bare or b"<" in bare.replace(b"<<", b""):
        return None
    words = bare.translate(_BRACKETS).replace(b"/", b" /").split()
    if b"ID" in words:
        return None
    return [word for word in words if word in _STATE_WORDS]


def _without_strings(content: bytes) -> bytes:
    """The content with each string left out; brackets are left in where they nest or do not match."""
    if b"\\" in content:
        return _FLAT_STRING.sub(b" ", content)
    first, *rest = content.split(b"(")
    parts = [part.partition(b")") for part in rest]
    return (
        b"(" if any(not closed for _, closed, _ in parts) else b" ".join([first, *(after for _, _, after in parts)])
    )


def _careful_words(content: bytes) -> list[bytes] | None:
    """The words that matter, token by token; none where a string or an inline picture never ends."""
    words: list[bytes] = []
    at = 0
    while found := _TOKEN.search(content, at):
        at = found.end()
        if found.lastgroup == "string":
            at = _string_end(content, at)
            if at < 0:
                return None
        elif found.lastgroup == "hex" and content[at - 1 : at] != b">":
            return None
        elif found.lastgroup == "word":
            word = found.group()
            if word in _STATE_WORDS:
                words.append(word)
            elif word == b"ID":
                picture = _INLINE_END.search(content, at)
                if picture is None:
                    return None
                at = picture.end()
    return words


def _string_end(content: bytes, at: int) -> int:
    open_ = 1
    while True:
        found = _STRING_MARK.search(content, at)
        if found is None:
            return -1
        at = found.end()
        mark = found.group()
        if mark == b"\\":
            at += 1
        elif mark == b"(":
            open_ += 1
        else:
            open_ -= 1
            if not open_:
                return at


def read_content(streams: list[pikepdf.Stream]) -> bytes | None:
    """The decoded content of a page; none where it cannot be decoded or is too much to look at."""
    parts: list[bytes] = []
    total = 0
    for stream in streams:
        part = _decoded(stream)
        if part is None:
            return None
        total += len(part)
        if total > _MOST_BYTES:
            return None
        parts.append(part)
    return b"\n".join(parts)


def _decoded(stream: pikepdf.Stream) -> bytes | None:
    kind = stream.get("/Filter")
    if isinstance(kind, pikepdf.Array) and len(kind) == 1:
        kind = kind[0]
    try:
        if kind == pikepdf.Name.FlateDecode and stream.get("/DecodeParms") is None:
            engine = zlib.decompressobj()
            data = engine.decompress(stream.read_raw_bytes(), _MOST_BYTES)
            return data if engine.eof else None
        raw = stream.read_raw_bytes()
        if kind is None:
            return raw
        return stream.read_bytes() if len(raw) <= _MOST_PACKED else None
    except (pikepdf.PdfError, zlib.error, NotImplementedError):
        return None
