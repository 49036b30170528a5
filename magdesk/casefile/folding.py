"""Words as they are compared: without case, accents, width or vowel points, and Chinese one sign at a time."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_TATWEEL = 0x0640
_ALEF_MAKSURA, _YEH = "\u0649", "\u064a"
_TEH_MARBUTA, _HEH = "\u0629", "\u0647"


def _alone(code: int) -> bool:
    """Whether the sign is indexed as a word of its own: scripts written without spaces, whose words have no edges."""
    return (
        0x3400 <= code <= 0x4DBF
        or 0x4E00 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x3FFFF
        or 0x3041 <= code <= 0x30FF
        or 0x31F0 <= code <= 0x31FF
        or 0xAC00 <= code <= 0xD7A3
        or 0x0E01 <= code <= 0x0EFF  # Thai, Lao
        or 0x1000 <= code <= 0x109F  # Burmese
        or 0x1780 <= code <= 0x17FF  # Khmer
        or code in (0x3005, 0x3006, 0x3007)
    )


def _drops(mark: str) -> bool:
    """Whether a combining mark is left out: accents and vowel points, but no Indic vowel signs or viramas."""
    order = unicodedata.combining(mark)
    return order == 1 or 10 <= order <= 36 or order >= 200


class _FoldTable(dict[int, str]):
    """Folded form by code point, worked out when first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_char(chr(code))
        return folded


def _fold_char(char: str) -> str:
    code = ord(char)
    if code == _TATWEEL or unicodedata.category(char) == "Cf":
        return ""
    if _alone(code):
        return f" {unicodedata.normalize('NFC', unicodedata.normalize('NFKD', char))} "
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    kept = "".join(part for part in unicodedata.normalize("NFKD", char) if not _drops(part))
    kept = unicodedata.normalize("NFC", kept).casefold()
    kept = kept.replace(_ALEF_MAKSURA, _YEH).replace(_TEH_MARBUTA, _HEH)
    return "".join(f" {part} " if _alone(ord(part)) else part for part in kept)


_TABLE = _FoldTable()


def compose(text: str) -> str:
    """The text as it is stored for the index: letters and their marks in one piece where Unicode has one."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """The text as it is indexed and searched."""
    return text.lower() if text.isascii() else text.translate(_TABLE)


@dataclass(frozen=True, slots=True)
class Word:
    """One folded word and where it stands in the original."""

    text: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of a text, folded, with their places in the text as given."""
    letters: list[str] = []
    start = end = 0
    for index, char in enumerate(text):
        for part in char.lower() if char.isascii() else _TABLE[ord(char)]:
            if _is_letter(part):
                if not letters:
                    start = index
                letters.append(part)
                end = index + 1
            elif letters:
                yield Word("".join(letters), start, end)
                letters.clear()
    if letters:
        yield Word("".join(letters), start, end)


def _is_letter(char: str) -> bool:
    if char.isascii():
        return char.isalnum()
    category = unicodedata.category(char)
    return category[0] in "LMN" or category == "Co"
