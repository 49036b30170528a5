"""What one law asks of a ground and another does not (R01 to R13). What it asks stands in the regime files."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator

from magdesk.checks.finding import Place
from magdesk.checks.scope import Hit, Plea, Scope
from magdesk.model.case import Authority
from magdesk.model.evidence import SourceType
from magdesk.model.incidents import Incident, Mode, Participation
from magdesk.model.people import FAMILY, Party, RelationKind, Target, VictimStatus
from magdesk.regimes.proving import mode_code
from magdesk.regimes.regime import Element, Regime, SuitabilityRule

_SCALE_INCIDENTS = 2
# Sources that speak of a practice, not of one act.
_ON_PATTERNS = frozenset({
    SourceType.UN_DOCUMENT, SourceType.NGO_REPORT, SourceType.US_REPORT, SourceType.ACADEMIC,
    SourceType.EXPERT_REPORT,
})  # fmt: skip
# What a paragraph may ask as the mode does. To be an official (status) is not yet to be in control.
_SHARED = frozenset({"act", "knowledge", "duty"})
_TIED = frozenset({RelationKind.CONTROLS, RelationKind.ACTS_FOR, RelationKind.MEMBER_OF, RelationKind.PART_OF})


def victims(scope: Scope) -> Iterator[Hit]:
    """R01: a victim who was attacked for what the law protects, where it protects only such victims."""
    for plea in scope.pleas:
        if not plea.prong.victim_status:
            continue
        harmed = [harm.party for incident in scope.incidents_of(plea) for harm in incident.harms]
        statuses = {party.victim.status for party in harmed if party.victim is not None}
        words = {"prong": plea.prong.code, "regime": plea.regime.short}
        if not harmed:
            yield Hit(scope.plea_place(plea, "prong"), "nobody", words)
        elif not statuses - {VictimStatus.NONE_KNOWN}:
            yield Hit(scope.plea_place(plea, "prong"), words=words)


def scale(scope: Scope) -> Iterator[Hit]:
    """R02: more than one incident, or a source on the pattern, where the acts must be of a scale."""
    for plea in scope.pleas:
        if not plea.prong.scale:
            continue
        asked = [element for element in plea.prong.elements if element.aspect == "scale"]
        facts = [fact for element in asked for fact in scope.proving_facts(plea, element)]
        if asked and not facts:
            continue  # That nothing proves it is C04's business.
        told = {scope.gists[fact.id].incident_id for fact in facts} - {None}
        if not asked:
            told = {incident.id for incident in scope.incidents_of(plea)}
        sources = (item for fact in facts for item in scope.supporting(fact.citations))
        if len(told) < _SCALE_INCIDENTS and not any(item.source_type in _ON_PATTERNS for item in sources):
            words = {"prong": plea.prong.code, "regime": plea.regime.short}
            yield Hit(scope.plea_place(plea, "prong"), words=words)


def open_sources(scope: Scope) -> Iterator[Hit]:
    """R03: each element rests on something that can be shown openly, where the law's officials ask for it."""
    for plea in scope.pleas:
        if not plea.regime.open_source:
            continue
        for element in plea.elements:
            gists = [scope.gists[fact.id] for fact in scope.proving_facts(plea, element)]
            sourced = any(gist.roots for gist in gists)
            if element.required and sourced and not any(gist.openly for gist in gists):
                words = {"element": f"{element.code} {element.title}", "regime": plea.regime.short}
                yield Hit(scope.plea_place(plea, element.code, page="facts"), words=words)


def abroad(scope: Scope) -> Iterator[Hit]:
    """R05: conduct outside the country whose law it is, where the law reaches only that."""
    for plea in scope.pleas:
        incidents = scope.incidents_of(plea) if plea.prong.abroad else ()
        if not incidents:
            continue
        home = {name.casefold() for name in plea.regime.home_names}
        countries = [incident.country.strip() for incident in incidents]
        words = {"prong": plea.prong.code, "country": plea.regime.jurisdiction}
        if all(name.casefold() in home for name in countries if name):
            yield Hit(scope.plea_place(plea, "prong"), "" if all(countries) else "unknown", words)


def reach(scope: Scope) -> Iterator[Hit]:
    """R06: the pleaded type is one that the paragraph reaches."""
    for plea in scope.pleas:
        kind = plea.kind
        if kind is None or plea.prong.reaches(kind) or plea.prong.family not in ("either", kind.family):
            continue
        reached = [other.title for other in plea.regime.abuse_types if plea.prong.reaches(other)]
        words = {
            "kind": kind.title,
            "prong": plea.prong.code,
            "regime": plea.regime.short,
            "reached": "; ".join(reached),
        }
        yield Hit(scope.plea_place(plea, "abuse_type"), words=words)


