"""Chains of records: each carries the digest of the one before, and the file notes apart from them where they end.

A digest is SHA-256 over the canonical form of a record: JSON as RFC 8785 writes it, in UTF-8. All values are strings,
integers or null and all names are ASCII, so any JSON library gives the same bytes with sorted names, no spaces and
no escapes but those that JSON demands. A chain shows that a record was changed, moved, left out or cut off; someone
who has the passphrase and rewrites the whole chain is only found by a digest that was stamped outside the file.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from magdesk.casefile.connection import RawConnection

START = "0" * 64
"""What the first record of a chain names as the one before it."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends: how many records it has, and the digest of the last."""

    count: int = 0
    digest: str = START

    def __str__(self) -> str:
        return f"{self.count}:{self.digest}"

    @classmethod
    def parse(cls, text: str) -> Head | None:
        """The head from its text, if it is one."""
        count, colon, digest = text.partition(":")
        return cls(int(count), digest) if colon and count.isdecimal() and len(count) < 16 else None


def canonical(value: object) -> bytes:
    """The bytes of a record that are digested."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def digest_of(*records: object) -> str:
    """SHA-256 over the canonical forms, each ended by a line feed where there are several."""
    if len(records) == 1:
        return hashlib.sha256(canonical(records[0])).hexdigest()
    total = hashlib.sha256()
    for record in records:
        total.update(canonical(record) + b"\n")
    return total.hexdigest()


def read_head(raw: RawConnection, name: str) -> Head | None:
    """What the file notes as the end of a chain; nothing when the note is gone or makes no sense."""
    row = raw.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return Head.parse(str(row[0])) if row is not None else None


def write_head(raw: RawConnection, name: str, head: Head) -> None:
    """Note the end of a chain, in the transaction that adds to it."""
    raw.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (name, str(head)))
