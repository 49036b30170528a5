"""A ``dossier.json`` that others wrote: forgiving where the meaning is plain, exact where it is not.

Every problem is told at once, each with the row that it is in, so that the writer mends the file in one go.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NoReturn

from sqlalchemy import Column, Date, Enum, Float, Index, Integer, Table, UniqueConstraint, Uuid
from sqlalchemy import inspect as mapper_of

from magdesk.dates.partialdate import PartialDate
from magdesk.dates.reading import ascii_digits
from magdesk.errors import InputError
from magdesk.i18n import _
from magdesk.model import Base, Citation
from magdesk.model.base import DecimalType, PartialDateType, UtcDateTime
from magdesk.model.names import check_name
from magdesk.services.dump.dossier_json import FILE_KEY, JsonRow, key_of, place_of, refuse, tables, validate

_RANK = "rank"
_DIGITS = 17
_MOST = 2**53  # what every program holds exactly (RFC 8259, section 6)
_LONGEST = 40  # characters of a number with a fraction
_NOTE = "_"  # a key that begins with it is the writer's own note


def read_dossier(data: bytes) -> JsonRow:
    """The dossier as an object that fits its schema and whose rows fit each other.

    Raises:
        InputError: it does not; the message names each place.
    """
    document = _parsed(_decoded(data))
    if isinstance(document, dict):
        document = _mended(document)
    validate(document)
    assert isinstance(document, dict)
    refuse(list(_problems(document)))
    return document


def _decoded(data: bytes) -> str:
    """The text: UTF-8, or what a mark at its head says; editors on Windows write one."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            _("dossier.json is not UTF-8 text: see line {line}.").format(line=line),
            _("Save the file as UTF-8 and try again."),
        ) from error


def _parsed(text: str) -> object:
    twice: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> JsonRow:
        keys = [key for key, _value in pairs]
        twice.extend(sorted({key for key in keys if keys.count(key) > 1}))
        return dict(pairs)

    try:
        document: object = json.loads(
            text, object_pairs_hook=once, parse_int=_whole, parse_float=_fraction, parse_constant=_refuse_number
        )
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(
            _("dossier.json is not valid JSON ({error}).").format(error=error), _("Correct the file and try again.")
        ) from error
    if twice:  # JSON would keep the last one in silence
        names = ", ".join(f"“{name}”" for name in dict.fromkeys(twice))
        raise InputError(
            _("dossier.json names the same key twice in one object: {names}.").format(names=names),
            _("Merge the two."),
        )
    return document


def _whole(text: str) -> int:
    """A whole number; one that is too long is not even computed."""
    if len(text) > _DIGITS or abs(int(text)) > _MOST:
        _refuse_number(text)
    return int(text)


def _fraction(text: str) -> float:
    number = float(text)
    if len(text) > _LONGEST or not math.isfinite(number):
        _refuse_number(text)
    return number


def _refuse_number(text: str) -> NoReturn:
    shown = text if len(text) <= _LONGEST else f"one of {len(text)} characters"
    raise InputError(
        _("dossier.json holds a number that is too large, or is not a number: {shown}.").format(shown=shown),
        _("Write a smaller number, or put it in quotation marks where it is a text."),
    )


# ------------------------------------------------------------------------------------------- forgiving


def _mended(document: Mapping[str, Any]) -> JsonRow:
    kinds = tables()
    out: JsonRow = {}
    for name, value in document.items():
        if name.startswith(_NOTE) or value is None:
            continue
        if name not in kinds:
            out[name] = value
        elif name == "case":
            row = value[0] if isinstance(value, list) and len(value) == 1 else value
            out[name] = _row(kinds[name], row)
        elif isinstance(value, list):
            out[name] = _in_order([_row(kinds[name], row) for row in value], kinds[name])
        else:
            out[name] = value
    return out


def _row(kind: type[Base], row: object) -> object:
    if not isinstance(row, dict):
        return row
    columns = mapper_of(kind).columns
    out: JsonRow = {}
    for name, value in row.items():
        if name.startswith(_NOTE):
            continue
        if name in columns:
            known = _value(columns[name], value)
            if known is not None or columns[name].nullable:  # else not known: the model's default
                out[name] = known
        elif name == FILE_KEY and isinstance(value, str):
            if value:
                out[name] = value.replace("\\", "/")
        elif name != FILE_KEY or value is not None:
            out[name] = value
    return out


def _value(column: Column[Any], value: Any) -> Any:
    kind = column.type
    if value == "" and isinstance(
        kind, Uuid | PartialDateType | DecimalType | UtcDateTime | Date | Integer | Float | Enum
    ):
        return None
    if (
        isinstance(value, int)
        and not isinstance(value, bool)
        and isinstance(kind, Uuid | PartialDateType | DecimalType)
    ):
        return str(value)  # a key 1, a year 1970, a sum of 500
    if isinstance(value, float) and isinstance(kind, DecimalType):
        return f"{Decimal(repr(value)):f}"
    if isinstance(value, str) and isinstance(kind, UtcDateTime | Date):
        value = ascii_digits(value)
    if isinstance(value, str) and isinstance(kind, UtcDateTime):
        moment = _moment(value)
        return moment.isoformat() if moment else value
    return value


