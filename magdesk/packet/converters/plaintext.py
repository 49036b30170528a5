"""Plain text is typeset, line for line, and says on each page that this is not its own look."""

from __future__ import annotations

import io
from typing import BinaryIO

from magdesk.document.blocks import Document, LineBreak, Paragraph, ParagraphStyle, Text
from magdesk.i18n import _
from magdesk.intake.readers.plain import decode
from magdesk.model.values import clean_text
from magdesk.packet.converters.result import NoPages, Pages
from magdesk.packet.exhibits import ExhibitInput
from magdesk.render.pdf import render_pdf

TEXT_TYPES = frozenset({"text/plain", "text/markdown", "text/csv", "text/tab-separated-values"})
_MOST_BYTES = 400_000


def convert_text(item: ExhibitInput) -> Pages | NoPages:
    """The text set in pages."""
    if item.size > _MOST_BYTES:
        return NoPages(_("The text is too long to be set in pages."))
    with item.open() as stream:
        text = clean_text(decode(stream.read())).replace("\f", "\n")
    if not text.strip():
        return NoPages(_("The text file holds no text."))
    out = io.BytesIO()
    pages = render_pdf(_document(text), out).pages
    data = out.getvalue()

    def opened() -> BinaryIO:
        return io.BytesIO(data)

    return Pages(pages, opened, native=True, converted=True, notes=(_("The text is set by us, not as it looked."),))


def _document(text: str) -> Document:
    blocks: list[Paragraph] = []
    for part in text.split("\n\n"):
        runs: list[Text | LineBreak] = []
        for line in part.strip("\n").split("\n"):
            runs += [Text(line.expandtabs(8).replace("  ", "\u00a0\u00a0"), mono=True), LineBreak()]
        blocks.append(Paragraph(tuple(runs[:-1]), ParagraphStyle.SMALL))
    return Document(
        title=_("Converted view of a text file"),
        running_head=_("Converted view of a text file, not its original layout"),
        blocks=tuple(blocks),
        page_numbers=False,
    )
