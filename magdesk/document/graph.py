"""The ties between parties: who they are and their dated relations as a graph, and what blocked persons own of it.

Pure: knows rows and dates, no words and no drawing. The window and the documents read the same graph.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from magdesk.dates.partialdate import PartialDate
from magdesk.dossier.dossier import Dossier
from magdesk.dossier.payments import MoneyFlow, flows
from magdesk.dossier.tenure import runs_on
from magdesk.model.assets import Payment
from magdesk.model.facts import Citation
from magdesk.model.people import FAMILY, EndState, Party, PartyKind, Position, Relation, RelationKind

HALF = 50.0  # per cent: 31 C.F.R. 583.406


def half_or_more(percent: float) -> bool:
    """The usual rule: from half of the shares on an entity counts as owned."""
    return percent >= HALF


class EdgeKind(StrEnum):
    """What sort of tie an edge is: what charts tell apart by line and what readers filter by."""

    COMMAND = "command"
    OWNERSHIP = "ownership"
    FAMILY = "family"
    ASSOCIATION = "association"
    MONEY = "money"


_KINDS = {
    RelationKind.COMMANDS: EdgeKind.COMMAND,
    RelationKind.MEMBER_OF: EdgeKind.COMMAND,
    RelationKind.PART_OF: EdgeKind.COMMAND,
    RelationKind.OWNS: EdgeKind.OWNERSHIP,
    RelationKind.CONTROLS: EdgeKind.OWNERSHIP,
    RelationKind.ACTS_FOR: EdgeKind.ASSOCIATION,
    RelationKind.PAYS: EdgeKind.MONEY,
    RelationKind.RECRUITS: EdgeKind.ASSOCIATION,
    RelationKind.EMPLOYS: EdgeKind.ASSOCIATION,
    RelationKind.REPRESENTS: EdgeKind.ASSOCIATION,
    RelationKind.ASSOCIATE: EdgeKind.ASSOCIATION,
}
# The second party stands above the first.
_UPWARD = frozenset(
    {
        RelationKind.MEMBER_OF, RelationKind.PART_OF, RelationKind.ACTS_FOR, RelationKind.REPRESENTS,
        RelationKind.CHILD,
    }
)  # fmt: skip
_MUTUAL = frozenset({RelationKind.SPOUSE, RelationKind.SIBLING, RelationKind.ASSOCIATE})


@dataclass(frozen=True, slots=True)
class ChartNode:
    """A party, or a body that is only named in a position.

    Attributes:
        key: the party's key as text; ``body:`` and the folded name for a body that is no party.
        party: none for such a body.
        body: its name as typed.
        target: whether sanctions are asked for.
        victim: whether it is a victim or a witness.
    """

    key: str
    party: Party | None
    body: str = ""
    target: bool = False
    victim: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """One dated tie, read from ``source`` to ``other``.

    Attributes:
        row: the relation or position it is made from; of payments, the first.
        source: key of the node that the row belongs to.
        other: key of the node at the other end.
        relation: none for a position.
        upper: key of the end that stands higher in a chart: who commands, owns, is acted for.
        sources: what supports it.
        flow: the payments that it stands for, where it is made from such.
    """

    key: str
    row: Relation | Position | Payment
    kind: EdgeKind
    source: str
    other: str
    upper: str
    relation: RelationKind | None
    start: PartialDate | None
    end: PartialDate | None
    end_state: EndState
    percent: float | None
    sources: tuple[Citation, ...]
    flow: MoneyFlow | None = None

    @property
    def lower(self) -> str:
        """Key of the end that stands lower."""
        return self.other if self.upper == self.source else self.source

    @property
    def mutual(self) -> bool:
        """Whether it reads the same from both ends, so that it has no arrow."""
        return self.relation in _MUTUAL

    @property
    def sourced(self) -> bool:
        """Whether any evidence supports it."""
        return bool(self.sources)

    def on(self, day: date) -> bool:
        """Whether it can have been so on that day."""
        return runs_on(self.start, self.end, self.end_state, day)


@dataclass(frozen=True)
class Graph:
    """Nodes and edges in a fixed order: the case's own."""

    nodes: Mapping[str, ChartNode]
    edges: tuple[Edge, ...]

    @cached_property
    def by_node(self) -> dict[str, list[Edge]]:
        """The edges at each node."""
        found: dict[str, list[Edge]] = {key: [] for key in self.nodes}
        for edge in self.edges:
            found[edge.source].append(edge)
            if edge.other != edge.source:
                found[edge.other].append(edge)
        return found

    def on(self, day: date) -> Graph:
        """The state of things on a day: ties that had not begun or were over are left out."""
        return self.only(edges=[edge for edge in self.edges if edge.on(day)])

    def of_kinds(self, kinds: Collection[EdgeKind]) -> Graph:
        """The ties of these kinds."""
        return self.only(edges=[edge for edge in self.edges if edge.kind in kinds])

    def only(self, edges: Iterable[Edge], nodes: Collection[str] = ()) -> Graph:
        """The graph of these edges: their ends, the targets, and the nodes named."""
        kept = tuple(edges)
        keys = {key for edge in kept for key in (edge.source, edge.other)} | set(nodes)
        return Graph({key: node for key, node in self.nodes.items() if key in keys or node.target}, kept)

    def without(self, keys: Collection[str]) -> Graph:
        """The graph without these nodes and the edges at them."""
        return Graph(
            {key: node for key, node in self.nodes.items() if key not in keys},
            tuple(edge for edge in self.edges if edge.source not in keys and edge.other not in keys),
        )

    def near(self, keys: Collection[str], steps: int) -> Graph:
        """The nodes that are at most so many steps from these, with all edges between them."""
        reached = {key for key in keys if key in self.nodes}
        front = set(reached)
        for _step in range(steps):
            front = {
                end for key in front for edge in self.by_node[key] for end in (edge.source, edge.other)
            } - reached
            reached |= front
        return self.without(set(self.nodes) - reached)

    def parts(self) -> list[Graph]:
        """The connected parts, in the order of their first nodes."""
        seen: set[str] = set()
        out: list[Graph] = []
        for key in self.nodes:
            if key not in seen:
                part = self.near([key], len(self.nodes))
                seen |= set(part.nodes)
                out.append(part)
        return out


