"""The pass that turns references into footnotes: full citation the first time, a short form afterwards.

Each source of a note ends with a link to the page of the exhibit. What contradicts follows after "But see".
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from magdesk.citations import cite, pinpoint
from magdesk.document.blocks import Block, Cite, ExhibitRef, Inline, Link, Note, Text
from magdesk.document.context import Brief
from magdesk.document.exhibits import ExhibitPlace
from magdesk.document.rewrite import InlinePlace, InlineRun, rewrite
from magdesk.document.tables import joined
from magdesk.document.titles import short_title, source, speaker
from magdesk.isolates import isolated
from magdesk.model.evidence import Evidence
from magdesk.model.facts import Citation, Fact, PinpointKind, Stance

_PAGES = re.compile(r"(\d+)(?:\s*[-–—]\s*(\d+))?")
_TYPED_PAGE = re.compile(r"^(?:pp?\.?\s*|pages?\s+|at\s+)?\d+(?:\s*[-–—,]\s*\d+)*$", re.IGNORECASE)
_TYPED_PARAGRAPH = re.compile(r"^(?:paras?\.?|paragraphs?|¶+)\s*\d", re.IGNORECASE)
_TYPED_TIME = re.compile(r"^(?:at\s+)?\d+:\d\d(?::\d\d)?", re.IGNORECASE)
_TIED = re.compile(r"(?<=\bEx\.) |(?<=\bp) |(?<=\bpp) |(?<=\bpara) |(?<=\bparas) |(?<=\bat) |(?<=¶) ")
"""A number does not part from the word before it."""
_LONG_QUOTE = 220
INNER_MARKS = str.maketrans("“”", "‘’")


@dataclass(frozen=True, slots=True)
class _Source:
    """One place in one item, as one footnote names it."""

    item: Evidence
    kind: PinpointKind
    pinpoint: str
    quote: str = ""
    quote_english: str = ""
    note: str = ""


class Citing:
    """The pass, with its memory of what was cited before."""

    def __init__(self, brief: Brief) -> None:
        self._brief = brief
        self._cited: set[uuid.UUID] = set()
        self._citations = {str(owner.id): owner.citations for owner in _owners(brief)}
        self._facts = {str(fact.id): fact for fact in brief.dossier.facts}

    def apply(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """The tree with every reference turned into a note."""
        return rewrite(blocks, self._visit)

    def _visit(self, inlines: InlineRun, place: InlinePlace) -> InlineRun:
        if not any(isinstance(inline, Cite) for inline in inlines):
            return inlines
        out: list[Inline] = []
        for inline in inlines:
            if not isinstance(inline, Cite):
                out.append(inline)
                continue
            body = self._body(inline)
            if not body or place is InlinePlace.HEADING:  # a heading's note would stand in the contents too
                continue
            if place is InlinePlace.NOTE:  # a note cannot hold a note
                out += [Text(" "), *body]
                continue
            if out and isinstance(out[-1], Text):
                # The mark stands right behind the word, whatever was typed before the token.
                out[-1] = replace(out[-1], text=out[-1].text.rstrip(" "))
            out.append(Note((*body, Text("."))))
        return tuple(out)

    def in_short(self, citations: Sequence[Citation]) -> InlineRun:
        """The sources of a row in few words, for a table: short title and page; what contradicts behind them."""
        groups: dict[bool, list[InlineRun]] = {True: [], False: []}
        for row in citations:
            item = self._brief.dossier.evidence.get(row.evidence_id)
            if item is None:
                continue
            one = _Source(item, row.pinpoint_kind, row.pinpoint)
            place = self._brief.exhibits.get(item.id)
            body, title = short_title(source(self._brief, item), item.cite_as)
            name = (Text(title, italic=True),) if title else (Text(body),)
            short = joined([name, (self._exhibit(place, one),)]) if place else self._short(one)
            groups[row.stance.supports].append(short)
        supporting = joined(dict.fromkeys(groups[True]), "; ")
        contradicting = joined(dict.fromkeys(groups[False]), "; ")
        if not supporting and not contradicting:
            return (Text(self._brief.label("source_missing"), italic=True),)
        but = (Text(self._brief.label("but_see"), italic=True), Text(" "), *contradicting) if contradicting else ()
        return joined([supporting, but], ". ")

    def _body(self, reference: Cite) -> InlineRun:
        if reference.row:
            return self._sources(self._citations.get(reference.row, ()))
        if reference.fact:
            fact = self._facts.get(reference.fact)
            if fact is None:
                return ()
            return self._brief.phrase(
                "note_see_fact", fact=self._brief.fact_ref(fact), sources=self._pages(fact.citations)
            )
        item = self._brief.dossier.evidence.get(uuid.UUID(reference.evidence))
        if item is None:
            return ()
        return self._source(_Source(item, _typed_kind(reference.pinpoint), reference.pinpoint))

    def places(self, citations: Sequence[Citation]) -> InlineRun:
        """The exhibits and pages of supporting citations, for tables that name them beside a statement."""
        return self._pages(citations)

    def _pages(self, citations: Sequence[Citation]) -> InlineRun:
        """The pages that a fact rests on, in as few words as can be: its own paragraph names the sources."""
        parts: list[InlineRun] = []
        for row in citations:
            item = self._brief.dossier.evidence.get(row.evidence_id)
            if item is None or not row.stance.supports:
                continue
            one = _Source(item, row.pinpoint_kind, row.pinpoint)
            place = self._brief.exhibits.get(item.id)
            parts.append((self._exhibit(place, one),) if place else self._short(one))
        return joined(dict.fromkeys(parts), "; ") or (Text(self._brief.label("source_missing")),)

    def _short(self, one: _Source) -> InlineRun:
        """A source that was named in full before: ``Rivergate Monitor, Behind the Wall, at 4``."""
        body, title = short_title(source(self._brief, one.item), one.item.cite_as)
        name = (Text(title, italic=True),) if title else ()
        return joined([body, name, pinpoint(one.kind, one.pinpoint, self._brief.packet.citation_style)])

    def _sources(self, citations: Sequence[Citation]) -> InlineRun:
        groups: dict[bool, list[_Source]] = {True: [], False: []}
        for row in citations:
            item = self._brief.dossier.evidence.get(row.evidence_id)
            if item is not None:
                # What a source was told by others says so, in the drafter's words or in ours.
                note = row.note.strip() or (self._brief.label("retold") if row.stance is Stance.RETOLD else "")
                groups[row.stance.supports].append(
                    _Source(item, row.pinpoint_kind, row.pinpoint, row.quote, row.quote_english, note)
                )
        supporting = self._several(groups[True])
        contradicting = self._several(groups[False])
        if not supporting and not contradicting:
            return (Text(self._brief.label("source_missing")),)
        if not contradicting:
            return supporting
        but = (Text(self._brief.label("but_see"), italic=True), Text(" "), *contradicting)
        return (*supporting, Text(". "), *but) if supporting else but

    def _several(self, sources: Iterable[_Source]) -> InlineRun:
        out: list[Inline] = []
        for one in sources:
            if out:
                out.append(Text("; "))
            out += self._source(one)
        return tuple(out)

    def _source(self, one: _Source) -> InlineRun:
        style = self._brief.packet.citation_style
        at = pinpoint(one.kind, one.pinpoint, style)
        place = self._brief.exhibits.get(one.item.id)
        if one.item.id not in self._cited:
            self._cited.add(one.item.id)
            citation = cite(
                one.item,
                style=style,
                speaker=speaker(self._brief, one.item),
                on_file_with="" if place else self._brief.author,
                at=at,
            )
            out: list[Inline] = [
                Link((Text(text),), text) if text in citation.links else Text(text, italic=italic)
                for text, italic in citation.parts
            ]
            full = True
        else:
            out = list(self._short(one))
            full = False
        if place is not None:
            out += [Text(", "), self._exhibit(place, one)]
            if full:
                out += self._translation(one.item)
        out += self._quote(one)
        if one.note.strip():
            note = self._brief.naming.plain(one.note).strip().rstrip(".")
            out.append(Text(f" ({isolated(note)})"))
        return tuple(out)

    def _exhibit(self, place: ExhibitPlace, one: _Source) -> ExhibitRef:
        """The link to the page: ``Ex. 7 at GEN-000123``."""
        number = str(place.number)
        label = self._brief.label
        if not place.pages:
            return ExhibitRef(label("exhibit_native", number=number, bates=place.cover_bates), place.cover_page)
        spans = page_spans(one.pinpoint, place.pages) if one.kind is PinpointKind.PAGE else []
        if not spans and place.pages == 1:
            spans = [(1, 1)]
        if not spans:
            text = label("exhibit_from", number=number, bates=place.bates_of(1))
            return ExhibitRef(text, place.bundle_page(1))
        stamps = ", ".join(
            place.bates_of(first) if first == last else f"{place.bates_of(first)}–{_tail(place, first, last)}"
            for first, last in spans
        )
        return ExhibitRef(label("exhibit_at", number=number, bates=stamps), place.bundle_page(spans[0][0]))

    def _translation(self, item: Evidence) -> list[Inline]:
        """Where an English reader finds the text, behind the first citation of a foreign original."""
        refs = self._brief.exhibit_refs([row.id for row in self._brief.translations.get(item.id, ())])
        return [Text(" "), *self._brief.phrase("note_translation", exhibits=refs)] if refs else []

    def _quote(self, one: _Source) -> list[Inline]:
        quote, english = _bare(one.quote), _bare(one.quote_english)
        original = Text(quote, lang=one.item.language)
        if english and quote and len(quote) <= _LONG_QUOTE:
            return [Text(" "), *self._brief.phrase("note_quote_translated", english=Text(english), quote=original)]
        if english or quote:
            return [Text(" "), *self._brief.phrase("note_quote", quote=Text(english) if english else original)]
        return []


def pinpoints(brief: Brief, citations: Sequence[Citation]) -> InlineRun:
    """The exhibits that citations name, each once with all its places: ``Ex. 3 at 2, 5–6; Ex. 9 at 00:03:10``."""
    found: dict[uuid.UUID, dict[PinpointKind, dict[str, None]]] = {}
    for row in citations:
        if row.evidence_id in brief.exhibits:
            kinds = found.setdefault(row.evidence_id, {})
            kinds.setdefault(row.pinpoint_kind, {}).setdefault(row.pinpoint.strip())
    out: list[InlineRun] = []
    for key in sorted(found, key=lambda key: brief.exhibits[key].number):
        place = brief.exhibits[key]
        style = brief.packet.citation_style
        typed = {kind: ", ".join(sorted(filter(None, texts), key=_first)) for kind, texts in found[key].items()}
        where = "; ".join(filter(None, (pinpoint(kind, text, style) for kind, text in typed.items())))
        pages = page_spans(typed.get(PinpointKind.PAGE, ""), place.pages)
        text = brief.label("exhibit_ref", number=str(place.number))
        shown = _TIED.sub("\u00a0", f"{text} {where}" if where else text)
        out.append((ExhibitRef(shown, place.bundle_page(pages[0][0] if pages else 1)),))
    return joined(out, "; ")


def _first(text: str) -> tuple[int, str]:
    """Places in the order of the source: by the first number that they name."""
    match = re.search(r"\d+", text)
    return (int(match[0]) if match else 0, text)


def page_spans(text: str, pages: int) -> list[tuple[int, int]]:
    """The runs of physical pages that a pinpoint names, in its order; pages that do not exist are left out."""
    spans: list[tuple[int, int]] = []
    for match in _PAGES.finditer(text):
        first = int(match[1])
        last = int(match[2]) if match[2] else first
        if 1 <= first <= last <= pages:
            spans.append((first, last))
    return spans


def _tail(place: ExhibitPlace, first: int, last: int) -> str:
    """The end of a range of Bates numbers, without the prefix both share."""
    begin, end = place.bates_of(first), place.bates_of(last)
    digits = re.search(r"\d+$", end)
    return digits[0] if digits and begin.startswith(end[: digits.start()]) else end


def _typed_kind(text: str) -> PinpointKind:
    if _TYPED_TIME.match(text):
        return PinpointKind.TIME
    if _TYPED_PARAGRAPH.match(text):
        return PinpointKind.PARAGRAPH
    return PinpointKind.PAGE if _TYPED_PAGE.match(text) else PinpointKind.WHOLE


def _bare(text: str) -> str:
    """A quotation without the marks around it, marks inside it single, as a quotation within marks has them."""
    line = " ".join(text.split())
    for first, last in (("“", "”"), ('"', '"'), ("«", "»")):
        inner = line[1:-1]
        if len(line) > 1 and line[0] == first and line[-1] == last and first not in inner and last not in inner:
            line = inner.strip()
    return line.translate(INNER_MARKS)


def _owners(brief: Brief) -> Iterable[Fact]:
    """Every row that carries citations. All have ``id`` and ``citations``; the type stands for them."""
    seen: set[uuid.UUID] = set()
    for owner, _citation in brief.dossier.citations():
        if owner.id not in seen:
            seen.add(owner.id)
            yield owner  # type: ignore[misc]
