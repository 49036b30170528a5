"""Numbers of pages as a person writes them: ``1–3, 7``."""

from __future__ import annotations

import re
from collections.abc import Iterable

PAGES_RECOGNISED = "Pages read by machine"
"""Name of the detail of an item that says of which pages a program recognised the text."""
_RUN = re.compile(r"(\d+)(?:–(\d+))?")
_MOST = 100_000  # pages


def numbers_in(text: str) -> set[int]:
    """The numbers that :func:`ranges` told in full."""
    found: set[int] = set()
    for match in _RUN.finditer(text):
        first, last = int(match[1]), int(match[2] or match[1])
        found.update(range(first, min(last, first + _MOST) + 1))
    return found


def ranges(numbers: Iterable[int], most: int | None = None) -> str:
    """Ascending numbers as runs.

    Args:
        most: how many runs are told; an ellipsis stands for the rest.
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = [f"{first}–{last}" if first < last else str(first) for first, last in runs[:most]]
    return ", ".join(shown) + (" …" if len(runs) > len(shown) else "")
