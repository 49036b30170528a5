"""Who was harmed, in numbers and groups: what sanctions practice overlooks is said where a reader looks first.

Never says of a protected person what group it is that one belongs to.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from magdesk.document.context import Brief
from magdesk.model.incidents import Harm, Incident
from magdesk.model.people import Party, VictimGroup, VictimStatus

_FEW = 3  # a number below it could point at single persons


def victims_in_short(brief: Brief, incidents: Iterable[Incident]) -> str:
    """``12 persons harmed are told of: journalist (3); among them women (4), children.``; empty for none."""
    parties = _harmed(harm for incident in incidents for harm in incident.harms)
    if not parties:
        return ""
    text = brief.count("victims_told", len(parties))
    statuses = _statuses(brief, parties)
    groups = victim_groups(brief, parties)
    if statuses:
        text = brief.label("victims_statuses", victims=text, statuses=statuses)
    if groups:
        text = brief.label("victims_groups", victims=text, groups=groups)
    return f"{text}."


def victim_groups(brief: Brief, parties: Iterable[Party]) -> str:
    """The groups that the victims belong to, with numbers where these point at no one: ``women (4), children``."""
    members: dict[str, list[Party]] = {}
    for party in parties:
        for code in party.victim.group_codes if party.victim else ():
            members.setdefault(code, []).append(party)
    known = [group.value for group in VictimGroup]
    order = sorted(members, key=lambda code: known.index(code) if code in known else len(known))
    return brief.listed([_numbered(_group(brief, code), members[code]) for code in order])


def harmed_in(incident: Incident) -> list[Party]:
    """The parties harmed by an incident, each once."""
    return _harmed(incident.harms)


def _harmed(harms: Iterable[Harm]) -> list[Party]:
    found: dict[uuid.UUID, Party] = {}
    for harm in harms:
        found.setdefault(harm.party_id, harm.party)
    return list(found.values())


def _statuses(brief: Brief, parties: Iterable[Party]) -> str:
    members: dict[VictimStatus, list[Party]] = {}
    for party in parties:
        status = party.victim.status if party.victim else VictimStatus.NONE_KNOWN
        if status is not VictimStatus.NONE_KNOWN:
            members.setdefault(status, []).append(party)
    return brief.listed(
        [_numbered(brief.choice(status), members[status]) for status in VictimStatus if status in members]
    )


def _numbered(name: str, members: list[Party]) -> str:
    few = len(members) < _FEW and any(party.protected for party in members)
    return name if few else f"{name} ({len(members)})"


def _group(brief: Brief, code: str) -> str:
    """The group in words; a group that is none of the known ones stands as it was entered."""
    known = {group.value for group in VictimGroup}
    return brief.choice(VictimGroup(code)) if code in known else brief.naming.plain(code)
