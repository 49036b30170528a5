"""Real case files of each released format, kept small.

A case file is five megabytes of encrypted pages, most of them empty inside, and what is encrypted cannot be
compressed. So ``tests/casefiles/format-N.pages.gz`` holds the file's pages decrypted, each with the initialisation
vector it had; with the key they give back the very file that was made, byte for byte, and its digest shows it. The
cipher used here is the documented one, written out once more: whatever library comes next must read what it makes.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from magdesk.casefile import keys
from magdesk.casefile.connection import PAGE_SIZE
from magdesk.casefile.keys import SALT_BYTES, Key
from magdesk.casefile.pages import MAC_BYTES, RESERVED_BYTES, VECTOR_BYTES, PageCodes
from tests.casefile.cases import FAST, PASSPHRASE

FOLDER = Path(__file__).parents[1] / "casefiles"


@dataclass(frozen=True, slots=True)
class Released:
    """What is known of a kept file.

    Attributes:
        made_by: the revision of the program that made it, in words.
        salt: its first sixteen bytes, in hex.
        sha256: of the whole file.
    """

    format: int
    made_by: str
    salt: str
    sha256: str


def released() -> list[Released]:
    """Every kept file, oldest format first."""
    found = [Released(**json.loads(path.read_text())) for path in FOLDER.glob("format-*.json")]
    return sorted(found, key=lambda one: one.format)


def build(version: int, to: Path) -> Path:
    """The file of a format as its own program made it; it opens with PASSPHRASE at the cost FAST."""
    about = next(one for one in released() if one.format == version)
    plain = gzip.decompress((FOLDER / f"format-{version}.pages.gz").read_bytes())
    key = keys.derive_key(PASSPHRASE, bytes.fromhex(about.salt), FAST)
    codes = PageCodes(key)
    made = bytearray()
    for number, start in enumerate(range(0, len(plain), PAGE_SIZE - MAC_BYTES), 1):
        record = plain[start : start + PAGE_SIZE - MAC_BYTES]
        head = key.salt if number == 1 else b""
        content, vector = record[len(head) : -VECTOR_BYTES], record[-VECTOR_BYTES:]
        encryptor = _cipher(key, vector).encryptor()
        page = head + encryptor.update(content) + encryptor.finalize() + vector + bytes(MAC_BYTES)
        made += page[:-MAC_BYTES] + codes.code(page, number)
    assert hashlib.sha256(made).hexdigest() == about.sha256
    to.write_bytes(made)
    return to


def pack(path: Path, version: int, made_by: str) -> None:
    """Keep a closed file that opens with PASSPHRASE at the cost FAST."""
    data = path.read_bytes()
    key = keys.derive_key(PASSPHRASE, data[:SALT_BYTES], FAST)
    codes = PageCodes(key)
    plain = bytearray()
    for number, start in enumerate(range(0, len(data), PAGE_SIZE), 1):
        page = data[start : start + PAGE_SIZE]
        assert codes.verifies(page, number)
        head = bytes(SALT_BYTES) if number == 1 else b""
        vector = page[-RESERVED_BYTES:-MAC_BYTES]
        decryptor = _cipher(key, vector).decryptor()
        plain += head + decryptor.update(page[len(head) : -RESERVED_BYTES]) + decryptor.finalize() + vector
    about = {
        "format": version,
        "made_by": made_by,
        "salt": key.salt.hex(),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    (FOLDER / f"format-{version}.json").write_text(json.dumps(about, indent=2) + "\n")
    (FOLDER / f"format-{version}.pages.gz").write_bytes(gzip.compress(bytes(plain), 9, mtime=0))


def _cipher(key: Key, vector: bytes) -> Cipher[modes.CBC]:
    return Cipher(algorithms.AES256(bytes.fromhex(key.literal[2:66].decode())), modes.CBC(vector))


if __name__ == "__main__":
    what, file, number = sys.argv[1:4]
    if what == "pack":
        pack(Path(file), int(number), " ".join(sys.argv[4:]))
    else:
        build(int(number), Path(file))
