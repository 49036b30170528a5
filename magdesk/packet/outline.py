"""The bookmarks of a source PDF, read so that loops, absurd depth and absurd number cannot harm, and written anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pikepdf

from magdesk.packet.destinations import Destination, Destinations
from magdesk.values import clean_text

MAX_DEPTH = 10
MAX_ITEMS = 5_000
_MAX_TITLE = 400


@dataclass(frozen=True, slots=True)
class Bookmark:
    """One bookmark.

    Attributes:
        target: where it leads; none for a bookmark that only groups others.
        open: whether its children show at first.
    """

    title: str
    target: Destination | None
    children: tuple[Bookmark, ...] = ()
    open: bool = False


def read_outline(pdf: pikepdf.Pdf, destinations: Destinations) -> tuple[Bookmark, ...]:
    """The document's bookmarks. What leads out of the document stays as a title that leads nowhere."""
    root = pdf.Root.get("/Outlines")
    if not isinstance(root, pikepdf.Dictionary):
        return ()
    return _OutlineReader(destinations).siblings(root.get("/First"), 1)


def masked(bookmarks: Sequence[Bookmark], mask: Callable[[str], str]) -> tuple[Bookmark, ...]:
    """The bookmarks with what a mask makes of their titles."""
    return tuple(replace(one, title=mask(one.title), children=masked(one.children, mask)) for one in bookmarks)


class _OutlineReader:
    def __init__(self, destinations: Destinations) -> None:
        self._destinations = destinations
        self._seen: set[tuple[int, int]] = set()
        self._left = MAX_ITEMS

    def siblings(self, first: object, depth: int) -> tuple[Bookmark, ...]:
        found: list[Bookmark] = []
        item = first
        while isinstance(item, pikepdf.Dictionary) and item.is_indirect and item.objgen not in self._seen:
            if self._left <= 0:
                break
            self._left -= 1
            self._seen.add(item.objgen)
            children = self.siblings(item.get("/First"), depth + 1) if depth < MAX_DEPTH else ()
            target = self._destinations.of(item)
            title = _title(item)
            if target or children or title:
                found.append(Bookmark(title or "–", target, children))
            item = item.get("/Next")
        return tuple(found)


def _title(item: pikepdf.Object) -> str:
    raw = item.get("/Title")
    if not isinstance(raw, pikepdf.String):
        return ""
    return " ".join(clean_text(str(raw), multiline=False).split())[:_MAX_TITLE]


def write_outline(pdf: pikepdf.Pdf, bookmarks: Sequence[Bookmark], pages: Sequence[pikepdf.Object]) -> None:
    """Give the document these bookmarks.

    Args:
        pages: the document's page objects in order.
    """
    if not bookmarks:
        return
    root = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Outlines))
    pdf.Root.Outlines = root
    # A stack of families instead of recursion, each with the entry that stands above it.
    families: list[tuple[pikepdf.Object, Sequence[Bookmark]]] = [(root, bookmarks)]
    while families:
        parent, family = families.pop()
        previous: pikepdf.Object | None = None
        for bookmark in family:
            entry = pdf.make_indirect(pikepdf.Dictionary(Title=pikepdf.String(bookmark.title), Parent=parent))
            if bookmark.target is not None:
                entry.Dest = bookmark.target.array(pages[bookmark.target.page])
            if previous is None:
                parent.First = entry
            else:
                previous.Next = entry
                entry.Prev = previous
            if bookmark.children:
                entry.Count = _shown(bookmark.children) * (1 if bookmark.open else -1)
                families.append((entry, bookmark.children))
            previous = entry
        parent.Last = previous
    root.Count = _shown(bookmarks)


def _shown(family: Sequence[Bookmark]) -> int:
    return sum(1 + (_shown(bookmark.children) if bookmark.open else 0) for bookmark in family)
