"""Tables: rows as slugs that may be parted between lines when no page can hold them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from magdesk.document.blocks import Block, Cell, Inline, Table
from magdesk.render.pdf import styles
from magdesk.render.pdf.setting import Setting
from magdesk.render.pdf.slugs import LineSlug, Slug, Surface, stack_height, take
from magdesk.render.pdf.slugs import gap as gap_between
from magdesk.render.pdf.styles import Spacing, Type
from magdesk.render.pdf.textwriter import balance

_TOGETHER = 150.0
_LOW_ROW = 50.0


@dataclass(frozen=True, slots=True)
class CellBox:
    """A cell of a row that has been set.

    Attributes:
        x: left edge, from the left edge of the column.
        width: with padding.
        slugs: its content, set for its inner width.
        shade: role of its ground; empty for none.
    """

    x: float
    width: float
    slugs: tuple[Slug, ...]
    shade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSlug(Slug):
    """A row of a table.

    Attributes:
        cells: from left to right.
        header: the rows that stand above this one again at the head of a page.
        top_rule: thickness of the rule above; 0 for none.
        bottom_rule: thickness of the rule below; 0 for none.
        x: left edge of the table.
        width: of the table.
    """

    cells: tuple[CellBox, ...]
    header: tuple[RowSlug, ...] = ()
    top_rule: float = 0.0
    bottom_rule: float = 0.0
    x: float = 0.0
    width: float = 0.0
    padding: float = styles.CELL_PADDING_Y

    def draw(self, surface: Surface, x: float, top: float) -> None:
        """Draw grounds, then text, then rules."""
        for cell in self.cells:
            colour = styles.SHADES.get(cell.shade)
            if colour is not None:
                surface.box(x + cell.x, top, cell.width, self.height, colour)
        balances = [next((balance(s.line.pieces) for s in c.slugs if isinstance(s, LineSlug)), 0) for c in self.cells]
        for order, cell in enumerate(self.cells):
            surface.beside(sum(balances) - balances[order])
            y = top + self.padding
            for number, slug in enumerate(cell.slugs):
                if number:
                    y += gap_between(cell.slugs[number - 1], slug)
                slug.draw(surface, x, y)
                y += slug.height
        surface.beside(0)
        if self.top_rule:
            surface.rule(x + self.x, top, self.width, self.top_rule, styles.HAIRLINE)
        if self.bottom_rule:
            surface.rule(x + self.x, top + self.height, self.width, self.bottom_rule, styles.HAIRLINE)

    def split(self, room: float) -> tuple[Slug, Slug] | None:
        """The row parted between lines; each part has the notes whose marks stand in it."""
        inside = room - 2 * self.padding
        if inside <= 0:
            return None
        upper: list[CellBox] = []
        lower: list[CellBox] = []
        for cell in self.cells:
            first, rest = take(cell.slugs, inside)
            if cell.slugs and not first:
                return None
            upper.append(replace(cell, slugs=first))
            lower.append(replace(cell, slugs=rest))
        if not any(cell.slugs for cell in lower):
            return None
        return (
            _measured(replace(self, cells=tuple(upper), keep=False, after=0.0)),
            _measured(replace(self, cells=tuple(lower), anchors=(), outline=None, before=0.0, top_rule=0.0)),
        )


class TableSetter(Protocol):
    """What sets the caption and the content of cells."""

    def text(
        self,
        inlines: Iterable[Inline],
        style: Type,
        setting: Setting,
        space: Spacing,
        *,
        keep_all: bool = False,
        keep_last: bool = False,
    ) -> list[Slug]:
        """Running text."""

    def flow(self, blocks: Iterable[Block], setting: Setting) -> list[Slug]:
        """Blocks under one another."""


def set_table(galley: TableSetter, table: Table, setting: Setting) -> list[Slug]:
    """The table as slugs: its caption, then one slug a row."""
    out: list[Slug] = []
    outer = setting.cell is None
    if table.caption:
        out += galley.text(table.caption, styles.CAPTION, setting, Spacing(8, 4), keep_all=True, keep_last=True)
    columns = max([len(table.widths), *(sum(max(c.span, 1) for c in row) for row in table.rows)], default=0)
    if not columns:
        return out
    edges = _edges(table.widths, columns, setting)
    rows: list[RowSlug] = []
    for number, row in enumerate(table.rows):
        rows.append(_row(galley, row, edges, setting, header=number < table.header_rows, ruled=table.ruled))
    if not rows:
        return out
    if table.ruled:
        rows[0] = replace(rows[0], top_rule=0.9)
        rows[-1] = replace(rows[-1], bottom_rule=0.9)
    count = min(table.header_rows, len(rows) - 1)
    repeated = tuple(_repeatable(row) for row in rows[:count])
    small = sum(row.height for row in rows) <= _TOGETHER
    for number, done in enumerate(rows):
        final = number == len(rows) - 1
        # Neither the first row nor the last stands alone.
        edge = (number == count and done.height < _LOW_ROW) or (
            number == len(rows) - 2 and rows[-1].height < _LOW_ROW and done.height < _LOW_ROW
        )
        keep = not final and (number < count or small or edge)
        rows[number] = replace(done, keep=keep, header=repeated if number >= count else ())
    space = Spacing(6 if outer else 2, 12 if outer else 3)
    rows[0] = replace(rows[0], before=0.0 if table.caption else space.before)
    rows[-1] = replace(rows[-1], after=space.after)
    return [*out, *rows]


def _edges(widths: tuple[float, ...], columns: int, setting: Setting) -> list[float]:
    shares = [width if width > 0 else 1.0 for width in widths]
    shares += [sum(shares) / len(shares) if shares else 1.0] * (columns - len(shares))
    total = sum(shares)
    edges = [setting.x]
    for share in shares:
        edges.append(edges[-1] + setting.width * share / total)
    return edges


def _row(
    galley: TableSetter, row: tuple[Cell, ...], edges: list[float], setting: Setting, *, header: bool, ruled: bool
) -> RowSlug:
    boxes: list[CellBox] = []
    column = 0
    for cell in row:
        last = min(column + max(cell.span, 1), len(edges) - 1)
        left, right = edges[min(column, len(edges) - 2)], edges[last]
        column = last
        head = header or cell.header
        padding = styles.CELL_PADDING_X if right - left > 30 else 2.0
        flush = padding if ruled or cell.shade or left > edges[0] else 0.0
        inner = replace(
            setting,
            x=left + flush,
            width=max(right - left - flush - padding, 8.0),
            cell=styles.HEAD_CELL if head else styles.CELL,
            margin=False,
            tight=False,
            quoted=False,
        )
        slugs = tuple(galley.flow(cell.blocks, inner))
        shade = cell.shade or ("head" if header and ruled else "")
        boxes.append(CellBox(left, right - left, slugs, shade))
    return _measured(
        RowSlug(
            cells=tuple(boxes),
            bottom_rule=(0.7 if header else 0.35) if ruled else 0.0,
            x=edges[0],
            width=edges[-1] - edges[0],
            padding=styles.CELL_PADDING_Y if ruled else 2.0,
        )
    )


def _measured(row: RowSlug) -> RowSlug:
    """The row with the height, notes, anchors and headings of its cells."""
    content = max((stack_height(cell.slugs) for cell in row.cells), default=0.0)
    inner = [slug for cell in row.cells for slug in cell.slugs]
    return replace(
        row,
        height=max(content, styles.CELL.leading) + 2 * row.padding,
        notes=tuple(note for slug in inner for note in slug.notes),
        anchors=tuple(anchor for slug in inner for anchor in slug.anchors),
        outline=next((slug.outline for slug in inner if slug.outline is not None), None),
    )


def _repeatable(row: RowSlug) -> RowSlug:
    """A head row as it stands again on a later page: its notes and anchors stay on the first."""
    return replace(row, notes=(), anchors=(), outline=None, keep=True, header=())
