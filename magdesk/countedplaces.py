"""Places in a source that are counted: cells of a sheet, lines, messages. Read the way people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CELLS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})(?:\s*[:–-]\s*\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6}))?")
_COUNTED = re.compile(r"([1-9][0-9]{0,8})(?:\s*[-–—]\s*([1-9][0-9]{0,8}))?")
_WORD = re.compile(r"^(?:cells?|lines?|messages?|msg)\b\.?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CellRange:
    """Cells of one sheet, rows and columns counted from 0.

    Attributes:
        sheet: empty where the file has only one.
    """

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


def read_cells(text: str) -> tuple[CellRange, ...]:
    """``Transfers!B7``, ``'Year 2024'!B7:D9, F2``: each range that is named; none where one cannot be read.

    A sheet that is named once holds for what follows it.
    """
    sheet, bang, cells = _WORD.sub("", text.strip()).rpartition("!")
    if bang and not sheet.strip():
        return ()
    found: list[CellRange] = []
    for part in cells.split(","):
        match = _CELLS.fullmatch(part.strip())
        if match is None:
            return ()
        top, left = int(match[2]) - 1, _column(match[1])
        bottom, right = (int(match[4]) - 1, _column(match[3])) if match[4] else (top, left)
        if bottom < top or right < left:
            return ()
        name = sheet.strip()
        if len(name) > 1 and name[0] == name[-1] == "'":
            name = name[1:-1].replace("''", "'")
        found.append(CellRange(name, top, left, bottom, right))
    return tuple(found)


def read_counted(text: str) -> tuple[tuple[int, int], ...]:
    """``12``, ``12-14, 20``: first and last of each range, counted from 1; none where one cannot be read."""
    found: list[tuple[int, int]] = []
    for part in re.split(r"[,;]", _WORD.sub("", text.strip())):
        match = _COUNTED.fullmatch(part.strip())
        if match is None:
            return ()
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first:
            return ()
        found.append((first, last))
    return tuple(found)


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
