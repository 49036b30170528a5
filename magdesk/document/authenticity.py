"""Why an exhibit is held to be what it claims to be, as it is printed with the exhibit."""

from __future__ import annotations

from magdesk.citations import pinpoint
from magdesk.document.blocks import Inline, Text
from magdesk.document.context import Brief
from magdesk.document.narrative import sentence
from magdesk.document.tables import fields, joined
from magdesk.document.titles import clip
from magdesk.isolates import isolated
from magdesk.model.authentication import Authentication
from magdesk.model.evidence import Access, Evidence
from magdesk.model.text import TOKEN

_TEXT = 320  # signs of one reason: a cover sheet is one page


def authenticity(brief: Brief, item: Evidence) -> list[tuple[Inline, ...]]:
    """The reasons, one by one; of a source that is not to be told, only of what kind they are."""
    if brief.protected_source(item) or _supplier_is_protected(brief, item) or item.access in _NOT_TOLD:
        kinds = dict.fromkeys(brief.choice(row.kind) for row in item.authentications)
        return [(Text(f"{kind}."),) for kind in kinds]
    return [_reason(brief, row) for row in item.authentications]


_NOT_TOLD = frozenset({Access.CONFIDENTIAL, Access.INTERNAL})


def _supplier_is_protected(brief: Brief, item: Evidence) -> bool:
    parties = (brief.dossier.parties.get(one.supplier_id) for one in item.origins() if one.supplier_id is not None)
    return any(party is not None and party.protected for party in parties)


def _reason(brief: Brief, row: Authentication) -> tuple[Inline, ...]:
    """``It agrees with independent records: each transfer stands in … (A. Expert, 3 May 2026; Ex. 4, page 2)``."""
    text = row.text.strip()
    # A reference that is cut in two would be printed as it is stored.
    told = sentence(text if TOKEN.search(text) else clip(text, _TEXT))
    by = ", ".join(
        part
        for part in (
            isolated(clip(brief.naming.plain(row.done_by), 120)) if row.done_by.strip() else "",
            brief.day(row.done_on) if row.done_on else "",
        )
        if part
    )
    sources: list[tuple[Inline, ...]] = []
    for citation in row.citations:
        ref = brief.exhibit_ref(citation.evidence_id)
        if ref is not None and citation.stance.supports:
            place = pinpoint(citation.pinpoint_kind, citation.pinpoint, brief.packet.citation_style)
            sources.append(joined([(ref,), place]))
    tail = joined([by, *sources], "; ")
    head = joined([(Text(brief.choice(row.kind)),), fields(told)], ": ")
    return (*head, Text(" ("), *tail, Text(")")) if tail else head
