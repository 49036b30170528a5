"""What a check returns. A value; it changes nothing."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: a blocking one stops a final export."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


class Trouble(StrEnum):
    """What is the matter, so that nobody is scolded for what is merely not entered yet.

    Severity says what a packet may leave with; this says where, and how loudly, the window speaks of it.
    """

    MISSING = "missing"
    WRONG = "wrong"
    STALE = "stale"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is, so that a click can jump there.

    Attributes:
        page: code of the window's page: ``overview``, ``targets``, ``people``, ``incidents``, ``evidence``,
            ``facts``, ``money``, ``adverse``, ``interest``, ``accountability``, ``narrative``, ``review``,
            ``export``.
        row: key of the row, or none for the whole page.
        field: name of the field, or empty.
        label: the row in words: ``Fact 12``, ``Target “General A. B.”``.
    """

    page: str
    row: uuid.UUID | None = None
    field: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What would mend it: another value in one field of a citation.

    Attributes:
        before: what the field holds now; where it holds something else meanwhile, nothing is to be changed.
    """

    row: uuid.UUID
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Waived:
    """That a finding was set aside: why, by whom, when."""

    reason: str
    by: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is missing or wrong.

    Attributes:
        key: what tells it from the other findings of the same check and row; a waiver stores it as its field.
        waivable: whether it may be set aside with a reason.
        waived: how it was set aside; such a finding is shown but counts for nothing.
        correction: what would mend it, where that is known.
        cause: what it has in common with others that are told together: a check, or one way of failing it.
        targets: keys of the targets that it is about; empty where it is about the case as a whole.
        nature: whether it is missing, wrong, out of date or dangerous.
    """

    code: str
    severity: Severity
    place: Place
    sentence: str
    remedy: str
    key: str = ""
    waivable: bool = False
    waived: Waived | None = None
    correction: Correction | None = None
    cause: str = ""
    targets: tuple[uuid.UUID, ...] = ()
    nature: Trouble = Trouble.MISSING

    @property
    def interrupts(self) -> bool:
        """Whether it is told at once where it is: it contradicts what was entered, or somebody could be hurt."""
        return self.nature in (Trouble.WRONG, Trouble.DANGER)
