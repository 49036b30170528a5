"""What supports each fact: what it cites, how many independent sources stand behind it. Kept from run to run."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import attrgetter

from magdesk.checks.carrying import Carrying, carrying, cited_as
from magdesk.checks.places import Places
from magdesk.dates.partialdate import PartialDate
from magdesk.model.evidence import Access, Evidence, Grade
from magdesk.model.facts import Citation, Fact


@dataclass(frozen=True, slots=True)
class Gist:
    """What many checks ask of a fact, put together once.

    Attributes:
        cited: the evidence it cites, in the order of its citations.
        roots: the independent roots of what supports it.
        carried: what the best of what supports it can carry.
        openly: whether something that supports it can be shown openly, itself or its root.
        links: the legal bases that it proves something of, each with the element.
    """

    cited: tuple[uuid.UUID, ...]
    roots: frozenset[uuid.UUID]
    carried: Carrying
    openly: bool
    links: tuple[tuple[uuid.UUID, str], ...]
    incident_id: uuid.UUID | None
    date: PartialDate | None
    place: str


@dataclass(frozen=True)
class Gists(Places):
    """The facts of one state of the case, boiled down."""

    @cached_property
    def gists(self) -> dict[uuid.UUID, Gist]:
        """What each fact comes to, in the order of the facts."""
        stamp = (self.dossier.reach, self.dossier.statements)
        return self.memory.each("gist", self.dossier.facts_by_key, self._gist, stamp)

    def _gist(self, fact: Fact) -> Gist:
        return Gist(
            cited=tuple(row.evidence_id for row in fact.citations),
            roots=self.roots(fact.citations),
            carried=self.carried(fact.citations),
            openly=any(self._is_open(item) for item in self.supporting(fact.citations)),
            links=tuple((basis, code) for basis, code, _proof in self.dossier.reach.links(fact)),
            incident_id=fact.incident_id,
            date=fact.date,
            place=fact.place,
        )

    def _is_open(self, item: Evidence) -> bool:
        origin = self.dossier.evidence[self.dossier.root_of(item.id)]
        return Access.OPEN_SOURCE in (item.access, origin.access)

    # Of a fact that changed, mostly one of these did; what hangs on the others then stays.

    @cached_property
    def _links(self) -> dict[uuid.UUID, tuple[tuple[uuid.UUID, str], ...]]:
        return self.memory.each("links", self.gists, attrgetter("links"))

    @cached_property
    def _roots(self) -> dict[uuid.UUID, frozenset[uuid.UUID]]:
        return self.memory.each("roots", self.gists, attrgetter("roots"))

    @cached_property
    def when(self) -> dict[uuid.UUID, tuple[PartialDate | None, uuid.UUID | None]]:
        """The date and the incident of each fact."""
        return self.memory.each("when", self.gists, attrgetter("date", "incident_id"))

    @cached_property
    def where(self) -> dict[uuid.UUID, str]:
        """The place of each fact."""
        return self.memory.each("where", self.gists, attrgetter("place"))

    @cached_property
    def cited(self) -> dict[uuid.UUID, int]:
        """How often each item of evidence is cited anywhere."""
        cites, beside = self.dossier.cites, self.dossier.cited_beside_facts
        return self.memory.once("cited", (cites, beside), lambda: dict(Counter(chain(beside, *cites.values()))))

    @cached_property
    def linked(self) -> dict[tuple[uuid.UUID, str], tuple[uuid.UUID, ...]]:
        """The facts that are linked to each (legal basis, element), in their order."""

        def group() -> dict[tuple[uuid.UUID, str], tuple[uuid.UUID, ...]]:
            grouped: dict[tuple[uuid.UUID, str], list[uuid.UUID]] = {}
            for key, links in self._links.items():
                for link in links:
                    grouped.setdefault(link, []).append(key)
            return {link: tuple(keys) for link, keys in grouped.items()}

        return self.memory.once("linked", self._links, group)

    @cached_property
    def link_roots(self) -> dict[tuple[uuid.UUID, str], frozenset[uuid.UUID]]:
        """The independent roots of the facts that are linked to each (legal basis, element)."""
        roots, linked = self._roots, self.linked

        def unite() -> dict[tuple[uuid.UUID, str], frozenset[uuid.UUID]]:
            return {link: frozenset().union(*(roots[key] for key in keys)) for link, keys in linked.items()}

        return self.memory.once("roots of links", (roots, linked), unite)

    @cached_property
    def link_carrying(self) -> dict[tuple[uuid.UUID, str], Carrying]:
        """What the best of what supports the facts of each (legal basis, element) can carry."""
        carried = self.memory.each("carried", self.gists, attrgetter("carried"))

        def best() -> dict[tuple[uuid.UUID, str], Carrying]:
            return {link: max(carried[key] for key in keys) for link, keys in self.linked.items()}

        return self.memory.once("carrying of links", (self.linked, carried), best)

    @cached_property
    def incidents_by_basis(self) -> dict[uuid.UUID, dict[uuid.UUID, None]]:
        """The incidents whose facts prove something of each legal basis."""
        when, linked = self.when, self.linked

        def group() -> dict[uuid.UUID, dict[uuid.UUID, None]]:
            found: dict[uuid.UUID, dict[uuid.UUID, None]] = {}
            for key, links in self._links.items():
                incident = when[key][1]
                if incident is not None:
                    for basis, _element in links:
                        found.setdefault(basis, {})[incident] = None
            return found

        return self.memory.once("incidents of bases", (when, linked), group)

    def supporting(self, citations: Iterable[Citation]) -> Iterator[Evidence]:
        """The evidence of supporting citations that counts as proof; grade X is context only."""
        for citation in citations:
            item = self.dossier.evidence.get(citation.evidence_id)
            if item is not None and citation.stance.supports and item.grade is not Grade.X:
                yield item

    def carried(self, citations: Iterable[Citation]) -> Carrying:
        """What the best of the supporting citations can carry."""
        return max(
            (cited_as(row, carrying(self.dossier, item)) for row in citations for item in self.supporting((row,))),
            default=Carrying.NOTHING,
        )

    def roots(self, citations: Iterable[Citation]) -> frozenset[uuid.UUID]:
        """The independent roots of the supporting citations."""
        return frozenset(self.dossier.root_of(item.id) for item in self.supporting(citations))

    def fact_roots(self, facts: Iterable[Fact]) -> frozenset[uuid.UUID]:
        """The independent roots of several facts together."""
        return frozenset().union(*(self.gists[fact.id].roots for fact in facts if fact.id in self.gists))
