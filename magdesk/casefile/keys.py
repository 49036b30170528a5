"""From passphrase to key: Argon2id, salted with the first sixteen bytes of the case file itself.

SQLCipher keeps its own sixteen-byte salt in clear at the start of a file whose every other byte is encrypted. The
same bytes salt Argon2id here, so a case needs no side file and no readable header, and still no two cases share a
key for the same passphrase.
"""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from magdesk.errors import CaseFileError, UserError
from magdesk.i18n import _

SALT_BYTES = 16
KEY_BYTES = 32
_PLAIN_SQLITE = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class KeyCost:
    """What one guess of a passphrase costs an attacker (RFC 9106).

    It is not stored in the file, where it would be readable: a file opens only at the cost it was made with.

    Attributes:
        memory_kib: memory per guess in KiB.
        passes: passes over that memory.
        lanes: parallel lanes.
    """

    memory_kib: int
    passes: int
    lanes: int


STANDARD = KeyCost(memory_kib=128 * 1024, passes=2, lanes=4)
"""The cost of every real case file: a quarter of a second and 128 MiB on a laptop of 2020; more work for an attacker
than the second recommendation of RFC 9106 (64 MiB, 3 passes)."""


class Key:
    """The raw key and salt of one file, in the form SQLCipher takes. Never printed; wiped when the case closes."""

    __slots__ = ("_literal", "salt")

    def __init__(self, raw: bytearray, salt: bytes) -> None:
        """Take over ``raw`` (it is wiped here) and pair it with the file's salt."""
        self.salt = salt
        self._literal = bytearray(b"x'")
        for byte in raw:
            self._literal += b"%02x" % byte
        self._literal += salt.hex().encode() + b"'"
        _wipe(raw)

    @property
    def literal(self) -> bytearray:
        """``x'<64 hex digits of key><32 of salt>'``. The caller must not keep, copy or show it."""
        return self._literal

    def same_as(self, other: Key) -> bool:
        """Whether both are the same key, compared in constant time."""
        return hmac.compare_digest(self._literal, other.literal)

    def copy(self) -> Key:
        """The same key once more, for a second holder that wipes its own."""
        return Key(bytearray.fromhex(self._literal[2 : 2 + 2 * KEY_BYTES].decode()), self.salt)

    def wipe(self) -> None:
        """Overwrite the key in memory. Best effort: copies made by libraries are out of reach."""
        _wipe(self._literal)

    def __repr__(self) -> str:
        return "<Key>"


def derive_key(passphrase: str, salt: bytes, cost: KeyCost | None = None) -> Key:
    """The key that the passphrase gives with this salt.

    Args:
        passphrase: as typed; composed and decomposed letters count as the same (Unicode NFC).
        salt: the first sixteen bytes of the file.
        cost: of making the key; :data:`STANDARD` unless a test says otherwise.

    Raises:
        UserError: the passphrase is empty.
    """
    if not passphrase:
        raise UserError(_("The passphrase is empty."), _("Type the passphrase of the case."))
    cost = cost or STANDARD
    secret = bytearray(unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass"))
    raw = bytearray(KEY_BYTES)
    try:
        Argon2id(
            salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
        ).derive_into(cast("bytes", secret), raw)  # It takes any buffer; its stub says bytes.
        return Key(raw, salt)
    finally:
        _wipe(secret)


def new_salt() -> bytes:
    """A fresh random salt for a new file."""
    return secrets.token_bytes(SALT_BYTES)


def file_salt(path: Path) -> bytes:
    """The salt at the start of a case file.

    Must not be called while this process has the file open: on POSIX, closing any handle of a file drops the locks
    that SQLite holds on it.

    Raises:
        CaseFileError: there is no such file, it cannot be read, or it is not a case file.
    """
    try:
        with path.open("rb") as stream:
            salt = stream.read(SALT_BYTES)
    except FileNotFoundError as error:
        raise CaseFileError(
            _("The case file “{name}” does not exist.").format(name=path.name),
            _("Check the folder and the file name."),
        ) from error
    except OSError as error:
        raise CaseFileError(
            _("The file “{name}” cannot be read.").format(name=path.name),
            _("Check that you have permission to read it."),
        ) from error
    if len(salt) < SALT_BYTES or salt == _PLAIN_SQLITE:
        raise CaseFileError(
            _("“{name}” is not a MagDesk case file.").format(name=path.name), _("Choose a file that MagDesk created.")
        )
    return salt


def _wipe(secret: bytearray) -> None:
    secret[:] = bytes(len(secret))
