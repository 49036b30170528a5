"""Where in a source: page, paragraph, time, cell, as citation styles write it."""

from __future__ import annotations

import re

from magdesk.model.facts import PinpointKind
from magdesk.values import clean_text

_TYPED_PREFIX = {
    PinpointKind.PAGE: re.compile(r"^(?:pages?|pp?)\b\.?\s*(?=\w)|^at\s+", re.IGNORECASE),
    PinpointKind.PARAGRAPH: re.compile(r"^(?:paragraphs?|paras?|¶+)\.?\s*", re.IGNORECASE),
    PinpointKind.TIME: re.compile(r"^(?:time|at)\b\.?\s*", re.IGNORECASE),
    PinpointKind.CELL: re.compile(r"^cells?\b\.?\s*", re.IGNORECASE),
    PinpointKind.MESSAGE: re.compile(r"^(?:messages?|msg)\b\.?\s*(?=\w)", re.IGNORECASE),
    PinpointKind.LINE: re.compile(r"^lines?\b\.?\s*(?=\w)", re.IGNORECASE),
}
_RANGE = re.compile(r"(?<=\d)\s*[-–—]\s*(?=\d)")
_SEVERAL = re.compile(r"\d\s*[–,;&]|\band\b")


def pinpoint(kind: PinpointKind, text: str, style: str = "bluebook") -> str:
    """The pinpoint in words: ``at 4``, ``¶¶ 12–14``, ``at 00:03:10``, ``sheet Transfers, cell B7``.

    Args:
        kind: what the place is counted in.
        text: the place as entered, with or without a word such as ``p.`` before it.
        style: ``bluebook`` or ``oscola``.

    Returns:
        Empty when there is no place to name.
    """
    place = " ".join(clean_text(text, multiline=False).split())
    if kind in _TYPED_PREFIX:
        place = _TYPED_PREFIX[kind].sub("", place)
    if not place:
        return ""
    if kind not in (PinpointKind.CELL, PinpointKind.WHOLE):
        place = _RANGE.sub("–", place)
    several = bool(_SEVERAL.search(place))
    oscola = style == "oscola"
    match kind:
        case PinpointKind.PAGE:
            return f"{'pp' if several else 'p'} {place}" if oscola else f"at {place}"
        case PinpointKind.PARAGRAPH:
            if oscola:
                return f"{'paras' if several else 'para'} {place}"
            return f"{'¶¶' if several else '¶'} {place}"
        case PinpointKind.TIME:
            return f"at {place}"
        case PinpointKind.CELL:
            return _cell(place)
        case PinpointKind.MESSAGE:
            return f"{'messages' if several else 'message'} {place}"
        case PinpointKind.LINE:
            return f"{'lines' if several else 'line'} {place}"
        case PinpointKind.WHOLE:
            return place


def _cell(place: str) -> str:
    sheet, bang, cells = place.rpartition("!")
    word = "cells" if ":" in cells or "," in cells else "cell"
    cells = cells.replace(":", "–").replace("$", "")
    return f"sheet {sheet.strip(chr(39))}, {word} {cells}" if bang and sheet else f"{word} {cells}"
