"""Find words anywhere in a case."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from magdesk.casefile import CaseFile
from magdesk.model import Base


@dataclass(frozen=True, slots=True)
class Result:
    """One place where the words stand.

    Attributes:
        kind: table name of the row.
        key: key of the row.
        page: page of the evidence, 0 where there is none.
        title: the row in a few words.
        snippet: the words in their surroundings.
    """

    kind: str
    key: uuid.UUID
    page: int
    title: str
    snippet: str


def search_case(case: CaseFile, words: str, limit: int = 50) -> list[Result]:
    """Where the words stand, best first. Any thread. Words are typed as a person types them; nothing is an error."""
    hits = case.index.search(words, limit)
    classes = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    results = []
    with case.reader() as session:
        for hit in hits:
            row = session.get(classes[hit.kind], hit.key) if hit.kind in classes else None
            if row is not None:
                results.append(Result(hit.kind, hit.key, hit.part, row_title(row), hit.snippet))
    return results


def row_title(row: Base) -> str:
    """A row in a few words, for lists inside the program."""
    for name in ("title", "name", "text", "office", "forum", "jurisdiction", "code"):
        value = getattr(row, name, "")
        if isinstance(value, str) and value:
            first = value.partition("\n")[0]
            return first if len(first) <= 90 else first[:89] + "…"
    return ""
