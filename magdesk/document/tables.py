"""Short ways to write tables. Knows no case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from magdesk.document.blocks import Block, Cell, Inline, Link, Paragraph, ParagraphStyle, Table, Text
from magdesk.isolates import first_strong_runs_right, isolated

_LATIN = re.compile("[A-Za-z]")

Content = str | Inline | Sequence[Inline] | Block | Sequence[Block]


def paragraphs(lines: Iterable[Sequence[Inline]], style: ParagraphStyle = ParagraphStyle.BODY) -> tuple[Block, ...]:
    """One paragraph for each sequence of inlines that is not empty."""
    return tuple(Paragraph(tuple(line), style) for line in lines if line)


def cell(*blocks: Block, header: bool = False, shade: str = "", span: int = 1) -> Cell:
    """A cell of blocks."""
    return Cell(blocks, header=header, shade=shade, span=span)


def words(*inlines: Inline | str, shade: str = "", bold: bool = False) -> Cell:
    """A cell of one paragraph; strings become runs."""
    runs = tuple(Text(inline, bold=bold) if isinstance(inline, str) else inline for inline in inlines)
    return Cell((Paragraph(runs),), shade=shade)


def heads(*labels: str) -> tuple[Cell, ...]:
    """A header row."""
    return tuple(Cell((Paragraph((Text(label, bold=True),)),), header=True, shade="head") for label in labels)


def label_cell(label: str) -> Cell:
    """The left cell of a row of label and value."""
    return Cell((Paragraph((Text(label, bold=True),)),), header=True, shade="muted")


def label_table(
    rows: Iterable[tuple[str, Sequence[Block]]], *, widths: tuple[float, float] = (1.0, 3.2), ruled: bool = True
) -> tuple[Block, ...]:
    """A table of labels and values; nothing at all when there is no row with content."""
    filled = tuple((label_cell(label), Cell(tuple(blocks))) for label, blocks in rows if blocks)
    return (Table(filled, widths, ruled=ruled),) if filled else ()


def joined(parts: Iterable[Sequence[Inline] | str], separator: str = ", ") -> tuple[Inline, ...]:
    """Several phrases with a separator between them; empty ones leave none."""
    out: list[Inline] = []
    for part in parts:
        runs = (Text(part),) if isinstance(part, str) and part else tuple(part) if not isinstance(part, str) else ()
        if not runs:
            continue
        if out:
            out.append(Text(separator))
        out.extend(fields(runs))
    return tuple(out)


def fields(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    """What is put between other words, each run of it isolated where it runs from right to left."""
    alone = len(inlines) == 1
    return tuple(_field(one, alone=alone) for one in inlines)


def _field(one: Inline, *, alone: bool) -> Inline:
    match one:
        case Text(text=text) if alone or (first_strong_runs_right(text) and not _LATIN.search(text)):
            return replace(one, text=isolated(text))
        case Link():
            return replace(one, inlines=fields(one.inlines))
        case _:
            return one