def build_graph(dossier: Dossier) -> Graph:
    """The graph of a case: every relation, position in an organisation and payment, and the parties at their ends."""
    targets = {target.party_id for target in dossier.targets}
    order = [target.party for target in dossier.targets]
    order += [party for key, party in dossier.parties.items() if key not in targets]
    bodies = _known_bodies(order)
    nodes: dict[str, ChartNode] = {}
    edges: list[Edge] = []

    def node(party: Party) -> str:
        key = str(party.id)
        if key not in nodes:
            hurt = party.victim is not None or party.witness is not None
            nodes[key] = ChartNode(key, party, target=party.id in targets, victim=hurt)
        return key

    for target in dossier.targets:
        node(target.party)
    for party in order:
        for relation in party.relations:
            other = dossier.parties.get(relation.other_id)
            if other is not None and other is not party:
                edges.append(_relation(relation, node(party), node(other), targets))
        for position in party.positions:
            body = dossier.parties.get(position.organisation_id) if position.organisation_id else None
            if body is None:
                body = bodies.get(_folded(position.body))
            if body is not None and body is not party:
                edges.append(_position(position, node(party), node(body)))
            elif body is None and position.body.strip():
                key = f"body:{_folded(position.body)}"
                nodes.setdefault(key, ChartNode(key, None, position.body.strip()))
                edges.append(_position(position, node(party), key))
    for flow in flows(dossier.payments):
        payer, payee = (dossier.parties.get(key) if key else None for key in (flow.payer, flow.payee))
        if payer is not None and payee is not None and payer is not payee:
            edges.append(_flow(flow, node(payer), node(payee)))
    return Graph(nodes, tuple(edges))


def _known_bodies(parties: Iterable[Party]) -> dict[str, Party]:
    found: dict[str, Party] = {}
    for party in parties:
        if party.kind is not PartyKind.PERSON:
            for name in (*(row.text for row in party.names), party.short_name):
                if name.strip():
                    found.setdefault(_folded(name), party)
    return found


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _relation(row: Relation, source: str, other: str, targets: Collection[uuid.UUID]) -> Edge:
    kind = EdgeKind.FAMILY if row.kind in FAMILY else _KINDS[row.kind]
    up = row.kind in _UPWARD
    if row.kind in _MUTUAL:
        # The person the case is about stands above those who are only near.
        up = row.other_id in targets and row.party_id not in targets
    return Edge(
        key=str(row.id),
        row=row,
        kind=kind,
        source=source,
        other=other,
        upper=other if up else source,
        relation=row.kind,
        start=row.start,
        end=row.end,
        end_state=row.end_state,
        percent=row.percent if row.kind is RelationKind.OWNS else None,
        sources=_supporting(row.citations),
    )


def _position(row: Position, source: str, other: str) -> Edge:
    return Edge(
        key=str(row.id),
        row=row,
        kind=EdgeKind.COMMAND,
        source=source,
        other=other,
        upper=source if row.leader else other,
        relation=None,
        start=row.start,
        end=row.end,
        end_state=row.end_state,
        percent=None,
        sources=_supporting(row.citations),
    )


