"""The list of exhibits: number, title, date, Bates numbers, digest, each line linked to its page."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from magdesk.citations import pinpoint
from magdesk.dates.partialdate import PartialDate
from magdesk.document.authenticity import authenticity
from magdesk.document.blocks import (
    Block,
    Cell,
    ExhibitRef,
    Heading,
    Inline,
    LineBreak,
    Paragraph,
    ParagraphStyle,
    Table,
    Text,
)
from magdesk.document.context import Brief
from magdesk.document.exhibits import ExhibitPlace
from magdesk.document.sources import origin
from magdesk.document.tables import cell, heads, joined, paragraphs, words
from magdesk.document.titles import clip, source
from magdesk.isolates import isolated
from magdesk.model.evidence import Evidence, SourceType
from magdesk.model.facts import Citation, is_seen

_TITLE = 400


def exhibit_list(brief: Brief) -> tuple[Block, ...]:
    """Heading, a line on how to read it, and the table."""
    places = sorted(brief.exhibits.values(), key=lambda place: place.number)
    out: list[Block] = [Heading(1, (Text(brief.label("exhibit_list")),), "exhibits")]
    out.append(Paragraph((Text(brief.case_title),), ParagraphStyle.LEAD))
    if not places:
        return (*out, *brief.open_paragraph())
    intro = brief.label(
        "exhibit_list_intro",
        exhibits=brief.count("exhibits", len(places)),
        first=places[0].cover_bates,
        last=last_bates(places[-1]),
    )
    head = heads(
        brief.label("exhibit_number"), brief.label("exhibit"), brief.label("date"), brief.label("bates_numbers"),
        brief.label("pages"),
    )  # fmt: skip
    cited: defaultdict[uuid.UUID, list[Citation]] = defaultdict(list)
    for _owner, citation in brief.dossier.citations():
        cited[citation.evidence_id].append(citation)
    rows: list[tuple[Cell, ...]] = [head]
    for place in places:
        item = brief.dossier.evidence.get(place.evidence_id)
        if item is not None:
            rows.append(_row(brief, place, item, cited[item.id]))
    return (*out, Paragraph((Text(intro),)), Table(tuple(rows), (0.55, 4.2, 1.15, 1.35, 0.65), header_rows=1))


def last_bates(place: ExhibitPlace) -> str:
    """The last Bates number of an exhibit, cover sheet included."""
    return place.bates[-1] if place.bates else place.cover_bates


def bates_range(place: ExhibitPlace) -> str:
    """The Bates numbers from the cover sheet to the last page."""
    last = last_bates(place)
    return place.cover_bates if last == place.cover_bates else f"{place.cover_bates} – {last}"


def titles(brief: Brief, item: Evidence) -> tuple[Inline, ...]:
    """The title in its own script, the English one in italics below it; neutral words for a confidential source."""
    data = source(brief, item)
    if data.confidential:
        return (Text(clip(data.lead, _TITLE), bold=True),)
    original = data.title or data.shown_title
    out: list[Inline] = [Text(isolated(clip(original, _TITLE)), bold=True, lang=item.language)]
    if data.title_english and data.title and data.title_english.casefold() != data.title.casefold():
        out += [LineBreak(), Text(clip(data.title_english, _TITLE), italic=True)]
    return tuple(out)


def details(brief: Brief, item: Evidence) -> tuple[Inline, ...]:
    """Kind of source, author, document number; nothing that could name a confidential source."""
    data = source(brief, item)
    kind = brief.choice(item.source_type) if item.source_type is not SourceType.UNCLASSIFIED else ""
    return joined([kind, clip(data.body, 160), clip(data.number, 80)], "; ")


def language_note(brief: Brief, item: Evidence) -> tuple[Inline, ...]:
    """Language of an original with its translation, or what the item is a translation of."""
    if item.translation_of_id is not None and item.translation_of_id in brief.dossier.evidence:
        line = origin(brief, item)
        name = source(brief, item).translator
        return joined([line, brief.label("translated_by", name=clip(name, 120)) if name else ""])
    parts: list[tuple[Inline, ...] | str] = []
    if item.language and not item.language.casefold().startswith("en"):
        parts.append(brief.label("language_of", language=language_name(brief, item.language)))
    refs = brief.exhibit_refs([row.id for row in brief.translations.get(item.id, ())])
    if refs:
        parts.append(brief.phrase("translated_in", exhibits=refs))
    return joined(parts, "; ")


def language_name(brief: Brief, tag: str) -> str:
    """The language of a tag in words where the template knows it, else the tag."""
    key = f"language_{tag.partition('-')[0].lower()}"
    return brief.packet.labels.get(key, tag)


def _row(brief: Brief, place: ExhibitPlace, item: Evidence, cited: Iterable[Citation]) -> tuple[Cell, ...]:
    notes = [details(brief, item), language_note(brief, item)]
    if place.native:
        notes.append((Text(f"{brief.label('native_file')} "), Text(place.native, mono=True)))
    notes += [(Text(f"{brief.label('authenticity')}: "), *line) for line in authenticity(brief, item)]
    notes += _seen(brief, item, cited)
    if item.sha256:
        notes.append(digest(item.sha256))
    lines: list[Block] = [Paragraph(titles(brief, item)), *paragraphs(notes, ParagraphStyle.SMALL)]
    date = source(brief, item).published
    return (
        words(ExhibitRef(str(place.number), place.cover_page)),
        cell(*lines),
        words(date.display() if date else ""),
        words(ExhibitRef(bates_range(place), place.cover_page)),
        words(str(place.pages) if place.pages else brief.label("no_pages")),
    )


def _seen(brief: Brief, item: Evidence, cited: Iterable[Citation]) -> list[tuple[Inline, ...]]:
    """Who compared the words quoted from an item with it by eye, when, and where they stand."""
    found: dict[tuple[str, date | None], dict[str, None]] = {}
    for row in cited:
        if is_seen(row, item):
            where = pinpoint(row.pinpoint_kind, row.pinpoint, brief.packet.citation_style)
            found.setdefault((row.seen_by, row.seen_on), {}).setdefault(where)
    lines: list[tuple[Inline, ...]] = []
    for (who, day), places in found.items():
        on = PartialDate(day.isoformat()).display() if day else ""
        by = ", ".join(filter(None, (isolated(clip(brief.naming.plain(who), 120)), on)))
        where = ", ".join(filter(None, places))
        key = "compared_by_eye_at" if where else "compared_by_eye"
        lines.append((Text(brief.label(key, by=by, places=where) if where else brief.label(key, by=by)),))
    return lines


def digest(sha256: str) -> tuple[Inline, ...]:
    """A digest in two halves, so that it fits a column."""
    half = len(sha256) // 2
    return (Text(sha256[:half], mono=True), LineBreak(), Text(sha256[half:], mono=True))
