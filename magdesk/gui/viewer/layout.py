"""Where each page stands on the long sheet that is scrolled."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF

from magdesk.gui.viewer.cache import Tile
from magdesk.intake.rendering import Area, Outline

GAP = 14
MARGIN = 18
_TILE = 1_280  # device pixels
_WHOLE_MOST = 5_000_000  # device pixels of a page that is drawn in one piece


@dataclass(frozen=True, slots=True)
class PlacedTile:
    """A tile and where it lies on its page, in device pixels."""

    tile: Tile
    area: Area
    whole: bool


class PageLayout:
    """Pages one below the other, in device-independent pixels.

    Attributes:
        zoom: 1.0 is natural size.
        turn: quarter turns clockwise.
        ratio: device pixels per device-independent pixel.
    """

    def __init__(self, outline: Outline, zoom: float, turn: int, ratio: float, room: QSizeF) -> None:
        """Place the pages.

        Args:
            room: the window, in whose middle pages stand that are smaller.
        """
        self.outline = outline
        self.zoom = zoom
        self.turn = turn % 4
        self.ratio = ratio
        self._unit = outline.unit * zoom
        widths = [page[1] if turn % 2 else page[0] for page in outline.pages]
        heights = [page[0] if turn % 2 else page[1] for page in outline.pages]
        self._widths = [width * self._unit for width in widths]
        self._heights = [height * self._unit for height in heights]
        self.width = max(room.width(), max(self._widths, default=0.0) + 2 * MARGIN)
        self._tops: list[float] = []
        needed = sum(self._heights) + GAP * (len(self._heights) - 1) + 2 * MARGIN
        top = MARGIN + max(0.0, (room.height() - needed) / 2)
        for height in self._heights:
            self._tops.append(round(top * ratio) / ratio)
            top += height + GAP
        self.height = max(room.height(), needed) if self._tops else 0.0

    def rect(self, page: int) -> QRectF:
        """Where a page stands, on whole device pixels."""
        across, down = self._pixels(page)
        left = round((self.width - across / self.ratio) / 2 * self.ratio) / self.ratio
        return QRectF(left, self._tops[page], across / self.ratio, down / self.ratio)

    def page_at(self, y: float) -> int:
        """The page at a height, or the one above the gap."""
        return max(0, bisect_right(self._tops, y) - 1)

    def pages_between(self, top: float, bottom: float) -> range:
        """The pages that a stripe shows."""
        if not self._tops:
            return range(0)
        first = self.page_at(top)
        last = bisect_right(self._tops, bottom)
        return range(first, max(first + 1, last))

    def to_page(self, page: int, point: QPointF) -> QPointF:
        """A point of the sheet in units of the upright page."""
        rect = self.rect(page)
        x, y = (point.x() - rect.left()) / self._unit, (point.y() - rect.top()) / self._unit
        width, height = self.outline.pages[page]
        match self.turn:
            case 1:
                return QPointF(y, height - x)
            case 2:
                return QPointF(width - x, height - y)
            case 3:
                return QPointF(width - y, x)
        return QPointF(x, y)

    def from_page(self, page: int, box: QRectF) -> QRectF:
        """A box of the upright page on the sheet."""
        rect = self.rect(page)
        width, height = self.outline.pages[page]
        match self.turn:
            case 1:
                turned = QRectF(height - box.bottom(), box.left(), box.height(), box.width())
            case 2:
                turned = QRectF(width - box.right(), height - box.bottom(), box.width(), box.height())
            case 3:
                turned = QRectF(box.top(), width - box.right(), box.height(), box.width())
            case _:
                turned = box
        return QRectF(
            rect.left() + turned.left() * self._unit,
            rect.top() + turned.top() * self._unit,
            turned.width() * self._unit,
            turned.height() * self._unit,
        )

    def parts(self, page: int, seen: QRectF | None = None) -> Iterable[PlacedTile]:
        """The pieces in which a page is drawn.

        Args:
            seen: only those that this part of the sheet shows.
        """
        across, down = self._pixels(page)
        scale = self._unit * self.ratio
        if across * down <= _WHOLE_MOST:
            tile = Tile(page, self.turn, across)
            return [PlacedTile(tile, Area(scale, self.turn, 0, 0, across, down), whole=True)]
        rect = self.rect(page)
        window = rect if seen is None else rect.intersected(seen)
        first_column = max(0, int((window.left() - rect.left()) * self.ratio) // _TILE)
        last_column = min((across - 1) // _TILE, int((window.right() - rect.left()) * self.ratio) // _TILE)
        first_row = max(0, int((window.top() - rect.top()) * self.ratio) // _TILE)
        last_row = min((down - 1) // _TILE, int((window.bottom() - rect.top()) * self.ratio) // _TILE)
        parts = []
        for row in range(first_row, last_row + 1):
            for column in range(first_column, last_column + 1):
                left, top = column * _TILE, row * _TILE
                area = Area(scale, self.turn, left, top, min(_TILE, across - left), min(_TILE, down - top))
                parts.append(PlacedTile(Tile(page, self.turn, across, column, row), area, whole=False))
        return parts

    def preview(self, page: int) -> PlacedTile:
        """A small picture of a page that is too large to be drawn whole."""
        across, down = self._pixels(page)
        shrink = min(1.0, 1_400 / max(across, down))
        scale = self._unit * self.ratio * shrink
        small = (max(1, round(across * shrink)), max(1, round(down * shrink)))
        return PlacedTile(Tile(page, self.turn, small[0]), Area(scale, self.turn, 0, 0, *small), whole=True)

    def _pixels(self, page: int) -> tuple[int, int]:
        return (
            max(1, round(self._widths[page] * self.ratio)),
            max(1, round(self._heights[page] * self.ratio)),
        )
