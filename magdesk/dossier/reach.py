"""Where a proof counts that names no single ground: in each that pleads its kind, or that rests on its participation.

A wound proves the pain of torture before every government that is asked to act on it, and an order proves command in
every ground that needs a commander. So such a proof is written once, and here it is followed to the grounds.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from magdesk.model.facts import Fact, Proof
from magdesk.model.incidents import Incident
from magdesk.model.people import Target

ProofLink = tuple[uuid.UUID, str, Proof]
"""Legal basis, code of its element, and the proof that ties a fact to it."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The grounds of a case, as proofs find them.

    Attributes:
        pleading: of each kind, the grounds that plead it, with their targets.
        takers: of each incident, the targets who took part in it.
        ties: of each participation, its mode and the grounds of its target.
    """

    pleading: dict[str, tuple[tuple[uuid.UUID, uuid.UUID], ...]] = field(default_factory=dict)
    takers: dict[uuid.UUID, tuple[uuid.UUID, ...]] = field(default_factory=dict)
    ties: dict[uuid.UUID, tuple[str, tuple[uuid.UUID, ...]]] = field(default_factory=dict)

    def links(self, fact: Fact) -> tuple[ProofLink, ...]:
        """What a fact proves, ground by ground; the same element of a ground once."""
        found: dict[tuple[uuid.UUID, str], Proof] = {}
        for proof in fact.proofs:
            for key in self.reached(fact, proof):
                found.setdefault(key, proof)
        return tuple((basis, element, proof) for (basis, element), proof in found.items())

    def reached(self, fact: Fact, proof: Proof) -> Iterable[tuple[uuid.UUID, str]]:
        """The grounds in which one proof counts, each with the code of what it proves there."""
        if proof.legal_basis_id is not None:
            return ((proof.legal_basis_id, proof.element),)
        if proof.participation_id is not None:
            mode, bases = self.ties.get(proof.participation_id, ("", ()))
            return tuple((basis, f"{mode}:{proof.element}") for basis in bases)
        takers = self.takers.get(fact.incident_id, ()) if fact.incident_id is not None else ()
        pleading = self.pleading.get(proof.kind or "", ())
        return tuple((basis, proof.element) for target, basis in pleading if not takers or target in takers)


def reach_of(targets: Iterable[Target], incidents: Iterable[Incident]) -> Reach:
    """The reach of proofs in a case with these targets and incidents."""
    pleading: dict[str, tuple[tuple[uuid.UUID, uuid.UUID], ...]] = {}
    bases: dict[uuid.UUID, tuple[uuid.UUID, ...]] = {}
    for target in targets:
        bases[target.id] = tuple(basis.id for basis in target.legal_bases)
        for basis in target.legal_bases:
            if basis.abuse_type:
                pleading[basis.abuse_type] = (*pleading.get(basis.abuse_type, ()), (target.id, basis.id))
    takers: dict[uuid.UUID, tuple[uuid.UUID, ...]] = {}
    ties: dict[uuid.UUID, tuple[str, tuple[uuid.UUID, ...]]] = {}
    for incident in incidents:
        takers[incident.id] = tuple(dict.fromkeys(part.target_id for part in incident.participations))
        for part in incident.participations:
            ties[part.id] = part.mode.value, bases.get(part.target_id, ())
    return Reach(pleading, takers, ties)
