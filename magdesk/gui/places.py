"""From a key to the row, from a row to the page and the master row where it is edited."""

from __future__ import annotations

import uuid

from magdesk.checks.finding import Place
from magdesk.gui.desk import Desk
from magdesk.model import (
    AdverseItem,
    Authority,
    Base,
    Case,
    Citation,
    Contact,
    Engagement,
    Evidence,
    Fact,
    Incident,
    InterestArgument,
    Organisation,
    OtherSanction,
    Party,
    Proceeding,
    Recipient,
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
    AdverseItem: "adverse",
    InterestArgument: "interest",
    Proceeding: "accountability",
    OtherSanction: "accountability",
    Section: "narrative",
    Signoff: "review",
    Recipient: "export",
    Submission: "export",
}
_PARENTS = ("party", "target", "incident", "fact", "organisation", "legal_basis", "submission")


def find_row(desk: Desk, key: uuid.UUID | None) -> Base | None:
    """The row of that key, whatever kind it is."""
    if key is None:
        return None
    for mapper in Base.registry.mappers:
        row = desk.session.get(mapper.class_, key)
        if row is not None:
            found: Base = row
            return found
    return None


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


def master_of(desk: Desk, key: uuid.UUID | None) -> Base | None:
    """The row of a master list that holds the row of that key; a party leads to its role."""
    row = find_row(desk, key)
    while row is not None and type(row) not in _PAGES:
        if isinstance(row, Party):
            return row.target or row.victim or row.witness
        row = parent_of(desk, row)
    return row


def place_of(desk: Desk, key: uuid.UUID, label: str = "") -> Place | None:
    """Where the row of that key is edited."""
    master = master_of(desk, key)
    return None if master is None else Place(_PAGES[type(master)], key, "", label)
