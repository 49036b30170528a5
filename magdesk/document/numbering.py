"""The pass that numbers sections and fills in the references to them."""

from __future__ import annotations

from dataclasses import replace

from magdesk.document.blocks import Block, CrossRef, Heading, Inline, Text, walk
from magdesk.document.context import Brief
from magdesk.document.rewrite import InlinePlace, InlineRun, rewrite

_DEPTH = 2
_NUMBER = "{number}"


def number_sections(brief: Brief, blocks: tuple[Block, ...], *, numbered: bool = True) -> tuple[Block, ...]:
    """Headings down to the second level get numbers; a reference without text gets that of its section.

    Args:
        numbered: whether headings get numbers; a short document goes without.

    A reference with the text ``{number}`` gets the bare number.

    A reference to a section that is not there keeps no link and prints nothing.
    """
    counters = [0] * _DEPTH
    numbers: dict[str, str] = {}
    out: list[Block] = []
    for block in blocks:
        if numbered and isinstance(block, Heading) and block.level <= _DEPTH:
            counters[block.level - 1] += 1
            counters[block.level :] = [0] * (_DEPTH - block.level)
            number = ".".join(str(count) for count in counters[: block.level])
            if block.anchor:
                numbers[block.anchor] = number
            shown = f"{number}." if block.level == 1 else number
            out.append(replace(block, inlines=(Text(f"{shown}\u2002"), *block.inlines)))
        else:
            out.append(block)
    anchors = {block.anchor for block in walk(tuple(out)) if getattr(block, "anchor", "")}  # type: ignore[union-attr]

    def visit(inlines: InlineRun, _place: InlinePlace) -> InlineRun:
        if not any(isinstance(inline, CrossRef) for inline in inlines):
            return inlines
        filled: list[Inline] = []
        for inline in inlines:
            if isinstance(inline, CrossRef) and inline.text == _NUMBER and inline.anchor in numbers:
                filled.append(replace(inline, text=numbers[inline.anchor]))
            elif isinstance(inline, CrossRef) and not inline.text:
                if inline.anchor in numbers:
                    filled.append(replace(inline, text=brief.label("section_ref", number=numbers[inline.anchor])))
            elif isinstance(inline, CrossRef) and inline.anchor not in anchors:
                filled.append(Text(inline.text))
            else:
                filled.append(inline)
        return tuple(filled)

    return rewrite(tuple(out), visit)
