"""How much of a statement a source can carry: what it is graded, and whether it knows or was only told."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from enum import IntEnum

from magdesk.dossier.dossier import Dossier
from magdesk.model.evidence import Credibility, Evidence, Grade, Reliability
from magdesk.model.facts import Citation, Stance

_DOUBTED = frozenset({Credibility.DOUBTFUL, Credibility.IMPROBABLE})
_UNRELIABLE = frozenset({Reliability.D, Reliability.E})
_WEAK = frozenset({Grade.D, Grade.X})


class Carrying(IntEnum):
    """What a source can carry; a higher value carries more.

    ``NOTHING``: of grade D, doubted or unreliable, itself or what it repeats. ``HEARD``: what somebody was told by
    others. ``FULL``: a statement of its own.
    """

    NOTHING = 0
    HEARD = 1
    FULL = 2


def carrying(dossier: Dossier, item: Evidence) -> Carrying:
    """What an item of evidence can carry: no more than what it translates or repeats."""
    chain = _repeated(dossier, item)
    weak = any(one.grade in _WEAK or one.credibility in _DOUBTED or one.reliability in _UNRELIABLE for one in chain)
    return Carrying.NOTHING if weak else Carrying.FULL


def cited_as(citation: Citation, carried: Carrying) -> Carrying:
    """What a citation can carry: these words of a source may be what others had told it."""
    return min(carried, Carrying.HEARD) if citation.stance is Stance.RETOLD else carried


def _repeated(dossier: Dossier, item: Evidence) -> Iterator[Evidence]:
    """The item and, in turn, what it translates or takes its information from; not the letter it came in with."""
    seen: set[uuid.UUID] = set()
    current: Evidence | None = item
    while current is not None and current.id not in seen:
        seen.add(current.id)
        yield current
        back = current.translation_of_id or current.derived_from_id
        current = dossier.evidence.get(back) if back is not None else None
