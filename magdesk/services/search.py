"""Find words anywhere in a case."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import inspect

from magdesk.casefile import CaseFile, SearchHit, Session
from magdesk.casefile.query import Field, Query, parse
from magdesk.casefile.snippets import occurs
from magdesk.model import Base
from magdesk.model.dossier import load_dossier
from magdesk.progress import CancelToken


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


def search_case(case: CaseFile, words: str, limit: int = 50, *, cancel: CancelToken | None = None) -> list[Result]:
    """Where the words stand, best first. Any thread. Words are typed as a person types them; nothing is an error.

    :meth:`magdesk.casefile.index.TextIndex.search` says what can be typed.

    Raises:
        Cancelled: ``cancel`` was set: other words were typed meanwhile.
    """
    query = parse(words)
    numbers = _exhibit_numbers(case) if any(one.field is Field.EXHIBIT for one in query.filters) else {}
    hits = case.index.search(query, limit, exhibit=numbers.get, cancel=cancel)
    if not hits:
        return []
    with case.reader() as session:
        rows = _rows(session, hits)
        return [
            Result(
                hit.kind,
                hit.key,
                hit.part,
                row_title(row),
                hit.snippet,
                hit.marks,
                "" if hit.part else _field(row, query),
                tuple(term.text for term in query.terms),
            )
            for hit in hits
            if (row := rows.get((hit.kind, hit.key))) is not None
        ]


def row_title(row: Base) -> str:
    """A row in a few words, for lists inside the program."""
    for name in ("title", "name", "text", "office", "forum", "jurisdiction", "code"):
        value = getattr(row, name, "")
        if isinstance(value, str) and value:
            first = value.partition("\n")[0]
            return first if len(first) <= 90 else first[:89] + "…"
    return ""


def _rows(session: Session, hits: list[SearchHit]) -> dict[tuple[str, uuid.UUID], Base]:
    """The rows of the hits, in one query for each kind."""
    classes = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    found: dict[tuple[str, uuid.UUID], Base] = {}
    for kind in {hit.kind for hit in hits} & classes.keys():
        keys = {hit.key for hit in hits if hit.kind == kind}
        for row in session.query(classes[kind]).filter(classes[kind].id.in_(keys)):
            found[kind, row.id] = row
    return found


def _field(row: Base, query: Query) -> str:
    """The first column that one of the words stands in."""
    for column in inspect(type(row)).column_attrs:
        value = getattr(row, column.key)
        if type(value) is str and occurs(value, query.terms):
            return column.key
    return ""


def _exhibit_numbers(case: CaseFile) -> dict[int, uuid.UUID]:
    """The exhibits by number. Their order follows from the whole case, so the whole case is read."""
    with case.reader() as session:
        return {number: key for key, number in load_dossier(session).exhibit_numbers.items()}
