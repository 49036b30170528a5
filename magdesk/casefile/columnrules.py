"""What can be in the columns of a case file: as conditions in SQL that are true of a value that cannot.

A database of this kind lets anything into any column, so each value that comes from outside is held against these.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime, Enum, Float, Integer, Uuid

from magdesk.casefile.connection import RawConnection
from magdesk.casefile.records import StepKind
from magdesk.model.base import Base, PartialDateType, UtcDateTime

LONGEST_VALUE = 64 << 20
"""Bytes of one value in a row of the case; what people write is a thousandth of it."""
MOST = 2**53
"""Whole numbers above are refused, so that every program that reads a case can hold them."""

LONGEST_NOTE = 1 << 20
"""Bytes of one text in a ledger, and of a label in the journal."""
LARGEST_CHUNK = 64 << 20
"""Bytes of evidence in one row; those that this program writes are a mebibyte."""


def _no_text(name: str, longest: int = LONGEST_NOTE) -> str:
    return f"typeof({name}) <> 'text' OR octet_length({name}) > {longest}"


def _no_number(name: str, least: int, most: int = MOST) -> str:
    return f"typeof({name}) <> 'integer' OR {name} NOT BETWEEN {least} AND {most}"


def _no_moment(name: str) -> str:
    day = f"substr({name}, 1, 10)"
    return (
        f"{_no_text(name, 40)} OR datetime({name}) IS NULL OR substr({name}, 11, 3) NOT GLOB 'T[0-2][0-9]'"
        f" OR {name} GLOB '*T24*' OR date({day}, '+0 days') IS NOT {day}"
    )


def _no_key(name: str, letters: int) -> str:
    return (
        f"{_no_text(name, letters)} OR length({name}) <> {letters} OR {name} GLOB '*[^-0-9a-f]*'"
        f" OR length(replace({name}, '-', '')) <> 32"
    )


_LEDGER = (
    "id", "stated", "actor", "tool", "kind", "input", "output", "medium", "note", "previous", "hash"
)  # fmt: skip
_OURS = {
    "meta": {"name": _no_text("name", 100), "value": _no_text("value", 1000)},
    "journal_step": {
        "number": _no_number("number", 1),
        "id": _no_key("id", 32),
        "at": _no_moment("at"),
        "who": _no_text("who"),
        "label": _no_text("label"),
        "kind": f"{_no_text('kind', 20)} OR kind NOT IN ({', '.join(repr(kind.value) for kind in StepKind)})",
        "undoes": f"undoes IS NOT NULL AND ({_no_key('undoes', 32)})",
        "custody": _no_text("custody", 1000),
        "digest": _no_text("digest", 1000),
    },
    "custody": {
        "sequence": _no_number("sequence", 1),
        "at": _no_moment("at"),
        "evidence": f"evidence <> '' AND ({_no_key('evidence', 36)})",
        **{name: _no_text(name) for name in _LEDGER},
    },
    "blob": {
        "sha256": "sha256 IS NOT NULL"
        f" AND ({_no_text('sha256', 64)} OR length(sha256) <> 64 OR sha256 GLOB '*[^0-9a-f]*')",
        "size": _no_number("size", 0),
        "chunk_size": _no_number("chunk_size", 1, LARGEST_CHUNK),
    },
    "text_item": {
        "kind": _no_text("kind", 100),
        "key": _no_text("key", 100),
        "layer": _no_number("layer", -MOST),
        "hidden": _no_number("hidden", 0, 1),
    },
}
"""The same for the tables that are not of the model. Rows of the journal are looked at when they are read, for they
are the largest part of an old case; chunks and texts likewise."""


def conditions() -> Iterator[tuple[str, dict[str, str]]]:
    """For each table, by column, what is true of a row that cannot be in it."""
    for table in Base.metadata.sorted_tables:
        yield table.name, {column.name: _wrong(column) for column in table.columns}
    yield from _OURS.items()


def fits(raw: RawConnection, table: str, key: uuid.UUID) -> bool:
    """Whether each value of a row of the model can be in its column."""
    query = f'SELECT 1 FROM "{table}" WHERE id = ? AND ({_any_wrong(table)})'  # noqa: S608  names of the model
    return raw.execute(query, (key.hex,)).fetchone() is None


@cache
def _any_wrong(table: str) -> str:
    return " OR ".join(f"({_wrong(column)})" for column in Base.metadata.tables[table].columns)


def _wrong(column: Column[Any]) -> str:
    """A condition that is true where a value cannot be in a column of the model."""
    name = f'"{column.name}"'
    day = f"{name} NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'"
    whole = f"{name} NOT BETWEEN {-MOST} AND {MOST}"
    match column.type:
        case Boolean():
            wrong = f"typeof({name}) <> 'integer' OR {name} NOT IN (0, 1)"
        case Integer():
            wrong = f"typeof({name}) <> 'integer' OR {whole}"
        case Float():
            wrong = f"typeof({name}) NOT IN ('real', 'integer') OR abs({name}) > 1e300"
        case Uuid():
            wrong = f"typeof({name}) <> 'text' OR length({name}) <> 32 OR {name} GLOB '*[^0-9a-f]*'"
        case PartialDateType():
            wrong = f"typeof({name}) <> 'text' OR octet_length({name}) > 40"
        case UtcDateTime() | DateTime() | Date():
            wrong = (
                f"typeof({name}) <> 'text' OR octet_length({name}) > 40 OR {day}"
                f" OR date(substr({name}, 1, 10), '+0 days') IS NOT substr({name}, 1, 10)"
            )
        case Enum() if column.type.enums:
            names = ", ".join(f"'{one}'" for one in column.type.enums)
            wrong = f"typeof({name}) <> 'text' OR {name} NOT IN ({names})"
        case _:
            wrong = f"typeof({name}) <> 'text' OR octet_length({name}) > {LONGEST_VALUE}"
    return f"{name} IS NOT NULL AND ({wrong})" if column.nullable else f"{name} IS NULL OR {wrong}"
