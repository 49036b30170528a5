"""A paper of some body as PDF, written in a few marks: letterhead with a seal, numbered paragraphs, tables.

The source begins with a head in TOML between lines of ``+++``. Its paragraphs are CommonMark; one that begins
with ``title:``, ``centred:`` ... has that role, one that begins with ``12.`` or ``2.3`` is numbered, lines of
``|`` are a table, ``===`` is a new page. Pages are broken by hand, so that a quotation stands on the page from
which it is cited.
"""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Iterator
from typing import Any

from magdesk.document.blocks import (
    Block,
    Cell,
    Document,
    Figure,
    Inline,
    PageBreak,
    Paragraph,
    ParagraphStyle,
    Table,
)
from magdesk.document.narrative import narrative
from magdesk.render.pdf import render_pdf
from magdesk.services.sample.seals import seal

_STYLED = re.compile(r"(title|subtitle|centred|small|address|caption): (.+)", re.DOTALL)
_NUMBERED = re.compile(r"(\d{1,3}\.|\d{1,2}\.\d{1,2}) (.+)", re.DOTALL)


def paper(source: str) -> bytes:
    """The PDF of a paper."""
    _nothing, head, body = source.split("+++\n", 2)
    facts = tomllib.loads(head)
    out = io.BytesIO()
    render_pdf(document(facts, body), out)
    return out.getvalue()


def document(facts: dict[str, Any], body: str) -> Document:
    """The block tree of a paper."""
    blocks: list[Block] = []
    if "seal" in facts:
        blocks.append(Figure(seal(facts["seal"]), 0.13, "Seal"))
    for number, page in enumerate(body.split("\n===\n")):
        if number:
            blocks.append(PageBreak())
        for chunk in re.split(r"\n\s*\n", page.strip()):
            blocks.extend(_blocks(chunk.strip()))
    return Document(
        title=facts["title"],
        blocks=tuple(blocks),
        lang=facts.get("lang", "en"),
        running_head=facts.get("head", ""),
        author=facts.get("author", ""),
        date=facts.get("date", ""),
    )


def _blocks(chunk: str) -> Iterator[Block]:
    if chunk.startswith("|"):
        yield _table(chunk)
        return
    lines = chunk.split("\n")
    if all(_STYLED.match(line) for line in lines):
        for line in lines:
            style, text = _STYLED.fullmatch(line).groups()  # type: ignore[union-attr]
            yield Paragraph(_inlines(text), ParagraphStyle(style))
        return
    numbered = _NUMBERED.fullmatch(chunk)
    if numbered:
        yield Paragraph(_inlines(numbered[2]), label=numbered[1])
        return
    yield from narrative(chunk, level=0)


def _inlines(text: str) -> tuple[Inline, ...]:
    return tuple(inline for block in narrative(text) if isinstance(block, Paragraph) for inline in block.inlines)


def _table(chunk: str) -> Table:
    lines = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in chunk.split("\n")]
    headed = len(lines) > 1 and all(set(cell) <= {"-", " "} for cell in lines[1])
    rows = [line for number, line in enumerate(lines) if not (headed and number == 1)]
    columns = max(map(len, rows))
    longest = [max(len(row[column]) for row in rows if column < len(row)) for column in range(columns)]
    return Table(
        tuple(
            tuple(
                Cell(
                    (Paragraph(_inlines(text)),),
                    header=headed and number == 0,
                    shade="head" if headed and number == 0 else "",
                )
                for text in row + [""] * (columns - len(row))
            )
            for number, row in enumerate(rows)
        ),
        widths=tuple(float(min(max(length, 13), 48)) for length in longest),
        header_rows=1 if headed else 0,
        ruled=headed,
    )
