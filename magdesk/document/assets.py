"""What a freeze would reach: each asset of a target with its place, its holder and its source."""

from __future__ import annotations

from magdesk.document.blocks import Block, Cell, Inline, Mention, Paragraph, Table, Text
from magdesk.document.context import Brief
from magdesk.document.identification import source_of
from magdesk.document.measures import asked_measures
from magdesk.document.narrative import sentence
from magdesk.document.tables import cell, heads, joined, words
from magdesk.isolates import isolated
from magdesk.model.assets import Asset
from magdesk.model.people import Target
from magdesk.money import amount_words


def assets(brief: Brief, target: Target) -> tuple[Block, ...]:
    """The table of a target's assets; nothing where no measure that is asked reaches any."""
    rows = [row for row in brief.dossier.assets if row.target_id == target.id]
    asked = (
        measure
        for authority, regime in brief.authorities
        if any(basis.regime == regime.code for basis in target.legal_bases)
        for measure in asked_measures(authority, regime, target)
    )
    if not rows or not any(measure.property is not None for measure in asked):
        return ()
    head = heads(
        brief.label("asset"), brief.label("asset_place"), brief.label("asset_holder"), brief.label("asset_value")
    )
    caption = brief.phrase("assets_caption", target=brief.subject(target))
    return (
        Table((head, *(_asset(brief, row) for row in rows)), (2.9, 1.9, 1.9, 1.6), header_rows=1, caption=caption),
    )


def _asset(brief: Brief, row: Asset) -> tuple[Cell, ...]:
    what = joined([brief.choice(row.kind), sentence(row.description.strip())], ": ")
    hidden = row.target.party.protected or (row.holder is not None and row.holder.protected)
    lines: list[Block] = [Paragraph((*what, *source_of(brief, row.id, row.citations)))]
    number = row.number.strip()
    if number and not hidden:  # a number leads to its holder as surely as a name does
        lines.append(Paragraph((Text(brief.label("asset_number", number=number)),)))
    if row.note.strip():
        lines.append(Paragraph(sentence(row.note.strip())))
    holder: tuple[Inline, ...] = (Mention(str(row.holder_id or row.target.party_id)),)
    since = brief.label("asset_since", date=row.held_since.display()) if row.held_since else ""
    day = brief.label("asset_valued", date=row.valued_on.display()) if row.valued_on else ""
    place = [isolated(part.strip()) for part in (row.place, row.country) if part.strip()]
    return (
        cell(*lines),
        words(", ".join(place) or brief.label("place_unknown")),
        words(*joined([holder, since])),
        words(*joined([amount_words(row.value, row.currency) if row.value is not None else "", day])),
    )
