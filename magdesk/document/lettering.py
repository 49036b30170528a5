"""How wide text will be in a drawing, near enough to lay it out; renderers set what is too wide a little smaller."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import partial

from magdesk.values import script_of

LEADING = 1.3
_LETTERS = 2_000  # no line of a drawing holds so many
_NARROW = frozenset("iljtfrI.,;:'|!()[]·-")
_WIDE = frozenset("mwMWQO@%—")


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line in points, a little too wide rather than too narrow."""
    return sum(_share(char) for char in text) * size * (1.08 if bold else 1.02)


def _share(char: str) -> float:
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0.0
    if char in _NARROW:
        return 0.33
    if char in _WIDE:
        return 0.88
    if char == " ":
        return 0.27
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    return 0.68 if char.isupper() else 0.57


def wrapped(text: str, width: float, size: float, *, lines: int = 3, bold: bool = False) -> list[str]:
    """The text in at most so many lines, broken between words; the last one takes what is left, cut short."""
    words = text.split()
    if words and script_of(text) in ("Hani", "Jpan") and text_width(text, size, bold=bold) > width:
        words = [char for word in words for char in word]
        glue = ""
    else:
        glue = " "
    out: list[str] = []
    line = ""
    for word in words:
        longer = f"{line}{glue}{word}" if line else word
        if line and text_width(longer, size, bold=bold) > width:
            out.append(line)
            line = word
        else:
            line = longer
    if line:
        out.append(line)
    if len(out) > lines:
        rest = glue.join(out[lines - 1 :])
        out = [*out[: lines - 1], _cut(rest, partial(text_width, size=size, bold=bold), width)]
    return out


def _cut(text: str, wide: Callable[[str], float], width: float) -> str:
    """The longest beginning that fits, and the sign that more was there.

    The text can be of any length: it is measured a dozen times, not once for each of its letters.
    """
    sizes = range(min(len(text), _LETTERS) + 1)
    fitting = bisect_right(sizes, width, key=lambda size: wide(f"{text[:size].rstrip()}…"))
    return f"{text[: max(fitting - 1, 0)].rstrip()}…"
