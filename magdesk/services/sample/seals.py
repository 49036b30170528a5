"""Seals of invented bodies, drawn: a ring and a simple sign, so that papers of different hands look different."""

from __future__ import annotations

import io
import math
from collections.abc import Callable
from functools import cache

from PIL import Image, ImageDraw

_SIZE = 320
_SCALE = 3
Point = tuple[float, float]
Polygons = list[list[Point]]


def _star(points: int) -> Polygons:
    corners: list[Point] = []
    for index in range(points * 2):
        radius = 0.52 if index % 2 == 0 else 0.22
        angle = math.pi * index / points - math.pi / 2
        corners.append((radius * math.cos(angle), radius * math.sin(angle)))
    return [corners]


def _box(left: float, top: float, right: float, bottom: float) -> list[Point]:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _waves() -> Polygons:
    rows = []
    for top in (-0.3, -0.05, 0.2):
        upper = [(x / 20, top + 0.07 * math.sin(x * 0.7)) for x in range(-10, 11)]
        rows.append(upper + [(x, y + 0.11) for x, y in reversed(upper)])
    return rows


_SIGNS: dict[str, tuple[str, Callable[[], Polygons]]] = {
    "panel": ("#1f4e79", _waves),
    "state": ("#2e686c", lambda: _star(7)),
    "court": ("#3b3b3b", lambda: [[(-0.5, -0.2), (0, -0.5), (0.5, -0.2)], *(_box(x, -0.14, x + 0.12, 0.32) for x in (-0.4, -0.06, 0.28)), _box(-0.5, 0.36, 0.5, 0.46)]),
    "directorate": ("#1d3b2a", lambda: [[(-0.42, -0.4), (0.42, -0.4), (0.42, 0.05), (0, 0.5), (-0.42, 0.05)]]),
    "ministry": ("#1d2b4f", lambda: _star(8)),
    "audit": ("#5a4a1a", lambda: [_box(-0.45, 0.05, -0.2, 0.42), _box(-0.12, -0.15, 0.12, 0.42), _box(0.2, -0.42, 0.45, 0.42)]),
    "registry": ("#4a4a5a", lambda: [_box(-0.36, -0.45, 0.36, -0.3), _box(-0.36, -0.2, 0.36, -0.05), _box(-0.36, 0.05, 0.36, 0.2), _box(-0.36, 0.3, 0.1, 0.45)]),
    "bank": ("#0f5257", lambda: [_box(-0.45, -0.45, 0.45, -0.25), _box(-0.1, -0.25, 0.1, 0.45)]),
    "fund": ("#6b4f2a", lambda: [_box(-0.45, 0.1, -0.02, 0.42), _box(0.02, 0.1, 0.45, 0.42), _box(-0.22, -0.28, 0.22, 0.04)]),
    "hospital": ("#9a2f2f", lambda: [_box(-0.14, -0.48, 0.14, 0.48), _box(-0.48, -0.14, 0.48, 0.14)]),
    "monitor": ("#8a4b08", lambda: [[(-0.5, 0), (0, -0.3), (0.5, 0), (0, 0.3)]]),
    "harbour": ("#0b3d5c", lambda: [_box(-0.06, -0.45, 0.06, 0.4), _box(-0.3, -0.2, 0.3, -0.1), [(-0.45, 0.1), (-0.3, 0.1), (0, 0.36), (0.3, 0.1), (0.45, 0.1), (0, 0.52)]]),
    "wire": ("#222222", lambda: [_box(-0.5, -0.3, 0.5, -0.18), _box(-0.5, -0.05, 0.3, 0.07), _box(-0.5, 0.2, 0.45, 0.32)]),
    "courier": ("#111111", lambda: [[(-0.5, -0.3), (0.5, -0.3), (0, 0.05)], [(-0.5, -0.18), (0, 0.18), (0.5, -0.18), (0.5, 0.36), (-0.5, 0.36)]]),
    "lantern": ("#704214", lambda: [[(-0.28, -0.2), (0.28, -0.2), (0.18, 0.4), (-0.18, 0.4)], [(-0.18, -0.28), (0, -0.5), (0.18, -0.28)]]),
    "conference": ("#24506b", lambda: _star(12)),
}  # fmt: skip


@cache
def seal(name: str) -> bytes:
    """The seal of a body as PNG."""
    colour, sign = _SIGNS[name]
    side = _SIZE * _SCALE
    image = Image.new("RGB", (side, side), "white")
    draw = ImageDraw.Draw(image)
    for inset, width in ((0.03, 0.022), (0.1, 0.008)):
        margin = side * inset
        draw.ellipse((margin, margin, side - margin, side - margin), outline=colour, width=round(side * width))
    for index in range(48):
        angle = 2 * math.pi * index / 48
        x, y = (side / 2 + side * 0.435 * turn(angle) for turn in (math.cos, math.sin))
        dot = side * 0.008
        draw.ellipse((x - dot, y - dot, x + dot, y + dot), fill=colour)
    for polygon in sign():
        draw.polygon([(side / 2 + x * side * 0.52, side / 2 + y * side * 0.52) for x, y in polygon], fill=colour)
    out = io.BytesIO()
    image.resize((_SIZE, _SIZE), Image.Resampling.LANCZOS).quantize(32).save(out, "PNG", optimize=True)
    return out.getvalue()
