"""Why a measure serves the national interest, argument by argument, and what else it would do."""

from __future__ import annotations

from magdesk.document.adverse import cite_last
from magdesk.document.blocks import Block, Cite, Heading, Mention, Paragraph, Text
from magdesk.document.context import Brief
from magdesk.document.narrative import narrative
from magdesk.model.drafting import InterestArgument
from magdesk.regimes.regime import InterestChoice


def interest(brief: Brief, level: int) -> tuple[Block, ...]:
    """The arguments in the user's order, then side effects."""
    out: list[Block] = []
    for argument in brief.dossier.interest_arguments:
        body = narrative(argument.text, level=level + 1) or brief.open_paragraph()
        if not body:
            continue
        choice = interest_choice(brief, argument)
        if choice is not None:
            out.append(Heading(level + 1, (Text(choice.title),), interest_anchor(argument)))
        if argument.target is not None and len(brief.dossier.targets) > 1:
            about = brief.phrase("interest_about", target=Mention(str(argument.target.party_id), article=True))
            out.append(Paragraph(about, keep_with_next=True))
        out += cite_last(body, Cite(row=str(argument.id))) if argument.citations else body
    effects = brief.dossier.case.side_effects
    if effects.strip():
        out.append(Heading(level + 1, (Text(brief.label("side_effects")),), "side-effects"))
        out += narrative(effects, level=level + 1)
    return tuple(out)


def interest_choice(brief: Brief, argument: InterestArgument) -> InterestChoice | None:
    """The entry of the menu that an argument belongs to."""
    menus = [regime.interest for _row, regime in brief.authorities]
    return next((choice for menu in menus for choice in menu if choice.code == argument.code), None)


def interest_anchor(argument: InterestArgument) -> str:
    """The anchor of one argument."""
    return f"interest-{argument.id}"
