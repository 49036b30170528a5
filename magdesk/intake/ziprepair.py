"""A ZIP archive whose list is lost or whose parts are damaged: what can still be unpacked, from front to end."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import BinaryIO

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_SIGNATURE = b"PK\x03\x04"
_READ_LIMIT = 128 << 20  # bytes of the damaged archive that are looked at
_LIMIT = 256 << 20  # bytes unpacked
_PART_LIMIT = 64 << 20
_MEMBERS = 5_000


def mended(stream: BinaryIO) -> zipfile.ZipFile:
    """An archive in memory of the members that could be unpacked, in part or whole.

    Raises:
        zipfile.BadZipFile: there are none.
    """
    stream.seek(0)
    raw = stream.read(_READ_LIMIT)
    out = io.BytesIO()
    total = 0
    names: set[str] = set()
    with zipfile.ZipFile(out, "w") as archive:
        at = raw.find(_SIGNATURE)
        while at >= 0 and len(names) < _MEMBERS and total < _LIMIT:
            name, data, end = _member(raw, at)
            if name and data and name not in names and not name.endswith("/"):
                names.add(name)
                total += len(data)
                archive.writestr(zipfile.ZipInfo(name), data)
            at = raw.find(_SIGNATURE, max(end, at + 4))
    if not names:
        raise zipfile.BadZipFile("nothing in it can be unpacked")
    out.seek(0)
    return zipfile.ZipFile(out)


def _member(raw: bytes, at: int) -> tuple[str, bytes, int]:
    """Name and bytes of the member that begins there, and where its packed bytes end."""
    try:
        _sign, _version, flags, method, _time, _date, _crc, packed, _size, name_length, extra = _LOCAL.unpack_from(
            raw, at
        )
    except struct.error:
        return "", b"", at
    start = at + _LOCAL.size + name_length + extra
    name = raw[at + _LOCAL.size : at + _LOCAL.size + name_length].decode(
        "utf-8" if flags & 0x800 else "cp437", "replace"
    )
    if flags & 1:
        return "", b"", start
    if method == zipfile.ZIP_STORED and not flags & 8:
        return name, raw[start : start + packed], start + packed
    if method == zipfile.ZIP_DEFLATED:
        data, used = _inflated(raw[start:])
        return name, data, start + used
    return "", b"", start


def read_damaged(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of a member whose check sum is wrong, as far as they can be unpacked.

    Raises:
        KeyError: there is none of that name.
    """
    member = archive.getinfo(name)
    stream = archive.fp
    if stream is None:
        return b""
    stream.seek(member.header_offset)
    raw = stream.read(_LOCAL.size + 1_000 + member.compress_size)
    return _member(raw, 0)[1]


def _inflated(raw: bytes) -> tuple[bytes, int]:
    unpacker = zlib.decompressobj(-15)
    parts: list[bytes] = []
    size = used = 0
    while used < len(raw) and not unpacker.eof and size < _PART_LIMIT:
        piece = raw[used : used + 4_096]
        try:
            parts.append(unpacker.decompress(piece, _PART_LIMIT - size))
        except zlib.error:
            break
        size += len(parts[-1])
        used += len(piece) - len(unpacker.unused_data)
    return b"".join(parts), used
