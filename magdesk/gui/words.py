"""Texts of the window: what is inserted into a sentence keeps its own direction (UAX #9, section 2.4.2).

A name in Arabic inside an English sentence would otherwise pull the numbers and punctuation beside it to the wrong
side. The window takes ``_`` and ``ngettext`` from here: their ``format`` isolates each inserted value. What arrives
as a finished sentence has its quoted parts isolated by :func:`with_quotes_apart` where it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from magdesk import i18n
from magdesk.isolates import FIRST_STRONG, POP, closed, isolated
from magdesk.values import clean_text

_QUOTED = re.compile(r"“([^“”]+)”")
_MARKS = (FIRST_STRONG, POP)


class Sentence(str):
    """A text with places for values."""

    __slots__ = ()

    def format(self, *values: object, **named: object) -> str:
        """The sentence with the values, each in a direction of its own."""
        apart = {name: _apart(value) for name, value in named.items()}
        return super().format(*map(_apart, values), **apart)


def _(text: str) -> str:
    """The text in the user's language, or as it stands when there is no translation."""
    return Sentence(i18n._(text))


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form of the text that fits the count, in the user's language."""
    return Sentence(i18n.ngettext(singular, plural, count))


def joined(*parts: object) -> str:
    """The parts that say something, in one line, each in a direction of its own."""
    return between(" · ", parts)


def between(sign: str, parts: Iterable[object]) -> str:
    """The parts that say something with a sign between them, each in a direction of its own."""
    return sign.join(isolated(str(part)) for part in parts if part)


def with_quotes_apart(text: str) -> str:
    """A finished sentence, clean, with each of its quoted parts in a direction of its own."""
    if not any(mark in text for mark in _MARKS):
        return _QUOTED.sub(lambda found: f"“{isolated(found[1])}”", clean_text(text))
    # The sentence was put together here: its own marks stay, and everything else that turns a line round goes.
    parts = re.split(f"([{FIRST_STRONG}{POP}])", text)
    kept = "".join(part if part in _MARKS else clean_text(part) for part in parts)
    return closed(_QUOTED.sub(lambda found: f"“{isolated(found[1])}”" if _balanced(found[1]) else found[0], kept))


def _balanced(text: str) -> bool:
    return text.count(FIRST_STRONG) == text.count(POP)


def _apart(value: object) -> object:
    if isinstance(value, Exception):
        return isolated(str(value))
    return isolated(value) if isinstance(value, str) else value
