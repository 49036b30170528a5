"""Which measures of a regime are requested against whom: those chosen, as far as they reach that kind of party."""

from __future__ import annotations

from magdesk.document.blocks import Inline, Text
from magdesk.document.context import Brief, choice_key
from magdesk.model.case import Authority
from magdesk.model.people import Target
from magdesk.regimes.regime import Measure, Regime


def asked_measures(authority: Authority, regime: Regime, target: Target) -> list[Measure]:
    """The measures asked against a target, in the order of the regime."""
    chosen = {code.strip() for code in authority.measures.split(",") if code.strip()}
    return [
        measure
        for measure in regime.measures
        if (not chosen or measure.code in chosen) and target.party.kind.value in measure.applies_to
    ]


def measures_sentence(brief: Brief, authority: Authority, regime: Regime, target: Target) -> tuple[Inline, ...]:
    """``We ask that Dorvan be made subject to an asset freeze and …``; nothing where the regime names no measures."""
    asked = [measure.request.strip().rstrip(".") for measure in asked_measures(authority, regime, target)]
    if not asked:
        return ()
    return brief.phrase("measures_asked", target=brief.subject(target), measures=Text(_listed(brief, asked)))


def _listed(brief: Brief, asked: list[str]) -> str:
    """The measures as a list in words; longer ones are held apart by semicolons."""
    if len(asked) < 2 or not any("," in one for one in asked):
        return brief.listed(asked)
    return f"{'; '.join(asked[:-1])}; {brief.label('and')} {asked[-1]}"


def measures_in_short(brief: Brief, authority: Authority, regime: Regime, target: Target) -> str:
    """The measures as a table has room for them: ``GHR Regulations: asset freeze, travel ban (public)``."""
    named = [measure.title for measure in asked_measures(authority, regime, target)]
    titles = ", ".join((*named[:1], *(title[:1].lower() + title[1:] for title in named[1:])))
    line = f"{regime.short}: {titles}" if titles else regime.short
    if not brief.prints("publicity"):
        return line
    return f"{line} ({brief.label(f'short_{choice_key(authority.publicity)}')})"
