"""What the viewer asks of each kind of view, and what a view says when it is cited."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from magdesk.model.facts import PinpointKind


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in an item, as a citation stores it.

    Attributes:
        note: what pinpoint and quote cannot say, e.g. which part of a photograph.
    """

    kind: PinpointKind
    pinpoint: str = ""
    quote: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Hits:
    """How a search inside the item stands.

    Attributes:
        at: which hit is shown, from 1; 0 for none.
        total: how many were found so far.
        searching: whether there is more to look through.
    """

    at: int = 0
    total: int = 0
    searching: bool = False


class View(QWidget):
    """A kind of view. What it cannot do, it says so.

    Attributes:
        pages: how many pages it has; 0 for none.
        zoomable: whether it can be larger and smaller.
        fits: whether it can be fitted to the window.
        turnable: whether it can be turned.
        findable: whether words can be found in it.
        citable: whether a place in it can be cited.
        areas: whether a part of a page can be chosen with the mouse.
        page_changed: another page is shown, from 0.
        zoom_changed: it is larger or smaller now.
        hits_changed: a search found more, or is over: :class:`Hits`.
        selection_changed: there is something else to cite or copy.
        said: a sentence about how the item is shown.
        picking_changed: the next drag of the mouse chooses an area, or does not any more.
    """

    zoomable = False
    fits = False
    turnable = False
    findable = False
    citable = True
    areas = False
    page_changed = Signal(int)
    zoom_changed = Signal()
    hits_changed = Signal(object)
    selection_changed = Signal()
    said = Signal(str)
    picking_changed = Signal(bool)

    pages = 0
    page_word = ""

    @property
    def page(self) -> int:
        """The page that is shown, from 0."""
        return 0

    @property
    def zoom(self) -> float:
        """1.0 is natural size."""
        return 1.0

    def go_page(self, page: int) -> None:
        """Show a page."""

    def go_counted(self, kind: PinpointKind, pinpoint: str) -> bool:
        """Choose what a pinpoint counts; whether there is such a thing here."""
        return False

    def set_zoom(self, zoom: float) -> None:
        """Show it larger or smaller."""

    def fit(self, *, whole: bool) -> None:
        """As wide as the window, or as much as fits into it."""

    def turn(self) -> None:
        """A quarter turn clockwise."""

    def pick_area(self, on: bool) -> None:
        """Let the next drag of the mouse choose a part of a page."""

    def drop_area(self) -> bool:
        """Forget the chosen part; whether there was any."""
        return False

    def seek(self, words: str, *, every: bool = False) -> None:
        """Look for words; an empty text ends the search.

        Args:
            every: each word for itself, as the search of the whole case does; else they must stand side by side.
        """

    def seek_next(self, step: int) -> None:
        """Go to the next hit, or with -1 to the one before."""

    def copy(self) -> bool:
        """Put what is selected on the clipboard; whether there was anything."""
        return False

    @property
    def selected(self) -> bool:
        """Whether something is selected."""
        return False

    def passage(self) -> Passage:
        """What is to be cited now."""
        return Passage(PinpointKind.WHOLE)

    def leave(self) -> None:
        """Another item is shown now: let go of this one."""
