"""Keeps the text of ordinary rows findable: after each step, what was touched is indexed anew."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from sqlalchemy import Enum, String

from magdesk.casefile import textparts
from magdesk.casefile.connection import RawConnection
from magdesk.casefile.journal import read_row
from magdesk.model.base import Base

_CODES = frozenset({"sha256", "media_type", "language", "script", "system", "regime", "prong", "code", "letter",
                    "packet_digest", "message_id", "bates_prefix", "version", "element"})  # fmt: skip


def _text_columns() -> dict[str, tuple[str, ...]]:
    """By table, the columns that hold words: text, but no choices, codes or digests."""
    found = {}
    for name, table in Base.metadata.tables.items():
        columns = tuple(
            column.name
            for column in table.columns
            if isinstance(column.type, String) and not isinstance(column.type, Enum) and column.name not in _CODES
        )
        if columns:
            found[name] = columns
    return found


class RowIndex:
    """Indexes rows of the model over the connection of the change that touched them."""

    def __init__(self) -> None:
        self._columns = _text_columns()

    def update(self, raw: RawConnection, touched: Iterable[tuple[str, uuid.UUID]]) -> None:
        """Make the index say what the rows say now."""
        for table, key in touched:
            columns = self._columns.get(table)
            if columns is None:
                continue
            row = read_row(raw, table, key)
            if row is None:
                textparts.hide(raw, table, key)
            else:
                words = "\n".join(str(row[name]) for name in columns if row[name])
                textparts.store(raw, table, key, textparts.ROW, [(0, words)] if words else [])
                textparts.show(raw, table, key)
