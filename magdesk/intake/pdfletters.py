"""The letters of a PDF page one by one: spaces that the file only leaves room for, words beside what is shown.

Some programs write no spaces but move on to the next word. pdfium, which reads the text, then runs words together
where the room is narrow. Where its words are improbable, a second reading measures the room between the letters of
each line and says where a space is missing; letters and their order stay those of the first.
"""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import pypdfium2.raw as pdfium

# Scripts that part their words and join no letters: Latin, Greek, Cyrillic, Armenian, Georgian.
_LETTER = "A-Za-z\u00aa-\u024f\u0370-\u058f\u10a0-\u10ff\u1e00-\u1fff"
_WORD = re.compile(f"[{_LETTER}]+")
_PARTED = re.compile(f"[{_LETTER}0-9.,;:!?()\\[\\]\"'’”“/-]")
_IN_NUMBER = re.compile(r"[0-9.,:/-]")
_LONG = 24  # letters: nearly no word of these scripts has more
_INNER_CAPITAL = re.compile("[a-zß-öø-ÿа-я]{2}[A-ZÀ-ÞА-Я]")
_FEW, _SHARE = 3, 0.01  # improbable words that make a page suspicious
_ROOM = 0.2  # of the usual width of a letter: less room is no space
_STEP = 0.18  # of the height of its box: how much farther a letter moves on before a space than it does within a word
_OFTEN = 3  # times that a letter must stand on a page before its usual step says anything
_WIDER = 2.5  # than the usual room in the line: letters that are set apart on purpose are no words
_MOST = 60_000  # letters of a page that are looked at one by one


_Cut: TypeAlias = tuple[str, float, float]


@dataclass(frozen=True, slots=True)
class PdfLetter:
    """A letter and its box in the units of the page.

    Attributes:
        index: its place in the text of the page.
    """

    index: int
    char: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def blank(self) -> bool:
        """Whether it shows nothing."""
        return self.char.isspace() or self.char == "\x00"


def improbable(text: str) -> int:
    """How many words of a text are longer than words are, or have a capital in their middle."""
    return sum(_is_improbable(word) for word in _WORD.findall(text))


def is_suspicious(text: str) -> bool:
    """Whether so many words of a page are improbable that a second reading is worth its time."""
    count = improbable(text)
    return count >= _FEW and count >= _SHARE * sum(1 for _one in _WORD.finditer(text))


def _is_improbable(word: str) -> bool:
    return len(word) > _LONG or _INNER_CAPITAL.search(word) is not None


def letters_of(text_page: Any) -> list[PdfLetter]:
    """The letters of a page in the order of its text; none where there are too many to look at each."""
    count = text_page.count_chars()
    if count > _MOST:
        return []
    box = pdfium.FS_RECTF()
    found = []
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        # pdfium marks a hyphen at the end of a line with 2, and keeps halves of letters beyond the first plane apart.
        char = "-" if code == 2 else chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "\x00"
        # The loose box is as wide as the letter moves the pen on: an “1” is no narrower than its room.
        pdfium.FPDFText_GetLooseCharBox(text_page, index, box)
        found.append(PdfLetter(index, char, box.left, box.bottom, box.right, box.top))
    return found


def missing_spaces(letters: Sequence[PdfLetter]) -> frozenset[int]:
    """Before which letters, by their index, a space is missing.

    The box of a letter may be wider than the letter moves on, and then covers the room behind it: what moves on
    farther than the same letter, in the same font and size, does within words has a space behind it too.
    """
    found: set[int] = set()
    lines = list(_lines(letters))
    narrowest = _narrowest_steps(lines)
    for line in lines:
        widths = [one.right - one.left for one in line if one.right > one.left]
        rooms = [after.left - before.right for before, after in pairwise(line)]
        if len(widths) < 2 or not rooms:
            continue
        usual = statistics.median(rooms)
        least = max(usual + _ROOM * statistics.median(widths), _WIDER * usual)
        farther = [_step(before, after) - narrowest.get(_cut(before), math.inf) for before, after in pairwise(line)]
        # A line that is spread to fill its width, or kerned throughout, moves on farther everywhere.
        known = [one for one in farther if one > -math.inf]
        spread = statistics.median(known) if known else 0.0
        for (before, after), room, more in zip(pairwise(line), rooms, farther, strict=True):
            wide = room > least or more > max(spread + _STEP * (before.top - before.bottom), _WIDER * spread)
            if wide and after.index == before.index + 1 and _may_be_parted(before.char, after.char):
                found.add(after.index)
    return frozenset(found)


