"""What the chart and the timeline call things, in the window: real names, in the words of the forms."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from magdesk.document.graph import ChartNode, Edge, EdgeKind, Holding
from magdesk.document.ownership import OwnershipRules
from magdesk.dossier.payments import Sums
from magdesk.gui.forms.choices import party_name, party_roles
from magdesk.gui.forms.rowkinds import span_of
from magdesk.gui.labels import label
from magdesk.gui.words import _, joined, ngettext
from magdesk.model.people import NameKind, Position
from magdesk.money import amount_words

KINDS: dict[EdgeKind, str] = {
    EdgeKind.COMMAND: _("Command"),
    EdgeKind.OWNERSHIP: _("Ownership"),
    EdgeKind.FAMILY: _("Family"),
    EdgeKind.ASSOCIATION: _("Association"),
    EdgeKind.MONEY: _("Money"),
}


def node_name(node: ChartNode) -> str:
    """A party by its name, a body as it was typed."""
    return party_name(node.party) if node.party is not None else node.body


def node_native(node: ChartNode) -> str:
    """The name in the party's own script, where one is recorded."""
    names = node.party.names if node.party is not None else []
    shown = node_name(node)
    return next((row.text for row in names if row.kind is NameKind.NATIVE and row.text != shown), "")


def node_roles(node: ChartNode) -> str:
    """What it is in the case."""
    if node.party is None:
        return _("Named only in a position")
    return joined(party_roles(node.party), _("protected") if node.party.protected else "")


def tie_words(edge: Edge) -> str:
    """What an edge says, without its ends: ``Commands``, ``Owns 60 %``, the title of a post."""
    if edge.flow is not None:
        return _("Paid {sums}").format(sums=sums_words(edge.flow.sums))
    if edge.relation is None:
        assert isinstance(edge.row, Position)
        return edge.row.title.strip() or _("Holds a post in")
    words = label(edge.relation)
    return f"{words} {edge.percent:g} %" if edge.percent is not None else words


def sums_words(sums: Sums) -> str:
    """``USD 1,900,000, 2 unknown amounts``."""
    parts = [amount_words(total, unit) for unit, total in sums.known]
    if sums.unknown:
        unknown = ngettext("{count} unknown amount", "{count} unknown amounts", sums.unknown)
        parts.append(unknown.format(count=sums.unknown))
    return ", ".join(parts)


def tie_period(edge: Edge) -> str:
    """Its dates in years, short enough for a label."""
    first = edge.start.first_year() if edge.start else ""
    last = edge.end.last_year() if edge.end else ""
    if first and last:
        return first if first == last else f"{first}–{last}"
    if first or last:
        return f"{first}–" if first else f"–{last}"
    return ""


def tie_dates(edge: Edge) -> str:
    """Its dates as they are known."""
    return span_of(edge.start, edge.end, edge.end_state)


def tie_sources(edge: Edge, exhibits: Mapping[uuid.UUID, int]) -> str:
    """Its exhibits by number: ``Ex. 3, 7``."""
    if not edge.sources:
        return _("no source")
    numbers = sorted({exhibits[row.evidence_id] for row in edge.sources if row.evidence_id in exhibits})
    if not numbers:
        count = len(edge.sources)
        return ngettext("{count} source", "{count} sources", count).format(count=count)
    return _("Ex. {numbers}").format(numbers=", ".join(str(number) for number in numbers))


def owned_words(holding: Holding, rules: OwnershipRules) -> str:
    """On the box of an entity: that targets own enough of it for a law that is asked; empty where they do not."""
    if not holding.caught:
        return ""
    if rules.unreached(holding.total):
        return _("Owned by half")
    return _("Owned by more than half") if rules.above_half else _("Owned by half or more")


def holding_words(holding: Holding, rules: OwnershipRules) -> str:
    """What the shares of the targets mean under the laws that are asked."""
    if not holding.caught:
        if holding.unknown:
            return _("Undetermined: a share is unknown")
        return _("Targets own half or less") if rules.above_half else _("Targets own less than half")
    unreached = rules.unreached(holding.total)
    if unreached:
        laws = ", ".join(law.short for law in unreached)
        return _("Targets own half, which is not enough under {laws}: those require more than half").format(laws=laws)
    if rules.above_half:
        return _("Targets own more than half")
    return _("Targets own half or more (50% rule)")
