"""What each fact comes to: what it cites, how many independent sources stand behind it. Kept from run to run."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from magdesk.checks.places import Places
from magdesk.model.evidence import Access, Evidence, Grade
from magdesk.model.facts import Citation, Fact, Stance
from magdesk.model.values import PartialDate


@dataclass(frozen=True, slots=True)
class Gist:
    """What many checks ask of a fact, put together once.

    Attributes:
        cited: the evidence it cites, in the order of its citations.
        roots: the independent roots of what supports it.
        openly: whether something that supports it can be shown openly, itself or its root.
        bases: the legal bases that it proves something of.
    """

    cited: tuple[uuid.UUID, ...]
    roots: frozenset[uuid.UUID]
    openly: bool
    bases: frozenset[uuid.UUID]
    incident_id: uuid.UUID | None
    date: PartialDate | None
    place: str


@dataclass(frozen=True)
class Gists(Places):
    """The facts of one state of the case, boiled down."""

    @cached_property
    def gists(self) -> dict[uuid.UUID, Gist]:
        """What each fact comes to, in the order of the facts."""
        of_row = self.memory.of_row
        return {fact.id: of_row("gist", fact.id, None, partial(self._gist, fact)) for fact in self.dossier.facts}

    def _gist(self, fact: Fact) -> Gist:
        return Gist(
            cited=tuple(row.evidence_id for row in fact.citations),
            roots=self.roots(fact.citations),
            openly=any(self._is_open(item) for item in self.supporting(fact.citations)),
            bases=frozenset(row.legal_basis_id for row in fact.proofs),
            incident_id=fact.incident_id,
            date=fact.date,
            place=fact.place,
        )

    def _is_open(self, item: Evidence) -> bool:
        origin = self.dossier.evidence[self.dossier.root_of(item.id)]
        return Access.OPEN_SOURCE in (item.access, origin.access)

    @cached_property
    def cited(self) -> frozenset[uuid.UUID]:
        """The evidence that is cited anywhere."""
        beside = (row.evidence_id for _owner, row in self.dossier.citations_beside_facts())
        return frozenset().union(*(gist.cited for gist in self.gists.values()), beside)

    def supporting(self, citations: Iterable[Citation]) -> Iterator[Evidence]:
        """The evidence of supporting citations that counts as proof; grade X is context only."""
        for citation in citations:
            item = self.dossier.evidence.get(citation.evidence_id)
            if item is not None and citation.stance is Stance.SUPPORTS and item.grade is not Grade.X:
                yield item

    def roots(self, citations: Iterable[Citation]) -> frozenset[uuid.UUID]:
        """The independent roots of the supporting citations."""
        return frozenset(self.dossier.root_of(item.id) for item in self.supporting(citations))

    def fact_roots(self, facts: Iterable[Fact]) -> frozenset[uuid.UUID]:
        """The independent roots of several facts together."""
        return frozenset().union(*(self.gists[fact.id].roots for fact in facts if fact.id in self.gists))
