"""Family named by association, people whose statements are used, and victims (C19, C28, C52, C53)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import date
from functools import partial

from magdesk.checks.scope import Hit, Scope
from magdesk.model.evidence import Evidence, SourceType
from magdesk.model.people import (
    FAMILY,
    Consent,
    ConsentLevel,
    Counted,
    IdentifierKind,
    Party,
    PartyKind,
    Relation,
    Target,
    VictimGroup,
)

# What each level allows to be shown to a government: the name, the account under a pseudonym, or nothing.
_NAMED = frozenset({ConsentLevel.GOVERNMENTS_CONFIDENTIAL, ConsentLevel.PUBLIC_NAMED})
_ANONYMISED = frozenset({ConsentLevel.GOVERNMENTS_ANONYMISED, ConsentLevel.PUBLIC_ANONYMISED})
_FAMILY_DATA = (IdentifierKind.DATE_OF_BIRTH, IdentifierKind.NATIONALITY)
_YOUNG = frozenset({VictimGroup.CHILDREN.value, VictimGroup.GIRLS.value})
_OF_AGE = 18
_CLEARS = re.compile(
    r"\bno (?:own )?(?:allegations?|accusations?|wrongdoing)\b|\bnothing (?:\w+ ){0,4}(?:alleged|alleges)\b"
    r"|\bnot (?:accused|alleged)\b",
    re.IGNORECASE,
)


def family(scope: Scope) -> Iterator[Hit]:
    """C19: family members have identifiers, are not accused of anything, and a law that is pleaded reaches them."""
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
                continue
            # A submission under a law that does not reach family prints no request for them: asked of the whole case.
            if not scope.dossier.part and not _reached(scope, target):
                place = scope.target_place(target, "include_in_request", relation)
                yield Hit(place, "no_law", {"name": scope.party_name(relation.other)})
            if relation.other.target is None:
                yield from _identified(scope, relation.other)
        for relation in _kin_asked(scope, target.party_id):
            place = scope.party_place(relation.party, "include_in_request", relation)
            yield Hit(place, "target", {"name": scope.party_name(target.party)})
        if scope.accused(target):
            yield from _cleared(scope, target)


def _kin_asked(scope: Scope, key: uuid.UUID) -> Iterator[Relation]:
    """The relations by which a target is asked for as the family of another target."""
    targets = {target.party_id: target for target in scope.dossier.targets}
    pleaded = {plea.regime.code for plea in scope.pleas_by_target.get(targets[key].id, ())}
    for target in targets.values():
        for relation in target.party.relations:
            ends = {relation.party_id: relation.other_id, relation.other_id: relation.party_id}
            if not relation.include_in_request or relation.kind not in FAMILY or key not in ends:
                continue
            official = targets.get(ends[key])
            if official is None:
                continue
            # Whose family is asked for: the one under whose authority there is a paragraph for family.
            plain = {
                plea.regime.code
                for plea in scope.pleas_by_target.get(official.id, ())
                if not plea.prong.neutral and any(prong.neutral for prong in plea.regime.prongs)
            }
            if plain & pleaded:
                yield relation


def _cleared(scope: Scope, target: Target) -> Iterator[Hit]:
    """Where it is written that nothing is alleged against somebody who is pleaded."""
    party = target.party
    words = {"name": scope.party_name(party)}
    if _CLEARS.search(party.description):
        yield Hit(scope.party_place(party, "description"), "cleared", words)
    # A note on a relation between two who are both pleaded is about one of them, whichever.
    pleaded = {one.party_id for one in scope.dossier.targets if scope.accused(one)}
    kin = (row for other in scope.dossier.parties.values() for row in other.relations if row.kind in FAMILY)
    for relation in kin:
        if party.id == relation.other_id and relation.party_id in pleaded and _CLEARS.search(relation.note):
            yield Hit(scope.party_place(relation.party, "note", relation), "cleared", words)


def _reached(scope: Scope, target: Target) -> bool:
    """Whether an authority under which the target is pleaded has a paragraph for family members as such."""
    pleas = scope.pleas_by_target.get(target.id, ())
    return any(prong.neutral for plea in pleas for prong in plea.regime.prongs)


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
    missing = _not_asked_about(scope, speaker)
    if missing is not None:
        yield Hit(scope.party_place(speaker, "consents"), "recipient", {**words, "office": missing})
    for latest in _in_force(scope, speaker):
        yield from _covered(scope, speaker, latest)


def _covered(scope: Scope, speaker: Party, latest: Consent) -> Iterator[Hit]:
    words = {"name": scope.party_name(speaker)}
    if latest.withdrawn_at is not None:
        yield Hit(scope.party_place(speaker, "withdrawn_at", latest), "withdrawn", words)
        return
    if latest.level in _ANONYMISED and not speaker.protected:
        yield Hit(scope.party_place(speaker, "protected"), "not_protected", words)
    elif latest.level not in _NAMED | _ANONYMISED:
        yield Hit(scope.party_place(speaker, "level", latest), "level", words)
    yield from _guarded(scope, speaker, latest)
    yield from _informed(scope, speaker, latest)


def _guarded(scope: Scope, party: Party, latest: Consent) -> Iterator[Hit]:
    """A child consents through a guardian, and not through one whom the case accuses."""
    if not _is_minor(scope, party):
        return
    words, guardian = {"name": scope.party_name(party)}, latest.guardian
    if guardian is None or guardian.id == party.id:
        yield Hit(scope.party_place(party, "guardian_id", latest), "guardian", words)
    elif guardian.target is not None:
        told = {**words, "guardian": scope.party_name(guardian)}
        yield Hit(scope.party_place(party, "guardian_id", latest), "partial_guardian", told)


def _by_recipient(scope: Scope, party: Party) -> list[tuple[str, Consent | None]]:
    """The latest consent that each recipient can rely on; none where the person was asked about others only."""
    offices: list[tuple[uuid.UUID | None, str]] = [
        (row.id, row.office.strip() or scope.label("unnamed")) for row in scope.dossier.recipients
    ]
    found: list[tuple[str, Consent | None]] = []
    for key, office in offices or [(None, "")]:
        fitting = [row for row in party.consents if row.recipient_id is None or row.recipient_id == key]
        found.append((office, fitting[-1] if fitting else None))
    return found


def _not_asked_about(scope: Scope, party: Party) -> str | None:
    """A recipient of the packet that the person was not asked about.

    In a case of several submissions one that may have it is enough: which of them uses the statement, each tells.
    """
    found = _by_recipient(scope, party)
    open_ends = [office for office, consent in found if consent is None]
    several = not scope.dossier.part and len(scope.filings) > 1
    if not open_ends or (several and len(open_ends) < len(found)):
        return None
    return open_ends[0]


def _in_force(scope: Scope, party: Party) -> list[Consent]:
    """The consents that count in this packet, each once."""
    found = {row.id: row for _office, row in _by_recipient(scope, party) if row is not None}
    return list(found.values())


def _informed(scope: Scope, speaker: Party, latest: Consent) -> Iterator[Hit]:
    words = {"name": scope.party_name(speaker)}
    if not latest.informed_of_disclosure_risk:
        yield Hit(scope.party_place(speaker, "informed_of_disclosure_risk", latest), "risk", words)
    if latest.review_on is not None and latest.review_on < scope.today:
        date_words = {**words, "date": latest.review_on.isoformat()}
        yield Hit(scope.party_place(speaker, "review_on", latest), "review", date_words)


def named_victims(scope: Scope) -> Iterator[Hit]:
    """C52: a victim who is named has agreed to it, or it is recorded why the name is printed all the same."""
    speakers = {speaker.id for item in scope.dossier.evidence.values() if (speaker := scope.dossier.speaker_of(item))}
    for party in _harmed(scope):
        # Of those whose statements are used, C28 tells.
        if party.protected or party.target is not None or party.id in speakers:
            continue
        if _is_minor(scope, party) and party.consents and not _is_guarded(scope, party):
            yield Hit(scope.party_place(party, "consents"), "guardian", {"name": scope.party_name(party)})
        elif not _may_be_named(scope, party) and not scope.searched(party.id, "consent", "consents"):
            way = "level" if party.consents else ""
            yield Hit(scope.party_place(party, "consents"), way, {"name": scope.party_name(party)})


def _is_guarded(scope: Scope, party: Party) -> bool:
    return all(not list(_guarded(scope, party, latest)) for latest in _in_force(scope, party))


def _may_be_named(scope: Scope, party: Party) -> bool:
    found = _in_force(scope, party)
    agreed = all(latest.withdrawn_at is None and latest.level in _NAMED for latest in found)
    return bool(found) and agreed and _not_asked_about(scope, party) is None


def minors(scope: Scope) -> Iterator[Hit]:
    """C53: a child who suffered or saw something is protected; a child of a target is asked for with care."""
    dossier = scope.dossier
    speakers = [speaker for item in dossier.evidence.values() if (speaker := dossier.speaker_of(item))]
    involved = {party.id: party for party in (*_harmed(scope), *speakers)}
    involved |= {row.party_id: row.party for row in dossier.victims}
    involved |= {row.party_id: row.party for row in dossier.witnesses}
    for party in involved.values():
        if not party.protected and party.target is None and _is_minor(scope, party):
            yield Hit(scope.party_place(party, "protected"), words={"name": scope.party_name(party)})
    yield from _children_then(scope)
    for target in dossier.targets:
        for relation in target.party.relations:
            other = relation.other
            if relation.include_in_request and other.id not in involved and _is_minor(scope, other):
                place = scope.target_place(target, "include_in_request", relation)
                yield Hit(place, "family", {"name": scope.party_name(other)})


def _children_then(scope: Scope) -> Iterator[Hit]:
    """Who is of age today, and so consents alone, and was, or may have been, a child when it happened."""
    for incident in scope.dossier.incidents:
        begun = incident.start or incident.end
        for harm in incident.harms if begun else ():
            born = _latest_birth(harm.party)
            of_age = born is not None and _birthday(born) <= scope.today
            if born is None or begun is None or not of_age or harm.party.protected or _is_dead(harm.party):
                continue
            if begun.earliest() < _birthday(born):
                name = incident.title or scope.label("untitled")
                words = {"name": scope.party_name(harm.party), "incident": name}
                yield Hit(scope.party_place(harm.party, "protected"), "then", words, mark=str(incident.id))


def counted(scope: Scope) -> Iterator[Hit]:
    """V01: the number of a community that was harmed says who counted, how, and where that is read."""
    harmed = {harm.party_id: harm.party for incident in scope.dossier.incidents for harm in incident.harms}
    for party in harmed.values():
        if party.kind is not PartyKind.GROUP or party.victim is None:
            continue
        victim, words = party.victim, {"name": scope.party_name(party)}
        least, most = victim.count, victim.count_most
        if least is None:
            if not scope.searched(party.id, "count"):
                yield Hit(scope.party_place(party, "count", victim), "open", words)
            continue
        if victim.counted is Counted.BETWEEN and (most is None or most <= least):
            yield Hit(scope.party_place(party, "count_most", victim), "range", words)
        if not victim.estimate.strip():
            yield Hit(scope.party_place(party, "estimate", victim), "", words)
        if not victim.citations:
            yield Hit(scope.party_place(party, "citations", victim), "source", words)


def _harmed(scope: Scope) -> list[Party]:
    """The people to whom the incidents did something, each once."""
    found = {harm.party_id: harm.party for incident in scope.dossier.incidents for harm in incident.harms}
    return [party for party in found.values() if party.kind is PartyKind.PERSON]


def _is_minor(scope: Scope, party: Party) -> bool:
    """Whether a living person may be under eighteen today; without a date, the group that is entered tells."""
    if _is_dead(party):
        return False
    born = _latest_birth(party)
    if born is not None:
        return _birthday(born) > scope.today
    return party.victim is not None and not _YOUNG.isdisjoint(party.victim.group_codes)


def _is_dead(party: Party) -> bool:
    return any(
        row.kind is IdentifierKind.DATE_OF_DEATH and (row.date or row.value.strip()) for row in party.identifiers
    )


def _latest_birth(party: Party) -> date | None:
    """The latest day on which the person can have been born, by the dates entered."""
    born = [row.date.latest() for row in party.identifiers if row.kind is IdentifierKind.DATE_OF_BIRTH and row.date]
    return max(born, default=None)


def _birthday(born: date) -> date:
    """The day of full age; who was born on 29 February comes of age on 1 March."""
    try:
        return born.replace(year=born.year + _OF_AGE)
    except ValueError:
        return date(born.year + _OF_AGE, 3, 1)
