"""A stream for parsers that go in circles over a damaged file: after so many reads it refuses, which is damage.

A number in the file that says how many entries follow may be any; a parser that believes it goes on reading behind
the end of the file, where there is nothing. So reads that find nothing are counted apart, and few are enough.
"""

from __future__ import annotations

from typing import BinaryIO

_READS = 1_000_000  # what a scan of thousands of pages takes stays far below
_EMPTY = 1_000  # what a file that was cut off makes a parser read for nothing stays far below


class BoundedReads:
    """The reading side of a stream."""

    def __init__(self, stream: BinaryIO, most: int = _READS, most_empty: int = _EMPTY) -> None:
        self._stream = stream
        self._left = most
        self._left_empty = most_empty

    def read(self, size: int = -1) -> bytes:
        """The next bytes.

        Raises:
            ValueError: it was read too often, or too often for nothing.
        """
        data = self._stream.read(size)
        self._left -= 1
        self._left_empty -= not data
        if self._left < 0 or self._left_empty < 0:
            raise ValueError("the parser reads without end")
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place."""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """The place."""
        return self._stream.tell()