def _moment(text: str) -> datetime | None:
    """A moment; where no zone is given it is in UTC, where no time is given it is the day's beginning."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _in_order(rows: list[Any], kind: type[Base]) -> list[Any]:
    """The rows with the ranks that they were not given: the order in which they are written."""
    if _RANK not in mapper_of(kind).columns:
        return rows
    last = -1
    for row in rows:
        if isinstance(row, dict) and isinstance(row.setdefault(_RANK, last + 1), int):
            last = max(last, row[_RANK])
    return rows


# ----------------------------------------------------------------------------------------------- exact


def _problems(document: JsonRow) -> Iterator[str]:
    """What the schema cannot say: keys that are there twice, that lead nowhere, dates that are none."""
    kinds = tables()
    rows = {name: [document[name]] if name == "case" else document.get(name, []) for name in kinds}
    keys = {name: {key_of(row["id"]) for row in found if "id" in row} for name, found in rows.items()}
    for name, kind in kinds.items():
        yield from _twice(document, name, kind, rows[name])
        for number, row in enumerate(rows[name]):
            place = place_of(document, (name,) if name == "case" else (name, number))
            for column in mapper_of(kind).columns:
                value = row.get(column.key)
                if value is not None:
                    yield from (f"{place}: {problem}" for problem in _wrong(column, value, keys))
            if kind is Citation:
                yield from (f"{place}: {problem}" for problem in _owners(row))


def doubtful_dates(document: Mapping[str, Any]) -> Iterator[str]:
    """Dates whose year can hardly be of our calendar, each with its row and what to write instead."""
    for name, kind in tables().items():
        rows = [document[name]] if name == "case" else document.get(name, [])
        dated = [column.key for column in mapper_of(kind).columns if isinstance(column.type, PartialDateType)]
        for number, row in enumerate(rows):
            for key in dated:
                day = PartialDate.parse(row[key]) if row.get(key) is not None else None
                if day is not None and day.doubtful:
                    place = place_of(document, (name,) if name == "case" else (name, number))
                    known = " or ".join(f"“{row[key]} ({calendar.label})”" for calendar in day.calendars)
                    answer = f"write {known}" if known else "correct it"
                    yield f"{place}: {key}: “{row[key]}” is unlikely to be a Gregorian year; {answer}."


def _wrong(column: Column[Any], value: Any, keys: Mapping[str, set[Any]]) -> Iterator[str]:
    for foreign in column.foreign_keys:
        table = foreign.column.table.name
        if key_of(value) not in keys[table]:
            yield f"{column.key} names “{value}”, and no row of “{table}” has that id"
    if isinstance(value, str):
        try:
            check_name(column.table.name, column.key, value)
        except InputError as error:
            yield f"{column.key}: {error}"
    if isinstance(column.type, PartialDateType):
        try:
            PartialDate.parse(value)
        except InputError as error:
            yield f"{column.key}: “{value}” is not a date. {error.hint}".rstrip(".")
    elif isinstance(column.type, UtcDateTime) and _moment(value) is None:
        yield f"{column.key}: “{value}” is not a date and time; write it like 2026-11-05T14:00:00Z"


def _owners(row: Mapping[str, Any]) -> Iterator[str]:
    """A citation belongs to one row: the one that it supports or contradicts."""
    every = [column.key for column in mapper_of(Citation).columns if column.nullable and column.foreign_keys]
    given = [name for name in every if row.get(name) is not None]
    if not given:
        yield f"what the citation is for is missing; give one of: {', '.join(every)}"
    elif len(given) > 1:
        yield f"a citation belongs to one row, and this one names {', '.join(given)}; write one citation for each"


def _twice(document: JsonRow, name: str, kind: type[Base], rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Rows that say the same where each must say something of its own."""
    table = kind.__table__
    assert isinstance(table, Table)
    unique: list[tuple[str, ...]] = [("id",)]
    rules: list[UniqueConstraint | Index] = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    rules += [one for one in table.indexes if one.unique]
    unique += [tuple(column.name for column in rule.columns) for rule in rules]
    for names in unique:
        seen: dict[tuple[Any, ...], int] = {}
        for number, row in enumerate(rows):
            values = tuple(_compared(table.columns[column], row.get(column)) for column in names)
            if None in values:
                continue
            if values in seen:
                told = ", ".join(f"{column} “{row.get(column, '')}”" for column in names)
                first = place_of(document, (name, seen[values]))
                yield f"{place_of(document, (name, number))}: {told} already appears at {first}"
            seen.setdefault(values, number)


def _compared(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None if column.nullable or column.primary_key else ""
    return key_of(value) if isinstance(column.type, Uuid) else value
