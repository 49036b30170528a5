"""Where the parts of the matrix stand: one line for each target and ground, the cells in as many rows as needed.

Whole numbers of pixels only; nothing here asks Qt for anything, so that it can be worked out for thousands of cells
between two frames.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from magdesk.gui.matrix.bands import Band, CellWords, Chosen, TargetBands

MARGIN, GAP = 16, 8
LEAST = 158  # narrowest cell
_INDENT = 22


@dataclass(frozen=True, slots=True)
class Sizes:
    """Heights that follow from the font."""

    head: int
    band: int
    mode: int
    cell: int


@dataclass(frozen=True, slots=True)
class MatrixPart:
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
    thing: TargetBands | Band | CellWords
    open: bool = True

    @property
    def key(self) -> Chosen:
        """What tells it from others, whatever else changes."""
        return self.thing.key

    def holds(self, x: int, y: int) -> bool:
        """Whether a point is in it."""
        return self.left <= x < self.left + self.width and self.top <= y < self.top + self.height


class Layout:
    """The parts, from the top.

    Attributes:
        height: of everything.
    """

    def __init__(self, groups: Sequence[TargetBands], closed: Collection[Chosen], width: int, sizes: Sizes) -> None:
        self.parts: list[MatrixPart] = []
        self.rows: list[list[MatrixPart]] = []
        self.height = GAP
        self._tops: list[int] = []
        self._keys: dict[Chosen, MatrixPart] = {}
        self._closed, self._width, self._sizes = closed, width, sizes
        self._groups = groups
        for group in groups:
            if self._line(group, MARGIN, sizes.head):
                for band in group.bands:
                    self._band(band)
            self.height += GAP

    def renew(self, groups: Sequence[TargetBands]) -> bool:
        """Take other words for the same parts; whether they are the same, in the same order.

        After an edit one ground of hundreds differs, and nothing has to move.
        """
        changed: list[TargetBands | Band | CellWords] = []
        if [group.key for group in groups] != [group.key for group in self._groups]:
            return False
        for old, new in zip(self._groups, groups, strict=True):
            if len(old.bands) != len(new.bands):
                return False
            changed.append(new)
            for before, after in zip(old.bands, new.bands, strict=True):
                if before is after:
                    continue
                if _keys(before) != _keys(after):
                    return False
                for band in (after, *after.modes):
                    changed += [band, *band.boxes]
        for thing in changed:
            part = self._keys.get(thing.key)
            if part is not None:
                fresh = replace(part, thing=thing)
                row = self.rows[part.row]
                row[row.index(part)] = fresh
                self._keys[thing.key] = fresh
        self.parts = [part for row in self.rows for part in row]
        self._groups = groups
        return True

    def _band(self, band: Band) -> None:
        if self._line(band, MARGIN + _INDENT, self._sizes.band):
            self._cells(band)
            for mode in band.modes:
                if self._line(mode, MARGIN + _INDENT, self._sizes.mode):
                    self._cells(mode)
        self.height += 4

    def _line(self, thing: TargetBands | Band, left: int, height: int) -> bool:
        """Put a line; whether what is under it is shown."""
        opened = thing.key not in self._closed
        wide = self._width - MARGIN - left
        self._add([MatrixPart(left, self.height, wide, height, len(self.rows), thing, opened)])
        self.height += height + 2
        return opened

    def _cells(self, band: Band) -> None:
        left = MARGIN + _INDENT
        inner = max(LEAST, self._width - MARGIN - left)
        columns = max(1, (inner + GAP) // (LEAST + GAP))
        wide = (inner - (columns - 1) * GAP) // columns
        for start in range(0, len(band.boxes), columns):
            row = [
                MatrixPart(left + n * (wide + GAP), self.height, wide, self._sizes.cell, len(self.rows), box)
                for n, box in enumerate(band.boxes[start : start + columns])
            ]
            self._add(row)
            self.height += self._sizes.cell + GAP

    def _add(self, row: list[MatrixPart]) -> None:
        self.rows.append(row)
        self._tops.append(row[0].top)
        self.parts += row
        for part in row:
            self._keys[part.key] = part

    def between(self, top: int, bottom: int) -> list[MatrixPart]:
        """The parts that reach into a stretch."""
        first = max(0, bisect_right(self._tops, top) - 1)
        last = bisect_right(self._tops, bottom)
        return [part for row in self.rows[first:last] for part in row]

    def at(self, x: int, y: int) -> MatrixPart | None:
        """The part at a point."""
        return next((part for part in self.between(y, y) if part.holds(x, y)), None)

    def part(self, key: Chosen | None) -> MatrixPart | None:
        """The part of that key, where it is shown."""
        return None if key is None else self._keys.get(key)

    def beside(self, part: MatrixPart, step: int) -> MatrixPart | None:
        """The next part, or the one before."""
        row = self.rows[part.row]
        place = row.index(part) + step
        if 0 <= place < len(row):
            return row[place]
        other = part.row + (1 if step > 0 else -1)
        if not 0 <= other < len(self.rows):
            return None
        return self.rows[other][0 if step > 0 else -1]

    def below(self, part: MatrixPart, step: int) -> MatrixPart | None:
        """The part of another row that stands nearest."""
        other = max(0, min(len(self.rows) - 1, part.row + step))
        if other == part.row:
            return None
        middle = part.left + part.width // 2 if isinstance(part.thing, CellWords) else part.left
        return min(self.rows[other], key=lambda one: abs(one.left + one.width // 2 - middle))


def _keys(band: Band) -> list[Chosen]:
    keys: list[Chosen] = []
    for one in (band, *band.modes):
        keys += [one.key, *(box.key for box in one.boxes)]
    return keys
