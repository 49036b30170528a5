"""What speaks against the case, and the answer to it: always there, because the reader will look for it."""

from __future__ import annotations

from collections.abc import Sequence

from magdesk.document.blocks import Block, Cite, Heading, Inline, Mention, Paragraph, Text
from magdesk.document.context import Brief
from magdesk.document.narrative import narrative, sentence
from magdesk.model.drafting import AdverseItem
from magdesk.model.facts import Stance
from magdesk.model.people import Target


def target_adverse(brief: Brief, target: Target, level: int) -> tuple[Block, ...]:
    """Adverse information on one target: items with answers, contradicted facts, or what was searched in vain."""
    own = [item for item in brief.dossier.adverse_items if item.target_id == target.id]
    out = _items(brief, own, level)
    out += _contradicted(brief, target)
    if own:
        return tuple(out)
    unknown = brief.dossier.unknown(target.id, "adverse")
    searched = unknown.searched if unknown else ""
    statement = searched.strip() or brief.dossier.case.no_adverse_statement.strip()
    if statement:
        out.insert(0, Paragraph(sentence(statement)))
    elif any(item.target_id is None for item in brief.dossier.adverse_items):
        out.insert(0, Paragraph(brief.phrase("adverse_see_general", target=Mention(str(target.party_id)))))
    return tuple(out) or brief.open_paragraph()


def general_adverse(brief: Brief, level: int) -> tuple[Block, ...]:
    """Adverse information that concerns no single target."""
    general = [item for item in brief.dossier.adverse_items if item.target_id is None]
    if not general:
        return ()
    heading = Heading(level, (Text(brief.label("adverse_general")),), "adverse-general")
    return (heading, *_items(brief, general, min(4, level + 1)))


def adverse_anchor(item: AdverseItem) -> str:
    """The anchor of one item."""
    return f"adverse-{item.id}"


def _items(brief: Brief, items: Sequence[AdverseItem], level: int) -> list[Block]:
    out: list[Block] = []
    for item in items:
        kind = brief.choice(item.kind)
        title: tuple[Inline, ...] = sentence(item.title.strip()) or (Text(kind),)
        out.append(Heading(level, title, adverse_anchor(item)))
        body = narrative(item.text, level=level) or brief.open_paragraph()
        out += _with_lead(f"{kind}. ", _cited(body, item))
        answer = narrative(item.answer, level=level) or brief.open_paragraph()
        out += _with_lead(f"{brief.label('adverse_answer')}. ", answer)
    return out


def _with_lead(lead: str, blocks: tuple[Block, ...]) -> list[Block]:
    """The blocks with a run-in word before the first paragraph."""
    out = list(blocks)
    for place, block in enumerate(out):
        if isinstance(block, Paragraph):
            out[place] = Paragraph((Text(lead, bold=True), *block.inlines), block.style, block.label, block.anchor)
            return out
    return out


def _cited(blocks: tuple[Block, ...], item: AdverseItem) -> tuple[Block, ...]:
    """The sources of an item, behind its last paragraph."""
    if not item.citations:
        return blocks
    return cite_last(blocks, Cite(row=str(item.id)))


def cite_last(blocks: tuple[Block, ...], cite: Cite) -> tuple[Block, ...]:
    """The blocks with a reference behind the last word of the last paragraph; in one of its own if there is none."""
    out = list(blocks)
    for place in range(len(out) - 1, -1, -1):
        block = out[place]
        if isinstance(block, Paragraph):
            out[place] = Paragraph((*block.inlines, cite), block.style, block.label, block.anchor)
            return tuple(out)
    return (*blocks, Paragraph((cite,)))


def _contradicted(brief: Brief, target: Target) -> list[Block]:
    """Which numbered facts have a source against them: the footnotes say which."""
    facts = [
        fact for fact in brief.target_facts(target) if any(row.stance is Stance.CONTRADICTS for row in fact.citations)
    ]
    refs = brief.fact_refs(facts)
    return [Paragraph(brief.phrase("adverse_contradicted", facts=refs))] if refs else []
