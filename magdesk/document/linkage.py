"""The linkage annex: the chart, its ties one by one with their sources, who owns what, tenures against acts."""

from __future__ import annotations

from magdesk.document.blocks import Block, Cell, Heading, Inline, Mention, Paragraph, ParagraphStyle, Table, Text
from magdesk.document.chart import LOW, WIDE, ChartMaker, packet_graph
from magdesk.document.citing import Citing
from magdesk.document.context import Brief
from magdesk.document.graph import ChartNode, Edge, Graph, Holding, build_graph, holdings
from magdesk.document.money import money
from magdesk.document.ownership import OwnershipRules
from magdesk.document.spans import span
from magdesk.document.tables import cell, heads, joined, words
from magdesk.document.tenure import tenure_drawings
from magdesk.model.people import EndState


def linkage_section(brief: Brief) -> tuple[Block, ...]:
    """Chart, table of ties, who owns what, what was paid; nothing where no target has a tie and nobody paid."""
    graph = packet_graph(build_graph(brief.dossier), brief.dossier.told)
    if not graph.edges:
        return money(brief, 2) or brief.open_paragraph("linkage_none")
    maker = ChartMaker(brief)
    intro = Paragraph((Text(brief.label("linkage_intro")),), ParagraphStyle.SMALL, keep_with_next=True)
    drawings = maker.drawings(graph)
    ties = _ties(brief, maker, graph)
    # A chart that needs a page of its own follows the table, so that no page is left white.
    own_page = drawings[0].height > LOW or drawings[0].width > WIDE
    body: tuple[Block, ...] = (ties, *drawings) if own_page else (*drawings, ties)
    return (intro, *body, *_ownership(brief, graph), *money(brief, 2))


def tenure_section(brief: Brief) -> tuple[Block, ...]:
    """The time in office of each target against the acts it took part in, with a mismatch named and hatched."""
    drawings = tenure_drawings(brief)
    if not drawings:
        return brief.open_paragraph("tenure_none")
    intro = Paragraph((Text(brief.label("tenure_intro")),), ParagraphStyle.SMALL, keep_with_next=True)
    return (intro, *drawings)


def _ties(brief: Brief, maker: ChartMaker, graph: Graph) -> Table:
    citing = Citing(brief)
    rows = [
        heads(
            brief.label("linkage_who"), brief.label("linkage_tie"), brief.label("linkage_whom"),
            brief.label("dates"), brief.label("source"),
        )
    ]  # fmt: skip
    for edge in graph.edges:
        source: tuple[Inline, ...] = (
            citing.places(edge.sources) if edge.sources else (Text(brief.label("linkage_unsourced")),)
        )
        rows.append(
            (
                words(*_party(maker, graph.nodes[edge.source])),
                words(maker.tie(edge)),
                words(*_party(maker, graph.nodes[edge.other])),
                words(_dates(brief, edge)),
                words(*source, shade="" if edge.sources else "warn"),
            )
        )
    caption = (Text(brief.label("linkage_table")),)
    return Table(tuple(rows), (1.7, 1.4, 1.7, 1.4, 1.8), header_rows=1, caption=caption)


def _party(maker: ChartMaker, node: ChartNode) -> tuple[Inline, ...]:
    return (Mention(node.key),) if node.party is not None else (Text(maker.name(node)),)


def _dates(brief: Brief, edge: Edge) -> str:
    if edge.start is None and edge.end is None:
        return brief.label("linkage_now") if edge.end_state is EndState.ONGOING else brief.label("span_unknown")
    return span(brief, edge.start, edge.end, edge.end_state)


def _ownership(brief: Brief, graph: Graph) -> tuple[Block, ...]:
    """Each entity that targets own in part, with the shares added up as the rule adds them."""
    targets = [key for key, node in graph.nodes.items() if node.target]
    # Where the authorities asked differ, the lower share shows what one of them could reach.
    rules = OwnershipRules([regime for _row, regime in brief.authorities])
    found = holdings(graph, targets, brief.options.date, rules.enough)
    if not found:
        return ()
    out: list[Block] = [Heading(2, (Text(brief.label("ownership")),), "ownership")]
    day = brief.day(brief.options.date)
    out.append(Paragraph((Text(brief.label("ownership_rule")),), keep_with_next=True))
    out.append(Paragraph((Text(brief.label("ownership_intro", date=day)),), keep_with_next=True))
    citing = Citing(brief)
    rows = [
        heads(
            brief.label("ownership_entity"), brief.label("ownership_holders"), brief.label("ownership_total"),
            brief.label("ownership_result"),
        )
    ]  # fmt: skip
    rows += [_holding(brief, citing, graph, row) for row in found]
    return (*out, Table(tuple(rows), (1.8, 3.6, 0.9, 1.9), header_rows=1))


def _holding(brief: Brief, citing: Citing, graph: Graph, row: Holding) -> tuple[Cell, ...]:
    lines: list[Block] = []
    for share in row.shares:
        percent = f"{share.percent:g}\u00a0%" if share.percent is not None else brief.label("ownership_unknown")
        through = brief.label("ownership_through") if share.edge.source in row.through else ""
        outside = "" if share.counts else brief.label("ownership_outside")
        note = through or outside
        sources = citing.places(share.edge.sources) if share.edge.sources else ()
        refs = joined([(Text(note),) if note else (), sources], "; ")
        tail = (Text(" ("), *refs, Text(")")) if refs else ()
        lines.append(Paragraph((Mention(share.edge.source), Text(f": {percent}"), *tail)))
    result = brief.label("ownership_half" if row.caught else "ownership_less")
    if not row.caught and row.unknown:
        result = brief.label("ownership_open")
    if row.caught and row.steps:
        result = brief.label("ownership_half_indirect")
    return (
        words(*_entity(graph, row.entity)),
        cell(*lines),
        words(f"{row.total:g}\u00a0%"),
        words(result, shade="bad" if row.caught else ""),
    )


def _entity(graph: Graph, key: str) -> tuple[Inline, ...]:
    node = graph.nodes[key]
    return (Mention(key),) if node.party is not None else (Text(node.body),)
