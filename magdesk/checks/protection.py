"""Whether a protected name could leave the case in any printed text (C29)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from magdesk.checks.matching import NameFinder, spans, without_tokens
from magdesk.checks.scope import Hit, Scope
from magdesk.model.people import Party

_SHORTEST_PART = 4


def protected_names(scope: Scope) -> Iterator[Hit]:
    """C29: no protected name in texts, titles, notes or quotations; each protected person has a pseudonym."""
    hidden = [party for party in scope.dossier.parties.values() if party.protected]
    if not hidden:
        return
    called = tuple((party.id, text) for party in hidden for text in _names(party))
    full = scope.memory.once("protected names", called, lambda: NameFinder(called))
    for party in hidden:
        yield from _pseudonym(scope, party, full)
    parts = _parts(scope)
    sought = (called, frozenset((word, tuple(keys)) for word, keys in parts.items()))
    telling = full.starts | parts.keys()

    def look(text: str) -> tuple[_Told, ...]:
        may_be_told = not telling.isdisjoint(scope.words_of(text)) or (full.in_pieces and not text.isascii())
        return tuple(_told(text, full, parts)) if may_be_told else ()

    for text, names in scope.found("protected names", sought, scope.texts, look):
        for name in names:
            words_of = {"name": scope.party_name(scope.dossier.parties[name.key])}
            place = text.place if name.part else replace(text.place, label=_masked(text.place.label, full))
            yield Hit(place, "part" if name.part or name.small else "", words_of, mark=str(name.key))


def _pseudonym(scope: Scope, party: Party, full: NameFinder[uuid.UUID]) -> Iterator[Hit]:
    words_of = {"name": scope.party_name(party)}
    if party.target is not None:
        yield Hit(scope.target_place(party.target, "protected", party), "target", words_of)
    if not party.pseudonym.strip():
        yield Hit(scope.party_place(party, "pseudonym"), "pseudonym", words_of)
    elif any(full.find(party.pseudonym)):
        yield Hit(scope.party_place(party, "pseudonym"), "pseudonym_tells", words_of)


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


def _told(text: str, full: NameFinder[uuid.UUID], parts: Mapping[str, Sequence[uuid.UUID]]) -> Iterator[_Told]:
    told: set[uuid.UUID] = set()
    spelled = spans(without_tokens(text))
    for found in full.find(text, spelled):
        told.add(found.key)
        yield _Told(found.key, part=False, small=found.text.islower() and " " not in found.text)
    for plain, word in spelled:
        for key in parts.get(word, ()):
            # In scripts with capitals a name has one; the same letters in small are an ordinary word.
            if key not in told and not plain.islower():
                told.add(key)
                yield _Told(key, part=True)


def _names(party: Party) -> list[str]:
    """Everything the party is called by, the pseudonym apart."""
    return [name.text for name in party.names] + [party.short_name]


def _masked(label: str, full: NameFinder[uuid.UUID]) -> str:
    """The label without the name, where the text at fault is a title: findings are shown and printed too."""
    for found in full.find(label):
        label = label.replace(found.text, "…")
    # What could not be cut out, because it is written otherwise, is left out altogether.
    return "…" if any(full.find(label)) else label


def _parts(scope: Scope) -> dict[str, list[uuid.UUID]]:
    """Single words of protected names that belong to nobody who may be named."""
    open_words: set[str] = set()
    hidden_words: dict[str, list[uuid.UUID]] = {}
    for party in scope.dossier.parties.values():
        for text in _names(party):
            for word in scope.words_of(text):
                if not party.protected:
                    open_words.add(word)
                elif len(word) >= _SHORTEST_PART and party.id not in hidden_words.setdefault(word, []):
                    hidden_words[word].append(party.id)
    # A pseudonym is what is meant to be printed, a place or an institution is no person.
    for party in scope.dossier.parties.values():
        open_words.update(scope.words_of(party.pseudonym))
    for incident in scope.dossier.incidents:
        open_words.update(scope.words_of(f"{incident.place} {incident.country}"))
    open_words.update(scope.words_of(scope.dossier.case.country))
    return {word: keys for word, keys in hidden_words.items() if word not in open_words}
