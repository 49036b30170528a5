"""Reads OpenTimestamps proofs: what they stamp, and which Bitcoin blocks they commit to.

The format is that of the reference client (github.com/opentimestamps/python-opentimestamps): a magic, a version, the
digest of the stamped file, and a tree of operations whose leaves are attestations. Whether a block really holds what
a proof leads to cannot be told without the header of that block; this says what to look for in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from magdesk.errors import InputError
from magdesk.i18n import _

MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94"
_VERSION = 1
_BITCOIN = bytes.fromhex("0588960d73d71901")
_PENDING = bytes.fromhex("83dfe30d2ef90c8e")
_DIGESTS = {0x02: ("sha1", 20), 0x03: ("ripemd160", 20), 0x08: ("sha256", 32), 0x67: ("keccak256", 32)}
_ATTESTATION, _FORK, _APPEND, _PREPEND, _REVERSE, _HEXLIFY = 0x00, 0xFF, 0xF0, 0xF1, 0xF2, 0xF3
_MOST_STEPS = 100_000
_LONGEST_MESSAGE = 4096
_LONGEST_PAYLOAD = 8192


@dataclass(frozen=True, slots=True)
class Commitment:
    """One Bitcoin block that a proof leads to.

    Attributes:
        merkle_root: what the header of that block must hold, as block explorers write it; empty where an operation
            of the proof cannot be computed here.
    """

    height: int
    merkle_root: str


@dataclass(frozen=True, slots=True)
class OtsProof:
    """What a proof says.

    Attributes:
        algorithm: of the digest, e.g. ``sha256``.
        digest: of the stamped file, hex.
        commitments: the blocks it commits to, lowest first.
        pending: calendars that have promised to commit and whose answer is not in the proof.
        unknown: attestations of other kinds.
    """

    algorithm: str
    digest: str
    commitments: tuple[Commitment, ...]
    pending: tuple[str, ...]
    unknown: int


def is_ots(content: bytes) -> bool:
    """Whether the bytes begin like a proof."""
    return content.startswith(MAGIC)


def read_ots(content: bytes) -> OtsProof:
    """Read a detached proof.

    Raises:
        InputError: it is none, is cut off, or has a newer version.
    """
    return _ProofReader(content).read()


class _ProofReader:
    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0
        self._commitments: dict[tuple[int, str], None] = {}
        self._pending: dict[str, None] = {}
        self._unknown = 0

    def read(self) -> OtsProof:
        if self._take(len(MAGIC)) != MAGIC:
            raise _broken()
        if self._number() != _VERSION:
            raise InputError(
                _("The OpenTimestamps proof is in a version that this program does not know."),
                _("Use a newer version of MagDesk."),
            )
        known = _DIGESTS.get(self._byte())
        if known is None:
            raise _broken()
        algorithm, length = known
        digest = self._take(length)
        self._tree(digest)
        if self._at != len(self._content):
            raise _broken()
        blocks = tuple(Commitment(height, root) for height, root in sorted(self._commitments))
        return OtsProof(algorithm, digest.hex(), blocks, tuple(self._pending), self._unknown)

    def _tree(self, digest: bytes) -> None:
        # A stack instead of recursion: a proof from outside must not decide how deep this program calls.
        waiting: list[bytes | None] = [digest]
        for _step in range(_MOST_STEPS):
            if not waiting:
                return
            message = waiting.pop()
            tag = self._byte()
            if tag == _FORK:
                waiting.append(message)
                tag = self._byte()
            if tag == _ATTESTATION:
                self._attestation(message)
            else:
                waiting.append(self._operation(tag, message))
        raise _broken()

    def _operation(self, tag: int, message: bytes | None) -> bytes | None:
        argument = self._bytes(_LONGEST_MESSAGE) if tag in (_APPEND, _PREPEND) else b""
        compute = _OPERATIONS.get(tag)
        if compute is None:
            raise _broken()
        if message is None:
            return None
        result = compute(message, argument)
        if result is not None and len(result) > _LONGEST_MESSAGE:
            raise _broken()
        return result

    def _attestation(self, message: bytes | None) -> None:
        kind, payload = self._take(8), self._bytes(_LONGEST_PAYLOAD)
        inner = _ProofReader(payload)
        if kind == _BITCOIN:
            root = message[::-1].hex() if message is not None and len(message) == 32 else ""
            self._commitments[inner._number(), root] = None
        elif kind == _PENDING:
            self._pending[inner._bytes(1000).decode("ascii", "replace")] = None
        else:
            self._unknown += 1

    def _take(self, count: int) -> bytes:
        part = self._content[self._at : self._at + count]
        if len(part) != count:
            raise _broken()
        self._at += count
        return part

    def _byte(self) -> int:
        return self._take(1)[0]

    def _number(self) -> int:
        value = 0
        for shift in range(0, 63, 7):
            byte = self._byte()
            value |= (byte & 0x7F) << shift
            if not byte & 0x80:
                return value
        raise _broken()

    def _bytes(self, longest: int) -> bytes:
        length = self._number()
        if length > longest:
            raise _broken()
        return self._take(length)


def _ripemd160(message: bytes, _argument: bytes) -> bytes | None:
    try:
        return hashlib.new("ripemd160", message).digest()
    except ValueError:  # Some builds of OpenSSL leave it out.
        return None


_OPERATIONS: dict[int, Callable[[bytes, bytes], bytes | None]] = {
    0x02: lambda message, _argument: hashlib.sha1(message, usedforsecurity=False).digest(),
    0x03: _ripemd160,
    0x08: lambda message, _argument: hashlib.sha256(message).digest(),
    0x67: lambda _message, _argument: None,  # Keccak as Ethereum has it is not in the standard library.
    _APPEND: lambda message, argument: message + argument,
    _PREPEND: lambda message, argument: argument + message,
    _REVERSE: lambda message, _argument: message[::-1],
    _HEXLIFY: lambda message, _argument: message.hex().encode("ascii"),
}


def _broken() -> InputError:
    return InputError(
        _("This is not a complete OpenTimestamps proof."),
        _("Choose the .ots file exactly as the calendar client wrote it."),
    )
