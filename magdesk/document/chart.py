"""The chart of the ties between parties, as drawings that fit a page: one, or several if one would be too small."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from magdesk.dates.partialdate import PartialDate
from magdesk.document.blocks import Drawing, Drawn, DrawnBox, DrawnLine, DrawnText, Inline, Text
from magdesk.document.context import Brief
from magdesk.document.graph import ChartNode, Edge, EdgeKind, Graph, grouped
from magdesk.document.layout import Plan, PlanSpacing, Rect, Route, Size, Tie, lay_out
from magdesk.document.lettering import LEADING, text_width, wrapped
from magdesk.document.mask import Mask
from magdesk.document.money import sums_in_words
from magdesk.isolates import isolated
from magdesk.model.people import EndState, PartyKind

NAME, NATIVE, SMALL, TAG = 9.0, 8.4, 7.7, 7.7
_BOX = 106.0  # widest name
_LABEL = 88.0  # widest label
_PAD = 6.0
_UPRIGHT, _TURNED = (515.0, 640.0), (640.0, 505.0)  # what a page shows in readable size, upright and turned
_WIDTHS = (500.0, 430.0, 360.0, 300.0, 260.0, 630.0, 560.0)  # widths to lay out for, the best first
_LEGEND = 26.0
DASHES: dict[EdgeKind, tuple[float, ...]] = {
    EdgeKind.COMMAND: (),
    EdgeKind.OWNERSHIP: (),
    EdgeKind.FAMILY: (5.0, 3.0),
    EdgeKind.ASSOCIATION: (1.2, 2.4),
    EdgeKind.MONEY: (8.0, 2.0, 1.5, 2.0),
}


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a box or a label."""

    inlines: tuple[Inline, ...]
    size: float
    width: float
    bold: bool = False
    tone: str = "ink"


LOW = 590.0  # what is no higher than this has room below a heading
WIDE = 520.0  # what is wider than this is turned


