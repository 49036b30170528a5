"""Whether dates agree and places and people are spelled one way (C34)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache, partial

from magdesk.checks.exported import Exported, Nature
from magdesk.checks.finding import Place
from magdesk.checks.matching import NearFinder, spans, without_tokens, words
from magdesk.checks.scope import Hit, Scope
from magdesk.model.people import PartyKind, Position, Relation
from magdesk.model.values import PartialDate, script_of

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
    yield from _fact_dates(scope)


def _fact_dates(scope: Scope) -> Iterator[Hit]:
    begins = {incident.id: incident.start or incident.end for incident in scope.dossier.incidents}
    for fact, gist in zip(scope.dossier.facts, scope.gists.values(), strict=True):
        if gist.date is None:
            continue
        if _earliest(gist.date) > scope.filing_day:
            yield Hit(scope.fact_place(fact, "date"), "future", {"date": gist.date.display()})
        first = begins.get(gist.incident_id) if gist.incident_id else None
        # Orders and preparations come days or months before the act; more than a year is mostly a wrong year.
        if gist.incident_id and first and _earliest(first) - _latest(gist.date) > _PREPARATION:
            words_of = {
                "number": str(scope.dossier.fact_numbers[fact.id]),
                "date": gist.date.display(),
                "incident": scope.incidents[gist.incident_id].title or scope.label("untitled"),
                "start": first.display(),
            }
            yield Hit(scope.fact_place(fact, "date"), "fact_date", words_of)


@lru_cache(maxsize=10_000)
def _earliest(day: PartialDate) -> date:
    return day.earliest()


@lru_cache(maxsize=10_000)
def _latest(day: PartialDate) -> date:
    return day.latest()


def _numeric_dates(scope: Scope) -> Iterator[Hit]:
    for text, found in scope.found("numeric dates", None, scope.prose, _two_days):
        yield Hit(text.place, "numeric_date", {"text": found[0]})


def _two_days(text: str) -> tuple[str, ...]:
    """The first date that can be read as two days."""
    for match in _NUMERIC_DATE.finditer(text):
        first, second = int(match[1]), int(match[3])
        if 1 <= first <= 12 and 1 <= second <= 12 and first != second:
            return (match[0],)
    return ()


def _places(scope: Scope) -> Iterator[Hit]:
    """The same place written in two ways."""
    used: dict[str, Callable[[], Place]] = {}
    for incident in scope.dossier.incidents:
        used.setdefault(incident.place, partial(scope.incident_place, incident, "place"))
        used.setdefault(incident.country, partial(scope.incident_place, incident, "country"))
    for fact, gist in zip(scope.dossier.facts, scope.gists.values(), strict=True):
        if gist.place not in used:
            used[gist.place] = partial(scope.fact_place, fact, "place")
    spelled: dict[str, dict[str, Callable[[], Place]]] = {}
    for text, place in used.items():
        if text.strip():
            spelled.setdefault(" ".join(words(text)), {}).setdefault(" ".join(text.split()), place)
    for variants in spelled.values():
        first, *others = variants
        for other in others:
            yield Hit(variants[other](), words={"text": other, "other": first})
    seen = NearFinder()
    for key, variants in spelled.items():
        near = seen.near(key) if len(key) >= _SHORTEST_PLACE else ""
        # Prison No. 4 and Prison No. 5 are two places.
        if near and _digits(near) == _digits(key):
            text, place = next(iter(variants.items()))
            yield Hit(place(), words={"text": text, "other": next(iter(spelled[near]))})
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
    sought = (tuple(printed.items()), frozenset(known))
    finder = scope.memory.once("names of people", sought[0], lambda: NearFinder(printed))
    judged: dict[str, str] = {}

    def near(word: str) -> str:
        found = judged.get(word)
        if found is None:
            found = finder.near(word)
            # A genitive or plural is no other spelling, and names rarely go wrong in their first letter.
            if found and (found[0] != word[0] or word == f"{found}s" or found == f"{word}s"):
                found = ""
            judged[word] = found
        return found

    def look(text: str) -> tuple[tuple[str, str], ...]:
        capitals = (
            (plain, word)
            for plain, word in spans(without_tokens(text))
            if len(word) >= _SHORTEST_NAME - 1 and plain[0].isupper() and word not in known
        )
        return tuple((plain, word) for plain, word in capitals if near(word))

    own = [text for text in scope.texts if text.nature is not Nature.QUOTE]
    doubtful = list(scope.found("spellings of names", sought, own, look))
    # What stands somewhere in small letters is a word of the language.
    ordinary = _in_small_letters(scope, own, {word for _text, found in doubtful for _plain, word in found})
    for text, found in doubtful:
        first = next(((plain, word) for plain, word in found if word not in ordinary), None)
        if first is not None:
            yield Hit(text.place, "name", {"text": first[0], "other": printed[near(first[1])]}, mark=first[1])


def _in_small_letters(scope: Scope, texts: Iterable[Exported], wanted: set[str]) -> set[str]:
    if not wanted:
        return set()
    return {
        word
        for text in texts
        if not wanted.isdisjoint(scope.words_of(text.text))
        for plain, word in spans(without_tokens(text.text))
        if word in wanted and plain.islower()
    }
