"""A program that works on a case until it is killed: ``python -m tests.casefile.victim CASE MOMENT``."""

from __future__ import annotations

import io
import sys
import time
import uuid
from pathlib import Path

from magdesk.casefile import CaseFile
from magdesk.model import Name, Party
from tests.casefile.cases import reopen

CANARY = "Kanarienvogel将军Ж"


class Trickle(io.RawIOBase):
    """A stream that never ends and says when it is well under way."""

    def __init__(self) -> None:
        super().__init__()
        self._given = 0
        self._block = (CANARY + " ").encode() * 3000

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        count = min(len(buffer), len(self._block))
        buffer[:count] = self._block[:count]
        before, self._given = self._given, self._given + count
        if before < 20 << 20 <= self._given:
            print("busy", flush=True)
        if self._given > 60 << 20:
            time.sleep(0.05)
        return count


def put(case: CaseFile) -> None:
    case.blobs.put(Trickle())  # type: ignore[arg-type]


def change(case: CaseFile) -> None:
    number = 0
    while True:
        with case.change(f"Edit {number}") as session:
            for _row in range(20):
                session.add(Party(description=CANARY, names=[Name(text=f"{CANARY} {number}")]))
                session.flush()
        number += 1
        if number == 3:
            print("busy", flush=True)


def index(case: CaseFile) -> None:
    key = uuid.uuid4()
    print("busy", flush=True)
    while True:
        case.index.put("evidence", key, [(page, f"{CANARY} {page} " * 50) for page in range(200)])


def backup(case: CaseFile) -> None:
    print("busy", flush=True)
    while True:
        case.backup(case.path.with_name("copy.magdesk")).unlink()


def counted(case: CaseFile) -> None:
    """Commit numbered edits and say each number once it is committed."""
    number = 0
    while True:
        with case.change(f"Edit {number}") as session:
            session.add(Party(description=str(number)))
        print(number, flush=True)
        number += 1


def rekey(case: CaseFile) -> None:
    print("busy", flush=True)
    passphrases = ["correct horse", "another battery"]
    while True:
        case.change_passphrase(*passphrases)
        passphrases.reverse()


if __name__ == "__main__":
    globals()[sys.argv[2]](reopen(Path(sys.argv[1])))
