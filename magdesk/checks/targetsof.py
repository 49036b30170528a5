"""Which targets a place is about, so that findings can be chosen by target."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from functools import cached_property

from magdesk.checks.finding import Place
from magdesk.checks.scope import Scope
from magdesk.model.drafting import AdverseItem, OtherSanction, Proceeding
from magdesk.model.facts import Fact
from magdesk.model.incidents import Incident
from magdesk.model.people import Identifier, Name, Position, Relation, Target

Keys = tuple[uuid.UUID, ...]


class Abouts:
    """The targets behind the rows of one state of the case. What nobody asks for is never put together."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def targets(self, place: Place) -> Keys:
        """Keys of the targets that a place is about; none where it is about the case, or about no target."""
        row = place.row
        if row is None:
            return ()
        for index in (self._of_targets, self._of_incidents, self._of_back):
            if row in index:
                return index[row]
        if place.page != "facts":
            return ()
        fact = self._scope.dossier.facts_by_key.get(row) or self._by_citation.get(row)
        return self._of_fact(fact) if fact is not None else ()

    @cached_property
    def _of_targets(self) -> dict[uuid.UUID, Keys]:
        """Of everything that belongs to a target, and of the target itself."""
        return {key: (target.id,) for target in self._scope.dossier.targets for key in _own(target)}

    @cached_property
    def _of_incidents(self) -> dict[uuid.UUID, Keys]:
        return {key: _took_part(one) for one in self._scope.dossier.incidents for key in _inside(one)}

    @cached_property
    def _of_back(self) -> dict[uuid.UUID, Keys]:
        """Of proceedings, listings elsewhere and adverse information."""
        dossier = self._scope.dossier
        rows: list[Proceeding | OtherSanction | AdverseItem] = []
        rows += [*dossier.proceedings, *dossier.other_sanctions, *dossier.adverse_items]
        return {row.id: (row.target_id,) for row in rows if row.target_id is not None}

    @cached_property
    def _by_citation(self) -> dict[uuid.UUID, Fact]:
        return {row.id: fact for fact in self._scope.dossier.facts_by_key.values() for row in fact.citations}

    def _of_fact(self, fact: Fact) -> Keys:
        bases = (self._of_targets.get(basis, ()) for basis, _code, _proof in self._scope.dossier.reach.links(fact))
        found = dict.fromkeys(key for keys in bases for key in keys)
        if not found and fact.incident_id is not None:
            return self._of_incidents.get(fact.incident_id, ())
        return tuple(found)


def _own(target: Target) -> Iterator[uuid.UUID]:
    party = target.party
    yield from (target.id, party.id)
    for basis in target.legal_bases:
        yield basis.id
    for ask in target.asks:
        yield ask.id
    rows: list[Name | Identifier | Position | Relation] = []
    rows += [*party.names, *party.identifiers, *party.positions, *party.relations]
    for row in rows:
        yield row.id
        yield from (citation.id for citation in row.citations)


def _inside(incident: Incident) -> Iterable[uuid.UUID]:
    parts = [citation.id for part in incident.participations for citation in part.citations]
    return (incident.id, *(row.id for row in (*incident.harms, *incident.participations)), *parts)


def _took_part(incident: Incident) -> Keys:
    return tuple(dict.fromkeys(part.target_id for part in incident.participations))
