"""The story of ``resources/sample`` as rows: nested TOML becomes flat rows in the open form of a case.

Tables nest as the case does (a party has names, a name has citations). Whatever is not nested refers to other
rows by the key that their table has in the files; "today-9" is a day counted from the day of the sample.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import inspect

from magdesk import paths
from magdesk.model import Base
from magdesk.services.dump.dossier_json import JsonRow, row_from_json, tables

_FILES = ("case", "parties", "evidence", "incidents")
_LATER = 100  # rank of what stands behind the rows of the main files
_NAMED = frozenset({"party", "fact", "evidence"})  # tokens in texts name these by their bare key
_DAY = re.compile(r"today(?:([+-])(\d+))?")

Flat = Iterator[tuple[str, JsonRow]]


def story_folder() -> Any:
    """Where the story lies."""
    return paths.resource("sample")


def read_table(name: str) -> dict[str, Any]:
    """One file of the story."""
    return tomllib.loads((story_folder() / f"{name}.toml").read_text(encoding="utf-8"))


def read_rows(today: date) -> list[Base]:
    """All rows of the sample case, parents before those who refer to them."""
    kinds = tables()
    grouped: dict[str, list[JsonRow]] = {name: [] for name in kinds}
    for table, values in _Story(today).rows():
        grouped[table].append(values)
    return [row_from_json(kind, values) for name, kind in kinds.items() for values in grouped[name]]


class _Story:
    """The files of the story, read once, given out as flat rows."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._kinds = tables()

    def rows(self) -> Flat:
        case = read_table("case")
        yield from self._row("case", "case", case.pop("case"))
        for table, listed in case.items():
            for rank, values in enumerate(listed):
                yield from self._row(table, values.pop("key"), {"rank": rank, **values})
        people = read_table("parties")
        for values in people.pop("unknown"):
            name = f"{values['subject']}/{values['field']}"
            yield (
                "unknown",
                {"id": f"unknown:{name}", "subject_id": values.pop("subject"), **self._dated("unknown", values)},
            )
        for rank, (name, values) in enumerate(people["party"].items()):
            yield from self._row("party", name, values, roles=rank)
        for rank, (name, values) in enumerate(read_table("evidence").items()):
            values.pop("make")
            yield from self._row("evidence", name, {"rank": rank, **values})
        elsewhere = read_table("elsewhere")
        acts = read_table("incidents")
        for table in ("proof", "note"):
            acts[table] |= elsewhere.pop(table, {})
        for table, listed in elsewhere.items():
            for rank, values in enumerate(listed, _LATER):
                yield from self._row(table, values.pop("key"), {"rank": rank, **values})
        yield from self._acts(acts)
        yield from self._sections()

    def _acts(self, acts: Mapping[str, Any]) -> Flat:
        for table in ("incident", "fact"):
            for rank, (name, values) in enumerate(acts[table].items()):
                yield from self._row(table, name, {"rank": rank, **values})
        for basis, elements in _with_likes(acts["proof"]).items():
            for element, facts in elements.items():
                for fact in facts:
                    values = {"fact": fact, "legal_basis": basis, "element": element}
                    yield from self._row("proof", f"{basis}/{element}/{fact}", values)
        for basis, elements in acts["note"].items():
            for element, text in elements.items():
                values = {"legal_basis": basis, "element": element, "text": text}
                yield from self._row("element_note", f"{basis}/{element}", values)

    def _sections(self) -> Flat:
        for file in sorted((story_folder() / "sections").glob("*.md")):
            code, _, regime = file.stem.partition(".")
            text = file.read_text(encoding="utf-8").strip()
            yield from self._row("section", file.stem, {"code": code, "regime": regime, "text": text})

    def _row(self, table: str, name: str, values: Mapping[str, Any], *, roles: int = 0) -> Flat:
        """A row and, behind it, the rows nested in it."""
        relationships = inspect(self._kinds[table]).relationships
        own: JsonRow = {"id": _key(table, name)}
        nested: list[tuple[str, str, JsonRow]] = []
        for field, value in values.items():
            if isinstance(value, list | dict):
                link = relationships[field]
                child = link.mapper.class_.__tablename__
                back = {str(column.key): own["id"] for column in link.remote_side}
                if isinstance(value, dict):
                    nested.append((child, name, {"rank": roles, **value, **back}))
                for rank, listed in enumerate(value if isinstance(value, list) else ()):
                    row = dict(listed)
                    key = row.pop("key", f"{table}.{name}/{field}/{rank}")
                    ranked = {"rank": rank} if hasattr(self._kinds[child], "rank") else {}
                    nested.append((child, key, {**ranked, **row, **back}))
            else:
                own[field] = value
        yield table, self._dated(table, self._linked(table, own))
        for child, key, row in nested:
            yield from self._row(child, key, row)

    def _linked(self, table: str, values: JsonRow) -> JsonRow:
        """The row with its foreign keys: ``evidence = "x"`` becomes ``evidence_id``."""
        columns = inspect(self._kinds[table]).columns
        linked: JsonRow = {}
        for field, value in values.items():
            if field not in columns and f"{field}_id" in columns:
                (foreign,) = columns[f"{field}_id"].foreign_keys
                linked[f"{field}_id"] = _key(foreign.column.table.name, value)
            else:
                linked[field] = value
        return linked

    def _dated(self, table: str, values: Mapping[str, Any]) -> JsonRow:
        """The row with days that are counted from today."""
        return {field: self._day(value) if isinstance(value, str) else value for field, value in values.items()}

    def _day(self, text: str) -> str:
        match = _DAY.fullmatch(text)
        if match is None:
            return text
        days = int(match[2] or 0) * (-1 if match[1] == "-" else 1)
        return (self._today + timedelta(days)).isoformat()


def _with_likes(proof: Mapping[str, Any]) -> dict[str, dict[str, list[str]]]:
    """The proof of each ground; what it takes over from another is the proof of the kind of act, not of the prong."""
    out: dict[str, dict[str, list[str]]] = {}
    for basis, stated in proof.items():
        own = dict(stated)
        left_out = own.pop("without", [])
        model = out.get(own.pop("like", ""), {})
        taken = {
            code: facts
            for code, facts in model.items()
            if not code.startswith("E") and ":" not in code and code not in left_out
        }
        out[basis] = {**taken, **own}
    return out


def _key(table: str, name: str) -> str:
    """The key of a row as text: unique in the whole case, since windows and the index look rows up by it alone."""
    return name if table in _NAMED else f"{table}:{name}"
