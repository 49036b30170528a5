"""Whether each incident says where, to whom and by whom, and each ground which part the target took (C55, C61)."""

from __future__ import annotations

from collections.abc import Iterator

from magdesk.checks.scope import Hit, Plea, Scope
from magdesk.dossier.view import unpleaded_incidents
from magdesk.model.incidents import Incident

_CORRUPTION, _ABUSE = "corruption", "abuse"


def complete(scope: Scope) -> Iterator[Hit]:
    """C55: a place, a victim where the act has victims, a target who took part."""
    for incident in scope.dossier.incidents:
        if not incident.place.strip() and not scope.searched(incident.id, "place"):
            country = incident.country.strip()
            yield Hit(scope.incident_place(incident, "place"), "country" if country else "", {"country": country})
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
        taken = (incident for incident, _part in scope.participations.get(plea.target.id, ()))
        # Where no incident at all is of that kind, C61 says so.
        if not any(_is_of(plea, incident) for incident in taken) and _missing(scope, plea) is None:
            words = {"target": scope.party_name(plea.target.party), "kind": plea.kind.title}
            yield Hit(scope.plea_place(plea, "abuse_type"), "part", words)


def families(scope: Scope) -> Iterator[Hit]:
    """C61: where corruption is pleaded, an incident is corruption; a kind that is pleaded is that of an incident."""
    for plea in scope.pleas:
        missing = None if plea.prong.neutral else _missing(scope, plea)
        if missing is not None:
            words = {"kind": plea.kind.title if plea.kind else ""}
            yield Hit(scope.plea_place(plea, "abuse_type" if plea.kind else "prong"), missing, words)


def _missing(scope: Scope, plea: Plea) -> str | None:
    """The family of acts that is pleaded and that no incident belongs to; empty where only the kind is missing."""
    incidents = scope.dossier.incidents
    family = plea.kind.family if plea.kind is not None else plea.prong.family
    if family not in (_CORRUPTION, _ABUSE) or not incidents:
        return None
    if not any(family in _families(scope, incident) for incident in incidents):
        return family
    return "" if plea.kind is not None and not any(_is_of(plea, incident) for incident in incidents) else None


def _is_of(plea: Plea, incident: Incident) -> bool:
    return not incident.kinds or (plea.kind is not None and plea.kind.code in incident.kinds)


def _is_corruption(scope: Scope, incident: Incident) -> bool:
    """Corruption is proved by money that moved; whom it harmed can rarely be named."""
    return _CORRUPTION in _families(scope, incident)


def _families(scope: Scope, incident: Incident) -> frozenset[str]:
    """To which families of acts an incident belongs; to none while nobody has said of what kind it is."""
    kinds = [scope.law.acts.get(code) for code in incident.kinds]
    kinds += [regime.abuse_type(code) for code in incident.kinds for _row, regime in scope.authorities]
    return frozenset(kind.family for kind in kinds if kind is not None)
