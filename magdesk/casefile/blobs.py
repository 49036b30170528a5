"""Evidence bytes inside the case file, under their SHA-256, in chunks that carry a digest each."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import BinaryIO, cast

from magdesk.casefile import failures
from magdesk.casefile.blobreader import BlobReader
from magdesk.casefile.blobwriter import BlobWriter, discard, store_inside
from magdesk.casefile.connection import RawConnection
from magdesk.casefile.records import BlobInfo
from magdesk.casefile.writerturns import WriteGate
from magdesk.errors import CaseFileDamaged, CaseFileError
from magdesk.i18n import _
from magdesk.progress import CancelToken, Progress, no_progress

CHUNK_SIZE = 1 << 20
"""Bytes in a row. SQLite's largest value is 1,000,000,000 bytes, so a file must be cut up anyway."""


class BlobStore:
    """All blobs of one case. Every method may be called from any thread."""

    def __init__(
        self,
        opener: Callable[[], RawConnection],
        reader: Callable[[], RawConnection],
        active: Callable[[], RawConnection | None],
        reading: Callable[[], AbstractContextManager[RawConnection]],
        gate: WriteGate,
        *,
        chunk_size: int = CHUNK_SIZE,
    ) -> None:
        """Wire the store to a case.

        Args:
            opener: makes a connection of its own that may write.
            reader: makes a connection of its own that only reads.
            active: the connection of the change that is open in the calling thread, if one is.
            reading: a connection for one question.
            gate: whose turn it is to write.
            chunk_size: bytes in a row, for new blobs.
        """
        self._opener = opener
        self._reader = reader
        self._active = active
        self._reading = reading
        self._gate = gate
        self._chunk_size = chunk_size

    def put(
        self,
        stream: BinaryIO,
        *,
        size_hint: int | None = None,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
    ) -> BlobInfo:
        """Store all bytes from where the stream stands, unless the same bytes are there already.

        Inside a change of the calling thread the blob is part of that change. Elsewhere it is written in short
        transactions that others can write between, and exists only when the last of them is done; a crash or a
        cancel leaves nothing.

        Args:
            stream: read to its end; from another thread while this one waits.
            size_hint: bytes to come, for streams that cannot be sought.
            progress: in bytes.
            cancel: asked at every chunk.

        Raises:
            Cancelled: as asked; nothing is stored.
            CaseFileError: the disk is full or fails.
        """
        size = _remaining(stream)
        total = size if size is not None else size_hint
        if size is not None and self._has_size(size):
            known = self._find_same(stream, size, progress, cancel)
            if known is not None:
                return known
        active = self._active()
        with failures.translated():
            if active is not None:
                return store_inside(active, stream, self._chunk_size, total or 0, progress, cancel)
            return BlobWriter(self._opener, self._gate, self._chunk_size).store(stream, total or 0, progress, cancel)

    def open(self, sha256: str) -> BinaryIO:
        """The bytes of a blob as a seekable stream, decrypted and checked chunk by chunk as they are read.

        Raises:
            CaseFileError: there is no such blob.
        """
        active = self._active()
        with failures.translated():
            connection = active if active is not None else self._reader()
            try:
                row = connection.execute(
                    "SELECT id, size, chunk_size FROM blob WHERE sha256 = ?", (sha256,)
                ).fetchone()
                if row is None:
                    raise CaseFileError(
                        _("The contents of an item of evidence are missing from the case file."),
                        failures.restore_hint(),
                    )
                reader = BlobReader(connection, *row, owns_connection=active is None)
            except BaseException:
                if active is None:
                    connection.close()
                raise
        return cast("BinaryIO", io.BufferedReader(reader, buffer_size=64 * 1024))

    def has(self, sha256: str) -> bool:
        """Whether the blob is stored in full."""
        with self._reading() as raw:
            return raw.execute("SELECT 1 FROM blob WHERE sha256 = ?", (sha256,)).fetchone() is not None

    def all(self) -> list[BlobInfo]:
        """Every blob, in the order of their digests."""
        with self._reading() as raw:
            rows = raw.execute("SELECT sha256, size FROM blob WHERE sha256 IS NOT NULL ORDER BY sha256").fetchall()
        return [BlobInfo(sha256, size, existed=True) for sha256, size in rows]

    def verify(self, sha256: str, *, cancel: CancelToken | None = None) -> bool:
        """Whether the stored bytes still give the digest they are stored under."""
        digest = hashlib.sha256()
        try:
            with self.open(sha256) as stream:
                while chunk := stream.read(self._chunk_size):
                    if cancel is not None:
                        cancel.check()
                    digest.update(chunk)
        except CaseFileDamaged:
            return False
        return digest.hexdigest() == sha256

    def discard_unfinished(self) -> int:
        """Remove what a crash left of blobs that were being stored. Only while nobody else writes.

        Returns:
            How many there were.
        """
        with self._reading() as raw:
            numbers = [row[0] for row in raw.execute("SELECT id FROM blob WHERE sha256 IS NULL")]
        if numbers:
            with failures.translated():
                connection = self._opener()
                try:
                    for number in numbers:
                        discard(connection, number, self._gate)
                finally:
                    connection.close()
        return len(numbers)

    def _has_size(self, size: int) -> bool:
        with self._reading() as raw:
            return (
                raw.execute("SELECT 1 FROM blob WHERE size = ? AND sha256 IS NOT NULL", (size,)).fetchone()
                is not None
            )

    def _find_same(
        self, stream: BinaryIO, size: int, progress: Progress, cancel: CancelToken | None
    ) -> BlobInfo | None:
        """Hash first: a blob of this very size is there, it may be the same. Leaves the stream where it was."""
        start = stream.tell()
        digest = hashlib.sha256()
        done = 0
        while chunk := stream.read(self._chunk_size):
            if cancel is not None:
                cancel.check()
            digest.update(chunk)
            done += len(chunk)
            progress(done, size)
        if self.has(digest.hexdigest()):
            return BlobInfo(digest.hexdigest(), done, existed=True)
        stream.seek(start)
        return None


def _remaining(stream: BinaryIO) -> int | None:
    """Bytes from here to the end, where the stream can tell."""
    try:
        if not stream.seekable():
            return None
        here = stream.tell()
        end = stream.seek(0, os.SEEK_END)
        stream.seek(here)
    except (OSError, AttributeError):
        return None
    return end - here