class ChartMaker:
    """Draws graphs in the words of one packet; protected names never reach a drawing."""

    def __init__(self, brief: Brief) -> None:
        self._brief = brief
        self._mask = Mask(brief.dossier, brief.label("protected_person"), brief.label("hidden_organisation"))
        self._numbers = {str(row.party_id): number for number, row in enumerate(brief.dossier.targets, 1)}

    def drawings(self, graph: Graph) -> tuple[Drawing, ...]:
        """The graph on as few pages as it can be read on."""
        drawn = [self._drawing(part) for part in self._split(graph)]
        if len(drawn) == 1:
            return (replace(drawn[0], caption=(Text(self._brief.label("linkage_caption")),)),)
        total = str(len(drawn))
        return tuple(
            replace(one, caption=(Text(self._brief.label("linkage_caption_part", number=str(number), total=total)),))
            for number, one in enumerate(drawn, 1)
        )

    def name(self, node: ChartNode) -> str:
        """What the chart calls a node: the name or the pseudonym that documents print."""
        if node.party is None:
            return self._mask.text(self._brief.naming.plain(node.body))
        return self._mask.text(self._brief.naming.printed(node.party))

    def tie(self, edge: Edge) -> str:
        """What an edge says, without dates: ``commands``, ``owns 60 %``, the title of a post."""
        label = self._brief.label
        if edge.flow is not None:
            return label("tie_paid", sums=self._mask.text(sums_in_words(self._brief, edge.flow.sums)))
        if edge.relation is None:
            title = self._mask.text(self._brief.naming.plain(getattr(edge.row, "title", ""))).strip()
            return title or label("tie_position")
        if edge.percent is not None:
            return label("tie_owns_percent", percent=f"{edge.percent:g}")
        return label(f"tie_{edge.relation.value}")

    # ------------------------------------------------------------------------------------------ splitting

    def _split(self, graph: Graph) -> list[Graph]:
        """Graphs that each fit a page: the whole, else its parts, else what is near each target, else halves."""
        if not graph.edges or self._fits(graph):
            return [graph]
        parts = [part for part in graph.parts() if part.edges]
        if len(parts) > 1:
            out: list[Graph] = []
            for part in parts:
                joint = _union(graph, [*out[-1].edges, *part.edges]) if out else None
                if joint is not None and self._fits(joint):
                    out[-1] = joint
                else:
                    out += self._split(part)
            return out
        hubs = [key for key, node in graph.nodes.items() if node.target]
        if len(hubs) > 1:
            told: set[str] = set()
            out = []
            for hub in hubs:
                edges = [edge for edge in graph.near([hub], 1).edges if edge.key not in told]
                told |= {edge.key for edge in edges}
                if edges:
                    out += self._split(_union(graph, edges))
            rest = [edge for edge in graph.edges if edge.key not in told]
            return [*out, *(self._split(_union(graph, rest)) if rest else [])]
        for kind in EdgeKind:
            some = [edge for edge in graph.edges if edge.kind is kind]
            if some and len(some) < len(graph.edges):
                rest = [edge for edge in graph.edges if edge.kind is not kind]
                return [*self._split(_union(graph, some)), *self._split(_union(graph, rest))]
        half = len(graph.edges) // 2
        if not half:
            return [graph]
        return [
            *self._split(_union(graph, graph.edges[:half])),
            *self._split(_union(graph, graph.edges[half:])),
        ]

    def _fits(self, graph: Graph) -> bool:
        return self._best(graph)[1] <= 1.0

    def _best(self, graph: Graph) -> tuple[Plan, float]:
        """The plan to draw, and how many times too large for a page it is; upright before turned."""
        found: list[tuple[float, int, Plan]] = []
        for number, widest in enumerate(_WIDTHS):
            plan = self._plan(graph, widest)
            for turned, (width, height) in enumerate((_UPRIGHT, _TURNED)):
                over = max(plan.width / width, (plan.height + _LEGEND) / height, 1.0)
                if over <= 1.0 and not turned:
                    return plan, over
                found.append((round(over, 6), turned * len(_WIDTHS) + number, plan))
        over, _place, plan = min(found, key=lambda row: row[:2])
        return plan, over

    def _plan(self, graph: Graph, widest: float) -> Plan:
        boxes = [self._size(node) for node in graph.nodes.values()]
        ties = []
        for (upper, lower, kind), edges in grouped(graph.edges).items():
            lines = self._label(edges)
            width = max(line.width for line in lines) + 8
            ties.append(Tie(f"{upper}|{lower}|{kind}", upper, lower, width, _high(lines) + 4))
        return lay_out(boxes, ties, PlanSpacing(across=8.0, down=10.0, widest=widest))

    # ------------------------------------------------------------------------------------------- drawing

    def _drawing(self, graph: Graph) -> Drawing:
        plan, _over = self._best(graph)
        shapes: list[Drawn] = []
        for (upper, lower, kind), edges in grouped(graph.edges).items():
            shapes += self._tie(plan.routes[f"{upper}|{lower}|{kind}"], edges, upper)
        for key, node in graph.nodes.items():
            shapes += self._box(node, plan.boxes[key])
        legend, wide = self._legend(graph, plan.height + 12)
        names = ", ".join(isolated(self.name(node)) for node in graph.nodes.values() if node.target)
        return Drawing(
            shapes=(*shapes, *legend),
            width=max(plan.width, wide) + 2,
            height=plan.height + _LEGEND,
            alt=self._brief.label("linkage_alt", names=names, count=str(len(graph.edges))),
            told=tuple(self.told(edge, graph) for edge in graph.edges),
        )

    def told(self, edge: Edge, graph: Graph) -> tuple[Inline, ...]:
        """An edge in one line of text."""
        years = self._years(edge)
        words = isolated(self.tie(edge))
        tie = f"{words} ({years})" if years else words
        source, other = (isolated(self.name(graph.nodes[key])) for key in (edge.source, edge.other))
        ends = f"{source} – {tie} – {other}: "
        return (Text(ends), *self._exhibits(edge))

    def _lines(self, node: ChartNode) -> list[_Line]:
        out = [
            _Line((Text(line),), NAME, text_width(line, NAME, bold=True), bold=True)
            for line in wrapped(self.name(node), _BOX, NAME, bold=True)
        ]
        if node.party is not None:
            for name in self._brief.naming.native(node.party)[:1]:
                text = self._mask.text(name.text)
                out += [
                    _Line((Text(line, lang=name.language),), NATIVE, text_width(line, NATIVE))
                    for line in wrapped(text, _BOX, NATIVE, lines=2)
                ]
        tag = self._tag(node)
        if tag:
            out.append(_Line((Text(tag),), TAG, text_width(tag, TAG), tone="navy" if node.target else "grey"))
        return out

    def _tag(self, node: ChartNode) -> str:
        if node.target:
            return self._brief.label("linkage_target", number=str(self._numbers.get(node.key, 0)))
        if node.party is not None and node.party.kind is not PartyKind.PERSON:
            return self._brief.choice(node.party.kind)
        return ""

    def _size(self, node: ChartNode) -> Size:
        lines = self._lines(node)
        width = max([60.0, *(line.width for line in lines)]) + 2 * _PAD
        return Size(node.key, min(width, _BOX + 2 * _PAD), _high(lines) + 2 * _PAD - 2)

    def _box(self, node: ChartNode, at: Rect) -> list[Drawn]:
        party = node.party is not None and node.party.kind is PartyKind.PERSON
        fill = "head" if node.target else "muted" if not party else "white"
        frame = DrawnBox(
            at.x + 1, at.y, at.width, at.height,
            fill=fill, line="navy" if node.target else "grey", weight=1.6 if node.target else 0.8,
            radius=7.0 if party else 0.0,
        )  # fmt: skip
        return [frame, *_written(self._lines(node), at.moved(1, 0), _PAD - 1)]

    def _label(self, edges: Sequence[Edge]) -> list[_Line]:
        out: list[_Line] = []
        for edge in edges:
            lines = [isolated(line) for line in wrapped(self.tie(edge), _LABEL, SMALL)]
            period = self._years(edge)
            if period and lines and text_width(f"{lines[-1]}, {period}", SMALL) <= _LABEL:
                lines[-1] += f", {period}"
            elif period:
                lines.append(period)
            out += [_Line((Text(line),), SMALL, text_width(line, SMALL)) for line in lines]
            refs = self._exhibits(edge)
            width = text_width("".join(getattr(ref, "text", "") for ref in refs), TAG)
            tone = "grey" if edge.sourced else "bad"
            out.append(_Line(refs, TAG, min(width, _LABEL), tone=tone))
        return out

    def _tie(self, route: Route, edges: Sequence[Edge], upper: str) -> list[Drawn]:
        kind = edges[0].kind
        tone = "grey" if all(edge.sourced for edge in edges) else "bad"
        up = any(edge.other == upper and not edge.mutual for edge in edges)
        down = any(edge.other != upper and not edge.mutual for edge in edges)

        def stroke(points: tuple[tuple[float, float], ...], *, head: bool) -> DrawnLine:
            return DrawnLine(
                tuple((x + 1, y) for x, y in points), line=tone, weight=1.0, dash=DASHES[kind], head=head,
                curved=True, double=kind is EdgeKind.OWNERSHIP,
            )  # fmt: skip

        return [
            stroke(route.to_label[::-1], head=up),
            stroke(route.from_label, head=down),
            *_written(self._label(edges), route.label.moved(1, 0), 2.0),
        ]

    def _exhibits(self, edge: Edge) -> tuple[Inline, ...]:
        refs = self._brief.exhibit_refs([row.evidence_id for row in edge.sources])
        if refs:
            return refs
        return (Text(self._brief.label("linkage_not_produced" if edge.sources else "linkage_unsourced")),)

    def _years(self, edge: Edge) -> str:
        return years(self._brief, edge.start, edge.end, edge.end_state)

    def _legend(self, graph: Graph, top: float) -> tuple[list[Drawn], float]:
        out: list[Drawn] = []
        x = 1.0
        present = {edge.kind for edge in graph.edges}
        for kind in EdgeKind:
            if kind not in present:
                continue
            word = self._brief.label(f"linkage_kind_{kind.value}")
            width = text_width(word, TAG)
            line = DrawnLine(
                ((x, top + 5), (x + 26, top + 5)), line="grey", dash=DASHES[kind], weight=1.0,
                double=kind is EdgeKind.OWNERSHIP,
            )  # fmt: skip
            out += [line, DrawnText(x + 31, top, width, (Text(word),), TAG, align="start", tone="grey")]
            x += 31 + width + 16
        return out, x


