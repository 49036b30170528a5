"""Text as it is compared: without case, accents, width, vowel points or spelling variants of one letter.

What a person types and what a page says meet in the folded form. Letters, marks and numbers stay; all else becomes a
space. Scripts written without spaces between words are indexed as overlapping pairs of signs, so that any part of a
line is found, as a phrase of pairs; Burmese as its syllables, of which a sign alone is often no whole one. A word
that is broken at a line's end is one word, and its parts are found as well; one with a hyphen also without it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

_TATWEEL = "\u0640"

_ALONE_RANGES = (
    (0x3005, 0x3007),  # ideographic repeat mark, closing mark, zero
    (0x3041, 0x30FF),  # kana
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
    (0xAC00, 0xD7A3),  # Hangul
    (0x0E01, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
)
ALONE = "".join(f"{chr(first)}-{chr(last)}" for first, last in _ALONE_RANGES)
"""Signs of scripts whose words have no edges, as the inside of a regular expression's class."""

FOLDING = "3"
"""Which way of folding an index was made by: 2 knows broken words and Burmese syllables, 3 words with hyphens."""

_BURMESE = re.compile("[\u1000-\u109f]+")
_SYLLABLE = re.compile("(?<!\u1039)(?=[\u1000-\u102a\u103f](?!\u1037?[\u103a\u1039]))")
_BREAK = re.compile("[-\u2010\u00ad][ \t]*\r?\n[ \t]*")
_HEAD, _TAIL = re.compile(r"[^\W\d_]+"), re.compile(r"[^\W\d_]+\Z")
_LONGEST_PART = 40
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010](?=[^\W\d_])")
_BESIDE = " 0beside "
"""Stands before other forms of a word: the parts of one that a line end breaks, and in one piece one with a hyphen,
which may have been a line's end before somebody copied the text. They are in no phrase with what is before them."""

_IS_ALONE = re.compile(f"[{ALONE}]")
_RUN = re.compile(f"[{ALONE}]+")

# Letters that Unicode holds for different ones and that people type for each other.
ARABIC_LETTERS = {
    "\u0671": "\u0627",  # Arabic alef wasla
    "\u0649": "\u064a",  # alef maksura
    "\u06cc": "\u064a",  # Persian yeh
    "\u06d2": "\u064a",  # yeh barree
    "\u06a9": "\u0643",  # Persian kaf
    "\u0629": "\u0647",  # teh marbuta
    "\u06c1": "\u0647",  # heh goal
    "\u06be": "\u0647",  # heh doachashmee
    "\u06d5": "\u0647",  # ae
}
_VARIANTS = ARABIC_LETTERS | {
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th",
    "ґ": "г", "ә": "а", "ө": "о", "қ": "к", "ң": "н", "ғ": "г", "ұ": "у", "ү": "у", "һ": "х", "ҳ": "х", "ҷ": "ч",
}  # fmt: skip


def _drops(mark: str) -> bool:
    """Whether a combining mark is left out: accents, vowel points, kana voicing; no Indic vowel signs or viramas."""
    order = unicodedata.combining(mark)
    return order in (1, 8) or 10 <= order <= 36 or order >= 200


def _kept(char: str) -> bool:
    """Whether the character is part of a word."""
    if char.isascii():
        return char.isalnum()
    category = unicodedata.category(char)
    return category[0] in "LMN" or category == "Co"


def _fold_once(char: str) -> str:
    if char == _TATWEEL or unicodedata.category(char) == "Cf":
        return ""
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    bare = "".join(part for part in unicodedata.normalize("NFKD", char) if not _drops(part))
    bare = unicodedata.normalize("NFC", bare).casefold()
    return "".join(_VARIANTS.get(part, part) if _kept(part) else " " for part in bare)


def _fold_char(char: str) -> str:
    folded = _fold_once(char)
    while (again := "".join(map(_fold_once, folded))) != folded:
        folded = again
    return folded


class _FoldTable(dict[int, str]):
    """Folded form by code point, worked out when first met.

    Attributes:
        uneven: the characters met so far that do not become exactly one.
    """

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_char(chr(code))
        if len(folded) != 1:
            self.uneven.add(chr(code))
        return folded


_TABLE = _FoldTable()


def compose(text: str) -> str:
    """The text as it is stored for the index: letters and their marks in one piece where Unicode has one."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:  # Half a surrogate pair cannot be stored.
        text = text.encode("utf-8", "replace").decode()
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """The words of a composed text, folded, between spaces; each character becomes none, one or several."""
    return text.translate(_TABLE)


def unbroken(text: str) -> str:
    """A composed text of the same length, in which what breaks a word at a line's end folds to nothing."""
    return _BREAK.sub(_as_nothing, text) if "\n" in text else text


