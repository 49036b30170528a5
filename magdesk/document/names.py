"""How parties are called in documents: by name, or by pseudonym where the name must not leave the case file.

A pass turns mentions into names. Nothing else decides what a party is called.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from magdesk.document.articles import asks_article, needs_article
from magdesk.document.blocks import (
    Block,
    Inline,
    Mention,
    Text,
)
from magdesk.document.prose import Prose
from magdesk.document.rewrite import InlinePlace, InlineRun, rewrite
from magdesk.document.tables import fields
from magdesk.dossier.dossier import Dossier
from magdesk.isolates import FIRST_STRONG, isolated
from magdesk.model.people import Name, NameKind, Party
from magdesk.model.text import references
from magdesk.values import script_of

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

    def in_sentence(self, party: Party) -> str:
        """The name in full, with the article that the drafters give it: ``the Special Inquiries Office``."""
        return f"the {self.prose(party)}" if self._prose.takes_article(party) else self.prose(party)

    def short(self, party: Party) -> str:
        """What a party is called once the reader knows it: as the drafter defined, else a target by surname."""
        if party.protected:
            return self.prose(party)
        if party.short_name:
            return party.short_name
        if party.id not in self._targets:
            return self.prose(party)
        return self._prose.short(party) or self.printed(party)

    def listed(self, party: Party) -> InlineRun:
        """The name as lists print it, with the first name in the party's own script in parentheses."""
        return (
            *fields((Text(self.printed(party), lang=self._lang(party)),)),
            *_in_parentheses(self.native(party)[:1]),
        )

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
                out.append(isolated(self.prose(party)) if party else self._protected_person)
            end = reference.end
        return "".join((*out, text[end:]))

    def _lang(self, party: Party) -> str:
        name = None if party.protected else best_name(party)
        return name.language if name and script(name) != "Latn" else ""

    def place_names(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """The pass that replaces every mention; the first one in running text defines the short form."""
        introduced: set[uuid.UUID] = set()

        def visit(inlines: InlineRun, place: InlinePlace) -> InlineRun:
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
                named = fields(self._named(party, place, introduced))
                if place is not InlinePlace.HEADING and (
                    (inline.article and (self._prose.takes_article(party) or needs_article(party, named)))
                    or (inline.running and asks_article(out) and needs_article(party, named))
                ):
                    named = (Text("the "), *named)
                out += _capital(named) if begins(out) else named
            return tuple(out)

        return rewrite(blocks, visit)

    def _named(self, party: Party, place: InlinePlace, introduced: set[uuid.UUID]) -> InlineRun:
        lang = self._lang(party)
        if place is InlinePlace.HEADING:
            return (Text(self.printed(party), lang=lang),)
        defined = bool(party.short_name) and not party.protected
        if place is InlinePlace.BODY and (defined or party.id in self._targets) and party.id not in introduced:
            introduced.add(party.id)
            whole = (Text(self.prose(party), lang=lang), *_in_parentheses(self.native(party)[:1]))
            return (*whole, Text(f" (“{isolated(party.short_name)}”)")) if defined else whole
        known = not defined or party.id in introduced
        return (Text(self.short(party) if known else self.prose(party), lang=lang),)


def begins(before: Sequence[Inline]) -> bool:
    """Whether what comes next begins a sentence."""
    told = (inline for inline in reversed(before) if not isinstance(inline, Text) or inline.text.strip())
    last = next(told, None)
    return last is None or (isinstance(last, Text) and last.text.rstrip().endswith((".", "?", "!")))


def _capital(named: InlineRun) -> InlineRun:
    """A name with a capital at its head, as a sentence begins: ``Al-Zahwan``."""
    first = named[0]
    if isinstance(first, Text):
        return (replace(first, text=capital(first.text)), *named[1:])
    return named


def capital(text: str) -> str:
    """A text with a capital at its head; nothing else of it changes."""
    head = len(text) - len(text.lstrip(FIRST_STRONG))
    return text[:head] + text[head : head + 1].upper() + text[head + 1 :]


def _in_parentheses(names: Sequence[Name]) -> InlineRun:
    out: list[Inline] = []
    for name in names:
        out += [Text("; " if out else " ("), Text(isolated(name.text), lang=name.language)]
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
