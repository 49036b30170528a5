"""Words that the bytes of a native file hold, wherever they stand: in parts of a package, in packed streams, bare.

A native goes out as it is, with all that no page of it shows: comments, names of cells, members of an archive, files
that hang in a PDF. This reads no format; it finds runs of text, so that names can be looked for in them.
"""

from __future__ import annotations

import html
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

_DEEPEST = 4  # packages within packages
_LARGEST = 64 << 20  # bytes of one file or part that are looked at: its beginning, and as much of its end
_MOST = 512 << 20  # bytes that are unpacked from one native
_RUN = re.compile(r"[^\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]{4,}")
_FOLDED = re.compile(r"=?\r?\n[ \t]|=\r?\n")  # lines that mail, calendars and cards break
_TAG = re.compile(r"<[^<>]{0,2000}>")
_STREAM = re.compile(rb"stream\r?\n")


@dataclass(frozen=True, slots=True)
class NativePart:
    """Text found in one part of a native.

    Attributes:
        where: the names of the members that lead to it; empty for the file itself.
    """

    where: str
    text: str


class _Allowance:
    """How many bytes may still be unpacked."""

    def __init__(self) -> None:
        self.left = _MOST

    def take(self, stream: BinaryIO) -> bytes:
        data = stream.read(min(self.left, _LARGEST))
        self.left -= len(data)
        return data


def native_parts(stream: BinaryIO, size: int) -> Iterator[NativePart]:
    """The runs of text in a native, part by part; never raises for what the bytes are.

    Args:
        stream: the native, at its beginning; it must be able to seek.
        size: its length in bytes.
    """
    data = stream.read(_LARGEST)
    if size > len(data):
        stream.seek(max(len(data), size - _LARGEST))
        data += b"\n" + stream.read(_LARGEST)
    # A package larger than that is read where it stands.
    yield from _parts(data, stream if size > _LARGEST else BytesIO(data), "", 0, _Allowance())


def _parts(data: bytes, whole: BinaryIO, where: str, depth: int, allowance: _Allowance) -> Iterator[NativePart]:
    yield from (NativePart(where, text) for text in _texts(data))
    if data.startswith(b"PK") and depth < _DEEPEST:
        yield from _members(whole, where, depth, allowance)
    elif data.startswith(b"%PDF"):
        for begin in _STREAM.finditer(data):
            yield from (NativePart(where, text) for text in _texts(_inflated(data, begin.end(), allowance)))


def _members(whole: BinaryIO, where: str, depth: int, allowance: _Allowance) -> Iterator[NativePart]:
    try:
        package = zipfile.ZipFile(whole)
    except (zipfile.BadZipFile, OSError, ValueError):
        return
    with package:
        yield NativePart(where, "\n".join(member.filename for member in package.infolist()))
        for member in package.infolist():
            inside = f"{where} / {member.filename}" if where else member.filename
            try:
                with package.open(member) as stream:
                    part = allowance.take(stream)  # type: ignore[arg-type]
            except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
                continue  # locked or damaged: nobody reads a name in it either
            yield from _parts(part, BytesIO(part), inside, depth + 1, allowance)


def _inflated(data: bytes, begin: int, allowance: _Allowance) -> bytes:
    """A stream of a PDF, if it is packed as most are."""
    packed = data[begin : begin + 2]
    if len(packed) < 2 or packed[0] & 0x0F != 8 or allowance.left <= 0:
        return b""
    unpacking = zlib.decompressobj()
    try:
        plain = unpacking.decompress(memoryview(data)[begin:], min(allowance.left, _LARGEST))
    except zlib.error:
        return b""
    allowance.left -= len(plain)
    return plain


def _texts(data: bytes) -> Iterator[str]:
    """The bytes as text, in the encodings that files use; what is no text is left out."""
    if not data:
        return
    encodings = ["utf-8"]
    if data.count(0) * 10 > len(data):
        encodings += ["utf-16-le", "utf-16-be"]
    for encoding in encodings:
        for start in (0, 1) if encoding == "utf-16-le" else (0,):
            runs = _RUN.findall(data[start:].decode(encoding, "replace"))
            if runs:
                text = "\n".join(runs)
                yield text
                if _FOLDED.search(text):
                    yield _FOLDED.sub("", text)
                if "<" in text:
                    yield html.unescape(_TAG.sub("", text))
                    yield html.unescape(_TAG.sub(" ", text))
