"""Who was harmed, in numbers and groups: what sanctions practice overlooks is said where a reader looks first.

Victims who are named one by one and communities that were counted are never added together. Never says to which group
a protected person belongs.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable

from magdesk.document.blocks import Cite, Inline, Mention, Text
from magdesk.document.context import Brief, choice_key
from magdesk.document.narrative import sentence
from magdesk.document.tables import joined
from magdesk.model.incidents import Harm, Incident
from magdesk.model.people import Counted, Party, PartyKind, Victim, VictimGroup, VictimStatus

_SAID_BY = {
    VictimStatus.JOURNALIST: VictimGroup.JOURNALISTS,
    VictimStatus.LAWYER: VictimGroup.LAWYERS,
    VictimStatus.RIGHTS_DEFENDER: VictimGroup.DEFENDERS,
    VictimStatus.WHISTLEBLOWER: VictimGroup.WHISTLEBLOWERS,
}
_FEW = 3  # a number below it could point at single persons


def victims_in_short(brief: Brief, incidents: Iterable[Incident]) -> str:
    """Who was harmed, in a sentence or two; empty for none.

    ``12 victims are described: journalist (3); among them women (4). Counted as groups: about 1,900 workers.``
    """
    alone, counted = parted(_harmed(harm for incident in incidents for harm in incident.harms))
    text = ""
    if alone:
        text = brief.count("victims_told", len(alone))
        statuses = _statuses(brief, alone)
        groups = groups_beside_status(brief, alone)
        if statuses:
            text = brief.label("victims_statuses", victims=text, statuses=statuses)
        if groups:
            key = "victims_groups_one" if len(alone) == 1 else "victims_groups"
            text = brief.label(key, victims=text, groups=groups)
        text = f"{text}."
    if counted:
        named = "; ".join(_group_in_short(brief, party) for party in counted)
        text = f"{text} {brief.label('victims_counted', groups=named)}".strip()
    return text


def parted(parties: Iterable[Party]) -> tuple[list[Party], list[Party]]:
    """Victims that are told of one by one, and communities and classes of people."""
    every = list(parties)
    return (
        [party for party in every if party.kind is not PartyKind.GROUP],
        [party for party in every if party.kind is PartyKind.GROUP],
    )


def counted_words(brief: Brief, party: Party) -> str:
    """``about 1,900 workers``, ``between 40 and 60 people``; empty where nobody counted, or for one victim."""
    victim = party.victim
    if party.kind is not PartyKind.GROUP or victim is None or victim.count is None:
        return ""
    things = brief.naming.plain(victim.counted_in).strip() or brief.label("counted_people")
    least = f"{victim.count:,}"
    if victim.counted is Counted.BETWEEN and victim.count_most is not None:
        return brief.label("counted_between", count=least, most=f"{victim.count_most:,}", things=things)
    how = Counted.AT_LEAST if victim.counted is Counted.BETWEEN else victim.counted
    return brief.label(f"counted_{how.value}", count=least, things=things)


def counting(brief: Brief, party: Party) -> tuple[Inline, ...]:
    """How a community was counted and by whom, with the source; nothing where nobody counted."""
    victim = party.victim
    if victim is None or not counted_words(brief, party):
        return ()
    told = sentence(victim.estimate.strip())
    head: tuple[Inline, ...] = ()
    if told:
        head = (Text(f"{brief.label('counted_how')} "), *told)
    elif brief.options.draft:
        head = (Text(brief.label("counted_how_missing"), italic=True),)
    return (*head, *_cited(brief, victim))


def _cited(brief: Brief, victim: Victim) -> tuple[Inline, ...]:
    return (Cite(row=str(victim.id)),) if victim.citations or brief.options.draft else ()


def victim_mention(brief: Brief, party: Party) -> tuple[Inline, ...]:
    """A victim by name, with the status; a community with its number."""
    victim = party.victim
    status = ""
    if victim and victim.status is not VictimStatus.NONE_KNOWN:
        key = choice_key(victim.status)
        status = brief.label(f"{key}_many" if party.kind is PartyKind.GROUP else key)
    return joined([(Mention(str(party.id)),), counted_words(brief, party), status])


def _group_in_short(brief: Brief, party: Party) -> str:
    """``about 1,900 workers (the workers of the compound; refugees and migrants)``."""
    name, number = brief.naming.printed(party), counted_words(brief, party)
    marks = "; ".join(filter(None, (name if number else brief.label("counted_open"), victim_groups(brief, [party]))))
    return f"{number or name} ({marks})" if marks else number or name


def victim_groups(brief: Brief, parties: Iterable[Party], without: Collection[str] = ()) -> str:
    """The groups that the victims belong to, with numbers where these point at no one: ``women (4), children``."""
    members: dict[str, list[Party]] = {}
    for party in parties:
        for code in party.victim.group_codes if party.victim else ():
            if code not in without:
                members.setdefault(code, []).append(party)
    known = [group.value for group in VictimGroup]
    order = sorted(members, key=lambda code: known.index(code) if code in known else len(known))
    return brief.listed([_numbered(_group(brief, code), members[code]) for code in order])


def groups_beside_status(brief: Brief, parties: Iterable[Party]) -> str:
    """The groups that say more than the status beside each name: a journalist is counted as such once."""
    every = list(parties)
    told = {
        code: [party for party in every if party.victim and code in party.victim.group_codes]
        for code in dict.fromkeys(
            code for party in every for code in (party.victim.group_codes if party.victim else ())
        )
    }
    doubled = {
        code
        for code, members in told.items()
        if all(party.victim and _SAID_BY.get(party.victim.status) == code for party in members)
    }
    return victim_groups(brief, every, without=doubled)


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
    alone, _counted = parted(members)
    few = len(alone) < _FEW and any(party.protected for party in alone)
    return name if few or not alone else f"{name} ({len(alone)})"


def _group(brief: Brief, code: str) -> str:
    """The group in words; a group that is none of the known ones stands as it was entered."""
    known = {group.value for group in VictimGroup}
    return brief.choice(VictimGroup(code)) if code in known else brief.naming.plain(code)
