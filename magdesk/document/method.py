"""How the case was made: the standard of proof, once; what it rests on; how it is to be read."""

from __future__ import annotations

from magdesk.citations.dates import coarse
from magdesk.document.blocks import Block, Mention, Note, Paragraph, Table, Text
from magdesk.document.citing import INNER_MARKS
from magdesk.document.context import Brief
from magdesk.document.narrative import narrative, sentence
from magdesk.document.sources import cited
from magdesk.document.tables import heads, words
from magdesk.isolates import isolated
from magdesk.model.evidence import SourceType


def method(brief: Brief, level: int) -> tuple[Block, ...]:
    """Own standard, the standards of the authorities in their words, and the figures of the record."""
    out: list[Block] = [*narrative(brief.dossier.case.standard_of_proof, level=level)]
    for _row, regime in brief.authorities:
        standard = regime.standard
        if standard.text and not standard.provenance.verify:
            note = Note(
                (Text(brief.label("standard_note", citation=brief.with_citation(standard.citation, regime.code))),)
            )
            quoted = standard.text.strip().rstrip(";,.").translate(INNER_MARKS)
            sentence_of = brief.phrase("standard", authority=regime.short, title=regime.title, words=quoted)
            out.append(Paragraph((*sentence_of, note)))
    out += _record(brief)
    out += _accounts(brief)
    if any(party.protected for party in brief.dossier.parties.values()):
        out.append(Paragraph((Text(brief.label("method_pseudonyms")),)))
    return tuple(out)


def _record(brief: Brief) -> list[Block]:
    items = cited(brief)
    if not items or not brief.dossier.facts:
        return []
    roots = {brief.dossier.root_of(item.id) for item in items}
    originals = [item for item in items if item.translation_of_id is None]
    statements = sum(1 for item in originals if item.source_type is SourceType.STATEMENT)
    text = brief.label(
        "method_record",
        facts=brief.count("facts", len(brief.dossier.facts)),
        exhibits=brief.count("exhibits", len(brief.exhibits)),
        roots=brief.count("origins", len(roots)),
    )
    if statements:
        text += " " + brief.label("method_statements", statements=brief.count("statements", statements))
    out: list[Block] = [Paragraph((Text(text),))]
    if brief.exhibits:
        out.append(Paragraph((Text(brief.label("method_citations")),)))
    return out


def _accounts(brief: Brief) -> tuple[Block, ...]:
    """Whose accounts the case relies on, how each of them knows, and when they were heard.

    For a protected witness the day is made coarse, as in the citations.
    """
    spoken = {item.speaker_id for item in cited(brief)}
    rows = [heads(brief.label("witness"), brief.label("knowledge"), brief.label("interviewed"))]
    for witness in brief.dossier.witnesses:
        if witness.party_id not in spoken:
            continue
        day = coarse(witness.interviewed_on) if witness.party.protected else witness.interviewed_on
        heard = ", ".join(
            isolated(part) for part in (witness.interviewed_by.strip(), day.display() if day else "") if part
        )
        rows.append(
            (
                words(Mention(str(witness.party_id))),
                words(*sentence(witness.basis_of_knowledge.strip())),
                words(heard),
            )
        )
    if len(rows) == 1:
        return ()
    return (Table(tuple(rows), (1.4, 3.0, 1.8), header_rows=1, caption=(Text(brief.label("accounts")),)),)
