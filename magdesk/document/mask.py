"""The last pass over a document: protected names that someone typed in words give way to pseudonyms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import permutations
from urllib.parse import quote, unquote

from magdesk.document.blocks import (
    Block,
    CrossRef,
    Drawing,
    ExhibitRef,
    Figure,
    Inline,
    LineBreak,
    Link,
    Table,
    Text,
)
from magdesk.document.rewrite import InlinePlace, InlineRun, rewrite
from magdesk.dossier.dossier import Dossier
from magdesk.isolates import without_isolates
from magdesk.values import script_of


class Mask:
    """Finds the names of protected parties, and of organisations that must not be named, and puts others there.

    A name is found in any letter case, with any white space, hyphens or underscores between its words, in the
    given order, or with the last word first. Single words of a name of several words are not searched: they
    are too often somebody else's.
    """

    def __init__(self, dossier: Dossier, protected_person: str, hidden_organisation: str) -> None:
        self._pseudonyms: list[str] = []
        self._patterns: list[str] = []
        forms: dict[str, str] = {}
        for party in dossier.parties.values():
            if party.protected:
                for name in party.names:
                    for form in _forms(name.text):
                        forms.setdefault(form, party.pseudonym or protected_person)
        for row in dossier.organisations:
            if not row.may_be_named:
                forms.update(dict.fromkeys(_forms(row.name), hidden_organisation))
        for form in sorted(forms, key=lambda text: (-len(text), text)):
            self._patterns.append(form)
            self._pseudonyms.append(forms[form])

    @cached_property
    def _search(self) -> re.Pattern[str] | None:
        if not self._patterns:
            return None
        return re.compile("|".join(f"({pattern})" for pattern in self._patterns), re.IGNORECASE)

    @property
    def empty(self) -> bool:
        """Whether the case has no protected names at all."""
        return not self._patterns

    def text(self, text: str) -> str:
        """The text without protected names."""
        search = self._search
        return search.sub(self._pseudonym, self._seen(text)) if search else text

    def finds(self, text: str) -> bool:
        """Whether a protected name stands in the text."""
        return bool(self._search and self._search.search(self._seen(text)))

    def _seen(self, text: str) -> str:
        """The text as it is searched: without marks of direction where they would part a name."""
        bare = without_isolates(text)
        if self._search is None or bare == text:
            return text
        return bare if len(self._search.findall(bare)) > len(self._search.findall(text)) else text

    def _pseudonym(self, match: re.Match[str]) -> str:
        return self._pseudonyms[(match.lastindex or 1) - 1]

    def address(self, url: str) -> str:
        """A web address without protected names; it may no longer work, and is then not to be linked."""
        return self.text(unquote(url)) if self.finds(url) or self.finds(unquote(url)) else url

    def inlines(self, inlines: Sequence[Inline], _place: InlinePlace = InlinePlace.BODY) -> InlineRun:
        """A sequence without protected names, also where a name runs over several runs of text."""
        if self.empty:
            return tuple(inlines)
        out: list[Inline] = []
        run: list[Text | LineBreak] = []
        for inline in inlines:
            if isinstance(inline, Text | LineBreak):
                run.append(inline)
                continue
            out += self._run(run)
            run = []
            out.append(self._other(inline))
        return (*out, *self._run(run))

    def _other(self, inline: Inline) -> Inline:
        match inline:
            case ExhibitRef() | CrossRef():
                return replace(inline, text=self.text(inline.text))
            case Link():
                url = self.address(inline.url)
                # An address that named someone opens nothing any more.
                return inline if url == inline.url else Link(inline.inlines, "")
            case _:
                return inline

    def _run(self, run: Sequence[Text | LineBreak]) -> Sequence[Inline]:
        search = self._search
        joined = "".join(part.text if isinstance(part, Text) else "\n" for part in run)
        if self._seen(joined) != joined:
            run = [
                replace(part, text=without_isolates(part.text)) if isinstance(part, Text) else part for part in run
            ]
            joined = self._seen(joined)
        if search is None or not search.search(joined):
            return run
        out: list[Inline] = []
        matches = list(search.finditer(joined))
        start = 0
        for part in run:
            length = len(part.text) if isinstance(part, Text) else 1
            end = start + length
            inside = [match for match in matches if match.start() < end and match.end() > start]
            if not inside:
                out.append(part)
            elif isinstance(part, Text):
                pieces: list[str] = []
                at = start
                for match in inside:
                    pieces.append(joined[at : max(at, match.start())])
                    if match.start() >= start:
                        pieces.append(self._pseudonym(match))
                    at = min(match.end(), end)
                pieces.append(joined[at:end])
                out.append(replace(part, text="".join(pieces)))
            start = end
        return [part for part in out if not (isinstance(part, Text) and not part.text)]

    def apply(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """The last pass over a document: no protected name is left in any run of it."""
        if self.empty:
            return blocks
        masked = rewrite(blocks, self.inlines)
        return _unlinked(_alt_texts(masked, self))


def _unlinked(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    def visit(inlines: InlineRun, _place: InlinePlace) -> InlineRun:
        out: list[Inline] = []
        for inline in inlines:
            out.extend(inline.inlines if isinstance(inline, Link) and not inline.url else (inline,))
        return tuple(out)

    return rewrite(blocks, visit)


def _alt_texts(blocks: tuple[Block, ...], mask: Mask) -> tuple[Block, ...]:
    """Pictures stand between paragraphs or in a table's cells; what describes them is masked too."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Figure | Drawing):
            out.append(replace(block, alt=mask.text(block.alt)))
        elif isinstance(block, Table):
            rows = tuple(
                tuple(replace(cell, blocks=_alt_texts(cell.blocks, mask)) for cell in row) for row in block.rows
            )
            out.append(replace(block, rows=rows))
        else:
            out.append(block)
    return tuple(out)