def _narrowest_steps(lines: Sequence[Sequence[PdfLetter]]) -> dict[_Cut, float]:
    """How far each letter moves on within words, for those that stand often enough; the narrowest step but one.

    The very narrowest may be an accident: a stop hung out, two layers of text over each other.
    """
    steps: dict[_Cut, list[float]] = {}
    for line in lines:
        for before, after in pairwise(line):
            if after.index == before.index + 1:
                steps.setdefault(_cut(before), []).append(_step(before, after))
    return {cut: sorted(all_)[1] for cut, all_ in steps.items() if len(all_) >= _OFTEN}


def _cut(one: PdfLetter) -> _Cut:
    """A letter in its font and size, as far as its box tells them apart."""
    return one.char, round(one.right - one.left, 1), round(one.top - one.bottom, 1)


def _step(before: PdfLetter, after: PdfLetter) -> float:
    return after.left - before.left


def _lines(letters: Sequence[PdfLetter]) -> Iterator[list[PdfLetter]]:
    """Runs of letters, without blanks, that stand beside each other from left to right."""
    line: list[PdfLetter] = []
    for one in letters:
        if one.blank:
            continue
        if line and not _goes_on(line[-1], one):
            yield line
            line = []
        line.append(one)
    if line:
        yield line


def _goes_on(last: PdfLetter, one: PdfLetter) -> bool:
    """Whether a letter stands in the same line, on the right of the one before it."""
    apart = abs((one.bottom + one.top) - (last.bottom + last.top)) / 2
    return one.left >= last.left and apart <= max(last.top - last.bottom, one.top - one.bottom) / 2


def _may_be_parted(before: str, after: str) -> bool:
    """Whether a space between the two is thinkable; numbers are never taken apart."""
    if not (_PARTED.match(before) and _PARTED.match(after)):
        return False
    return not (_IN_NUMBER.match(before) and _IN_NUMBER.match(after))


def with_spaces(text: str, letters: Sequence[PdfLetter]) -> str:
    """The text with the spaces that are missing in it; as it is, where that makes its words no more probable.

    Args:
        text: of the page, as the first reading gave it; its letters in their order are among ``letters``.
    """
    missing = missing_spaces(letters)
    if not missing:
        return text
    out: list[str] = []
    waiting = iter(one for one in letters if not one.blank)
    for char in text:
        if not char.isspace():
            letter = next((one for one in waiting if one.char == char), None)
            if letter is None:
                return text  # Another order or other letters: nothing is said of it.
            if letter.index in missing and out and not out[-1].isspace():
                out.append(" ")
        out.append(char)
    second = "".join(out)
    return second if improbable(second) < improbable(text) else text


def outside_text(letters: Iterable[PdfLetter], box: tuple[float, float, float, float]) -> str:
    """The words that stand beside what is shown of a page, in their own order; none of those on it.

    Args:
        box: left, bottom, right and top of what is shown.
    """
    left, bottom, right, top = box
    words: list[str] = []
    last = -2
    out = False
    for one in letters:
        if not one.blank:
            across, up = (one.left + one.right) / 2, (one.bottom + one.top) / 2
            out = not (left <= across <= right and bottom <= up <= top)
        if out:
            if one.index != last + 1:
                words.append("\n")
            words.append(one.char if one.char != "\x00" else " ")
            last = one.index
    return "\n".join(line.strip() for line in "".join(words).split("\n") if line.strip())
