"""The letters of a page as one selects them: lines, the letter under the mouse, the stripes over a selection."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF

from magdesk.gui.viewer.wordsearch import Folded, fold
from magdesk.intake.rendering import PageLetters

_HYPHENATED = re.compile(r"(?<=[^\W\d_])-\s*\n\s*(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class PageLine:
    """Letters that stand on one line.

    Attributes:
        first, end: the range of letters.
        rightward: whether later letters stand to the right.
    """

    first: int
    end: int
    box: QRectF
    rightward: bool


class PageText:
    """One page's text. Units are those of the upright page."""

    def __init__(self, text: PageLetters) -> None:
        self.letters = text.letters
        self._boxes = text.boxes
        self.lines = [
            PageLine(
                one.first,
                one.end,
                QRectF(one.left, one.top, one.right - one.left, one.bottom - one.top),
                one.rightward,
            )
            for one in text.lines
        ]

    @cached_property
    def folded(self) -> Folded:
        """The letters as they are searched."""
        return fold(self.letters)

    def box(self, index: int) -> QRectF:
        """Where a letter stands."""
        left, top, right, bottom = self._boxes[4 * index : 4 * index + 4]
        return QRectF(left, top, right - left, bottom - top)

    def over(self, point: QPointF, slack: float = 2.0) -> bool:
        """Whether a point is on text."""
        return any(line.box.adjusted(-slack, -slack, slack, slack).contains(point) for line in self.lines)

    def caret(self, point: QPointF) -> int:
        """The gap between letters that is nearest to a point: 0 is before the first."""
        line = min(self.lines, key=lambda one: _distance(one.box, point), default=None)
        if line is None:
            return 0
        x = point.x()
        for index in range(line.first, line.end):
            box = self.box(index)
            if box.isNull():
                continue
            if (x < box.center().x()) if line.rightward else (x > box.center().x()):
                return index
        return line.end

    def word(self, caret: int) -> tuple[int, int]:
        """The word around a gap."""
        start = end = min(caret, len(self.letters))
        while start > 0 and _in_word(self.letters[start - 1]):
            start -= 1
        while end < len(self.letters) and _in_word(self.letters[end]):
            end += 1
        return start, end

    def stripes(self, start: int, end: int) -> list[QRectF]:
        """One rectangle per line over a range of letters."""
        stripes = []
        for line in self.lines:
            first, last = max(start, line.first), min(end, line.end)
            if first >= last:
                continue
            if (first, last) == (line.first, line.end):
                stripes.append(line.box)
                continue
            part = QRectF()
            for index in range(first, last):
                part = part.united(self.box(index))
            part.setTop(line.box.top())
            part.setBottom(line.box.bottom())
            stripes.append(part)
        return stripes

    def inside(self, area: QRectF) -> str:
        """The letters in an area, line by line, as running text."""
        lines = []
        for line in self.lines:
            if line.box.intersects(area):
                kept = [index for index in range(line.first, line.end) if self._in(area, index)]
                if kept:
                    lines.append(self.letters[kept[0] : kept[-1] + 1])
        return running("\n".join(lines))

    def _in(self, area: QRectF, index: int) -> bool:
        box = self.box(index)
        return not box.isNull() and area.contains(box.center())

    def quote(self, start: int, end: int) -> str:
        """A range as running text: lines joined, words mended that were parted at a line's end."""
        return running(self.letters[start:end])


def running(text: str) -> str:
    """Lines of print as running text."""
    text = _HYPHENATED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return " ".join(text.split())


def _in_word(char: str) -> bool:
    return char.isalnum() or char in "'’_-"


def _distance(box: QRectF, point: QPointF) -> float:
    across = max(box.left() - point.x(), 0.0, point.x() - box.right())
    down = max(box.top() - point.y(), 0.0, point.y() - box.bottom())
    # The line beside the mouse comes before the line above it.
    return across + 4 * down
