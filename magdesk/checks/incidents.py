"""Whether each incident says where, to whom and by whom (C55)."""

from __future__ import annotations

from collections.abc import Iterator

from magdesk.checks.scope import Hit, Scope
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


def _is_corruption(scope: Scope, incident: Incident) -> bool:
    """Corruption is proved by money that moved; whom it harmed can rarely be named."""
    kinds = [scope.law.acts.get(incident.kind)]
    kinds += [regime.abuse_type(incident.kind) for _row, regime in scope.authorities]
    return any(kind is not None and kind.family == _CORRUPTION for kind in kinds)
