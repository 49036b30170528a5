"""The words that were read from the files of evidence, as whoever judges the case is handed them."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Hashable, Mapping
from typing import Protocol


class Texts(Protocol):
    """What the items of evidence say, as one moment of the case holds it. Read when asked for, never all at once."""

    def stamp(self, key: uuid.UUID) -> Hashable:
        """What tells one reading of an item from the next; none where nothing was read, or not all of it yet."""

    def pages(self, key: uuid.UUID, wanted: Collection[int] = ()) -> Mapping[int, str]:
        """The texts of an item by page, in their order; 0 where the file has no pages.

        Args:
            wanted: only these pages; all where none is named.
        """

    def said(self, key: uuid.UUID) -> tuple[str, ...]:
        """What the file says of itself: who wrote it, who sent it, on what it was made."""
