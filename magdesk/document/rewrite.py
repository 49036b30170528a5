"""Walks a block tree in reading order and rewrites its inlines: what every pass is made of. Knows no case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import StrEnum

from magdesk.document.blocks import (
    Block,
    Drawing,
    DrawnText,
    Figure,
    Heading,
    Inline,
    Link,
    ListBlock,
    Note,
    Paragraph,
    Quote,
    Table,
)


class InlinePlace(StrEnum):
    """Where a sequence of inlines stands; passes may treat headings and tables differently from running text."""

    HEADING = "heading"
    BODY = "body"
    TABLE = "table"
    CAPTION = "caption"
    NOTE = "note"


InlineRun = tuple[Inline, ...]
Visit = Callable[[InlineRun, InlinePlace], InlineRun]


def rewrite(blocks: tuple[Block, ...], visit: Visit, place: InlinePlace = InlinePlace.BODY) -> tuple[Block, ...]:
    """The tree with every sequence of inlines replaced by what ``visit`` makes of it, in reading order.

    ``visit`` gets each sequence before its notes and links are entered.
    """
    return tuple(_block(block, visit, place) for block in blocks)


def _block(block: Block, visit: Visit, place: InlinePlace) -> Block:
    match block:
        case Heading():
            return replace(block, inlines=_inlines(block.inlines, visit, InlinePlace.HEADING))
        case Paragraph():
            return replace(block, inlines=_inlines(block.inlines, visit, place))
        case Quote():
            return replace(block, blocks=rewrite(block.blocks, visit, place))
        case ListBlock():
            return replace(block, items=tuple(rewrite(item, visit, place) for item in block.items))
        case Table():
            caption = _inlines(block.caption, visit, InlinePlace.CAPTION)
            rows = tuple(
                tuple(replace(cell, blocks=rewrite(cell.blocks, visit, InlinePlace.TABLE)) for cell in row)
                for row in block.rows
            )
            return replace(block, caption=caption, rows=rows)
        case Figure():
            return replace(block, caption=_inlines(block.caption, visit, InlinePlace.CAPTION))
        case Drawing():
            shapes = tuple(
                replace(shape, inlines=_inlines(shape.inlines, visit, InlinePlace.CAPTION))
                if isinstance(shape, DrawnText)
                else shape
                for shape in block.shapes
            )
            told = tuple(_inlines(line, visit, InlinePlace.CAPTION) for line in block.told)
            return replace(
                block, shapes=shapes, told=told, caption=_inlines(block.caption, visit, InlinePlace.CAPTION)
            )
        case _:
            return block


def _inlines(inlines: InlineRun, visit: Visit, place: InlinePlace) -> InlineRun:
    if not inlines:
        return inlines
    out: list[Inline] = []
    for inline in visit(inlines, place):
        match inline:
            case Note():
                out.append(Note(_inlines(inline.inlines, visit, InlinePlace.NOTE)))
            case Link():
                out.append(replace(inline, inlines=_inlines(inline.inlines, visit, place)))
            case _:
                out.append(inline)
    return tuple(out)


def all_inlines(blocks: tuple[Block, ...]) -> Iterator[Inline]:
    """Every inline of the tree in reading order, those inside notes and links too."""
    found: list[Inline] = []

    def collect(inlines: InlineRun, _place: InlinePlace) -> InlineRun:
        found.extend(inlines)
        return inlines

    rewrite(blocks, collect)
    yield from found
