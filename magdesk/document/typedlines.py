"""Which line ends inside a paragraph a drafter meant: those before lines that count, or that are rows of a table.

CommonMark makes lists of ``1.`` and ``1)`` alone. ``(a)``, ``ii.``, ``١.`` or ``أ)`` at the heads of lines, one after
the other, are no less a list to who typed them; and so are rows between bars. Each stays on a line of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

_HEAD = re.compile(r"(\(?)(\d{1,4}|[ivxlIVXL]{1,6}|[^\W\d_])([.)\]:-])[ \t]")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


def own_lines(lines: Sequence[str]) -> set[int]:
    """The numbers, from 0, of the lines that begin a line in print too."""
    kept: set[int] = set()
    for number, (line, following) in enumerate(pairwise(lines)):
        if _follows(line, following):
            kept |= {number, number + 1}
    return kept


def _follows(line: str, following: str) -> bool:
    if line.lstrip().startswith("|") and following.lstrip().startswith("|"):
        return True
    first, second = _HEAD.match(line.lstrip()), _HEAD.match(following.lstrip())
    if first is None or second is None or (first[1], first[3]) != (second[1], second[3]):
        return False
    return bool(_values(first[2]) & {(kind, value - 1) for kind, value in _values(second[2])}) or (
        _arabic_letter(first[2]) and _arabic_letter(second[2])
    )


def _values(mark: str) -> set[tuple[str, int]]:
    """The number of a mark in each way of counting that it can be of: ``i`` is a letter and a one."""
    if mark.isdecimal():
        return {("digit", int(mark))}
    found = {("letter", ord(mark))} if len(mark) == 1 else set()
    if all(letter in _ROMAN for letter in mark.lower()):
        worth = [_ROMAN[letter] for letter in mark.lower()]
        value = sum(-one if one < after else one for one, after in pairwise([*worth, 0]))
        found.add(("roman" if mark.islower() else "ROMAN", value))
    return found


def _arabic_letter(mark: str) -> bool:
    return len(mark) == 1 and unicodedata.bidirectional(mark) == "AL"
