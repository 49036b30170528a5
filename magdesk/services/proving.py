"""What it means to tick an element: the proof that is written, the grounds it counts for, and how it is taken back.

An element of a kind of act is the same question under every law, and so is what a mode of responsibility needs: such
a proof is written once and counts wherever it is asked. What a paragraph asks by itself is proved for that ground.

Every function changes rows inside a step of the journal that the caller opened, so that undo takes all of it back.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from magdesk.dossier.reach import Reach, reach_of
from magdesk.model import Fact, Incident, LegalBasis, Proof, Target
from magdesk.model.incidents import Mode
from magdesk.regimes.regime import Law

Asked = tuple[uuid.UUID, str]
"""A legal basis, and the code of something that it asks: ``E2``, ``T2``, ``command:C3``."""


@dataclass(frozen=True, slots=True)
class Proving:
    """The grounds of a case as one who ticks elements needs them.

    Attributes:
        bases: every legal basis by its key.
        parts: the participations, by incident, target and mode; those without an incident's key stand for the case.
    """

    law: Law
    reach: Reach
    bases: Mapping[uuid.UUID, LegalBasis]
    parts: Mapping[tuple[uuid.UUID | None, uuid.UUID, str], tuple[uuid.UUID, ...]]
    _wide: dict[tuple[uuid.UUID | None, str, str], frozenset[Asked]] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, law: Law, targets: Iterable[Target], incidents: Iterable[Incident]) -> Proving:
        """The grounds of these targets."""
        accused, told = tuple(targets), tuple(incidents)
        parts: dict[tuple[uuid.UUID | None, uuid.UUID, str], tuple[uuid.UUID, ...]] = {}
        for incident in told:
            for part in incident.participations:
                for place in (incident.id, None):
                    key = (place, part.target_id, part.mode.value)
                    parts[key] = (*parts.get(key, ()), part.id)
        bases = {basis.id: basis for target in accused for basis in target.legal_bases}
        return cls(law, reach_of(accused, told), bases, parts)

    def proof(self, fact: Fact, asked: Asked) -> Proof:
        """The proof that says that the fact proves this: for as many grounds as ask the same."""
        key, code = asked
        basis = self.bases.get(key)
        if basis is not None:
            mode, _colon, element = code.rpartition(":")
            if mode in {one.value for one in Mode}:
                found = self.parts.get((fact.incident_id, basis.target_id, mode), ())
                # Of background nobody can say in which of several acts it shows the part that was taken.
                if len(found) == 1:
                    return Proof(participation_id=found[0], element=element)
            elif self.of_kind(basis, code):
                wide = Proof(kind=basis.abuse_type, element=code)
                if asked in self.counts_for(fact, wide):
                    return wide
        return Proof(legal_basis_id=key, element=code)

    def alike(self, fact: Fact, asked: Asked) -> frozenset[Asked]:
        """What one proof of the fact would show together with this: the same question, in whatever ground."""
        basis = self.bases[asked[0]]
        if not self.of_kind(basis, asked[1]):
            return frozenset((asked,))
        key = (fact.incident_id, basis.abuse_type, asked[1])
        wide = self._wide.get(key)
        if wide is None:
            wide = frozenset(self.counts_for(fact, Proof(kind=basis.abuse_type, element=asked[1])))
            self._wide[key] = wide
        return wide if asked in wide else frozenset((asked,))

    def counts_for(self, fact: Fact, proof: Proof) -> tuple[Asked, ...]:
        """The grounds in which a proof counts, each with what it proves there."""
        return tuple(self.reach.reached(fact, proof))

    def proofs(self, fact: Fact, asked: Asked) -> list[Proof]:
        """The proofs by which the fact proves this; more than one where it was linked twice."""
        return [proof for proof in fact.proofs if asked in self.counts_for(fact, proof)]

    def shared(self, fact: Fact, asked: Asked) -> int:
        """How many grounds the same proof counts for; none where the fact does not prove this."""
        return max((len(self.counts_for(fact, proof)) for proof in self.proofs(fact, asked)), default=0)

    def take_back(self, fact: Fact, asked: Asked, *, here_only: bool) -> None:
        """Let the fact prove this no more.

        Args:
            here_only: the other grounds for which the same proof counts keep one of their own.
        """
        for proof in self.proofs(fact, asked):
            others = [one for one in self.counts_for(fact, proof) if one != asked]
            fact.proofs.remove(proof)
            if here_only:
                kept = [one for one in others if not self.proofs(fact, one)]
                fact.proofs += [Proof(legal_basis_id=basis, element=code) for basis, code in kept]

    def of_kind(self, basis: LegalBasis, code: str) -> bool:
        """Whether the kind of act that is pleaded asks this, and not the paragraph."""
        regime = self.law.regimes.get(basis.regime)
        kind = regime.abuse_type(basis.abuse_type) if regime is not None else None
        return kind is not None and any(element.code == code for element in kind.elements)


def copied(proof: Proof) -> Proof:
    """The same proof for another fact."""
    return Proof(
        legal_basis_id=proof.legal_basis_id,
        kind=proof.kind,
        participation_id=proof.participation_id,
        element=proof.element,
    )


def same(proof: Proof) -> tuple[object, ...]:
    """What makes two proofs of one fact the same."""
    return (proof.legal_basis_id, proof.kind, proof.participation_id, proof.element)
