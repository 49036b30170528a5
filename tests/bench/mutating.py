"""Seeded damage: bytes changed, lost, doubled, exchanged; inside archives as well as around them."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from functools import lru_cache

_TELLING = (0, 1, 0x7F, 0x80, 0xFF, 0x20, 0x0A, 0x22, 0x3C, 0x2D)
_LARGEST = 4 << 20
_WIDE = (0, 1, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0xFFFF)


def mutant(data: bytes, seed: str) -> bytes:
    """The sample with damage that this seed always gives."""
    chance = random.Random(seed)
    if chance.random() < 0.6 and _members(data):
        return _inside(data, chance)
    return _damaged(data, chance)


def _damaged(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _time in range(chance.choice((1, 1, 2, 3, 5, 9))):
        if not out:
            break
        at = chance.randrange(len(out))
        match chance.randrange(9):
            case 0:
                out[at] ^= 1 << chance.randrange(8)
            case 1:
                out[at] = chance.choice(_TELLING)
            case 2:
                out[at] = chance.randrange(256)
            case 3:
                del out[at : at + chance.randrange(1, 40)]
            case 4:
                out[at:at] = chance.randbytes(chance.randrange(1, 12))
            case 5:
                piece = out[at : at + chance.randrange(1, 200)]
                out[at:at] = piece * chance.randrange(1, 4)
            case 6:
                out[at : at + 4] = struct.pack(chance.choice("<>") + "I", chance.choice(_WIDE))
            case 7:
                other = chance.randrange(len(out))
                size = chance.randrange(1, 60)
                out[at : at + size] = out[other : other + size]
            case 8:
                if chance.random() < 0.25:
                    del out[at:]
    return bytes(out)


@lru_cache(maxsize=8)
def _members(data: bytes) -> tuple[tuple[str, bytes], ...]:
    if data[:4] != b"PK\x03\x04":
        return ()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > _LARGEST:
                return ()
            return tuple((name, archive.read(name)) for name in archive.namelist())
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError):
        return ()  # some samples are damaged themselves


def _inside(data: bytes, chance: random.Random) -> bytes:
    """The archive whole, one or two of its members damaged."""
    members = dict(_members(data))
    for name in chance.sample(sorted(members), min(len(members), chance.choice((1, 1, 2)))):
        if chance.random() < 0.05:
            del members[name]
        else:
            members[name] = _damaged(members[name], chance)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()
