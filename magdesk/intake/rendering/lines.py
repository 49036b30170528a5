"""Which letters of a page stand on one line, and which way the line runs."""

from __future__ import annotations

from array import array
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LetterLine:
    """Letters that stand on one line.

    Attributes:
        first, end: the range of letters.
        left, top, right, bottom: in units of the upright page.
        rightward: whether later letters stand to the right.
    """

    first: int
    end: int
    left: float
    top: float
    right: float
    bottom: float
    rightward: bool


def lines_of(boxes: array[float]) -> tuple[LetterLine, ...]:
    """The lines of a page.

    Args:
        boxes: left, top, right, bottom of each letter; nothing but zeros where a letter has no place.
    """
    lines: list[LetterLine] = []
    first = end = -1
    left = top = right = bottom = start_x = last_x = 0.0
    for index in range(len(boxes) // 4):
        x1, y1, x2, y2 = boxes[4 * index : 4 * index + 4]
        if x2 <= x1 and y2 <= y1:
            continue
        if first >= 0:
            overlap = min(bottom, y2) - max(top, y1)
            height = min(bottom - top, y2 - y1)
            # A letter far away sideways belongs to another column or cell.
            gap = max(x1 - right, left - x2)
            if overlap > 0.4 * height and gap < 3 * max(height, 1.0):
                left, top, right, bottom = min(left, x1), min(top, y1), max(right, x2), max(bottom, y2)
                last_x, end = x1, index + 1
                continue
            lines.append(LetterLine(first, end, left, top, right, bottom, last_x >= start_x))
        first, end = index, index + 1
        left, top, right, bottom = x1, y1, x2, y2
        start_x = last_x = x1
    if first >= 0:
        lines.append(LetterLine(first, end, left, top, right, bottom, last_x >= start_x))
    return tuple(lines)
