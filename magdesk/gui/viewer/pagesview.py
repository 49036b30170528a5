"""PDFs and pictures: the sheet of pages, words found on them, and what is cited from them."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QVBoxLayout

from magdesk.gui.theme import Theme
from magdesk.gui.viewer.canvas import PageCanvas
from magdesk.gui.viewer.drawingqueue import DrawingQueue
from magdesk.gui.viewer.view import Hits, Passage, View
from magdesk.gui.viewer.wordsearch import Wanted, any_of, phrase
from magdesk.gui.words import _
from magdesk.intake.rendering import Outline
from magdesk.model.facts import PinpointKind

_HITS_MOST = 2_000
_THIRDS = (_("left"), _("center"), _("right"))
_DOWN = (_("upper"), _("middle"), _("lower"))
_SCAN = 5.0  # rank of pages that are only looked through


class PagesView(View):
    """The sheet with its search."""

    zoomable = True
    fits = True
    turnable = True
    areas = True

    def __init__(self, theme: Theme, lane: DrawingQueue) -> None:
        super().__init__()
        self._lane = lane
        self.canvas = PageCanvas(theme, lane, self)
        self.setFocusProxy(self.canvas)
        self._wanted: Wanted | None = None
        self._hits: list[tuple[int, list[QRectF]]] = []
        self._at = -1
        self._scan: list[int] = []
        self._jump = False
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.canvas)
        self.canvas.page_changed.connect(self.page_changed)
        self.canvas.zoom_changed.connect(self.zoom_changed)
        self.canvas.selection_changed.connect(self.selection_changed)
        self.canvas.text_came.connect(self._on_text)
        self.canvas.picking_changed.connect(self.picking_changed)

    def show_outline(self, outline: Outline, *, text: bool) -> None:
        """Show these pages; ``text`` where they can hold letters."""
        self._wanted = None
        self._hits, self._at, self._scan = [], -1, []
        self.pages = len(outline.pages)
        self.findable = text
        self.canvas.show_outline(outline, text=text, fit="width" if text else "page")

    @property
    def page(self) -> int:
        """The page that is read, from 0."""
        return self.canvas.page

    @property
    def zoom(self) -> float:
        """1.0 is natural size."""
        return self.canvas.zoom

    def go_page(self, page: int) -> None:
        """Bring a page to the top."""
        self.canvas.go_page(page)

    def set_zoom(self, zoom: float) -> None:
        """Larger or smaller."""
        self.canvas.set_zoom(zoom)

    def fit(self, *, whole: bool) -> None:
        """As wide as the window, or whole."""
        self.canvas.fit("page" if whole else "width")

    def turn(self) -> None:
        """A quarter turn."""
        self.canvas.turn()

    # --------------------------------------------------------------------------------------------- finding

    def seek(self, words: str, *, every: bool = False) -> None:
        """Look through all pages, beginning with the one that is read."""
        self._wanted = (any_of(words) if every else phrase(words)) if self.findable else None
        self._hits, self._at, self._jump = [], -1, True
        self._lane.keep(lambda key: not isinstance(key, tuple) or key[0] != "text")
        first = self.canvas.page
        self._scan = [*range(first, self.pages), *range(first)] if self._wanted is not None else []
        self._show_hits()
        self._advance()

    def _advance(self) -> None:
        """Look through what is there; ask for the next page that is not."""
        while self._scan and self._wanted is not None:
            page = self._scan[0]
            if self.canvas.text_of(page) is None:
                self.canvas.ask_text(page, 0.5 if self._jump else _SCAN)
                break
            self._take(page)
        else:
            self._jump = False
        self._tell()

    def _take(self, page: int) -> None:
        text = self.canvas.text_of(page)
        self._scan = [one for one in self._scan if one != page]
        if text is None or self._wanted is None or len(self._hits) >= _HITS_MOST:
            return
        found = [(page, text.stripes(start, end)) for start, end in self._wanted.find(text.folded)]
        if not found:
            return
        now = self._hits[self._at] if self._at >= 0 else None
        self._hits += found
        self._hits.sort(key=lambda hit: hit[0])
        if self._jump:
            self._jump = False
            now = found[0]
            self.canvas.reveal(*now)
        self._at = next((place for place, hit in enumerate(self._hits) if hit is now), -1)
        self._show_hits()

    def _on_text(self, page: int) -> None:
        if self._wanted is not None and page in self._scan:
            if self.canvas.text_of(page) is None:
                self._scan.remove(page)
            self._advance()

    def seek_next(self, step: int) -> None:
        """Go to another hit, around the end."""
        if self._hits:
            self._at = (self._at + step) % len(self._hits)
            self.canvas.reveal(*self._hits[self._at])
            self._show_hits()
            self._tell()

    def _show_hits(self) -> None:
        marks: dict[int, list[QRectF]] = {}
        for page, boxes in self._hits:
            marks.setdefault(page, []).extend(boxes)
        self.canvas.show_hits(marks, self._hits[self._at] if self._at >= 0 else (-1, []))

    def _tell(self) -> None:
        self.hits_changed.emit(Hits(self._at + 1, len(self._hits), bool(self._scan)))

    # ---------------------------------------------------------------------------------------------- citing

    @property
    def selected(self) -> bool:
        """Whether text or a part of a page is selected."""
        return self.canvas.selection is not None or self.canvas.area is not None

    def pick_area(self, on: bool) -> None:
        """Let the next drag of the mouse choose a part of a page."""
        self.canvas.pick_area(on)

    def drop_area(self) -> bool:
        """Forget the chosen part."""
        found = self.canvas.area
        if found is not None:
            self.canvas.choose_area(found[0], None)
        self.canvas.pick_area(False)
        return found is not None

    def copy(self) -> bool:
        """Copy the selected text."""
        return self.canvas.copy()

    def passage(self) -> Passage:
        """The selected text with its pages, or the page; a single picture as a whole."""
        selection = self.canvas.selection
        if selection is not None:
            first, last = selection[0][0] + 1, selection[1][0] + 1
            pages = str(first) if first == last else f"{first}-{last}"
            return Passage(PinpointKind.PAGE, pages, self.canvas.quote())
        area = self.canvas.area
        if area is not None:
            page, shares = area
            kind, pinpoint = PinpointKind.PAGE, str(page + 1)
            if not self.findable and self.pages <= 1:
                kind, pinpoint = PinpointKind.WHOLE, ""
            return Passage(kind, pinpoint, self.canvas.area_text(), area_words(shares))
        if not self.findable and self.pages <= 1:
            return Passage(PinpointKind.WHOLE)
        return Passage(PinpointKind.PAGE, str(self.page + 1))


def area_words(shares: QRectF) -> str:
    """Where a part of a page lies, for a reader who has the page before them."""
    across = _THIRDS[min(2, max(0, int(shares.center().x() * 3)))]
    down = _DOWN[min(2, max(0, int(shares.center().y() * 3)))]
    return _(
        "Part of the page: {down} {across}; {left} to {right}% from the left, {top} to {bottom}% from the top."
    ).format(
        down=down,
        across=across,
        left=round(shares.left() * 100),
        right=round(shares.right() * 100),
        top=round(shares.top() * 100),
        bottom=round(shares.bottom() * 100),
    )
