"""Whether the words that are quoted stand where they are said to stand (Q01)."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from magdesk.checks.finding import Correction, Waived
from magdesk.checks.nearwords import passage_like
from magdesk.checks.quoting import Leaf, Quotation, locate, quotation
from magdesk.checks.scope import Hit, Scope
from magdesk.checks.sources import citation_place, cited_pages
from magdesk.dossier.texts import Texts
from magdesk.model.base import Base
from magdesk.model.evidence import Evidence
from magdesk.model.facts import Citation, Fact, PinpointKind, is_seen
from magdesk.pageranges import PAGES_RECOGNISED, numbers_in

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_PINPOINTS = {
    PinpointKind.PAGE: "quoted_page",
    PinpointKind.PARAGRAPH: "quoted_paragraph",
    PinpointKind.TIME: "quoted_time",
    PinpointKind.CELL: "quoted_cell",
}


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong with a quotation.

    Attributes:
        variant: which way.
        found: the pages where the words do stand: ``7`` or ``7-8``.
        near: what the cited page says instead, where it says nearly the same.
        translation: the item that should hold them.
    """

    variant: str = ""
    found: str = ""
    near: str = ""
    translation: uuid.UUID | None = None


_Faults = tuple[tuple[uuid.UUID, tuple[_Fault, ...]], ...]


def quotations(scope: Scope) -> Iterator[Hit]:
    """Q01: the words of each quotation stand on the page that is cited, their translation in the translation."""
    texts = scope.dossier.texts
    if texts is None:
        # Whoever loaded the case has no texts to show; a case that is exported always has.
        return
    kin = scope.memory.each("kin", scope.dossier.evidence, _kin)
    related = scope.memory.once("translations", kin, partial(_translations, kin))
    read = tuple((key, texts.stamp(key)) for key in scope.dossier.evidence)
    reader = _Reader(scope, texts, related, dict(read))
    kept = scope.memory.each("Q01", scope.dossier.facts_by_key, reader.of_fact, (related, read))
    for fact, faults in zip(scope.dossier.facts, kept.values(), strict=True):
        if faults:
            yield from _told(scope, fact, fact.citations, dict(faults))
    for owner, citation in scope.dossier.citations_beside_facts:
        found = reader.of(citation)
        if found:
            yield from _told(scope, owner, (citation,), {citation.id: found})


def _kin(item: Evidence) -> uuid.UUID | None:
    return item.translation_of_id


def _translations(kin: Mapping[uuid.UUID, uuid.UUID | None]) -> dict[uuid.UUID, tuple[uuid.UUID, ...]]:
    """The translations and transcripts of each item."""
    found: dict[uuid.UUID, tuple[uuid.UUID, ...]] = {}
    for key, original in kin.items():
        if original is not None and original in kin and original != key:
            found[original] = (*found.get(original, ()), key)
    return found


