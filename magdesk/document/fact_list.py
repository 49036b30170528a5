"""The numbered facts on a few pages, each with the places that show it: for a reader who checks one by one."""

from __future__ import annotations

from magdesk.document.blocks import Block, Cell, Cite, Inline, Paragraph, Table, Text
from magdesk.document.citing import Citing
from magdesk.document.context import Brief, fact_anchor
from magdesk.document.facts import incident_number, place, told_incident
from magdesk.document.narrative import sentence
from magdesk.document.spans import when
from magdesk.document.tables import cell, heads, joined, words
from magdesk.model.facts import Fact
from magdesk.model.incidents import Incident


def fact_list(brief: Brief) -> tuple[Block, ...]:
    """One row for each fact, under the incident that it belongs to."""
    if not brief.dossier.facts:
        return brief.open_paragraph()
    citing = Citing(brief)
    rows: list[tuple[Cell, ...]] = [heads(brief.label("number"), brief.label("fact"), brief.label("element_sources"))]
    last: object = object()
    for fact in brief.dossier.facts:
        incident = told_incident(brief, fact)
        if incident is not last:
            last = incident
            rows.append((Cell((Paragraph(_under(brief, incident)),), shade="muted", span=3),))
        rows.append(_row(brief, citing, fact))
    return (Table(tuple(rows), (0.45, 3.6, 2.7), header_rows=1),)


def _row(brief: Brief, citing: Citing, fact: Fact) -> tuple[Cell, ...]:
    number = brief.dossier.fact_numbers[fact.id]
    body = tuple(inline for inline in sentence(fact.text.strip()) if not isinstance(inline, Cite))
    return (
        words(f"{number}."),
        cell(Paragraph(body or (Text(brief.label("not_written"), italic=True),), anchor=fact_anchor(number))),
        cell(Paragraph(citing.in_short(fact.citations))),
    )


def _under(brief: Brief, incident: Incident | None) -> tuple[Inline, ...]:
    if incident is None:
        return (Text(brief.label("facts_background"), bold=True),)
    number = str(incident_number(brief, incident))
    title = sentence(incident.title.strip())
    head: tuple[Inline, ...] = (Text(brief.label("incident_ref", number=number), bold=True),)
    return joined(
        [(*head, *((Text(": "), *title) if title else ())), when(incident.start, incident.end), place(incident)]
    )
