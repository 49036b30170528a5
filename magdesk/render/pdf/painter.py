"""Pages drawn: text, notes, furniture of the page, links and bookmarks."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

from reportlab.lib.utils import ImageReader

from magdesk.document.blocks import Document, Drawing, Text
from magdesk.render.pdf import styles
from magdesk.render.pdf.canvas import PdfCanvas
from magdesk.render.pdf.drawings import draw
from magdesk.render.pdf.notes import mark_anchor, note_anchor
from magdesk.render.pdf.pages import NotePart, PageMatter
from magdesk.render.pdf.paragraphs import Composer, Line, Placed
from magdesk.render.pdf.richtext import rich_text
from magdesk.render.pdf.shaping import ClickTarget
from magdesk.render.pdf.slugs import ContentsSlug, Slug
from magdesk.render.pdf.styles import Align, Colour, Type

BoxEdges = tuple[float, float, float, float]


class Painter:
    """Draws the pages of one document; the places named in it are known before the first page is drawn."""

    def __init__(
        self,
        canvas: PdfCanvas,
        composer: Composer,
        document: Document,
        banner: Sequence[Line],
        body_top: float,
        anchors: dict[str, int],
        pages: int,
    ) -> None:
        self._canvas = canvas
        self._composer = composer
        self._document = document
        self._paper = styles.PAPERS[document.paper]
        self._banner = banner
        self._body_top = body_top
        self._anchors = anchors
        self._keys = {name: f"p{number}" for number, name in enumerate(anchors)}
        self._pages = pages
        self._marked: set[str] = set()
        self._outline_level = -1
        self._beside = 0

    def page(self, page: PageMatter, number: int) -> None:
        """Draw a page.

        Args:
            page: what stands on it.
            number: from 1.
        """
        if self._document.draft:
            self._draft_mark()
        self._head(number)
        for slug, top in page.placed:
            y = self._body_top + top
            self._places(slug, y)
            slug.draw(self, self._paper.margin, y)
        self._notes(page.notes)
        self._foot(number)
        self._canvas.showPage()

    # --------------------------------------------------------------------------------------- surface

    def line(self, line: Line, x: float, top: float) -> None:
        """Draw a line of text, its links and its note marks."""
        if not line.pieces:
            return
        baseline = self._paper.height - top - line.baseline
        self._canvas.text_line(line.pieces, x, baseline, self._beside)
        for note in line.notes:
            self._mark(mark_anchor(note), top)
        self._links(line, x, top)

    def beside(self, balance: int) -> None:
        """Tell what stands beside the lines to come: how far words from right to left outnumber the others."""
        self._beside = balance

    def contents_line(self, slug: ContentsSlug, x: float, top: float) -> None:
        """Draw a line of the contents with its leader and page number."""
        self.line(slug.line, x + slug.x, top)
        right = x + slug.width
        y = self._paper.height - top
        if slug.last:
            style = styles.CONTENTS[slug.level - 1]
            number = self._set(str(self._anchors.get(slug.anchor, 0)), replace(style, bold=False, italic=False))
            self.line(number, right - number.right, top + slug.line.baseline - number.baseline)
            dots = self._set(".", replace(style, bold=False, italic=False, colour=styles.GREY, family="serif"))
            step = 5.0
            start = x + slug.x + slug.line.right + 6.0
            place = right - 26.0
            pieces: list[Placed] = []
            while place > start:
                pieces.append(Placed(dots.pieces[0].piece, place))
                place -= step
            if pieces:
                self._canvas.text_line(pieces[::-1], 0.0, y - slug.line.baseline)
        key = self._keys.get(slug.anchor)
        if key is not None:
            box = (x + slug.x, y - slug.height, right, y)
            self._canvas.linkAbsolute("", key, box, thickness=0)

    def rule(self, x: float, y: float, width: float, thickness: float, colour: Colour) -> None:
        """Draw a horizontal rule."""
        height = self._paper.height - y
        self._canvas.line_between(x, height, x + width, height, thickness, colour)

    def box(self, x: float, top: float, width: float, height: float, colour: Colour) -> None:
        """Fill a box."""
        self._canvas.fill_box(x, self._paper.height - top - height, width, height, colour)

    def image(self, data: bytes, alt: str, x: float, top: float, width: float, height: float) -> None:
        """Draw a picture with its description."""
        text = alt.encode("utf-16-be", "replace").hex().upper()
        self._canvas.operators(f"/Figure <</Alt <FEFF{text}>>> BDC")
        reader = ImageReader(io.BytesIO(data))
        self._canvas.drawImage(reader, x, self._paper.height - top - height, width, height, mask="auto")
        self._canvas.operators("EMC")

    def drawing(self, drawing: Drawing, box: BoxEdges, *, turned: bool) -> None:
        """Draw a drawing into a box (left, top, width, height), turned to the left where the page is too narrow."""
        left, top, width, height = box
        scale = (height if turned else width) / drawing.width
        text = drawing.alt.encode("utf-16-be", "replace").hex().upper()
        self._canvas.operators(f"/Figure <</Alt <FEFF{text}>>> BDC")
        self._canvas.saveState()
        low = self._paper.height - top - height
        if turned:
            self._canvas.transform(0, 1, -1, 0, left + width, low)
        else:
            self._canvas.transform(1, 0, 0, 1, left, low)
        draw(drawing, self._composer, _Board(self, left, low, width if turned else 0.0), scale)
        self._canvas.restoreState()
        self._canvas.operators("EMC")

    def operators(self, text: str) -> None:
        """Append operators to the page's content."""
        self._canvas.operators(text)

    def drawn_line(self, line: Line, x: float, baseline: float) -> None:
        """Draw a line of text in the coordinates that hold now."""
        if line.pieces:
            self._canvas.text_line(line.pieces, x, baseline)

    def link(self, target: ClickTarget, box: BoxEdges) -> None:
        """Let a click on a box of the page (left, lower, right, upper) open what a piece of text refers to."""
        self._link(target, box)

    # ----------------------------------------------------------------------------------- page furniture

    def _head(self, number: int) -> None:
        top = styles.BANNER_TOP
        for line in self._banner:
            self.line(line, self._paper.margin, top)
            top += line.height
        head = self._document.running_head
        if head and number > 1:
            y = self._body_top - 24.0
            line = self._fitted(head, styles.RUNNING, styles.TEXT_WIDTH)
            self.line(line, self._paper.margin, y - line.height)
            self.rule(self._paper.margin, y + 1.5, styles.TEXT_WIDTH, 0.4, styles.FAINT)

    def _foot(self, number: int) -> None:
        top = self._paper.height - styles.FOOT_BASELINE
        if self._document.page_numbers and not (self._document.cover and number == 1):
            line = self._set(f"{number} of {self._pages}", styles.RUNNING)
            x = self._paper.margin + (styles.TEXT_WIDTH - line.right) / 2
            self.line(line, x, top - line.baseline)
        if self._document.draft:
            line = self._set("DRAFT", replace(styles.BANNER_TYPE, align=Align.START))
            self.line(line, self._paper.margin + styles.TEXT_WIDTH - line.right, top - line.baseline)

    def _draft_mark(self) -> None:
        """Draw the word across the page as shapes: as text it would be scattered through what is copied."""
        line = self._set("DRAFT", Type(family="sans", size=150, leading=180, bold=True, colour=styles.DRAFT))
        self._canvas.saveState()
        self._canvas.translate(self._paper.width / 2, self._paper.height / 2)
        self._canvas.rotate(52)
        self._canvas.shape_line(line.pieces, -line.right / 2, -54)
        self._canvas.restoreState()

    def _notes(self, parts: list[NotePart]) -> None:
        if not parts:
            return
        height = sum(part.height for part in parts) + styles.NOTE_GAP * (len(parts) - 1)
        top = self._paper.height - styles.BODY_BOTTOM - height
        # As in word processors, a rule of full width says that the first note goes on from the page before.
        width = styles.TEXT_WIDTH if parts[0].continued else 120.0
        self.rule(self._paper.margin, top - 6.0, width, 0.5, styles.HAIRLINE)
        for part in parts:
            for slug in part.lines:
                self._places(slug, top)
                slug.draw(self, self._paper.margin, top)
                top += slug.height
            top += styles.NOTE_GAP

    def _set(self, text: str, style: Type) -> Line:
        return self._composer.single(rich_text((Text(text),), style, None), style)

    def _fitted(self, text: str, style: Type, width: float) -> Line:
        """The text on one line, its end left out where it is too long."""
        line = self._set(text, style)
        while line.right > width and len(text) > 4:
            text = text[: max(3, int(len(text) * width / line.right) - 2)].rstrip()
            line = self._set(text + "…", replace(style, align=Align.START))
        return line

    # ------------------------------------------------------------------------------- places and links

    def _places(self, slug: Slug, top: float) -> None:
        for name in slug.anchors:
            self._mark(name, top)
        if slug.outline is not None and slug.anchors:
            level, title = slug.outline
            depth = min(level - 1, self._outline_level + 1)
            self._outline_level = depth
            key = self._keys.get(slug.anchors[0])
            if key is not None:
                self._canvas.addOutlineEntry(title or "…", key, depth, closed=depth > 0)

    def _mark(self, name: str, top: float) -> None:
        key = self._keys.get(name)
        if key is None or name in self._marked:
            return
        self._marked.add(name)
        self._canvas.bookmarkPage(key, fit="XYZ", left=0, top=round(self._paper.height - top + 6, 2), zoom=0)

    def _links(self, line: Line, x: float, top: float) -> None:
        y1 = self._paper.height - top
        for target, left, right in spans_of_links(line):
            self._link(target, (x + left, y1 - line.height, x + right, y1))

    def _link(self, target: ClickTarget, box: BoxEdges) -> None:
        if target.kind == "url":
            # A PDF that runs what a source put into an address would be an attack on its reader.
            if target.value.lower().startswith(("https://", "http://", "mailto:")):
                self._canvas.web_link(target.value, box)
        elif target.kind == "exhibit":
            self._canvas.file_link(self._document.exhibits_file, int(target.value), box)
        else:
            names = {"note": note_anchor, "mark": mark_anchor}
            name = names[target.kind](int(target.value)) if target.kind in names else target.value
            key = self._keys.get(name)
            if key is not None:
                self._canvas.linkAbsolute("", key, box, thickness=0)


