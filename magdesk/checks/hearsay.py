"""Whether words on how somebody knows read like hearsay, in the languages that witnesses' papers are mostly in.

Nothing is weighed by such words: what a source was told is what a person marked as told
(:attr:`~magdesk.model.facts.Stance.RETOLD`). They only raise the question where nobody marked anything.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

from magdesk.checks.scope import Hit, Scope
from magdesk.model.facts import Citation, Stance
from magdesk.model.people import Party

_TOLD = re.compile(
    # English
    r"\bhearsay\b|\b(?:second|third)[- ]hand\b|\brumou?rs?\b"
    r"|\b(?:was|were|been|being) told\b|\btold (?:by|to|me|us|him|her|them)\b"
    r"|\b(?:heard|learn(?:ed|t)|knows?|know[ns]|had|has|have)(?: of| about| it| this| that)* from\b"
    r"|\b(?:was|were) informed\b|\b(?:heard|heard say) (?:that|of|about)\b"
    # Spanish
    r"|\bde o[ií]das\b|\b(?:me|le|les|nos|se) (?:lo |la |los )?(?:cont|dij|relat|inform)(?:ó|aron|o|eron|aba)\b"
    r"|\bsupo (?:de|por)\b|\bse enteró\b|\boyó decir\b|\brumor(?:es)?\b"
    # French
    r"|\bou[iï]-dire\b|\b(?:lui|leur|m’|m') ?a (?:dit|raconté|rapporté)\b|\ba appris (?:de|par|que)\b"
    r"|\bentendu dire\b|\brumeurs?\b"
    # Russian, Ukrainian
    r"|\bсо слов\b|\bзі слів\b|\bпонаслышке\b|\bслух(?:и|ам|ами)\b|\bс чужих слов\b"
    r"|\b(?:ему|ей|им|мне|нам|йому|їй) (?:рассказал|сообщил|сказал|розпові|повідоми)\w*"
    r"|\b(?:рассказал|сообщил|розпові|повідоми)\w* (?:ему|ей|им|мне|нам|йому|їй)\b"
    r"|\b(?:узнал|услышал|слышал|дізнал)\w* (?:об этом |про це )?(?:от|від|что|що)\b"
    # Arabic, Persian
    r"|سماع[اًى]?\b|إشاع|اشاع|\bسمع(?:ت|وا|نا)? (?:من|أن|ان|عن|ب)|\b[أا]?خبر(?:ه|ها|هم|ني|نا|ته|تها|تني|وه|وها)\b"
    r"|\bقيل (?:له|لها|لهم|لي)\b|\bنقل[اًا]* عن\b|\bعلم(?:ت)? من\b|\bحكى? ل|\bشنیده|\bبه او گفت",
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


def reads_told(text: str) -> bool:
    """Whether words on how somebody knows read as told to them, and as nothing that they saw themselves."""
    return bool(_TOLD.search(text)) and not _KNOWN.search(_TOLD.sub(" ", _TELLER.sub(" ", text)))


def unmarked(scope: Scope) -> Iterator[Hit]:
    """C58: what reads like hearsay is marked as such where it is cited."""
    stances: dict[uuid.UUID, set[Stance]] = {}
    for fact in scope.dossier.facts:
        for citation in fact.citations:
            item = scope.dossier.evidence.get(citation.evidence_id)
            speaker = scope.dossier.speaker_of(item) if item is not None else None
            if speaker is not None:
                stances.setdefault(speaker.id, set()).add(citation.stance)
    told = scope.memory.each("told witness", scope.dossier.parties, _told_witness)
    for key, party in scope.dossier.parties.items():
        cited = stances.get(key, set())
        if told[key] and Stance.SUPPORTS in cited and Stance.RETOLD not in cited:
            yield Hit(scope.party_place(party, "basis_of_knowledge", party.witness))
    noted = scope.memory.each("told note", scope.dossier.facts_by_key, lambda fact: tuple(_noted(fact.citations)))
    for key, rows in noted.items():
        for row in rows:
            yield Hit(scope.fact_place(scope.dossier.facts_by_key[key], "stance", row), "note")


def _told_witness(party: Party) -> bool:
    return party.witness is not None and reads_told(party.witness.basis_of_knowledge)


def _noted(citations: list[Citation]) -> Iterator[Citation]:
    return (row for row in citations if row.stance is Stance.SUPPORTS and row.note and reads_told(row.note))
