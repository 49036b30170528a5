"""Find words anywhere in a case."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Column, Enum, String, Table, select

from magdesk.casefile import CaseFile, SearchHit, Session
from magdesk.casefile.query import Query, SearchField, parse
from magdesk.casefile.snippets import occurs
from magdesk.dossier.dossier import load_dossier
from magdesk.model import Base
from magdesk.progress import CancelToken

_TITLES = ("title", "name", "text", "office", "forum", "jurisdiction", "code")


@dataclass(frozen=True, slots=True)
class Result:
    """One place where the words stand.

    Attributes:
        kind: table name of the row.
        key: key of the row.
        page: page of the evidence, 0 where there is none.
        title: the row in a few words.
        snippet: the words in their surroundings.
        marks: start and end of each word found, in ``snippet``.
        field: name of the column they were found in; empty for the text of evidence and for another spelling.
        words: the words and phrases asked for, as they are to be looked for in a viewer.
    """

    kind: str
    key: uuid.UUID
    page: int
    title: str
    snippet: str
    marks: tuple[tuple[int, int], ...] = ()
    field: str = ""
    words: tuple[str, ...] = ()


def search_case(
    case: CaseFile,
    words: str,
    limit: int = 50,
    *,
    cancel: CancelToken | None = None,
) -> list[Result]:
    """Where the words stand, best first. Any thread. Words are typed as a person types them; nothing is an error.

    :meth:`magdesk.casefile.index.TextIndex.search` says what can be typed.

    Raises:
        Cancelled: ``cancel`` was set: other words were typed meanwhile.
    """
    query = parse(words)
    numbers = _exhibit_numbers(case) if any(one.field is SearchField.EXHIBIT for one in query.filters) else {}
    hits = case.index.search(query, limit, exhibit=numbers.get, cancel=cancel)
    if not hits:
        return []
    with case.reader() as session:
        rows = _rows(session, hits)
    terms = tuple(term.text for term in query.terms)
    return [
        Result(
            hit.kind,
            hit.key,
            hit.part,
            _title(row),
            hit.snippet,
            hit.marks,
            "" if hit.part else _field(row, query),
            terms,
        )
        for hit in hits
        if (row := rows.get((hit.kind, hit.key))) is not None
    ]


def _title(words: Mapping[str, str]) -> str:
    """A row in a few words."""
    for name in _TITLES:
        if value := words.get(name):
            first = value.partition("\n")[0]
            return first if len(first) <= 90 else first[:89] + "…"
    return ""


def _rows(session: Session, hits: list[SearchHit]) -> dict[tuple[str, uuid.UUID], dict[str, str]]:
    """The words of the rows of the hits by their columns; whole rows would cost several times as much."""
    classes = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    found: dict[tuple[str, uuid.UUID], dict[str, str]] = {}
    for kind in {hit.kind for hit in hits} & classes.keys():
        table = Base.metadata.tables[kind]
        own = {hit.key for hit in hits if hit.kind == kind and not hit.part}
        for keys, columns in (
            (
                {hit.key for hit in hits if hit.kind == kind} - own,
                [one for one in _words(table) if one.name in _TITLES],
            ),
            (own, _words(table)),
        ):
            if keys:
                query = select(table.c.id, *columns).where(table.c.id.in_(keys))
                for key, *values in session.execute(query):
                    names = (one.name for one in columns)
                    found[kind, key] = {name: text for name, text in zip(names, values, strict=True) if text}
    return found


def _words(table: Table) -> list[Column[str]]:
    """The columns that hold text, not one of several choices."""
    return [one for one in table.columns if isinstance(one.type, String) and not isinstance(one.type, Enum)]


def _field(words: Mapping[str, str], query: Query) -> str:
    """The first column that one of the words stands in."""
    return next((name for name, value in words.items() if occurs(value, query.terms)), "")


def _exhibit_numbers(case: CaseFile) -> dict[int, uuid.UUID]:
    """The exhibits by number. Their order follows from the whole case, so the whole case is read."""
    with case.reader() as session:
        return {number: key for key, number in load_dossier(session).exhibit_numbers.items()}
