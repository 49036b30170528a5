"""Whether acts fall into a documented tenure (C09).

Dates may be partial, so what is sure, what is possible and what is impossible are told apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from magdesk.checks.scope import Hit, Plea, Scope
from magdesk.dossier.tenure import Fit, Tenure, posts_that_count
from magdesk.model.incidents import Incident, Mode
from magdesk.model.people import Position, Relation, RelationKind, Target

_BY_TENURE = frozenset({Mode.COMMAND, Mode.STATUS})


def tenures(scope: Scope) -> Iterator[Hit]:
    """C09: each act pleaded through a position falls inside a documented tenure."""
    for target in scope.dossier.targets:
        told: set[tuple[object, str]] = set()
        for plea in scope.pleas_by_target.get(target.id, []):
            if plea.prong.tenure:
                rows = [row for row in target.party.positions if row.leader or row.government]
                # A blocked principal's acts are known to the reader; without an act there is nothing to compare.
                acts = _acts(scope, plea)
                words = {"prong": plea.prong.code, "target": scope.party_name(target.party)}
                if not acts and not plea.prong.principal:
                    yield Hit(scope.plea_place(plea, "prong"), "no_act", words)
                yield from _compare(scope, target, [*rows, *_commands(target)], acts, told)
        by_mode = [incident for incident, part in scope.participations.get(target.id, []) if part.mode in _BY_TENURE]
        yield from _compare(scope, target, posts_that_count(target.party), by_mode, told)


def misses_tenure(scope: Scope, target: Target, incident: Incident, mode: Mode) -> bool:
    """Whether an act that a post ties the target to lies outside every documented time in that post."""
    known = _known(scope, posts_that_count(target.party)) if mode in _BY_TENURE else []
    return bool(known) and _outside(known, incident)


def out_of_office(scope: Scope, plea: Plea) -> list[Incident]:
    """The acts pleaded under a paragraph for officials that lie before or after every public office of the target."""
    known = _known(scope, [row for row in plea.target.party.positions if row.government])
    if not known:
        return []
    acts = {incident.id: incident for incident in scope.incidents_of(plea)}.values()
    return [incident for incident in acts if _outside(known, incident)]


def days_of(incident: Incident) -> str:
    """When an incident was, in words; empty where nothing is known of it."""
    first, last = incident.start or incident.end, incident.end or incident.start
    if first is None or last is None:
        return ""
    return first.display() if first == last else f"{first.display()} – {last.display()}"


def _outside(known: Iterable[Tenure], incident: Incident) -> bool:
    first, last = incident.start or incident.end, incident.end or incident.start
    return first is not None and last is not None and all(one.fit(first, last) is Fit.OUTSIDE for one in known)


def _known(scope: Scope, rows: Iterable[Position | Relation]) -> list[Tenure]:
    return [tenure for tenure in (Tenure.of(row, scope.today) for row in rows) if tenure is not None]


def _acts(scope: Scope, plea: Plea) -> list[Incident]:
    """The incidents a leader is pleaded with: those he took part in, and those whose facts prove act or tenure."""
    found = {incident.id: incident for incident, _part in scope.participations.get(plea.target.id, [])}
    for element in plea.elements:
        if element.aspect in ("act", "tenure"):
            for fact in scope.proving_facts(plea, element):
                incident = scope.incidents.get(fact.incident_id) if fact.incident_id else None
                if incident is not None:
                    found.setdefault(incident.id, incident)
    return list(found.values())


def _commands(target: Target) -> list[Relation]:
    return [row for row in target.party.relations if row.kind is RelationKind.COMMANDS]


def _compare(
    scope: Scope,
    target: Target,
    rows: Iterable[Position | Relation],
    acts: Iterable[Incident],
    told: set[tuple[object, str]],
) -> Iterator[Hit]:
    known = _known(scope, rows)
    for incident in acts:
        first, last = incident.start or incident.end, incident.end or incident.start
        words = {"incident": incident.title or scope.label("untitled"), "target": scope.party_name(target.party)}
        if not known:
            if (target.id, "none") not in told:
                told.add((target.id, "none"))
                yield Hit(scope.target_place(target, "positions"), "undocumented", words)
            return
        if first is None or last is None or (incident.id, "told") in told:
            continue
        best = max((tenure.fit(first, last) for tenure in known), key=lambda fit: fit.value)
        if best is not Fit.INSIDE:
            told.add((incident.id, "told"))
            date_words = {**words, "date": days_of(incident)}
            place = scope.incident_place(incident, "start")
            yield Hit(place, "" if best is Fit.OUTSIDE else "possible", date_words)
