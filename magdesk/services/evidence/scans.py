"""Which items are pictures of pages, and what a program has read off them already."""

from __future__ import annotations

import re
from collections.abc import Iterable

from magdesk.intake.ocr import PAGES_WITHOUT_TEXT, RECOGNISED_BY
from magdesk.model.evidence import Detail
from magdesk.pageranges import PAGES_RECOGNISED, numbers_in

_PDF = "application/pdf"
_DRAWN = ("image/svg+xml", "image/vnd.adobe.photoshop")
_LANGUAGES = re.compile(r"\(([\w+]+)\)$")
_NOT_HERE = "Pages whose text is to be read by machine again"


def is_scan(media_type: str, text_layer: bool, details: Iterable[Detail] = ()) -> bool:
    """Whether a file shows pages or pictures whose text it does not hold.

    Args:
        text_layer: whether it holds any text of its own.
        details: what was found in it; a PDF may hold the text of some pages only.
    """
    if media_type == _PDF:
        return not text_layer or any(one.name == PAGES_WITHOUT_TEXT for one in details)
    return media_type.startswith("image/") and media_type not in _DRAWN


def recognised_pages(details: Iterable[Detail]) -> str:
    """The pages whose text was recognised by a program, such as ``1–3, 7``; empty for none."""
    return next((one.value for one in details if one.name == PAGES_RECOGNISED), "")


def recognised_numbers(details: Iterable[Detail]) -> set[int]:
    """The numbers of the pages whose text was recognised by a program."""
    return numbers_in(recognised_pages(details))


def pages_without_text(details: Iterable[Detail]) -> set[int]:
    """The numbers of the pages of a PDF that hold no text of their own."""
    return numbers_in(next((one.value for one in details if one.name == PAGES_WITHOUT_TEXT), ""))


def recognised_in(details: Iterable[Detail]) -> tuple[str, ...]:
    """The languages in which the text was recognised."""
    told = next((one.value for one in details if one.name == RECOGNISED_BY), "")
    match = _LANGUAGES.search(told)
    return tuple(match[1].split("+")) if match else ()


def say_unread(details: Iterable[Detail]) -> None:
    """Where the text that was recognised cannot be had again, say so in its place."""
    for one in details:
        if one.name == PAGES_RECOGNISED:
            one.name = _NOT_HERE
