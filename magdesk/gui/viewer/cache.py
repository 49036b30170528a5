"""Drawn pages, kept as long as there is room for them."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtGui import QImage

from magdesk.intake.rendering import Pixels

BUDGET = 150 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Tile:
    """Which part of which page, drawn how.

    Attributes:
        turn: quarter turns clockwise.
        across: width of the whole page in device pixels, which says the scale.
        column, row: which part, where a page is drawn in parts.
    """

    page: int
    turn: int
    across: int
    column: int = 0
    row: int = 0


class CachedPicture:
    """Pixels and the image over them; the image holds no copy, so both stay together."""

    def __init__(self, pixels: Pixels) -> None:
        self.pixels = pixels
        self.image = QImage(pixels.data, pixels.width, pixels.height, 4 * pixels.width, QImage.Format.Format_RGB32)

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.pixels.data)


class PictureCache:
    """The most recently used pictures of one item."""

    def __init__(self, budget: int = BUDGET) -> None:
        self._budget = budget
        self._pictures: OrderedDict[Tile, CachedPicture] = OrderedDict()
        self._whole: dict[tuple[int, int], Tile] = {}
        self.size = 0

    def __contains__(self, tile: Tile) -> bool:
        return tile in self._pictures

    def get(self, tile: Tile) -> CachedPicture | None:
        """A picture, which counts as used."""
        picture = self._pictures.get(tile)
        if picture is not None:
            self._pictures.move_to_end(tile)
        return picture

    def any_of(self, page: int, turn: int) -> CachedPicture | None:
        """Some picture of a whole page, at whatever scale, to be shown until the right one comes."""
        tile = self._whole.get((page, turn))
        return self._pictures.get(tile) if tile is not None else None

    def put(self, tile: Tile, picture: CachedPicture, *, whole: bool) -> None:
        """Keep a picture; the least used ones go."""
        self.size += picture.size
        before = self._pictures.pop(tile, None)
        if before is not None:
            self.size -= before.size
        self._pictures[tile] = picture
        if whole:
            self._whole[tile.page, tile.turn] = tile
        while self.size > self._budget and len(self._pictures) > 1:
            gone, old = self._pictures.popitem(last=False)
            self.size -= old.size
            if self._whole.get((gone.page, gone.turn)) == gone:
                del self._whole[gone.page, gone.turn]

    def clear(self) -> None:
        """Forget all."""
        self._pictures.clear()
        self._whole.clear()
        self.size = 0
