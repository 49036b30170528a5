"""Bytes of a packet in the making: in memory while they are few, else on the disk under a key that dies with us.

Nobody wants an unfinished packet on the disk: a killed export must not leave its papers in clear.
"""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext, algorithms, modes

from magdesk.seekablereader import SeekableReader

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

MEMORY = 64 << 20  # bytes of one file kept in memory
_BLOCK = 16  # bytes of an AES block
_BUFFER = 1 << 18


class Veil:
    """One file: written once from front to back, then read as often as wanted.

    Attributes:
        size: bytes written so far.
    """

    def __init__(self, spill: Path, *, memory: int = MEMORY) -> None:
        """Prepare an empty file.

        Args:
            spill: where its encrypted bytes go when they do not fit into memory.
            memory: how many bytes fit.
        """
        self.size = 0
        self._memory: io.BytesIO | None = io.BytesIO()
        self._content: bytes | None = None
        self._limit = memory
        self._spill = spill
        self._key, self._nonce = os.urandom(32), os.urandom(_BLOCK)
        self._out: BinaryIO | None = None
        self._cipher: CipherContext | None = None

    def write(self, data: ReadableBuffer) -> int:
        """Append bytes.

        Raises:
            OSError: the disk is full.
        """
        view = memoryview(data).cast("B")
        if self._memory is not None and self.size + len(view) > self._limit:
            kept, self._memory = self._memory, None
            self._out = self._spill.open("xb")
            self._cipher = Cipher(algorithms.AES(self._key), modes.CTR(self._nonce)).encryptor()
            self._append(kept.getbuffer())
        if self._memory is None:
            self._append(view)
        else:
            self._memory.write(view)
        self.size += len(view)
        return len(view)

    def _append(self, data: memoryview) -> None:
        assert self._out is not None
        assert self._cipher is not None
        self._out.write(self._cipher.update(data))

    def finish(self) -> None:
        """Nothing more will be written."""
        if self._memory is not None:
            self._content, self._memory = self._memory.getvalue(), None
        if self._out is not None:
            self._out.close()

    def open(self) -> BinaryIO:
        """A seekable reader over the clear bytes, decrypted as they are read."""
        if self._content is not None:
            return io.BytesIO(self._content)
        raw = _DecryptingReader(self._spill.open("rb"), self._key, self._nonce, self.size)
        return cast("BinaryIO", io.BufferedReader(raw, _BUFFER))

    def discard(self) -> None:
        """Forget the bytes."""
        self.finish()
        self._content = None
        self._spill.unlink(missing_ok=True)


class _DecryptingReader(SeekableReader):
    """Decrypts from any offset: in counter mode each block has a key stream of its own (NIST SP 800-38A)."""

    def __init__(self, source: BinaryIO, key: bytes, nonce: bytes, size: int) -> None:
        super().__init__(size)
        self._source, self._key = source, key
        self._counter = int.from_bytes(nonce, "big")

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        skip = self._at % _BLOCK
        self._source.seek(self._at - skip)
        data = self._source.read(skip + min(len(view), max(0, self._size - self._at)))
        counter = (self._counter + (self._at // _BLOCK)) % (1 << 8 * _BLOCK)
        stream = Cipher(algorithms.AES(self._key), modes.CTR(counter.to_bytes(_BLOCK, "big"))).decryptor()
        clear = stream.update(data)[skip:]
        view[: len(clear)] = clear
        self._at += len(clear)
        return len(clear)

    def close(self) -> None:
        self._source.close()
        super().close()