def wording(scope: Scope) -> Iterator[Hit]:
    """R07: a lawyer has read in the official text what we know at second hand only."""
    pleaded = dict.fromkeys((plea.regime.code, plea.prong.code) for plea in scope.pleas)
    for row, regime in scope.authorities:
        for code, prong_code in pleaded:
            prong = regime.prong(prong_code) if code == regime.code else None
            if prong is not None and prong.provenance.verify:
                words = {
                    "prong": prong.citation or prong.code,
                    "title": prong.title,
                    "source": prong.provenance.source,
                }
                yield Hit(_authority_place(scope, row, regime), words=words, mark=prong.code)
        for statement in regime.to_verify:
            # By its words: once they change, what was confirmed of the old ones says nothing.
            mark = hashlib.sha256(statement.encode()).hexdigest()[:8]
            yield Hit(_authority_place(scope, row, regime), "statement", {"statement": statement}, mark=mark)


def _authority_place(scope: Scope, row: Authority, regime: Regime) -> Place:
    return scope.row_place("overview", "authority", row, "regime", regime=regime.short)


def knowledge(scope: Scope) -> Iterator[Hit]:
    """R08: a fact of its own for what the target knew."""
    for plea in scope.pleas:
        # What an act of this kind has of intention belongs to the act; what the target knew is the paragraph's own.
        asked = [element for element in plea.prong.elements if element.aspect == "knowledge" and element.required]
        if not asked:
            continue
        others = [element for element in plea.elements if element.aspect != "knowledge"]
        elsewhere = {fact.id for element in others for fact in scope.proving_facts(plea, element)}
        for element in asked:
            facts = scope.proving_facts(plea, element)
            if facts and all(fact.id in elsewhere for fact in facts):
                words = {"element": f"{element.code} {element.title}", "prong": plea.prong.code}
                yield Hit(scope.plea_place(plea, element.code, page="facts"), words=words)


def measures(scope: Scope) -> Iterator[Hit]:
    """R09: the measures asked for can be taken against those against whom they are asked."""
    for row, regime in scope.authorities:
        codes = [code.strip() for code in row.measures.split(",") if code.strip()]
        place = scope.row_place("overview", "authority", row, "measures", regime=regime.short)
        for code in codes:
            if regime.measure(code) is None:
                yield Hit(place, "unknown", {"measure": code, "regime": regime.short}, mark=code)
        asked = [measure for measure in regime.measures if not codes or measure.code in codes]
        targets = {plea.target.id: plea.target for plea in scope.pleas if plea.regime is regime}
        kinds = {target.party.kind.value for target in targets.values()}
        for measure in asked:
            if codes and kinds and not kinds & set(measure.applies_to):
                yield Hit(place, words={"measure": measure.title, "regime": regime.short}, mark=measure.code)
        for target in targets.values():
            kind = target.party.kind.value
            if asked and not any(kind in measure.applies_to for measure in asked):
                words = {"regime": regime.short, "kind": scope.label(f"kind_{kind}")}
                yield Hit(scope.target_place(target, "request"), "nothing", words, mark=regime.code)


def modes(scope: Scope) -> Iterator[Hit]:
    """R10: command rests on control, knowledge and failure to act; ownership on half of the shares."""
    yield from _command(scope)
    yield from _ownership(scope)


def _command(scope: Scope) -> Iterator[Hit]:
    command = scope.law.modes.get(Mode.COMMAND.value)
    if command is None:
        return
    for plea in scope.pleas:
        # A paragraph on leaders asks for position and tenure alone; one on support for no tie to the act.
        if plea.prong.tenure or not any(element.aspect == "link" for element in plea.prong.elements):
            continue
        if not any(_commanded(plea, *taken) for taken in scope.participations.get(plea.target.id, ())):
            continue
        missing = [
            needed for needed in command.elements if not _shown(scope, plea, needed, mode_code(command, needed))
        ]
        if missing:
            place = scope.plea_place(plea, Mode.COMMAND.value, page="facts")
            yield Hit(place, words={"elements": "; ".join(f"{needed.code} {needed.title}" for needed in missing)})


def _commanded(plea: Plea, incident: Incident, part: Participation) -> bool:
    """Whether the target answers as a commander for an act of the kind that is pleaded."""
    return part.mode is Mode.COMMAND and (plea.kind is None or not incident.kinds or plea.kind.code in incident.kinds)


def _shown(scope: Scope, plea: Plea, needed: Element, code: str) -> bool:
    """Whether a fact shows what a mode needs.

    It may be linked to it on any ground of the same act against the target, or to an element of this paragraph that
    asks the same.
    """
    for other in scope.pleas_by_target[plea.target.id]:
        if other.basis.abuse_type == plea.basis.abuse_type and scope.dossier.proofs.get((other.basis.id, code)):
            return True
    same = [own for own in plea.prong.elements if own.aspect == needed.aspect and needed.aspect in _SHARED]
    return any(scope.is_proved(plea, own) for own in same)


