"""From a key to the row, from a row to the page and the master row where it is edited."""

from __future__ import annotations

import uuid

from magdesk.checks.finding import Place
from magdesk.gui.desk.desk import Desk
from magdesk.model import (
    AdverseItem,
    Asset,
    Authentication,
    Authority,
    Base,
    Case,
    Citation,
    Consent,
    Contact,
    Engagement,
    Evidence,
    Fact,
    Harm,
    Identifier,
    Incident,
    InterestArgument,
    LegalBasis,
    ListSearch,
    Name,
    Organisation,
    OtherSanction,
    Outcome,
    Participation,
    Party,
    Payment,
    Position,
    Proceeding,
    Recipient,
    Relation,
    Section,
    Signoff,
    Submission,
    Target,
    Unknown,
    Victim,
    Witness,
)

_PAGES: dict[type[Base], str] = {
    Case: "overview",
    Organisation: "overview",
    Authority: "overview",
    Contact: "overview",
    Engagement: "overview",
    Target: "targets",
    Victim: "people",
    Witness: "people",
    Incident: "incidents",
    Evidence: "evidence",
    Fact: "facts",
    Payment: "money",
    AdverseItem: "adverse",
    InterestArgument: "interest",
    Proceeding: "accountability",
    OtherSanction: "accountability",
    ListSearch: "accountability",
    Section: "narrative",
    Signoff: "review",
    Recipient: "export",
    Submission: "export",
}
_PARTY: tuple[type[Base], ...] = (Party, Name, Identifier, Position, Relation, Unknown, Consent)
_KINDS: dict[str, tuple[type[Base], ...]] = {
    "overview": (Case, Organisation, Authority, Contact, Engagement),
    "targets": (Target, LegalBasis, Asset, *_PARTY),
    "people": (*_PARTY, Victim, Witness),
    "incidents": (Incident, Harm, Participation),
    "evidence": (Evidence, Authentication),
    "facts": (Fact,),
    "money": (Payment,),
    "adverse": (AdverseItem,),
    "interest": (InterestArgument,),
    "accountability": (Proceeding, OtherSanction, ListSearch),
    "narrative": (Section,),
    "review": (Signoff,),
    "export": (Recipient, Submission, Outcome),
}
_PARENTS = ("party", "target", "incident", "fact", "organisation", "legal_basis", "submission", "evidence")


def find_row(desk: Desk, key: uuid.UUID | None, page: str = "") -> Base | None:
    """The row of that key, whatever kind it is.

    Args:
        page: kinds that are edited on this page are tried first: keys made by hand may stand in two tables.
    """
    if key is None:
        return None
    for kind in (*_KINDS.get(page, ()), *(mapper.class_ for mapper in Base.registry.mappers)):
        row: Base | None = desk.get(kind, key)
        if row is not None:
            return row
    return None


def find_kind(table: str) -> type[Base] | None:
    """The kind of row that a table holds."""
    kinds: list[type[Base]] = [mapper.class_ for mapper in Base.registry.mappers]
    return next((kind for kind in kinds if kind.__tablename__ == table), None)


def parent_of(desk: Desk, row: Base) -> Base | None:
    """The row that a row belongs to."""
    if isinstance(row, Citation):
        for attribute in row.__mapper__.column_attrs:
            if attribute.key.endswith("_id") and attribute.key != "evidence_id":
                owner = find_row(desk, getattr(row, attribute.key))
                if owner is not None:
                    return owner
        return None
    if isinstance(row, Unknown):
        return find_row(desk, row.subject_id)
    for name in _PARENTS:
        if name in row.__mapper__.relationships:
            parent: Base | None = getattr(row, name)
            if parent is not None:
                return parent
    return None


def master_of(desk: Desk, row: Base | None) -> Base | None:
    """The row of a master list that holds a row; a party leads to its role."""
    while row is not None and type(row) not in _PAGES:
        if isinstance(row, Party):
            return row.target or row.victim or row.witness
        row = parent_of(desk, row)
    return row


def place_of(desk: Desk, kind: str, key: uuid.UUID, label: str = "") -> Place | None:
    """Where the row of that table and key is edited."""
    found = find_kind(kind)
    row = desk.get(found, key) if found is not None else None
    if isinstance(row, Party) and row.target is None:
        return Place("people", key, "", label)
    master = master_of(desk, row)
    return None if master is None else Place(_PAGES[type(master)], key, "", label)
