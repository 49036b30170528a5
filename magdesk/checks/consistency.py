"""Whether dates agree and places and people are spelled one way (C34)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from magdesk.checks.exported import Nature
from magdesk.checks.finding import Place
from magdesk.checks.matching import NearFinder, spans, words
from magdesk.checks.scope import Hit, Scope
from magdesk.model.people import PartyKind, Position, Relation
from magdesk.model.values import script_of

_NUMERIC_DATE = re.compile(r"(?<![\w./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\w/-]|[.]\d)")
_PREPARATION = timedelta(days=365)
_SHORTEST_PLACE = 5
_SHORTEST_NAME = 6


def consistency(scope: Scope) -> Iterator[Hit]:
    """C34: dates, places and names agree through the file."""
    yield from _dates(scope)
    yield from _numeric_dates(scope)
    yield from _places(scope)
    yield from _names(scope)


def _dates(scope: Scope) -> Iterator[Hit]:
    for incident in scope.dossier.incidents:
        if incident.start and incident.end and incident.end.latest() < incident.start.earliest():
            words_of = {"start": incident.start.display(), "end": incident.end.display()}
            yield Hit(scope.incident_place(incident, "end"), "order", words_of)
    for party in scope.dossier.parties.values():
        rows: list[Position | Relation] = [*party.positions, *party.relations]
        for row in rows:
            if row.start and row.end and row.end.latest() < row.start.earliest():
                words_of = {"start": row.start.display(), "end": row.end.display()}
                yield Hit(scope.party_place(party, "end", row), "order", words_of)
    for incident in scope.dossier.incidents:
        if incident.start and incident.start.earliest() > scope.filing_day:
            place = scope.incident_place(incident, "start")
            yield Hit(place, "future", {"date": incident.start.display()})
    for fact in scope.dossier.facts:
        if fact.date is None:
            continue
        if fact.date.earliest() > scope.filing_day:
            yield Hit(scope.fact_place(fact, "date"), "future", {"date": fact.date.display()})
        incident_of = scope.incidents.get(fact.incident_id) if fact.incident_id else None
        first = incident_of and (incident_of.start or incident_of.end)
        # Orders and preparations come days or months before the act; more than a year is mostly a wrong year.
        if incident_of and first and first.earliest() - fact.date.latest() > _PREPARATION:
            words_of = {
                "number": str(scope.dossier.fact_numbers[fact.id]),
                "date": fact.date.display(),
                "incident": incident_of.title or scope.label("untitled"),
                "start": first.display(),
            }
            yield Hit(scope.fact_place(fact, "date"), "fact_date", words_of)


def _numeric_dates(scope: Scope) -> Iterator[Hit]:
    for text in scope.texts:
        if text.nature is Nature.PROSE:
            for match in _NUMERIC_DATE.finditer(text.text):
                first, second = int(match[1]), int(match[3])
                if 1 <= first <= 12 and 1 <= second <= 12 and first != second:
                    yield Hit(text.place, "numeric_date", {"text": match[0]})
                    break


def _places(scope: Scope) -> Iterator[Hit]:
    """The same place written in two ways."""
    spelled: dict[str, dict[str, Place]] = {}
    used: list[tuple[str, Place]] = []
    for incident in scope.dossier.incidents:
        used += [(incident.place, scope.incident_place(incident, "place"))]
        used += [(incident.country, scope.incident_place(incident, "country"))]
    used += [(fact.place, scope.fact_place(fact, "place")) for fact in scope.dossier.facts]
    for text, place in used:
        if text.strip():
            spelled.setdefault(" ".join(words(text)), {}).setdefault(" ".join(text.split()), place)
    for variants in spelled.values():
        first, *others = variants
        for other in others:
            yield Hit(variants[other], words={"text": other, "other": first})
    seen = NearFinder()
    for key, variants in spelled.items():
        near = seen.near(key) if len(key) >= _SHORTEST_PLACE else ""
        # Prison No. 4 and Prison No. 5 are two places.
        if near and _digits(near) == _digits(key):
            text, place = next(iter(variants.items()))
            yield Hit(place, words={"text": text, "other": next(iter(spelled[near]))})
        if len(key) >= _SHORTEST_PLACE:
            seen.add(key)


def _digits(text: str) -> str:
    return "".join(ch for ch in text if ch.isdigit())


def _names(scope: Scope) -> Iterator[Hit]:
    """A word of the running text that is one slip away from the name of a person of the case.

    Latin script only: elsewhere a name that is inflected is not misspelled.
    """
    printed: dict[str, str] = {}
    known: set[str] = set()
    for party in scope.dossier.parties.values():
        for name in party.names:
            if script_of(name.text) != "Latn":
                continue
            for plain, word in spans(name.text):
                known.add(word)
                if len(word) >= _SHORTEST_NAME and party.kind is PartyKind.PERSON and not party.protected:
                    printed.setdefault(word, plain)
    if not printed:
        return
    finder = NearFinder(printed)
    prose = [(text, found) for text, found in scope.spelled if text.nature is not Nature.QUOTE]
    ordinary = {word for _text, found in prose for plain, word in found if plain.islower()}
    judged: dict[str, str] = {}
    for text, found in prose:
        for plain, word in found:
            if len(word) < _SHORTEST_NAME - 1 or not plain[0].isupper() or word in known or word in ordinary:
                continue
            near = judged.get(word)
            if near is None:
                near = judged[word] = finder.near(word)
            # A genitive or plural is no other spelling, and names rarely go wrong in their first letter.
            if near and near[0] == word[0] and word != f"{near}s" and near != f"{word}s":
                yield Hit(text.place, "name", {"text": plain, "other": printed[near]})
                break
