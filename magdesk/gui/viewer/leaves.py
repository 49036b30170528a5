"""A text in pieces that a window can show at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from magdesk.gui.viewer.wordsearch import Folded, fold

_LEAF = 40_000  # characters


@dataclass(frozen=True, slots=True)
class TextLeaf:
    """A page, or a piece of a text that has none.

    Attributes:
        page: page of the file from 1; 0 where it has no pages.
    """

    page: int
    text: str = field(repr=False)
    folded: Folded = field(repr=False)


def leaves_of(texts: Iterable[tuple[int, str]]) -> list[TextLeaf]:
    """The texts of a file, cut at line ends where they are long. Any thread."""
    leaves = []
    for page, text in texts:
        for piece in _pieces(text):
            # A paragraph of its own for the layout, the same count of characters.
            shown = piece.replace("\u2029", "\n")
            leaves.append(TextLeaf(page, shown, fold(shown)))
    return leaves


def _pieces(text: str) -> Iterable[str]:
    start = 0
    while len(text) - start > _LEAF:
        cut = text.rfind("\n", start + _LEAF // 2, start + _LEAF)
        if cut < 0:
            cut = text.rfind(" ", start + _LEAF // 2, start + _LEAF)
        cut = start + _LEAF if cut < 0 else cut + 1
        yield text[start:cut]
        start = cut
    yield text[start:]
