"""The look of a page: measures, sizes, colours. Lengths in points; everything else in this package asks here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from magdesk.document.blocks import ParagraphStyle

Colour = tuple[float, float, float]

INK: Colour = (0.09, 0.10, 0.12)
NAVY: Colour = (0.09, 0.16, 0.28)
GREY: Colour = (0.38, 0.41, 0.45)
HAIRLINE: Colour = (0.62, 0.65, 0.69)
FAINT: Colour = (0.82, 0.84, 0.86)
LINK: Colour = (0.10, 0.24, 0.45)
DRAFT: Colour = (0.925, 0.93, 0.94)
BANNER: Colour = (0.55, 0.10, 0.10)

# Tints are light enough that black text keeps its contrast when the page is copied in black and white.
SHADES: dict[str, Colour] = {
    "head": (0.905, 0.92, 0.94),
    "good": (0.90, 0.955, 0.91),
    "warn": (0.995, 0.955, 0.85),
    "bad": (0.985, 0.90, 0.89),
    "muted": (0.955, 0.96, 0.965),
}

TEXT_WIDTH = 436.0  # on every paper: lines break alike, the margins differ
LABEL_COLUMN = 40.0
BODY_TOP = 84.0  # below the upper edge of the page, as BANNER_TOP
BODY_BOTTOM = 70.0
FOOT_BASELINE = 40.0
BANNER_TOP = 28.0
NOTE_RULE_GAP = 16.0
NOTE_GAP = 2.5
NOTE_INDENT = 17.0
CELL_PADDING_X = 5.0
CELL_PADDING_Y = 3.6


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper, in points."""

    width: float
    height: float

    @property
    def margin(self) -> float:
        """What is left on each side of the text."""
        return (self.width - TEXT_WIDTH) / 2


PAPERS = {"letter": Paper(612.0, 792.0), "a4": Paper(595.28, 841.89)}
BODY_HEIGHT = min(paper.height for paper in PAPERS.values()) - BODY_TOP - BODY_BOTTOM


class Align(StrEnum):
    """Where the lines of a paragraph stand."""

    START = "start"
    CENTRE = "centre"
    END = "end"
    JUSTIFY = "justify"


@dataclass(frozen=True, slots=True)
class Type:
    """How running text is set.

    Attributes:
        family: ``serif``, ``sans`` or ``mono``.
        size: in points.
        leading: distance of baselines in points.
    """

    family: str = "serif"
    size: float = 10.5
    leading: float = 15.0
    bold: bool = False
    italic: bool = False
    colour: Colour = INK
    align: Align = Align.JUSTIFY
    tracking: float = 0.0
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class Spacing:
    """White space around a block; of two neighbours the larger counts."""

    before: float
    after: float


BODY = Type()
NOTE = Type(size=8.6, leading=11.6)
QUOTE = Type(size=9.8, leading=13.8)
CELL = Type(family="sans", size=8.4, leading=11.6, align=Align.START)
HEAD_CELL = Type(family="sans", size=8.0, leading=11.0, bold=True, colour=NAVY, align=Align.START)
LABEL = Type(family="sans", size=8.2, leading=15.0, colour=GREY, align=Align.START)
CAPTION = Type(family="sans", size=8.6, leading=12.0, bold=True, colour=NAVY, align=Align.START)
RUNNING = Type(family="sans", size=7.6, leading=10.0, colour=GREY, align=Align.START)
BANNER_TYPE = Type(family="sans", size=7.4, leading=10.0, bold=True, colour=BANNER, align=Align.CENTRE, tracking=0.05)
CONTENTS = (
    Type(family="sans", size=9.4, leading=13.5, bold=True, colour=NAVY, align=Align.START),
    Type(family="serif", size=10.0, leading=14.0, align=Align.START),
    Type(family="serif", size=9.5, leading=13.2, align=Align.START),
    Type(family="serif", size=9.0, leading=12.6, italic=True, align=Align.START),
)
HEADINGS = (
    Type(family="sans", size=15.0, leading=19.5, bold=True, colour=NAVY, align=Align.START),
    Type(family="sans", size=11.8, leading=15.8, bold=True, colour=NAVY, align=Align.START),
    Type(family="sans", size=10.0, leading=14.0, bold=True, colour=INK, align=Align.START),
    Type(family="serif", size=10.5, leading=14.5, italic=True, bold=True, colour=INK, align=Align.START),
)
TITLE_SCALES = (1.0, 0.88, 0.78, 0.7)
HEADING_SPACE = (Spacing(26, 9), Spacing(19, 6), Spacing(14, 4), Spacing(11, 3))
CELL_HEADINGS = (
    Type(family="sans", size=9.6, leading=12.6, bold=True, colour=NAVY, align=Align.START),
    Type(family="sans", size=9.0, leading=12.0, bold=True, colour=NAVY, align=Align.START),
    Type(family="sans", size=8.4, leading=11.6, bold=True, align=Align.START),
    Type(family="sans", size=8.4, leading=11.6, italic=True, align=Align.START),
)

PARAGRAPHS: dict[ParagraphStyle, tuple[Type, Spacing]] = {
    ParagraphStyle.BODY: (BODY, Spacing(0, 8)),
    ParagraphStyle.LEAD: (Type(size=12.0, leading=17.2, colour=NAVY, align=Align.START), Spacing(0, 10)),
    ParagraphStyle.SMALL: (Type(size=8.8, leading=12.2, colour=GREY), Spacing(0, 5)),
    ParagraphStyle.TITLE: (
        Type(family="serif", size=25.0, leading=32.0, bold=True, colour=NAVY, align=Align.CENTRE),
        Spacing(0, 12),
    ),
    ParagraphStyle.SUBTITLE: (
        Type(family="serif", size=14.0, leading=20.0, italic=True, colour=GREY, align=Align.CENTRE),
        Spacing(2, 10),
    ),
    ParagraphStyle.CENTRED: (Type(align=Align.CENTRE), Spacing(0, 6)),
    ParagraphStyle.ADDRESS: (Type(align=Align.START), Spacing(0, 10)),
    ParagraphStyle.CAPTION: (CAPTION, Spacing(2, 6)),
    ParagraphStyle.BANNER: (
        Type(family="sans", size=9.0, leading=13.0, bold=True, colour=BANNER, align=Align.CENTRE, tracking=0.06),
        Spacing(4, 10),
    ),
}
