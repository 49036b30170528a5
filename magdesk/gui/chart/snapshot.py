"""The case as the chart and the timeline show it: read beside the window's own session, then plain values."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date

from magdesk.casefile import CaseFile
from magdesk.document.events import Career, Event, careers, events
from magdesk.document.graph import Graph, build_graph
from magdesk.gui.forms.choices import party_name
from magdesk.services.caserows import committed_rows


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One look. Its rows belong to no session: pages ask the desk for the live row of the same key.

    Attributes:
        exhibits: number of each exhibit.
        facts: number of each fact.
        names: of each party, as the window calls it.
        targets: the party of each target.
        authorities: codes of those that the case asks, in the user's order.
    """

    graph: Graph = field(default_factory=lambda: Graph({}, ()))
    events: tuple[Event, ...] = ()
    careers: tuple[Career, ...] = ()
    exhibits: dict[uuid.UUID, int] = field(default_factory=dict)
    facts: dict[uuid.UUID, int] = field(default_factory=dict)
    names: dict[uuid.UUID, str] = field(default_factory=dict)
    targets: dict[uuid.UUID, uuid.UUID] = field(default_factory=dict)
    authorities: tuple[str, ...] = ()


def take_snapshot(case: CaseFile, today: date) -> Snapshot:
    """Read the case as last committed. Any thread."""
    with committed_rows(case) as dossier:
        return Snapshot(
            graph=build_graph(dossier),
            events=events(dossier),
            careers=careers(dossier, today),
            exhibits=dossier.exhibit_numbers,
            facts=dossier.fact_numbers,
            names={key: party_name(party) for key, party in dossier.parties.items()},
            targets={target.id: target.party_id for target in dossier.targets},
            authorities=tuple(row.regime for row in dossier.authorities),
        )
