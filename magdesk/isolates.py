"""What is inserted into a sentence keeps its own direction: first-strong isolates (UAX #9, section 2.4.2).

A name, title or number that is put between other words is wrapped in U+2068 and U+2069, so that neither it nor the
words around it change places. Renderers turn the pair into an order or into what their format has for it; neither
mark is ever printed. Texts that people type hold none: they are taken out on entry.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

FIRST_STRONG = "\u2068"
POP = "\u2069"
_MARKS = dict.fromkeys(map(ord, (FIRST_STRONG, POP)))
_RIGHT = frozenset({"R", "AL"})
# Where all letters from right to left stand, and some others: long texts are not asked letter by letter.
_MAY_RUN_RIGHT = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_DAY = r"\d{1,4}([-/.])\d{1,2}\%d\d{1,4}"
_TIME = r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?"
# What is read from the left wherever it stands: telephone numbers, days, times of day, time codes, and a day with
# its time, in the brackets that chat logs put round them. Other numbers ("3-5", "2021, 2022") follow the words.
_FROM_THE_LEFT = re.compile(
    rf"\[{_DAY % 1}(?:,? {_TIME})?\]|{_DAY % 2}(?:,? {_TIME})?|{_TIME}(?: ?(?:-->|[-–]) ?{_TIME})?"
    r"|\(?\+\d[\d \u00a0().-]{4,}\d|\(?\d{2,4}\)?(?:[ \u00a0-]\d{2,4}){2,}"
)


def isolated(text: str) -> str:
    """The text as a field of its own; as it is where no letter of it runs from right to left, but in such fields."""
    outside = any(isinstance(part, str) and runs_right(part) for part in split_fields(text))
    return f"{FIRST_STRONG}{text}{POP}" if outside else text


def without_isolates(text: str) -> str:
    """The text without the marks."""
    return text if text.isascii() else text.translate(_MARKS)


def runs_right(text: str) -> bool:
    """Whether a letter of the text runs from right to left."""
    if text.isascii():
        return False
    return any(unicodedata.bidirectional(found[0]) in _RIGHT for found in _MAY_RUN_RIGHT.finditer(text))


def closed(text: str) -> str:
    """The text, cut somewhere, with what was opened in it closed again."""
    return text + POP * max(text.count(FIRST_STRONG) - text.count(POP), 0)


def with_numbers_in_order(text: str) -> str:
    """The text with each number of several groups, such as a telephone number, isolated among its letters."""
    return _FROM_THE_LEFT.sub(lambda found: f"{FIRST_STRONG}{found[0]}{POP}", text) if runs_right(text) else text


def first_strong_runs_right(text: str) -> bool | None:
    """The direction of the first letter that has one (UAX #9, rules P2 and P3); ``None`` when there is none.

    What stands in isolates does not count.
    """
    if text.isascii():
        return False if any(char.isalpha() for char in text) else None
    depth = 0
    for char in text:
        if char == FIRST_STRONG:
            depth += 1
        elif char == POP:
            depth = max(depth - 1, 0)
        elif not depth:
            kind = unicodedata.bidirectional(char)
            if kind in _RIGHT or kind == "L":
                return kind in _RIGHT
    return None


@dataclass(frozen=True, slots=True)
class InsertedField:
    """A stretch of text that was isolated; it may hold more of its kind."""

    text: str


def split_fields(text: str) -> list[str | InsertedField]:
    """The text as what stands between its outermost isolates, and they."""
    if FIRST_STRONG not in text:
        return [text] if text else []
    out: list[str | InsertedField] = []
    depth = start = 0
    for index, char in enumerate(text):
        if char == FIRST_STRONG:
            if not depth and index > start:
                out.append(text[start:index])
            depth += 1
            start = start if depth > 1 else index + 1
        elif char == POP and depth:
            depth -= 1
            if not depth:
                out.append(InsertedField(text[start:index]))
                start = index + 1
    if start < len(text):
        out.append(InsertedField(text[start:]) if depth else text[start:])
    return out
