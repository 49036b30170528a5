"""The page as it is seen: its visible box, its turn, and the matrix from visual space to the page's own."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pikepdf

BoxEdges = tuple[float, float, float, float]
LETTER: BoxEdges = (0.0, 0.0, 612.0, 792.0)


@dataclass(frozen=True, slots=True)
class PageFrame:
    """Where drawing in visual space goes.

    Attributes:
        box: the visible box (crop box inside media box) in the page's own units: x0, y0, x1, y1.
        turn: clockwise turn when shown: 0, 90, 180 or 270 degrees.
        unit: points per unit of the page (``/UserUnit``).
        boxed: whether the page has a media box of its own that makes sense, and no crop box that does not.
    """

    box: BoxEdges
    turn: int
    unit: float
    boxed: bool = True

    @property
    def width(self) -> float:
        """Width as seen, in units of the page."""
        x0, y0, x1, y1 = self.box
        return y1 - y0 if self.turn in (90, 270) else x1 - x0

    @property
    def height(self) -> float:
        """Height as seen, in units of the page."""
        x0, y0, x1, y1 = self.box
        return x1 - x0 if self.turn in (90, 270) else y1 - y0

    @property
    def matrix(self) -> tuple[float, float, float, float, float, float]:
        """From visual space (origin at the bottom left as seen) to the page's own space."""
        x0, y0, x1, y1 = self.box
        match self.turn:
            case 90:
                return (0, 1, -1, 0, x1, y0)
            case 180:
                return (-1, 0, 0, -1, x1, y1)
            case 270:
                return (0, -1, 1, 0, x0, y1)
            case _:
                return (1, 0, 0, 1, x0, y0)


def frame_of(page: pikepdf.Object) -> PageFrame:
    """How the page is seen; as US Letter where it does not say.

    Every value may be missing, of the wrong type or nonsense; none of that raises.
    """
    own = _box(page.get("/MediaBox"))
    media = own or LETTER
    crop = (_box(page.get("/CropBox")) if "/CropBox" in page else None) or media
    seen = (max(crop[0], media[0]), max(crop[1], media[1]), min(crop[2], media[2]), min(crop[3], media[3]))
    shown = seen[2] - seen[0] > 0 and seen[3] - seen[1] > 0
    unit = (number(page.get("/UserUnit")) if "/UserUnit" in page else None) or 1.0
    turn = (number(page.get("/Rotate")) if "/Rotate" in page else None) or 0.0
    return PageFrame(
        box=seen if shown else media,
        turn=int(turn) % 360 if turn % 90 == 0 else 0,
        unit=unit if 0 < unit <= 75_000 else 1.0,
        boxed=own is not None and shown,
    )


def number(value: object) -> float | None:
    """A finite number out of a PDF object; none when it is not one."""
    if type(value) is int:
        return float(value)
    if value is None or isinstance(value, bool):
        return None
    try:
        result = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError, pikepdf.PdfError):
        return None
    return result if math.isfinite(result) else None


def _box(value: object) -> BoxEdges | None:
    if not isinstance(value, pikepdf.Array) or len(value) != 4:
        return None
    found = [number(item) for item in value]
    if any(item is None or abs(item) > 1e7 for item in found):
        return None
    a, b, c, d = (float(item) for item in found if item is not None)
    x0, x1, y0, y1 = min(a, c), max(a, c), min(b, d), max(b, d)
    return (x0, y0, x1, y1) if x1 - x0 > 0 and y1 - y0 > 0 else None
