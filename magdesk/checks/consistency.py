"""Whether dates agree and places and people are spelled one way (C34)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache, partial
from itertools import chain

from magdesk.checks.datings import contradictions
from magdesk.checks.exported import OWN_WORDS, Nature
from magdesk.checks.finding import Place
from magdesk.checks.matching import NearFinder, spans, without_tokens, words
from magdesk.checks.scope import Hit, Scope
from magdesk.dates.partialdate import PartialDate
from magdesk.model.people import Party, PartyKind, Position, Relation
from magdesk.values import script_of

_NUMERIC_DATE = re.compile(r"(?<![\w./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\w/-]|[.]\d)")
_PREPARATION = timedelta(days=365)
_SHORTEST_PLACE = 5
_SHORTEST_NAME = 6


def consistency(scope: Scope) -> Iterator[Hit]:
    """C34: dates, places and names agree through the file."""
    yield from _dates(scope)
    yield from contradictions(scope)
    yield from _calendars(scope)
    yield from _numeric_dates(scope)
    yield from _places(scope)
    yield from _names(scope)


def _dates(scope: Scope) -> Iterator[Hit]:
    for incident in scope.dossier.incidents:
        if incident.start and incident.end and incident.end.ends_before(incident.start):
            words_of = {"start": incident.start.display(), "end": incident.end.display()}
            yield Hit(scope.incident_place(incident, "end"), "order", words_of)
    for party in scope.dossier.parties.values():
        rows: list[Position | Relation] = [*party.positions, *party.relations]
        for row in rows:
            if row.start and row.end and row.end.ends_before(row.start):
                words_of = {"start": row.start.display(), "end": row.end.display()}
                yield Hit(scope.party_place(party, "end", row), "order", words_of)
    for incident in scope.dossier.incidents:
        if incident.start and incident.start.surely_after(scope.filing_day):
            place = scope.incident_place(incident, "start")
            yield Hit(place, "future", {"date": incident.start.display()})
    yield from _fact_dates(scope)


def _calendars(scope: Scope) -> Iterator[Hit]:
    """Years that can hardly be of our calendar: nobody has said yet of which they are."""
    for day, place in _all_dates(scope):
        if day is not None and day.doubtful:
            known = " or ".join(calendar.label for calendar in day.calendars)
            yield Hit(place(), "calendar" if known else "year", {"date": day.display(), "calendars": known})


def _all_dates(scope: Scope) -> Iterator[tuple[PartialDate | None, Callable[[], Place]]]:
    case = scope.dossier
    for incident in case.incidents:
        for name in ("start", "end"):
            yield getattr(incident, name), partial(scope.incident_place, incident, name)
    when = scope.when
    for key, day in scope.memory.once("doubtful dates of facts", when, partial(_doubtful, when)):
        yield day, partial(scope.fact_place, case.facts_by_key[key], "date")
    for party in case.parties.values():
        for identifier in party.identifiers:
            yield identifier.date, partial(scope.party_place, party, "date", identifier)
        for row in (*party.positions, *party.relations):
            for name in ("start", "end"):
                yield getattr(row, name), partial(scope.party_place, party, name, row)
        if party.witness is not None:
            yield party.witness.interviewed_on, partial(scope.party_place, party, "interviewed_on", party.witness)
    for item in case.evidence.values():
        for name in ("published", "obtained_on"):
            yield getattr(item, name), partial(scope.evidence_place, item, name)
    for proceeding in case.proceedings:
        yield (
            proceeding.date,
            partial(scope.row_place, "accountability", "proceeding", proceeding, "date", title=proceeding.forum),
        )
    for sanction in case.other_sanctions:
        yield (
            sanction.listed_on,
            partial(
                scope.row_place, "accountability", "sanction", sanction, "listed_on", title=sanction.jurisdiction
            ),
        )


def _doubtful(
    when: Mapping[uuid.UUID, tuple[PartialDate | None, uuid.UUID | None]],
) -> tuple[tuple[uuid.UUID, PartialDate], ...]:
    return tuple((key, day) for key, (day, _incident) in when.items() if day is not None and day.doubtful)


def _fact_dates(scope: Scope) -> Iterator[Hit]:
    begins = {incident.id: incident.start or incident.end for incident in scope.dossier.incidents}
    when, last = scope.when, scope.filing_day

    def odd() -> tuple[tuple[uuid.UUID, PartialDate, str], ...]:
        return tuple(
            (key, day, way)
            for key, (day, incident) in when.items()
            if day is not None
            for way in _ways(day, begins.get(incident) if incident else None, last)
        )

    for key, day, way in scope.memory.once("dates of facts", (when, tuple(begins.items()), last), odd):
        incident = when[key][1]
        words_of = {"date": day.display()}
        if incident is not None and way == "fact_date":
            first = begins[incident]
            words_of["number"] = str(scope.dossier.fact_numbers[key])
            words_of["incident"] = scope.incidents[incident].title or scope.label("untitled")
            words_of["start"] = first.display() if first else ""
        yield Hit(scope.fact_place(scope.dossier.facts_by_key[key], "date"), way, words_of)


def _ways(day: PartialDate, first: PartialDate | None, last: date) -> Iterator[str]:
    """In which ways the date of a fact is odd, held against the beginning of its incident and the day of filing."""
    if _earliest(day) > last and not day.open_before:
        yield "future"
    # Orders and preparations come days or months before the act; more than a year is mostly a wrong year.
    closed = first and not first.open_before and not day.open_after
    if first and closed and _earliest(first) - _latest(day) > _PREPARATION:
        yield "fact_date"


@lru_cache(maxsize=10_000)
def _earliest(day: PartialDate) -> date:
    return day.earliest()


@lru_cache(maxsize=10_000)
def _latest(day: PartialDate) -> date:
    return day.latest()


def _numeric_dates(scope: Scope) -> Iterator[Hit]:
    for text, found in scope.found("numeric dates", None, (Nature.PROSE,), _two_days):
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
    for text, fact in scope.memory.once("places of facts", scope.where, partial(_first_at, scope.where)).items():
        used.setdefault(text, partial(scope.fact_place, scope.dossier.facts_by_key[fact], "place"))
    spelled: dict[str, dict[str, Callable[[], Place]]] = {}
    for text, place in used.items():
        if text.strip():
            spelled.setdefault(" ".join(words(text)), {}).setdefault(" ".join(text.split()), place)
    for variants in spelled.values():
        first, *others = variants
        for other in others:
            yield Hit(variants[other](), words={"text": other, "other": first})
    for key, near in scope.memory.once("near places", tuple(spelled), partial(_near_places, tuple(spelled))):
        text, place = next(iter(spelled[key].items()))
        yield Hit(place(), words={"text": text, "other": next(iter(spelled[near]))})


def _first_at(where: Mapping[uuid.UUID, str]) -> dict[str, uuid.UUID]:
    """The first fact at each place."""
    found: dict[str, uuid.UUID] = {}
    for key, place in where.items():
        found.setdefault(place, key)
    return found


def _near_places(keys: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The places that are a slip away from one before."""
    seen, found = NearFinder(), []
    for key in keys:
        if len(key) >= _SHORTEST_PLACE:
            near = seen.near(key)
            # Prison No. 4 and Prison No. 5 are two places.
            if near and _digits(near) == _digits(key):
                found.append((key, near))
            seen.add(key)
    return tuple(found)


