"""How much of a statement a source can carry: what it is graded, and whether it knows or was only told."""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Iterator
from enum import IntEnum

from magdesk.dossier.dossier import Dossier
from magdesk.model.evidence import Credibility, Evidence, Grade, Reliability
from magdesk.model.facts import Citation
from magdesk.model.people import Party

_DOUBTED = frozenset({Credibility.DOUBTFUL, Credibility.IMPROBABLE})
_UNRELIABLE = frozenset({Reliability.D, Reliability.E})
_WEAK = frozenset({Grade.D, Grade.X})
_TOLD = re.compile(
    r"\bhearsay\b|\b(?:second|third)[- ]hand\b|\brumou?rs?\b"
    r"|\b(?:was|were|been|being) told\b|\btold (?:by|to|me|us|him|her|them)\b"
    r"|\b(?:heard|learn(?:ed|t)|knows?|know[ns]|had|has|have)(?: of| about| it| this| that)* from\b"
    r"|\b(?:was|were) informed\b|\b(?:heard|heard say) (?:that|of|about)\b",
    re.IGNORECASE,
)
_TELLER = re.compile(r"\bwho(?:m|se)?\b[^.;]*", re.IGNORECASE)  # what the teller saw is not what the listener did
_KNOWN = re.compile(
    r"\b(?:saw|seen|watched|observed|witnessed|eyewitness|present|attended|was there|took part|first[- ]hand"
    r"|overheard|heard (?!that\b|of\b|about\b|it from\b|this from\b|from\b|say\b)"
    r"|(?:own|his|her|their) (?:reporting|body|eyes|ears|experience|office|duty|work)"
    r"|tortured|ill-treated|beaten|raped|shot|wounded|hurt|suffered|survived|detained|imprisoned|arrested|held"
    r"|abducted|interrogated|questioned|treated|examined|operated on|washed|buried|handled|kept|signed|wrote|drafted"
    r"|received|obtained|served|worked|employed|guarded|drove|carried|delivered|paid|photographed|filmed|recorded)\b",
    re.IGNORECASE,
)


class Carrying(IntEnum):
    """What a source can carry; a higher value carries more.

    ``NOTHING``: of grade D, doubted or unreliable, itself or what it repeats. ``HEARD``: what somebody was told by
    others. ``FULL``: a statement of its own.
    """

    NOTHING = 0
    HEARD = 1
    FULL = 2


def only_told(text: str) -> bool:
    """Whether words on how somebody knows say that it was told to them, and of nothing that they saw themselves."""
    return bool(_TOLD.search(text)) and not _KNOWN.search(_TOLD.sub(" ", _TELLER.sub(" ", text)))


def hears_only(party: Party) -> bool:
    """Whether a witness knows at second hand only."""
    return party.witness is not None and only_told(party.witness.basis_of_knowledge)


def carrying(dossier: Dossier, item: Evidence, hearers: Collection[uuid.UUID]) -> Carrying:
    """What an item of evidence can carry: no more than what it translates or repeats.

    Args:
        hearers: keys of the parties who know at second hand only.
    """
    chain = tuple(_repeated(dossier, item))
    if any(one.grade in _WEAK or one.credibility in _DOUBTED or one.reliability in _UNRELIABLE for one in chain):
        return Carrying.NOTHING
    speakers = (dossier.speaker_of(one) for one in chain)
    heard = any(speaker is not None and speaker.id in hearers for speaker in speakers)
    return Carrying.HEARD if heard else Carrying.FULL


def cited_as(citation: Citation, carried: Carrying) -> Carrying:
    """What a citation can carry: its note may say that these words of a source are hearsay."""
    return min(carried, Carrying.HEARD) if citation.note and only_told(citation.note) else carried


def _repeated(dossier: Dossier, item: Evidence) -> Iterator[Evidence]:
    """The item and, in turn, what it translates or takes its information from; not the letter it came in with."""
    seen: set[uuid.UUID] = set()
    current: Evidence | None = item
    while current is not None and current.id not in seen:
        seen.add(current.id)
        yield current
        back = current.translation_of_id or current.derived_from_id
        current = dossier.evidence.get(back) if back is not None else None
