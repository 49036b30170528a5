"""What is said of family members: that nothing is alleged against them, where that is true."""

from __future__ import annotations

from collections.abc import Iterable

from magdesk.document.blocks import Block, Inline, Mention, Paragraph, Text
from magdesk.document.context import Brief
from magdesk.document.tables import joined
from magdesk.model.people import Party


def family_note(brief: Brief, relatives: Iterable[Party]) -> tuple[Block, ...]:
    """The sentence on the relatives that were just named.

    Of somebody against whom something is pleaded, in whichever submission, it never says that nothing is alleged; one
    who is recommended here is referred to.
    """
    named = {party.id: party for party in relatives}.values()
    accused = [party for party in named if brief.accused(party)]
    here = [party for party in accused if party.target is not None and brief.recommends(party.target)]
    harmless = [party for party in named if party not in accused]
    parts: list[tuple[Inline, ...]] = []
    if harmless and not accused:
        parts.append((Text(brief.label("family_neutral")),))
    elif harmless:
        parts.append(brief.phrase("family_neutral_some", names=_names(brief, harmless)))
    if here:
        key = "family_accused_one" if len(here) == 1 else "family_accused_many"
        parts.append(brief.phrase(key, names=_names(brief, here)))
    text = joined(parts, " ")
    return (Paragraph(tuple(_italic(text))),) if text else ()


def _names(brief: Brief, parties: list[Party]) -> tuple[Inline, ...]:
    names: list[tuple[Inline, ...]] = [(Mention(str(party.id), article=True),) for party in parties]
    last = names.pop()
    return joined([joined(names, ", "), last], f" {brief.label('and')} ") if names else last


def _italic(inlines: Iterable[Inline]) -> Iterable[Inline]:
    return (Text(inline.text, italic=True) if isinstance(inline, Text) else inline for inline in inlines)
