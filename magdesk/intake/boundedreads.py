"""A stream for parsers that go in circles over a damaged file: after so many reads it refuses, which is damage."""

from __future__ import annotations

from typing import BinaryIO

_READS = 1_000_000  # what a scan of thousands of pages takes stays far below


class BoundedReads:
    """The reading side of a stream."""

    def __init__(self, stream: BinaryIO, most: int = _READS) -> None:
        self._stream = stream
        self._left = most

    def read(self, size: int = -1) -> bytes:
        """The next bytes.

        Raises:
            ValueError: it was read too often.
        """
        self._left -= 1
        if self._left < 0:
            raise ValueError("the parser reads without end")
        return self._stream.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place."""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """The place."""
        return self._stream.tell()
