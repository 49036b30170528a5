"""How parties are called in documents: by name, or by pseudonym where the name must not leave the case file.

Two passes: one turns mentions into names; the last one looks for protected names that were typed in words
and puts the pseudonym in their place. Nothing else decides what a party is called.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from urllib.parse import quote, unquote

from magdesk.document.blocks import (
    Block,
    CrossRef,
    ExhibitRef,
    Figure,
    Inline,
    LineBreak,
    Link,
    Mention,
    Table,
    Text,
)
from magdesk.document.prose import Prose
from magdesk.document.rewrite import Inlines, Place, rewrite
from magdesk.model.dossier import Dossier
from magdesk.model.people import Name, NameKind, Party
from magdesk.model.text import references
from magdesk.model.values import script_of

_LATIN_FIRST = (NameKind.PRIMARY, NameKind.TRANSLITERATION, NameKind.ALIAS, NameKind.FORMER)


class Naming:
    """The names of one case as its documents print them."""

    def __init__(self, dossier: Dossier, protected_person: str) -> None:
        """Reads the parties.

        Args:
            dossier: the case.
            protected_person: what stands for a protected party that was given no pseudonym.
        """
        self._dossier = dossier
        self._parties = dossier.parties
        self._targets = {target.party_id for target in dossier.targets}
        self._protected_person = protected_person

    def printed(self, party: Party) -> str:
        """The name a document prints: the pseudonym while protected, else the best Latin-script name."""
        if party.protected:
            return party.pseudonym or self._protected_person
        name = best_name(party)
        return name.text if name else party.pseudonym or self._protected_person

    def native(self, party: Party) -> tuple[Name, ...]:
        """The names in the party's own script, when they may be printed and differ from the printed name."""
        if party.protected:
            return ()
        best = best_name(party)
        return tuple(
            name
            for name in party.names
            if name is not best
            and name.text
            and name.kind in (NameKind.NATIVE, NameKind.PRIMARY)
            and (best is None or name.text != best.text)
        )

    def prose(self, party: Party) -> str:
        """The name as it stands in a sentence."""
        return self.printed(party) if party.protected else self._prose.full(party) or self.printed(party)

    def short(self, party: Party) -> str:
        """What a target is called once the reader knows who it is; anybody else keeps the whole name."""
        if party.protected or party.id not in self._targets:
            return self.prose(party)
        return self._prose.short(party) or self.printed(party)

    def listed(self, party: Party) -> Inlines:
        """The name as lists print it, with the first name in the party's own script in parentheses."""
        return (Text(self.printed(party), lang=self._lang(party)), *_in_parentheses(self.native(party)[:1]))

    @cached_property
    def _prose(self) -> Prose:
        open_names = {party: self.printed(party) for party in self._parties.values() if not party.protected}
        return Prose(self._dossier, open_names)

    def plain(self, text: str) -> str:
        """A short text without its tokens: parties by name, references to sources left out."""
        out: list[str] = []
        end = 0
        for reference in references(text):
            out.append(text[end : reference.start])
            if reference.kind == "party":
                party = self._parties.get(reference.key)
                out.append(self.prose(party) if party else self._protected_person)
            end = reference.end
        return "".join((*out, text[end:]))

    def _lang(self, party: Party) -> str:
        name = None if party.protected else best_name(party)
        return name.language if name and script(name) != "Latn" else ""

    def place_names(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """The pass that replaces every mention; a target's first one in running text shows its native script."""
        introduced: set[uuid.UUID] = set()

        def visit(inlines: Inlines, place: Place) -> Inlines:
            if not any(isinstance(inline, Mention) for inline in inlines):
                return inlines
            out: list[Inline] = []
            for inline in inlines:
                if not isinstance(inline, Mention):
                    out.append(inline)
                    continue
                party = self._parties.get(uuid.UUID(inline.party))
                if party is None:
                    out.append(Text(self._protected_person))
                    continue
                named = self._named(party, place, introduced)
                out += _capital(named) if _begins(out) else named
            return tuple(out)

        return rewrite(blocks, visit)

    def _named(self, party: Party, place: Place, introduced: set[uuid.UUID]) -> Inlines:
        lang = self._lang(party)
        if place is Place.HEADING:
            return (Text(self.printed(party), lang=lang),)
        if place is Place.BODY and party.id in self._targets and party.id not in introduced:
            introduced.add(party.id)
            return (Text(self.prose(party), lang=lang), *_in_parentheses(self.native(party)[:1]))
        return (Text(self.short(party), lang=lang),)


def _begins(before: Sequence[Inline]) -> bool:
    """Whether what comes next begins a sentence."""
    last = before[-1] if before else None
    return last is None or (isinstance(last, Text) and last.text.rstrip().endswith((".", "?", "!")))


def _capital(named: Inlines) -> Inlines:
    """A name with a capital at its head, as a sentence begins: ``Al-Zahwan``."""
    first = named[0]
    if isinstance(first, Text) and first.text[:1].islower():
        return (replace(first, text=first.text[:1].upper() + first.text[1:]), *named[1:])
    return named


def _in_parentheses(names: Sequence[Name]) -> Inlines:
    out: list[Inline] = []
    for name in names:
        out += [Text("; " if out else " ("), Text(name.text, lang=name.language)]
    return (*out, Text(")")) if out else ()


def script(name: Name) -> str:
    """The script of a name: as recorded, else as its letters show."""
    return name.script or script_of(name.text)


def best_name(party: Party) -> Name | None:
    """The name an English document prints: Latin script before others, primary before aliases."""
    named = [name for name in party.names if name.text]
    for kind in _LATIN_FIRST:
        for name in named:
            if name.kind is kind and script(name) in ("Latn", "Zyyy"):
                return name
    primary = [name for name in named if name.kind is NameKind.PRIMARY]
    return next(iter(primary or named), None)


# ---------------------------------------------------------------------------- names typed in words


class Mask:
    """Finds the names of protected parties in text, whatever was typed where, and puts pseudonyms there.

    A name is found in any letter case, with any white space, hyphens or underscores between its words, in the
    given order, or with the last word first. Single words of a name of several words are not searched: they
    are too often somebody else's.
    """

    def __init__(self, dossier: Dossier, protected_person: str) -> None:
        self._pseudonyms: list[str] = []
        self._patterns: list[str] = []
        forms: dict[str, str] = {}
        for party in dossier.parties.values():
            if party.protected:
                for name in party.names:
                    for form in _forms(name.text):
                        forms.setdefault(form, party.pseudonym or protected_person)
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
        return search.sub(self._pseudonym, text) if search else text

    def finds(self, text: str) -> bool:
        """Whether a protected name stands in the text."""
        return bool(self._search and self._search.search(text))

    def _pseudonym(self, match: re.Match[str]) -> str:
        return self._pseudonyms[(match.lastindex or 1) - 1]

    def address(self, url: str) -> str:
        """A web address without protected names; it may no longer work, and is then not to be linked."""
        return self.text(unquote(url)) if self.finds(url) or self.finds(unquote(url)) else url

    def inlines(self, inlines: Sequence[Inline], _place: Place = Place.BODY) -> Inlines:
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
    def visit(inlines: Inlines, _place: Place) -> Inlines:
        out: list[Inline] = []
        for inline in inlines:
            out.extend(inline.inlines if isinstance(inline, Link) and not inline.url else (inline,))
        return tuple(out)

    return rewrite(blocks, visit)


def _alt_texts(blocks: tuple[Block, ...], mask: Mask) -> tuple[Block, ...]:
    """Pictures stand between paragraphs or in a table's cells; what describes them is masked too."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Figure):
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
        for form in ("NFC", "NFD"):
            parts = [re.escape(unicodedata.normalize(form, word)) + ending for word in order]
            out.append(before + _BETWEEN.join(parts) + after)
        if not name.isascii():  # as it stands in a web address
            out.append(_BETWEEN.join(re.escape(quote(word)) for word in order))
    return out