def _ownership(scope: Scope) -> Iterator[Hit]:
    by_key = {target.id: target for target in scope.dossier.targets}
    for plea in scope.pleas:
        if not any(element.aspect == "relation" for element in plea.prong.elements) or plea.prong.neutral:
            continue
        owned = plea.target.party
        owners = [by_key[plea.basis.principal_id].party] if plea.basis.principal_id in by_key else []
        owners = owners or [target.party for target in scope.dossier.targets if target.id != plea.target.id]
        shares = [row for owner in owners for row in owner.relations
                  if row.other_id == owned.id and row.kind is RelationKind.OWNS]  # fmt: skip
        if not shares or any(_tied(owner, owned) for owner in owners):
            continue
        known = [row.percent for row in shares if row.percent is not None]
        words = {
            "prong": plea.prong.code,
            "share": f"{sum(known):g}",
            "enough": scope.label(f"owned_{plea.regime.ownership}"),
        }
        if len(known) < len(shares) and not plea.regime.owns(sum(known)):
            yield Hit(scope.plea_place(plea, "prong"), "share", words)
        elif not plea.regime.owns(sum(known)):
            yield Hit(scope.plea_place(plea, "prong"), "owned", words)


def _tied(one: Party, other: Party) -> bool:
    """Whether more than a share ties two parties."""
    rows = [row for row in one.relations if row.other_id == other.id]
    rows += [row for row in other.relations if row.other_id == one.id]
    return any(row.kind in _TIED for row in rows)


def listings(scope: Scope) -> Iterator[Hit]:
    """R11: a listing elsewhere that this law gives weight to."""
    for target, regime in _pleaded_under(scope):
        rule = _rule(regime, "listed_elsewhere", "supports")
        if rule is None:
            continue
        for row in scope.dossier.other_sanctions:
            home = {name.casefold() for name in (*regime.home_names, regime.jurisdiction)}
            if (
                not row.listed
                or row.target_id not in (None, target.id)
                or row.jurisdiction.strip().casefold() in home
            ):
                continue
            bare = not row.reference.strip() or row.listed_on is None
            place = scope.row_place("accountability", "sanction", row, "reference", title=row.jurisdiction)
            words = {
                "target": scope.party_name(target.party), "where": row.jurisdiction, "rule": rule.sentence,
                "regime": regime.short,
            }  # fmt: skip
            yield Hit(place, "bare" if bare else "", words, mark=f"{regime.code} {target.id}")


def kinship(scope: Scope) -> Iterator[Hit]:
    """R12: more than a family tie, where the law has no ground for family as such."""
    for plea in scope.pleas:
        rule = _rule(plea.regime, "family", "hurdle", plea.prong.code)
        family = _relatives(scope, plea.target) if rule is not None and not plea.prong.neutral else []
        if rule is None or not family:
            continue
        own_acts = [element for element in plea.elements if element.aspect in ("act", "support", "benefit")]
        involved = scope.participations.get(plea.target.id) or any(
            scope.proving_facts(plea, element) for element in own_acts if element.aspect != "act"
        )
        if not involved:
            relatives = ", ".join(scope.party_name(party) for party in family)
            words = {"rule": rule.sentence, "relatives": relatives, "regime": plea.regime.short}
            yield Hit(scope.plea_place(plea, "prong"), "verify" if rule.provenance.verify else "", words)


def _relatives(scope: Scope, target: Target) -> list[Party]:
    """The other targets to whom nothing but family ties this one."""
    found = []
    for other in scope.dossier.targets:
        kinds = {row.kind for row in target.party.relations if row.other_id == other.party_id}
        kinds |= {row.kind for row in other.party.relations if row.other_id == target.party_id}
        if other.id != target.id and kinds and kinds <= FAMILY:
            found.append(other.party)
    return found


def rank_alone(scope: Scope) -> Iterator[Hit]:
    """R13: more than a leading position, where the law asks for responsibility."""
    for plea in scope.pleas:
        if plea.prong.tenure or plea.prong.principal or plea.prong.neutral:
            continue
        taken = scope.participations.get(plea.target.id, ())
        asked = any(element.aspect == "link" for element in plea.prong.elements)
        if asked and taken and all(part.mode is Mode.STATUS for _incident, part in taken):
            words = {"prong": plea.prong.code, "regime": plea.regime.short}
            yield Hit(scope.plea_place(plea, "prong"), words=words)


def _pleaded_under(scope: Scope) -> Iterator[tuple[Target, Regime]]:
    """Each target with each authority that it is pleaded under, once."""
    seen: set[tuple[uuid.UUID, str]] = set()
    for plea in scope.pleas:
        if (plea.target.id, plea.regime.code) not in seen:
            seen.add((plea.target.id, plea.regime.code))
            yield plea.target, plea.regime


def _rule(regime: Regime, question: str, verdict: str, prong: str = "") -> SuitabilityRule | None:
    """The rule for the answer yes, if the regime has one."""
    for rule in regime.rules:
        fits = rule.question == question and rule.verdict == verdict and "yes" in rule.answers
        if fits and (not rule.prongs or not prong or prong in rule.prongs):
            return rule
    return None
