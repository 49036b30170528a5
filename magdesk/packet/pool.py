"""Readers over the originals of a bundle: as many as there are exhibits, but only a few truly open at a time.

A reader of the case file holds a database connection and a decrypted chunk; the PDF library wants to keep every
source within reach until the bundle is written. Small originals are held in memory instead, up to a budget.
"""

from __future__ import annotations

import io
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO, cast

from magdesk.errors import MagdeskError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_MOST_OPEN = 12
_SMALL = 256 << 10
_SMALL_BUDGET = 32 << 20
_BUFFER = 16 << 10


class ReaderPool:
    """Opens originals on demand and closes the one that was not used for longest."""

    def __init__(self) -> None:
        self._open: OrderedDict[_PooledReader, BinaryIO] = OrderedDict()
        self._held = 0
        self._failure: MagdeskError | None = None

    def reader(self, opener: Callable[[], BinaryIO], size: int) -> BinaryIO:
        """A seekable reader over what ``opener`` opens."""
        if size <= _SMALL and self._held + size <= _SMALL_BUDGET:
            return self._small(opener, size)
        return cast("BinaryIO", io.BufferedReader(_PooledReader(self, opener, size), _BUFFER))

    def check(self) -> None:
        """Raise what the case file raised while an original was read.

        The libraries that read through here take every failure for a damaged original; this tells them apart.

        Raises:
            MagdeskError: the case file could not be read.
        """
        if self._failure is not None:
            raise self._failure

    def release(self) -> None:
        """Close every reader; those that are used again open again."""
        while self._open:
            self._open.popitem()[1].close()

    def _small(self, opener: Callable[[], BinaryIO], size: int) -> BinaryIO:
        def give_back() -> None:
            self._held -= size

        try:
            with opener() as stream:
                held = _Held(stream.read(), give_back)
        except MagdeskError as error:
            self._failure = error
            raise
        self._held += size
        return held

    def read(self, reader: _PooledReader, offset: int, count: int) -> bytes:
        """Bytes of one original."""
        try:
            stream = self._open.get(reader)
            if stream is None:
                stream = self._open[reader] = reader.opener()
                if len(self._open) > _MOST_OPEN:
                    self._open.popitem(last=False)[1].close()
            else:
                self._open.move_to_end(reader)
            stream.seek(offset)
            return stream.read(count)
        except MagdeskError as error:
            self._failure = error
            raise

    def forget(self, reader: _PooledReader) -> None:
        """Close what is open for one original."""
        stream = self._open.pop(reader, None)
        if stream is not None:
            stream.close()


class _PooledReader(io.RawIOBase):
    def __init__(self, pool: ReaderPool, opener: Callable[[], BinaryIO], size: int) -> None:
        self._pool, self.opener, self._size, self._at = pool, opener, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("negative position")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        data = self._pool.read(self, self._at, len(view)) if self._at < self._size else b""
        view[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._pool.forget(self)
        super().close()


class _Held(io.BytesIO):
    def __init__(self, data: bytes, closing: Callable[[], None]) -> None:
        super().__init__(data)
        self._closing = closing

    def close(self) -> None:
        if not self.closed:
            self._closing()
        super().close()
