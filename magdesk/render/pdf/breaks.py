"""Where a line may end: the rules of UAX #14 that matter here, and syllables for scripts without spaces."""

from __future__ import annotations

import unicodedata

from magdesk.render.scripts import script_of

_NEVER_BEFORE = frozenset(
    "\ufffc!),.:;?]}»’”›%‰°…‐–—、。，．：；？！）〕］｝〉》」』】〙〗〟ヽヾーァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎゕゖ々〻・،؛؟٪។៕ຯๆ။၊։჻"
)
_NEVER_AFTER = frozenset("([{«‘“‹$£€¥₽₪#@（〔［｛〈《「『【〘〖〝")
_GLUE = frozenset("\u00a0\u202f\u2007\u2060\ufeff\u2011")
_SPACES = frozenset(" \u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000")
# Words that stay with the number after them.
_BOUND = frozenset(
    [
        "§",
        "§§",
        "¶",
        "¶¶",
        "No.",
        "Nos.",
        "Ex.",
        "Exs.",
        "Exhibit",
        "p.",
        "pp.",
        "para.",
        "paras.",
        "Art.",
        "art.",
        "Section",
        "Sec.",
        "sec.",
        "E.O.",
        "U.S.C.",
        "C.F.R.",
        "L.",
    ]
)
_CJK = frozenset({"Hani", "Hira", "Kana"})
_THAI_LEADING = frozenset("เแโใไເແໂໃໄ")
_THAI_TRAILING = frozenset("ะาำๅๆຯະາຳ")


def is_space(char: str) -> bool:
    """Whether the character is white space at which a line may end."""
    return char in _SPACES


def opportunities(text: str) -> set[int]:
    """The positions before which a new line may begin, not counting 0.

    Args:
        text: one paragraph in logical order.
    """
    if text.isascii():
        return _simple(text)
    found: set[int] = set()
    for index in range(1, len(text)):
        if _allowed(text, index):
            found.add(index)
    return found


def at_glue(text: str, start: int, end: int) -> set[int]:
    """The positions behind no-break spaces inside a stretch too wide for a line.

    A sum cut from its currency can still be read; one that is cut between its digits is read as another sum.
    """
    return {index for index in range(start + 1, end) if text[index - 1] in "\u00a0\u202f"}


def emergency(text: str, start: int, end: int) -> set[int]:
    """The positions inside a stretch too wide for a line where it may be cut: between grapheme clusters."""
    return {index for index in range(start + 1, end) if cluster_edge(text, index)}


def cluster_edge(text: str, index: int) -> bool:
    """Whether a grapheme cluster ends before this position (UAX #29, near enough for cutting lines)."""
    char, before = text[index], text[index - 1]
    if unicodedata.category(char) in ("Mn", "Mc", "Me") or char in "\u200d\u200c\ufe0f\ufe0e" or before == "\u200d":
        return False
    if before in "\u0eb3\u0e33" or char in "\u0e33\u0eb3":
        return char not in "\u0e33\u0eb3"
    if 0x1F3FB <= ord(char) <= 0x1F3FF:
        return False
    return unicodedata.combining(before) != 9


def _simple(text: str) -> set[int]:
    found: set[int] = set()
    for index in range(1, len(text)):
        before, char = text[index - 1], text[index]
        if before == " ":
            if char != " " and not _bound(text, index):
                found.add(index)
        elif before in "-/\\|?&=_." and _inside_word(text, index):
            found.add(index)
    return found


def _bound(text: str, index: int) -> bool:
    """Whether the word before the space before the position belongs to the number after it."""
    if not text[index].isdigit():
        return False
    start = text.rfind(" ", 0, index - 1) + 1
    return text[start : index - 1].lstrip("([“") in _BOUND


def _inside_word(text: str, index: int) -> bool:
    """Whether a hyphen, slash or similar mark before the position lets the line end there."""
    before, char = text[index - 1], text[index]
    if char == " " or char in _NEVER_BEFORE or char in "-/\\" or index < 2 or text[index - 2] == " ":
        return False
    if before == "-":
        return not (char.isdigit() or text[index - 2].isdigit()) or _long_word(text, index)
    return _long_word(text, index)


def _long_word(text: str, index: int) -> bool:
    """Whether the word around the position is an address or path, which may be cut at its joints."""
    start = text.rfind(" ", 0, index) + 1
    end = text.find(" ", index)
    return (len(text) if end < 0 else end) - start > 24 and index - start > 2


def _allowed(text: str, index: int) -> bool:
    before, char = text[index - 1], text[index]
    if is_space(char):
        return False
    if char in _GLUE or before in _GLUE:
        return False
    if is_space(before):
        return not _bound(text, index)
    if before == "\u200b":
        return True
    if not cluster_edge(text, index):
        return False
    if before in "-/\\|?&=_.‐":
        return _inside_word(text, index)
    if before in "–—":
        return char not in _NEVER_BEFORE and not char.isdigit()
    if char in _NEVER_BEFORE or before in _NEVER_AFTER:
        return False
    left, right = script_of(before), script_of(char)
    if left in _CJK or right in _CJK:
        return True
    if left == right:
        if left in ("Thai", "Laoo"):
            return char in _THAI_LEADING and before not in _THAI_LEADING
        if left == "Mymr":
            return _myanmar_syllable(text, index)
        if left == "Khmr":
            return "\u1780" <= char <= "\u17b3" and before != "\u17d2"
        if left == "Tibt":
            return before in "\u0f0b\u0f0d\u0f0e"
    return False


def _myanmar_syllable(text: str, index: int) -> bool:
    char = text[index]
    if not ("\u1000" <= char <= "\u102a" or char in "\u103f\u104e") or text[index - 1] == "\u1039":
        return False
    following = text[index + 1 : index + 3]
    return not (following[:1] in ("\u103a", "\u1039") or following == "\u1037\u103a")
