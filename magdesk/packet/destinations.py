"""Where bookmarks and links of a source PDF point, as page numbers: names are looked up, nonsense leads nowhere."""

from __future__ import annotations

from dataclasses import dataclass

import pikepdf

from magdesk.packet.geometry import number

# How many places each kind of view gives (ISO 32000-2, table 149).
_VIEWS = {"/XYZ": 3, "/Fit": 0, "/FitH": 1, "/FitV": 1, "/FitR": 4, "/FitB": 0, "/FitBH": 1, "/FitBV": 1}
_MOST_NAMES = 100_000


@dataclass(frozen=True, slots=True)
class Destination:
    """A place in a document.

    Attributes:
        page: index of the page in the bundle (or document), from 0.
        view: kind of view, e.g. ``/XYZ``.
        places: its numbers, none where the reader's own are kept.
    """

    page: int
    view: str = "/Fit"
    places: tuple[float | None, ...] = ()

    def array(self, page: pikepdf.Object) -> pikepdf.Array:
        """The destination as it stands in a PDF, for the given page object."""
        return pikepdf.Array([page, pikepdf.Name(self.view), *self.places])


class Destinations:
    """Looks up the destinations of one document.

    Args:
        first: index that the document's first page has or will have in the bundle.
    """

    def __init__(self, pdf: pikepdf.Pdf, first: int = 0) -> None:
        self._pdf, self._first = pdf, first
        self._pages = {page.obj.objgen: first + index for index, page in enumerate(pdf.pages)}
        self._names: dict[bytes, pikepdf.Object] | None = None

    def of(self, holder: pikepdf.Object) -> Destination | None:
        """Where a bookmark or link leads inside its own document; none if it does not."""
        found = holder.get("/Dest")
        if found is None:
            action = holder.get("/A")
            if not isinstance(action, pikepdf.Dictionary) or action.get("/S") != pikepdf.Name.GoTo:
                return None
            found = action.get("/D")
        return self.resolve(found)

    def resolve(self, found: object, depth: int = 0) -> Destination | None:
        """The place that an explicit or named destination means."""
        if depth > 4:
            return None
        if isinstance(found, pikepdf.Dictionary):
            return self.resolve(found.get("/D"), depth + 1)
        if isinstance(found, pikepdf.Array):
            return self._explicit(found)
        if isinstance(found, pikepdf.Name | pikepdf.String):
            return self.resolve(self._named(found), depth + 1)
        return None

    def _explicit(self, found: pikepdf.Array) -> Destination | None:
        if not len(found):
            return None
        page, index = found[0], None
        if isinstance(page, pikepdf.Dictionary):
            index = self._pages.get(page.objgen)
        elif isinstance(page, int) and 0 <= page < len(self._pages):
            index = self._first + int(page)
        if index is None:
            return None
        view = str(found[1]) if len(found) > 1 and isinstance(found[1], pikepdf.Name) else "/Fit"
        if view not in _VIEWS:
            return Destination(index)
        places = [number(item) for item in list(found)[2 : 2 + _VIEWS[view]]]
        if view == "/FitR" and (len(places) < 4 or None in places):
            return Destination(index)
        return Destination(index, view, tuple(places + [None] * (_VIEWS[view] - len(places))))

    def _named(self, name: pikepdf.Object) -> object:
        if self._names is None:
            self._names = self._read_names()
        return self._names.get(_key(name))

    def _read_names(self) -> dict[bytes, pikepdf.Object]:
        names: dict[bytes, pikepdf.Object] = {}
        old = self._pdf.Root.get("/Dests")
        if isinstance(old, pikepdf.Dictionary):
            for key in list(old.keys())[:_MOST_NAMES]:
                names[key.lstrip("/").encode("utf-8", "surrogateescape")] = old[key]
        tree = self._pdf.Root.get("/Names")
        queue = [tree.get("/Dests")] if isinstance(tree, pikepdf.Dictionary) else []
        seen: set[tuple[int, int]] = set()
        while queue and len(names) < _MOST_NAMES:
            node = queue.pop()
            if not isinstance(node, pikepdf.Dictionary) or (node.is_indirect and node.objgen in seen):
                continue
            if node.is_indirect:
                seen.add(node.objgen)
            elif len(seen) > 10_000:
                break
            pairs = node.get("/Names")
            if isinstance(pairs, pikepdf.Array):
                for index in range(0, len(pairs) - 1, 2):
                    if isinstance(pairs[index], pikepdf.String):
                        names[_key(pairs[index])] = pairs[index + 1]
            kids = node.get("/Kids")
            if isinstance(kids, pikepdf.Array):
                queue.extend(list(kids)[:_MOST_NAMES])
        return names


def _key(name: pikepdf.Object) -> bytes:
    if isinstance(name, pikepdf.String):
        return bytes(name)
    return str(name).lstrip("/").encode("utf-8", "surrogateescape")
