"""Text is cut into runs of one direction and one class of script, as Word's run properties need them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from magdesk.render.scripts import CJK_SCRIPTS, COMMON, INHERITED, UNKNOWN, script_of


class Kind(StrEnum):
    """Which of a run's faces and flags apply."""

    LATIN = "latin"
    EAST_ASIAN = "east_asian"
    COMPLEX = "complex"
    RIGHT_TO_LEFT = "right_to_left"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text of one kind.

    Attributes:
        script: ISO 15924 code where it picks the face; empty where the default faces do.
        foreign: whether it has a letter outside the Latin script, so that a spelling checker must know its language.
    """

    text: str
    kind: Kind
    script: str = ""
    foreign: bool = False


_COMPLEX = frozenset(
    [
        "Deva",
        "Beng",
        "Guru",
        "Gujr",
        "Orya",
        "Taml",
        "Telu",
        "Knda",
        "Mlym",
        "Sinh",
        "Thai",
        "Laoo",
        "Tibt",
        "Mymr",
        "Khmr",
    ]
)
_OWN_FACE = frozenset({"Armn", "Ethi", "Geor", "Syrc", "Thaa", "Nkoo"})
_STRONG_RIGHT = frozenset({"R", "AL"})
_PAIRS = {")": "(", "]": "[", "}": "{", "»": "«", "”": "“", "’": "‘", "›": "‹"}


def itemise(text: str, *, base_rtl: bool = False) -> list[Segment]:
    """The text as segments in logical order; their texts joined are the text.

    Spaces, digits and marks between two letters of one direction go with them; elsewhere they follow the
    paragraph. A closing bracket goes where its opening one went.
    """
    if text.isascii() and not base_rtl:
        return [Segment(text, Kind.LATIN)] if text else []
    rights = _directions(text, base_rtl=base_rtl)
    kinds = _kinds(text, rights)
    segments: list[Segment] = []
    start = 0
    for position in range(1, len(text) + 1):
        if position == len(text) or kinds[position] != kinds[start]:
            piece, (kind, script) = text[start:position], kinds[start]
            segments.append(Segment(piece, kind, script, foreign=_foreign(piece)))
            start = position
    return segments


def only_right_to_left(text: str) -> bool:
    """Whether the text has letters and every one of them runs from right to left."""
    found = False
    for ch in text:
        bidi = unicodedata.bidirectional(ch)
        if bidi == "L":
            return False
        found = found or (bidi in _STRONG_RIGHT and ch.isalpha())
    return found


def _directions(text: str, *, base_rtl: bool) -> list[bool]:
    """For each character, whether it runs from right to left."""
    strong: list[bool | None] = []
    for ch in text:
        bidi = unicodedata.bidirectional(ch)
        if bidi == "NSM" and strong:
            strong.append(strong[-1])
        else:
            strong.append(True if bidi in _STRONG_RIGHT or bidi == "AN" else False if bidi == "L" else None)
    out = [base_rtl] * len(text)
    before: bool = base_rtl
    position = 0
    while position < len(text):
        if strong[position] is not None:
            before = out[position] = bool(strong[position])
            position += 1
            continue
        end = position
        while end < len(text) and strong[end] is None:
            end += 1
        after = strong[end] if end < len(text) else base_rtl
        out[position:end] = [before if before == after else base_rtl] * (end - position)
        position = end
    _settle_brackets(text, out, base_rtl=base_rtl)
    return out


def _settle_brackets(text: str, rights: list[bool], *, base_rtl: bool) -> None:
    opened: list[tuple[str, int]] = []
    for position, ch in enumerate(text):
        if ch in _PAIRS.values():
            opened.append((ch, position))
        elif ch in _PAIRS and any(mark == _PAIRS[ch] for mark, _ in opened):
            while opened:
                mark, start = opened.pop()
                if mark == _PAIRS[ch]:
                    # Only when all between them runs against the paragraph does the closing mark follow it.
                    if rights[start] != base_rtl and all(rights[i] != base_rtl for i in range(start, position)):
                        rights[position] = not base_rtl
                    else:
                        rights[start] = rights[position] = base_rtl
                    break


def _kinds(text: str, rights: list[bool]) -> list[tuple[Kind, str]]:
    """For each character its kind and the script that picks its face."""
    out: list[tuple[Kind, str]] = []
    for position, (ch, right) in enumerate(zip(text, rights, strict=True)):
        script = script_of(ch)
        joins = script == INHERITED or (script == COMMON and unicodedata.category(ch) in ("Zs", "Cf"))
        if joins and out and rights[position - 1] == right:
            out.append(out[-1])
        elif right:
            out.append((Kind.RIGHT_TO_LEFT, script if script in _OWN_FACE else ""))
        elif script in CJK_SCRIPTS:
            out.append((Kind.EAST_ASIAN, ""))
        elif script in _COMPLEX:
            out.append((Kind.COMPLEX, script))
        else:
            out.append((Kind.LATIN, script if script in _OWN_FACE else ""))
    return out


def _foreign(text: str) -> bool:
    return any(ch.isalpha() and script_of(ch) not in ("Latn", COMMON, UNKNOWN) for ch in text)
