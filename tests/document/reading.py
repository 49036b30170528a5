"""Reads everything that a document would print."""

from __future__ import annotations

from collections.abc import Iterator

from magdesk.document.blocks import (
    Block,
    CrossRef,
    Document,
    Drawing,
    ExhibitRef,
    Figure,
    Heading,
    Inline,
    LineBreak,
    Link,
    Note,
    Paragraph,
    Text,
    walk,
)
from magdesk.document.rewrite import all_inlines
from magdesk.isolates import without_isolates


def words(inlines: tuple[Inline, ...]) -> str:
    """The words of a sequence, its notes left out."""
    out: list[str] = []
    for inline in inlines:
        match inline:
            case Text() | ExhibitRef() | CrossRef():
                out.append(inline.text)
            case LineBreak():
                out.append("\n")
            case Link():
                out.append(words(inline.inlines))
            case _:
                pass
    return without_isolates("".join(out))


def notes(document: Document) -> list[Note]:
    return [inline for inline in all_inlines(document.blocks) if isinstance(inline, Note)]


def note_words(note: Note) -> str:
    return words(note.inlines)


def strings(document: Document) -> Iterator[str]:
    """Every string anywhere in the document, metadata, addresses and notes included."""
    yield from (document.title, document.banner, document.running_head, document.author)
    for inline in all_inlines(document.blocks):
        match inline:
            case Text() | ExhibitRef() | CrossRef():
                yield inline.text
            case Link():
                yield inline.url
            case _:
                pass
    for block in walk(document.blocks):
        if isinstance(block, Figure | Drawing):
            yield block.alt
        if isinstance(block, Paragraph | Heading):
            yield block.anchor
            yield words(block.inlines)
        if isinstance(block, Paragraph):
            yield block.label
    yield "\n".join(strings_of(document.blocks))


def strings_of(blocks: tuple[Block, ...]) -> list[str]:
    """The words of the headings and paragraphs, in reading order."""
    return [words(block.inlines) for block in walk(blocks) if isinstance(block, Paragraph | Heading)]


def anchors(document: Document) -> set[str]:
    return {
        block.anchor for block in walk(document.blocks) if isinstance(block, Paragraph | Heading) and block.anchor
    }


def headings(document: Document) -> list[str]:
    return [words(block.inlines) for block in walk(document.blocks) if isinstance(block, Heading)]


def paragraph(document: Document, anchor: str) -> Paragraph:
    """The paragraph with that anchor."""
    return next(block for block in walk(document.blocks) if isinstance(block, Paragraph) and block.anchor == anchor)


def text_of(document: Document) -> str:
    return "\n".join(strings_of(document.blocks))
