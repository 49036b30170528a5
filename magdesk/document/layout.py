"""Places for the boxes and ties of a chart: who stands higher above, nothing overlapping, few crossings.

Layered after Sugiyama. Each tie's label is a box of its own between the two it ties, so labels overlap nothing and
every tie stays readable where ties cross. Knows sizes only; the same input gives the same places.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import igraph

Point = tuple[float, float]

_ROUNDS = 14
_PASSING = 9.0  # width kept free for a tie that passes a layer


@dataclass(frozen=True, slots=True)
class Size:
    """Something that takes room.

    Attributes:
        key: its name.
    """

    key: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie between two boxes.

    Attributes:
        key: its name.
        upper: key of the box that shall stand higher.
        lower: key of the other.
        width: of its label.
        height: of its label.
    """

    key: str
    upper: str
    lower: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Rect:
    """A place: upper left corner and size, y downwards."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """The middle from left to right."""
        return self.x + self.width / 2

    def moved(self, dx: float, dy: float) -> Rect:
        """The same elsewhere."""
        return Rect(self.x + dx, self.y + dy, self.width, self.height)

    def meets(self, other: Rect) -> bool:
        """Whether they overlap."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom


@dataclass(frozen=True, slots=True)
class Route:
    """The way of a tie.

    Attributes:
        to_label: from the upper box to the label. Between two points of unequal x the line bends, leaving and
            arriving upright.
        from_label: from the label to the lower box.
        label: where the label stands.
    """

    to_label: tuple[Point, ...]
    from_label: tuple[Point, ...]
    label: Rect

    def moved(self, dx: float, dy: float) -> Route:
        """The same elsewhere."""
        return Route(
            tuple((x + dx, y + dy) for x, y in self.to_label),
            tuple((x + dx, y + dy) for x, y in self.from_label),
            self.label.moved(dx, dy),
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything stands."""

    width: float
    height: float
    boxes: dict[str, Rect]
    routes: dict[str, Route]


@dataclass(frozen=True, slots=True)
class PlanSpacing:
    """White space of a plan.

    Attributes:
        across: between neighbours.
        down: between layers, where ties bend.
        apart: between parts that no tie connects.
        widest: what a layer should not be wider than; boxes that find no room go to a layer of their own below.
    """

    across: float = 14.0
    down: float = 14.0
    apart: float = 28.0
    widest: float = 900.0


def lay_out(boxes: Sequence[Size], ties: Sequence[Tie], spacing: PlanSpacing | None = None) -> Plan:
    """Places for boxes and ties; parts that hang together stand together, beside and below each other."""
    room = spacing or PlanSpacing()
    plans = [_part(part, inner, room) for part, inner in _parts(boxes, ties)]
    widest = max([room.widest, *(plan.width for plan in plans)], default=0.0)
    placed: dict[str, Rect] = {}
    routes: dict[str, Route] = {}
    x = y = high = right = 0.0
    for plan in plans:
        if x and x + plan.width > widest:
            x, y, high = 0.0, y + high + room.apart, 0.0
        placed |= {key: rect.moved(x, y) for key, rect in plan.boxes.items()}
        routes |= {key: route.moved(x, y) for key, route in plan.routes.items()}
        right, high = max(right, x + plan.width), max(high, plan.height)
        x += plan.width + room.apart
    return Plan(right, y + high, placed, routes)


def _parts(boxes: Sequence[Size], ties: Sequence[Tie]) -> list[tuple[list[Size], list[Tie]]]:
    """The connected parts, each with its ties; those with ties first, in the order of their first boxes."""
    place = {box.key: number for number, box in enumerate(boxes)}
    graph = igraph.Graph(n=len(boxes), edges=[(place[tie.upper], place[tie.lower]) for tie in ties])
    member: list[int] = graph.connected_components().membership
    parts: dict[int, tuple[list[Size], list[Tie]]] = {}
    for box in boxes:
        parts.setdefault(member[place[box.key]], ([], []))[0].append(box)
    for tie in ties:
        parts[member[place[tie.upper]]][1].append(tie)
    return sorted(parts.values(), key=lambda part: not part[1])


# -------------------------------------------------------------------------------------------------- layers


@dataclass(slots=True)
class _LayerItem:
    """What stands in a layer: a box, a label, or a tie that passes.

    Attributes:
        layer: from 0; boxes stand in even layers, labels in odd ones.
        x: its middle.
        above: the items it is tied to in the layer above.
    """

    width: float
    height: float
    layer: int
    x: float = 0.0
    above: list[_LayerItem] = field(default_factory=list)
    below: list[_LayerItem] = field(default_factory=list)
    passing: bool = False


def _part(boxes: Sequence[Size], ties: Sequence[Tie], room: PlanSpacing) -> Plan:
    ranks = _ranks(boxes, ties, room)
    items = {box.key: _LayerItem(box.width, box.height, 2 * ranks[box.key]) for box in boxes}
    degree = {box.key: 0 for box in boxes}
    for tie in ties:
        degree[tie.upper] += 1
        degree[tie.lower] += 1
    labels: dict[str, _LayerItem] = {}
    ends: list[tuple[_LayerItem, _LayerItem]] = []
    for tie in ties:
        first, last = items[tie.upper], items[tie.lower]
        if first.layer > last.layer:
            first, last = last, first
        # The label stands at the end where fewer ties meet: there is room, and it says whose tie it is.
        near_upper = degree[tie.upper] < degree[tie.lower]
        if items[tie.upper] is not first:
            near_upper = not near_upper
        label = _LayerItem(tie.width, tie.height, first.layer + 1 if near_upper else last.layer - 1)
        labels[tie.key] = label
        ends += [(first, label), (label, last)]
    every = [*items.values(), *labels.values()]
    chains = _ordered(every, ends)
    layers: dict[int, list[_LayerItem]] = {}
    for item in sorted([*every, *(item for chain in chains for item in chain)], key=lambda item: item.x):
        layers.setdefault(item.layer, []).append(item)
    rows = [layers[number] for number in sorted(layers)]
    _settle(rows, room)
    return _measured(items, labels, ties, chains, rows, room)


def _ranks(boxes: Sequence[Size], ties: Sequence[Tie], room: PlanSpacing) -> dict[str, int]:
    """How many steps each box stands below the top; a circle of ties is cut where that costs least."""
    place = {box.key: number for number, box in enumerate(boxes)}
    pairs = [(place[tie.upper], place[tie.lower]) for tie in ties]
    graph = igraph.Graph(n=len(boxes), edges=pairs, directed=True)
    cut: set[int] = set(graph.feedback_arc_set(method="eades"))
    down = sorted({pair[::-1] if number in cut else pair for number, pair in enumerate(pairs)})
    below: list[list[int]] = [[] for _box in boxes]
    above: list[list[int]] = [[] for _box in boxes]
    for first, last in down:
        below[first].append(last)
        above[last].append(first)
    order: list[int] = igraph.Graph(n=len(boxes), edges=down, directed=True).topological_sorting()
    rank = [0] * len(boxes)
    for node in order:
        rank[node] = max((rank[one] + 1 for one in above[node]), default=0)
    for node in reversed(order):
        # What stands at the top for no reason of its own stands right above what hangs on it.
        if not above[node] and below[node]:
            rank[node] = min(rank[one] for one in below[node]) - 1
    _narrow(boxes, rank, order, above, below, room)
    lowest = min(rank, default=0)
    return {box.key: rank[place[box.key]] - lowest for box in boxes}


def _narrow(
    boxes: Sequence[Size],
    rank: list[int],
    order: Sequence[int],
    above: Sequence[Sequence[int]],
    below: Sequence[Sequence[int]],
    room: PlanSpacing,
) -> None:
    """Move boxes down, those first on which nothing hangs, until no layer is too wide."""
    current = min(rank, default=0)
    while current <= max(rank, default=-1):
        row = [node for node in range(len(boxes)) if rank[node] == current]
        while len(row) > 1 and sum(boxes[node].width + room.across for node in row) - room.across > room.widest:
            moved = min(row, key=lambda node: (len(below[node]), -len(above[node]), -node))
            rank[moved] += 1
            for node in order:
                for one in below[node]:
                    rank[one] = max(rank[one], rank[node] + 1)
            row = [node for node in range(len(boxes)) if rank[node] == current]
        current += 1


def _ordered(items: Sequence[_LayerItem], ends: Sequence[tuple[_LayerItem, _LayerItem]]) -> list[list[_LayerItem]]:
    """Give each item an x that orders its layer with few crossings; the items that long ties pass are made here.

    Returns:
        For each pair of ends the items between them.
    """
    chains: list[list[_LayerItem]] = []
    every = list(items)
    steps: list[tuple[int, int]] = []
    number = {id(item): place for place, item in enumerate(items)}
    for first, last in ends:
        chain = [_LayerItem(_PASSING, 0.0, layer, passing=True) for layer in range(first.layer + 1, last.layer)]
        for item in chain:
            number[id(item)] = len(every)
            every.append(item)
        for upper, lower in zip([first, *chain], [*chain, last], strict=True):
            upper.below.append(lower)
            lower.above.append(upper)
            steps.append((number[id(upper)], number[id(lower)]))
        chains.append(chain)
    if not steps:
        for place, item in enumerate(every):
            item.x = place
        return chains
    graph = igraph.Graph(n=len(every), edges=steps, directed=True)
    layout = graph.layout_sugiyama(layers=[item.layer for item in every], maxiter=80)
    for item, (x, _y) in zip(every, layout.coords, strict=True):
        item.x = x
    return chains


def _settle(rows: Sequence[list[_LayerItem]], room: PlanSpacing) -> None:
    """Turn the order of each layer into places: near what they are tied to, never closer than they may be."""
    for row in rows:
        x = 0.0
        for item in row:
            item.x = x + item.width / 2
            x += item.width + room.across
        for item in row:
            item.x -= x / 2
    for turn in range(_ROUNDS):
        for row in rows if turn % 2 == 0 else reversed(rows):
            both = turn >= _ROUNDS - 4
            wanted: list[float] = []
            for item in row:
                ties = [*item.above, *item.below] if both else item.above if turn % 2 == 0 else item.below
                wanted.append(sum(one.x for one in ties) / len(ties) if ties else item.x)
            _spread(row, wanted, room.across)


def _spread(row: Sequence[_LayerItem], wanted: Sequence[float], across: float) -> None:
    """The places nearest to the wanted ones, in the given order, that keep the distance (pooled neighbours)."""
    shifts = [0.0]
    for left, right in pairwise(row):
        gap = across * 0.5 if left.passing or right.passing else across
        shifts.append(shifts[-1] + (left.width + right.width) / 2 + gap)
    pools: list[list[float]] = []  # sum, weight, count
    for item, want, shift in zip(row, wanted, shifts, strict=True):
        weight = 4.0 if item.passing else 1.0
        pools.append([(want - shift) * weight, weight, 1])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            last = pools.pop()
            pools[-1] = [one + two for one, two in zip(pools[-1], last, strict=True)]
    number = 0
    for total, weight, count in pools:
        for _one in range(int(count)):
            row[number].x = total / weight + shifts[number]
            number += 1


def _measured(
    items: dict[str, _LayerItem],
    labels: dict[str, _LayerItem],
    ties: Sequence[Tie],
    chains: Sequence[list[_LayerItem]],
    rows: Sequence[list[_LayerItem]],
    room: PlanSpacing,
) -> Plan:
    left = min(item.x - item.width / 2 for row in rows for item in row)
    right = max(item.x + item.width / 2 for row in rows for item in row)
    bands: dict[int, tuple[float, float]] = {}
    y = 0.0
    for row in rows:
        high = max(item.height for item in row)
        bands[row[0].layer] = (y, y + high)
        y += high + room.down
    height = y - room.down

    def rect(item: _LayerItem) -> Rect:
        top, bottom = bands[item.layer]
        # Labels keep to the middle of their band, boxes too: lines then bend in the white space only.
        return Rect(item.x - left - item.width / 2, (top + bottom - item.height) / 2, item.width, item.height)

    ports = _ports(items.values(), left)
    boxes = {key: rect(item) for key, item in items.items()}
    routes: dict[str, Route] = {}
    for number, tie in enumerate(ties):
        label = labels[tie.key]
        first, last = items[tie.upper], items[tie.lower]
        turned = first.layer > last.layer
        if turned:
            first, last = last, first
        upper, lower = chains[2 * number], chains[2 * number + 1]
        place = rect(label)
        near, far = (upper or [label])[0], (lower or [label])[-1]
        start, stop = ports[id(first), id(near), True], ports[id(last), id(far), False]
        down = [(start, rect(first).bottom), (start, bands[first.layer][1])]
        down += [(item.x - left, edge) for item in upper for edge in bands[item.layer]]
        down += [(place.middle, bands[label.layer][0]), (place.middle, place.y)]
        on = [(place.middle, place.bottom), (place.middle, bands[label.layer][1])]
        on += [(item.x - left, edge) for item in lower for edge in bands[item.layer]]
        on += [(stop, bands[last.layer][0]), (stop, rect(last).y)]
        if turned:
            routes[tie.key] = Route(_distinct(on[::-1]), _distinct(down[::-1]), place)
        else:
            routes[tie.key] = Route(_distinct(down), _distinct(on), place)
    return Plan(right - left, height, boxes, routes)


def _ports(items: Iterable[_LayerItem], left: float) -> dict[tuple[int, int, bool], float]:
    """Where on the edge of each box each tie begins: side by side in the order in which they go on."""
    out: dict[tuple[int, int, bool], float] = {}
    for item in items:
        for ties, below in ((item.above, False), (item.below, True)):
            spread = sorted(ties, key=lambda one: one.x)
            step = min(16.0, item.width * 0.7 / max(len(spread) - 1, 1))
            for number, one in enumerate(spread):
                out[id(item), id(one), below] = item.x - left + (number - (len(spread) - 1) / 2) * step
    return out


def _distinct(points: Iterable[Point]) -> tuple[Point, ...]:
    return tuple(dict.fromkeys((round(x, 3), round(y, 3)) for x, y in points))
