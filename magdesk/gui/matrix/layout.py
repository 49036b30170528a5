"""Where the parts of the matrix stand: one line for each target and ground, the cells in as many rows as needed.

Whole numbers of pixels only; nothing here asks Qt for anything, so that it can be worked out for thousands of cells
between two frames.
"""

from __future__ import annotations

import uuid
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from magdesk.gui.matrix.bands import Band, Box, Group, Key

MARGIN, GAP = 16, 8
LEAST = 148  # narrowest cell
_INDENT = 22


@dataclass(frozen=True, slots=True)
class Sizes:
    """Heights that follow from the font."""

    head: int
    band: int
    cell: int


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is painted and can be chosen: the line of a target, the line of a ground, or a cell.

    Attributes:
        row: which row it stands in, from the top.
        open: for a line: whether what is under it is shown.
    """

    left: int
    top: int
    width: int
    height: int
    row: int
    thing: Group | Band | Box
    open: bool = True

    @property
    def key(self) -> Key | uuid.UUID:
        """What tells it from others, whatever else changes."""
        if isinstance(self.thing, Box):
            return self.thing.key
        return self.thing.target if isinstance(self.thing, Group) else self.thing.ground.basis

    def holds(self, x: int, y: int) -> bool:
        """Whether a point is in it."""
        return self.left <= x < self.left + self.width and self.top <= y < self.top + self.height


class Layout:
    """The parts, from the top.

    Attributes:
        height: of everything.
    """

    def __init__(self, groups: Sequence[Group], closed: Collection[uuid.UUID], width: int, sizes: Sizes) -> None:
        self.parts: list[Part] = []
        self.rows: list[list[Part]] = []
        self._tops: list[int] = []
        self._keys: dict[Key | uuid.UUID, Part] = {}
        inner = max(LEAST, width - 2 * MARGIN - _INDENT)
        columns = max(1, (inner + GAP) // (LEAST + GAP))
        wide = (inner - (columns - 1) * GAP) // columns
        top = GAP
        for group in groups:
            opened = group.target not in closed
            self._line(Part(MARGIN, top, width - 2 * MARGIN, sizes.head, len(self.rows), group, opened))
            top += sizes.head + 2
            for band in group.bands if opened else ():
                unfolded = band.ground.basis not in closed
                left = MARGIN + _INDENT
                self._line(Part(left, top, width - MARGIN - left, sizes.band, len(self.rows), band, unfolded))
                top += sizes.band + 2
                boxes = band.boxes if unfolded else ()
                for start in range(0, len(boxes), columns):
                    row = [
                        Part(left + n * (wide + GAP), top, wide, sizes.cell, len(self.rows), box)
                        for n, box in enumerate(boxes[start : start + columns])
                    ]
                    self._add(row)
                    top += sizes.cell + GAP
                top += 4
            top += GAP
        self.height = top

    def _line(self, part: Part) -> None:
        self._add([part])

    def _add(self, row: list[Part]) -> None:
        self.rows.append(row)
        self._tops.append(row[0].top)
        self.parts += row
        for part in row:
            self._keys[part.key] = part

    def between(self, top: int, bottom: int) -> list[Part]:
        """The parts that reach into a stretch."""
        first = max(0, bisect_right(self._tops, top) - 1)
        last = bisect_right(self._tops, bottom)
        return [part for row in self.rows[first:last] for part in row]

    def at(self, x: int, y: int) -> Part | None:
        """The part at a point."""
        return next((part for part in self.between(y, y) if part.holds(x, y)), None)

    def part(self, key: Key | uuid.UUID | None) -> Part | None:
        """The part of that key, where it is shown."""
        return None if key is None else self._keys.get(key)

    def beside(self, part: Part, step: int) -> Part | None:
        """The next part, or the one before."""
        row = self.rows[part.row]
        place = row.index(part) + step
        if 0 <= place < len(row):
            return row[place]
        other = part.row + (1 if step > 0 else -1)
        if not 0 <= other < len(self.rows):
            return None
        return self.rows[other][0 if step > 0 else -1]

    def below(self, part: Part, step: int) -> Part | None:
        """The part of another row that stands nearest."""
        other = max(0, min(len(self.rows) - 1, part.row + step))
        if other == part.row:
            return None
        middle = part.left + part.width // 2 if isinstance(part.thing, Box) else part.left
        return min(self.rows[other], key=lambda one: abs(one.left + one.width // 2 - middle))
