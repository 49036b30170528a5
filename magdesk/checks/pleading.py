"""Whether the paragraphs pleaded fit target and file (C03, C17, C20, C21)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence

from magdesk.checks.scope import Hit, Plea, Scope
from magdesk.checks.tenure import days_of, out_of_office
from magdesk.model.people import LegalBasis, PartyKind, Position, RelationKind, Target
from magdesk.regimes.regime import Prong, Regime


def prongs(scope: Scope) -> Iterator[Hit]:
    """C03: at least one paragraph for each target, and one that exists and can reach it."""
    asked = {row.regime for row in scope.dossier.authorities}
    for target in scope.dossier.targets:
        # Of what is pleaded in another submission, that one tells, and the overview.
        bases = [basis for basis in target.legal_bases if not scope.dossier.part or basis.regime in asked]
        yield from _pleaded(scope, target, bases)
    for target in scope.dossier.unpleaded:
        yield from _pleaded(scope, target, target.legal_bases)
    if not scope.dossier.targets:
        yield Hit(scope.case_place("targets", page="targets"), "no_target")


def _pleaded(scope: Scope, target: Target, bases: Sequence[LegalBasis]) -> Iterator[Hit]:
    asked = {row.regime for row in scope.dossier.authorities}
    judged = {plea.basis.id: plea for plea in scope.pleas_of(target)}
    if not target.legal_bases:
        yield Hit(scope.target_place(target, "legal_bases"))
    for basis in bases:
        words = {"prong": basis.prong, "regime": basis.regime}
        plea = judged.get(basis.id)
        if plea is None:
            regime = scope.law.regimes.get(basis.regime)
            known = [prong.code for prong in regime.prongs] if regime else list(scope.law.regimes)
            variant = "unknown" if regime else "unknown_regime"
            yield Hit(scope.target_place(target, "prong", basis), variant, {**words, "known": ", ".join(known)})
            continue
        if basis.regime not in asked:
            yield Hit(scope.plea_place(plea, "regime"), "not_asked", {**words, "regime": plea.regime.short})
            continue
        if target.party.kind.value not in plea.prong.applies_to:
            kind = scope.label(f"kind_{target.party.kind.value}")
            yield Hit(scope.plea_place(plea, "prong"), "kind", {**words, "kind": kind})
        yield from _kind_of_act(scope, plea)


def _kind_of_act(scope: Scope, plea: Plea) -> Iterator[Hit]:
    place = scope.plea_place(plea, "abuse_type")
    words = {"prong": plea.prong.code, "kind": plea.basis.abuse_type}
    if plea.kind is not None:
        if plea.prong.family not in ("either", plea.kind.family):
            yield Hit(place, "wrong_type", {**words, "kind": plea.kind.title})
    elif plea.basis.abuse_type:
        yield Hit(place, "wrong_type", words)
    elif plea.prong.family and any(element.aspect == "act" for element in plea.prong.elements):
        yield Hit(place, "no_type", words)


def officials(scope: Scope) -> Iterator[Hit]:
    """C17: an official of a foreign government, where only those are reached, and in office when it was done."""
    for plea in scope.pleas:
        if plea.prong.official_only and not any(map(_in_office, plea.target.party.positions)):
            words = {"prong": plea.prong.code, "regime": plea.regime.short}
            yield Hit(scope.target_place(plea.target, "positions"), words=words)
        elif turns_on_office(plea.regime, plea.prong):
            yield from _out_of_office(scope, plea)


def turns_on_office(regime: Regime, prong: Prong) -> bool:
    """Whether a paragraph reaches the target as an official, alone or as one of those whom it names."""
    return prong.official_only or any(
        rule.question == "official" and prong.code in rule.prongs and "no" in rule.answers
        for rule in regime.rules
        if rule.verdict in ("hurdle", "excluded")
    )


def _out_of_office(scope: Scope, plea: Plea) -> Iterator[Hit]:
    """Acts of somebody who was not yet, or no longer, the official that the paragraph needs."""
    serves = any(row.kind is RelationKind.ACTS_FOR for row in plea.target.party.relations)
    if serves and not plea.prong.official_only:
        return
    for incident in out_of_office(scope, plea):
        words = {
            "prong": plea.prong.code,
            "regime": plea.regime.short,
            "incident": incident.title or scope.label("untitled"),
            "date": days_of(incident),
        }
        yield Hit(scope.plea_place(plea, "prong"), "out_of_office", words, mark=str(incident.id))


def _in_office(position: Position) -> bool:
    return position.government and bool(position.title.strip())


def principals(scope: Scope) -> Iterator[Hit]:
    """C20: a derivative paragraph hangs on someone blocked, or recommended before in the same file."""
    order = {target.id: place for place, target in enumerate(scope.dossier.targets)}
    by_key = {target.id: target for target in scope.dossier.targets}
    for plea in scope.pleas:
        if not plea.prong.principal or plea.basis.principal_listing.strip():
            continue
        place = scope.plea_place(plea, "principal_id")
        words = {"prong": plea.prong.code}
        principal = by_key.get(plea.basis.principal_id) if plea.basis.principal_id else None
        if principal is None or plea.prong.principal == "blocked":
            yield Hit(place, "partly" if plea.prong.principal_partly and principal is None else "", words)
            continue
        words["principal"] = scope.party_name(principal.party)
        if principal.id == plea.target.id:
            yield Hit(place, "itself", words)
        elif not _stands_alone(scope, principal, by_key, {plea.target.id}):
            yield Hit(place, "chain", words)
        elif plea.prong.tenure and principal.party.kind is PartyKind.PERSON:
            yield Hit(place, "no_entity", words)
        elif plea.prong.neutral and not _official_under(scope, principal, plea.regime.code):
            yield Hit(place, "no_official", words)
        elif order[principal.id] > order[plea.target.id]:
            yield Hit(place, "order", words)


def _stands_alone(scope: Scope, target: Target, by_key: dict[uuid.UUID, Target], seen: set[uuid.UUID]) -> bool:
    """Whether the chain of principals ends at someone who is pleaded in his own right or blocked already."""
    if target.id in seen:
        return False
    for plea in scope.pleas_by_target.get(target.id, []):
        if not plea.prong.principal or plea.prong.principal_partly or plea.basis.principal_listing.strip():
            return True
        further = by_key.get(plea.basis.principal_id) if plea.basis.principal_id else None
        if further is not None and _stands_alone(scope, further, by_key, seen | {target.id}):
            return True
    return target.already_designated


def _official_under(scope: Scope, target: Target, regime: str) -> bool:
    """Whether the target is pleaded as an official under that regime, through whom alone family is ineligible."""
    pleas = scope.pleas_by_target.get(target.id, [])
    return any(plea.regime.code == regime and plea.prong.official_only for plea in pleas)


def adverse_effects(scope: Scope) -> Iterator[Hit]:
    """C21: the effect on the requesting state, where the authority asks for one."""
    for plea in scope.pleas:
        for element in plea.prong.elements:
            if element.aspect != "effect" or plea.basis.argument.strip() or scope.is_proved(plea, element):
                continue
            words = {"prong": plea.prong.code, "element": f"{element.code} {element.title}"}
            yield Hit(scope.plea_place(plea, "argument"), words=words)
