"""Whether dates contradict one another, or what the texts beside them say (part of C34)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import combinations

from magdesk.checks.matching import without_tokens
from magdesk.checks.scope import Hit, Scope
from magdesk.dates.partialdate import PartialDate
from magdesk.errors import InputError
from magdesk.model.drafting import ProceedingStatus
from magdesk.model.evidence import Evidence
from magdesk.model.facts import Fact
from magdesk.model.people import IdentifierKind, Party, Position, Relation

_DAY = re.compile(r"(?<![\w.])(?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]+|[A-Z][a-z]+\s+\d{1,2},)\s+\d{4}(?!\w)")


_OddDate = tuple[uuid.UUID, str, str, tuple[tuple[str, str], ...]]
"""What is wrong with a date: the row it is in, its field, the way, the words to tell it with."""


def contradictions(scope: Scope) -> Iterator[Hit]:
    """What was made, obtained, said or begun on a day on which it cannot have been."""
    case, last = scope.dossier, scope.filing_day
    items = scope.memory.each("odd dates of evidence", case.evidence, partial(_of_item, last), last)
    for key, faults in items.items():
        for _row, name, way, words in faults:
            yield Hit(scope.evidence_place(case.evidence[key], name), way, dict(words))
    parties = scope.memory.each("odd dates of parties", case.parties, partial(_of_party, last), last)
    for key, faults in parties.items():
        for row, name, way, words in faults:
            place = scope.party_place(case.parties[key], name)
            yield Hit(replace(place, row=row), way, dict(words))
    for proceeding in case.proceedings:
        # Courts sit on days to come.
        if proceeding.status is not ProceedingStatus.PENDING and _is_ahead(proceeding.date, last):
            place = scope.row_place("accountability", "proceeding", proceeding, "date", title=proceeding.forum)
            yield Hit(place, "future", _shown(proceeding.date))
    for listing in case.other_sanctions:
        if _is_ahead(listing.listed_on, last):
            title = listing.jurisdiction
            place = scope.row_place("accountability", "sanction", listing, "listed_on", title=title)
            yield Hit(place, "future", _shown(listing.listed_on))
    yield from _told(scope)


def _is_ahead(day: PartialDate | None, last: date) -> bool:
    return day is not None and day.surely_after(last)


def _shown(day: PartialDate | None, name: str = "date") -> dict[str, str]:
    return {name: day.display() if day is not None else ""}


def _of_item(last: date, item: Evidence) -> tuple[_OddDate, ...]:
    """What is wrong with the dates of an item of evidence."""
    found: list[_OddDate] = []
    for name in ("published", "obtained_on"):
        day: PartialDate | None = getattr(item, name)
        if _is_ahead(day, last):
            found.append((item.id, name, "future", tuple(_shown(day).items())))
    made, obtained = item.published, item.obtained_on
    if made is not None and obtained is not None and obtained.ends_before(made):
        words = {**_shown(obtained), **_shown(made, "made")}
        found.append((item.id, "obtained_on", "obtained", tuple(words.items())))
    return tuple(found)


def _of_party(last: date, party: Party) -> tuple[_OddDate, ...]:
    """What is wrong with the dates of a party. Terms end on days to come."""
    posts: list[Position | Relation] = [*party.positions, *party.relations]
    found: list[_OddDate] = [
        (row.id, "start", "future", tuple(_shown(row.start).items())) for row in posts if _is_ahead(row.start, last)
    ]
    witness = party.witness
    if witness is not None and _is_ahead(witness.interviewed_on, last):
        found.append((witness.id, "interviewed_on", "future", tuple(_shown(witness.interviewed_on).items())))
    # Two dates of birth that exclude each other, of which nothing says where each comes from.
    born = [
        (row, row.date)
        for row in party.identifiers
        if row.kind is IdentifierKind.DATE_OF_BIRTH and row.date is not None and not row.note.strip()
    ]
    for (_one, first), (other, second) in combinations(born, 2):
        if first.ends_before(second) or second.ends_before(first):
            words = {**_shown(second), **_shown(first, "other")}
            found.append((other.id, "date", "birth", tuple(words.items())))
    return tuple(found)


def _told(scope: Scope) -> Iterator[Hit]:
    """Facts whose text names another day than their date."""
    for key, days in scope.memory.each("days told", scope.dossier.facts_by_key, _other_days).items():
        if days:
            fact = scope.dossier.facts_by_key[key]
            assert fact.date is not None
            words = {"date": fact.date.display(), "text": days[0]}
            yield Hit(scope.fact_place(fact, "date"), "told", words)


def _other_days(fact: Fact) -> tuple[str, ...]:
    """The days that the text names, where it names some and none of them is that of the fact."""
    if fact.date is None:
        return ()
    found: list[str] = []
    for match in _DAY.finditer(without_tokens(fact.text)):
        day = _read(match[0])
        if day is None:
            continue
        if fact.date.earliest() <= day <= fact.date.latest():
            return ()
        found.append(match[0])
    return tuple(found)


def _read(text: str) -> date | None:
    try:
        return PartialDate.parse(text.replace(",", "")).earliest()
    except InputError:
        return None  # a capital word and two numbers that are no day
