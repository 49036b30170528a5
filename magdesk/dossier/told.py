"""Which parties a submission tells of, and which of their ties: those that it pleads, names, or needs to reach them.

What nobody is told of is not produced either: the source of a tie that no page prints would reach a reader as an
exhibit that nothing refers to.
"""

# ruff: noqa: D102  what the rows are is said where they are kept

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from typing import Protocol

from magdesk.dossier.memory import Memory
from magdesk.model.assets import Asset, Payment
from magdesk.model.case import Authority, Case
from magdesk.model.drafting import AdverseItem, InterestArgument, OtherSanction, Proceeding, Section
from magdesk.model.facts import ElementNote, Fact
from magdesk.model.incidents import Incident
from magdesk.model.people import Party, Position, Relation, RelationKind, Target
from magdesk.model.text import references

_CHAIN = frozenset({
    RelationKind.OWNS, RelationKind.CONTROLS, RelationKind.COMMANDS, RelationKind.PART_OF, RelationKind.MEMBER_OF,
})  # fmt: skip
# That a target pays somebody is an allegation: of whom another submission accuses, that one tells it.
_ALLEGED = frozenset({RelationKind.PAYS, RelationKind.RECRUITS, RelationKind.ASSOCIATE})
_STEPS = 3  # from a target to the end of a chain of companies or commands, as far as a chart of it is drawn


class Telling(Protocol):
    """The rows of a case, as a submission tells them."""

    @property
    def case(self) -> Case: ...
    @property
    def authorities(self) -> tuple[Authority, ...]: ...
    @property
    def targets(self) -> tuple[Target, ...]: ...
    @property
    def parties(self) -> dict[uuid.UUID, Party]: ...
    @property
    def incidents(self) -> tuple[Incident, ...]: ...
    @property
    def facts_by_key(self) -> dict[uuid.UUID, Fact]: ...
    @property
    def payments(self) -> tuple[Payment, ...]: ...
    @property
    def assets(self) -> tuple[Asset, ...]: ...
    @property
    def adverse_items(self) -> tuple[AdverseItem, ...]: ...
    @property
    def interest_arguments(self) -> tuple[InterestArgument, ...]: ...
    @property
    def proceedings(self) -> tuple[Proceeding, ...]: ...
    @property
    def other_sanctions(self) -> tuple[OtherSanction, ...]: ...
    @property
    def sections(self) -> tuple[Section, ...]: ...
    @property
    def element_notes(self) -> tuple[ElementNote, ...]: ...
    @property
    def memory(self) -> Memory: ...
    @property
    def told(self) -> frozenset[uuid.UUID]: ...


def told_parties(dossier: Telling) -> frozenset[uuid.UUID]:
    """Targets; whom a told text names, an incident harmed, or a payment reached; who is tied to a target; chains."""
    targets = {target.party_id for target in dossier.targets}
    named = dossier.memory.each("names", dossier.facts_by_key, lambda fact: frozenset(_named((fact.text,))))
    told = targets.union(*named.values()) | set(_named(_texts(dossier)))
    told |= {harm.party_id for incident in dossier.incidents for harm in incident.harms}
    told |= {key for row in dossier.payments for key in (row.payer_id, row.payee_id) if key is not None}
    told |= {row.holder_id for row in dossier.assets if row.holder_id is not None}
    told |= {row.victim_id for row in dossier.proceedings if row.victim_id is not None}
    rows = [row for party in dossier.parties.values() for row in party.relations]
    elsewhere = {key for key, party in dossier.parties.items() if party.target is not None} - targets
    tied = {
        end
        for row in rows
        for end in (row.party_id, row.other_id)
        if {row.party_id, row.other_id} & targets and not (row.kind in _ALLEGED and end in elsewhere)
    }
    front = told = told | tied
    for _step in range(_STEPS):
        ends = [{row.party_id, row.other_id} for row in rows if row.kind in _CHAIN]
        front = {end for pair in ends if pair & front for end in pair} - told
        told |= front
    posts = (row for key in tuple(told) if key in dossier.parties for row in dossier.parties[key].positions)
    told |= {row.organisation_id for row in posts if row.organisation_id is not None}
    return frozenset(told & dossier.parties.keys())


def ties_told(dossier: Telling, party: Party) -> tuple[Position | Relation, ...]:
    """The posts and relations of a party that a submission tells."""
    told, targets = dossier.told, {target.party_id for target in dossier.targets}
    if party.id not in told:
        return ()
    posts: tuple[Position, ...] = () if _hidden(party) and party.id not in targets else tuple(party.positions)
    return (*posts, *(row for row in party.relations if tie_told(dossier, row)))


def tie_told(dossier: Telling, row: Relation) -> bool:
    """Whether a relation is told: never one that would lead to a protected person."""
    targets = {target.party_id for target in dossier.targets}
    ends = [dossier.parties.get(key) for key in (row.party_id, row.other_id)]
    for party in ends:
        if party is None or party.id not in dossier.told or (party.protected and party.id not in targets):
            return False
    # Of victims and witnesses only what ties them to a target is told.
    return bool({row.party_id, row.other_id} & targets) or not any(party and _hidden(party) for party in ends)


def _hidden(party: Party) -> bool:
    return party.protected or party.victim is not None or party.witness is not None


def incident_texts(incident: Incident, targets: Iterable[uuid.UUID]) -> Iterator[str]:
    """What a submission tells of an incident beside its facts: of what these targets did in it."""
    kept = set(targets)
    yield from (incident.title, incident.summary, incident.old_justification, incident.place)
    for harm in incident.harms:
        yield from (harm.description, harm.property)
    yield from (part.description for part in incident.participations if part.target_id in kept)


def _texts(dossier: Telling) -> Iterator[str]:
    asked = {row.regime for row in dossier.authorities}
    case = dossier.case
    yield from (
        case.title,
        case.standard_of_proof,
        case.programme_check,
        case.side_effects,
        case.no_adverse_statement,
    )
    for target in dossier.targets:
        yield from (target.role, target.request, target.foreign_person_basis, target.party.description)
        yield from (text for row in target.asks if row.regime in asked for text in (row.text, row.role, row.summary))
        yield from (row.argument for row in target.legal_bases if row.regime in asked or not asked)
    keys = [target.id for target in dossier.targets]
    for incident in dossier.incidents:
        yield from incident_texts(incident, keys)
    for item in dossier.adverse_items:
        yield from (item.title, item.text, item.answer)
    yield from (row.text for row in dossier.sections)
    yield from (row.text for row in dossier.element_notes)
    yield from (row.text for row in dossier.interest_arguments)
    yield from (row.text for row in dossier.proceedings)
    yield from (row.text for row in dossier.other_sanctions)


def _named(texts: Iterable[str]) -> Iterator[uuid.UUID]:
    return (reference.key for text in texts if text for reference in references(text) if reference.kind == "party")
