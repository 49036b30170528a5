"""Which script each stretch of a text is written in, and which way a language runs. Shared by the renderers."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from magdesk.isolates import FIRST_STRONG, POP, first_strong_runs_right

COMMON = "Zyyy"
INHERITED = "Zinh"
UNKNOWN = "Zzzz"

# First and last code point of the blocks a script lives in (Unicode 15, Blocks.txt and Scripts.txt). Blocks are
# finer than needed for fonts and coarser than Scripts.txt; characters that all scripts share are found by category.
_BLOCKS: tuple[tuple[int, int, str], ...] = (
    (0x0041, 0x024F, "Latn"),
    (0x0250, 0x02AF, "Latn"),
    (0x0370, 0x03FF, "Grek"),
    (0x0400, 0x052F, "Cyrl"),
    (0x0530, 0x058F, "Armn"),
    (0x0590, 0x05FF, "Hebr"),
    (0x0600, 0x06FF, "Arab"),
    (0x0700, 0x074F, "Syrc"),
    (0x0750, 0x077F, "Arab"),
    (0x0780, 0x07BF, "Thaa"),
    (0x0860, 0x086F, "Syrc"),
    (0x0870, 0x08FF, "Arab"),
    (0x0900, 0x097F, "Deva"),
    (0x0980, 0x09FF, "Beng"),
    (0x0A00, 0x0A7F, "Guru"),
    (0x0A80, 0x0AFF, "Gujr"),
    (0x0B00, 0x0B7F, "Orya"),
    (0x0B80, 0x0BFF, "Taml"),
    (0x0C00, 0x0C7F, "Telu"),
    (0x0C80, 0x0CFF, "Knda"),
    (0x0D00, 0x0D7F, "Mlym"),
    (0x0D80, 0x0DFF, "Sinh"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x0E80, 0x0EFF, "Laoo"),
    (0x0F00, 0x0FFF, "Tibt"),
    (0x1000, 0x109F, "Mymr"),
    (0x10A0, 0x10FF, "Geor"),
    (0x1100, 0x11FF, "Hang"),
    (0x1200, 0x139F, "Ethi"),
    (0x1780, 0x17FF, "Khmr"),
    (0x19E0, 0x19FF, "Khmr"),
    (0x1C80, 0x1C8F, "Cyrl"),
    (0x1C90, 0x1CBF, "Geor"),
    (0x1CD0, 0x1CFF, "Deva"),
    (0x1D00, 0x1DBF, "Latn"),
    (0x1E00, 0x1EFF, "Latn"),
    (0x1F00, 0x1FFF, "Grek"),
    (0x2C60, 0x2C7F, "Latn"),
    (0x2D00, 0x2D2F, "Geor"),
    (0x2D30, 0x2D7F, "Tfng"),
    (0x2D80, 0x2DDF, "Ethi"),
    (0x2DE0, 0x2DFF, "Cyrl"),
    (0x2E80, 0x2FDF, "Hani"),
    (0x2FF0, 0x303F, "Hani"),
    (0x3040, 0x309F, "Hira"),
    (0x30A0, 0x30FF, "Kana"),
    (0x3100, 0x312F, "Hani"),
    (0x3130, 0x318F, "Hang"),
    (0x3190, 0x31EF, "Hani"),
    (0x31F0, 0x31FF, "Kana"),
    (0x3200, 0x33FF, "Hani"),
    (0x3400, 0x4DBF, "Hani"),
    (0x4E00, 0x9FFF, "Hani"),
    (0xA640, 0xA69F, "Cyrl"),
    (0xA720, 0xA7FF, "Latn"),
    (0xA8E0, 0xA8FF, "Deva"),
    (0xA960, 0xA97F, "Hang"),
    (0xA9E0, 0xA9FF, "Mymr"),
    (0xAA60, 0xAA7F, "Mymr"),
    (0xAB00, 0xAB2F, "Ethi"),
    (0xAB30, 0xAB6F, "Latn"),
    (0xAC00, 0xD7FF, "Hang"),
    (0xF900, 0xFAFF, "Hani"),
    (0xFB00, 0xFB0F, "Latn"),
    (0xFB10, 0xFB17, "Armn"),
    (0xFB1D, 0xFB4F, "Hebr"),
    (0xFB50, 0xFDFF, "Arab"),
    (0xFE30, 0xFE4F, "Hani"),
    (0xFE70, 0xFEFE, "Arab"),
    (0xFF00, 0xFF64, "Hani"),
    (0xFF65, 0xFF9F, "Kana"),
    (0xFFA0, 0xFFDC, "Hang"),
    (0xFFE0, 0xFFEF, "Hani"),
    (0x10E60, 0x10E7F, "Arab"),
    (0x1B000, 0x1B16F, "Kana"),
    (0x1EE00, 0x1EEFF, "Arab"),
    (0x20000, 0x323AF, "Hani"),
)
_STARTS = [first for first, _, _ in _BLOCKS]

RTL_SCRIPTS = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm"})
CJK_SCRIPTS = frozenset({"Hani", "Hira", "Kana", "Hang"})

# Unlike other punctuation these belong to one script's fonts only, though Scripts.txt calls them common.
_SCRIPT_PUNCTUATION = frozenset({"Hani", "Arab", "Hang", "Kana"})

_LATIN = re.compile("[A-Za-z]")
_RTL_LANGUAGES = frozenset({"ar", "fa", "he", "iw", "ur", "yi", "ps", "sd", "ug", "dv", "ckb", "syr", "arc", "azb"})


@dataclass(frozen=True, slots=True)
class ScriptRun:
    """A stretch of text in one script.

    Attributes:
        text: the characters, in logical order.
        script: ISO 15924 code; ``Zyyy`` when the whole text has no letter of any script.
        rtl: whether the script runs from right to left.
    """

    text: str
    script: str
    rtl: bool


@lru_cache(maxsize=8192)
def script_of(char: str) -> str:
    """The ISO 15924 code of a character's script.

    ``Zyyy`` when many scripts use it, ``Zinh`` for a mark that takes the script of its base, ``Zzzz`` when this
    program knows no script for it.
    """
    code = ord(char)
    category = unicodedata.category(char)
    index = bisect_right(_STARTS, code) - 1
    script = _BLOCKS[index][2] if index >= 0 and code <= _BLOCKS[index][1] else ""
    if category in ("Mn", "Me") and not script:
        return INHERITED
    if script and (category[0] in "LM" or script in _SCRIPT_PUNCTUATION or category == "Nd"):
        return script if code >= 0x80 or category[0] == "L" else COMMON
    if script and code >= 0x0530:
        return script
    return COMMON if category[0] in "PSZNC" else UNKNOWN


def is_rtl_language(lang: str) -> bool:
    """Whether a BCP 47 tag names a language written from right to left."""
    parts = lang.replace("_", "-").lower().split("-")
    if any(part in ("arab", "hebr", "syrc", "thaa") for part in parts[1:]):
        return True
    return parts[0] in _RTL_LANGUAGES and "latn" not in parts[1:]


def itemise(text: str) -> tuple[ScriptRun, ...]:
    """The text cut into runs of one script each.

    Characters that scripts share (spaces, digits, punctuation) go with the run before them, or with the first
    run when they begin the text; so a space or a comma between two words of one script does not part them.
    Shared characters at the end of a right-to-left run, before a run that goes the other way, go with the latter.
    """
    pieces: list[tuple[str, str]] = []
    for char in text:
        script = script_of(char)
        if script in (COMMON, INHERITED) and pieces:
            script = pieces[-1][0]
        if pieces and (pieces[-1][0] == script or pieces[-1][0] == COMMON):
            pieces[-1] = (script, pieces[-1][1] + char)
        else:
            pieces.append((script, char))
    runs: list[ScriptRun] = []
    carried = ""
    for number, (script, piece) in enumerate(pieces):
        body = carried + piece
        carried = ""
        rtl = script in RTL_SCRIPTS
        if rtl and number + 1 < len(pieces) and pieces[number + 1][0] not in RTL_SCRIPTS:
            end = len(body)
            while end > 0 and script_of(body[end - 1]) == COMMON:
                end -= 1
            body, carried = body[:end], body[end:]
        runs.append(ScriptRun(body, script, rtl))
    return tuple(runs)


def is_rtl_text(text: str) -> bool:
    """Whether a text of no stated language is set from the right: it begins so, and has no Latin letters."""
    return not text.isascii() and first_strong_runs_right(text) is True and not _LATIN.search(text)


def printable(text: str, *, isolates: bool = False) -> str:
    """The text without what no page can carry: controls, bidirectional embeddings and overrides, lone surrogates.

    A line feed stays, a tab becomes a space.

    Args:
        isolates: whether the marks of isolates stay, for who turns them into an order.
    """
    if text.isascii() and text.isprintable():
        return text
    out = []
    for char in text:
        code = ord(char)
        if char == "\n" or (isolates and char in (FIRST_STRONG, POP)):
            out.append(char)
        elif char in "\t\v\f\x85\u2028\u2029":
            out.append(" " if char == "\t" else "\n")
        elif 0xD800 <= code <= 0xDFFF:
            out.append("\ufffd")
        elif code < 0x20 or 0x7F <= code < 0xA0 or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069:
            continue
        else:
            out.append(char)
    return "".join(out)
