"""The texts of evidence as the index holds them, read over the snapshot of a session."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Hashable, Mapping

from sqlalchemy.orm import Session

from magdesk.casefile import failures, textparts
from magdesk.casefile.connection import RawConnection
from magdesk.model.evidence import Evidence

_KIND = Evidence.__tablename__


class PageTexts:
    """The texts of one moment of the file. As long as the session's transaction lasts, in its thread."""

    def __init__(self, session: Session) -> None:
        self._raw: RawConnection = session.connection().connection.dbapi_connection
        with failures.translated():
            self._items = textparts.page_items(self._raw, _KIND)
            self._owed = {key for kind, key in textparts.owed(self._raw) if kind == _KIND}

    def stamp(self, key: uuid.UUID) -> Hashable:
        """What tells one reading of an item from the next; none where nothing was read, or not all of it yet."""
        return None if key in self._owed else self._items.get(key)

    def pages(self, key: uuid.UUID, wanted: Collection[int] = ()) -> Mapping[int, str]:
        """The texts of an item by page, in their order; 0 where the file has no pages."""
        item = self._items.get(key)
        if item is None:
            return {}
        with failures.translated():
            return textparts.pages_of(self._raw, item, wanted)

    def said(self, key: uuid.UUID) -> tuple[str, ...]:
        """What the file says of itself: who wrote it, who sent it, on what it was made."""
        with failures.translated():
            rows = self._raw.execute(
                "SELECT value FROM detail WHERE evidence_id = ? ORDER BY rank, id", (key.hex,)
            ).fetchall()
        return tuple(value for (value,) in rows if value)
