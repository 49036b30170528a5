"""A read-only file put together from pieces: bytes in memory, slices of other readers, and bytes made on demand.

It lets a picture of the case file become a PDF page without a copy of it in memory or on the disk: the PDF around
it is a few hundred bytes, the picture's own bytes are read through when the bundle is written.
"""

from __future__ import annotations

import bisect
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO, cast

from magdesk.errors import ExportError
from magdesk.seekablereader import SeekableReader


@dataclass(frozen=True, slots=True)
class Slice:
    """``length`` bytes of a seekable reader, from ``offset``."""

    reader: BinaryIO
    offset: int
    length: int

    def read(self, start: int, count: int) -> bytes:
        """``count`` bytes from ``start`` of this piece."""
        self.reader.seek(self.offset + start)
        return self.reader.read(count)


@dataclass(slots=True)
class Made:
    """``length`` bytes that ``make`` produces again whenever they are needed; always the same ones."""

    make: Callable[[], bytes]
    length: int
    _held: bytes | None = None

    def read(self, start: int, count: int) -> bytes:
        """``count`` bytes from ``start`` of this piece; the piece is let go once its end was read.

        Raises:
            ExportError: it came out with another length than before.
        """
        if self._held is None:
            self._held = self.make()
            if len(self._held) != self.length:
                raise ExportError("A picture was converted differently the second time.", "Export again.")
        chunk = self._held[start : start + count]
        if start + count >= self.length:
            self._held = None
        return chunk


BytesPiece = bytes | Slice | Made


def _length(piece: BytesPiece) -> int:
    return len(piece) if isinstance(piece, bytes) else piece.length


class SegmentReader(SeekableReader):
    """Reads the pieces one behind the other as one seekable file; closes the given readers with itself."""

    def __init__(self, pieces: Sequence[BytesPiece], *, closes: Sequence[BinaryIO] = ()) -> None:
        self._pieces = [piece for piece in pieces if _length(piece)]
        self._starts: list[int] = []
        self._closes = tuple(closes)
        end = 0
        for piece in self._pieces:
            self._starts.append(end)
            end += _length(piece)
        super().__init__(end)

    def binary(self) -> BinaryIO:
        """The same object, typed as the binary reader it is."""
        return cast("BinaryIO", self)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a position; before the beginning is an error, behind the end reads nothing."""
        if {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence] + offset < 0:
            raise ValueError("negative position")
        return super().seek(offset, whence)

    def readinto(self, buffer: object) -> int:
        """Fill the buffer as far as the file reaches."""
        view = memoryview(cast("bytearray", buffer)).cast("B")
        done = 0
        while done < len(view) and self._at < self._size:
            index = bisect.bisect_right(self._starts, self._at) - 1
            piece, start = self._pieces[index], self._at - self._starts[index]
            count = min(len(view) - done, _length(piece) - start)
            chunk = piece[start : start + count] if isinstance(piece, bytes) else piece.read(start, count)
            if not chunk:
                break
            view[done : done + len(chunk)] = chunk
            done += len(chunk)
            self._at += len(chunk)
        return done

    def close(self) -> None:
        """Close this and the readers that belong to it."""
        if not self.closed:
            for reader in self._closes:
                reader.close()
        super().close()