class _Reader:
    """Compares citations with what was read; a citation that was compared with the same reading is not read again."""

    def __init__(
        self,
        scope: Scope,
        texts: Texts,
        translations: Mapping[uuid.UUID, tuple[uuid.UUID, ...]],
        stamps: Mapping[uuid.UUID, Hashable],
    ) -> None:
        self._items = scope.dossier.evidence
        self._texts, self._translations, self._stamps = texts, translations, stamps
        self._known = scope.memory.of_texts("quotations", None)
        self._leaves: dict[tuple[uuid.UUID, int], Leaf] = {}
        self._whole: tuple[uuid.UUID, tuple[Leaf, ...]] | None = None

    def of_fact(self, fact: Fact) -> _Faults:
        """What is wrong with the quotations of a fact, by citation."""
        found = ((citation.id, self.of(citation)) for citation in fact.citations)
        return tuple((key, faults) for key, faults in found if faults)

    def of(self, citation: Citation) -> tuple[_Fault, ...]:
        """What is wrong with the quotations of a citation."""
        item = self._items.get(citation.evidence_id)
        if item is None or not (citation.quote.strip() or citation.quote_english.strip()):
            return ()
        translations = self._translations.get(item.id, ())
        readings = [(key, self._stamps.get(key)) for key in (item.id, *translations)]
        said = (citation.pinpoint_kind.value, citation.pinpoint, citation.quote, citation.quote_english)
        layers = [self._items[key].text_layer for key in translations]
        # Which pages a machine read changes only with a new reading, which has another stamp.
        key = repr((item.pages, item.text_layer, layers, readings, said))
        known: tuple[_Fault, ...] | None = self._known.get(key)
        if known is None:
            known = self._known[key] = tuple(self._compared(citation, item, translations))
        return known

    def _compared(self, citation: Citation, item: Evidence, translations: Sequence[uuid.UUID]) -> Iterator[_Fault]:
        quote, english = quotation(citation.quote), quotation(citation.quote_english)
        if not quote.empty:
            fault = self._original(citation, item, quote, translations)
            if fault is not None:
                yield fault
        if not english.empty and translations:
            unread = [key for key in translations if not self._has_words(key)]
            if not any(self._stands(english, key) for key in (*translations, item.id)):
                machine = [key for key in translations if self._is_machine_read(key)]
                variant = "english_unread" if unread else "english_machine" if machine else "english"
                yield _Fault(variant, translation=(unread or machine or translations)[0])

    def _original(
        self, citation: Citation, item: Evidence, quote: Quotation, translations: Iterable[uuid.UUID]
    ) -> _Fault | None:
        pages = cited_pages(citation.pinpoint) if citation.pinpoint_kind is PinpointKind.PAGE else ()
        read = self._texts.pages(item.id, pages) if pages and item.pages else {}
        cited = [self._leaf(item.id, number, text) for number, text in read.items()]
        if cited and locate(quote, cited) is not None:
            return None
        if citation.pinpoint_kind is PinpointKind.CELL and self._in_cells(quote, item.id):
            return None
        place = locate(quote, self._all(item.id))
        if place is not None:
            first, last = place
            by_page = bool(pages and item.pages) and first > 0
            return _Fault("elsewhere", f"{first}-{last}" if last > first else str(first)) if by_page else None
        if any(self._stands(quote, key) for key in translations):
            return None
        unread = any(leaf.empty for leaf in cited) or len(cited) < len(pages) if item.pages and pages else False
        if unread or not self._has_words(item.id):
            return _Fault("unread")
        recognised = _recognised(item)
        if not item.text_layer or (recognised and (not read or not recognised.isdisjoint(read))):
            # A program read these words off a picture: they may be the wrong ones, and correct nothing.
            return _Fault("machine")
        near = next(filter(None, (passage_like(citation.quote, text) for text in read.values())), "")
        return _Fault("near", near=near) if near else _Fault()

    def _leaf(self, key: uuid.UUID, number: int, text: str) -> Leaf:
        leaf = self._leaves.get((key, number))
        if leaf is None:
            leaf = self._leaves[key, number] = Leaf.of(number, text)
        return leaf

    def _all(self, key: uuid.UUID) -> tuple[Leaf, ...]:
        """All pages of an item; those of the last one asked for are at hand."""
        if self._whole is None or self._whole[0] != key:
            read = self._texts.pages(key)
            self._whole = (key, tuple(self._leaf(key, number, text) for number, text in read.items()))
        return self._whole[1]

    def _has_words(self, key: uuid.UUID) -> bool:
        return any(not leaf.empty for leaf in self._all(key))

    def _stands(self, quote: Quotation, key: uuid.UUID) -> bool:
        return locate(quote, self._all(key)) is not None

    def _is_machine_read(self, key: uuid.UUID) -> bool:
        item = self._items[key]
        return not item.text_layer or bool(_recognised(item))

    def _in_cells(self, quote: Quotation, key: uuid.UUID) -> bool:
        """A cell is quoted by its value; the page may show it with separators."""
        wanted = [_THOUSANDS.sub("", piece) for piece in quote.plain]
        return any(
            all(piece in text for piece in wanted)
            for text in (_THOUSANDS.sub("", leaf.text) for leaf in self._all(key))
        )


def _recognised(item: Evidence) -> set[int]:
    """The numbers of the pages whose text a program read off a picture."""
    told = (one.value for one in item.details if one.name == PAGES_RECOGNISED)
    return numbers_in(next(told, ""))


def _told(
    scope: Scope, owner: Base, citations: Iterable[Citation], faults: Mapping[uuid.UUID, tuple[_Fault, ...]]
) -> Iterator[Hit]:
    for citation in citations:
        item = scope.dossier.evidence.get(citation.evidence_id)
        for fault in faults.get(citation.id, ()):
            if item is None:
                continue
            words = {"source": _source(scope, item, citation), "found": fault.found, "near": fault.near}
            words["translation"] = ""
            if fault.translation is not None:
                words["translation"] = _name(scope, scope.dossier.evidence[fault.translation])
            english = fault.variant.startswith("english")
            field = "quote_english" if english else "pinpoint" if fault.found else "quote"
            said = citation.quote_english if english else citation.quote
            correction = None
            if fault.found:
                correction = Correction(citation.id, "pinpoint", citation.pinpoint, fault.found)
            elif fault.near:
                correction = Correction(citation.id, "quote", citation.quote, fault.near)
            yield Hit(
                citation_place(scope, owner, citation, field),
                fault.variant,
                words,
                mark=_mark(item, citation.pinpoint, said),
                correction=correction,
                settled=_seen(scope, citation, item),
            )


def _seen(scope: Scope, citation: Citation, item: Evidence) -> Waived | None:
    """That a person has looked; a machine that finds the words nowhere may be the one that misread."""
    if not is_seen(citation, item):
        return None
    return Waived(scope.label("compared_by_eye"), citation.seen_by, citation.seen_on)


def _mark(item: Evidence, pinpoint: str, said: str) -> str:
    """Other words, or the same words of another place, are another finding: nobody has seen those."""
    return hashlib.sha256(f"{item.id} {pinpoint} {said}".encode()).hexdigest()[:12]


def _name(scope: Scope, item: Evidence) -> str:
    number = scope.dossier.exhibit_numbers.get(item.id)
    return scope.label("exhibit_number", number=str(number)) if number else scope.evidence_label(item)


def _source(scope: Scope, item: Evidence, citation: Citation) -> str:
    kind = _PINPOINTS.get(citation.pinpoint_kind)
    pinpoint = citation.pinpoint.strip()
    place = scope.label(kind, pinpoint=pinpoint) if kind and pinpoint else ""
    return f"{_name(scope, item)}, {place}" if place else _name(scope, item)
