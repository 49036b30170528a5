"""Which rows of a table belong to what a screen is asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import chain

from magdesk.dossier.dossier import Dossier
from magdesk.guide.subjects import GuideView
from magdesk.model.base import Base
from magdesk.model.case import Authority
from magdesk.model.drafting import AdverseItem
from magdesk.model.evidence import Evidence
from magdesk.model.facts import Fact
from magdesk.model.incidents import Incident
from magdesk.model.people import LegalBasis, Party, Target

FoundRows = Iterable[Base]


def _targets(dossier: Dossier) -> Iterable[Party]:
    return (target.party for target in dossier.targets)


_CASE: Mapping[str, Callable[[Dossier], FoundRows]] = {
    "Case": lambda case: (case.case,),
    "Fact": lambda case: case.facts,
    "Citation": lambda case: chain.from_iterable(fact.citations for fact in case.facts),
    "Proof": lambda case: chain.from_iterable(fact.proofs for fact in case.facts),
    "Party": _targets,
    "Target": lambda case: case.targets,
    "Name": lambda case: chain.from_iterable(party.names for party in _targets(case)),
    "Position": lambda case: chain.from_iterable(party.positions for party in _targets(case)),
    "Incident": lambda case: case.incidents,
    "Evidence": lambda case: case.evidence.values(),
    "Victim": lambda case: case.victims,
    "Witness": lambda case: case.witnesses,
    "Authority": lambda case: case.authorities,
    "AdverseItem": lambda case: case.adverse_items,
    "Proceeding": lambda case: case.proceedings,
    "ListSearch": lambda case: case.list_searches,
    "Organisation": lambda case: case.organisations,
    "Contact": lambda case: chain.from_iterable(row.contacts for row in case.organisations),
    "Engagement": lambda case: chain.from_iterable(row.engagements for row in case.organisations),
    "Section": lambda case: case.sections,
    "Signoff": lambda case: case.signoffs,
    "Recipient": lambda case: case.recipients,
    "Submission": lambda case: case.submissions,
    "Outcome": lambda case: chain.from_iterable(row.outcomes for row in case.submissions),
    "LegalBasis": lambda case: chain.from_iterable(row.legal_bases for row in case.targets),
    "Ask": lambda case: chain.from_iterable(row.asks for row in case.targets),
}

_PARTY: Mapping[str, Callable[[Party], FoundRows]] = {
    "Party": lambda party: (party,),
    "Name": lambda party: party.names,
    "Identifier": lambda party: party.identifiers,
    "Position": lambda party: party.positions,
    "Relation": lambda party: party.relations,
    "Consent": lambda party: party.consents,
    "Victim": lambda party: (party.victim,) if party.victim is not None else (),
    "Witness": lambda party: (party.witness,) if party.witness is not None else (),
}

# Where a screen about one thing shows a field of the whole case, the rows of the case are meant.
_OF_THE_CASE = frozenset({"Case", "Authority"})


def rows_of(view: GuideView, table: str, about: Base) -> FoundRows:
    """The rows of a table that belong to a row of the case; none where the two have nothing to do with each other."""
    if type(about).__name__ == table:
        return (about,)
    dossier = view.dossier
    if about is dossier.case or table in _OF_THE_CASE:
        find = _CASE.get(table)
        return find(dossier) if find is not None else ()
    match about:
        case Target():
            return _of_target(view, table, about)
        case Party():
            return _PARTY[table](about) if table in _PARTY else ()
        case Incident():
            return _of_incident(view, table, about)
        case Fact():
            return about.citations if table == "Citation" else about.proofs if table == "Proof" else ()
        case Evidence():
            return about.authentications if table == "Authentication" else ()
        case AdverseItem():
            return about.citations if table == "Citation" else ()
        case LegalBasis():
            return view.notes.get(about.id, ()) if table == "ElementNote" else ()
        case Authority():
            return _of_country(view, about) if table == "InterestArgument" else ()
        case _:
            return ()


def _of_target(view: GuideView, table: str, target: Target) -> FoundRows:
    match table:
        case "LegalBasis":
            return target.legal_bases
        case "Ask":
            return target.asks
        case "Relation":
            return view.ties.get(target.party_id, ())
        case "Participation":
            return view.parts.get(target.id, ())
        case "OtherSanction":
            return (row for row in view.dossier.other_sanctions if row.target_id == target.id)
        case "Asset":
            return (row for row in view.dossier.assets if row.target_id == target.id)
        case _:
            return _PARTY[table](target.party) if table in _PARTY else ()


def _of_incident(view: GuideView, table: str, incident: Incident) -> FoundRows:
    match table:
        case "Harm":
            return incident.harms
        case "Participation":
            return incident.participations
        case "Payment":
            return view.payments.get(incident.id, ())
        case "Fact":
            return view.dossier.facts_by_incident.get(incident.id, ())
        case _:
            return ()


def _of_country(view: GuideView, authority: Authority) -> FoundRows:
    """The arguments that are for the country of an authority, or for whoever it concerns."""
    regime = view.law.regimes[authority.regime]
    codes = {one.code for one in view.regimes if one.jurisdiction == regime.jurisdiction}
    menu = {choice.code for code in codes for choice in view.law.regimes[code].interest}
    return (
        row for row in view.dossier.interest_arguments if row.regime in codes or (not row.regime and row.code in menu)
    )
