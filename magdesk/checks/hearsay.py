"""Whether words on how somebody knows read like hearsay, in the languages that witnesses' papers are mostly in.

Nothing is weighed by such words: what a source was told is what a person marked as told
(:attr:`~magdesk.model.facts.Stance.RETOLD`). They only raise the question where nobody marked anything.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

from magdesk.checks.scope import Hit, Scope
from magdesk.checks.wordlists import spotted
from magdesk.model.facts import Citation, Stance
from magdesk.model.people import Party

_TELLER = re.compile(r"\bwho(?:m|se)?\b[^.;]*", re.IGNORECASE)  # what the teller saw is not what the listener did


def reads_told(text: str) -> bool:
    """Whether words on how somebody knows read as told to them, and as nothing that they saw themselves."""
    told = spotted("hearsay")
    return bool(told.search(text)) and not spotted("first_hand").search(told.sub(" ", _TELLER.sub(" ", text)))


def unmarked(scope: Scope) -> Iterator[Hit]:
    """C58: what reads like hearsay is marked as such where it is cited."""
    stances: dict[uuid.UUID, set[Stance]] = {}
    for fact in scope.dossier.facts:
        for citation in fact.citations:
            item = scope.dossier.evidence.get(citation.evidence_id)
            speaker = scope.dossier.speaker_of(item) if item is not None else None
            if speaker is not None:
                stances.setdefault(speaker.id, set()).add(citation.stance)
    told = scope.memory.each("told witness", scope.dossier.parties, _told_witness)
    for key, party in scope.dossier.parties.items():
        cited = stances.get(key, set())
        if told[key] and Stance.SUPPORTS in cited and Stance.RETOLD not in cited:
            yield Hit(scope.party_place(party, "basis_of_knowledge", party.witness))
    noted = scope.memory.each("told note", scope.dossier.facts_by_key, lambda fact: tuple(_noted(fact.citations)))
    for key, rows in noted.items():
        for row in rows:
            yield Hit(scope.fact_place(scope.dossier.facts_by_key[key], "stance", row), "note")


def _told_witness(party: Party) -> bool:
    return party.witness is not None and reads_told(party.witness.basis_of_knowledge)


def _noted(citations: list[Citation]) -> Iterator[Citation]:
    return (row for row in citations if row.stance is Stance.SUPPORTS and row.note and reads_told(row.note))
