"""Every row of a case in memory, with its collections; afterwards kept equal to the file by reading what changed."""

from __future__ import annotations

import gc
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import RelationshipDirection, Session
from sqlalchemy.orm.attributes import set_committed_value

from magdesk.model.base import Base

Row = TypeVar("Row", bound=Base)
Touched = Mapping[str, Collection[uuid.UUID]]
"""Keys of rows by table."""

_CHUNK = 500  # keys in one question


@dataclass(frozen=True, slots=True)
class Branch:
    """A collection of one kind of row: the rows of another kind that belong to it.

    Attributes:
        name: the attribute of the owner.
        child: table of the rows in it.
        link: the attribute of such a row that names its owner.
        order: the attributes by which they are ordered.
        many: whether it is a list; else it is one row or none.
    """

    owner: str
    name: str
    child: str
    link: str
    order: tuple[str, ...]
    many: bool


@dataclass(frozen=True, slots=True)
class Leaning:
    """What the rows of a table say depends on the row that they name: a citation on its source.

    Attributes:
        link: the attribute that names it.
        on: the table of that row.
    """

    table: str
    link: str
    on: str


class Rows:
    """The rows of some kinds, by table and key.

    Each table is read with one question, and collections are put together here: for thousands of rows that is much
    quicker than asking for the collections of each.
    """

    def __init__(self, session: Session, kinds: Iterable[type[Base]], leaning: Iterable[Leaning] = ()) -> None:
        self._session = session
        self._leaning = tuple(leaning)
        self._kinds = {kind.__tablename__: kind for kind in kinds}
        self._branches = [branch for kind in self._kinds.values() for branch in _branches(kind, self._kinds)]
        self._rows: dict[str, dict[uuid.UUID, Base]] = {}
        self._members: dict[Branch, dict[uuid.UUID, dict[uuid.UUID, Base]]] = {}
        self._sorted: dict[tuple[str, tuple[str, ...]], dict[uuid.UUID, Base]] = {}
        self._places: dict[tuple[str, tuple[str, ...]], dict[uuid.UUID, tuple[object, ...]]] = {}
        with settled():
            self._read()

    def of(self, kind: type[Row], *order: str) -> tuple[Row, ...]:
        """The rows of a kind, ordered by some attributes and then by key."""
        return tuple(self.by_key(kind, *order).values())

    def by_key(self, kind: type[Row], *order: str) -> dict[uuid.UUID, Row]:
        """The same rows by key, in that order; the very same dictionary until one comes, goes or moves."""
        table = kind.__tablename__
        known = self._sorted.get((table, order))
        if known is None:
            place = _place(order)
            rows = self._rows[table]
            places = self._places[table, order] = {key: place(row) for key, row in rows.items()}
            known = self._sorted[table, order] = {key: rows[key] for key in sorted(rows, key=places.__getitem__)}
        return known  # type: ignore[return-value]

    def get(self, kind: type[Row], key: uuid.UUID) -> Row | None:
        """The row of that kind and key, if there is one."""
        return self._rows[kind.__tablename__].get(key)  # type: ignore[return-value]

    def refresh(self, touched: Touched) -> set[uuid.UUID]:
        """Read these rows anew; those that are no longer there go.

        Returns:
            The keys of the rows that changed or that lean on one that did, and of all the rows above these.
        """
        stale: dict[Branch, set[uuid.UUID]] = {branch: set() for branch in self._branches}
        changed: set[uuid.UUID] = set()
        for table, keys in touched.items():
            if table not in self._kinds:
                continue
            changed |= set(keys)
            for branch in self._branches:
                if branch.child == table:
                    stale[branch] |= self._leave(branch, keys)
                if branch.owner == table:
                    stale[branch] |= set(keys)
            present = self._read_again(table, keys)
            for key in set(keys) - present:
                gone = self._rows[table].pop(key, None)
                if gone is not None:
                    # Without its collections, so that rows which live on are not put out with it.
                    self._session.expire(gone, gone.__mapper__.relationships.keys())
                    self._session.expunge(gone)
            self._put_in_order(table, keys)
            for branch in self._branches:
                if branch.child == table:
                    stale[branch] |= self._join(branch, (self._rows[table][key] for key in present))
        for branch, owners in stale.items():
            for key in owners:
                owner = self._rows[branch.owner].get(key)
                if owner is not None:
                    self._hang(branch, owner)
        return self._with_owners(self._with_leaning(changed, touched), stale)

    def _read(self) -> None:
        for table, kind in self._kinds.items():
            self._rows[table] = {row.id: row for row in self._session.scalars(select(kind))}
        for branch in self._branches:
            self._members[branch] = {}
            self._join(branch, self._rows[branch.child].values())
            for owner in self._rows[branch.owner].values():
                self._hang(branch, owner)

    def _read_again(self, table: str, keys: Collection[uuid.UUID]) -> set[uuid.UUID]:
        """The keys that are still there; their rows are as stored."""
        kind, wanted = self._kinds[table], list(keys)
        rows = self._rows[table]
        found: set[uuid.UUID] = set()
        for start in range(0, len(wanted), _CHUNK):
            question = select(kind).where(kind.id.in_(wanted[start : start + _CHUNK]))
            for row in self._session.scalars(question.execution_options(populate_existing=True)):
                rows[row.id] = row
                found.add(row.id)
        return found

    def _put_in_order(self, table: str, keys: Collection[uuid.UUID]) -> None:
        """Let go of the orders of a table in which one of these rows has no longer its place."""
        rows = self._rows[table]
        for sort in [sort for sort in self._sorted if sort[0] == table]:
            places, place = self._places[sort], _place(sort[1])
            if any((place(rows[key]) if key in rows else None) != places.get(key) for key in keys) or any(
                rows.get(key) is not self._sorted[sort].get(key) for key in keys
            ):
                del self._sorted[sort], self._places[sort]

    def _leave(self, branch: Branch, keys: Iterable[uuid.UUID]) -> set[uuid.UUID]:
        """Take rows out of their collections; whose they were."""
        owners = set()
        for key in keys:
            row = self._rows[branch.child].get(key)
            owner = getattr(row, branch.link) if row is not None else None
            if owner is not None:
                owners.add(owner)
                self._members[branch].get(owner, {}).pop(key, None)
        return owners

    def _join(self, branch: Branch, rows: Iterable[Base]) -> set[uuid.UUID]:
        """Put rows into their collections; whose they are."""
        members, owners = self._members[branch], set()
        for row in rows:
            owner = getattr(row, branch.link)
            if owner is not None:
                members.setdefault(owner, {})[row.id] = row
                owners.add(owner)
        return owners

    def _hang(self, branch: Branch, owner: Base) -> None:
        """Give a row its collection."""
        members = self._members[branch].get(owner.id)
        if not branch.many:
            set_committed_value(owner, branch.name, next(iter(members.values())) if members else None)
        elif not members:
            set_committed_value(owner, branch.name, [])
        elif len(members) == 1:
            set_committed_value(owner, branch.name, list(members.values()))
        else:
            set_committed_value(owner, branch.name, sorted(members.values(), key=_place(branch.order)))

    def _with_leaning(self, changed: set[uuid.UUID], touched: Touched) -> set[uuid.UUID]:
        """The keys, and those of every row that leans on one of them."""
        if not any(leaning.on in touched for leaning in self._leaning):
            return changed
        found = set(changed)
        while True:
            more = {
                key
                for leaning in self._leaning
                for key, row in self._rows[leaning.table].items()
                if getattr(row, leaning.link) in found
            }
            if more <= found:
                return found
            found |= more

    def _with_owners(self, changed: set[uuid.UUID], stale: Mapping[Branch, set[uuid.UUID]]) -> set[uuid.UUID]:
        """The keys, and those of every row above them."""
        found = changed.union(*stale.values())
        while True:
            owners = {
                owner
                for branch in self._branches
                for key in found & self._rows[branch.child].keys()
                if (owner := getattr(self._rows[branch.child][key], branch.link)) is not None
            }
            if owners <= found:
                return found
            found |= owners


def _branches(kind: type[Base], kinds: Mapping[str, type[Base]]) -> Iterator[Branch]:
    for relation in kind.__mapper__.relationships:
        if relation.direction is not RelationshipDirection.ONETOMANY:
            continue
        child = relation.mapper.class_.__tablename__
        if child not in kinds:
            continue
        ((_own, link),) = relation.local_remote_pairs or ()
        order = tuple(str(column.key) for column in relation.order_by or () if column.key != "id")
        link_name = relation.mapper.get_property_by_column(link).key
        yield Branch(kind.__tablename__, relation.key, child, link_name, order, bool(relation.uselist))


def _place(order: tuple[str, ...]) -> Callable[[Any], Any]:
    """The place of a row among its siblings; what is not known comes first, as in the database."""

    def place(row: Base) -> tuple[object, ...]:
        values = [getattr(row, name) for name in order]
        return (*((value is not None, value) for value in values), row.id.int)

    return place


@contextmanager
def settled() -> Iterator[None]:
    """Thousands of rows come to stay: looking for garbage among them again and again costs more than reading them."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
