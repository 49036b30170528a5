"""Values the case file hands out."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class StepKind(StrEnum):
    """What a journal step is.

    ``BASE`` is a change that undo does not go behind: the making of the case, or a change of the file's format.
    ``NOTE`` changed no row: it says that something happened that the custody ledger holds.
    """

    BASE = "base"
    EDIT = "edit"
    UNDO = "undo"
    REDO = "redo"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the journal.

    Attributes:
        number: place in the journal, from 1, without gaps.
        at: moment of the commit, in UTC.
        who: who made it, as given when the case was opened.
        label: what was done, in words.
        undoes: for an undo or a redo, the edit that it takes back or brings back.
        rows: how many rows it touched.
    """

    id: uuid.UUID
    number: int
    at: datetime
    who: str
    label: str
    kind: StepKind
    rows: int
    undoes: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class RowImage:
    """One row before and after a step, as stored; nothing where the row was not there."""

    table: str
    key: uuid.UUID
    before: dict[str, str | int | float | None] | None
    after: dict[str, str | int | float | None] | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What a commit touched: keys of rows by table."""

    label: str
    touched: dict[str, set[uuid.UUID]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BlobInfo:
    """One content-addressed run of bytes.

    Attributes:
        sha256: hex digest of all bytes.
        size: bytes.
        existed: for an answer to storing: the same bytes were there before.
    """

    sha256: str
    size: int
    existed: bool = False


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One place where all words of a search occur.

    Attributes:
        kind: ``evidence`` or the table of the row.
        part: page of the evidence, or 0.
        snippet: the text around the first match, as it was indexed.
        rank: smaller is better.
        marks: start and end of each match in ``snippet``.
    """

    kind: str
    key: uuid.UUID
    part: int
    snippet: str
    rank: float
    marks: tuple[tuple[int, int], ...] = ()
