"""The pages of an encrypted file, looked at without opening it as a database.

SQLCipher 4 (https://www.zetetic.net/sqlcipher/design/) encrypts each page by itself and ends it with its
initialisation vector and an HMAC-SHA512 over the encrypted bytes, the vector and the page's number. So one page that
verifies proves the key, whatever has happened to the others; the library itself gives up at the first page and cannot
tell a wrong passphrase from a flipped byte there.
"""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

from magdesk.casefile.connection import PAGE_SIZE
from magdesk.casefile.keys import SALT_BYTES, Key

VECTOR_BYTES = 16
MAC_BYTES = 64
RESERVED_BYTES = VECTOR_BYTES + MAC_BYTES
"""At the end of each page; 16 + 64 is a multiple of the cipher's block already."""

_MAC_SALT_MASK = 0x3A
_MAC_KEY_ROUNDS = 2


class PageCodes:
    """Computes the codes of the pages of one file.

    Args:
        key: with the salt that the file was made with.
    """

    def __init__(self, key: Key) -> None:
        raw = bytes.fromhex(key.literal[2:66].decode())
        salt = bytes(byte ^ _MAC_SALT_MASK for byte in key.salt)
        self._key = hashlib.pbkdf2_hmac("sha512", raw, salt, _MAC_KEY_ROUNDS, len(raw))

    def code(self, page: bytes, number: int) -> bytes:
        """The code that a page should end with.

        Args:
            page: all its bytes as they lie in the file; those of the code itself do not matter.
            number: counted from 1. The first page begins with the salt, which its code does not cover.
        """
        covered = page[SALT_BYTES if number == 1 else 0 : -MAC_BYTES] + number.to_bytes(4, "little")
        return hmac.digest(self._key, covered, "sha512")

    def verifies(self, page: bytes, number: int) -> bool:
        """Whether a page is as it was written under this key."""
        return len(page) == PAGE_SIZE and hmac.compare_digest(page[-MAC_BYTES:], self.code(page, number))


def any_page_verifies(path: Path, key: Key, sample: int = 24) -> bool:
    """Whether a page of a file fits a key: then the key is the file's, and what else is wrong with it is damage.

    Must not be called while this process has the file open (see :func:`magdesk.casefile.keys.file_salt`).

    Args:
        path: the file; it is not opened as a database, nothing beside it is touched.
        key: derived with the salt that the file has, or should have.
        sample: how many pages are tried, spread over the file, the first one among them.

    Raises:
        OSError: it cannot be read.
    """
    codes = PageCodes(key)
    with path.open("rb") as stream:
        count = stream.seek(0, 2) // PAGE_SIZE
        for number in _spread(count, sample):
            stream.seek((number - 1) * PAGE_SIZE)
            if codes.verifies(stream.read(PAGE_SIZE), number):
                return True
    return False


def _spread(count: int, sample: int) -> list[int]:
    if count <= sample:
        return list(range(1, count + 1))
    return sorted({1 + place * (count - 1) // (sample - 1) for place in range(sample)})
