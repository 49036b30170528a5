"""Whether what running text points at exists: numbered paragraphs, exhibits, incidents, paragraphs of law (C54)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from magdesk.checks.exported import Nature
from magdesk.checks.matching import without_tokens
from magdesk.checks.scope import Hit, Scope
from magdesk.regimes.regime import Regime

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
LEVELS = r"\d+[A-Z]?(?:\([0-9A-Za-z]{1,4}\))+"
"""A paragraph as laws are cited: its number, and what is under it in brackets."""
_PARAGRAPH = re.compile(
    rf"(?:\b(?:sections?|regulations?|reg\.|articles?|art\.|paragraphs?|s\.)|§{{1,2}})\s*({LEVELS})"
)
CITED = re.compile(LEVELS)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“])|\n+")
_ACT_NUMBER = re.compile(r"\d+/\d+|\d{4,}")


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
    laws = tuple(_KnownLaw(regime) for _row, regime in scope.authorities)
    sought = tuple(sorted(regime.code for _row, regime in scope.authorities))

    def look(text: str) -> tuple[tuple[str, str, str], ...]:
        return tuple(_wrong(text, laws)) if "(" in text else ()

    for text, wrong in scope.found("paragraphs of law", sought, (Nature.PROSE,), look):
        for paragraph, law, near in wrong:
            words = {"paragraph": paragraph, "regime": law, "known": near}
            yield Hit(text.place, "law", words, mark=paragraph)


def _numbers(text: str) -> tuple[tuple[str, int], ...]:
    """What the text points at by number, each once."""
    bare = without_tokens(text)
    found: dict[tuple[str, int], None] = {}
    for kind, pattern in _KINDS.items():
        for match in pattern.finditer(bare):
            found |= {(kind, int(number)): None for number in _NUMBER.findall(match[1])}
    return tuple(found)


class _KnownLaw:
    """The paragraphs of one regime that the resources know, and by what a sentence names it."""

    def __init__(self, regime: Regime) -> None:
        cited = [text for prong in regime.prongs for text in (prong.citation, prong.secondary)]
        self.short = regime.short
        self.known = frozenset(match for text in cited for match in CITED.findall(text))
        self.names = frozenset(number for text in cited for number in _ACT_NUMBER.findall(text))
        quoted = [quote.citation for quote in regime.quotes] + [prong.wording for prong in regime.prongs]
        self.quoted = " ".join(quoted)

    def meant(self, sentence: str) -> bool:
        """Whether a sentence names this law."""
        return self.short in sentence or any(name in sentence for name in self.names)

    def near(self, paragraph: str) -> tuple[str, ...]:
        """The paragraphs beside one that is not among them; none where it exists, or where its kind is unknown."""
        if any(one == paragraph or one.startswith(f"{paragraph}(") for one in self.known) or paragraph in self.quoted:
            return ()
        levels = paragraph.split("(")
        for depth in range(len(levels) - 1, 1, -1):
            head = "(".join(levels[:depth])
            beside = tuple(sorted(one for one in self.known if one == head or one.startswith(f"{head}(")))
            if beside:
                return beside
        return ()


def _wrong(text: str, laws: tuple[_KnownLaw, ...]) -> Iterator[tuple[str, str, str]]:
    for sentence in _SENTENCE.split(without_tokens(text)):
        meant = [law for law in laws if law.meant(sentence)]
        for match in _PARAGRAPH.finditer(sentence) if meant else ():
            tried = [(law, law.near(match[1])) for law in meant]
            # It may belong to the other law that the sentence names.
            if tried and all(near for _law, near in tried):
                law, near = tried[0]
                yield match[1], law.short, ", ".join(near)
