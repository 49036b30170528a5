"""What goes with a row when it is deleted: rows that cannot be without it, and references to it that fall empty."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from magdesk.model import Base, ElementNote, Proof

if TYPE_CHECKING:
    from magdesk.casefile import CaseFile, Session


@dataclass(slots=True)
class Removal:
    """A deletion, worked out before it is done.

    Attributes:
        rows: other rows that go too, without those the row owns outright.
        emptied: (row, attribute) of references that fall empty.
    """

    row: Base
    rows: dict[uuid.UUID, Base] = field(default_factory=dict)
    emptied: list[tuple[Base, str]] = field(default_factory=list)

    @property
    def noticeable(self) -> list[Base]:
        """The rows that go too and that a person would miss; ticks in the element table are not among them."""
        return [row for row in self.rows.values() if not isinstance(row, Proof | ElementNote)]

    def apply(self, session: Session) -> None:
        """Delete, inside a change."""
        for row, attribute in self.emptied:
            setattr(row, attribute, None)
        gone = [*self.rows.values(), self.row]
        holders = [pair for row in gone for pair in _holders(session, row)]
        for row in gone:
            session.delete(row)
        session.flush()
        # What other rows remember of their collections is told by nobody else.
        for holder, attribute in holders:
            if holder in session:
                session.expire(holder, [attribute])


def plan_removal(case: CaseFile, row: Base) -> Removal:
    """What deleting the row takes with it, however far the references go."""
    plan = Removal(row)
    owned: set[uuid.UUID] = set()
    todo: list[Base] = [row]
    while todo:
        current = todo.pop()
        for child in _owned(current):
            if child.id not in owned:
                owned.add(child.id)
                todo.append(child)
        for other, attribute, required in _references(case.session, current):
            if other.id in owned or other.id in plan.rows or other is row:
                continue
            if required:
                plan.rows[other.id] = other
                todo.append(other)
            else:
                plan.emptied.append((other, attribute))
    for key in owned:
        plan.rows.pop(key, None)
    plan.emptied = [(other, name) for other, name in plan.emptied if other.id not in owned | plan.rows.keys()]
    return plan


def _owned(row: Base) -> list[Base]:
    """The rows that the mapping deletes with this one."""
    out: list[Base] = []
    for relationship in row.__mapper__.relationships:
        if relationship.cascade.delete:
            value = getattr(row, relationship.key)
            out += value if relationship.uselist else [value] if value is not None else []
    return out


def _references(session: Session, row: Base) -> list[tuple[Base, str, bool]]:
    table = row.__mapper__.local_table
    found: list[tuple[Base, str, bool]] = []
    for mapper in Base.registry.mappers:
        for attribute in mapper.column_attrs:
            column: Any = attribute.columns[0]
            if any(key.column.table is table for key in column.foreign_keys):
                kind = mapper.class_
                query = session.query(kind).filter(getattr(kind, attribute.key) == row.id)
                # A proof names one of three things and is nothing without it, although each may be empty.
                needed = not column.nullable or kind is Proof
                found += [(other, attribute.key, needed) for other in query]
    return found


def _holders(session: Session, row: Base) -> list[tuple[Base, str]]:
    """The rows, with the attribute, in whose collections this one stands."""
    kinds = {mapper.local_table: mapper for mapper in Base.registry.mappers}
    found: list[tuple[Base, str]] = []
    for attribute in row.__mapper__.column_attrs:
        key = getattr(row, attribute.key)
        for reference in attribute.columns[0].foreign_keys:
            mapper = kinds[reference.column.table]
            holder = session.get(mapper.class_, key) if key is not None else None
            if holder is not None:
                names = [one.key for one in mapper.relationships if one.mapper is row.__mapper__]
                found += [(holder, name) for name in names]
    return found
