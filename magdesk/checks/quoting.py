"""Whether words stand in a text, compared as a person compares them who holds the page beside the quotation.

What the page's setting or the drafter's keyboard decides does not count: case, accents, ligatures, width, spaces and
line breaks, hyphens (at a line's end nobody can tell which they are), punctuation, the shape of quotation marks. What
changes a figure counts: its points, commas, signs and currency. Knows no case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from magdesk.checks.matching import folded

_HYPHENS = frozenset("-\u2010\u2011\u00ad")
_DASHES = frozenset("\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d")  # a hyphen between figures, else a space
_APOSTROPHES = frozenset("'’‘‛`´ʼʻ＇\u2032")
_FIGURES = frozenset(".,:/")  # kept inside of figures
# Signs of scripts whose words have no edges, and Hangul, whose endings are written on the word.
_EDGELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
# Scripts that write prefixes on the word: a quotation may begin behind "and".
_PREFIXED = "\u0590-\u06ff\u0750-\u077f"


class _Table(dict[int, str]):
    """What becomes of each character, worked out when first met."""

    def __missing__(self, code: int) -> str:
        char = self[code] = _of_char(chr(code))
        return char


def _of_char(char: str) -> str:
    if char in _HYPHENS or char in _DASHES:
        return "-" if char in _HYPHENS else "–"
    if char == "\n" or char in _FIGURES:
        return char
    if char in _APOSTROPHES:
        return ""
    category = unicodedata.category(char)
    if category == "Cf":
        return ""
    if char.isspace():
        return "\n" if char in "\r\x0b\x0c\x85\u2028\u2029" else " "
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if category == "Sc" or char in "%‰":
        return f" {char} "
    whole = unicodedata.normalize("NFC", folded(char))  # syllables of Hangul in one piece
    return "".join(part if unicodedata.category(part)[0] in "LMN" or part in _FIGURES else " " for part in whole)


_TABLE = _Table()
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])-[ ]*\n\s*(?=[^\W\d_])|(?<=[^\W\d_])-(?=[^\W\d_])")
_RANGE = re.compile(r"(?<=\d)(?:\s+[-–]\s+|[-–]\s*\n\s*|[-–])(?=\d)")
_LOOSE = re.compile(r"[-–](?!\d)|(?<!\d)[.,:/]|[.,:/](?!\d)|–(?=\d)")
_SPACES = re.compile(r"\s+")
_NEEDLESS = re.compile(f"(?<=[{_EDGELESS}]) | (?=[{_EDGELESS}])")


def comparable(text: str) -> str:
    """The words of a text as they are compared, between single spaces, with a space at either end."""
    bare = text.translate(_TABLE)
    bare = _BROKEN_WORD.sub("", bare)
    bare = _LOOSE.sub(_of_loose, _RANGE.sub("-", bare))
    return f" {_NEEDLESS.sub('', _SPACES.sub(' ', bare).strip())} "


def _of_loose(match: re.Match[str]) -> str:
    # A dash before a figure is its sign where nothing stands before it; “1990–1995” is behind us already.
    return "-" if match[0] == "–" and match.string[match.end() : match.end() + 1].isdigit() else " "


_RUN_TOGETHER = 30  # letters; few words of any language are longer
_LEAST_WORDS = 12


@dataclass(frozen=True)
class Leaf:
    """One page, to be compared with quotations.

    Attributes:
        number: of the page.
        text: its words, comparable.
    """

    number: int
    text: str

    @classmethod
    def of(cls, number: int, text: str) -> Leaf:
        """A page as it was read."""
        return cls(number, comparable(text))

    @property
    def empty(self) -> bool:
        """Whether no words were read from it."""
        return not self.text.strip()

    @cached_property
    def torn(self) -> bool:
        """Whether its spaces are where they should not be: some files run words together or let them fall apart."""
        words = self.text.split()
        if len(words) < _LEAST_WORDS:
            return any(len(word) > _RUN_TOGETHER for word in words)
        single = sum(len(word) == 1 and word.isalpha() for word in words)
        together = sum(len(word) for word in words if len(word) > _RUN_TOGETHER)
        return single * 3 > len(words) or together * 5 > len(self.text)

    @cached_property
    def tight(self) -> str:
        """Its words without spaces."""
        return self.text.replace(" ", "")


_ELLIPSIS = re.compile(r"[\[(]\s*(?:…|\.(?:\s?\.){2,3})\s*[\])]|…|\.(?:\s?\.){2,3}")
_INSERTED = re.compile(r"\[([^\[\]]*)\]")
_MOST_WORDS = 8  # that an insertion in brackets may stand for
_AT_THE_EDGE = 700  # characters of a page in which a sentence that runs on to the next one ends or begins


@dataclass(frozen=True)
class Quotation:
    """The words that are said to stand somewhere.

    Attributes:
        parts: the pieces between ellipses, each as a pattern over comparable text.
        plain: the same pieces as comparable text, brackets read as if they stood on the page.
    """

    parts: tuple[re.Pattern[str], ...]
    plain: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to be looked for."""
        return not self.plain

    def ends_in(self, text: str, start: int = 0) -> int | None:
        """Where the last piece ends, if all stand in this order in a comparable text; none if they do not."""
        for way in (self._plainly, self._loosely):
            end = way(text, start)
            if end is not None:
                return end
        return None

    def _plainly(self, text: str, start: int) -> int | None:
        at = start
        for piece in self.plain:
            found = _find(text, piece, at)
            if found < 0:
                return None
            at = found + len(piece.strip())
        return at

    def _loosely(self, text: str, start: int) -> int | None:
        at = start
        if not self.parts:
            return None
        for pattern in self.parts:
            match = pattern.search(text, max(0, at - 1))
            if match is None:
                return None
            at = match.end()
        return at

    def stands_on(self, leaf: Leaf) -> bool:
        """Whether the words stand on a page."""
        if self.ends_in(leaf.text) is not None:
            return True
        return leaf.torn and all(piece.replace(" ", "") in leaf.tight for piece in self.plain)

    def runs_over(self, leaf: Leaf, following: Leaf) -> bool:
        """Whether the words begin on a page and end on the next, whatever stands at foot and head between."""
        tail, head = " " + leaf.text[-_AT_THE_EDGE:], following.text[:_AT_THE_EDGE] + " "
        for number, piece in enumerate(self.plain):
            words = piece.split()
            before, after = self.plain[:number], self.plain[number + 1 :]
            if not _in_order(leaf.text, before):
                break
            for cut in range(len(words) + 1):
                first, second = " ".join(words[:cut]), " ".join(words[cut:])
                if first and not _stands(tail, first):
                    break
                if (not second or _stands(head, second)) and _in_order(following.text, after):
                    return bool(first or before) and bool(second or after)
        return False


