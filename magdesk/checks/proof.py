"""Whether the graph from sources to elements holds (C04 to C08, C60)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from operator import attrgetter

from magdesk.checks.carrying import Carrying
from magdesk.checks.finding import Place
from magdesk.checks.scope import Hit, Plea, Scope
from magdesk.model.facts import Fact, PinpointKind
from magdesk.model.incidents import Incident
from magdesk.regimes.regime import Element, Regime

_SOURCES_PER_TARGET = 3
_TYPES_PER_TARGET = 2
_WEAK_WAYS = {Carrying.NOTHING: "weak", Carrying.HEARD: "heard"}


def elements(scope: Scope) -> Iterator[Hit]:
    """C04: every element is linked to a fact; of a group of alternatives, one."""
    for plea in scope.pleas:
        met_groups = {element.group for element in plea.elements if element.group and scope.is_proved(plea, element)}
        told_groups: set[str] = set()
        for element in plea.elements:
            if not _asked(plea, element) or element.group in met_groups or scope.is_proved(plea, element):
                continue
            place = scope.plea_place(plea, element.code, page="facts")
            if not element.group:
                yield _unproved(scope, plea, element, place)
            elif element.group not in told_groups:
                told_groups.add(element.group)
                group = [other.title for other in plea.elements if other.group == element.group]
                yield Hit(place, "group", {**_words(scope, plea, element), "elements": "; ".join(group)})


def _unproved(scope: Scope, plea: Plea, element: Element, place: Place) -> Hit:
    """What is missing; where the same act is pleaded under another paragraph, the facts that prove it there."""
    words = _words(scope, plea, element)
    if plea.kind is not None and element in plea.kind.elements:
        for other in scope.pleas_by_target[plea.target.id]:
            if other is not plea and other.kind is not None and other.kind.code == plea.kind.code:
                found = sorted({scope.dossier.fact_numbers[fact.id] for fact in scope.proving_facts(other, element)})
                if found:
                    told = ", ".join(str(number) for number in found)
                    return Hit(place, "elsewhere", {**words, "facts": told, "other": other.prong.code})
    return Hit(place, words=words)


def facts(scope: Scope) -> Iterator[Hit]:
    """C05: every fact has a supporting source with a pinpoint."""
    if not scope.dossier.facts:
        yield Hit(scope.case_place("facts", page="facts"), "none")
    unsourced = scope.memory.each("C05", scope.dossier.facts_by_key, _unsourced)
    for key, found in unsourced.items():
        for name, row, variant in found:
            label = scope.fact_label(key)
            yield Hit(Place("facts", row, name, label), variant, {"number": str(scope.dossier.fact_numbers[key])})


def _unsourced(fact: Fact) -> tuple[tuple[str, uuid.UUID, str], ...]:
    """What a fact lacks: the field, the row, the way of lacking it."""
    lacks = []
    supporting = [row for row in fact.citations if row.stance.supports]
    if not fact.text.strip():
        lacks.append(("text", fact.id, "empty"))
    if not supporting:
        lacks.append(("citations", fact.id, ""))
    vague = (row for row in supporting if row.pinpoint_kind is not PinpointKind.WHOLE and not row.pinpoint.strip())
    lacks += [("pinpoint", row.id, "pinpoint") for row in vague]
    return tuple(lacks)


def independence(scope: Scope) -> Iterator[Hit]:
    """C06: every element rests on two independent sources, one of which can carry it; one alone needs a comment."""
    for plea in scope.pleas:
        for element in plea.elements:
            # Without a fact or a source the element is C04's or C05's business.
            sources = len(scope.roots_of(plea, element)) if element.required else 0
            carried = scope.carried_of(plea, element)
            if sources and carried is not Carrying.FULL:
                place = scope.plea_place(plea, element.code, page="facts")
                yield Hit(place, _WEAK_WAYS[carried], _words(scope, plea, element))
            if not 0 < sources < element.roots_needed:
                continue
            commented = bool(scope.notes.get((plea.basis.id, element.code)))
            place = scope.plea_place(plea, element.code, page="facts")
            yield Hit(place, "" if commented else "uncommented", _words(scope, plea, element))


def single_witness(scope: Scope) -> Iterator[Hit]:
    """C60: what is pleaded does not rest on the word of one person alone."""
    dossier = scope.dossier
    pleaded = {plea.basis.id for plea in scope.pleas if not plea.prong.neutral}
    for key, gist in scope.gists.items():
        (root, *others) = gist.roots or (None,)
        if root is None or others or not any(basis in pleaded for basis, _element in gist.links):
            continue
        speaker = dossier.speaker_of(dossier.evidence[root])
        if speaker is not None:
            yield Hit(
                scope.fact_place(dossier.facts_by_key[key], "citations"), words={"name": scope.party_name(speaker)}
            )


def breadth(scope: Scope) -> Iterator[Hit]:
    """C07: every target rests on three independent sources of two types, one of them able to carry an accusation."""
    kinds = scope.memory.each("source type", scope.dossier.evidence, attrgetter("source_type"))
    for target in scope.dossier.targets:
        if not scope.accused(target):
            continue
        pleas = scope.pleas_by_target.get(target.id, [])
        links = ((plea.basis.id, element.code) for plea in pleas for element in plea.elements)
        shown = [link for link in links if link in scope.link_roots]
        roots = set().union(*(scope.link_roots[link] for link in shown))
        carried = max((scope.link_carrying[link] for link in shown), default=Carrying.NOTHING)
        for _incident, part in scope.participations.get(target.id, []):
            roots |= scope.roots(part.citations)
            carried = max(carried, scope.carried(part.citations))
        types = {kinds[key] for key in roots}
        words = {"sources": str(len(roots)), "types": str(len(types))}
        if roots and carried is not Carrying.FULL:
            yield Hit(scope.target_place(target, "legal_bases"), _WEAK_WAYS[carried], words)
        if len(roots) < _SOURCES_PER_TARGET:
            yield Hit(scope.target_place(target, "legal_bases"), words=words)
        elif len(types) < _TYPES_PER_TARGET:
            yield Hit(scope.target_place(target, "legal_bases"), "types", words)


def recency(scope: Scope) -> Iterator[Hit]:
    """C08: acts within the years that practice looks at, or a reason why they still count."""
    for incident in scope.dossier.incidents:
        place = scope.incident_place(incident, "start")
        if incident.start is None and incident.end is None:
            if not scope.searched(incident.id, "start"):
                yield Hit(place, "undated")
            continue
        last = incident.end or incident.start
        assert last is not None
        limits = [regime for regime in _judging(scope, incident) if regime.recency_years]
        if not limits or incident.old_justification.strip():
            continue
        strictest = min(limits, key=lambda regime: regime.recency_years)
        years, warning = strictest.recency_years, strictest.recency_warning_years
        words = {"date": last.display(), "years": str(years)}
        place = scope.incident_place(incident, "old_justification")
        if last.surely_before(years_before(scope.filing_day, years)):
            yield Hit(place, words=words)
        elif warning and last.surely_before(years_before(scope.filing_day, warning)):
            yield Hit(place, "soon", words)


def _judging(scope: Scope, incident: Incident) -> list[Regime]:
    """The authorities before which an incident is told; all of them while it is pleaded before none."""
    told = scope.told_before.get(incident.id, frozenset())
    return [regime for _row, regime in scope.authorities if not told or regime.code in told]


def years_before(day: date, years: int) -> date:
    """The same day some years earlier; 28 February for a leap day that year does not have."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _asked(plea: Plea, element: Element) -> bool:
    """Whether a fact must be linked: a named principal is its own proof."""
    named = plea.basis.principal_id is not None or bool(plea.basis.principal_listing.strip())
    return element.required and not (element.aspect == "principal" and named)


def _words(scope: Scope, plea: Plea, element: Element) -> dict[str, str]:
    return {
        "element": f"{element.code} {element.title}",
        "prong": plea.prong.code,
        "target": scope.party_name(plea.target.party),
    }
