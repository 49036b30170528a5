"""Which part of the graph is shown, and how large its boxes and labels are in the window's font."""

from __future__ import annotations

import uuid
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtGui import QFont, QFontMetricsF

from magdesk.document.graph import ChartNode, Edge, EdgeKind, Graph, grouped
from magdesk.document.layout import Size, Tie
from magdesk.gui.chart.words import node_name, node_native, node_roles, tie_period, tie_sources, tie_words
from magdesk.isolates import isolated

PAD = 9.0
_BOX, _LABEL = 176.0, 150.0


@dataclass(frozen=True, slots=True)
class ChartFilter:
    """What is asked for.

    Attributes:
        kinds: of ties.
        day: the day whose state is shown; none for all days together.
        around: key of the node whose surroundings are shown; empty for the whole case.
        steps: how far they reach.
        victims: whether victims and witnesses are shown.
    """

    kinds: frozenset[EdgeKind] = frozenset(EdgeKind)
    day: date | None = None
    around: str = ""
    steps: int = 2
    victims: bool = False

    def apply(self, graph: Graph) -> Graph:
        """What is left of a graph; parties that nothing ties to anyone are left out unless they are targets."""
        shown = graph
        if not self.victims:
            shown = shown.without({key for key, node in shown.nodes.items() if node.victim and not node.target})
        if self.day is not None:
            shown = shown.on(self.day)
        shown = shown.of_kinds(self.kinds)
        if self.around in shown.nodes:
            return shown.near([self.around], self.steps)
        return shown


@dataclass(frozen=True, slots=True)
class Lettering:
    """One line of text in a box or label.

    Attributes:
        role: ``name``, ``native``, ``tag``, ``tie``, ``source`` or ``missing``.
    """

    text: str
    role: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class TieGroup:
    """The ties that one line stands for."""

    key: str
    upper: str
    lower: str
    kind: EdgeKind
    edges: tuple[Edge, ...]
    lines: tuple[Lettering, ...]

    @property
    def sourced(self) -> bool:
        """Whether each of them has a source."""
        return all(edge.sourced for edge in self.edges)


@dataclass(frozen=True, slots=True)
class NodeBox:
    """A node with its lines of text."""

    node: ChartNode
    lines: tuple[Lettering, ...]


@dataclass(frozen=True, slots=True)
class ChartSheet:
    """What is to be laid out: the boxes and groups, and the same as bare sizes."""

    boxes: Mapping[str, NodeBox]
    groups: Mapping[str, TieGroup]
    sizes: tuple[Size, ...]
    ties: tuple[Tie, ...]


_LETTERS = 2_000  # of a label that are looked at; no box holds so many


class Fonts:
    """The fonts of the chart, and how wide they run."""

    def __init__(self, font: QFont) -> None:
        size = font.pointSizeF()
        self.by_role: dict[str, QFont] = {}
        for role, share, bold in (
            ("name", 1.0, True), ("native", 0.96, False), ("tag", 0.84, False), ("tie", 0.9, False),
            ("source", 0.84, False), ("missing", 0.84, True),
        ):  # fmt: skip
            made = QFont(font)
            made.setPointSizeF(size * share)
            made.setBold(bold)
            self.by_role[role] = made
        self._metrics = {role: QFontMetricsF(made) for role, made in self.by_role.items()}

    def lines(self, text: str, role: str, width: float, most: int) -> list[Lettering]:
        """The text broken between words, the last line cut where it is too long."""
        metrics = self._metrics[role]
        out: list[str] = []
        line = ""
        for word in text[:_LETTERS].split():
            longer = f"{line} {word}" if line else word
            if line and metrics.horizontalAdvance(longer) > width:
                out.append(line)
                line = word
            else:
                line = longer
        out += [line] if line else []
        if len(out) > most:
            out = [*out[: most - 1], " ".join(out[most - 1 :])]
        fitted = [_fitted(part, metrics, width) for part in out]
        return [Lettering(part, role, metrics.horizontalAdvance(part), metrics.height()) for part in fitted]


def _fitted(text: str, metrics: QFontMetricsF, width: float) -> str:
    if metrics.horizontalAdvance(text) <= width:
        return text
    # The longest beginning that fits: a label of thousands of letters is measured a dozen times, not once for each.
    length = bisect_right(range(len(text)), width, key=lambda size: metrics.horizontalAdvance(f"{text[:size]}…")) - 1
    return text[: max(length, 0)].rstrip() + "…"


def sheet_of(graph: Graph, exhibits: Mapping[uuid.UUID, int], caught: Mapping[str, str], fonts: Fonts) -> ChartSheet:
    """Measure a graph.

    Args:
        exhibits: number of each exhibit.
        caught: what the boxes of the entities say of which targets own enough, by key.
        fonts: of the chart.
    """
    boxes: dict[str, NodeBox] = {}
    for key, node in graph.nodes.items():
        lines = fonts.lines(node_name(node), "name", _BOX, 3)
        lines += fonts.lines(node_native(node), "native", _BOX, 2)
        lines += fonts.lines(node_roles(node), "tag", _BOX, 1)
        if key in caught:
            lines += fonts.lines(caught[key], "missing", _BOX, 1)
        boxes[key] = NodeBox(node, tuple(lines))
    groups: dict[str, TieGroup] = {}
    for (upper, lower, kind), edges in grouped(graph.edges).items():
        lines = []
        for edge in edges:
            period = tie_period(edge)
            words = tie_words(edge)
            lines += fonts.lines(f"{isolated(words)}, {period}" if period else words, "tie", _LABEL, 3)
            role = "source" if edge.sourced else "missing"
            lines += fonts.lines(tie_sources(edge, exhibits), role, _LABEL, 1)
        name = f"{upper}|{lower}|{kind}"
        groups[name] = TieGroup(name, upper, lower, kind, tuple(edges), tuple(lines))
    return ChartSheet(
        boxes,
        groups,
        tuple(
            Size(key, max((line.width for line in box.lines), default=40.0) + 2 * PAD, _high(box.lines) + 2 * PAD - 4)
            for key, box in boxes.items()
        ),
        tuple(
            Tie(key, row.upper, row.lower, max(line.width for line in row.lines) + 8, _high(row.lines) + 4)
            for key, row in groups.items()
        ),
    )


def _high(lines: tuple[Lettering, ...]) -> float:
    return sum(line.height for line in lines)
