"""What a page is filled with from top to bottom: lines, rules, pictures, rows. Each knows its height beforehand."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import Protocol

from magdesk.document.blocks import Drawing
from magdesk.render.pdf.paragraphs import Line
from magdesk.render.pdf.styles import Colour, Spacing


class Surface(Protocol):
    """Where slugs draw themselves: see :class:`magdesk.render.pdf.painter.Painter`."""

    def line(self, line: Line, x: float, top: float) -> None:
        """Draw a line of text, its links and its note marks."""

    def beside(self, balance: int) -> None:
        """Tell what stands beside the lines to come, in other cells; 0 after them."""

    def contents_line(self, slug: ContentsSlug, x: float, top: float) -> None:
        """Draw a line of the contents with its leader and page number."""

    def rule(self, x: float, y: float, width: float, thickness: float, colour: Colour) -> None:
        """Draw a horizontal rule."""

    def box(self, x: float, top: float, width: float, height: float, colour: Colour) -> None:
        """Fill a box."""

    def image(self, data: bytes, alt: str, x: float, top: float, width: float, height: float) -> None:
        """Draw a picture."""

    def drawing(self, drawing: Drawing, box: tuple[float, float, float, float], *, turned: bool) -> None:
        """Draw a drawing into a box (left, top, width, height), turned to the left where the page is too narrow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slug:
    """A piece of the vertical list.

    Attributes:
        height: in points.
        before: least white space above, unless at the head of a page.
        after: least white space below; of two neighbours the larger counts.
        keep: whether no page may end after it.
        notes: indexes of the notes whose marks stand in it.
        anchors: names of places that begin here.
        outline: level and title of a heading that begins here.
    """

    height: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    notes: tuple[int, ...] = ()
    anchors: tuple[str, ...] = ()
    outline: tuple[int, str] | None = None

    def draw(self, surface: Surface, x: float, top: float) -> None:
        """Draw with the upper left corner at this place."""

    def split(self, room: float) -> tuple[Slug, Slug] | None:
        """Two slugs of which the first is no higher than the room; ``None`` when it cannot be parted so."""
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSlug(Slug):
    """A line of text.

    Attributes:
        x: distance from the left edge of the column.
        labels: what hangs beside it (a fact's number, a bullet), each with its left end in the column.
    """

    line: Line
    x: float = 0.0
    labels: tuple[tuple[Line, float], ...] = ()

    def draw(self, surface: Surface, x: float, top: float) -> None:
        """Draw the labels and the line on one baseline."""
        for label, left in self.labels:
            surface.line(label, x + left, top + self.line.baseline - label.baseline)
        surface.line(self.line, x + self.x, top)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsSlug(Slug):
    """A line of the contents.

    Attributes:
        anchor: where it leads.
        last: whether the page number stands on this line.
        width: of the column.
        level: of the heading, from 1.
    """

    line: Line
    x: float
    anchor: str
    last: bool
    width: float
    level: int

    def draw(self, surface: Surface, x: float, top: float) -> None:
        """Draw text, leader and number."""
        surface.contents_line(self, x, top)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSlug(Slug):
    """A horizontal rule in the middle of its height."""

    x: float
    width: float
    thickness: float
    colour: Colour

    def draw(self, surface: Surface, x: float, top: float) -> None:
        """Draw the rule."""
        surface.rule(x + self.x, top + self.height / 2, self.width, self.thickness, self.colour)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSlug(Slug):
    """A picture."""

    data: bytes
    alt: str
    x: float
    width: float

    def draw(self, surface: Surface, x: float, top: float) -> None:
        """Draw the picture."""
        surface.image(self.data, self.alt, x + self.x, top, self.width, self.height)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawingSlug(Slug):
    """A drawing, scaled to its box.

    Attributes:
        turned: whether it is read from the right edge of the page.
    """

    drawing: Drawing
    x: float
    width: float
    turned: bool

    def draw(self, surface: Surface, x: float, top: float) -> None:
        """Draw its shapes."""
        surface.drawing(self.drawing, (x + self.x, top, self.width, self.height), turned=self.turned)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceSlug(Slug):
    """White space; none at the head of a page unless it opens the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakSlug(Slug):
    """The end of a page."""


def stack_height(slugs: tuple[Slug, ...]) -> float:
    """The height of slugs one below the other, without white space above the first and below the last."""
    total = 0.0
    for number, slug in enumerate(slugs):
        if number:
            total += gap(slugs[number - 1], slug)
        total += slug.height
    return total


def gap(above: Slug, below: Slug) -> float:
    """The white space between two neighbours."""
    return max(above.after, below.before)


def spaced(slugs: list[Slug], space: Spacing) -> list[Slug]:
    """The slugs with at least this white space around them all."""
    if slugs:
        slugs[0] = replace(slugs[0], before=max(slugs[0].before, space.before))
        slugs[-1] = replace(slugs[-1], after=max(slugs[-1].after, space.after))
    return slugs


def take(slugs: tuple[Slug, ...], room: float) -> tuple[tuple[Slug, ...], tuple[Slug, ...]]:
    """The slugs that fit into the room, and the others; never parts what is kept together unless it must."""
    height = 0.0
    count = 0
    for number, slug in enumerate(slugs):
        height += slug.height + (gap(slugs[number - 1], slug) if number else 0.0)
        if height > room + 0.01:
            break
        count = number + 1
    best = count
    while 0 < best < len(slugs) and slugs[best - 1].keep:
        best -= 1
    if best == 0:
        best = count
    first, rest = slugs[:best], slugs[best:]
    if rest:
        done = stack_height(first) + (gap(first[-1], rest[0]) if first else 0.0)
        parts = rest[0].split(room - done) if best == count else None
        if parts is not None:
            return (*first, parts[0]), (parts[1], *rest[1:])
        rest = (replace(rest[0], before=0.0), *rest[1:])
    return first, rest


def image_size(data: bytes) -> tuple[int, int]:
    """Width and height of a picture in pixels."""
    from PIL import Image  # noqa: PLC0415 - few documents have pictures, and the import is slow

    with Image.open(io.BytesIO(data)) as picture:
        return picture.size
