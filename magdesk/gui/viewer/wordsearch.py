"""Find words in a text as a person types them: case, accents, vowel points and line breaks do not matter.

A word that is broken at a line's end is one word, as in the search of the whole case.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from magdesk.casefile.folding import ARABIC_LETTERS, unbroken
from magdesk.casefile.variants import other_spellings

_TATWEEL = "\u0640"
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
# What readers of PDF give for a hyphen that breaks a word.
_LINE_END_HYPHENS = str.maketrans("\x02\ufffe", "--")
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_TERM = re.compile(r'"([^"]*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without what does not matter when it is searched.

    Attributes:
        text: the folded letters.
        origin: for each of them, the place of the letter it came from; ``None`` when nothing moved.
    """

    text: str
    origin: list[int] | None = field(repr=False)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The range in the original text."""
        if self.origin is None:
            return start, end
        return self.origin[start], self.origin[end - 1] + 1

    def without_hyphens(self) -> Folded | None:
        """The text without the hyphens inside of words, which may have been those of line ends; none without any."""
        dropped = {match.start() for match in _HYPHEN.finditer(self.text)}
        if not dropped:
            return None
        kept = [place for place in range(len(self.text)) if place not in dropped]
        origin = kept if self.origin is None else [self.origin[place] for place in kept]
        return Folded("".join(self.text[place] for place in kept), origin)


def fold(text: str) -> Folded:
    """The text in lower case, without accents and points."""
    text = unbroken(text.translate(_LINE_END_HYPHENS))
    if text.isascii():
        return Folded(text.lower(), None)
    letters: list[str] = []
    origin: list[int] = []
    for place, char in enumerate(text):
        for part in unicodedata.normalize("NFKD", char.casefold()):
            if not unicodedata.combining(part) and part != _TATWEEL and unicodedata.category(part) != "Cf":
                letters.append(ARABIC_LETTERS.get(part, part))
                origin.append(place)
    return Folded("".join(letters), origin)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for."""

    pattern: re.Pattern[str]

    def find(self, folded: Folded, most: int = 2_000) -> list[tuple[int, int]]:
        """Where it stands in the original text; where nowhere else, in words that a hyphen parts."""
        found = self._in(folded, most)
        parted = None if found else folded.without_hyphens()
        return found if parted is None else self._in(parted, most)

    def _in(self, folded: Folded, most: int) -> list[tuple[int, int]]:
        found = []
        for match in self.pattern.finditer(folded.text):
            if match.end() > match.start():
                found.append(folded.place(match.start(), match.end()))
                if len(found) >= most:
                    break
        return found


def phrase(words: str) -> Wanted | None:
    """These words as they stand side by side, wherever the lines break; ``None`` for nothing."""
    parts = [re.escape(part) for part in fold(words).text.split()]
    return Wanted(re.compile(r"\s+".join(parts))) if parts else None


def any_of(query: str) -> Wanted | None:
    """Every word of a search, also where a longer word begins with it; words in quotes side by side."""
    terms = []
    for quoted, plain in _TERM.findall(query):
        parts = [re.escape(part) for part in re.findall(r"\w+", fold(quoted or plain).text)]
        if not parts:
            continue
        joined = r"\W+".join(parts)
        if not quoted and len(parts) == 1:
            for other in other_spellings(plain, fold(plain).text):
                spelled = r"\W+".join(map(re.escape, other.split()))
                terms.append(rf"\b{spelled}\w*")
        if _UNSPACED.search(joined):
            terms.append(joined)
        else:
            terms.append(rf"\b{joined}\b" if quoted else rf"\b{joined}\w*")
    return Wanted(re.compile("|".join(sorted(terms, key=len, reverse=True)))) if terms else None
