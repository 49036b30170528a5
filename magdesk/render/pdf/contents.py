"""The table of contents: headings with leaders, page numbers to come and links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from magdesk.document.blocks import Inline, Text
from magdesk.render.pdf import styles
from magdesk.render.pdf.paragraphs import Composer
from magdesk.render.pdf.richtext import plain_text, rich_text
from magdesk.render.pdf.slugs import ContentsSlug, Slug, spaced
from magdesk.render.pdf.styles import Spacing

_INDENT = 14.0
_NUMBER_COLUMN = 40.0


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A heading as the contents list it."""

    level: int
    inlines: tuple[Inline, ...]
    anchor: str


def set_contents(
    composer: Composer, entries: Iterable[ContentsEntry], depth: int, x: float, width: float
) -> list[Slug]:
    """The entries down to a depth as slugs; their page numbers are filled in when the pages are drawn."""
    out: list[Slug] = []
    for entry in entries:
        if entry.level > depth:
            continue
        style = styles.CONTENTS[entry.level - 1]
        indent = _INDENT * (entry.level - 1)
        # The characters alone: the whole line is one link, and notes stay with the heading.
        rich = rich_text((Text(plain_text(entry.inlines)),), style, None)
        lines = composer.lines(rich, style, max(width - indent - _NUMBER_COLUMN, 60.0))
        for order, line in enumerate(lines):
            out.append(
                ContentsSlug(
                    height=line.height,
                    before=(7.0 if entry.level == 1 else 1.0) if order == 0 else 0.0,
                    keep=order < len(lines) - 1,
                    line=line,
                    x=x + indent,
                    anchor=entry.anchor,
                    last=order == len(lines) - 1,
                    width=x + width,
                    level=entry.level,
                )
            )
    return spaced(out, Spacing(4, 12))