def unhyphened(text: str) -> str:
    """A composed text of the same length, in which hyphens inside of words fold to nothing."""
    return _HYPHEN.sub(_as_nothing, text)


def index_text(text: str) -> str:
    """What the index is given of a composed text."""
    beside = [_BESIDE + fold("".join(pair)) for pair in map(_parts, _HYPHEN.finditer(text)) if pair]
    if "\n" in text:
        broken = [_BESIDE + fold(" ".join(pair)) for pair in map(_parts, _BREAK.finditer(text)) if pair]
        if broken:
            text, beside = unbroken(text), beside + broken
    folded = fold(text) + "".join(beside)
    return folded if folded.isascii() else _RUN.sub(_in_pieces, folded)


def folded_anew(text: str) -> bool:
    """Whether an index that was made before this way of folding has another text of it."""
    found = (pattern.finditer(text) for pattern in (_BREAK, _HYPHEN))
    return _BURMESE.search(text) is not None or any(map(_parts, chain.from_iterable(found)))


def syllables(text: str) -> list[str]:
    """A folded Burmese word in its syllables; nothing for any other text."""
    if not _BURMESE.fullmatch(text):
        return []
    return [syllable for syllable in _SYLLABLE.split(text) if syllable]


def _parts(found: re.Match[str]) -> tuple[str, str] | None:
    """The two parts of a word that is broken here. A capital letter begins a word of its own: ``Anglo-|American``."""
    text = found.string
    head = _TAIL.search(text, max(0, found.start() - _LONGEST_PART), found.start())
    tail = _HEAD.match(text, found.end(), found.end() + _LONGEST_PART)
    if head is None or tail is None or tail[0][0].isupper() != head[0][-1].isupper():
        return None
    return head[0], tail[0]


def _as_nothing(found: re.Match[str]) -> str:
    return "\u00ad" * len(found[0]) if _parts(found) else found[0]


def index_words(folded: str, *, whole: bool = False) -> tuple[list[str], bool]:
    """The words of the index that a folded query consists of.

    Args:
        whole: the last word must end where it ends; otherwise it may go on.

    Returns:
        The words, and whether the last one is only the beginning of a word.
    """
    last = folded.split()[-1:] or [""]
    edge = last[0][-1:]
    if not (edge and _IS_ALONE.match(edge)) or _BURMESE.match(edge):
        return index_text(folded).split(), not whole
    words = index_text(folded).split()
    # The run may go on: its last sign alone says that it ends there.
    paired = len(last[0]) > 1 and _IS_ALONE.match(last[0][-2]) is not None
    return (words[:-1], False) if paired else (words, True)


def is_alone(char: str) -> bool:
    """Whether the sign belongs to a script whose words have no edges."""
    return _IS_ALONE.match(char) is not None


def original_places(text: str, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where places of the folded text stand in the composed text that :func:`fold` made it of."""
    if text.isascii() or not places:
        return places
    uneven = _TABLE.uneven.intersection(text)  # All of the text was folded, so each of its characters was met.
    if not uneven:
        return places
    # From each uneven character to the next, places differ by a constant.
    starts, shifts = [0], [0]
    furthest = max(last for _first, last in places)
    for at in (match.start() for match in re.finditer(f"[{re.escape(''.join(sorted(uneven)))}]", text)):
        size = len(_TABLE[ord(text[at])])
        start, shift = at - shifts[-1], shifts[-1]
        if start > furthest:
            break
        if size:
            starts += range(start, start + size)
            shifts += [at - place for place in range(start, start + size)]
        starts.append(start + size)
        shifts.append(shift + 1 - size)
    return [(_original(starts, shifts, first), _original(starts, shifts, last - 1) + 1) for first, last in places]


def _original(starts: list[int], shifts: list[int], place: int) -> int:
    return place + shifts[bisect_right(starts, place) - 1]


def _in_pieces(match: re.Match[str]) -> str:
    run = match[0]
    if not "\u1000" <= min(run) <= "\u109f":
        return _in_pairs(run)
    out: list[str] = []
    end = 0
    for word in _BURMESE.finditer(run):
        out += [_in_pairs(run[end : word.start()]), *syllables(word[0])]
        end = word.end()
    return f" {' '.join((*out, _in_pairs(run[end:])))} "


def _in_pairs(run: str) -> str:
    if not run:
        return ""
    return f" {' '.join(map(str.__add__, run, run[1:]))} {run[-1]} "


@dataclass(frozen=True, slots=True)
class Word:
    """One folded word and where it stands in the original."""

    text: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of a composed text, folded, with their places in it. A run of a script without spaces is one."""
    folded = fold(text)
    found = [match.span() for match in re.finditer(r"[^ ]+", folded)]
    for (start, end), (first, last) in zip(found, original_places(text, found), strict=True):
        yield Word(folded[start:end], first, last)
