"""Plain text is typeset, line for line, and says on each page that this is not its own look."""

from __future__ import annotations

import io
from typing import BinaryIO

from magdesk.document.blocks import Document, LineBreak, Paragraph, ParagraphStyle, Text
from magdesk.i18n import _
from magdesk.intake.conversion.refusal import OPEN_ORIGINAL, TOO_LARGE
from magdesk.intake.textform import encoding_said, text_form
from magdesk.isolates import with_numbers_in_order
from magdesk.packet.converters.result import NoPages, Pages
from magdesk.packet.exhibits import ExhibitInput
from magdesk.render.pdf import render_pdf
from magdesk.values import clean_text

# Files of markup that are no page of their own are shown as they are written.
TEXT_TYPES = frozenset({
    "text/plain", "text/markdown", "text/csv", "text/tab-separated-values", "text/calendar", "text/vcard", "text/vtt",
    "text/x-subrip", "application/json", "application/geo+json", "application/xml", "application/gpx+xml",
    "application/vnd.google-earth.kml+xml", "image/svg+xml",
})  # fmt: skip
_MOST_BYTES = 400_000


def convert_text(item: ExhibitInput) -> Pages | NoPages:
    """The text set in pages."""
    if item.size > _MOST_BYTES:
        return NoPages(_("The text is too long to be converted into pages."), TOO_LARGE)
    with item.open() as stream:
        form = text_form(stream.read(), item.media_type, item.encoding)
    text = clean_text(form.text).replace("\f", "\n")
    if not text.strip():
        return NoPages(_("The text file contains no text."), OPEN_ORIGINAL)
    out = io.BytesIO()
    pages = render_pdf(_document(text), out).pages
    data = out.getvalue()

    def opened() -> BinaryIO:
        return io.BytesIO(data)

    notes = [_("The layout is MagDesk’s own and does not reproduce how the file looked.")]
    if item.media_type == "image/svg+xml":
        notes.append(_("The drawing is shown as its source text; open the original to see it."))
    notes += [sentence for sentence in (encoding_said(form), *form.notes) if sentence]
    return Pages(pages, opened, native=True, converted=True, notes=tuple(notes))


def _document(text: str) -> Document:
    blocks: list[Paragraph] = []
    for part in text.split("\n\n"):
        runs: list[Text | LineBreak] = []
        for line in part.strip("\n").split("\n"):
            shown = with_numbers_in_order(line.expandtabs(8).replace("  ", "\u00a0\u00a0"))
            runs += [Text(shown, mono=True), LineBreak()]
        blocks.append(Paragraph(tuple(runs[:-1]), ParagraphStyle.SMALL, each_line=True))
    return Document(
        title=_("Converted view of a text file"),
        running_head=_("Converted view of a text file, not its original layout"),
        blocks=tuple(blocks),
        page_numbers=False,
    )
