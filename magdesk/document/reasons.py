"""A draft of the reasons that stand beside a name in a list: individual, specific and concrete, fact by fact.

A list is public: only facts that an open source shows are told, and none that speaks of a protected person.
"""

from __future__ import annotations

import uuid
from dataclasses import replace

from magdesk.document.blocks import Block, Cite, Inline, Mention, Paragraph, Quote, Text
from magdesk.document.context import Brief
from magdesk.document.disclosure import is_open
from magdesk.document.names import begins, capital
from magdesk.document.narrative import sentence
from magdesk.document.spans import span, standing
from magdesk.document.tables import joined
from magdesk.dossier.glance import main_position
from magdesk.model.facts import Fact
from magdesk.model.people import Target
from magdesk.model.text import references

_PERSONAL = ("link", "tenure", "knowledge", "support", "benefit", "duty")
_FACTS = 6
_ENOUGH = 3  # with fewer facts on the target's own part, the acts are told too


def target_reasons(brief: Brief, target: Target) -> tuple[Block, ...]:
    """Post, what the target did, and the criterion that this meets."""
    lines: list[tuple[Inline, ...]] = []
    position = main_position(target.party)
    if position is not None:
        dates = span(brief, position.start, position.end, position.end_state)
        lines.append((*standing(position), Text(f" ({dates}).")))
    elif brief.role(target).strip():
        lines.append(_bare(sentence(brief.role(target).strip())))
    lines += [_fact(brief, fact) for fact in _telling(brief, target)]
    pleaded = dict.fromkeys(
        brief.with_citation(prong.pleading, regime.code) for _basis, regime, prong in brief.bases(target)
    )
    lines += [brief.compose(text, target=brief.subject(target)) for text in pleaded]
    if not lines:
        return brief.open_paragraph()
    return (Quote((Paragraph(_standing_alone(brief, joined(lines, " "))),)),)


def _telling(brief: Brief, target: Target) -> list[Fact]:
    """The facts on the target's own part, in their order; where they are few, what it had a part in as well."""
    found: dict[int, Fact] = {}
    for aspects, most in ((_PERSONAL, _FACTS), (("act",), _ENOUGH)):
        for basis, regime, _prong in brief.bases(target):
            for element in brief.elements(basis, regime):
                if element.aspect in aspects:
                    for fact in brief.proving_facts(basis, element):
                        if len(found) < most and _may_be_told(brief, fact):
                            found.setdefault(brief.dossier.fact_numbers[fact.id], fact)
    return [found[number] for number in sorted(found)]


def _may_be_told(brief: Brief, fact: Fact) -> bool:
    named = [found.key for found in references(fact.text) if found.kind == "party"]
    parties = [brief.dossier.parties.get(key) for key in named]
    if any(party is None or party.protected for party in parties):
        return False
    items = [brief.dossier.evidence.get(row.evidence_id) for row in brief.supporting([fact])]
    return any(item is not None and is_open(brief, item) for item in items)


def _fact(brief: Brief, fact: Fact) -> tuple[Inline, ...]:
    """A fact as its own paragraph tells it, with the number that leads to its sources."""
    body = list(_bare(sentence(fact.text.strip())))
    last = body[-1] if body else None
    if isinstance(last, Text):
        body[-1] = replace(last, text=last.text.rstrip().rstrip("."))
    return (*body, Text(" ("), brief.fact_ref(fact), Text(")."))


def _bare(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The words without their sources: a statement of reasons carries no footnotes."""
    return tuple(inline for inline in inlines if not isinstance(inline, Cite))


def _standing_alone(brief: Brief, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The words with every name in full where it comes first: nothing before this paragraph has introduced it."""
    seen: set[str] = set()
    out: list[Inline] = []
    for inline in inlines:
        party = brief.dossier.parties.get(uuid.UUID(inline.party)) if isinstance(inline, Mention) else None
        if not isinstance(inline, Mention) or party is None or inline.party in seen:
            out.append(inline)
            continue
        seen.add(inline.party)
        name = brief.naming.in_sentence(party) if inline.article else brief.naming.prose(party)
        out.append(Text(capital(name) if begins(out) else name))
    return tuple(out)
