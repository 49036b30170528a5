"""When a question is asked at all: what each condition of the content files means, over one row of one case."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TypeGuard

from magdesk.guide.screens import Condition, Screen
from magdesk.guide.subjects import GuideView, Subject
from magdesk.model.base import Base
from magdesk.model.evidence import Evidence
from magdesk.model.incidents import Incident
from magdesk.model.people import LegalBasis, Party, PartyKind, Target
from magdesk.regimes.regime import Prong, Regime


def applies(screen: Screen, view: GuideView, subject: Subject) -> bool:
    """Whether the question arises about this row."""
    return all(holds_condition(one, view, subject.row) for one in screen.when)


def holds_condition(condition: Condition, view: GuideView, row: Base) -> bool:
    """Whether a condition holds of a row of the case."""
    return _MEANINGS[condition](view, row)


def _always(_view: GuideView, _row: Base) -> bool:
    return True


def _person(_view: GuideView, row: Base) -> bool:
    """Whoever is asked about is a human being."""
    party = row.party if isinstance(row, Target) else row
    return isinstance(party, Party) and party.kind is PartyKind.PERSON


def _body(view: GuideView, row: Base) -> bool:
    """It is a company, an organisation, or a part of a government or armed group."""
    return isinstance(row, Target) and not _person(view, row)


def _corruption(view: GuideView, row: Base) -> bool:
    """The event is about money; of the whole case: one of its events is."""
    events = (row,) if isinstance(row, Incident) else view.dossier.incidents
    families = view.families
    return any(families.get(kind) == "corruption" for event in events for kind in event.kinds)


def _old_or_many(view: GuideView, row: Base) -> bool:
    """The event is older than a law that is asked for looks back, or too few of its kind are shown for such a law.

    As long as no country is chosen, five years count: most governments look that far.
    """
    if not isinstance(row, Incident):
        return False
    years = min((regime.recency_years for regime in view.regimes if regime.recency_years), default=5)
    last = row.end or row.start
    old = last is not None and last.surely_before(_years_before(view.today, years))
    return old or bool(view.found.get("R02"))


def _years_before(day: date, years: int) -> date:
    leap_day = (2, 29)
    return day.replace(year=day.year - years, day=28 if (day.month, day.day) == leap_day else day.day)


def _hurt(_view: GuideView, row: Base) -> bool:
    """The person was hurt."""
    return isinstance(row, Party) and row.victim is not None


def _speaks(view: GuideView, row: Base) -> bool:
    """The person is a witness, or a statement of theirs is among the evidence."""
    return isinstance(row, Party) and (row.witness is not None or row.id in view.dossier.statements)


def _country_chosen(view: GuideView, _row: Base) -> bool:
    """A government is asked that the program knows the law of."""
    return bool(view.regimes)


def _rule_chosen(view: GuideView, row: Base) -> bool:
    """A rule is relied on against the person; of the whole case: against anybody."""
    return bool(row.legal_bases) if isinstance(row, Target) else bool(view.grounds)


def _depends(view: GuideView, row: Base) -> bool:
    """A rule that is relied on hangs on somebody else."""
    return _is_target(row) and any(prong.principal for _regime, prong in _pleaded(view, row))


def _reach_asked(view: GuideView, row: Base) -> bool:
    """A rule that is relied on reaches only people who are not of the country that is asked."""
    return _is_target(row) and any(prong.foreign_only for _regime, prong in _pleaded(view, row))


def _one_origin(view: GuideView, row: Base) -> bool:
    """Something that the rule asks rests on one source, or a comment says why that is enough."""
    if not isinstance(row, LegalBasis):
        return False
    return bool(view.notes.get(row.id)) or any(one.place.row == row.id for one in view.found.get("C06", ()))


def _family_rule(view: GuideView, row: Base) -> bool:
    """A law that is asked for reaches close family without any allegation."""
    return any(prong.neutral for regime in view.regimes for prong in regime.prongs)


def _other_language(_view: GuideView, row: Base) -> bool:
    """The document is said to be in a language other than English."""
    return isinstance(row, Evidence) and bool(row.language.strip()) and row.language.partition("-")[0] != "en"


def _web_page(_view: GuideView, row: Base) -> bool:
    """The document was found at an address of the web."""
    return isinstance(row, Evidence) and bool(row.url.strip())


def _is_target(row: Base) -> TypeGuard[Target]:
    return isinstance(row, Target)


def _pleaded(view: GuideView, only: Target | None = None) -> Iterator[tuple[Regime, Prong]]:
    """The rules that are relied on, with their laws."""
    for target, basis in view.grounds:
        regime = view.law.regimes.get(basis.regime)
        prong = regime.prong(basis.prong) if regime is not None else None
        if regime is not None and prong is not None and only in (None, target):
            yield regime, prong


_MEANINGS: Mapping[Condition, Callable[[GuideView, Base], bool]] = {
    Condition.ALWAYS: _always,
    Condition.PERSON: _person,
    Condition.BODY: _body,
    Condition.CORRUPTION: _corruption,
    Condition.OLD_OR_MANY: _old_or_many,
    Condition.HURT: _hurt,
    Condition.SPEAKS: _speaks,
    Condition.COUNTRY_CHOSEN: _country_chosen,
    Condition.RULE_CHOSEN: _rule_chosen,
    Condition.DEPENDS_ON_ANOTHER: _depends,
    Condition.REACH_ASKED: _reach_asked,
    Condition.ONE_ORIGIN: _one_origin,
    Condition.FAMILY_RULE: _family_rule,
    Condition.OTHER_LANGUAGE: _other_language,
    Condition.WEB_PAGE: _web_page,
}
