"""What a converter gives back: pages that can be opened as a PDF, or the reason why there are none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Pages:
    """An exhibit as pages.

    Attributes:
        count: how many.
        open: opens the pages as a PDF, reading through to the original; may be called several times.
        notes: what the pages do not show of the original, in sentences.
        native: whether the original is to be delivered beside its pages.
        converted: whether the look of the pages is ours and not the original's.
        password: that opens the PDF.
    """

    count: int
    open: Callable[[], BinaryIO] = field(repr=False, compare=False)
    notes: tuple[str, ...] = ()
    native: bool = False
    converted: bool = False
    password: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class NoPages:
    """An exhibit that cannot be pages.

    Attributes:
        reason: why, in one sentence for the slip sheet.
        todo: what to do about it, in one sentence for the slip sheet.
        fault: whether this program itself failed over it; then nothing is said of the exhibit.
    """

    reason: str
    todo: str
    fault: bool = False
