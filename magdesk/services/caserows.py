"""Rows of the open case, as the thread that opened it asks for them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from magdesk.casefile import CaseFile
from magdesk.dossier.dossier import Dossier, load_dossier
from magdesk.model import Base, Case

R = TypeVar("R", bound=Base)


def case_row(case: CaseFile) -> Case:
    """The one row that is the case."""
    return case.session.query(Case).one()


def rows_of(case: CaseFile, kind: type[R], /, **equal: object) -> list[R]:
    """All rows of a kind with these values, in the user's order."""
    order = [getattr(kind, name) for name in ("rank", "id") if hasattr(kind, name)]
    return case.session.query(kind).filter_by(**equal).order_by(*order).all()


def row_of(case: CaseFile, kind: type[R], key: uuid.UUID | None) -> R | None:
    """The row of that key, if it still exists."""
    return None if key is None else case.session.get(kind, key)


def holds(case: CaseFile, row: Base) -> bool:
    """Whether the row is one of the case: not a new one that nobody stored, nor one that was deleted."""
    return row in case.session


def forget_collections(case: CaseFile, row: Base, *names: str) -> None:
    """Read these collections of a row anew when they are next asked for."""
    case.session.expire(row, names)


def read_rows(case: CaseFile) -> Dossier:
    """Every row of the case in a few queries: what is asked of single ones afterwards costs none."""
    return load_dossier(case.session)


@contextmanager
def committed_rows(case: CaseFile) -> Iterator[Dossier]:
    """Every row of the case as last committed. Any thread; what was not read in the block cannot be read later."""
    with case.reader() as session:
        yield load_dossier(session)