class _Board:
    """A drawing's place on a page: what is drawn in its coordinates is clicked in those of the page."""

    def __init__(self, painter: Painter, left: float, low: float, turned: float) -> None:
        self._painter = painter
        self._left, self._low = left, low
        self._turned = turned

    def operators(self, text: str) -> None:
        """Append operators to the page's content."""
        self._painter.operators(text)

    def words(self, line: Line, x: float, baseline: float) -> None:
        """Draw a line of text and its links."""
        self._painter.drawn_line(line, x, baseline)
        low, high = baseline + line.baseline - line.height, baseline + line.baseline
        for target, first, last in spans_of_links(line):
            if self._turned:
                edge = self._left + self._turned
                box = (edge - high, self._low + x + first, edge - low, self._low + x + last)
            else:
                box = (self._left + x + first, self._low + low, self._left + x + last, self._low + high)
            self._painter.link(target, box)


def spans_of_links(line: Line) -> list[tuple[ClickTarget, float, float]]:
    """What the pieces of a line refer to, each with its left and right end in the line's box."""
    out: list[tuple[ClickTarget, float, float]] = []
    current: ClickTarget | None = None
    for placed in line.pieces:
        target = placed.piece.look.target
        right = placed.x + placed.piece.width
        if target is not None and target == current:
            out[-1] = (target, out[-1][1], right)
        elif target is not None:
            out.append((target, placed.x, right))
        current = target
    return out
