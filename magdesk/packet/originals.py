"""Readers over the originals of a bundle that remember when it was the case file that failed, not the original."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO, cast

from magdesk.errors import MagdeskError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# The PDF library reads a few bytes at a time: originals up to this size are read in one go.
_AT_ONCE = 4 << 20
_BUFFER = 64 << 10


class Originals:
    """Opens originals; knows afterwards whether the case file failed while one was read."""

    def __init__(self) -> None:
        self._failure: MagdeskError | None = None

    def open(self, opener: Callable[[], BinaryIO], size: int) -> BinaryIO:
        """A seekable reader over what ``opener`` opens.

        Raises:
            MagdeskError: the case file could not be read.
        """
        try:
            stream = opener()
            if size > _AT_ONCE:
                return cast("BinaryIO", io.BufferedReader(_Watched(stream, self), _BUFFER))
            with stream:
                return io.BytesIO(stream.read())
        except MagdeskError as error:
            self._failure = error
            raise

    def check(self) -> None:
        """Raise what the case file raised while an original was read.

        The libraries that read through here take every failure for a damaged original; this tells them apart.

        Raises:
            MagdeskError: the case file could not be read.
        """
        if self._failure is not None:
            raise self._failure

    def note(self, error: MagdeskError) -> None:
        """Remember that reading failed."""
        self._failure = error


class _Watched(io.RawIOBase):
    def __init__(self, stream: BinaryIO, originals: Originals) -> None:
        self._stream, self._originals = stream, originals

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._stream.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        try:
            data = self._stream.read(len(view))
        except MagdeskError as error:
            self._originals.note(error)
            raise
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()
