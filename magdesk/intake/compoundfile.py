"""Writes a compound file ([MS-CFB] version 3): what lies inside another one, taken out as a file of its own.

Outlook stores a message that is attached to another as a folder of the outer file. Written here with nothing but its
own streams it is the file that Outlook itself saves, and the same bytes each time.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

Storage: TypeAlias = "Mapping[str, bytes | Storage]"
"""Streams and storages by name."""

_SECTOR, _SMALL_SECTOR, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT, _DIFAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC, 0xFFFFFFFF
_HEAD_FATS, _PER_SECTOR = 109, _SECTOR // 4
_ENTRY = struct.Struct("<64sHBBIII16sIQQIQ")
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1
_NAME_MOST = 31


@dataclass(slots=True)
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    colour: int = _BLACK
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    start: int = _END
    size: int = 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le")
        return _ENTRY.pack(
            name, len(name) + 2 if name else 0, self.kind, self.colour, self.left, self.right, self.child,
            bytes(16), 0, 0, 0, self.start, self.size,
        )  # fmt: skip


def compound_file(content: Storage) -> bytes:
    """The bytes of a compound file that holds these streams and storages.

    Raises:
        ValueError: a name is too long for one.
    """
    entries = [_Entry("Root Entry", _ROOT)]
    entries[0].child = _place(content, entries)
    return _Writer().whole(entries)


def _place(content: Storage, entries: list[_Entry]) -> int:
    """Append the entries of a storage; the root of the tree that they form."""
    order = sorted(content, key=lambda name: (len(name.encode("utf-16-le")), name.upper()))
    first = len(entries)
    for name in order:
        if len(name.encode("utf-16-le")) > 2 * _NAME_MOST:
            raise ValueError("a name is too long")
        value = content[name]
        stream = isinstance(value, bytes)
        entries.append(_Entry(name, _STREAM if stream else _STORAGE, value if isinstance(value, bytes) else b""))
    root = _tree(entries, first, first + len(order), 0, len(order).bit_length() - 1, len(order))
    for at, name in enumerate(order):
        value = content[name]
        if not isinstance(value, bytes):
            entries[first + at].child = _place(value, entries)
    return root


def _tree(entries: list[_Entry], first: int, last: int, depth: int, deepest: int, count: int) -> int:
    """Link entries that stand in order into a balanced tree, whose lowest level is red where it is not full."""
    if first >= last:
        return _NONE
    middle = (first + last) // 2
    entry = entries[middle]
    full = count + 1 == 1 << (deepest + 1)
    entry.colour = _RED if depth == deepest and not full else _BLACK
    entry.left = _tree(entries, first, middle, depth + 1, deepest, count)
    entry.right = _tree(entries, middle + 1, last, depth + 1, deepest, count)
    return middle


class _Writer:
    """Sectors and the table that chains them."""

    def __init__(self) -> None:
        self._sectors: list[bytes] = []
        self._fat: list[int] = []

    def whole(self, entries: list[_Entry]) -> bytes:
        small, small_fat = bytearray(), []
        for entry in entries[1:]:
            entry.size = len(entry.data)
            if not entry.data:
                continue
            if entry.size >= _CUTOFF:
                entry.start = self._chain(entry.data)
                continue
            entry.start = len(small) // _SMALL_SECTOR
            small += entry.data + bytes(-entry.size % _SMALL_SECTOR)
            count = len(small) // _SMALL_SECTOR - entry.start
            small_fat += [*range(entry.start + 1, entry.start + count), _END]
        root = entries[0]
        root.start, root.size = self._chain(bytes(small)), len(small)
        packed = struct.pack(f"<{len(small_fat)}I", *small_fat)
        first_small = self._chain(packed, b"\xff")
        small_count = -(-len(packed) // _SECTOR)
        directory = b"".join(entry.packed() for entry in entries)
        unused = _ENTRY.pack(b"", 0, 0, 0, _NONE, _NONE, _NONE, bytes(16), 0, 0, 0, 0, 0)
        directory += unused * (-len(entries) % (_SECTOR // _ENTRY.size))
        first_directory = self._chain(directory)
        fats, difats = self._sizes()
        head = struct.pack(
            "<8s16sHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, 0, fats,
            first_directory, 0, _CUTOFF, first_small, small_count,
            len(self._sectors) + fats if difats else _END, difats,
        )  # fmt: skip
        return head + b"".join(self._tables(fats, difats))

    def _chain(self, data: bytes, filling: bytes = b"\0") -> int:
        """Put data into sectors of its own; the first of them."""
        if not data:
            return _END
        first = len(self._sectors)
        data += filling * (-len(data) % _SECTOR)
        self._sectors += [data[at : at + _SECTOR] for at in range(0, len(data), _SECTOR)]
        self._fat += [*range(first + 1, len(self._sectors)), _END]
        return first

    def _sizes(self) -> tuple[int, int]:
        """How many sectors the table of sectors takes, and the list of those."""
        fats = difats = 0
        while True:
            wanted = -(-(len(self._sectors) + fats + difats) // _PER_SECTOR)
            listed = -(-max(0, wanted - _HEAD_FATS) // (_PER_SECTOR - 1))
            if (wanted, listed) == (fats, difats):
                return fats, difats
            fats, difats = wanted, listed

    def _tables(self, fats: int, difats: int) -> Iterator[bytes]:
        first = len(self._sectors)
        places = list(range(first, first + fats))
        fat = [*self._fat, *[_FAT] * fats, *[_DIFAT] * difats]
        fat += [_FREE] * (fats * _PER_SECTOR - len(fat))
        listed = places[:_HEAD_FATS]
        yield struct.pack(f"<{_HEAD_FATS}I", *listed, *[_FREE] * (_HEAD_FATS - len(listed)))
        yield from self._sectors
        yield struct.pack(f"<{len(fat)}I", *fat)
        for number in range(difats):
            at = _HEAD_FATS + number * (_PER_SECTOR - 1)
            part = places[at : at + _PER_SECTOR - 1]
            following = first + fats + number + 1 if number + 1 < difats else _END
            yield struct.pack(f"<{_PER_SECTOR}I", *part, *[_FREE] * (_PER_SECTOR - 1 - len(part)), following)