def _flow(flow: MoneyFlow, source: str, other: str) -> Edge:
    """What was paid, as one edge: from its first day to its last."""
    dated = [row.date for row in flow.payments if row.date is not None]
    return Edge(
        key=f"money:{source}:{other}",
        row=flow.payments[0],
        kind=EdgeKind.MONEY,
        source=source,
        other=other,
        upper=source,
        relation=None,
        start=min(dated, key=lambda day: day.earliest(), default=None),
        end=max(dated, key=lambda day: day.latest(), default=None),
        end_state=EndState.ENDED if len(dated) == len(flow.payments) else EndState.UNKNOWN,
        percent=None,
        sources=_sources(flow),
        flow=flow,
    )


def _sources(flow: MoneyFlow) -> tuple[Citation, ...]:
    """What supports the payments; nothing unless each of them has a source."""
    each = [_supporting(row.citations) for row in flow.payments]
    return tuple(row for rows in each for row in rows) if all(each) else ()


def _supporting(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    return tuple(row for row in citations if row.stance.supports)


def grouped(edges: Iterable[Edge]) -> dict[tuple[str, str, EdgeKind], list[Edge]]:
    """The edges that one line stands for: of one kind, between the same two, the same way up."""
    out: dict[tuple[str, str, EdgeKind], list[Edge]] = {}
    for edge in edges:
        out.setdefault((edge.upper, edge.lower, edge.kind), []).append(edge)
    return out


# ------------------------------------------------------------------------------------------- the 50 % rule


@dataclass(frozen=True, slots=True)
class Share:
    """What one holder has in an entity.

    Attributes:
        edge: the relation that says so.
        percent: none where no share is recorded.
        counts: whether the holder is a target, or an entity that targets own by half or more.
    """

    edge: Edge
    percent: float | None
    counts: bool


@dataclass(frozen=True, slots=True)
class Holding:
    """Who owns an entity, and whether it follows its owners under the rule of 50 per cent.

    Attributes:
        entity: key of its node.
        shares: the holders', those that count first.
        total: what those that count hold together.
        caught: whether that is enough: half or more, unless the law says otherwise.
        steps: how many entities lie between it and the targets; 0 when targets hold it themselves.
        unknown: whether a holder that counts has no recorded share.
    """

    entity: str
    shares: tuple[Share, ...]
    total: float
    caught: bool
    steps: int
    unknown: bool = False
    through: tuple[str, ...] = field(default=())


def holdings(
    graph: Graph,
    blocked: Collection[str],
    day: date | None = None,
    enough: Callable[[float], bool] = half_or_more,
) -> tuple[Holding, ...]:
    """Each owned entity with the shares that targets hold in it, directly or through what they own.

    An entity owned 50 per cent or more by blocked persons, singly or together, is itself blocked, so all that it
    owns counts in full (31 C.F.R. 583.406).

    Args:
        blocked: keys of the nodes that are, or are to be, blocked.
        day: when; ties that had not begun or were over do not count.
        enough: whether a share is enough under the law that is asked.
    """
    owning = [edge for edge in graph.edges if edge.relation is RelationKind.OWNS and (day is None or edge.on(day))]
    owned: dict[str, list[Edge]] = {}
    for edge in owning:
        owned.setdefault(edge.other, []).append(edge)
    level: dict[str, int] = {key: -1 for key in blocked if key in graph.nodes}
    changed = True
    while changed:
        changed = False
        for entity, edges in owned.items():
            if entity not in level and enough(_together(edges, level)):
                level[entity] = 1 + max(level[edge.source] for edge in edges if edge.source in level and edge.percent)
                changed = True
    out: list[Holding] = []
    for entity, edges in owned.items():
        shares = [Share(edge, edge.percent, edge.source in level) for edge in edges]
        if not any(share.counts for share in shares):
            continue
        shares.sort(key=lambda share: (not share.counts, -(share.percent or 0.0)))
        total = _together(edges, level)
        out.append(
            Holding(
                entity=entity,
                shares=tuple(shares),
                total=total,
                caught=enough(total),
                steps=max((level[share.edge.source] + 1 for share in shares if share.counts), default=0),
                unknown=any(share.counts and share.percent is None for share in shares),
                through=tuple(
                    dict.fromkeys(
                        share.edge.source for share in shares if share.counts and level[share.edge.source] >= 0
                    )
                ),
            )
        )
    return tuple(sorted(out, key=lambda row: row.steps))


def _together(edges: Iterable[Edge], holders: Collection[str]) -> float:
    """The shares of those holders together; a holder that is recorded twice counts with the larger share."""
    best: dict[str, float] = {}
    for edge in edges:
        if edge.source in holders and edge.percent is not None:
            best[edge.source] = max(best.get(edge.source, 0.0), edge.percent)
    return round(sum(best.values()), 6)
