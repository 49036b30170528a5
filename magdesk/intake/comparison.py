"""The words of a text, folded so that what was read and what is printed can be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

_WORD = re.compile(r"\w+")
_NOT_A_WORD = re.compile(r"\W+")
_MARKED = re.compile(r"\b([^\W\d_]+)\d{1,3}\b")  # the number of a note stands right behind its word
# Signs that are not seen: soft hyphens, joiners, marks of direction.
_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe]")
_LONG = 6  # letters of a word that is not found inside other words by chance
_LONG_ELSEWHERE = 2  # the same in scripts that set no spaces


def words(text: str) -> Iterator[str]:
    """The words and numbers of a text, in their order."""
    return (match.group() for match in _WORD.finditer(_folded(text)))


def lost_words(read: Iterable[str], shown: str) -> tuple[str, ...]:
    """The words that a printed text does not show, in the order in which they were read, each once.

    Args:
        read: texts as they were read.
        shown: the printed text with its line ends; a word may be broken at one.
    """
    folded = _folded(shown)
    seen = {match.group() for match in _WORD.finditer(folded)}
    seen.update(match.group() for match in _WORD.finditer(re.sub(r"-?\s*[\r\n]+", "", folded)))
    seen.update(match[1] for match in _MARKED.finditer(folded))
    together = _NOT_A_WORD.sub("", folded)
    lost: dict[str, None] = {}
    for text in read:
        for word in words(text):
            if word not in seen and word not in lost and not (_distinct(word) and word in together):
                lost[word] = None
    return tuple(lost)


def _distinct(word: str) -> bool:
    return len(word) >= (_LONG if word.isascii() else _LONG_ELSEWHERE)


def _folded(text: str) -> str:
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()
