"""Whether each authority can reach a person of that nationality (C16)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from magdesk.checks.scope import Hit, Plea, Scope
from magdesk.model.people import IdentifierKind, Target
from magdesk.regimes.regime import Regime, SuitabilityRule

_QUESTION = "foreign"  # the question of suitability whose rules say what a law makes of its own nationals
_ONLY, _BOTH = "national_only", "dual"


def foreign_person(scope: Scope) -> Iterator[Hit]:
    """C16: a foreign person, where the paragraph reaches only those; each authority by its own law."""
    for target in scope.dossier.targets:
        pleas = scope.pleas_by_target.get(target.id, [])
        foreign = [plea for plea in pleas if plea.prong.foreign_only]
        if foreign and not target.foreign_person_basis.strip():
            yield Hit(scope.target_place(target, "foreign_person_basis"), words={"prongs": _prongs(foreign)})
        for regime in dict.fromkeys(plea.regime.code for plea in pleas):
            yield from _own_national(scope, target, [plea for plea in pleas if plea.regime.code == regime])


def _own_national(scope: Scope, target: Target, pleas: Sequence[Plea]) -> Iterator[Hit]:
    """What one law makes of a national of its own state."""
    regime = pleas[0].regime
    answer = _answer(target, regime)
    if not answer:
        return
    place = scope.target_place(target, "identifiers")
    shut: dict[str, list[Plea]] = {}
    doubtful: dict[str, list[Plea]] = {}
    for plea in pleas:
        rule = _rule(plea, answer)
        if rule is not None and rule.verdict == "excluded":
            shut.setdefault(rule.sentence, []).append(plea)
        elif answer == _ONLY and plea.prong.foreign_only:
            shut.setdefault("", []).append(plea)
        elif rule is not None and rule.verdict == "hurdle":
            doubtful.setdefault(rule.sentence, []).append(plea)
    for variant, found in (("home" if answer == _ONLY else "dual", shut), ("doubtful", doubtful)):
        for sentence, stopped in found.items():
            words = {
                "prongs": _prongs(stopped), "regime": regime.short, "country": regime.jurisdiction, "rule": sentence,
            }  # fmt: skip
            mark = "+".join((regime.code, *(plea.prong.code for plea in stopped)))
            yield Hit(place, variant, {key: word.strip() for key, word in words.items()}, mark=mark)


def _answer(target: Target, regime: Regime) -> str:
    """Whether the target is a national of the state that is asked, alone or beside another."""
    home = {name.casefold() for name in regime.home_names}
    nationalities = [
        found
        for row in target.party.identifiers
        if row.kind is IdentifierKind.NATIONALITY
        and (found := {text.strip().casefold() for text in (row.value, row.country) if text.strip()})
    ]
    own = [found for found in nationalities if found & home]
    if not own:
        return ""
    return _ONLY if len(own) == len(nationalities) else _BOTH


def _rule(plea: Plea, answer: str) -> SuitabilityRule | None:
    """What the law says of such a national: what excludes comes before what only makes it harder."""
    rules = [
        rule
        for rule in plea.regime.rules
        if rule.question == _QUESTION and answer in rule.answers and _names(rule, plea)
    ]
    return next((rule for rule in rules if rule.verdict == "excluded"), rules[0] if rules else None)


def _names(rule: SuitabilityRule, plea: Plea) -> bool:
    return not rule.prongs or plea.prong.code in rule.prongs


def _prongs(pleas: Sequence[Plea]) -> str:
    return ", ".join(dict.fromkeys(plea.prong.code for plea in pleas))
