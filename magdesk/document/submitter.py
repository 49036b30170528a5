"""Who submits, and why they know the facts."""

from __future__ import annotations

from magdesk.document.blocks import Block, Heading, Inline, Link, ListBlock, Note, Paragraph, Text
from magdesk.document.context import Brief
from magdesk.document.narrative import narrative
from magdesk.document.tables import joined, label_table
from magdesk.model.case import Engagement, EngagementKind, Organisation


def submitter(brief: Brief, level: int) -> tuple[Block, ...]:
    """One part for each submitting organisation, then the partners who may be named."""
    out: list[Block] = []
    for row in brief.submitters:
        out.append(Heading(level + 1, (Text(row.name),)))
        out += _organisation(brief, row, level + 1)
    if brief.partners:
        out.append(Heading(level + 1, (Text(brief.label("partners")),)))
        items = [
            (
                Paragraph(
                    joined([(Text(row.name, bold=True),), row.contribution.strip() or row.mandate.strip()], ": ")
                ),
            )
            for row in brief.partners
        ]
        out.append(ListBlock(tuple(items)))
    return tuple(out) or brief.open_paragraph()


def _organisation(brief: Brief, row: Organisation, level: int) -> list[Block]:
    out: list[Block] = [*narrative(row.mandate, level=level)]
    link = narrative(row.link_to_case, level=level) or brief.open_paragraph()
    for place, block in enumerate(link):
        if place == 0 and isinstance(block, Paragraph):
            lead = Text(f"{brief.label('link_to_case')} ", bold=True)
            out.append(Paragraph((lead, *block.inlines)))
        else:
            out.append(block)
    if row.contribution.strip():
        out += narrative(row.contribution, level=level)
    website: tuple[Block, ...] = ()
    if row.website.strip():
        address = row.website.strip()
        url = address if address.startswith(("http://", "https://")) else f"https://{address}"
        website = (Paragraph((Link((Text(address),), url),)),)
    out += label_table(
        (
            (brief.label("legal_form"), _line(row.legal_form)),
            (brief.label("founded"), _line(row.founded)),
            (brief.label("seats"), _line(row.seats)),
            (brief.label("website"), website),
        ),
        ruled=False,
    )
    for kind in EngagementKind:
        items = [(Paragraph(_engagement(entry)),) for entry in row.engagements if entry.kind is kind and entry.title]
        if items:
            out.append(Paragraph((Text(brief.choice(kind), bold=True),), keep_with_next=True))
            out.append(ListBlock(tuple(items)))
    return out


def _engagement(entry: Engagement) -> tuple[Inline, ...]:
    title: tuple[Inline, ...] = (Text(entry.title, italic=True),)
    if entry.url.startswith(("http://", "https://")):
        title = (Link(title, entry.url),)
    date = entry.date.display() if entry.date else ""
    line = joined([title, entry.body.strip(), date])
    if not entry.url.strip():
        return line
    address: Inline = (
        Link((Text(entry.url),), entry.url) if entry.url.startswith(("http://", "https://")) else Text(entry.url)
    )
    return (*line, Note((address, Text("."))))


def _line(text: str) -> tuple[Block, ...]:
    return (Paragraph((Text(text.strip()),)),) if text.strip() else ()


def _partner(row: Organisation) -> tuple[Inline, ...]:
    return joined([(Text(row.name, bold=True),), row.contribution.strip() or row.mandate.strip()], ": ")
