"""What shows one side of the case against a target, e.g. seriousness or knowledge: the elements of some aspects."""

from __future__ import annotations

from dataclasses import dataclass, field

from magdesk.document.blocks import Block, Paragraph, Text
from magdesk.document.citing import pinpoints
from magdesk.document.context import Brief
from magdesk.document.narrative import narrative
from magdesk.model.facts import Fact
from magdesk.model.people import Target

_OF_THE_ACT = ("knowledge", "duty", "effect")  # told by an act's own elements, these are no side of the ground


@dataclass(slots=True)
class _Shown:
    """One element, whatever grounds it belongs to: its facts, and what the drafters say of it."""

    facts: dict[int, Fact] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def target_elements(brief: Brief, target: Target, aspects: tuple[str, ...], level: int) -> tuple[Block, ...]:
    """The elements of these aspects with the facts that show them; nothing when no ground has such an element."""
    out: list[Block] = []
    for title, shown in _elements(brief, target, aspects).items():
        for note in shown.notes:
            out += narrative(note, level=level)
        facts = list(shown.facts.values())
        if facts:
            exhibits = pinpoints(brief, brief.supporting(facts))
            words = brief.phrase("element_shown", facts=brief.fact_refs(facts), exhibits=exhibits)
            out.append(Paragraph((Text(f"{title}. ", bold=True), *words)))
        elif brief.options.draft:
            out.append(Paragraph((Text(f"{title}. ", bold=True), Text(brief.label("no_fact"), italic=True))))
    return tuple(out)


def _elements(brief: Brief, target: Target, aspects: tuple[str, ...]) -> dict[str, _Shown]:
    """The elements by title: two grounds that ask the same thing are answered once."""
    written = {(row.legal_basis_id, row.element): row.text for row in brief.dossier.element_notes}
    found: dict[str, _Shown] = {}
    for basis, regime, prong in brief.bases(target):
        own = {element.code for element in prong.elements}
        for element in brief.elements(basis, regime):
            if element.aspect not in aspects or (element.code not in own and element.aspect in _OF_THE_ACT):
                continue
            facts = brief.proving_facts(basis, element)
            note = written.get((basis.id, element.code), "").strip()
            if not facts and not note and not element.required:
                continue
            shown = found.setdefault(element.title, _Shown())
            shown.facts.update({brief.dossier.fact_numbers[fact.id]: fact for fact in facts})
            if note and note not in shown.notes:
                shown.notes.append(note)
    for shown in found.values():
        shown.facts = dict(sorted(shown.facts.items()))
    return found
