"""Links of a page, read from a source and drawn anew in the bundle: nothing else of an annotation is carried over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf

from magdesk.packet.destinations import Destination, Destinations
from magdesk.packet.geometry import number

_WEB = re.compile(rb"(?:https?://|mailto:)[\x21-\x7e]+", re.IGNORECASE)
_MAX_ADDRESS = 4_000


@dataclass(frozen=True, slots=True)
class PageLink:
    """A clickable place on a page.

    Attributes:
        box: where, in the page's own units.
        target: place in the bundle.
        address: web or mail address instead of a target; opened only when a person clicks.
        frame: the drawn border as the source has it: ``/Border``, ``/BS`` and ``/C`` as plain values.
    """

    box: tuple[float, float, float, float]
    target: Destination | None
    address: bytes
    frame: tuple[tuple[float, ...] | None, float | None, tuple[float, ...] | None]

    def annotation(self, pages: Sequence[pikepdf.Object]) -> pikepdf.Dictionary | None:
        """The link for the bundle; none when it leads nowhere there.

        Args:
            pages: the bundle's page objects.
        """
        border, width, colour = self.frame
        made = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=pikepdf.Array(list(self.box)), F=4
        )
        made.Border = pikepdf.Array(list(border if border is not None else (0, 0, 0 if width is None else width)))
        if colour is not None:
            made.C = pikepdf.Array(list(colour))
        if self.target is not None:
            if not 0 <= self.target.page < len(pages):
                return None
            made.Dest = self.target.array(pages[self.target.page])
        else:
            made.A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(self.address))
        return made


def read_link(annotation: pikepdf.Object, destinations: Destinations, bundle_name: str = "") -> PageLink | None:
    """What a link annotation means; none if it leads nowhere that the bundle may lead to.

    Args:
        bundle_name: file name of the bundle, for links of our own documents that lead into it.
    """
    box = _numbers(annotation.get("/Rect"))
    if box is None or len(box) != 4:
        return None
    rectangle = (min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3]))
    target, address = destinations.of(annotation), b""
    action = annotation.get("/A")
    if target is None and isinstance(action, pikepdf.Dictionary):
        kind = action.get("/S")
        if kind == pikepdf.Name.URI:
            address = _web_address(action)
        elif kind == pikepdf.Name.GoToR and bundle_name and remote_file(action) == bundle_name:
            page = remote_page(action)
            target = Destination(page) if page is not None else None
    if target is None and not address:
        return None
    return PageLink(rectangle, target, address, _frame(annotation))


def remote_file(action: pikepdf.Object) -> str:
    """The file name that a remote go-to action opens; empty when it names none."""
    found = action.get("/F")
    if isinstance(found, pikepdf.Dictionary):
        found = found.get("/UF") or found.get("/F")
    return str(found) if isinstance(found, pikepdf.String) else ""


def remote_page(action: pikepdf.Object) -> int | None:
    """The page, from 0, that a remote go-to action opens; none when it names none."""
    place = action.get("/D")
    if isinstance(place, pikepdf.Array) and len(place) and isinstance(place[0], int):
        return int(place[0])
    return None


def is_web_address(action: pikepdf.Object) -> bool:
    """Whether an action opens a web or mail address and nothing else."""
    return action.get("/S") == pikepdf.Name.URI and bool(_web_address(action))


def _web_address(action: pikepdf.Object) -> bytes:
    raw = action.get("/URI")
    found = bytes(raw).strip() if isinstance(raw, pikepdf.String) else b""
    return found if len(found) <= _MAX_ADDRESS and _WEB.fullmatch(found) else b""


def _frame(annotation: pikepdf.Object) -> tuple[tuple[float, ...] | None, float | None, tuple[float, ...] | None]:
    border = _numbers(annotation.get("/Border"), limit=3)
    style = annotation.get("/BS")
    width = number(style.get("/W", 1)) if isinstance(style, pikepdf.Dictionary) else None
    if border is not None and len(border) < 3:
        border = None
    if border is None and width is None:
        border = (0.0, 0.0, 1.0)
    return (None if width is not None else border), width, _numbers(annotation.get("/C"), limit=4)


def _numbers(value: object, limit: int = 4) -> tuple[float, ...] | None:
    if not isinstance(value, pikepdf.Array):
        return None
    found = [number(item) for item in list(value)[:limit]]
    return None if None in found else tuple(item for item in found if item is not None)