def _find(text: str, piece: str, start: int) -> int:
    """Where a piece stands as whole words; -1 where it does not."""
    bare = piece.strip()
    at = text.find(bare, start)
    while at >= 0:
        if _edge(text, at, bare[0], before=True) and _edge(text, at + len(bare), bare[-1], before=False):
            return at
        at = text.find(bare, at + 1)
    return -1


_NO_EDGE = re.compile(f"[{_EDGELESS}]")
_NO_BEGINNING = re.compile(f"[{_EDGELESS}{_PREFIXED}]")


def _edge(text: str, at: int, sign: str, *, before: bool) -> bool:
    """Whether a word may begin (or end) at this place of a text."""
    beyond = text[at - 1 : at] if before else text[at : at + 1]
    if beyond in ("", " ") or _NO_EDGE.match(beyond):
        return True
    return (_NO_BEGINNING if before else _NO_EDGE).match(sign) is not None


def _stands(text: str, words: str) -> bool:
    return _find(text, words, 0) >= 0


def _in_order(text: str, pieces: Sequence[str]) -> bool:
    at = 0
    for piece in pieces:
        found = _find(text, piece, at)
        if found < 0:
            return False
        at = found + len(piece.strip())
    return True


@lru_cache(maxsize=4096)
def quotation(words: str) -> Quotation:
    """A quotation as the drafter typed it: … leaves out, [ ] puts in."""
    pieces = [piece for piece in _ELLIPSIS.split(words) if comparable(piece).strip()]
    plain = tuple(comparable(_INSERTED.sub(lambda match: match[1], piece)) for piece in pieces)
    if not _INSERTED.search(words):
        return Quotation((), plain)
    own, inserted = (
        sum(map(str.isalnum, "".join(found))) for found in (_INSERTED.split(words)[::2], _INSERTED.findall(words))
    )
    # Where more was put in than taken over, nothing is left that could be looked for.
    parts = tuple(filter(None, map(_pattern, pieces))) if own >= inserted else ()
    return Quotation(parts, plain)


def _pattern(piece: str) -> re.Pattern[str] | None:
    """The piece with its insertions: inside a word they stand for some letters, alone for some words or none."""
    marked = _INSERTED.split(piece)
    out: list[str] = []
    for place, text in enumerate(marked):
        if place % 2 == 0:
            out.append(re.escape(comparable(text).strip()))
            continue
        glued_before = bool(marked[place - 1]) and marked[place - 1][-1].isalnum()
        glued_after = bool(marked[place + 1]) and marked[place + 1][0].isalnum()
        if glued_before or glued_after:
            gap = r"\w{0,12}"
            out.append(("" if glued_before else " ?") + gap + ("" if glued_after else " ?"))
        else:
            out.append(rf"(?: \S+){{0,{_MOST_WORDS}}}? ?")
    whole = "".join(out).strip()
    if not re.search(r"\w", re.sub(r"\\.|\(\?:.*?\)\S*", "", whole)):
        return None
    return re.compile(f"(?<![^ ]){whole}(?![^ ])")


def locate(quote: Quotation, leaves: Sequence[Leaf]) -> tuple[int, int] | None:
    """The first and the last of the pages, in their order, on which the words stand; none where they do not."""
    for leaf in leaves:
        if quote.stands_on(leaf):
            return leaf.number, leaf.number
    for leaf, following in pairwise(leaves):
        if following.number == leaf.number + 1 and quote.runs_over(leaf, following):
            return leaf.number, following.number
    if len(leaves) > 1 and len(quote.plain) > 1:
        return _over_pages(quote, leaves)
    return None


def _over_pages(quote: Quotation, leaves: Sequence[Leaf]) -> tuple[int, int] | None:
    """Where the pieces of a quotation stand in their order, each on a page."""
    place, at, first = 0, 0, 0
    for number, piece in enumerate(quote.plain):
        while place < len(leaves):
            found = _find(leaves[place].text, piece, at)
            if found >= 0:
                at = found + len(piece.strip())
                break
            place, at = place + 1, 0
        else:
            return None
        if number == 0:
            first = leaves[place].number
    return first, leaves[place].number
