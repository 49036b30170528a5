"""Whether what running text points at exists: numbered paragraphs, exhibits, incidents, paragraphs of law (C54)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Sequence

from magdesk.checks.exported import Nature
from magdesk.checks.lawparagraphs import LEVELS, LawParagraphs
from magdesk.checks.matching import without_tokens
from magdesk.checks.scope import Hit, Scope

_RUN = r"(\d{1,4}(?:\s*(?:[–—,-]|and|to)\s*\d{1,4})*)"
_KINDS = {
    # “Paragraph 119 of the judgment” is somebody else’s; a bare sign stands for ours.
    "fact": re.compile(
        r"(?:(?<!\d )(?<!\d, )¶{1,2}|(?:^|\b(?:see|under|from|and)\s+|\()paragraphs?|\bfacts?)\s*"
        rf"{_RUN}(?!\w|\s*(?:of|in)\b)",
        re.IGNORECASE | re.MULTILINE,
    ),
    "exhibit": re.compile(rf"\b(?:Exhibits?|Exs?\.)\s*{_RUN}(?!\w)"),
    "incident": re.compile(rf"\bIncidents?\s+{_RUN}(?!\w)"),
}
_NUMBER = re.compile(r"\d+")
_PARAGRAPH = re.compile(
    rf"(?:\b(?:[Ss]ections?|[Rr]egulations?|[Rr]egs?\.?|[Aa]rticles?|[Aa]rts?\.|[Pp]aragraphs?|ss?\.)|§{{1,2}})\s*({LEVELS})"
    # Two levels in brackets are a paragraph of law without any word before them.
    rf"|(?<![\w(.])(?<!¶ )(?<!Ex\. )(?<!Exhibit )(?<!Annex )(?<!Schedule )(?=\d+[A-Z]?(?:\([^()]+\)){{2}})({LEVELS})"
)
# Some other law, treaty or judgment: what is numbered in its sentence, and after it, is of that.
_ANOTHER = re.compile(
    r"\b(?:Acts?|Code|Laws?|Decree|Constitution|Convention|Covenant|Statute|Treaty|Charter|Protocol|Directive|Rules"
    r"|Regulations|Resolution|Ordinance|Edict|Edicts|Court|Tribunal|Committee|judgment)\b"
    r"|\bRegulation \(|\bE\.O\.|Executive Order"
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“])|\n+")
# What is written there is the history of the case, in which laws of its country are cited.
_TOLD_ON = frozenset({"facts", "incidents", "evidence", "people", "money"})


def mentions(scope: Scope) -> Iterator[Hit]:
    """C54: numbers and paragraphs in running text that lead nowhere."""
    known = {
        "fact": len(scope.dossier.facts_by_key),
        "exhibit": max(scope.dossier.exhibit_numbers.values(), default=0),
        "incident": len(scope.dossier.incidents),
    }
    for text, found in scope.found("mentions", None, (Nature.PROSE,), _numbers):
        for kind, number in found:
            if not 1 <= number <= known[kind]:
                words = {"number": str(number), "count": str(known[kind])}
                yield Hit(text.place, kind, words, mark=f"{kind} {number}")
    yield from _law_mentions(scope)


def _law_mentions(scope: Scope) -> Iterator[Hit]:
    laws = {regime.code: LawParagraphs(regime) for _row, regime in scope.authorities}
    own = _own_laws(scope)

    def look(text: str) -> tuple[_Named, ...]:
        return tuple(_paragraphs(text, tuple(laws.values()))) if "(" in text else ()

    for text, found in scope.found("paragraphs of law", tuple(sorted(laws)), (Nature.PROSE,), look):
        for paragraph, codes, here in found:
            meant = codes or own.get(text.place.row, () if text.place.page in _TOLD_ON else tuple(laws))
            # It may belong to another of the laws that can be meant.
            if any(laws[code].has(paragraph) for code in meant if code in laws):
                continue
            tried = [(laws[code], laws[code].beside(paragraph)) for code in meant if code in laws]
            wrong = [(law, near) for law, near in tried if near]
            if wrong and (not here or len(wrong) == len(tried)):
                law, near = wrong[0]
                words = {"paragraph": paragraph, "regime": law.short, "known": ", ".join(near)}
                yield Hit(text.place, "law" if here else "own_law", words, mark=paragraph)


def _own_laws(scope: Scope) -> dict[uuid.UUID | None, tuple[str, ...]]:
    """Which laws the texts of a row are about, where they are about some only."""
    filings = {code: filing.codes for filing in scope.filings for code in filing.codes}
    asks = [(ask.id, ask.regime) for target in scope.dossier.targets for ask in target.asks]
    rows = [*asks, *((section.id, section.regime) for section in scope.dossier.sections)]
    own: dict[uuid.UUID | None, tuple[str, ...]] = {key: filings.get(code, (code,)) for key, code in rows if code}
    return own | {basis.id: (basis.regime,) for target in scope.dossier.targets for basis in target.legal_bases}


def _numbers(text: str) -> tuple[tuple[str, int], ...]:
    """What the text points at by number, each once."""
    bare = without_tokens(text)
    found: dict[tuple[str, int], None] = {}
    for kind, pattern in _KINDS.items():
        for match in pattern.finditer(bare):
            found |= {(kind, int(number)): None for number in _NUMBER.findall(match[1])}
    return tuple(found)


_Named = tuple[str, tuple[str, ...], bool]


def _paragraphs(text: str, laws: Sequence[LawParagraphs]) -> Iterator[_Named]:
    """The paragraphs that a text names, the codes of the laws that are named for them, and whether in the sentence.

    Where the sentence names none, the law that was last named counts; no codes stand for none named so far. What is
    of another law is left out.
    """
    before: tuple[str, ...] | None = ()
    for sentence in _SENTENCE.split(without_tokens(text)):
        here = tuple(law.code for law in laws if law.named_in(sentence))
        if here:
            before = here
        elif _ANOTHER.search(sentence):
            before = None
        if before is not None:
            for match in _PARAGRAPH.finditer(sentence):
                yield match[1] or match[2], before, bool(here)
