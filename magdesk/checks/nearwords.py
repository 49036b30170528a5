"""The words of a page that a faulty quotation was most likely copied from, to be offered in its place."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher

from magdesk.checks.quoting import comparable, quotation

_WORD = re.compile(r"\S+")
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010][ \t]*\r?\n\s*(?=[^\W\d_])")
_EDGES = " .,;:!?\"'“”„«»‘’()[]–—-،؛؟。、"
_LEAST_WORDS = 4
_MOST_WORDS = 120
_ALIKE = 0.7  # share of the words that must be the same
_MARGIN = 4  # words beside the best window in which the passage may begin or end


def passage_like(said: str, page: str) -> str:
    """The passage of a page that says nearly the same; empty where none does.

    Args:
        said: a quotation that does not stand on the page.
        page: its text as it was read.
    """
    # A quotation that leaves out or puts in is a drafter's own; nothing can be put in its place.
    if len(quotation(said).plain) != 1 or "[" in said:
        return ""
    page = _BROKEN.sub("", page)
    wanted = comparable(said).split()
    places = [(match.span(), comparable(match[0]).strip()) for match in _WORD.finditer(page)]
    places = [(span, word) for span, word in places if word]
    words = [word for _span, word in places]
    count = len(wanted)
    if not _LEAST_WORDS <= count <= _MOST_WORDS or len(words) < count // 2:
        return ""
    first = _best_window(words, wanted)
    if first is None:
        return ""
    begin, end = max(0, first - _MARGIN), min(len(words), first + count + _MARGIN)
    blocks = [
        block
        for block in SequenceMatcher(None, words[begin:end], wanted, autojunk=False).get_matching_blocks()
        if block.size
    ]
    if sum(block.size for block in blocks) < _ALIKE * count:
        return ""
    # Words that differ at either end are the page's too, as many as the quotation has of them.
    start = max(0, begin + blocks[0].a - blocks[0].b)
    last = blocks[-1]
    stop = min(len(words), begin + last.a + last.size + count - last.b - last.size)
    found = " ".join(page[places[start][0][0] : places[stop - 1][0][1]].split()).strip(_EDGES)
    return "" if comparable(found) == comparable(said) else found


def _best_window(words: list[str], wanted: list[str]) -> int | None:
    """Where the window of as many words begins that shares most of them; none that shares enough."""
    need = Counter(wanted)
    have: Counter[str] = Counter()
    shared = best = 0
    at: int | None = None
    for place, word in enumerate(words):
        if have[word] < need[word]:
            shared += 1
        have[word] += 1
        if place >= len(wanted):
            gone = words[place - len(wanted)]
            have[gone] -= 1
            if have[gone] < need[gone]:
                shared -= 1
        if shared > best:
            best, at = shared, max(0, place - len(wanted) + 1)
    return at if best >= _ALIKE * len(wanted) else None
