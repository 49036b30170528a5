"""Drawings on a page: lines, boxes and real text, scaled as a whole, upright or turned."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Protocol

from magdesk.document.blocks import Drawing, DrawnBox, DrawnLine, DrawnText
from magdesk.render.pdf import styles
from magdesk.render.pdf.paragraphs import Composer, Line
from magdesk.render.pdf.richtext import rich_text
from magdesk.render.pdf.styles import Align, Colour, Type
from magdesk.render.pdf.textwriter import number, rgb

SMALLEST = 6.5
"""Text is not set smaller than this, in points, while the drawing can be turned instead."""

_LEADING = 1.3
_HEAD = 5.2
_HATCH = 4.0
_LINES: dict[str, Colour] = {
    "ink": styles.INK,
    "navy": styles.NAVY,
    "grey": styles.GREY,
    "faint": styles.FAINT,
    "bad": styles.BANNER,
    "link": styles.LINK,
    "white": (1.0, 1.0, 1.0),
}
_FILLS: dict[str, Colour] = {**styles.SHADES, "strong": styles.NAVY, "white": (1.0, 1.0, 1.0)}
Point = tuple[float, float]


class Board(Protocol):
    """What a drawing is drawn on: operators, and lines of text with their links."""

    def operators(self, text: str) -> None:
        """Append operators to the page's content."""

    def words(self, line: Line, x: float, baseline: float) -> None:
        """Draw a line of text, in the coordinates of the drawing."""


def fit_drawing(drawing: Drawing, width: float, height: float, *, may_turn: bool = True) -> tuple[float, bool]:
    """The scale at which a drawing fits a box, and whether it is turned for that; it is never enlarged."""
    wide, high = max(drawing.width, 1.0), max(drawing.height, 1.0)
    upright = min(1.0, width / wide, height / high)
    turned = min(1.0, width / high, height / wide)
    if not may_turn or upright * drawing.smallest >= SMALLEST or turned <= upright:
        return upright, False
    return turned, True


def draw(drawing: Drawing, composer: Composer, board: Board, scale: float) -> None:
    """Draw with the origin at the lower left corner of the drawing; y of its shapes runs downwards."""
    high = drawing.height
    for shape in drawing.shapes:
        match shape:
            case DrawnBox():
                board.operators(_box(shape, high, scale))
            case DrawnLine():
                board.operators(_line(shape, high, scale))
            case DrawnText():
                _words(shape, composer, board, high, scale)


def _words(shape: DrawnText, composer: Composer, board: Board, high: float, scale: float) -> None:
    width = shape.width * scale
    style = Type(
        family="sans",
        size=shape.size * scale,
        leading=shape.size * scale * _LEADING,
        bold=shape.bold,
        italic=shape.italic,
        colour=_LINES.get(shape.tone, styles.INK),
        align=Align.START,
    )
    line = composer.single(rich_text(shape.inlines, style, None), style)
    if line.right > width > 0:
        share = width / line.right
        style = replace(style, size=style.size * share)
        line = composer.single(rich_text(shape.inlines, style, None), style)
    shift = {"centre": 0.5, "end": 1.0}.get(shape.align, 0.0) * max(width - line.right, 0.0)
    top = (high - shape.y) * scale
    # All lines of a drawing stand on the same part of their height, whatever scripts are in them.
    baseline = top - shape.size * scale * (0.5 * (_LEADING - 1) + 0.79)
    board.words(line, shape.x * scale + shift, baseline)


def _box(shape: DrawnBox, high: float, scale: float) -> str:
    x, y = shape.x * scale, (high - shape.y - shape.height) * scale
    width, height = shape.width * scale, shape.height * scale
    outline = _rounded(x, y, width, height, min(shape.radius * scale, width / 2, height / 2))
    out = ["q"]
    fill = _FILLS.get(shape.fill)
    if fill is not None:
        out.append(f"{rgb(fill)} rg {outline} f")
    if shape.hatched:
        out.append(f"q {outline} W n {_hatch(x, y, width, height, shape, scale)} Q")
    if shape.line:
        out.append(f"{_stroke(shape.line, shape.weight, shape.dash, scale)} {outline} S")
    return " ".join([*out, "Q"])


