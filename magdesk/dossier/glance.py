"""What a reader with five minutes is shown of a case: which post, which act, which sources. Words nothing.

The one-page summary of a packet and the five-minute test answer the same questions, so they choose alike.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from magdesk.dates.partialdate import PartialDate
from magdesk.dossier.dossier import Dossier
from magdesk.model.evidence import Evidence, Grade
from magdesk.model.facts import Citation
from magdesk.model.incidents import Incident
from magdesk.model.people import EndState, Party, Position

_WEIGHT: dict[Grade | None, int] = {Grade.A: 0, Grade.B: 1, Grade.C: 2, None: 3, Grade.D: 4, Grade.X: 5}


def main_position(party: Party) -> Position | None:
    """The position to name the party by: one still held, the leading one first; else the latest.

    A public office goes before every other post, also one that was given up: laws turn on it.
    """
    offices = [position for position in party.positions if position.government]
    posts = offices or party.positions
    held = [position for position in posts if position.end_state is EndState.ONGOING]
    leading = [position for position in held if position.leader] or held
    if leading:
        return leading[0]
    dated = sorted(posts, key=lambda row: (row.end or row.start or PartialDate("0001")).latest(), reverse=True)
    return dated[0] if dated else None


def latest_incident(incidents: Iterable[Incident]) -> Incident | None:
    """The incident that ended last, of those with a date."""
    dated = [row for row in incidents if row.start or row.end]
    return max(dated, key=_last_day, default=None)


def strongest_sources(dossier: Dossier, citations: Iterable[Citation]) -> list[Evidence]:
    """One item for each independent root behind supporting citations, the strongest first.

    An item is strong by its grade, then by how often its root is cited, then by its place among the exhibits. Items
    of grade X are context and no source.
    """
    used: list[tuple[uuid.UUID, Evidence]] = []
    counts: dict[uuid.UUID, int] = {}
    for row in citations:
        item = dossier.evidence.get(row.evidence_id)
        if item is not None and row.stance.supports and item.grade is not Grade.X:
            root = dossier.root_of(item.id)
            counts[root] = counts.get(root, 0) + 1
            used.append((root, item))
    last = len(dossier.exhibit_numbers) + 1
    best: dict[uuid.UUID, tuple[tuple[int, int, int], Evidence]] = {}
    for root, item in used:
        weight = (_WEIGHT[item.grade], -counts[root], dossier.exhibit_numbers.get(item.id, last))
        if root not in best or weight < best[root][0]:
            best[root] = (weight, item)
    return [item for _weight, item in sorted(best.values(), key=lambda pair: pair[0])]


def _last_day(incident: Incident) -> int:
    last = incident.end or incident.start
    return last.latest().toordinal() if last else 0
