"""Reads a case again and again: rows once read stay in memory, and the journal says which to read anew."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from magdesk.casefile import failures
from magdesk.casefile.connection import RawConnection
from magdesk.casefile.journal import Journal

TouchedKeys = dict[str, set[uuid.UUID]]
"""Keys of rows by table."""


class Follower:
    """A session for reading that outlives its transactions. Any thread may use it, one at a time.

    Between two looks it holds neither a connection nor a snapshot, so it is in nobody's way.

    Attributes:
        session: keeps its rows; they are as they were at the last look.
    """

    def __init__(self, readers: Engine) -> None:
        self.session = Session(readers, expire_on_commit=False, autoflush=False)
        self._seen: int | None = None

    @contextmanager
    def look(self) -> Iterator[TouchedKeys | None]:
        """One moment of the file, for the block.

        Yields:
            What was touched since the last look that succeeded; none where everything has to be read, as at the
            first time.
        """
        try:
            with failures.translated():
                raw: RawConnection = self.session.connection().connection.dbapi_connection
                journal = Journal()
                last = journal.last_number(raw)
                touched = None
                if self._seen is not None and self._seen <= last:
                    touched = self._since(journal, raw, self._seen)
                else:
                    self.session.expunge_all()
                yield touched
                self.session.commit()
        except BaseException:
            # Rows may be half read: the next look starts afresh.
            self._seen = None
            self.session.close()
            raise
        self._seen = last

    @staticmethod
    def _since(journal: Journal, raw: RawConnection, number: int) -> TouchedKeys:
        touched: TouchedKeys = {}
        for _step, tables in journal.touched_since(raw, number):
            for table, keys in tables.items():
                touched.setdefault(table, set()).update(keys)
        return touched
