"""Checks of what each submission of a case needs for itself: its letters, its outline, its words."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace

from magdesk.checks.scope import Hit, Scope
from magdesk.regimes.filing import Filing


def each(scope: Scope, check: Callable[[Filing], Iterable[Hit]]) -> Iterator[Hit]:
    """What a check finds in the submissions; what it finds in several of them is told once and names them all."""
    found: dict[Hashable, tuple[Hit, list[str]]] = {}
    for filing in scope.filings:
        for hit in check(filing):
            same = (hit.place, hit.variant, hit.mark, tuple(sorted(hit.words.items())))
            _first, packets = found.setdefault(same, (hit, []))
            if filing.packet.code not in packets:
                packets.append(filing.packet.code)
    for hit, packets in found.values():
        yield replace(hit, filings=tuple(packets))
