"""Finds names in running text: whole, turned round, or nearly spelled. Knows words, not people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from magdesk.model.text import TOKEN
from magdesk.values import script_of

MatchKey = TypeVar("MatchKey", bound=Hashable)

_WORD = re.compile(r"[^\W_]+")
# Scripts that put no space between words: names are found in them as pieces of text.
_UNSPACED = frozenset({"Hani", "Jpan", "Thai", "Laoo", "Khmr", "Mymr", "Tibt"})
_MAPPED = str.maketrans(
    {
        "ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss",
        "ـ": "", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "\u200b": "", "\u200c": "", "\u200d": "",
    }
)  # fmt: skip


def folded(text: str) -> str:
    """The text without case, accents and vowel marks: two spellings of a name that differ only so are the same."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(ch for ch in bare if not unicodedata.combining(ch)).translate(_MAPPED)


class _Bare(dict[int, str]):
    """The folded form of each character, worked out when first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        form = self[code] = "" if unicodedata.category(char) == "Cf" else folded(char)
        return form


_BARE = _Bare()


class _Unmarked(dict[int, str | None]):
    """Each character as it is, and none for marks and for what shows nothing; worked out when first met."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        hidden = unicodedata.combining(char) or unicodedata.category(char) == "Cf"
        form = self[code] = None if hidden else char
        return form


_UNMARKED = _Unmarked()


def bare(text: str) -> str:
    """The text folded character by character, without marks that show nothing: much quicker over long texts."""
    return text.translate(_BARE)


def without_tokens(text: str) -> str:
    """The text without references to rows, whose keys are not words."""
    return TOKEN.sub(" ", text) if "@" in text else text


NameWords = Sequence[tuple[str, str]]
"""The words of a text in their order: each as it stands, and folded."""


def spans(text: str) -> NameWords:
    """Cut a text into words."""
    if text.isascii():
        return [(word, word.lower()) for word in _WORD.findall(text)]
    return [(word, _folded_word(word)) for word in _WORD.findall(_joined(text))]


def words(text: str) -> list[str]:
    """The words of a text, folded."""
    if text.isascii():
        return _WORD.findall(text.lower())
    return [word for _plain, word in spans(text)]


def capitals(text: str) -> Iterator[str]:
    """The words, folded, that begin with a capital."""
    return (word for plain, word in spans(text) if plain[0].isupper())


@lru_cache(maxsize=50_000)
def _folded_word(word: str) -> str:
    return folded(word)


def _joined(text: str) -> str:
    """Accents and vowel marks would cut words where they are letters of their own."""
    return unicodedata.normalize("NFD", text).translate(_UNMARKED)


@dataclass(frozen=True, slots=True)
class NameMatch(Generic[MatchKey]):
    """A name found in a text."""

    key: MatchKey
    text: str


class NameFinder(Generic[MatchKey]):
    """Looks for many names at once, in time that grows with the text and not with the number of names."""

    def __init__(self, names: Iterable[tuple[MatchKey, str]]) -> None:
        self._by_first: dict[str, list[tuple[MatchKey, tuple[str, ...]]]] = {}
        self._pieces: dict[str, list[tuple[MatchKey, str]]] = {}
        for key, name in names:
            if script_of(name) in _UNSPACED:
                piece = folded(name).replace(" ", "")
                # A single such character is a word of the language, not a name.
                if len(piece) > 1:
                    self._pieces.setdefault(piece[0], []).append((key, piece))
                continue
            sequence = tuple(words(name))
            if not sequence:
                continue
            turned = (sequence[-1], *sequence[:-1])
            for order in dict.fromkeys((sequence, turned, (*sequence[1:], sequence[0]))):
                entries = self._by_first.setdefault(order[0], [])
                if (key, order) not in entries:
                    entries.append((key, order))

    @property
    def starts(self) -> frozenset[str]:
        """The words, folded, with which a name can begin: a text without any holds none of the names."""
        return frozenset(self._by_first)

    @property
    def in_pieces(self) -> bool:
        """Whether some names are of a script without spaces, so that words do not show them."""
        return bool(self._pieces)

    def find(self, text: str, spelled: NameWords | None = None) -> Iterator[NameMatch[MatchKey]]:
        """Every name that stands in the text, each once.

        Args:
            text: where to look.
            spelled: its words, where the caller has them already.
        """
        seen: set[MatchKey] = set()
        if self._by_first:
            found = spans(text) if spelled is None else spelled
            for place, (_plain, word) in enumerate(found):
                for key, name in self._by_first.get(word, ()):
                    piece = found[place : place + len(name)]
                    if key not in seen and tuple(folded_word for _as_is, folded_word in piece) == name:
                        seen.add(key)
                        yield NameMatch(key, " ".join(plain for plain, _folded in piece))
        if self._pieces and not text.isascii():
            bare = folded(text).replace(" ", "")
            for place, letter in enumerate(bare):
                for key, wanted in self._pieces.get(letter, ()):
                    if key not in seen and bare.startswith(wanted, place):
                        seen.add(key)
                        yield NameMatch(key, wanted)


_LONGEST_WORD = 200  # letters


class NearFinder:
    """Finds words that are one slip away from a known word: a letter too many, too few, or another.

    Words longer than any name or place are near none: the work and the room for one grow with its length squared, and
    a pasted blob of a hundred thousand letters would take all the memory there is.
    """

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._known: set[str] = set()
        self._by_gap: dict[str, set[str]] = {}
        for word in known:
            self.add(word)

    def add(self, word: str) -> None:
        """Know one word more."""
        self._known.add(word)
        if len(word) > _LONGEST_WORD:
            return
        for gap in _gaps(word):
            self._by_gap.setdefault(gap, set()).add(word)

    def near(self, word: str) -> str:
        """The known word that this one is a slip of; empty when it is known itself or near none."""
        if word in self._known or len(word) > _LONGEST_WORD:
            return ""
        candidates = {known for gap in _gaps(word) for known in self._by_gap.get(gap, ())}
        return min((known for known in candidates if _one_slip(known, word)), default="")


def _gaps(word: str) -> Iterator[str]:
    """The word itself and the word without each of its letters."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _one_slip(first: str, second: str) -> bool:
    """Whether one letter was added, left out, replaced, or two neighbours were exchanged."""
    if first == second:
        return False
    short, long = sorted((first, second), key=len)
    if len(long) - len(short) > 1:
        return False
    start = 0
    while start < len(short) and short[start] == long[start]:
        start += 1
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    rest = start + 1
    if short[rest:] == long[rest:]:
        return True
    return short[start : start + 2] == long[start : start + 2][::-1] and short[start + 2 :] == long[start + 2 :]
