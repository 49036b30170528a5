"""Asks the index: which places answer a query, best first, in bounded time.

A count costs next to nothing, the ranking of a row some microseconds. So a query that many thousands of pages answer
is ranked over an even sample of them: with words that common the order says little, and one more word brings the
number down to where all are ranked.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from magdesk.casefile.connection import RawConnection
from magdesk.casefile.filters import condition
from magdesk.casefile.folding import fold
from magdesk.casefile.query import Query, SearchField, Term
from magdesk.casefile.spellings import latin, sound_of
from magdesk.casefile.textparts import PAGES, PART_BITS, PART_MASK, ROW

MOST_RANKED = 2500
"""Rows that are ranked; a sample of so many stands for more."""

ExhibitKey = Callable[[int], uuid.UUID | None]
"""The item of evidence that is the exhibit of a number."""

_SHOWN = "{title source words keys} : "
_WEIGHTS = "8.0, 4.0, 1.0, 2.0, 0.0"


@dataclass(frozen=True, slots=True)
class Match:
    """One place: a row's own words, or a page.

    Attributes:
        number: its key in ``text_body``.
    """

    kind: str
    key: uuid.UUID
    part: int
    number: int


@dataclass(frozen=True, slots=True)
class _Tier:
    """One of the two indexes, and how its rows name their item."""

    table: str
    rank: str
    bits: int
    item: str
    spread: str


_ROWS = _Tier("row_index", f"bm25(row_index, {_WEIGHTS})", 0, "+row_index.rowid", "row_index.rowid")
_PAGES = _Tier(
    "page_index",
    "bm25(page_index)",
    PART_BITS,
    f"(page_index.rowid >> {PART_BITS})",
    f"((page_index.rowid >> {PART_BITS}) * 31 + page_index.rowid)",
)


def find(raw: RawConnection, query: Query, limit: int, exhibit: ExhibitKey) -> list[Match]:
    """The best places: names, titles and other rows, then pages, each by rank; half are rows if pages suffice.

    Args:
        exhibit: resolves ``exhibit:7``.
    """
    where, values = condition(query.filters, exhibit)
    if not query.clauses:
        numbers = _listed(raw, query, where, values, limit) if query.filters and not query.excluded else []
    else:
        only = _allowed(raw, where, values) if where else None
        rows: list[int] = []
        if not any(one.field is SearchField.PAGE and not one.negative for one in query.filters):
            found = _ranked(raw, _ROWS, _expression(query, _row_term), only, limit)
            rows = [item << PART_BITS for item in found]
        pages = _ranked(raw, _PAGES, _expression(query, _page_term), only, limit, _on_page(query))
        rows = rows[: max(limit - len(pages), (limit + 1) // 2)]
        numbers = rows + pages[: limit - len(rows)]
    items = {number >> PART_BITS for number in numbers}
    marks = ",".join("?" * len(items))
    known = {
        item: (kind, uuid.UUID(key))
        for item, kind, key in raw.execute(
            f"SELECT id, kind, key FROM text_item WHERE id IN ({marks})",  # noqa: S608 - question marks
            tuple(items),
        )
    }
    return [Match(*known[number >> PART_BITS], number & PART_MASK, number) for number in numbers]


def _allowed(raw: RawConnection, where: str, values: list[str | int]) -> list[int]:
    """The items with the properties."""
    rows = raw.execute(f"SELECT i.id FROM text_item i WHERE {where} ORDER BY i.id", values)  # noqa: S608 - our own
    return [item for (item,) in rows]


def _ranked(
    raw: RawConnection, tier: _Tier, match: str, only: list[int] | None, limit: int, test: str = ""
) -> list[int]:
    table = tier.table
    values: list[str | int] = [match]
    if only is None:
        hidden = _allowed(raw, "i.hidden", []) if tier is _PAGES else []
        if hidden:
            test += f" AND {tier.item} NOT IN (SELECT value FROM json_each(?))"  # noqa: S608 - our own words
            values.append(json.dumps(hidden))
    elif only:
        test += f" AND {table}.rowid BETWEEN ? AND ? AND {tier.item} IN (SELECT value FROM json_each(?))"  # noqa: S608
        values += [only[0] << tier.bits, (only[-1] + 1 << tier.bits) - 1, json.dumps(only)]
    else:
        return []
    source = f"FROM {table} WHERE {table} MATCH ?{test}"
    count = raw.execute(f"SELECT count(*) {source}", values).fetchone()[0]
    if not count:
        return []
    if count > MOST_RANKED:
        source += f" AND {tier.spread} % {count // MOST_RANKED + 1} = 0"
    rows = raw.execute(
        f"SELECT rowid, {tier.rank} AS score {source} ORDER BY score, rowid LIMIT ?",
        (*values, limit),
    )
    return [number for number, _score in rows]


def _on_page(query: Query) -> str:
    """The condition on the page number, which is a part of the key."""
    return "".join(
        f" AND (page_index.rowid & {PART_MASK}) {'<>' if one.negative else '='} {int(one.value)}"
        for one in query.filters
        if one.field is SearchField.PAGE
    )


def _listed(raw: RawConnection, query: Query, where: str, values: list[str | int], limit: int) -> list[int]:
    """What has the properties, when no words are given: rows, or pages when a page is asked for."""
    pages = [int(one.value) for one in query.filters if one.field is SearchField.PAGE and not one.negative]
    if not pages:
        found = raw.execute(
            f"SELECT i.id << {PART_BITS} FROM text_item i WHERE i.layer = {ROW} AND {where}"  # noqa: S608
            " ORDER BY i.id LIMIT ?",
            (*values, limit),
        )
    else:
        found = raw.execute(
            f"SELECT b.id FROM text_item i JOIN text_body b ON b.id = i.id << {PART_BITS} | ?"  # noqa: S608
            f" WHERE i.layer = {PAGES} AND {where} ORDER BY i.id LIMIT ?",
            (pages[0], *values, limit),
        )
    return [number for (number,) in found]


def _expression(query: Query, write: Callable[[Term], str]) -> str:
    clauses = " AND ".join(f"({' OR '.join(map(write, clause))})" for clause in query.clauses)
    excluded = " OR ".join(map(write, query.excluded))
    return f"({clauses}) NOT ({excluded})" if excluded else clauses


def _page_term(term: Term) -> str:
    return term.match(single_letters=False)


def _row_term(term: Term) -> str:
    """Names are few: here a letter finds what begins with it, and other spellings count."""
    words = [term, *(Term(fold(word), term.whole) for word in latin(term.text).split()[:1])]
    ways = [_SHOWN + word.match(single_letters=True) for word in words]
    if sound := sound_of(term.text):
        ways.append(f'hidden : "{sound}"')
    return f"({' OR '.join(ways)})"
