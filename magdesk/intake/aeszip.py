"""Members of a ZIP archive that are encrypted with AES, as WinZip and 7-Zip do it: opened with their password.

Python's own module knows only the old cipher of PKZIP. The form is that of WinZip's AE-1 and AE-2: a salt, two bytes
that show a wrong password, AES in counter mode with a little-endian counter, and a code over what was encrypted.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import struct
import zipfile
import zlib
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

AES = 99
"""Compression method that stands for: encrypted, the true one is told elsewhere."""

_EXTRA = 0x9901
_ROUNDS = 1_000
_CODE = 10
_PIECE = 1 << 18


class WrongPassword(RuntimeError):
    """The password does not open the member."""


def open_aes(stream: BinaryIO, member: zipfile.ZipInfo, password: str) -> BinaryIO:
    """The bytes of a member, decrypted and unpacked as they are read.

    Args:
        stream: the archive; nobody else may read from it meanwhile.

    Raises:
        WrongPassword: as it says.
        NotImplementedError: it is packed or encrypted in some other way.
        zipfile.BadZipFile: it is damaged.
    """
    strength, method = _told(member)
    if method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotImplementedError
    length = 8 * (strength + 1)
    salt_length = length // 2
    stream.seek(member.header_offset)
    header = stream.read(30)
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile
    name, extra = struct.unpack_from("<HH", header, 26)
    start = member.header_offset + 30 + name + extra
    size = member.compress_size - salt_length - 2 - _CODE
    stream.seek(start)
    salt, check = stream.read(salt_length), stream.read(2)
    if size < 0 or len(check) < 2:
        raise zipfile.BadZipFile
    keys = hashlib.pbkdf2_hmac("sha1", password.encode(), salt, _ROUNDS, 2 * length + 2)
    if keys[2 * length :] != check:
        raise WrongPassword
    raw = _Member(stream, start + salt_length + 2, size, member.file_size, keys[:length], keys[length : 2 * length])
    return io.BufferedReader(raw.unpacking(deflated=method == zipfile.ZIP_DEFLATED), _PIECE)


def _told(member: zipfile.ZipInfo) -> tuple[int, int]:
    """Strength of the key and true compression method, out of the member's extra fields."""
    extra = member.extra
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        if kind == _EXTRA and length >= 7 and len(extra) >= 11:
            _version, maker, strength, method = struct.unpack_from("<H2sBH", extra, 4)
            if maker == b"AE" and strength in (1, 2, 3):
                return strength, method
        extra = extra[4 + length :]
    raise NotImplementedError


class _Member(io.RawIOBase):
    """Decrypts and unpacks; hands out no more than is declared, and never the end of what was changed."""

    def __init__(self, stream: BinaryIO, start: int, size: int, declared: int, key: bytes, code_key: bytes) -> None:
        super().__init__()
        self._stream = stream
        self._at, self._end = start, start + size
        self._room = declared
        self._cipher = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305  counter mode is made of it
        self._code = hmac.new(code_key, digestmod="sha1")
        self._counter = 1
        self._unpacker: zlib._Decompress | None = None
        self._ready = b""
        self._done = False

    def unpacking(self, *, deflated: bool) -> _Member:
        """Also unpack what is decrypted."""
        self._unpacker = zlib.decompressobj(-15) if deflated else None
        return self

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer with the next bytes."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while not self._ready and not self._done:
            self._next()
        count = min(len(view), len(self._ready), self._room)
        view[:count] = self._ready[:count]
        self._ready = self._ready[count:] if self._room > count else b""
        self._room -= count
        if not self._room:
            self._finish()  # Before the last bytes are handed out: nobody takes a changed file for a whole one.
        return count

    def _next(self) -> None:
        if self._unpacker is not None and self._unpacker.unconsumed_tail:
            self._ready = self._unpack(self._unpacker.unconsumed_tail)
            return
        data = self._piece()
        if data:
            self._ready = self._unpack(self._decrypted(data))
        else:
            self._finish()

    def _piece(self) -> bytes:
        self._stream.seek(self._at)
        data = self._stream.read(min(_PIECE, self._end - self._at))
        self._at += len(data)
        self._code.update(data)
        return data

    def _finish(self) -> None:
        if self._done:
            return
        while self._piece():
            pass
        self._stream.seek(self._end)
        if self._at < self._end or self._stream.read(_CODE) != self._code.digest()[:_CODE]:
            raise zipfile.BadZipFile
        self._done = True

    def _unpack(self, data: bytes) -> bytes:
        if self._unpacker is None:
            return data
        try:
            return self._unpacker.decompress(data, _PIECE)
        except zlib.error as error:
            raise zipfile.BadZipFile from error

    def _decrypted(self, data: bytes) -> bytes:
        # Every piece but the last is a whole number of blocks.
        blocks = -(-len(data) // 16)
        counters = b"".join(number.to_bytes(16, "little") for number in range(self._counter, self._counter + blocks))
        self._counter += blocks
        stream = self._cipher.update(counters)[: len(data)]
        mixed = int.from_bytes(data, "little") ^ int.from_bytes(stream, "little")
        return mixed.to_bytes(len(data), "little")
