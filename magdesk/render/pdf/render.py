"""A document as PDF: set, cut into pages, drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from magdesk.document.blocks import Document, Heading, Paragraph, Text, walk
from magdesk.render.pdf import styles
from magdesk.render.pdf.canvas import PdfCanvas
from magdesk.render.pdf.contents import ContentsEntry
from magdesk.render.pdf.galley import Galley
from magdesk.render.pdf.notes import NoteBook, mark_anchor
from magdesk.render.pdf.pages import PageMatter, Paginator
from magdesk.render.pdf.painter import Painter
from magdesk.render.pdf.paragraphs import Composer, Line
from magdesk.render.pdf.richtext import NoteRegister, rich_text
from magdesk.render.pdf.setting import Setting
from magdesk.render.pdf.shaping import Shaper
from magdesk.render.scripts import is_rtl_language, printable


@dataclass(frozen=True, slots=True)
class PdfInfo:
    """What came out.

    Attributes:
        pages: number of pages.
        anchors: page, from 1, of each anchor of the document.
    """

    pages: int
    anchors: dict[str, int]


def render_pdf(document: Document, out: BinaryIO) -> PdfInfo:
    """Write a document as PDF: notes at the foot of pages, fonts embedded, same input same bytes.

    Args:
        document: what to render; mentions and citations are already resolved.
        out: takes the file.

    Returns:
        The number of pages and where the document's anchors stand.
    """
    composer = Composer(Shaper())
    register = NoteRegister()
    rtl = is_rtl_language(document.lang)
    paper = styles.PAPERS[document.paper]
    banner = _banner(document, composer)
    body_top = max(
        styles.BODY_TOP,
        styles.BANNER_TOP + sum(line.height for line in banner) + (40 if banner else 0),
    )
    headings = [block for block in walk(document.blocks) if isinstance(block, Heading)]
    entries = [
        ContentsEntry(min(max(block.level, 1), 4), block.inlines, f"heading {number}")
        for number, block in enumerate(headings)
    ]
    galley = Galley(composer, register, entries)
    slugs = galley.flow(document.blocks, Setting(x=0.0, width=styles.TEXT_WIDTH, rtl=rtl))
    paginator = Paginator(NoteBook(composer, register, rtl=rtl), paper.height - body_top - styles.BODY_BOTTOM)
    pages = paginator.paginate(slugs)
    places = _places(pages)

    canvas = PdfCanvas(out, lang=document.lang, paper=paper)
    _describe(canvas, document)
    painter = Painter(canvas, composer, document, banner, body_top, places, len(pages))
    for number, page in enumerate(pages, start=1):
        painter.page(page, number)
    canvas.save()
    own = {block.anchor for block in walk(document.blocks) if isinstance(block, Heading | Paragraph)}
    return PdfInfo(len(pages), {name: page for name, page in places.items() if name in own})


def _banner(document: Document, composer: Composer) -> list[Line]:
    if not document.banner:
        return []
    style = styles.BANNER_TYPE
    return composer.lines(rich_text((Text(document.banner),), style, None), style, styles.TEXT_WIDTH)


def _places(pages: list[PageMatter]) -> dict[str, int]:
    """The page of every name a link can point to: anchors, headings, notes and their marks."""
    places: dict[str, int] = {}
    for number, page in enumerate(pages, start=1):
        for slug, _ in page.placed:
            for name in slug.anchors:
                places.setdefault(name, number)
            for index in slug.notes:
                places.setdefault(mark_anchor(index), number)
        for part in page.notes:
            for line in part.lines:
                for name in line.anchors:
                    places.setdefault(name, number)
    return places


def _describe(canvas: PdfCanvas, document: Document) -> None:
    canvas.setTitle(printable(document.title))
    canvas.setAuthor(printable(document.author))
    canvas.setSubject("")
    canvas.setCreator("MagDesk")
    canvas.setProducer("MagDesk")
    canvas.date_stamp(document.date)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.showOutline()
