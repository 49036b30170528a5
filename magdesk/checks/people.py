"""Family members named by association and people whose statements are used (C19, C28)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from functools import partial

from magdesk.checks.scope import Hit, Scope
from magdesk.model.evidence import Evidence, SourceType
from magdesk.model.people import FAMILY, Consent, ConsentLevel, IdentifierKind, Party, Target

# What each level allows to be shown to a government: the name, the account under a pseudonym, or nothing.
_NAMED = frozenset({ConsentLevel.GOVERNMENTS_CONFIDENTIAL, ConsentLevel.PUBLIC_NAMED})
_ANONYMISED = frozenset({ConsentLevel.GOVERNMENTS_ANONYMISED, ConsentLevel.PUBLIC_ANONYMISED})
_FAMILY_DATA = (IdentifierKind.DATE_OF_BIRTH, IdentifierKind.NATIONALITY)


def family(scope: Scope) -> Iterator[Hit]:
    """C19: family members have identifiers and are not accused of anything."""
    for target in scope.dossier.targets:
        if not scope.accused(target):
            yield from _identified(scope, target.party)
            yield from _neutral(scope, target)
        for relation in target.party.relations:
            if not relation.include_in_request:
                continue
            if relation.kind not in FAMILY:
                place = scope.target_place(target, "include_in_request", relation)
                yield Hit(place, "no_family", {"name": scope.party_name(relation.other)})
            elif relation.other.target is None:
                yield from _identified(scope, relation.other)


def _identified(scope: Scope, party: Party) -> Iterator[Hit]:
    missing = [
        kind
        for kind in _FAMILY_DATA
        if not any(row.kind is kind for row in party.identifiers) and not scope.searched(party.id, kind.value)
    ]
    if missing:
        words = ", ".join(scope.label(f"identifier_{kind.value}") for kind in missing)
        yield Hit(scope.party_place(party, "identifiers"), words={"name": scope.party_name(party), "missing": words})


def _neutral(scope: Scope, target: Target) -> Iterator[Hit]:
    words = {"name": scope.party_name(target.party)}
    for incident, part in scope.participations.get(target.id, []):
        yield Hit(scope.incident_place(incident, "target_id", part), "accused", words)


def consent(scope: Scope) -> Iterator[Hit]:
    """C28: each statement used rests on a consent that allows this use."""
    items = scope.dossier.evidence
    for key, (speaker_id, spoken) in scope.memory.each("speaker", items, partial(_speaker, scope)).items():
        if not spoken or (key not in scope.cited and key not in scope.dossier.exhibit_numbers):
            continue
        speaker = scope.dossier.parties.get(speaker_id) if speaker_id else None
        if speaker is not None:
            yield from _allowed(scope, items[key], speaker)
        elif items[key].source_type is SourceType.STATEMENT:
            yield Hit(scope.evidence_place(items[key], "speaker_id"), "speaker")


def _speaker(scope: Scope, item: Evidence) -> tuple[uuid.UUID | None, bool]:
    """Whose statement it is, and whether it is one; a translation or attachment speaks for the one it belongs to."""
    speaker = scope.dossier.speaker_of(item)
    if speaker is not None:
        return speaker.id, True
    return None, item.source_type is SourceType.STATEMENT


def _allowed(scope: Scope, item: Evidence, speaker: Party) -> Iterator[Hit]:
    words = {"name": scope.party_name(speaker)}
    if not speaker.consents:
        yield Hit(scope.party_place(speaker, "consents"), words=words)
        return
    latest = speaker.consents[-1]
    if latest.withdrawn_at is not None:
        yield Hit(scope.party_place(speaker, "withdrawn_at", latest), "withdrawn", words)
        return
    if latest.level in _ANONYMISED and not speaker.protected:
        yield Hit(scope.party_place(speaker, "protected"), "not_protected", words)
    elif latest.level not in _NAMED | _ANONYMISED:
        yield Hit(scope.party_place(speaker, "level", latest), "level", words)
    yield from _informed(scope, speaker, latest)


def _informed(scope: Scope, speaker: Party, latest: Consent) -> Iterator[Hit]:
    words = {"name": scope.party_name(speaker)}
    if not latest.informed_of_disclosure_risk:
        yield Hit(scope.party_place(speaker, "informed_of_disclosure_risk", latest), "risk", words)
    if latest.review_on is not None and latest.review_on < scope.today:
        date_words = {**words, "date": latest.review_on.isoformat()}
        yield Hit(scope.party_place(speaker, "review_on", latest), "review", date_words)
