"""Which numbers at the heads of paragraphs make a list, and which are words of a sentence.

A list has at least two items, numbered one after the other, below 1000, without a month behind a number. Anything
else (``2014. That year``, ``10. April 2020``, a paragraph quoted with its own number) is printed as it was typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from magdesk.dates.months import MONTHS, folded
from magdesk.document.blocks import Block, Heading, ListBlock, Paragraph, ParagraphStyle, Text

_FIRST_YEAR = 1000


@dataclass(frozen=True, slots=True)
class TypedItem:
    """An item as it was typed.

    Attributes:
        mark: ``3.``, ``2014)``, ``-``.
        blocks: what stands behind the mark.
    """

    mark: str
    blocks: tuple[Block, ...]

    @property
    def number(self) -> int:
        """The number of its mark; -1 where it is written in no way that a printed list would keep."""
        digits = self.mark[:-1]
        return int(digits) if digits == str(int(digits or "0")) else -1


def numbered(items: Sequence[TypedItem], style: ParagraphStyle) -> Iterator[Block]:
    """The blocks of what the parser took for a numbered list."""
    for run in _runs(items):
        first = run[0].number
        if len(run) > 1 and 0 <= first < _FIRST_YEAR and not any(_month_follows(item) for item in run):
            blocks = tuple(item.blocks or (Paragraph(()),) for item in run)
            yield ListBlock(blocks, ordered=True, start=first, behind=run[0].mark[-1])
        else:
            for item in run:
                yield from spelled(item, style)


def bulleted(items: Sequence[TypedItem], style: ParagraphStyle) -> Iterator[Block]:
    """The blocks of what the parser took for a list with bullets: ``- 20 degrees`` alone is no item."""
    if len(items) == 1 and items[0].mark in ("-", "+") and _first_words(items[0])[:1].isdigit():
        yield from spelled(items[0], style)
    elif items:
        yield ListBlock(tuple(item.blocks or (Paragraph(()),) for item in items))


def spelled(item: TypedItem, style: ParagraphStyle) -> Iterator[Block]:
    """The item as paragraphs, its mark in front."""
    match item.blocks:
        case (Paragraph() | Heading() as first, *rest):
            yield replace(first, inlines=(Text(f"{item.mark} "), *first.inlines))
            yield from rest
        case blocks:
            yield Paragraph((Text(item.mark),), style)
            yield from blocks


def _runs(items: Sequence[TypedItem]) -> Iterator[list[TypedItem]]:
    run: list[TypedItem] = []
    for item in items:
        if run and (item.number < 0 or item.number != run[-1].number + 1):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _month_follows(item: TypedItem) -> bool:
    word = _first_words(item).lstrip().partition(" ")[0]
    return folded(word.strip(",.;:()")) in MONTHS


def _first_words(item: TypedItem) -> str:
    match item.blocks:
        case (Paragraph(inlines=(Text(text=text), *_)), *_):
            return text
        case _:
            return ""
