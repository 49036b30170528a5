"""A stored blob as a file object."""

from __future__ import annotations

import hashlib
import io
import os
import threading
from typing import TYPE_CHECKING

from magdesk.casefile import failures
from magdesk.casefile.connection import RawConnection

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


def chunk_digest(data: bytes) -> bytes:
    """The digest stored with each chunk: guards against what the pages' own codes cannot see, a wrong row."""
    return hashlib.sha256(data).digest()


class BlobReader(io.RawIOBase):
    """Reads one blob chunk by chunk over a connection; every chunk is checked before a byte of it is handed out.

    Raises:
        CaseFileDamaged: from reading, when a chunk is missing or is not what was stored.
    """

    def __init__(
        self, connection: RawConnection, blob: int, size: int, chunk_size: int, *, owns_connection: bool
    ) -> None:
        super().__init__()
        self._connection = connection
        self._owns_connection = owns_connection
        self._blob = blob
        self._size = size
        self._chunk_size = chunk_size
        self._position = 0
        self._number = -1
        self._chunk = b""
        self._lock = threading.Lock()

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def tell(self) -> int:
        """The position, in bytes from the start."""
        return self._position

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move to a position, also behind the end."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("negative seek position")
        self._position = base + offset
        return self._position

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill the buffer from one chunk."""
        view = memoryview(buffer).cast("B")
        with self._lock:
            if self._position >= self._size or not len(view):
                return 0
            number, offset = divmod(self._position, self._chunk_size)
            if number != self._number:
                self._chunk = self._load(number)
                self._number = number
            data = self._chunk[offset : offset + len(view)]
            view[: len(data)] = data
            self._position += len(data)
            return len(data)

    def _load(self, number: int) -> bytes:
        expected = min(self._chunk_size, self._size - number * self._chunk_size)
        with failures.translated():
            # Asked with their lengths: a row can hold a gigabyte, whatever the blob says.
            row = self._connection.execute(
                "SELECT data, digest FROM chunk WHERE blob = ? AND number = ? AND typeof(data) = 'blob'"
                " AND octet_length(data) = ? AND octet_length(digest) = 32",
                (self._blob, number, expected),
            ).fetchone()
        if row is None or chunk_digest(row[0]) != row[1]:
            raise failures.damaged()
        return bytes(row[0])

    def close(self) -> None:
        """Give the connection back."""
        if not self.closed:
            self._chunk = b""
            if self._owns_connection:
                self._connection.close()
        super().close()
