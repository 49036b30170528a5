"""Whether the same person appears in the case twice (C51)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from magdesk.checks.matching import words
from magdesk.checks.scope import Hit, Scope
from magdesk.dates.partialdate import PartialDate
from magdesk.model.people import IdentifierKind, NameKind, Party, PartyKind

_NUMBERS = frozenset(
    {
        IdentifierKind.PASSPORT,
        IdentifierKind.NATIONAL_ID,
        IdentifierKind.TAX_NUMBER,
        IdentifierKind.REGISTRATION_NUMBER,
    }
)
_NO_NUMBER = re.compile(r"[\W_]+")
_SHORTEST_NUMBER = 4


@dataclass(frozen=True, slots=True)
class _IdentityMarks:
    """By what two entries can be one person.

    Attributes:
        names: the words of each name, in the order of the alphabet: the order on paper differs.
        numbers: of documents and registers: kind, country, number.
        born: dates of birth.
    """

    kind: PartyKind
    names: frozenset[tuple[str, ...]]
    numbers: frozenset[tuple[IdentifierKind, str, str]]
    born: tuple[PartialDate, ...]


def same_person(scope: Scope) -> Iterator[Hit]:
    """C51: two entries with one name, or with one number."""
    parties = scope.dossier.parties
    marks = scope.memory.each("marks of identity", parties, _marks)
    for way, one, other in scope.memory.once("doubles", marks, lambda: tuple(_doubles(marks))):
        first, second = parties[one], parties[other]
        if first.protected or second.protected:
            # Which open entry it is would tell who stands behind the pseudonym.
            hidden = first if first.protected else second
            yield Hit(scope.party_place(hidden, "names"), "protected", {"name": scope.party_name(hidden)}, mark=way)
            continue
        words_of = {"name": scope.party_name(second), "other": scope.party_name(first)}
        yield Hit(scope.party_place(second, "names"), "number" if way == "number" else "", words_of, mark=str(one))


def _marks(party: Party) -> _IdentityMarks:
    names = (tuple(sorted(words(name.text))) for name in party.names if name.kind is not NameKind.LOW_QUALITY)
    numbers = (
        (row.kind, row.country.strip().casefold(), _NO_NUMBER.sub("", row.value).casefold())
        for row in party.identifiers
        if row.kind in _NUMBERS
    )
    return _IdentityMarks(
        party.kind,
        frozenset(name for name in names if _is_whole(party, name)),
        frozenset(row for row in numbers if len(row[2]) >= _SHORTEST_NUMBER),
        tuple(row.date for row in party.identifiers if row.kind is IdentifierKind.DATE_OF_BIRTH and row.date),
    )


def _is_whole(party: Party, name: tuple[str, ...]) -> bool:
    """Whether it can be a whole name: one word in Latin letters is what many people are called."""
    return len(name) > 1 or (len(name) == 1 and not (party.kind is PartyKind.PERSON and name[0].isascii()))


def _doubles(marks: Mapping[uuid.UUID, _IdentityMarks]) -> Iterator[tuple[str, uuid.UUID, uuid.UUID]]:
    """Pairs of entries that seem to be one, in the order of the case; each pair once."""
    alike: dict[object, list[uuid.UUID]] = {}
    for key, found in marks.items():
        for kind, _country, number in found.numbers:
            alike.setdefault(("number", kind, number), []).append(key)
        for name in found.names:
            alike.setdefault(("name", found.kind, name), []).append(key)
    told: set[tuple[uuid.UUID, uuid.UUID]] = set()
    for way in ("number", "name"):
        for what, keys in alike.items():
            if isinstance(what, tuple) and what[0] == way and len(keys) > 1:
                for one, other in combinations(keys, 2):
                    if (one, other) not in told and _may_be_one(way, marks[one], marks[other]):
                        told.add((one, other))
                        yield way, one, other


def _may_be_one(way: str, one: _IdentityMarks, other: _IdentityMarks) -> bool:
    """Whether nothing parts the two: another country of the number, another day of birth."""
    if way == "number":
        return any(
            kind == kind_2 and number == number_2 and (country == country_2 or not country or not country_2)
            for kind, country, number in one.numbers
            for kind_2, country_2, number_2 in other.numbers
        )
    return (
        not one.born
        or not other.born
        or any(
            first.earliest() <= second.latest() and second.earliest() <= first.latest()
            for first in one.born
            for second in other.born
        )
    )
