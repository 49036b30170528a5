"""A piece of evidence becomes its citation in one of the styles."""

from __future__ import annotations

import re
from collections.abc import Callable

from magdesk.citations.bluebook import bluebook
from magdesk.citations.oscola import oscola
from magdesk.citations.source import CitableSource, source_of
from magdesk.citations.text import CitationText, CitationWriter
from magdesk.model.evidence import Evidence
from magdesk.values import clean_text

_STYLES: dict[str, Callable[[CitableSource, str], CitationText]] = {"bluebook": bluebook, "oscola": oscola}

# Emphasis as CommonMark has it, addresses up to the bracket or mark that ends them.
_ITALIC = re.compile(r"(?<![*\w])\*(?=\S)([^*]+?)(?<=\S)\*(?![*\w])")
_URL = re.compile(r"https?://(?:[^\s<>\[\]\"“”()]|\([^\s()<>]*\))+(?<![.,;:])")


def cite(
    item: Evidence, *, style: str = "bluebook", speaker: str = "", on_file_with: str = "", at: str = ""
) -> CitationText:
    """The citation of the item, without a closing full stop.

    Args:
        item: the evidence; its own ``cite_as`` overrides the style.
        style: ``bluebook`` or ``oscola``.
        speaker: the person whose statement it is, as it may be printed: a pseudonym while protected.
        on_file_with: who keeps the item, for what has no permanent public address.
        at: the pinpoint, already formatted; it stands where the style wants it.

    Raises:
        ValueError: there is no such style.
    """
    if style not in _STYLES:
        raise ValueError(f"no citation style {style!r}")
    own = " ".join(clean_text(item.cite_as or "", multiline=False).split())
    if own:
        return _as_entered(own, at)
    return _STYLES[style](source_of(item, speaker=speaker, on_file_with=on_file_with), at)


def _as_entered(text: str, at: str) -> CitationText:
    """The drafter's own citation: ``*words*`` are italic, addresses are links."""
    writer = CitationWriter()
    text = text[:-1] if text.endswith(".") and not text.endswith("..") else text
    position = 0
    if not _ITALIC.search(text) and not _URL.search(text):  # all of it is one field
        writer.add(text)
        position = len(text)
    for match in _ITALIC.finditer(text):
        _addressed(writer, text[position : match.start()])
        writer.add(match[1], italic=True)
        position = match.end()
    _addressed(writer, text[position:])
    writer.add(at, before=", ")
    return writer.finish()


def _addressed(writer: CitationWriter, text: str) -> None:
    position = 0
    for match in _URL.finditer(text):
        writer.typed(text[position : match.start()])
        writer.link(match[0])
        position = match.end()
    writer.typed(text[position:])
