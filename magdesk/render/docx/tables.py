"""Tables: fixed widths, repeated header rows, rows that stay in one piece, tints by role."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from magdesk.document.blocks import Block, Cell, Table
from magdesk.render.docx.direction import inline_text
from magdesk.render.docx.oxml import XmlChild, XmlElement, element, flag, legal

SHADES = {
    "head": "E9EDF2",
    "good": "E7F1E7",
    "warn": "FCF3DC",
    "bad": "F8E4E1",
    "muted": "F3F4F6",
}
_PADDING = 216
_NARROWEST = 560

# Tables of so many rows are kept on one page where they fit on one.
_SHORT_RULED, _SHORT_PLAIN = 5, 12


class CellWriter(Protocol):
    """Writes the blocks of a cell of the given inner width, ending in a paragraph; may tie it to the next row."""

    def __call__(self, blocks: tuple[Block, ...], width: int, *, header: bool, keep: bool) -> list[XmlElement]:
        """The content of the cell."""
        ...


def table(block: Table, measure: int, indent: int, *, rtl: bool, cell: CellWriter) -> XmlElement | None:
    """The table set to the measure (twips); ``None`` when it has no cells.

    Rows may have fewer cells than the widest one: the rest are empty.
    """
    rows = [row for row in block.rows if row]
    if not rows:
        return None
    widths = column_widths(rows, block.widths, measure)
    head = min(max(block.header_rows, 0), len(rows))
    short = len(rows) <= (_SHORT_RULED if block.ruled else _SHORT_PLAIN)
    kept = len(rows) - 1 if short else 0
    return element(
        "w:tbl",
        None,
        _properties(block, widths, indent, rtl=rtl, head=head > 0),
        element("w:tblGrid", None, *(element("w:gridCol", {"w:w": width}) for width in widths)),
        *(
            _row(row, widths, repeat=number < head, keep=number < max(kept, head), cell=cell)
            for number, row in enumerate(rows)
        ),
    )


def column_widths(rows: Sequence[tuple[Cell, ...]], shares: Sequence[float], measure: int) -> list[int]:
    """Whole twips that add up to the measure; columns without a share get an average one."""
    columns = max([len(shares), *(sum(max(c.span, 1) for c in row) for row in rows)])
    given = [share for share in shares if share > 0]
    average = sum(given) / len(given) if given else 1.0
    full = [share if share > 0 else average for share in shares] + [average] * (columns - len(shares))
    scale = measure / sum(full)
    narrowest = min(_NARROWEST, measure // columns)
    widths = [max(int(share * scale), narrowest) for share in full]
    widest = widths.index(max(widths))
    widths[widest] = max(widths[widest] + measure - sum(widths), 1)
    return widths


def _properties(block: Table, widths: list[int], indent: int, *, rtl: bool, head: bool) -> XmlElement:
    words = " ".join(legal(inline_text(block.caption)).split())
    look = {"w:val": "0420" if head else "0400", "w:firstRow": int(head), "w:lastRow": 0, "w:firstColumn": 0}
    return element(
        "w:tblPr",
        None,
        flag("tblStyle", "RuledTable" if block.ruled else "PlainTable"),
        flag("bidiVisual") if rtl else None,
        element("w:tblW", {"w:w": sum(widths), "w:type": "dxa"}),
        element("w:tblInd", {"w:w": indent, "w:type": "dxa"}),
        element("w:tblLayout", {"w:type": "fixed"}),
        element("w:tblLook", {**look, "w:lastColumn": 0, "w:noHBand": 1, "w:noVBand": 1}),
        flag("tblCaption", words) if words else None,
    )


def _row(row: tuple[Cell, ...], widths: list[int], *, repeat: bool, keep: bool, cell: CellWriter) -> XmlElement:
    cells: list[XmlElement] = []
    column = 0
    for item in row:
        span = min(max(item.span, 1), len(widths) - column)
        if span < 1:
            break
        cells.append(_cell(item, widths[column : column + span], repeat=repeat, keep=keep, cell=cell))
        column += span
    cells += [_cell(Cell(()), [width], repeat=repeat, keep=keep, cell=cell) for width in widths[column:]]
    kept = element("w:trPr", None, flag("cantSplit"), flag("tblHeader") if repeat else None)
    return element("w:tr", None, kept, *cells)


def _cell(item: Cell, widths: list[int], *, repeat: bool, keep: bool, cell: CellWriter) -> XmlElement:
    width = sum(widths)
    shade = SHADES.get(item.shade or ("head" if repeat else ""), "")
    tint: XmlChild = element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": shade}) if shade else None
    return element(
        "w:tc",
        None,
        element(
            "w:tcPr",
            None,
            element("w:tcW", {"w:w": width, "w:type": "dxa"}),
            flag("gridSpan", len(widths)) if len(widths) > 1 else None,
            tint,
        ),
        *cell(item.blocks, max(width - _PADDING, _NARROWEST // 2), header=item.header or repeat, keep=keep),
    )
