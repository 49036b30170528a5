"""Which function is which check. A check that is not in this list does not run."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from magdesk.checks import (
    consistency,
    drafting,
    grounds,
    identity,
    packet,
    people,
    pleading,
    proof,
    protection,
    quotes,
    sources,
    tenure,
)
from magdesk.checks.scope import Hit, Scope

STALE_WAIVER = "W01"
"""Told after all others: it needs to know what they found."""

Check = Callable[[Scope], Iterator[Hit]]

CHECKS: tuple[tuple[str, Check], ...] = (
    ("C01", packet.cover),
    ("C02", packet.standing),
    ("C03", pleading.prongs),
    ("C04", proof.elements),
    ("C05", proof.facts),
    ("C06", proof.independence),
    ("C07", proof.breadth),
    ("C08", proof.recency),
    ("C09", tenure.tenures),
    ("C10", identity.names),
    ("C11", identity.birth),
    ("C12", identity.positions),
    ("C13", identity.identifiers),
    ("C14", identity.document_numbers),
    ("C15", identity.photo),
    ("C16", identity.foreign_person),
    ("C17", pleading.officials),
    ("C18", pleading.yearly_citation),
    ("C19", people.family),
    ("C20", pleading.principals),
    ("C21", pleading.adverse_effects),
    ("C22", drafting.adverse),
    ("C23", drafting.proceedings),
    ("C24", drafting.other_sanctions),
    ("C25", drafting.interest),
    ("C26", drafting.side_effects),
    ("C27", pleading.requests),
    ("C28", people.consent),
    ("C29", protection.protected_names),
    ("C30", packet.markings),
    ("C31", sources.translations),
    ("C32", sources.preservation),
    ("C33", sources.resolution),
    ("C34", consistency.consistency),
    ("C35", drafting.wording),
    ("C36", drafting.lengths),
    ("C37", packet.addresses),
    ("C38", packet.authority_status),
    ("C39", identity.designation),
    ("C40", packet.lawyer),
    ("C41", drafting.leftovers),
    ("C42", sources.confirmation),
    ("Q01", quotes.quotations),
    ("R01", grounds.victims),
    ("R02", grounds.scale),
    ("R03", grounds.open_sources),
    ("R05", grounds.abroad),
    ("R06", grounds.reach),
    ("R07", grounds.wording),
    ("R08", grounds.knowledge),
    ("R09", grounds.measures),
    ("R10", grounds.modes),
    ("R11", grounds.listings),
    ("R12", grounds.kinship),
    ("R13", grounds.rank_alone),
)
