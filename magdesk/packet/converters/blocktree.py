"""The neutral tree of a converted document as blocks: values checked, texts cleaned, depth limited."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from magdesk.document.blocks import (
    Block,
    Cell,
    Figure,
    Heading,
    Inline,
    LineBreak,
    ListBlock,
    Note,
    PageBreak,
    Paragraph,
    ParagraphStyle,
    Quote,
    Rule,
    Table,
    Text,
)
from magdesk.isolates import with_numbers_in_order
from magdesk.values import clean_text

_DEPTH = 20
_COLUMNS = 64
_STYLES = {
    "": ParagraphStyle.ADDRESS,
    "small": ParagraphStyle.SMALL,
    "fine": ParagraphStyle.SMALL,
    "centred": ParagraphStyle.CENTRED,
    "caption": ParagraphStyle.CAPTION,
    "code": ParagraphStyle.ADDRESS,
}
_FROM_THE_RIGHT = "ar"
_SHADES = frozenset({"head", "muted"})


class BlockTree:
    """Makes blocks of one document."""

    def __init__(self, pictures: Mapping[str, bytes], *, rtl: bool = False) -> None:
        """Prepare.

        Args:
            pictures: PNG or JPEG by key.
            rtl: whether the document as a whole runs from right to left.
        """
        self._pictures = pictures
        self._rtl = rtl

    def blocks(self, nodes: Any, depth: int = 0, columns: int = 1) -> Iterator[Block]:
        """The blocks of these nodes; what is no node is left out.

        Args:
            columns: into how many the measure is divided, for the size of pictures.
        """
        if depth > _DEPTH or not isinstance(nodes, list | tuple):
            return
        for node in nodes:
            if isinstance(node, dict):
                yield from self._block(node, depth, columns)

    def _block(self, node: dict[str, Any], depth: int, columns: int) -> Iterator[Block]:
        match node.get("t"):
            case "h":
                inlines = tuple(self._inlines(node.get("i")))
                if inlines:
                    yield Heading(min(max(_number(node.get("l"), 2), 1), 4), inlines)
            case "p":
                inlines = tuple(self._inlines(node.get("i")))
                if inlines:
                    style = _STYLES.get(str(node.get("s", "")), ParagraphStyle.ADDRESS)
                    keep = style is ParagraphStyle.CAPTION
                    lang = "" if LineBreak() in inlines else self._direction(inlines)
                    yield Paragraph(inlines, style, lang=lang, keep_with_next=keep, each_line=True)
            case "q":
                inner = tuple(self.blocks(node.get("b"), depth + 1, columns))
                if inner:
                    yield Quote(inner)
            case "l":
                items = tuple(tuple(self.blocks(item, depth + 1, columns)) for item in _list(node.get("n")))
                if items:
                    yield ListBlock(tuple(item or (Paragraph(()),) for item in items), ordered=bool(node.get("o")))
            case "t":
                yield from self._table(node, depth, columns)
            case "f":
                yield from self._figure(node, columns)
            case "r":
                yield Rule()
            case "n":
                yield PageBreak()

    def _direction(self, inlines: tuple[Inline, ...]) -> str:
        """The language tag that sets a paragraph the way its first letter runs, where that must be said."""
        rtl = next((found for one in inlines if isinstance(one, Text) for found in strong_letters(one.text)), None)
        if rtl:
            return _FROM_THE_RIGHT
        # Undetermined: a paragraph from left to right among others, in whatever language.
        return "und" if self._rtl and rtl is False else ""

    def _table(self, node: dict[str, Any], depth: int, columns: int) -> Iterator[Block]:
        widths = tuple(_share(width) for width in _list(node.get("w"))[:_COLUMNS])
        count = max(len(widths), 1)
        rows: list[tuple[Cell, ...]] = []
        for row in _list(node.get("r")):
            cells = [self._cell(one, depth, columns * count, count) for one in _list(row)]
            if cells:
                rows.append(tuple(cells))
        if rows:
            header = min(max(_number(node.get("h"), 0), 0), len(rows) - 1, 6)
            caption = tuple(self._inlines(node.get("c")))
            yield Table(tuple(rows), widths, header_rows=header, caption=caption, ruled=node.get("u", 1) != 0)

    def _cell(self, node: Any, depth: int, columns: int, count: int) -> Cell:
        if not isinstance(node, dict):
            text = clean_text(str(node), multiline=False)
            inlines = (Text(with_numbers_in_order(text)),)
            return Cell((Paragraph(inlines, lang=self._direction(inlines)),) if text else ())
        shade = str(node.get("g", ""))
        return Cell(
            tuple(self.blocks(node.get("b"), depth + 1, columns)),
            header=bool(node.get("h")),
            shade=shade if shade in _SHADES else "",
            span=min(max(_number(node.get("n"), 1), 1), count),
        )

    def _figure(self, node: dict[str, Any], columns: int) -> Iterator[Block]:
        data = self._pictures.get(str(node.get("k")))
        if data is not None:
            alt = clean_text(str(node.get("a", "")), multiline=False)[:500]
            yield Figure(data, min(_share(node.get("w")) * columns, 1.0), alt)

    def _inlines(self, nodes: Any, *, noted: bool = False) -> Iterator[Inline]:
        for node in _list(nodes):
            if not isinstance(node, dict):
                continue
            if "x" in node:
                text = clean_text(str(node["x"]), multiline=False)
                if text:
                    yield Text(
                        with_numbers_in_order(text),
                        bold=bool(node.get("b")),
                        italic=bool(node.get("i")),
                        mono=bool(node.get("m")),
                        small_caps=bool(node.get("c")),
                    )
            elif "br" in node:
                yield LineBreak()
            elif "fn" in node and not noted:
                inner = tuple(self._inlines(node["fn"], noted=True))
                if inner:
                    yield Note(inner)


def strong_letters(text: str) -> Iterator[bool]:
    """For each letter that has a direction, whether it runs from right to left."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("R", "AL"):
            yield True
        elif kind == "L":
            yield False


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _number(value: Any, otherwise: int) -> int:
    return value if isinstance(value, int) else otherwise


def _share(value: Any) -> float:
    return float(value) if isinstance(value, int | float) and 0 < value < 1e6 else 1.0