def _digits(text: str) -> str:
    return "".join(ch for ch in text if ch.isdigit())


def _names(scope: Scope) -> Iterator[Hit]:
    """A word of the running text that is one slip away from the name of a person of the case.

    Latin script only: elsewhere a name that is inflected is not misspelled.
    """
    spelled = scope.memory.each("words of names", scope.dossier.parties, _spelled)
    printed, known = scope.memory.once("names of people", spelled, partial(_printed, spelled))
    if not printed:
        return
    finder = scope.memory.once("finder of names", spelled, lambda: NearFinder(printed))
    judged = scope.memory.of_texts("slips of names", tuple(printed))

    def near(word: str) -> str:
        found: str | None = judged.get(word)
        if found is None:
            found = finder.near(word)
            # A genitive or plural is no other spelling, and names rarely go wrong in their first letter.
            if found and (found[0] != word[0] or word == f"{found}s" or found == f"{word}s"):
                found = ""
            judged[word] = found
        return found

    # Few of the words that a case writes with a capital are near a name; only texts with one of them are searched.
    slips = frozenset(word for word in scope.capitals if len(word) >= _SHORTEST_NAME - 1 and near(word)) - known

    def look(text: str) -> tuple[tuple[str, str], ...]:
        if slips.isdisjoint(scope.words_of(text)):
            return ()
        written = spans(without_tokens(text))
        return tuple((plain, word) for plain, word in written if word in slips and plain[0].isupper())

    doubtful = list(scope.found("spellings of names", slips, OWN_WORDS, look))
    # What stands somewhere in small letters is a word of the language.
    ordinary = _in_small_letters(scope, frozenset(word for _text, found in doubtful for _plain, word in found))
    for text, found in doubtful:
        first = next(((plain, word) for plain, word in found if word not in ordinary), None)
        if first is not None:
            yield Hit(text.place, "name", {"text": first[0], "other": printed[near(first[1])]}, mark=first[1])


def _spelled(party: Party) -> tuple[tuple[str, str, bool], ...]:
    """The words of a party's names in Latin script: as printed, folded, and whether texts are searched for slips."""
    named = party.kind is PartyKind.PERSON and not party.protected
    return tuple(
        (plain, word, named and len(word) >= _SHORTEST_NAME)
        for name in party.names
        if script_of(name.text) == "Latn"
        for plain, word in spans(name.text)
    )


def _printed(
    spelled: Mapping[uuid.UUID, Iterable[tuple[str, str, bool]]],
) -> tuple[dict[str, str], frozenset[str]]:
    """The words to look for slips of, as printed; and all words that stand in names."""
    entries = list(chain.from_iterable(spelled.values()))
    printed: dict[str, str] = {}
    for plain, word, sought in entries:
        if sought:
            printed.setdefault(word, plain)
    return printed, frozenset(word for _plain, word, _sought in entries)


def _in_small_letters(scope: Scope, wanted: frozenset[str]) -> set[str]:
    def look(text: str) -> tuple[str, ...]:
        if wanted.isdisjoint(scope.words_of(text)):
            return ()
        return tuple(word for plain, word in spans(without_tokens(text)) if word in wanted and plain.islower())

    found = scope.found("words in small letters", wanted, OWN_WORDS, look) if wanted else ()
    return {word for _text, small in found for word in small}
