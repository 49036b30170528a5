"""Reads and hashes a stream in a thread of its own, while another encrypts what was read before.

Bytes that are in memory already are hashed where they are asked for: for a small file the thread costs more.
"""

from __future__ import annotations

import hashlib
import io
import queue
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

from magdesk.casefile.blobreader import chunk_digest

_CHUNKS_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of bytes with its own digest."""

    data: bytes
    digest: bytes


class HashingReader:
    """Reads and hashes in a thread of its own, a few chunks ahead; memory stays flat however large the stream is."""

    def __init__(self, stream: BinaryIO, chunk_size: int) -> None:
        self._stream = stream
        self._chunk_size = chunk_size
        self._hash = hashlib.sha256()
        self._queue: queue.Queue[Chunk | BaseException | None] = queue.Queue(_CHUNKS_AHEAD)
        self._stop = threading.Event()
        self._at_hand = isinstance(stream, io.BytesIO)
        self._thread = threading.Thread(target=self._run, name="magdesk-hash", daemon=True)

    def __enter__(self) -> HashingReader:
        if not self._at_hand:
            self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._stop.set()
        while self._thread.is_alive():
            with suppress(queue.Empty):
                self._queue.get_nowait()
            self._thread.join(0.01)

    def __iter__(self) -> Iterator[Chunk]:
        if self._at_hand:
            yield from self._chunks()
            return
        while True:
            item = self._queue.get()
            if item is None:
                return
            if isinstance(item, BaseException):
                raise item
            yield item

    def hexdigest(self) -> str:
        """SHA-256 of all bytes, once the chunks have been taken."""
        return self._hash.hexdigest()

    def _chunks(self) -> Iterator[Chunk]:
        while not self._stop.is_set():
            data = self._read()
            if not data:
                return
            self._hash.update(data)
            yield Chunk(data, chunk_digest(data))

    def _run(self) -> None:
        try:
            for chunk in self._chunks():
                self._queue.put(chunk)
            self._queue.put(None)
        except BaseException as error:
            self._queue.put(error)

    def _read(self) -> bytes:
        """A full chunk, or the rest: a pipe may hand out less at a time than was asked for."""
        data = self._stream.read(self._chunk_size)
        if not data or len(data) == self._chunk_size:
            return data
        pieces = [data]
        missing = self._chunk_size - len(data)
        while missing and (data := self._stream.read(missing)):
            pieces.append(data)
            missing -= len(data)
        return b"".join(pieces)
