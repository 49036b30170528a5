"""Streams bytes into chunk rows: hashing in one thread, encryption in another, in transactions of bounded size."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from typing import BinaryIO

from magdesk.casefile import failures
from magdesk.casefile.checkpoint import Checkpointer
from magdesk.casefile.connection import RawConnection
from magdesk.casefile.hashing import Chunk, HashingReader
from magdesk.casefile.records import BlobInfo
from magdesk.casefile.writerturns import WriteGate
from magdesk.progress import CancelToken, Progress

TRANSACTION_BYTES = 8 << 20
"""Bytes per transaction: tens of milliseconds in which another writer must wait."""


def store_inside(
    raw: RawConnection, stream: BinaryIO, chunk_size: int, total: int, progress: Progress, cancel: CancelToken | None
) -> BlobInfo:
    """Store a stream as part of the transaction that is open on the connection."""
    raw.execute("SAVEPOINT blob")
    keep = False
    try:
        blob = _begin(raw, chunk_size)
        size = 0
        with HashingReader(stream, chunk_size) as chunks:
            for number, chunk in enumerate(chunks):
                if cancel is not None:
                    cancel.check()
                _insert(raw, blob, number, chunk)
                size += len(chunk.data)
                progress(size, total)
            digest = chunks.hexdigest()
        keep = not _exists(raw, digest)
        if keep:
            _finish(raw, blob, digest, size)
        return BlobInfo(digest, size, existed=not keep)
    finally:
        if raw.in_transaction:  # SQLite ends it by itself when the disk is full.
            if not keep:
                raw.execute("ROLLBACK TO blob")
            raw.execute("RELEASE blob")


class BlobWriter:
    """Stores one stream over a connection of its own, in transactions that others can write between."""

    def __init__(self, opener: Callable[[], RawConnection], gate: WriteGate, chunk_size: int) -> None:
        self._opener = opener
        self._gate = gate
        self._chunk_size = chunk_size
        self._blob = 0
        self._number = 0
        self._size = 0

    def store(self, stream: BinaryIO, total: int, progress: Progress, cancel: CancelToken | None) -> BlobInfo:
        """Store the stream; see :meth:`BlobStore.put`."""
        raw = self._opener()
        try:
            try:
                info = self._store(raw, stream, total, progress, cancel)
            except BaseException:
                with suppress(failures.DriverError):  # On a full disk even this fails; the next opening does it.
                    self._discard(raw)
                raise
            if info.existed:
                self._discard(raw)
            return info
        finally:
            raw.close()

    def _store(
        self, raw: RawConnection, stream: BinaryIO, total: int, progress: Progress, cancel: CancelToken | None
    ) -> BlobInfo:
        # Only the last transaction makes the blob exist, so only that one need reach the disk before we go on.
        raw.execute("PRAGMA synchronous = NORMAL")
        per_batch = max(1, TRANSACTION_BYTES // self._chunk_size)
        with (
            HashingReader(stream, self._chunk_size) as chunks,
            Checkpointer(self._opener, self._gate.settle) as checkpointer,
        ):
            source = iter(chunks)
            while True:
                # The batch is complete before the transaction begins: a slow drive must not keep others waiting.
                batch = list(islice(source, per_batch))
                if cancel is not None:
                    cancel.check()
                if len(batch) < per_batch:
                    break
                with transaction(raw, self._gate):
                    self._insert(raw, batch)
                checkpointer.committed(per_batch * self._chunk_size)
                progress(self._size, total)
            digest = chunks.hexdigest()
            raw.execute("PRAGMA synchronous = FULL")
            with transaction(raw, self._gate):
                size = self._size + sum(len(chunk.data) for chunk in batch)
                existed = _exists(raw, digest)
                if not existed:
                    self._insert(raw, batch)
                    _finish(raw, self._blob, digest, size)
            progress(size, total)
        return BlobInfo(digest, size, existed=existed)

    def _insert(self, raw: RawConnection, batch: list[Chunk]) -> None:
        if not self._blob:
            self._blob = _begin(raw, self._chunk_size)
        for chunk in batch:
            _insert(raw, self._blob, self._number, chunk)
            self._number += 1
            self._size += len(chunk.data)

    def _discard(self, raw: RawConnection) -> None:
        if self._blob:
            discard(raw, self._blob, self._gate)


@contextmanager
def transaction(raw: RawConnection, gate: WriteGate) -> Iterator[None]:
    """One write transaction on a raw connection, in turn with the other writers of this program.

    It writes no step, so it changes the page on which the end of the journal is noted all the same: by that page a
    log that a crash leaves shows whose it is (:mod:`straylog`).
    """
    with gate.turn(raw):
        raw.execute("BEGIN IMMEDIATE")
        try:
            raw.execute(
                "INSERT OR REPLACE INTO meta (name, value) VALUES ('turn', ?)", (secrets.token_hex(8),)
            )  # The same value would not be written.
            yield
            raw.execute("COMMIT")
        except BaseException:
            if raw.in_transaction:
                raw.execute("ROLLBACK")
            raise


def discard(raw: RawConnection, blob: int, gate: WriteGate) -> None:
    """Remove a blob that was not finished, in short transactions, and give its space back."""
    rest = 1
    while rest:
        with transaction(raw, gate):
            cursor = raw.execute(
                "DELETE FROM chunk WHERE rowid IN (SELECT rowid FROM chunk WHERE blob = ? LIMIT 64)", (blob,)
            )
            rest = cursor.rowcount
            if not rest:
                raw.execute("DELETE FROM blob WHERE id = ? AND sha256 IS NULL", (blob,))
    with transaction(raw, gate):
        raw.execute("PRAGMA incremental_vacuum").fetchall()


def _begin(raw: RawConnection, chunk_size: int) -> int:
    return int(
        raw.execute("INSERT INTO blob (sha256, size, chunk_size) VALUES (NULL, 0, ?)", (chunk_size,)).lastrowid
    )


def _insert(raw: RawConnection, blob: int, number: int, chunk: Chunk) -> None:
    raw.execute(
        "INSERT INTO chunk (blob, number, digest, data) VALUES (?, ?, ?, ?)", (blob, number, chunk.digest, chunk.data)
    )


def _exists(raw: RawConnection, digest: str) -> bool:
    return raw.execute("SELECT 1 FROM blob WHERE sha256 = ?", (digest,)).fetchone() is not None


def _finish(raw: RawConnection, blob: int, digest: str, size: int) -> None:
    """Give the blob its digest, which makes it exist."""
    raw.execute("UPDATE blob SET sha256 = ?, size = ? WHERE id = ?", (digest, size, blob))
