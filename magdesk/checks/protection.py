"""Whether a protected name could leave the case in any printed text (C29)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace

from magdesk.checks.matching import NameFinder, words
from magdesk.checks.scope import Hit, Scope
from magdesk.model.people import Party

_SHORTEST_PART = 4


def protected_names(scope: Scope) -> Iterator[Hit]:
    """C29: no protected name in texts, titles, notes or quotations; each protected person has a pseudonym."""
    hidden = [party for party in scope.dossier.parties.values() if party.protected]
    if not hidden:
        return
    full = NameFinder((party.id, text) for party in hidden for text in _names(party))
    for party in hidden:
        words_of = {"name": scope.party_name(party)}
        if party.target is not None:
            yield Hit(scope.target_place(party.target, "protected", party), "target", words_of)
        if not party.pseudonym.strip():
            yield Hit(scope.party_place(party, "pseudonym"), "pseudonym", words_of)
        elif any(full.find(party.pseudonym)):
            yield Hit(scope.party_place(party, "pseudonym"), "pseudonym_tells", words_of)
    parts = _parts(scope)
    for text, spelled in scope.spelled:
        told: set[uuid.UUID] = set()
        for found in full.find(text.text, spelled):
            told.add(found.key)
            place = replace(text.place, label=_masked(text.place.label, full))
            # One word in small letters may be a word of the language: “grace”, not Grace.
            variant = "part" if found.text.islower() and " " not in found.text else ""
            yield Hit(place, variant, {"name": scope.party_name(scope.dossier.parties[found.key])})
        for plain, word in spelled:
            for key in parts.get(word, ()):
                # In scripts with capitals a name has one; the same letters in small are an ordinary word.
                if key not in told and not plain.islower():
                    told.add(key)
                    yield Hit(text.place, "part", {"name": scope.party_name(scope.dossier.parties[key])})


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
            for word in words(text):
                if not party.protected:
                    open_words.add(word)
                elif len(word) >= _SHORTEST_PART and party.id not in hidden_words.setdefault(word, []):
                    hidden_words[word].append(party.id)
    # A pseudonym is what is meant to be printed, a place or an institution is no person.
    for party in scope.dossier.parties.values():
        open_words.update(words(party.pseudonym))
    for incident in scope.dossier.incidents:
        open_words.update(words(f"{incident.place} {incident.country}"))
    open_words.update(words(scope.dossier.case.country))
    return {word: keys for word, keys in hidden_words.items() if word not in open_words}
