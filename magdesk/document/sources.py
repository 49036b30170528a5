"""The list of sources: each with its full citation, what kind it is, how strong, and where it comes from."""

from __future__ import annotations

import uuid

from magdesk.citations import cite
from magdesk.document.blocks import (
    Block,
    Cell,
    ExhibitRef,
    Inline,
    Link,
    Paragraph,
    ParagraphStyle,
    Table,
    Text,
)
from magdesk.document.context import Brief
from magdesk.document.tables import cell, heads, joined, words
from magdesk.document.titles import speaker
from magdesk.isolates import isolated
from magdesk.model.evidence import Access, Copy, Evidence, SourceType
from magdesk.model.text import references


def sources(brief: Brief) -> tuple[Block, ...]:
    """The table of everything cited, produced or not."""
    items = cited(brief)
    if not items:
        return brief.open_paragraph()
    roots = {brief.dossier.root_of(item.id) for item in items}
    intro = brief.label(
        "sources_intro", sources=brief.count("items", len(items)), roots=brief.count("origins", len(roots))
    )
    head = heads(brief.label("exhibit_number"), brief.label("source"), brief.label("nature"), brief.label("origin"))
    rows: list[tuple[Cell, ...]] = [head, *(_row(brief, item) for item in items)]
    return (Paragraph((Text(intro),)), Table(tuple(rows), (0.6, 3.6, 1.5, 1.3), header_rows=1))


def cited(brief: Brief) -> list[Evidence]:
    """Produced exhibits in their order, then what is cited but not produced."""
    listed = sorted(
        (item for item in brief.dossier.evidence.values() if item.id in brief.exhibits),
        key=lambda item: brief.exhibits[item.id].number,
    )
    known = {item.id for item in listed}
    keys = [citation.evidence_id for _owner, citation in brief.dossier.citations()]
    for section in brief.dossier.sections:
        keys += [found.key for found in references(section.text) if found.kind == "evidence"]
    for key in keys:
        item = brief.dossier.evidence.get(key)
        if item is not None and item.id not in known:
            known.add(item.id)
            listed.append(item)
    return listed


def citation_inlines(brief: Brief, item: Evidence) -> tuple[Inline, ...]:
    """The full citation of an item, without pinpoint, closed with a full stop."""
    produced = item.id in brief.exhibits
    text = cite(
        item,
        style=brief.packet.citation_style,
        speaker=speaker(brief, item),
        on_file_with="" if produced else brief.author,
    )
    runs: list[Inline] = [
        Link((Text(part),), part) if part in text.links else Text(part, italic=italic) for part, italic in text.parts
    ]
    return (*runs, Text("."))


def _row(brief: Brief, item: Evidence) -> tuple[Cell, ...]:
    place = brief.exhibits.get(item.id)
    number: Inline = ExhibitRef(str(place.number), place.cover_page) if place else Text(brief.label("not_produced"))
    kind = brief.choice(item.source_type) if item.source_type is not SourceType.UNCLASSIFIED else ""
    nature = [Paragraph((Text(kind),))] if kind else []
    if item.grade is not None:
        nature.append(Paragraph((Text(brief.choice(item.grade)),), ParagraphStyle.SMALL))
    nature.append(Paragraph((Text(brief.choice(item.access)),), ParagraphStyle.SMALL))
    return (
        words(number),
        cell(Paragraph(citation_inlines(brief, item)), *_provenance(brief, item)),
        Cell(tuple(nature)),
        cell(Paragraph(origin(brief, item), ParagraphStyle.SMALL)),
    )


def _provenance(brief: Brief, item: Evidence) -> tuple[Block, ...]:
    """How it reached the submitters and how it was checked; nothing of the kind for a source that is not open."""
    if brief.protected_source(item) or item.access in (Access.CONFIDENTIAL, Access.INTERNAL):
        return ()
    parts: list[str] = []
    if item.copy is not Copy.UNKNOWN:
        parts.append(brief.choice(item.copy))
    if item.capture_method.strip():
        parts.append(item.capture_method.strip().rstrip("."))
    if item.obtained_how.strip():
        parts.append(item.obtained_how.strip().rstrip("."))
    if item.verification.strip():
        day = f" ({brief.day(item.verified_on)})" if item.verified_on else ""
        parts.append(brief.label("verification", text=item.verification.strip().rstrip(".") + day))
    text = ". ".join(isolated(part[:1].upper() + part[1:]) for part in parts)
    return (Paragraph((Text(f"{text}."),), ParagraphStyle.SMALL),) if text else ()


def origin(brief: Brief, item: Evidence) -> tuple[Inline, ...]:
    """Whether the item is independent, or which one it repeats."""
    for key, back in (
        ("origin_translation", item.translation_of_id),
        ("origin_derived", item.derived_from_id),
        ("origin_part", item.part_of_id),
    ):
        if back is not None and back in brief.dossier.evidence:
            return brief.phrase(key, exhibit=_name(brief, back))
    root = brief.dossier.root_of(item.id)
    if root != item.id:
        # Who handed it over is nobody's business where that party must not be named.
        hidden = brief.protected_source(brief.dossier.evidence[root])
        return (
            (Text(brief.label("origin_not_counted")),)
            if hidden
            else brief.phrase("origin_supplied", exhibit=_name(brief, root))
        )
    return (Text(brief.label("origin_independent")),)


def _name(brief: Brief, key: uuid.UUID) -> tuple[Inline, ...]:
    ref = brief.exhibit_ref(key)
    if ref is not None:
        return (ref,)
    return joined([(Text(brief.label("item_not_produced")),)])
