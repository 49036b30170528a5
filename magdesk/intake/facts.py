"""What intake learns about a file. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field

from magdesk.model.values import PartialDate


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What could be read from a file, honestly.

    Attributes:
        media_type: true type by content (RFC 6838).
        pages: page count, where the file has pages.
        width: pixels.
        height: pixels.
        duration: seconds.
        text: text of each part that has any: (page from 1, text); page 0 where there are no pages.
        text_layer: whether any text could be read.
        created: date the file says it was made; a claim, not a proof.
        note: what could not be read and why, in a sentence; empty when all went well.
    """

    media_type: str
    pages: int | None = None
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    text: tuple[tuple[int, str], ...] = field(default=(), repr=False)
    text_layer: bool = False
    created: PartialDate | None = None
    note: str = ""
