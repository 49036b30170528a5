"""What happened when, out of every part of a case: one dated list for the chronology, in window and packet.

Pure: rows and dates. The words are the reader's business.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from magdesk.dates.partialdate import PartialDate
from magdesk.dossier.dossier import Dossier
from magdesk.dossier.tenure import Fit, Tenure, posts_that_count
from magdesk.dossier.told import tie_told
from magdesk.model.assets import Payment
from magdesk.model.drafting import OtherSanction, Proceeding
from magdesk.model.evidence import Evidence, SourceType
from magdesk.model.facts import Citation, Fact
from magdesk.model.incidents import Incident
from magdesk.model.people import Party, Position, Relation, RelationKind


class EventKind(StrEnum):
    """What sort of event an entry is."""

    INCIDENT = "incident"
    FACT = "fact"
    PAYMENT = "payment"
    POSITION_START = "position_start"
    POSITION_END = "position_end"
    RELATION_START = "relation_start"
    RELATION_END = "relation_end"
    PROCEEDING = "proceeding"
    SANCTION = "sanction"
    PUBLICATION = "publication"


_ORDER = {kind: place for place, kind in enumerate(EventKind)}
# What others published is an event of its own where it is a finding, not only a container of facts.
_FINDINGS = frozenset({SourceType.UN_DOCUMENT, SourceType.NGO_REPORT, SourceType.US_REPORT, SourceType.COURT_RECORD})
EventOwner = Incident | Fact | Payment | Position | Relation | Proceeding | OtherSanction | Evidence


@dataclass(frozen=True, slots=True)
class Event:
    """One entry.

    Attributes:
        row: what it is made from.
        start: its date, or its first day; none when it is not known.
        end: its last day, where it lasted.
        targets: keys of the targets it concerns.
        sources: what supports it.
    """

    kind: EventKind
    row: EventOwner
    start: PartialDate | None
    end: PartialDate | None
    targets: frozenset[uuid.UUID]
    sources: tuple[Citation, ...]

    @property
    def order(self) -> tuple[bool, date, int, int]:
        """Earliest first; a year before its months, a month before its days; the undated last."""
        first = self.start or self.end
        if first is None:
            return True, date.max, 0, _ORDER[self.kind]
        begin = first.earliest()
        return False, begin, -((first.latest() - begin).days), _ORDER[self.kind]


def events(dossier: Dossier) -> tuple[Event, ...]:
    """Everything that has a place in a chronology, in order."""
    found: list[Event] = []
    parts: dict[uuid.UUID, frozenset[uuid.UUID]] = {}
    for incident in dossier.incidents:
        parts[incident.id] = frozenset(row.target_id for row in incident.participations)
        sources = _unique(
            citation for fact in dossier.facts_by_incident.get(incident.id, []) for citation in fact.citations
        )
        found.append(_event(EventKind.INCIDENT, incident, incident.start, incident.end, parts[incident.id], sources))
    bases = {basis.id: target.id for target in dossier.targets for basis in target.legal_bases}
    for fact in dossier.facts:
        if fact.date is not None:
            proved = {bases[basis] for basis, _code, _proof in dossier.links[fact.id] if basis in bases}
            concerned = frozenset(proved) or parts.get(fact.incident_id or fact.id, frozenset())
            found.append(_event(EventKind.FACT, fact, fact.date, None, concerned, fact.citations))
    holders = {target.party_id: target.id for target in dossier.targets}
    for payment in dossier.payments:
        ends = {holders[key] for key in (payment.payer_id, payment.payee_id) if key in holders}
        about = frozenset(ends) or parts.get(payment.incident_id or payment.id, frozenset())
        found.append(_event(EventKind.PAYMENT, payment, payment.date, None, about, payment.citations))
    for key, party in dossier.parties.items():
        if key in dossier.told:
            found += _career(dossier, party)
    for proceeding in dossier.proceedings:
        about = frozenset({proceeding.target_id} if proceeding.target_id else ())
        found.append(_event(EventKind.PROCEEDING, proceeding, proceeding.date, None, about, proceeding.citations))
    for sanction in dossier.other_sanctions:
        if sanction.listed:
            about = frozenset({sanction.target_id} if sanction.target_id else ())
            found.append(_event(EventKind.SANCTION, sanction, sanction.listed_on, None, about, sanction.citations))
    found += [
        _event(EventKind.PUBLICATION, item, item.published, None, frozenset(), ())
        for item in dossier.exhibits
        if item.source_type in _FINDINGS and item.published is not None and item.translation_of_id is None
    ]
    return tuple(sorted(found, key=lambda event: event.order))


def _career(dossier: Dossier, party: Party) -> list[Event]:
    """When a party took up and left its posts, and when its ties to others began and ended."""
    about = frozenset(target.id for target in dossier.targets if target.party_id == party.id)
    out: list[Event] = []
    if party.protected or party.victim is not None or party.witness is not None:
        return out  # a career would tell who a protected person is
    for position in party.positions:
        for kind, day in ((EventKind.POSITION_START, position.start), (EventKind.POSITION_END, position.end)):
            if day is not None:
                out.append(_event(kind, position, day, None, about, position.citations))
    for relation in party.relations:
        if relation.kind not in (RelationKind.COMMANDS, RelationKind.OWNS, RelationKind.CONTROLS):
            continue
        if not tie_told(dossier, relation):
            continue
        for kind, day in ((EventKind.RELATION_START, relation.start), (EventKind.RELATION_END, relation.end)):
            if day is not None:
                out.append(_event(kind, relation, day, None, about, relation.citations))
    return out


def _event(
    kind: EventKind,
    row: EventOwner,
    start: PartialDate | None,
    end: PartialDate | None,
    targets: frozenset[uuid.UUID],
    citations: Iterable[Citation],
) -> Event:
    supporting = tuple(citation for citation in citations if citation.stance.supports)
    return Event(kind, row, start or end, end if start else None, targets, supporting)


def _unique(citations: Iterable[Citation]) -> list[Citation]:
    found: dict[tuple[uuid.UUID, str], Citation] = {}
    for citation in citations:
        found.setdefault((citation.evidence_id, citation.pinpoint), citation)
    return list(found.values())


# ------------------------------------------------------------------------------------------------- tenures


@dataclass(frozen=True, slots=True)
class TargetAct:
    """An incident that a target took part in, held against the target's documented posts.

    Attributes:
        fit: how it lies to the post that fits best; none where no post has a known beginning or the act no date.
    """

    incident: Incident
    fit: Fit | None


@dataclass(frozen=True, slots=True)
class Career:
    """A target's posts and commands with the incidents it took part in.

    Attributes:
        posts: with their tenures; none where the beginning is not known.
    """

    target: uuid.UUID
    party: Party
    posts: tuple[tuple[Position | Relation, Tenure | None], ...]
    acts: tuple[TargetAct, ...]


def careers(dossier: Dossier, today: date) -> tuple[Career, ...]:
    """The targets that have posts or took part in incidents, each with both on one timeline."""
    out: list[Career] = []
    for target in dossier.targets:
        rows: list[Position | Relation] = list(target.party.positions)
        rows += [row for row in target.party.relations if row.kind is RelationKind.COMMANDS]
        posts = tuple((row, Tenure.of(row, today)) for row in rows)
        counting = {row.id for row in posts_that_count(target.party)}
        known = [tenure for row, tenure in posts if tenure is not None and row.id in counting]
        acts: list[TargetAct] = []
        for incident in dossier.incidents:
            if any(row.target_id == target.id for row in incident.participations):
                first, last = incident.start or incident.end, incident.end or incident.start
                fits = [tenure.fit(first, last) for tenure in known] if first and last else []
                acts.append(TargetAct(incident, max(fits, key=lambda fit: fit.value) if fits else None))
        if posts or acts:
            out.append(Career(target.id, target.party, posts, tuple(acts)))
    return tuple(out)
