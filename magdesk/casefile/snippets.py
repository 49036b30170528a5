"""The piece of a text that shows best why it was found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from magdesk.casefile.folding import compose, fold, original_places, unbroken, unhyphened
from magdesk.casefile.query import Term

_BEFORE, _WIDTH = 60, 240
_MOST_PLACES = 100
_SPACE = re.compile(r"\s")


def snippet(body: str, terms: Sequence[Term]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Where most of the terms stand together: the text there, and the places of the terms in it.

    Args:
        body: composed text.
    """
    places = _places(body, terms)
    first = _best(places)
    begin, end = max(0, first - _BEFORE), min(len(body), max(0, first - _BEFORE) + _WIDTH)
    while 0 < begin < first and not body[begin - 1].isspace():
        begin += 1
    if 0 < begin == first and not places:
        begin = 0
    while begin + _WIDTH // 2 < end < len(body) and not body[end].isspace():
        end -= 1
    head, tail = ("… " if begin else ""), (" …" if end < len(body) else "")
    shift = len(head) - begin
    marks = tuple((a + shift, b + shift) for a, b in _apart(places) if begin <= a and b <= end)
    # Line breaks and tabs become spaces, one for one, so that the marks stay where they are.
    shown = _SPACE.sub(" ", body[begin:end])
    return head + shown + tail, marks


def _places(body: str, terms: Sequence[Term]) -> list[tuple[int, int, int]]:
    """Start and end of what was found, and which term it was, in order."""
    whole = unbroken(body)
    found = _places_in(whole, terms)
    for other in (body, unhyphened(body)) if not found else ():
        found = found or _places_in(other, terms)
    return found


def _places_in(body: str, terms: Sequence[Term]) -> list[tuple[int, int, int]]:
    folded = fold(body)
    found: list[tuple[int, int, int]] = []
    for number, term in enumerate(terms):
        end = len(folded)
        for count, match in enumerate(term.pattern.finditer(folded)):
            if count >= _MOST_PLACES or match.start() > end:
                break
            if not count and len(terms) == 1:
                end = match.start() + 2 * _WIDTH  # With one term the first place is the best; the rest is not shown.
            found.append((*match.span(), number))
    spans = original_places(body, [(start, end) for start, end, _number in found])
    return sorted((*span, number) for span, (_start, _end, number) in zip(spans, found, strict=True))


def _best(places: list[tuple[int, int, int]]) -> int:
    """Start of the stretch with the most different terms."""
    best, most = 0, 0
    for index, (start, _end, _number) in enumerate(places):
        seen = set()
        for first, last, number in places[index : index + 40]:
            if first > start and last > start - _BEFORE + _WIDTH:
                break
            seen.add(number)
        if len(seen) > most:
            best, most = start, len(seen)
    return best


def _apart(places: list[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """The places without those that lie in others."""
    apart: list[tuple[int, int]] = []
    for start, end, _number in places:
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def occurs(text: str, terms: Sequence[Term]) -> bool:
    """Whether one of the terms stands in a text."""
    folded = fold(unbroken(compose(text)))
    return any(term.pattern.search(folded) for term in terms)
