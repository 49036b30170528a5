"""Full-text search inside the encrypted file: any script, any words, parts of words, never an error."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress

from magdesk.casefile import failures, textparts
from magdesk.casefile.connection import RawConnection
from magdesk.casefile.matches import ExhibitKey, find
from magdesk.casefile.query import Query, parse
from magdesk.casefile.records import SearchHit
from magdesk.casefile.rowindex import RowIndex
from magdesk.casefile.snippets import snippet
from magdesk.errors import Cancelled
from magdesk.progress import CancelToken

_CACHE_KIB = 64 * 1024
_STEPS_BETWEEN_LOOKS = 5000


class TextIndex:
    """The texts of one case: pages of evidence and the words of ordinary rows.

    Questions go over one connection that stays open, so that the pages of the index are decrypted once and not for
    each letter typed.
    """

    def __init__(
        self,
        opener: Callable[[], RawConnection],
        active: Callable[[], RawConnection | None],
        writing: Callable[[], AbstractContextManager[RawConnection]],
    ) -> None:
        """Take three ways to a raw connection.

        Args:
            opener: a new one for reading.
            active: that of the change which the calling thread has open, if any.
            writing: inside a write transaction.
        """
        self._opener = opener
        self._active = active
        self._writing = writing
        self._lock = threading.Lock()
        self._warm: RawConnection | None = None

    def put(self, kind: str, key: uuid.UUID, parts: Iterable[tuple[int, str]]) -> None:
        """Replace the text of one row. Any thread.

        Inside a change it is part of that change. Outside of one it is written in transactions of bounded size, so
        that others can write in between; until it returns, a part of the text is found. A crash between two of them
        is remembered by the file, see :meth:`owed`.

        Args:
            kind: the row's table.
            key: the row's key.
            parts: page number (0 where there are none) and text; read as they are written, never all at once.
        """
        more = True
        while more:
            with self._writing() as raw:
                more = textparts.drop_pages(raw, kind, key)
                textparts.owe(raw, kind, key, owed=True)
        for batch in textparts.batches(parts):
            with self._writing() as raw:
                textparts.add_pages(raw, kind, key, batch)
        with self._writing() as raw:
            textparts.owe(raw, kind, key, owed=False)

    def expect(self, kind: str, key: uuid.UUID) -> None:
        """Note that the text of a row is still to be put, in the change that is open or at once."""
        with self._writing() as raw:
            textparts.owe(raw, kind, key, owed=True)

    def owed(self) -> list[tuple[str, uuid.UUID]]:
        """The rows whose text is not in the index, or not all of it: somebody is at it, or a crash stopped that."""
        with self._asking(None) as raw:
            return textparts.owed(raw)

    def renew(self, *, cancel: CancelToken | None = None) -> bool:
        """Fold anew what an older program put into the index. Any thread; others can write and search in between.

        What was done is noted in the file, so that a second call goes on where the first was stopped.

        Returns:
            Whether there was anything to do.

        Raises:
            Cancelled: the user stopped it.
        """
        last = self._folded_to()
        begun = last >= 0
        rows = RowIndex()
        while last >= 0:
            if cancel is not None:
                cancel.check()
            with self._writing() as raw:
                last, own = textparts.renew(raw, last, textparts.BATCH_CHARACTERS)
                rows.update(raw, dict.fromkeys(own))
                textparts.note_folding(raw, last)
        return begun

    def aged(self) -> bool:
        """Whether an older program made a part of the index, see :meth:`renew`."""
        return self._folded_to() >= 0

    def _folded_to(self) -> int:
        with self._asking(None) as raw:
            return textparts.folding_done(raw)

    def remove(self, key: uuid.UUID) -> None:
        """Forget all text of one row."""
        with self._writing() as raw:
            kinds = textparts.places_of(raw, key)
            for kind in kinds:
                textparts.remove_row(raw, kind, key)
                textparts.owe(raw, kind, key, owed=False)
        for kind in kinds:
            self._drop_pages(kind, key)

    def search(
        self,
        query: str | Query,
        limit: int = 50,
        *,
        exhibit: ExhibitKey = lambda _number: None,
        cancel: CancelToken | None = None,
    ) -> list[SearchHit]:
        """The places where all words occur, best first: names, titles and other rows, then pages. Any thread.

        A word also finds longer words that begin with it; words in double quotes must stand side by side as they
        are; ``OR`` joins alternatives, ``-`` excludes, and :class:`magdesk.casefile.query.Field` lists the
        properties that can be asked for (``title:``, ``type:pdf``). Case, accents, vowel points and variants of
        letters do not matter; Chinese, Japanese, Korean, Thai, Khmer and Burmese are found anywhere in the text;
        names in other scripts are also found by what they are in Latin letters. Nothing a user can type is an error.

        Args:
            query: as typed, or parsed.
            limit: most hits wanted.
            exhibit: resolves ``exhibit:7``.
            cancel: asked before and during the search.

        Raises:
            Cancelled: nobody wants the answer any more.
        """
        asked = parse(query) if isinstance(query, str) else query
        if limit <= 0 or not (asked.clauses or asked.filters):
            return []
        with self._asking(cancel) as raw:
            matches = find(raw, asked, limit, exhibit)
            numbers = json.dumps([match.number for match in matches])
            query = "SELECT id, body FROM text_body WHERE id IN (SELECT value FROM json_each(?))"
            bodies = dict(raw.execute(query, (numbers,)).fetchall())
        return [
            SearchHit(match.kind, match.key, match.part, *_first(snippet(bodies[match.number], asked.terms), rank))
            for rank, match in enumerate(matches)
        ]

    def release(self) -> None:
        """Close the connection for questions; the next one opens another."""
        with self._lock:
            self._close()

    def _drop_pages(self, kind: str, key: uuid.UUID) -> None:
        more = True
        while more:
            with self._writing() as raw:
                more = textparts.drop_pages(raw, kind, key)

    @contextmanager
    def _asking(self, cancel: CancelToken | None) -> Iterator[RawConnection]:
        """One connection that sees one moment of the file: inside a change the change's own."""
        active = self._active()
        if active is not None:
            with failures.translated():
                yield active
            return
        with self._lock:
            if cancel is not None:
                cancel.check()
            try:
                with failures.translated():
                    if self._warm is None:
                        self._warm = self._opener()
                        self._warm.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
                    raw = self._warm
                    raw.execute("BEGIN")
                    if cancel is not None:
                        raw.set_progress_handler(lambda: cancel.cancelled, _STEPS_BETWEEN_LOOKS)
                    try:
                        yield raw
                    finally:
                        raw.set_progress_handler(None, 0)
                        raw.execute("ROLLBACK")
            except BaseException as error:
                if cancel is not None and cancel.cancelled and isinstance(error, failures.DriverError):
                    raise Cancelled from None
                self._close()
                raise

    def _close(self) -> None:
        if self._warm is not None:
            with suppress(failures.DriverError):
                self._warm.close()
            self._warm = None


def _first(
    shown: tuple[str, tuple[tuple[int, int], ...]], rank: int
) -> tuple[str, float, tuple[tuple[int, int], ...]]:
    return shown[0], float(rank), shown[1]
