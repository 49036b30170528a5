"""The block tree every document is built as, once, and rendered from many times.

Plain frozen values: no model rows, no fonts, no page numbers. Builders make the tree, passes turn references
into text, renderers write it. What must differ between formats is decided by the renderer, never here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

# ---------------------------------------------------------------------------------------------- inlines


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text in one style. Any mixture of scripts; the renderer itemises it.

    Attributes:
        lang: BCP 47 tag where it differs from the document's.
    """

    text: str
    bold: bool = False
    italic: bool = False
    mono: bool = False
    small_caps: bool = False
    lang: str = ""


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A forced line break."""


@dataclass(frozen=True, slots=True)
class Link:
    """Text that opens a web address. Paper keeps nothing of a link: builders print the address too, in a note."""

    inlines: tuple[Inline, ...]
    url: str


@dataclass(frozen=True, slots=True)
class ExhibitRef:
    """A reference to a page of an exhibit, printed as ``text`` and linked to that page of the bundle.

    Attributes:
        text: what is printed, e.g. ``Ex. 7 at GEN-000123``.
        page: page of the exhibit bundle file, from 1; 0 when the exhibit has no page there.
    """

    text: str
    page: int


@dataclass(frozen=True, slots=True)
class CrossRef:
    """A reference to an anchored block of the same document, printed as ``text``."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote; its mark stands where the inline stands. Renderers number notes from 1 through the document."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A party by key. A pass replaces it by a name or pseudonym; renderers never meet it.

    Attributes:
        running: whether it stands in a sentence that the drafters wrote.
        article: whether the name takes its article with it, where the drafters write one: ``the Directorate``.
    """

    party: str
    article: bool = False
    running: bool = False


@dataclass(frozen=True, slots=True)
class Cite:
    """Sources by key of a fact or of one exhibit. A pass replaces it by a note; renderers never meet it.

    Attributes:
        fact: a numbered fact, cited from elsewhere: the note points to its paragraph and gives its sources.
        evidence: one exhibit, with ``pinpoint`` as typed.
        row: any row that carries citations (a fact in its own paragraph, an identifier ...).
    """

    fact: str = ""
    evidence: str = ""
    pinpoint: str = ""
    row: str = ""


Inline = Text | LineBreak | Link | ExhibitRef | CrossRef | Note | Mention | Cite

# ----------------------------------------------------------------------------------------------- blocks


class ParagraphStyle(StrEnum):
    """The role a paragraph plays; how it looks is the renderer's."""

    BODY = "body"
    LEAD = "lead"
    SMALL = "small"
    TITLE = "title"
    SUBTITLE = "subtitle"
    CENTRED = "centred"
    ADDRESS = "address"
    CAPTION = "caption"
    BANNER = "banner"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4; it appears in the contents and in the bookmarks."""

    level: int
    inlines: tuple[Inline, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph.

    Attributes:
        label: printed in the margin column, e.g. the number of a fact (``12.``); empty for none.
        anchor: name that a :class:`CrossRef` can point to.
        lang: BCP 47 tag where the whole paragraph is in another language (decides direction).
        keep_with_next: not to be parted from the following block.
        each_line: whether every line that a :class:`LineBreak` makes runs as its own first letter does, as lines of
            a text file do; those without a letter run as the paragraph. For pages, not for Word.
    """

    inlines: tuple[Inline, ...]
    style: ParagraphStyle = ParagraphStyle.BODY
    label: str = ""
    anchor: str = ""
    lang: str = ""
    keep_with_next: bool = False
    each_line: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation.

    Attributes:
        lang: BCP 47 tag of the quoted language; right-to-left languages are set from the right.
    """

    blocks: tuple[Block, ...]
    lang: str = ""


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A bulleted or numbered list; each item is a sequence of blocks.

    Attributes:
        start: number of the first item of a numbered list; every renderer prints it, at any depth, in figures.
        behind: what stands behind each number, ``.`` or ``)``.
    """

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1
    behind: str = "."


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell.

    Attributes:
        shade: a role, not a colour: ``""``, ``head``, ``good``, ``warn``, ``bad``, ``muted``.
    """

    blocks: tuple[Block, ...]
    header: bool = False
    shade: str = ""
    span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table that may break over pages; header rows repeat.

    Attributes:
        widths: relative column widths.
        header_rows: how many first rows repeat on each page.
        caption: printed above; empty for none.
        ruled: with lines between rows; a plain table of label and value has none.
    """

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    header_rows: int = 0
    caption: tuple[Inline, ...] = ()
    ruled: bool = True


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture.

    Attributes:
        data: PNG or JPEG bytes, already free of metadata.
        width: share of the text width, 0 to 1.
        alt: what it shows, for readers who cannot see it.
    """

    data: bytes = field(repr=False)
    width: float
    alt: str
    caption: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawnBox:
    """A rectangle of a drawing.

    Attributes:
        fill: a role: ``""`` for none, ``head``, ``good``, ``warn``, ``bad``, ``muted``, ``strong``.
        line: role of its outline: ``""`` for none, ``ink``, ``navy``, ``grey``, ``faint``, ``bad``.
        weight: of the outline, in points.
        dash: lengths of strokes and gaps; empty for a solid line.
        radius: of its corners.
        hatched: whether slanted lines fill it, so that it is told apart without colour.
    """

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    line: str = ""
    weight: float = 0.8
    dash: tuple[float, ...] = ()
    radius: float = 0.0
    hatched: bool = False


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line of a drawing through points; between two points of unequal x it bends when it is curved.

    Attributes:
        line: role of its colour, as in :class:`DrawnBox`.
        head: whether an arrow stands at its last point.
        curved: whether it leaves and reaches each point upright.
        double: whether two thin lines stand for it.
    """

    points: tuple[tuple[float, float], ...]
    line: str = "ink"
    weight: float = 0.9
    dash: tuple[float, ...] = ()
    head: bool = False
    curved: bool = False
    double: bool = False


