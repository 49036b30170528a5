"""A draft of the reasons that stand beside a name in a list: individual, specific and concrete, fact by fact."""

from __future__ import annotations

from magdesk.document.blocks import Block, Cite, Inline, Mention, Paragraph, Quote, Text
from magdesk.document.context import Brief
from magdesk.document.narrative import sentence
from magdesk.document.spans import span, standing
from magdesk.document.tables import joined
from magdesk.model.facts import Fact
from magdesk.model.glance import main_position
from magdesk.model.people import Target

_TELLING = ("link", "tenure", "knowledge", "support", "benefit", "duty", "act")
_FACTS = 6


def target_reasons(brief: Brief, target: Target) -> tuple[Block, ...]:
    """Post, role, what the target did, and the criterion that this meets."""
    lines: list[tuple[Inline, ...]] = []
    position = main_position(target.party)
    if position is not None:
        dates = span(brief, position.start, position.end, position.end_state)
        post = (*standing(position), Text(f" ({dates})"))
        lines.append(brief.phrase("reasons_post", target=Mention(str(target.party_id)), position=post))
    if target.role.strip():
        lines.append(_bare(sentence(target.role.strip())))
    lines += [_fact(brief, fact) for fact in _telling(brief, target)]
    pleaded = dict.fromkeys(
        brief.with_citation(prong.pleading, regime.code) for _basis, regime, prong in brief.bases(target)
    )
    lines += [brief.compose(text, target=Mention(str(target.party_id))) for text in pleaded]
    if not lines:
        return brief.open_paragraph()
    return (Quote((Paragraph(joined(lines, " ")),)),)


def _telling(brief: Brief, target: Target) -> list[Fact]:
    """The facts that tie the target to the acts, in their order; what proves the acts alone only fills up."""
    found: dict[int, Fact] = {}
    for aspect in _TELLING:
        for basis, regime, _prong in brief.bases(target):
            for element in brief.elements(basis, regime):
                if element.aspect == aspect:
                    for fact in brief.proving_facts(basis, element):
                        if len(found) < _FACTS:
                            found.setdefault(brief.dossier.fact_numbers[fact.id], fact)
    return [found[number] for number in sorted(found)]


def _fact(brief: Brief, fact: Fact) -> tuple[Inline, ...]:
    """A fact as its own paragraph tells it, with the number that leads to its sources."""
    body = _bare(sentence(fact.text.strip()))
    return (*body, Text(" ("), brief.fact_ref(fact), Text(")"), *((Text("."),) if not _ends(body) else ()))


def _bare(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The words without their sources: a statement of reasons carries no footnotes."""
    return tuple(inline for inline in inlines if not isinstance(inline, Cite))


def _ends(inlines: tuple[Inline, ...]) -> bool:
    last = inlines[-1] if inlines else None
    return isinstance(last, Text) and last.text.rstrip().endswith((".", "?", "!", "”"))
