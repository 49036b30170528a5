"""Whether each incident says where, to whom and by whom, and each ground which part the target took (C55)."""

from __future__ import annotations

from collections.abc import Iterator

from magdesk.checks.scope import Hit, Plea, Scope
from magdesk.dossier.view import unpleaded_incidents
from magdesk.model.incidents import Incident

_CORRUPTION = "corruption"


def complete(scope: Scope) -> Iterator[Hit]:
    """C55: a place, a victim where the act has victims, a target who took part."""
    for incident in scope.dossier.incidents:
        if not incident.place.strip() and not incident.country.strip() and not scope.searched(incident.id, "place"):
            yield Hit(scope.incident_place(incident, "place"))
        if not incident.harms and not _is_corruption(scope, incident) and not scope.searched(incident.id, "harms"):
            yield Hit(scope.incident_place(incident, "harms"), "victim")
        if not incident.participations:
            yield Hit(scope.incident_place(incident, "participations"), "target")
    dossier = scope.dossier
    for incident in dossier.forgotten if dossier.part else unpleaded_incidents(dossier):
        if incident.participations:
            yield Hit(scope.incident_place(incident, "kind"), "unpleaded")
    yield from _uninvolved(scope)


def _uninvolved(scope: Scope) -> Iterator[Hit]:
    """Grounds that ask for a tie to an act, where the target took part in no act of the kind that is pleaded."""
    for plea in scope.pleas:
        # For who led a body its acts count (C09); for who supported it, what was given.
        tied = any(element.aspect == "link" for element in plea.prong.elements)
        if not tied or plea.prong.tenure or plea.prong.principal or plea.kind is None:
            continue
        if not any(_is_of(plea, incident) for incident, _part in scope.participations.get(plea.target.id, ())):
            words = {"target": scope.party_name(plea.target.party), "kind": plea.kind.title}
            yield Hit(scope.plea_place(plea, "abuse_type"), "part", words)


def _is_of(plea: Plea, incident: Incident) -> bool:
    return not incident.kinds or (plea.kind is not None and plea.kind.code in incident.kinds)


def _is_corruption(scope: Scope, incident: Incident) -> bool:
    """Corruption is proved by money that moved; whom it harmed can rarely be named."""
    kinds = [scope.law.acts.get(code) for code in incident.kinds]
    kinds += [regime.abuse_type(code) for code in incident.kinds for _row, regime in scope.authorities]
    return any(kind is not None and kind.family == _CORRUPTION for kind in kinds)
