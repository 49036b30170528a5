"""Whether a protected name could leave the case in any printed text (C29): of a person, of an organisation."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from magdesk.checks.exported import ALL_WORDS
from magdesk.checks.matching import NameFinder, spans, without_tokens
from magdesk.checks.scope import Hit, Scope
from magdesk.model.people import Party

_SHORTEST_PART = 4


def protected_names(scope: Scope) -> Iterator[Hit]:
    """C29: no protected name in texts, titles, notes or quotations; each protected person has a pseudonym."""
    search = sought(scope)
    if search is None:
        return
    called, full, parts = scope.memory.each("called", scope.dossier.parties, _called), search.full, search.parts
    for key, ways in scope.memory.each("pseudonyms", called, partial(_bad_pseudonym, full), full).items():
        for way in ways:
            yield _pseudonym(scope, scope.dossier.parties[key], way)

    def look(text: str) -> tuple[_Told, ...]:
        may_be_told = not search.words.isdisjoint(scope.words_of(text)) or (full.in_pieces and not text.isascii())
        return tuple(_told(text, full, parts)) if may_be_told else ()

    for text, names in scope.found("protected names", search, ALL_WORDS, look):
        for name in names:
            way = "organisation" if name.key not in scope.dossier.parties else "part" if name.weak else ""
            place = text.place if name.part else replace(text.place, label=_masked(text.place.label, full))
            yield Hit(place, way, {"name": hidden_name(scope, name.key)}, mark=str(name.key))


def hidden_name(scope: Scope, key: uuid.UUID) -> str:
    """What findings call someone whose name must not leave the case: a person, or an organisation."""
    party = scope.dossier.parties.get(key)
    return scope.party_name(party) if party is not None else scope.label("hidden_organisation")


def sought(scope: Scope) -> Sought | None:
    """What texts are searched for; none where nobody is protected."""
    called = scope.memory.each("called", scope.dossier.parties, _called)
    hidden = tuple((row.id, row.name) for row in scope.dossier.organisations if not row.may_be_named)
    if not hidden and not any(one.protected for one in called.values()):
        return None
    full = scope.memory.once("protected names", (called, hidden), partial(_finder, called, hidden))
    # A place or an institution is no person.
    places = tuple(f"{incident.place} {incident.country}" for incident in scope.dossier.incidents)
    open_words = frozenset().union(*map(scope.words_of, {*places, scope.dossier.case.country}))
    parts = scope.memory.once("parts of names", (called, open_words), partial(_parts, scope, called, open_words))
    return scope.memory.once("protected words", (called, parts), lambda: Sought.of(full, parts))


@dataclass(frozen=True, slots=True)
class _Called:
    """What a party is called.

    Attributes:
        names: everything, the pseudonym apart.
        target: whether it is one.
    """

    key: uuid.UUID
    names: tuple[str, ...]
    pseudonym: str
    protected: bool
    target: bool


def _called(party: Party) -> _Called:
    names = (*(name.text for name in party.names), party.short_name)
    return _Called(party.id, names, party.pseudonym, party.protected, party.target is not None)


@dataclass(frozen=True, eq=False, slots=True)
class Sought:
    """What texts are searched for. Another one is another search.

    Attributes:
        words: those with which something to be found can begin; a text without any holds none of it.
    """

    full: NameFinder[uuid.UUID]
    parts: Mapping[str, Sequence[uuid.UUID]]
    words: frozenset[str]

    @classmethod
    def of(cls, full: NameFinder[uuid.UUID], parts: Mapping[str, Sequence[uuid.UUID]]) -> Sought:
        """The names, and the single words that are part of one."""
        return cls(full, parts, full.starts | parts.keys())


def _finder(
    called: Mapping[uuid.UUID, _Called], organisations: Sequence[tuple[uuid.UUID, str]]
) -> NameFinder[uuid.UUID]:
    people = [(one.key, name) for one in called.values() if one.protected for name in one.names]
    return NameFinder((*people, *organisations))


def _bad_pseudonym(full: NameFinder[uuid.UUID], one: _Called) -> tuple[str, ...]:
    """In which ways a protected party is protected badly."""
    if not one.protected:
        return ()
    ways = ("target",) if one.target else ()
    if not one.pseudonym.strip():
        return (*ways, "pseudonym")
    return (*ways, "pseudonym_tells") if any(full.find(one.pseudonym)) else ways


def _pseudonym(scope: Scope, party: Party, way: str) -> Hit:
    words_of = {"name": scope.party_name(party)}
    if way == "target" and party.target is not None:
        return Hit(scope.target_place(party.target, "protected", party), way, words_of)
    return Hit(scope.party_place(party, "pseudonym"), way, words_of)


@dataclass(frozen=True, slots=True)
class _Told:
    """A protected person whose name stands in a text.

    Attributes:
        part: only a word that is part of the name stands there.
        small: it stands there in small letters: “grace” may be a word of the language, not Grace.
    """

    key: uuid.UUID
    part: bool
    small: bool = False

    @property
    def weak(self) -> bool:
        """Whether it may be chance."""
        return self.part or self.small


_NEAR = 2  # words further on: a middle name may stand between, or a comma


def _told(text: str, full: NameFinder[uuid.UUID], parts: Mapping[str, Sequence[uuid.UUID]]) -> Iterator[_Told]:
    told: set[uuid.UUID] = set()
    spelled = spans(without_tokens(text))
    for found in full.find(text, spelled):
        told.add(found.key)
        yield _Told(found.key, part=False, small=found.text.islower() and " " not in found.text)
    last: dict[uuid.UUID, tuple[int, str]] = {}
    single: dict[uuid.UUID, None] = {}
    for place, (plain, word) in enumerate(spelled):
        # In scripts with capitals a name has one; the same letters in small are an ordinary word.
        for key in parts.get(word, ()) if not plain.islower() else ():
            before, other = last.get(key, (place, word))
            if key not in told and other != word and place - before <= _NEAR:
                # Given name and surname without what stands between them are the name all the same.
                told.add(key)
                yield _Told(key, part=False)
            last[key] = place, word
            single[key] = None
    yield from (_Told(key, part=True) for key in single if key not in told)


def _masked(label: str, full: NameFinder[uuid.UUID]) -> str:
    """The label without the name, where the text at fault is a title: findings are shown and printed too."""
    for found in full.find(label):
        label = label.replace(found.text, "…")
    # What could not be cut out, because it is written otherwise, is left out altogether.
    return "…" if any(full.find(label)) else label


def _parts(scope: Scope, called: Mapping[uuid.UUID, _Called], others: frozenset[str]) -> dict[str, list[uuid.UUID]]:
    """Single words of protected names that belong to nobody who may be named, nor to anything else."""
    open_words = set(others)
    hidden_words: dict[str, list[uuid.UUID]] = {}
    for one in called.values():
        # A pseudonym is what is meant to be printed.
        open_words.update(scope.words_of(one.pseudonym))
        for word in frozenset().union(*map(scope.words_of, one.names)):
            if not one.protected:
                open_words.add(word)
            elif len(word) >= _SHORTEST_PART:
                hidden_words.setdefault(word, []).append(one.key)
    return {word: keys for word, keys in hidden_words.items() if word not in open_words}
