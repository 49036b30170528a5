"""Seals of invented bodies, drawn: a ring and a simple sign, so that papers of different hands look different."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from PIL import Image, ImageDraw

from magdesk.services.sample.story import read_table

_SIZE = 240
_SCALE = 3
Polygon = list[tuple[float, float]]


@cache
def seal(name: str) -> bytes:
    """The seal of a body as PNG."""
    story = read_table("seals")[name]
    side, colour = _SIZE * _SCALE, story["colour"]
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
    for polygon in _sign(story):
        draw.polygon([(side / 2 + x * side * 0.52, side / 2 + y * side * 0.52) for x, y in polygon], fill=colour)
    out = io.BytesIO()
    image.resize((_SIZE, _SIZE), Image.Resampling.LANCZOS).quantize(32).save(out, "PNG", optimize=True)
    return out.getvalue()


def _sign(story: Mapping[str, Any]) -> Iterator[Polygon]:
    if "star" in story:
        yield _star(story["star"])
    for left, top, right, bottom in story.get("boxes", ()):
        yield [(left, top), (right, top), (right, bottom), (left, bottom)]
    for numbers in story.get("polygons", ()):
        yield list(zip(numbers[::2], numbers[1::2], strict=True))


def _star(points: int) -> Polygon:
    corners: Polygon = []
    for index in range(points * 2):
        radius = 0.52 if index % 2 == 0 else 0.22
        angle = math.pi * index / points - math.pi / 2
        corners.append((radius * math.cos(angle), radius * math.sin(angle)))
    return corners
