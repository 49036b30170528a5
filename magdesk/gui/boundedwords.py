"""Words on labels, in buttons and in cells: plain, and never so many that laying them out holds up the window.

Texts come from outside: a title may be the name of a file, a name may be the words of a spreadsheet. A label lays out
all of its text each time that it is measured, a dozen times for each look; a line that is cut off at the edge of its
room was measured whole before. So both are shortened here, and nowhere else.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QWidget

LABEL_LETTERS = 8_000  # several screens
LINE_LETTERS = 1_000  # more than any screen shows in one line
_END = "…"


class Label(QLabel):
    """A label that takes no markup and shows the beginning of a text that is longer than several screens."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(shortened(text), parent)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def setText(self, text: str) -> None:
        """Show this, or its beginning."""
        super().setText(shortened(text))


def shortened(text: str, letters: int = LABEL_LETTERS) -> str:
    """The text; where it has more letters than that, its beginning with a sign that it goes on."""
    return text if len(text) <= letters else text[:letters] + _END


def elided(
    metrics: QFontMetrics,
    text: str,
    width: int,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    flags: int = 0,
) -> str:
    """As much of one line as fits into a width.

    Args:
        width: pixels.
        mode: where it is cut. In the middle both ends are kept.
        flags: of :class:`Qt.TextFlag`.
    """
    if len(text) > LINE_LETTERS:
        half = LINE_LETTERS // 2
        middle = mode is Qt.TextElideMode.ElideMiddle
        text = text[:half] + _END + text[-half:] if middle else shortened(text, LINE_LETTERS)
    return metrics.elidedText(text, mode, width, flags)


def line_width(metrics: QFontMetrics, text: str) -> int:
    """Pixels that a line takes; no more are counted than for the letters that any screen shows."""
    return metrics.horizontalAdvance(text[:LINE_LETTERS])
