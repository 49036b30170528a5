"""The open form of a case: one JSON object, one array per table, described by a JSON Schema made from the model.

The form lets a case outlive this program and lets others write one by hand. Keys may be any text: what is not
a UUID is turned into one, the same text always into the same key, also inside narrative text.
"""

from __future__ import annotations

import difflib
import inspect
import json
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from sqlalchemy import Boolean, Column, Date, Enum, Float, Integer, Uuid
from sqlalchemy import inspect as mapper_of

from magdesk import paths
from magdesk.dates.partialdate import PartialDate
from magdesk.errors import InputError
from magdesk.i18n import _
from magdesk.model import Base
from magdesk.model.base import DecimalType, PartialDateType, UtcDateTime

FORMAT = "magdesk-dossier"
DOSSIER = "dossier.json"
"""Name of the file in its folder."""
VERSION = 1
FILE_KEY = "file"
_MOST_PROBLEMS = 30  # more than that nobody mends from one list
_SUM = r"^-?[0-9]{1,18}(\.[0-9]{1,8})?$"
_NAMESPACE = uuid.UUID("6d616764-6573-4b00-8000-646f73736965")  # fixed for ever: keys depend on it
_TOKEN_KEY = re.compile(r"(?P<open>\{@party:|\[@fact:|\[@evidence:)(?P<key>[^\]\},\s]+)")

JsonRow = dict[str, Any]


def tables() -> dict[str, type[Base]]:
    """The mapped classes by table name, parents before those who refer to them."""
    classes = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    return {table.name: classes[table.name] for table in Base.metadata.sorted_tables if table.name in classes}


def key_of(text: str) -> uuid.UUID:
    """The key a text stands for: itself when it is a UUID, else one made from it (UUIDv5, RFC 9562)."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid5(_NAMESPACE, text)


def row_to_json(row: Base) -> JsonRow:
    """All columns of a row as JSON values."""
    return {column.key: _to_json(getattr(row, column.key)) for column in mapper_of(type(row)).column_attrs}


def row_from_json(kind: type[Base], values: Mapping[str, Any]) -> Base:
    """A new row from its JSON form; what is left out takes the model's default.

    Raises:
        InputError: a date cannot be read.
    """
    columns = mapper_of(kind).columns
    return kind(**{name: _from_json(columns[name], value) for name, value in values.items() if name != FILE_KEY})


def _to_json(value: object) -> object:
    match value:
        case uuid.UUID() | PartialDate():
            return str(value)
        case Decimal():
            return f"{value:f}"
        case StrEnum():
            return value.value
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case _:
            return value


def _from_json(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    kind = column.type
    match kind:
        case Uuid():
            return key_of(value)
        case PartialDateType():
            return PartialDate.parse(value)
        case DecimalType():
            return Decimal(value)
        case UtcDateTime():
            return datetime.fromisoformat(value)
        case Date():
            return date.fromisoformat(value)
        case Enum() if kind.enum_class is not None:
            return kind.enum_class(value)
        case _:
            return _TOKEN_KEY.sub(_canonical_token, value) if isinstance(value, str) else value


def _canonical_token(match: re.Match[str]) -> str:
    return match["open"] + str(key_of(match["key"]))


def schema() -> JsonRow:
    """The JSON Schema (2020-12) of ``dossier.json``, made from the model and its docstrings."""
    properties: JsonRow = {
        "format": {"const": FORMAT},
        "version": {"const": VERSION},
        "program": {"type": "string", "description": "Version of the program that wrote the file."},
        "$schema": {"type": "string"},
    }
    for name, kind in tables().items():
        row = _row_schema(kind)
        properties[name] = row if name == "case" else {"type": "array", "items": row}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A MagDesk case",
        "description": "One array per table; rows refer to each other by id. Evidence files lie beside this "
        "file; each evidence row names its own under “file”. A key may be any text. Dates known in part are "
        "EDTF: 2014, 2014-03, 2014-03-05, 197X, with ? or ~ when uncertain or approximate, / for a range, 2014/.. "
        "since, [..2013] before 2014; or as people write them, also “1402-05-12 (Persian)”.",
        "type": "object",
        "required": ["format", "version", "case"],
        "additionalProperties": False,
        "properties": properties,
    }


def _row_schema(kind: type[Base]) -> JsonRow:
    documented = dict(_attribute_docs(kind))
    columns = mapper_of(kind).columns
    properties = {}
    for column in columns:
        spec = _column_schema(column)
        if column.key in documented:
            spec["description"] = documented[column.key]
        properties[column.key] = spec
    if kind.__tablename__ == "evidence":
        properties[FILE_KEY] = {"type": "string", "description": "Path of the bytes, relative to this file."}
    required = [
        column.key
        for column in columns
        if column.key == "id" or (column.foreign_keys and not column.nullable) or column.key == "subject_id"
    ]
    if kind.__tablename__ == "case":
        required = ["title"]
    return {
        "type": "object",
        "description": (inspect.getdoc(kind) or "").partition("\n")[0],
        "required": required,
        "additionalProperties": False,
        "properties": properties,
    }


def _column_schema(column: Column[Any]) -> JsonRow:
    kind = column.type
    spec: JsonRow
    match kind:
        case Uuid():
            spec = {"type": "string", "minLength": 1}
            for foreign in column.foreign_keys:
                spec["$comment"] = f"id of a row of {foreign.column.table.name}"
        case Enum() if kind.enum_class is not None:
            spec = {"enum": [member.value for member in kind.enum_class]}
        case DecimalType():
            spec = {"type": "string", "pattern": _SUM}
        case UtcDateTime():
            spec = {"type": "string", "format": "date-time"}
        case Date():
            spec = {"type": "string", "format": "date"}
        case Boolean():
            spec = {"type": "boolean"}
        case Integer():
            spec = {"type": "integer"}
        case Float():
            spec = {"type": "number"}
        case _:
            spec = {"type": "string"}
    if column.nullable:
        if "enum" in spec:
            spec["enum"].append(None)
        else:
            spec["type"] = [spec["type"], "null"]
    return spec


_ATTRIBUTE = re.compile(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", re.MULTILINE)


def _attribute_docs(kind: type[Base]) -> Iterator[tuple[str, str]]:
    _summary, _heading, attributes = (inspect.getdoc(kind) or "").partition("Attributes:\n")
    for match in _ATTRIBUTE.finditer(attributes):
        yield match[1], " ".join(match[2].split())


def validate(document: object) -> None:
    """Check a parsed ``dossier.json`` against the schema.

    Raises:
        InputError: it does not fit; the message names the place.
    """
    if isinstance(document, dict) and document.get("format") == FORMAT:
        version = document.get("version")
        if isinstance(version, int) and version > VERSION:
            raise InputError(
                _("The file has format version {version}; this program reads up to {known}.").format(
                    version=version, known=VERSION
                ),
                _("Use a newer version of MagDesk."),
            )
    validator = Draft202012Validator(schema(), format_checker=FormatChecker())
    found = sorted(
        validator.iter_errors(document), key=lambda error: [str(part).rjust(9, "0") for part in error.absolute_path]
    )
    refuse([f"{place_of(document, tuple(error.absolute_path))}: {_told(error)}" for error in found])


def refuse(problems: Sequence[str]) -> None:
    """Refuse a dossier that has problems, and tell them all; one that has none passes.

    Raises:
        InputError: there are problems.
    """
    if not problems:
        return
    hint = "“magdesk schema --explain” describes every field and code."
    if len(problems) == 1:
        end = "" if problems[0].endswith("?") else "."
        raise InputError(
            _("dossier.json does not fit the format at {told}{end}").format(told=problems[0], end=end), hint
        )
    lines = [f"- {problem}" for problem in problems[:_MOST_PROBLEMS]]
    if len(problems) > _MOST_PROBLEMS:
        lines.append(f"- and {len(problems) - _MOST_PROBLEMS} more")
    raise InputError(
        f"dossier.json does not fit the format in {len(problems)} places:\n" + "\n".join(lines) + "\n", hint
    )


def place_of(document: object, path: Sequence[str | int]) -> str:
    """Where something stands: ``fact/3 (“f4”)``, with the row's own id, ``fact/3/date (“f4”)``."""
    if not path:
        return "the top level"
    where = "/".join(str(part) for part in path)
    row: object = document
    for part in path[:2]:
        try:
            row = row[part]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return where
    own = row.get("id") if isinstance(row, dict) else None
    return f"{where} (“{own}”)" if own and len(path) > 1 and isinstance(path[1], int) else where


