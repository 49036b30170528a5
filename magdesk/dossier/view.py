"""The case as one submission tells it: of one fact base, what belongs to the authorities that it is made for."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TypeVar

from magdesk.dossier.dossier import Dossier
from magdesk.dossier.memory import Memory
from magdesk.dossier.payments import reaching
from magdesk.model import text as tokens
from magdesk.model.assets import Payment
from magdesk.model.drafting import AdverseItem, InterestArgument, OtherSanction, Proceeding
from magdesk.model.facts import Fact
from magdesk.model.incidents import Incident
from magdesk.model.people import LegalBasis
from magdesk.model.review import Answer

Aimed = TypeVar("Aimed", AdverseItem, InterestArgument, Proceeding, OtherSanction, Answer)


def submission_view(
    dossier: Dossier,
    regimes: Collection[str],
    leave_out: Collection[str] = (),
    kinds: Collection[str] | None = None,
    *,
    freezes: bool = True,
) -> Dossier:
    """The dossier with nothing in it that no authority of the submission asks for.

    Left out are: other authorities; targets that no ground of these authorities is pleaded against; incidents
    that are not pleaded (see :func:`_pleaded`); facts that belong to such an incident, or that are background and
    prove elements of other authorities only; adverse information and proceedings all of whose facts belong to
    such an incident; what was said to the Guide. Targets and incidents that no submission pleads at all are kept
    apart, so that they are not forgotten by every one of them. A fact that a remaining text refers to stays, as
    background where its incident does not. Rows are never changed; the numbers of facts and exhibits follow from
    what remains.

    Args:
        regimes: codes of the authorities. With every authority of the case, and every incident pleaded, the dossier
            comes back as it is.
        leave_out: codes of letters and of interest arguments that belong to other submissions.
        kinds: codes of the types of abuse and corruption that the authorities reach; all when not given.
        freezes: whether a measure of theirs reaches property; what could be frozen is told only then.
    """
    if dossier.assets and not freezes:
        dossier = replace(dossier, assets=(), memory=Memory())
    kept = frozenset(regimes)
    asked = frozenset(row.regime for row in dossier.authorities)
    forgotten = unpleaded_incidents(dossier)
    if asked <= kept and not leave_out and not forgotten:
        return dossier
    targets = tuple(row for row in dossier.targets if any(basis.regime in kept for basis in row.legal_bases))
    shown = {row.id for row in targets}
    bases = {basis.id: basis for row in dossier.targets for basis in row.legal_bases}
    sections = tuple(row for row in dossier.sections if not row.regime or row.regime in kept)
    arguments = tuple(
        row
        for row in _of(dossier.interest_arguments, shown)
        if row.code not in leave_out and (not row.regime or row.regime in kept)
    )
    pleaded = [basis.argument for basis in bases.values() if basis.regime in kept]
    written = [row.text for row in sections] + [row.text for row in arguments]
    proving = {
        key
        for key, links in dossier.links.items()
        if any(_serves(bases, basis, kept) for basis, _code, _row in links)
    }
    told_of = _pleaded(dossier, kept, proving, kinds)
    incidents = tuple(row for row in dossier.incidents if row.id in told_of)
    told = {row.id for row in incidents}
    untold = {fact.id for fact in dossier.facts if fact.incident_id not in (None, *told)}
    adverse = tuple(row for row in _of(dossier.adverse_items, shown) if _concerns((row.text, row.answer), untold))
    answered = [text for item in adverse for text in (item.text, item.answer)]
    named = _named(written + answered + pleaded)
    facts = [fact for fact in dossier.facts if _is_told(fact, told, proving | named)]
    facts.sort(key=lambda fact: fact.incident_id in told)  # what has lost its incident is told with the background
    return replace(
        dossier,
        authorities=tuple(row for row in dossier.authorities if row.regime in kept),
        targets=targets,
        incidents=incidents,
        facts=tuple(facts),
        sections=sections,
        element_notes=tuple(row for row in dossier.element_notes if _serves(bases, row.legal_basis_id, kept)),
        interest_arguments=arguments,
        recipients=tuple(row for row in dossier.recipients if row.letter not in leave_out),
        adverse_items=adverse,
        proceedings=tuple(row for row in _of(dossier.proceedings, shown) if _concerns((row.text,), untold)),
        other_sanctions=_of(dossier.other_sanctions, shown),
        answers=_of(dossier.answers, shown),
        assets=tuple(row for row in dossier.assets if row.target_id in shown),
        payments=_payments(dossier, told, [row.party_id for row in targets]),
        part=True,
        unpleaded=tuple(
            row for row in dossier.targets if not any(basis.regime in asked for basis in row.legal_bases)
        ),
        forgotten=forgotten,
        guide_marks=(),
        memory=Memory(),
    )


def unpleaded_incidents(dossier: Dossier) -> tuple[Incident, ...]:
    """The incidents that no submission of the case pleads; none as long as nothing at all is pleaded."""
    asked = frozenset(row.regime for row in dossier.authorities)
    bases = {basis.id: basis for row in dossier.targets for basis in row.legal_bases}
    if not any(basis.regime in asked for basis in bases.values()):
        return ()
    proving = {
        key
        for key, links in dossier.links.items()
        if any(_serves(bases, basis, asked) for basis, _code, _row in links)
    }
    told = _pleaded(dossier, asked, proving, None)
    return tuple(row for row in dossier.incidents if row.id not in told)


def _pleaded(
    dossier: Dossier, kept: Collection[str], proving: Collection[uuid.UUID], kinds: Collection[str] | None
) -> frozenset[uuid.UUID]:
    """The incidents that these authorities are told of.

    One of whose facts proves something here is. So is one that proves nothing anywhere yet, or of the kind that a
    ground pleads which no incident proves yet, where a target took part in it that is pleaded here.
    """
    facts = dossier.facts_by_incident
    proved = {
        basis
        for incident in dossier.incidents
        for fact in facts.get(incident.id, ())
        for basis, _code, _row in dossier.links[fact.id]
    }
    grounds: dict[uuid.UUID, list[LegalBasis]] = {
        row.id: [basis for basis in row.legal_bases if basis.regime in kept] for row in dossier.targets
    }

    def told(incident: Incident) -> bool:
        own = facts.get(incident.id, ())
        if any(fact.id in proving for fact in own):
            return True
        heard = kinds is None or not incident.kinds or not set(incident.kinds).isdisjoint(kinds)
        bare = not any(fact.proofs for fact in own)
        return heard and any(
            (bare or basis.id not in proved)
            and (basis.abuse_type in incident.kinds if basis.abuse_type and incident.kinds else bare)
            for part in incident.participations
            for basis in grounds.get(part.target_id, ())
        )

    return frozenset(incident.id for incident in dossier.incidents if told(incident))


def _payments(dossier: Dossier, told: Collection[uuid.UUID], targets: Collection[uuid.UUID]) -> tuple[Payment, ...]:
    """The payments of incidents that are told, and others that come from or reach a target."""
    free = [row for row in dossier.payments if row.incident_id is None]
    near = reaching(free, targets)
    return tuple(row for row in dossier.payments if row.id in near or row.incident_id in told)


def _is_told(fact: Fact, told: Collection[uuid.UUID], needed: Collection[uuid.UUID]) -> bool:
    if fact.id in needed:
        return True
    return fact.incident_id in told if fact.incident_id is not None else not fact.proofs


def _serves(bases: dict[uuid.UUID, LegalBasis], key: uuid.UUID, kept: Collection[str]) -> bool:
    basis = bases.get(key)
    return basis is not None and basis.regime in kept


def _concerns(texts: Iterable[str], untold: Collection[uuid.UUID]) -> bool:
    """Whether a text is about this submission: not where every fact that it refers to is of an incident not told."""
    facts = [reference.key for text in texts for reference in tokens.references(text) if reference.kind == "fact"]
    return not facts or any(key not in untold for key in facts)


def _named(texts: Iterable[str]) -> frozenset[uuid.UUID]:
    return frozenset(reference.key for text in texts for reference in tokens.references(text))


def _of(rows: tuple[Aimed, ...], shown: Collection[uuid.UUID]) -> tuple[Aimed, ...]:
    """The rows that are about one of the targets, or about the case as a whole."""
    return tuple(row for row in rows if row.target_id is None or row.target_id in shown)