@dataclass(frozen=True, slots=True)
class DrawnText:
    """One line of text in a drawing, set smaller where it would be wider than its box.

    Attributes:
        y: upper edge of the line, which is 1.3 times the size high.
        align: ``start``, ``centre`` or ``end`` of the box.
        tone: role of its colour, as in :class:`DrawnBox`.
    """

    x: float
    y: float
    width: float
    inlines: tuple[Inline, ...]
    size: float = 8.0
    bold: bool = False
    italic: bool = False
    align: str = "centre"
    tone: str = "ink"


Drawn = DrawnBox | DrawnLine | DrawnText


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure made of lines, boxes and text, in points, y downwards. Renderers scale it to the page.

    Attributes:
        alt: what it shows, for readers who cannot see it.
        told: the same in lines of text, for formats that cannot draw.
    """

    shapes: tuple[Drawn, ...]
    width: float
    height: float
    alt: str
    caption: tuple[Inline, ...] = ()
    told: tuple[tuple[Inline, ...], ...] = ()

    @property
    def smallest(self) -> float:
        """The size of its smallest text."""
        return min((shape.size for shape in self.shapes if isinstance(shape, DrawnText)), default=8.0)


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents of headings down to ``depth``, with page numbers and links."""

    depth: int = 2


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin horizontal line."""


@dataclass(frozen=True, slots=True)
class Space:
    """Vertical space in multiples of the body line height."""

    lines: float = 1.0


Block = Heading | Paragraph | Quote | ListBlock | Table | Figure | Drawing | Contents | PageBreak | Rule | Space

# --------------------------------------------------------------------------------------------- document


@dataclass(frozen=True, slots=True)
class Document:
    """A document ready to be rendered.

    Attributes:
        title: for the metadata and the running head.
        lang: BCP 47 tag of the body.
        banner: confidentiality banner for each page; empty for none.
        running_head: short text at the top of each page but the first.
        draft: whether each page carries a DRAFT mark.
        author: for the metadata: the submitting organisation, never a user's login name.
        date: ISO date of the document, the only date in its metadata.
        exhibits_file: name of the bundle that :class:`ExhibitRef` links open.
        page_numbers: whether pages are numbered ``n of m`` at the foot.
        cover: whether the first page is a cover: no running head and no number.
        paper: ``letter`` or ``a4``.
    """

    title: str
    blocks: tuple[Block, ...]
    lang: str = "en"
    banner: str = ""
    running_head: str = ""
    draft: bool = False
    author: str = ""
    date: str = ""
    exhibits_file: str = "03-exhibits.pdf"
    page_numbers: bool = True
    cover: bool = False
    paper: str = "letter"


def plain(text: str) -> tuple[Inline, ...]:
    """One run of unstyled text."""
    return (Text(text),)


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """All blocks, outer before inner, in reading order."""
    for block in blocks:
        yield block
        match block:
            case Quote():
                yield from walk(block.blocks)
            case ListBlock():
                for item in block.items:
                    yield from walk(item)
            case Table():
                for row in block.rows:
                    for cell in row:
                        yield from walk(cell.blocks)
            case _:
                pass