_BETWEEN = r"(?:[\s\u00a0_.,+\-\u2010-\u2014]|%20)+"
_MARKS = 3  # marks of one letter of which every order is tried; no alphabet in use writes more
_SPACED = ("Latn", "Cyrl", "Grek", "Armn", "Geor")  # scripts that part words, so that a word's edges can be asked for
_INFLECTED = ("Cyrl", "Grek", "Armn", "Geor")  # languages written in these put endings on names


def _forms(name: str) -> list[str]:
    words = name.replace(",", " ").split()
    if not words or len("".join(words)) < 2:
        return []
    orders = [words]
    if len(words) > 1:
        orders += [[words[-1], *words[:-1]], [*words[1:], words[0]]]
    code = script_of(name)
    before, after = (r"(?<![^\W_])", r"(?![^\W_])") if code in _SPACED or code == "Zyyy" else ("", "")
    ending = r"\w{0,3}" if code in _INFLECTED and len(words) > 1 else ""
    out: list[str] = []
    for order in orders:
        out.append(before + _BETWEEN.join(_spellings(word) + ending for word in order) + after)
        if not name.isascii():  # as it stands in a web address
            for form in ("NFC", "NFD"):
                parts = [re.escape(quote(unicodedata.normalize(form, word))) for word in order]
                out.append(_BETWEEN.join(parts))
    return out


def _spellings(word: str) -> str:
    """A pattern for the word, each letter with its marks composed, decomposed or half of each.

    File names of macOS, web pages and Vietnamese keyboards write the same letter differently, and one pasted text
    may mix them (canonical equivalence, Unicode Standard Annex 15).
    """
    out: list[str] = []
    for letter in map("".join, _letters(unicodedata.normalize("NFC", word))):
        base, *marks = list(unicodedata.normalize("NFD", letter))
        forms = {
            unicodedata.normalize("NFC", base + "".join(order[:end])) + "".join(order[end:])
            for order in permutations(marks[:_MARKS])
            for end in range(len(order) + 1)
        }
        rest = "".join(marks[_MARKS:])
        ways = [form + rest for form in forms if unicodedata.normalize("NFC", form + rest) == letter]
        ways.sort(key=lambda form: (-len(form), form))
        escaped = "|".join(map(re.escape, ways))
        out.append(f"(?:{escaped})" if len(ways) > 1 else escaped)
    return "".join(out)


def _letters(word: str) -> Iterator[list[str]]:
    """Each letter with the marks that follow it."""
    letter: list[str] = []
    for character in word:
        if letter and not unicodedata.combining(character):
            yield letter
            letter = []
        letter.append(character)
    if letter:
        yield letter
