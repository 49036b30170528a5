"""What may be shown to whom: the sources that anyone can look up, and those that are not open."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from magdesk.document.blocks import Block, Cell, Paragraph, Table, Text
from magdesk.document.context import Brief
from magdesk.document.sources import citation_inlines, cited
from magdesk.document.tables import cell, heads, words
from magdesk.model.evidence import Access, Evidence
from magdesk.model.facts import Fact


def open_sources(brief: Brief) -> tuple[Block, ...]:
    """The cited sources that are open, with what rests on each, and what rests on no open source."""
    table = _listed(brief, lambda item: is_open(brief, item))
    open_keys = {item.id for item in cited(brief) if is_open(brief, item)}
    if not open_keys or not brief.dossier.facts:
        return table
    closed_only = [
        fact
        for fact in brief.dossier.facts
        if (rows := brief.supporting([fact])) and not any(row.evidence_id in open_keys for row in rows)
    ]
    if not closed_only:
        return (*table, Paragraph((Text(brief.label("open_all")),)))
    return (*table, Paragraph(brief.phrase("open_not_all", facts=brief.fact_refs(closed_only))))


def closed_sources(brief: Brief) -> tuple[Block, ...]:
    """The cited sources that are not open, with what rests on each."""
    return _listed(brief, lambda item: not is_open(brief, item))


def is_open(brief: Brief, item: Evidence) -> bool:
    """Whether anyone can look the source up; a translation is as open as its original."""
    original = brief.dossier.evidence.get(item.translation_of_id) if item.translation_of_id else None
    return (original or item).access is Access.OPEN_SOURCE


def _listed(brief: Brief, shown: Callable[[Evidence], bool]) -> tuple[Block, ...]:
    items = [item for item in cited(brief) if shown(item)]
    if not items:
        return (Paragraph((Text(brief.label("no_such_source")),)),)
    supports = _supports(brief)
    head = heads(brief.label("exhibit_number"), brief.label("source"), brief.label("element_facts"))
    rows: list[tuple[Cell, ...]] = [head]
    for item in items:
        place = brief.exhibits.get(item.id)
        rows.append(
            (
                words(str(place.number) if place else brief.label("not_produced")),
                cell(Paragraph(citation_inlines(brief, item))),
                words(*brief.fact_refs(supports.get(item.id, []))),
            )
        )
    return (Table(tuple(rows), (0.6, 4.6, 1.6), header_rows=1),)


def _supports(brief: Brief) -> dict[uuid.UUID, list[Fact]]:
    found: dict[uuid.UUID, list[Fact]] = {}
    for fact in brief.dossier.facts:
        for row in brief.supporting([fact]):
            facts = found.setdefault(row.evidence_id, [])
            if fact not in facts:
                facts.append(fact)
    return found
