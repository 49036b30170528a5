"""Cases for tests: real ones, with a key that costs nothing to derive."""

from __future__ import annotations

from pathlib import Path

from magdesk.casefile import CaseFile, KeyCost
from magdesk.model import Case
from magdesk.values import now

FAST = KeyCost(memory_kib=64, passes=1, lanes=1)
PASSPHRASE = "correct horse"


def make_case(path: Path) -> CaseFile:
    """A new case with its one row, without backups."""
    case = CaseFile.create(path, PASSPHRASE, who="Ana", cost=FAST, backups=False)
    with case.change("New case", base=True) as session:
        session.add(Case(title="Republic of Generica", created_at=now()))
    return case


def reopen(path: Path, *, read_only: bool = False) -> CaseFile:
    """The case again, without backups."""
    return CaseFile.open(path, PASSPHRASE, who="Ana", cost=FAST, backups=False, read_only=read_only)
