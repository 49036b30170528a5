"""A small case that every command can be tried on."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from magdesk.casefile import CaseFile
from magdesk.model import Authority, Case, Recipient
from magdesk.services.evidence.adding import add_bytes
from tests.system.canary import fill


def small_case(path: Path, passphrase: str) -> CaseFile:
    """A case with a row of every kind and a few files, which can be exported."""
    case = CaseFile.create(path, passphrase)
    fill(case, "Lantern")
    for number in range(6):
        add_bytes(case, f"{number}.txt", f"Letter {number}. ".encode() * 2_000)
    with case.change("Ready for an export") as session:
        session.scalars(select(Case)).one().bates_prefix = "GEN"
        session.scalars(select(Authority)).one().regime = "us-glomag"
        session.scalars(select(Recipient)).one().letter = "state"
    return case
