"""The document as plain text: for e-mail, for searching, and to hold the other renderers against.

One line for each paragraph: the reader's program wraps. Notes are numbered from 1 and stand at the end.
Links print their text alone, as on paper; builders put addresses into notes.
"""

from __future__ import annotations

import itertools

from magdesk.document.blocks import (
    Block,
    Contents,
    CrossRef,
    Document,
    Drawing,
    ExhibitRef,
    Figure,
    Heading,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    Note,
    PageBreak,
    Paragraph,
    ParagraphStyle,
    Quote,
    Rule,
    Space,
    Table,
    Text,
    walk,
)
from magdesk.render.scripts import printable

_RULE = "-" * 40
_INDENT = "    "


def render_text(document: Document) -> str:
    """The document as plain text, ending in a line feed; banner and DRAFT mark stand first.

    Raises:
        TypeError: a reference (``Mention``, ``Cite``) was left unresolved.
    """
    writer = _TextWriter(document)
    lines = ["DRAFT", ""] if document.draft else []
    if document.banner:
        lines += [_line(document.banner), ""]
    lines += writer.blocks(document.blocks)
    if writer.notes:
        lines += ["", _RULE, "", *writer.notes]
    return _tidy(lines)


class _TextWriter:
    """Holds the notes while the blocks are written."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.notes: list[str] = []

    def blocks(self, blocks: tuple[Block, ...], depth: int = 0) -> list[str]:
        """The lines of the blocks; an empty line parts two of them."""
        out: list[str] = []
        for block in blocks:
            lines = self._block(block, depth)
            if out and lines and not (_is_address(block) and out[-1]):
                out.append("")
            out += lines
        return out

    def _block(self, block: Block, depth: int) -> list[str]:
        match block:
            case Heading():
                return _underlined(self._text(block.inlines), block.level)
            case Paragraph():
                label = f"{_line(block.label)} " if block.label else ""
                return (label + self._text(block.inlines)).split("\n")
            case Quote():
                return _shifted(self.blocks(block.blocks, depth))
            case ListBlock():
                return self._list(block, depth)
            case Table():
                return self._table(block, depth)
            case Figure():
                return [f"[{_line(block.alt)}]", *self._caption(block.caption)]
            case Drawing():
                told = [f"• {self._text(line)}" for line in block.told]
                return [f"[{_line(block.alt)}]", *told, *self._caption(block.caption)]
            case Contents():
                return self._contents(block)
            case Rule():
                return [_RULE]
            case PageBreak() | Space():
                return []

    def _list(self, block: ListBlock, depth: int) -> list[str]:
        out: list[str] = []
        for number, blocks in enumerate(block.items, start=block.start):
            lines = self.blocks(blocks, depth + 1) or [""]
            mark = f"{number}{block.behind}" if block.ordered else "•"
            out.append(f"{mark} {lines[0]}".rstrip())
            out += _shifted(lines[1:])
        return out

    def _table(self, block: Table, depth: int) -> list[str]:
        lines = self._caption(block.caption)
        for row in block.rows:
            cells = [self.blocks(cell.blocks, depth) for cell in row]
            texts = [" ".join(line.strip() for line in cell if line) for cell in cells]
            while texts and not texts[-1]:
                texts.pop()
            lines.append(" | ".join(texts))
        return lines

    def _caption(self, inlines: tuple[Inline, ...]) -> list[str]:
        return [self._text(inlines)] if inlines else []

    def _contents(self, block: Contents) -> list[str]:
        every = list(walk(self._document.blocks))
        return [
            _INDENT * (heading.level - 1) + _line(self._text(_without_notes(heading.inlines)))
            for heading, following in itertools.zip_longest(every, every[1:])
            if isinstance(heading, Heading) and heading.level <= block.depth and not isinstance(following, Contents)
        ]

    def _text(self, inlines: tuple[Inline, ...], *, in_note: bool = False) -> str:
        out: list[str] = []
        for inline in inlines:
            match inline:
                case Text() | ExhibitRef() | CrossRef():
                    out.append(printable(inline.text))
                case LineBreak():
                    out.append("\n")
                case Link():
                    out.append(self._text(inline.inlines, in_note=in_note))
                case Note() if in_note:
                    out.append(f" [{self._text(inline.inlines, in_note=True)}]")
                case Note():
                    out.append(self._note(inline))
                case _:
                    raise TypeError(f"{type(inline).__name__} must be resolved before a document is rendered")
        return "".join(out)

    def _note(self, note: Note) -> str:
        mark = f"[{len(self.notes) + 1}]"
        self.notes.append(f"{mark} {_line(self._text(note.inlines, in_note=True))}")
        return mark


def _without_notes(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    out: list[Inline] = []
    for inline in inlines:
        match inline:
            case Link():
                out.append(Link(_without_notes(inline.inlines), inline.url))
            case Note():
                pass
            case _:
                out.append(inline)
    return tuple(out)


def _is_address(block: Block) -> bool:
    """Lines of an address stand close together."""
    return isinstance(block, Paragraph) and block.style is ParagraphStyle.ADDRESS


def _underlined(text: str, level: int) -> list[str]:
    line = _line(text)
    return [line, ("=" if level == 1 else "-") * min(len(line), 78)] if level <= 2 else [line]


def _line(text: str) -> str:
    return " ".join(printable(text).split())


def _shifted(lines: list[str]) -> list[str]:
    return [_INDENT + line if line else "" for line in lines]


def _tidy(lines: list[str]) -> str:
    """No spaces at line ends, never two empty lines together."""
    out: list[str] = []
    for line in lines:
        stripped = line.rstrip()
        if stripped or (out and out[-1]):
            out.append(stripped)
    return "\n".join(out).strip("\n") + "\n"
