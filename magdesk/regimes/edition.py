"""Which law counts here: what came with the program, the update that stands before it, the clinic's own files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Edition:
    """Which of several states of the law is the newer one.

    Attributes:
        as_of: the day up to which it follows the law.
        serial: counts on where a day has several.
    """

    as_of: date
    serial: int = 0


@dataclass(frozen=True, slots=True)
class LawState:
    """Where a law that was loaded comes from.

    Attributes:
        edition: of what counts: of the update, or else of what came with the program.
        digest: SHA-256 over the names and texts of all files that count, in hexadecimal digits.
        issuer: who made the update that counts; empty where none does.
        updated: names of the files that stand in the update and count.
        own: names of the files of the clinic itself; they count before all others.
        outdated: an update is kept that does not count: the program brought newer law with it.
    """

    edition: Edition
    digest: str = ""
    issuer: str = ""
    updated: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    outdated: bool = False


UNKNOWN = LawState(Edition(date.min))