def _hatch(x: float, y: float, width: float, height: float, shape: DrawnBox, scale: float) -> str:
    out = [_stroke(shape.line or "ink", 0.7, (), scale)]
    step = _HATCH * scale
    at = -height
    while at < width:
        out.append(f"{number(x + at)} {number(y)} m {number(x + at + height)} {number(y + height)} l S")
        at += step
    return " ".join(out)


def _line(shape: DrawnLine, high: float, scale: float) -> str:
    points = [(x * scale, (high - y) * scale) for x, y in shape.points]
    if len(points) < 2:
        return ""
    head = _HEAD * max(scale, 0.8)
    tip, before = points[-1], points[-2]
    if shape.curved and abs(tip[0] - before[0]) > 0.01:
        angle = math.copysign(math.pi / 2, tip[1] - before[1])
    else:
        angle = math.atan2(tip[1] - before[1], tip[0] - before[0])
    if shape.head:
        points[-1] = (tip[0] - math.cos(angle) * head * 0.8, tip[1] - math.sin(angle) * head * 0.8)
    way = _way(points, curved=shape.curved)
    out = ["q 0 J 1 j"]
    if shape.double:
        out.append(f"{_stroke(shape.line, shape.weight * 3, (), scale)} {way} S")
        out.append(f"{_stroke('white', shape.weight * 1.2, (), scale)} {way} S")
    else:
        out.append(f"{_stroke(shape.line, shape.weight, shape.dash, scale)} {way} S")
    if shape.head:
        out.append(f"[] 0 d {rgb(_LINES[shape.line])} rg {_arrow(tip, angle, head)} f")
    return " ".join([*out, "Q"])


def _way(points: Sequence[Point], *, curved: bool) -> str:
    out = [f"{_at(points[0])} m"]
    for (x0, y0), (x1, y1) in pairwise(points):
        if curved and abs(x0 - x1) > 0.01:
            middle = (y0 + y1) / 2
            out.append(f"{_at((x0, middle))} {_at((x1, middle))} {_at((x1, y1))} c")
        else:
            out.append(f"{_at((x1, y1))} l")
    return " ".join(out)


def _arrow(tip: Point, angle: float, size: float) -> str:
    corners = [tip]
    for side in (-1, 1):
        turn = angle + math.pi + side * 0.38
        corners.append((tip[0] + math.cos(turn) * size, tip[1] + math.sin(turn) * size))
    return f"{_at(corners[0])} m {_at(corners[1])} l {_at(corners[2])} l h"


def _stroke(role: str, weight: float, dash: Iterable[float], scale: float) -> str:
    lengths = " ".join(number(length * scale) for length in dash)
    return f"{rgb(_LINES.get(role, styles.INK))} RG {number(weight * scale)} w [{lengths}] 0 d"


def _rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    if radius <= 0:
        return f"{number(x)} {number(y)} {number(width)} {number(height)} re"
    k = radius * 0.4477  # distance of the control points of a quarter circle from the corner
    left, right, low, top = x, x + width, y, y + height
    return " ".join(
        [
            f"{_at((left + radius, low))} m {_at((right - radius, low))} l",
            f"{_at((right - k, low))} {_at((right, low + k))} {_at((right, low + radius))} c",
            f"{_at((right, top - radius))} l",
            f"{_at((right, top - k))} {_at((right - k, top))} {_at((right - radius, top))} c",
            f"{_at((left + radius, top))} l",
            f"{_at((left + k, top))} {_at((left, top - k))} {_at((left, top - radius))} c",
            f"{_at((left, low + radius))} l",
            f"{_at((left, low + k))} {_at((left + k, low))} {_at((left + radius, low))} c h",
        ]
    )


def _at(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"
