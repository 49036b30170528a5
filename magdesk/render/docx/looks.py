"""How each paragraph role looks: the one place to change the typography of every document.

Built-in style names wherever Word has them, so that a reader's own tools work on the file. Times New Roman
throughout: it is on every Word machine, carries the scripts that cases most often need, and Linux has a metrically
equal face, so pages break alike. Sizes are in half-points, lengths in twips.
"""

from __future__ import annotations

from dataclasses import dataclass

from magdesk.document.blocks import ParagraphStyle

INK = "1F2A3A"
NAVY = "1F3552"
GREY = "5F6773"
LINE_GREY = "B8BEC7"

TEXT_WIDTH = 9360
"""The width of the text, the same on every paper: six inches and a half."""

HANG = 720
"""The width of the margin column that fact numbers stand in."""

BODY_LINE = 300
"""The height of one line of body text."""

STYLE_IDS = {
    ParagraphStyle.BODY: "BodyText",
    ParagraphStyle.LEAD: "Lead",
    ParagraphStyle.SMALL: "SmallText",
    ParagraphStyle.TITLE: "Title",
    ParagraphStyle.SUBTITLE: "Subtitle",
    ParagraphStyle.CENTRED: "Centred",
    ParagraphStyle.ADDRESS: "Address",
    ParagraphStyle.CAPTION: "Caption",
    ParagraphStyle.BANNER: "Banner",
}


@dataclass(frozen=True, slots=True)
class Look:
    """One paragraph style."""

    id: str
    name: str
    based_on: str = "Normal"
    next: str = ""
    size: int = 0
    bold: bool = False
    italic: bool = False
    small_caps: bool = False
    colour: str = ""
    before: int | None = None
    after: int | None = None
    line: int | None = None
    left: int = 0
    right: int = 0
    hanging: int = 0
    align: str = ""
    keep_next: bool = False
    keep_lines: bool = False
    outline: int | None = None
    tabs: tuple[tuple[str, int, str], ...] = ()
    rule: str = ""
    gallery: bool = False
    contextual: bool = False


_RIGHT_EDGE = 9360
LOOKS = (
    Look("BodyText", "Body Text", after=140, gallery=True),
    Look("Lead", "Lead", "BodyText", size=26, after=180, colour=INK, gallery=True),
    Look("SmallText", "Small Text", "BodyText", size=20, after=80, line=245, gallery=True),
    Look("NumberedFact", "Numbered Fact", "BodyText", left=HANG, hanging=HANG, tabs=(("left", HANG, ""),),
         gallery=True),
    Look("Title", "Title", next="BodyText", size=44, bold=True, colour=NAVY, before=360, after=160, line=250,
          align="center", keep_next=True, keep_lines=True, gallery=True),
    Look("Subtitle", "Subtitle", next="BodyText", size=28, colour=GREY, after=200, align="center", keep_lines=True,
          gallery=True),
    Look("Centred", "Centred", "BodyText", align="center", gallery=True),
    Look("Address", "Address", "BodyText", after=0, keep_lines=True, gallery=True),
    Look("Banner", "Banner", size=18, bold=True, colour=GREY, before=40, after=120, line=240, align="center",
          keep_lines=True, gallery=True),
    Look("Heading1", "heading 1", next="BodyText", size=32, bold=True, colour=NAVY, before=400, after=140, line=250,
          keep_next=True, keep_lines=True, outline=0, rule="bottom", gallery=True),
    Look("Heading2", "heading 2", next="BodyText", size=27, bold=True, colour=NAVY, before=300, after=100, line=250,
          keep_next=True, keep_lines=True, outline=1, gallery=True),
    Look("Heading3", "heading 3", next="BodyText", size=24, bold=True, colour=INK, before=240, after=80, line=250,
          keep_next=True, keep_lines=True, outline=2, gallery=True),
    Look("Heading4", "heading 4", next="BodyText", size=24, italic=True, colour=INK, before=200, after=80, line=250,
          keep_next=True, keep_lines=True, outline=3, gallery=True),
    Look("TOCHeading", "TOC Heading", next="BodyText", size=32, bold=True, colour=NAVY, before=400, after=140,
          line=250, keep_next=True, keep_lines=True, rule="bottom", gallery=True),
    Look("BlockText", "Block Text", "BodyText", size=22, left=HANG, right=HANG, gallery=True),
    Look("ListParagraph", "List Paragraph", "BodyText", after=80, gallery=True),
    Look("ListContinue", "List Continue", "BodyText", after=80),
    Look("Caption", "caption", next="BodyText", size=20, bold=True, colour=INK, before=160, after=80, line=245,
          keep_lines=True, gallery=True),
    Look("Figure", "Figure", next="Caption", before=120, after=60, line=240, align="center"),
    Look("TableText", "Table Text", size=20, before=20, after=40, line=245, gallery=True),
    Look("TableHeading", "Table Heading", "TableText", bold=True, colour=NAVY, gallery=True),
    Look("TableSmall", "Table Small", "TableText", size=18, after=30, line=235),
    Look("FootnoteText", "footnote text", size=19, after=40, line=240),
    Look("TOC1", "toc 1", next="BodyText", bold=True, before=100, after=40,
          tabs=(("right", _RIGHT_EDGE, "dot"),)),
    Look("TOC2", "toc 2", next="BodyText", after=30, left=280, tabs=(("right", _RIGHT_EDGE, "dot"),)),
    Look("TOC3", "toc 3", next="BodyText", size=22, after=20, left=560, tabs=(("right", _RIGHT_EDGE, "dot"),)),
    Look("TOC4", "toc 4", next="BodyText", size=22, after=20, left=840, tabs=(("right", _RIGHT_EDGE, "dot"),)),
    Look("Header", "header", size=18, colour=GREY, line=240,
          tabs=(("center", _RIGHT_EDGE // 2, ""), ("right", _RIGHT_EDGE, ""))),
    Look("Footer", "footer", size=17, colour=GREY, line=240, align="center",
          tabs=(("center", _RIGHT_EDGE // 2, ""), ("right", _RIGHT_EDGE, ""))),
    Look("Rule", "Rule", next="BodyText", size=8, after=140, rule="bottom"),
    Look("Spacer", "Spacer", next="BodyText", size=2),
)  # fmt: skip