def years(brief: Brief, start: PartialDate | None, end: PartialDate | None, state: EndState) -> str:
    """A period in years: ``2019 to 2023``, ``since 2023``; empty when no date is known."""
    first = start.first_year() if start else ""
    last = end.last_year() if end else ""
    if first and last:
        return first if first == last else brief.label("span_closed", start=first, end=last)
    if last:
        return brief.label("span_until", end=last)
    if not first:
        return ""
    return brief.label("span_ongoing" if state is EndState.ONGOING else "linkage_from", start=first)


def packet_graph(graph: Graph, told: Collection[uuid.UUID]) -> Graph:
    """What a packet shows: nobody protected, no victims and witnesses, nothing that leads to no target.

    Args:
        told: keys of the parties that the packet tells of.
    """
    hidden = {key for key, node in graph.nodes.items() if not node.target and (_hidden(node) or _untold(node, told))}
    shown = graph.without(hidden)
    return shown.near([key for key, node in shown.nodes.items() if node.target], 3)


def _hidden(node: ChartNode) -> bool:
    return node.victim or (node.party is not None and node.party.protected)


def _untold(node: ChartNode, told: Collection[uuid.UUID]) -> bool:
    return node.party is not None and node.party.id not in told


def _union(graph: Graph, edges: Sequence[Edge]) -> Graph:
    keys = {key for edge in edges for key in (edge.source, edge.other)}
    return Graph({key: node for key, node in graph.nodes.items() if key in keys}, tuple(edges))


def _high(lines: Sequence[_Line]) -> float:
    return sum(line.size * LEADING for line in lines)


def _written(lines: Sequence[_Line], at: Rect, top: float) -> list[Drawn]:
    out: list[Drawn] = []
    y = at.y + top
    for line in lines:
        out.append(DrawnText(at.x + 2, y, at.width - 4, line.inlines, line.size, bold=line.bold, tone=line.tone))
        y += line.size * LEADING
    return out
