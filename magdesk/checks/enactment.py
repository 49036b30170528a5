"""Whether the law that is cited is the law in force (C18, C38)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from magdesk.checks.finding import Place
from magdesk.checks.scope import Hit, Scope
from magdesk.regimes.enacted import fiscal_year, newest_act, take_apart
from magdesk.regimes.regime import Regime

_CITATION_AGE = timedelta(days=365)
_NEAR = timedelta(days=60)


def yearly_citation(scope: Scope) -> Iterator[Hit]:
    """C18: the act in force on the day of filing, cited as what it is, confirmed within twelve months."""
    for row, regime in scope.authorities:
        if not regime.yearly_citation:
            continue
        words = {"regime": regime.short}
        own = scope.row_place("overview", "authority", row, "citation", regime=regime.short)
        if not row.citation.strip():
            yield Hit(own, words=words)
            continue
        place = scope.row_place("overview", "authority", row, "citation_confirmed_on", regime=regime.short)
        confirmed = row.citation_confirmed_on
        if confirmed is None or confirmed > scope.today:
            yield Hit(place, "unconfirmed", words)
        elif scope.today - confirmed > _CITATION_AGE:
            yield Hit(place, "stale", {**words, "date": confirmed.isoformat()})
        yield from _act_in_force(scope, own, regime, row.citation)


def _act_in_force(scope: Scope, place: Place, regime: Regime, citation: str) -> Iterator[Hit]:
    found, filing = take_apart(citation, regime), fiscal_year(scope.filing_day)
    newest = newest_act(regime, scope.filing_day)
    words = {"regime": regime.short, "filing": str(filing), "newest": newest.text if newest else ""}
    if found.act is None:
        latest = max(found.years, default=0)
        if found.carrier_as_act is not None:
            yield Hit(place, "no_act", {**words, "law": found.carrier_as_act.law})
        elif latest and latest < (newest.year if newest else filing - 1):
            yield Hit(place, "old_year", {**words, "year": str(latest)})
        elif not latest:
            yield Hit(place, "unknown", words)
        return
    words["act"] = found.act.text
    if found.wrong:
        yield Hit(place, "wrong", {**words, "wrong": ", ".join(found.wrong)})
    if newest is not None and found.act.year < newest.year:
        yield Hit(place, "old_year", {**words, "year": str(found.act.year)})
        return
    misplaced = [law for law in found.carriers if law.carries and law.carries != found.act.label]
    if misplaced:
        carried = next(act.text for act in regime.citations if act.label == misplaced[0].carries)
        yield Hit(place, "carrier", {**words, "law": misplaced[0].law, "carried": carried})
    if found.act.year < filing and not found.carrying:
        yield Hit(place, "not_carried", {**words, "year": str(found.act.year)})


def authority_status(scope: Scope) -> Iterator[Hit]:
    """C38: the authority is in force on the day of filing, and someone checked this year where it must be renewed."""
    verified = scope.dossier.case.order_status_verified_on
    for row, regime in scope.authorities:
        if regime.yearly_status and (verified is None or verified.year != scope.today.year):
            place = scope.case_place("order_status_verified_on")
            words = {"regime": regime.title, "year": str(scope.today.year)}
            yield Hit(place, words=words, mark=regime.code)
        place = scope.row_place("overview", "authority", row, "regime", regime=regime.short)
        yield from _expiry(scope, place, regime)


def _expiry(scope: Scope, place: Place, regime: Regime) -> Iterator[Hit]:
    until = regime.in_force_until
    if until is not None and not regime.yearly_citation:  # of a yearly act C18 tells, by its year
        day = max(scope.today, scope.filing_day)
        words = {"regime": regime.title, "until": until.isoformat(), "day": day.isoformat()}
        if day > until:
            yield Hit(place, "ended", words)
        elif until - day <= _NEAR:
            yield Hit(place, "ends", words)
    if scope.today > regime.next_look:
        words = {"regime": regime.title, "look": regime.next_look.isoformat(), "as_of": regime.as_of.isoformat()}
        yield Hit(place, "look", words)
