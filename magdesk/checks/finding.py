"""What a check returns. A value; it changes nothing."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: a blocking one stops a final export."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is, so that a click can jump there.

    Attributes:
        page: code of the window's page: ``overview``, ``targets``, ``people``, ``incidents``, ``evidence``,
            ``facts``, ``adverse``, ``interest``, ``accountability``, ``narrative``, ``review``, ``export``.
        row: key of the row, or none for the whole page.
        field: name of the field, or empty.
        label: the row in words: ``Fact 12``, ``Target “General A. B.”``.
    """

    page: str
    row: uuid.UUID | None = None
    field: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is missing or wrong."""

    code: str
    severity: Severity
    place: Place
    sentence: str
    remedy: str
