"""Which paragraphs of a regime's law the resources know, and whether another can exist. Judges no text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from magdesk.regimes.regime import Regime

LEVELS = r"\d+[A-Z]?(?:\([0-9]+\.[0-9]+\)|\([0-9A-Za-z]{1,4}\))+"
"""A paragraph as laws are cited: its number, and what is under it in brackets."""
CITED = re.compile(LEVELS)
_LEVEL = re.compile(r"\(([^()]+)\)")
# “6(2)(a) and (3)(a)”, “6(2)(b) to (d)”
_MORE = re.compile(r"\s*(?:,|and|or|to|–)\s+((?:\([0-9A-Za-z.]{1,5}\))+)")
# A marker in a text that is quoted: “who— (a) is …, (b) is”.
_MARKER = re.compile(r"(?:^|[—,;:.…]|\b(?:and|or))\s*\(([0-9]{1,2}|[a-z]|[ivx]{2,5}|[A-Z])\)\s")
_ACT_NUMBER = re.compile(r"\d+/\d+|\d{4,}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_TITLE = re.compile(r"[A-Z][A-Za-z’,() -]*?\b(?:Act|Regulations)\b")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


class LawParagraphs:
    """The paragraphs of one regime that the resources know, and by what a sentence names its law."""

    def __init__(self, regime: Regime) -> None:
        self.code, self.short = regime.code, regime.short
        cited = [text for prong in regime.prongs for text in (prong.citation, prong.secondary)]
        self._names = frozenset(
            name
            for text in cited
            for name in (*_ACT_NUMBER.findall(text), *(title[0].strip() for title in [_TITLE.match(text)] if title))
            if not _YEAR.fullmatch(name)  # a year alone names no law
        )
        found = {one for text in cited for one in listed(text)}
        for quote in regime.quotes:
            heads = tuple(listed(quote.citation))
            found.update(heads)
            found.update(f"{head}({marker})" for head in heads for marker in _MARKER.findall(quote.text))
        for prong in regime.prongs:
            found.update(CITED.findall(prong.wording))
        self._under: dict[str, dict[str, None]] = {}
        for one in sorted(found):
            head, levels = _cut(one)
            for level in levels:
                self._under.setdefault(head, {})[level] = None
                head = f"{head}({level})"

    def named_in(self, sentence: str) -> bool:
        """Whether a sentence names this law."""
        return self.short in sentence or any(name in sentence for name in self._names)

    def has(self, paragraph: str) -> bool:
        """Whether the resources know it, as it is written."""
        head, levels = _cut(paragraph)
        for level in levels:
            if level not in self._under.get(head, ()):
                return False
            head = f"{head}({level})"
        return True

    def beside(self, paragraph: str) -> tuple[str, ...]:
        """The known paragraphs after the last of which this one would come; none where it may well exist.

        What is before one that is known exists too, and where none beside it is known nothing can be said. Whole
        subsections are not judged: of most acts only one is known.
        """
        head, levels = _cut(paragraph)
        for depth, level in enumerate(levels):
            known = self._under.get(head, {})
            if depth and known and level not in known:
                return tuple(f"{head}({one})" for one in known) if _comes_after(level, known) else ()
            head = f"{head}({level})"
        return ()


def listed(citation: str) -> Iterator[str]:
    """Every paragraph that a citation names, those told in short too: of ``6(2)(a) and (3)(a)`` both."""
    for match in CITED.finditer(citation):
        yield match[0]
        head, levels = _cut(match[0])
        at = match.end()
        while more := _MORE.match(citation, at):
            tail = _LEVEL.findall(more[1])
            # What is left out is what stood before: as many levels as the end has are replaced.
            kept = levels[: max(len(levels) - len(tail), 0)]
            yield head + "".join(f"({level})" for level in (*kept, *tail))
            at = more.end()


def _cut(paragraph: str) -> tuple[str, list[str]]:
    return paragraph.partition("(")[0], _LEVEL.findall(paragraph)


def _comes_after(level: str, known: Iterable[str]) -> bool:
    """Whether it would come after the last of those known; false where they are not counted alike."""
    for count in (_number, _roman, _letter):
        told = [count(one) for one in known]
        own = count(level)
        if own is not None and None not in told:
            return own > max(one for one in told if one is not None)
    return False


def _number(level: str) -> float | None:
    return float(level) if level.replace(".", "", 1).isdecimal() else None


def _roman(level: str) -> float | None:
    digits = [_ROMAN.get(letter) for letter in level]
    if None in digits:
        return None
    values = [digit for digit in digits if digit is not None]
    return sum(
        -value if any(later > value for later in values[place + 1 : place + 2]) else value
        for place, value in enumerate(values)
    )


def _letter(level: str) -> float | None:
    return float(ord(level)) if len(level) == 1 and level.isalpha() else None