_TYPES = {
    "string": "text in quotation marks",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}
_PATTERNS = {_SUM: "a sum without separators, like 1250000.00"}
_FORMATS = {"date": "a whole day, like 2026-11-05", "date-time": "a date and time, like 2026-11-05T14:00:00Z"}


def _told(error: ValidationError) -> str:
    """What is wrong, in the words of somebody who wrote the file by hand."""
    wanted: Any = error.validator_value
    instance: Any
    match error.validator:
        case "additionalProperties":
            schema_here: Any = error.schema
            instance = error.instance
            known = list(schema_here["properties"])
            what = "field" if error.absolute_path else "table"
            names = [name for name in instance if name not in known]
            return "; ".join(f"there is no {what} “{name}”{_nearest(name, known)}" for name in names)
        case "enum":
            values = [str(one) for one in wanted if one is not None]
            return f"“{error.instance}” is not one of {', '.join(values)}{_nearest(str(error.instance), values)}"
        case "type":
            types = [wanted] if isinstance(wanted, str) else list(wanted)
            return f"{json.dumps(error.instance, ensure_ascii=False)[:80]} must be " + " or ".join(
                _TYPES[one] for one in types
            )
        case "required":
            instance = error.instance
            return "; ".join(f"“{name}” is missing" for name in wanted if name not in instance)
        case "pattern":
            return f"“{error.instance}” must be {_PATTERNS[str(wanted)]}"
        case "format":
            return f"“{error.instance}” must be {_FORMATS[str(wanted)]}"
        case _:
            return error.message[:300]


def _nearest(name: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(name, known, 1)
    return f"; did you mean “{close[0]}”?" if close else ""


if __name__ == "__main__":
    paths.resource("schema", "dossier-1.json").write_text(
        json.dumps(schema(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
