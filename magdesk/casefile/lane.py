"""One thread's way to write: a session on a connection of its own, and the transaction that is a journal step."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

from sqlalchemy import event, inspect
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Mapper, ORMExecuteState, Session

from magdesk.casefile import custody, custodyrules, failures
from magdesk.casefile.connection import RawConnection
from magdesk.casefile.custody import Entry, NewEntry
from magdesk.casefile.journal import Journal, TouchedRows, read_row
from magdesk.casefile.records import Changes, RowImage, Step, StepKind
from magdesk.casefile.rowindex import RowIndex
from magdesk.casefile.writerturns import WriteGate
from magdesk.errors import UserError
from magdesk.i18n import _
from magdesk.model.base import Base

_LANE = "magdesk.lane"
Done: TypeAlias = tuple[Step, Sequence[RowImage]]
"""A step that was committed, with what it did to each row."""
_Written: TypeAlias = tuple[Step, Changes, Sequence[RowImage]]
STRAY = "rows were changed outside change(); they were not saved"


class Lane:
    """A session whose rows can only be written inside :meth:`change`.

    Outside of it the connection itself refuses to write and reads every statement from the newest commit, so a lane
    that rests holds no lock and no old snapshot. What other lanes committed is taken up at the start of the next
    change, or by :meth:`catch_up`.

    Attributes:
        session: for reading at any time, for writing inside :meth:`change`.
        raw: the driver's connection below the session.
        changing: whether a change is open.
    """

    def __init__(
        self, engine: Engine, gate: WriteGate, memory: list[Done], *, who: str, read_only: bool = False
    ) -> None:
        """Take a connection.

        Args:
            memory: gets every step that this lane commits.
        """
        self._attach(engine)
        self._gate = gate
        self._memory = memory
        self._images: Sequence[RowImage] = ()
        self._who = who
        self._read_only = read_only
        self._journal = Journal(self._follow)
        self._rows = RowIndex()
        self._depth = 0
        self._touched: TouchedRows = {}
        self._acts: list[NewEntry] = []
        self._batch: list[_Written] | None = None
        try:
            self._seen = self._journal.last_number(self.raw)
        except BaseException:
            self._connection.close()
            raise
        self._news: list[Changes] = []
        self.session = Session(bind=self._connection, expire_on_commit=False)
        self.session.info[_LANE] = self
        event.listen(self.session, "before_flush", _refuse_flush_outside)
        event.listen(self.session, "do_orm_execute", _refuse_bulk)

    @property
    def changing(self) -> bool:
        """Whether a change is open."""
        return self._depth > 0

    @property
    def strays(self) -> bool:
        """Whether rows in memory differ from the file although no change is open, which is a bug."""
        session = self.session
        return not self._depth and bool(
            session.new or session.deleted or any(session.is_modified(row) for row in session.dirty)
        )

    @contextmanager
    def change(self, label: str, kind: StepKind = StepKind.EDIT) -> Iterator[Session]:
        """One transaction, one journal step; see :meth:`CaseFile.change`."""
        if self._batch is not None and self._depth == 1:
            with self._part_of_batch(self._batch, label, kind):
                yield self.session
        elif self._depth:
            with self._nested():
                yield self.session
        else:
            self._refuse_strays()
            with self._transaction():
                yield self.session
                done = self._write_step(label, kind)
                self.session.commit()
                self._committed([done] if done is not None else [])

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Several changes in one transaction, each a journal step; see :meth:`CaseFile.batch`."""
        if self._depth:
            raise RuntimeError("a batch cannot begin inside a change")
        self._refuse_strays()
        with self._transaction():
            done: list[_Written] = []
            self._batch = done
            yield
            self._refuse_outside_batch()
            if self._batch is None:
                raise RuntimeError("a change of the batch failed, so nothing of it can be saved")
            self.session.commit()
            self._committed(done)

    def reverse(self, kind: StepKind) -> Step | None:
        """Undo or redo the next step, if there is one."""
        if self._depth:
            raise RuntimeError("undo and redo cannot happen inside a change")
        self._refuse_strays()
        with self._transaction():
            find = self._journal.next_undo if kind is StepKind.UNDO else self._journal.next_redo
            step = find(self.raw)
            if step is None:
                return None
            written = self._journal.reverse(self.raw, step, kind, self._who)
            images = self._journal.images(self.raw, written.number)
            touched = {(image.table, image.key): image.before for image in images}
            self._rows.update(self.raw, touched)
            self.session.commit()
            self._memory.append((written, self._images))
            self._seen = written.number
            self._news.append(Changes(step.label, _by_table(touched)))
        self._refresh({key for _table, key in touched})
        return written

    def repeat(self, images: Sequence[RowImage], label: str, who: str) -> bool:
        """Do to this copy what a step did to another copy; false when the rows are not as it found them."""
        with self._transaction():
            touched = self._journal.repeat(self.raw, images, label, who)
            self._rows.update(self.raw, touched)
            self.session.commit()
        return bool(touched)

    def attest(self, act: NewEntry) -> None:
        """Have something written into the custody ledger at the end of the change that is open."""
        if not self._depth:
            raise RuntimeError("custody is written outside change()")
        self._acts.append(act)

    def restore_custody(self, entries: Iterable[Entry]) -> None:
        """Put the ledger of another copy of the case into this empty one, in the change that is open."""
        if not self._depth:
            raise RuntimeError("custody is written outside change()")
        count = custody.restore(self.raw, entries)
        if count:
            note = _("the ledger of {count} entries came with the case").format(count=count)
            self._acts.append(NewEntry(custody.CustodyEvent.LOADED, input=custody.end(self.raw).digest, note=note))

    def catch_up(self) -> None:
        """Take up what others committed since; rows in memory then equal the file."""
        if self._depth:
            raise RuntimeError("other commits cannot be taken up inside a change")
        with failures.translated():
            news = self._journal.touched_since(self.raw, self._seen)
        if news:
            self._seen = news[-1][0].number
            self._refresh({key for _step, touched in news for keys in touched.values() for key in keys})
        self._news += [Changes(step.label, touched) for step, touched in news]

    def take_news(self) -> list[Changes]:
        """What was committed or taken up since the last question."""
        news, self._news = self._news, []
        return news

    def next_step(self, kind: StepKind) -> Step | None:
        """What undo or redo would do now."""
        with failures.translated():
            find = self._journal.next_undo if kind is StepKind.UNDO else self._journal.next_redo
            return find(self.raw)

    def history(self, limit: int) -> list[Step]:
        """The newest steps, newest first."""
        with failures.translated():
            return self._journal.steps(self.raw, limit=limit, newest_first=True)

    def images(self, step: Step) -> list[RowImage]:
        """The rows of a step, before and after."""
        with failures.translated():
            return list(self._journal.images(self.raw, step.number))

    def remember(self, table: str, key: uuid.UUID) -> None:
        """Note the image of a row before this change touches it for the first time."""
        if not self._depth:
            raise RuntimeError("a row is written outside change()")
        if (table, key) not in self._touched:
            self._touched[table, key] = read_row(self.raw, table, key)

    def release(self) -> None:
        """Let go of the file without forgetting the rows in memory."""
        self.session.commit()
        self._connection.close()

    def resume(self, engine: Engine) -> None:
        """Take hold of the file again."""
        self._attach(engine)
        self.session.bind = self._connection

    def close(self) -> None:
        """Close session and connection. What was not committed is gone."""
        self.session.close()
        self._connection.close()

    def _attach(self, engine: Engine) -> None:
        self._connection: Connection = engine.connect()
        raw: RawConnection = self._connection.connection.dbapi_connection
        self.raw = raw
        self.raw.execute("PRAGMA query_only = ON")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self._read_only:
            raise UserError(_("The case is open as read-only."), _("Open it for writing to make changes."))
        with self._gate.turn(self.raw), failures.translated():
            self.raw.execute("PRAGMA query_only = OFF")
            try:
                self.raw.execute("BEGIN IMMEDIATE")
                # Rows may name rows that come later in the same change; the commit checks them all.
                self.raw.execute("PRAGMA defer_foreign_keys = ON")
                self.session.connection()
                if self._journal.last_number(self.raw) != self._seen:
                    self._depth = 0
                    self.catch_up()
                self._depth = 1
                yield
            except BaseException:
                self.session.rollback()
                self._journal.forget()
                raise
            finally:
                self._depth = 0
                self._touched = {}
                self._acts = []
                self._batch = None
                if self.raw.in_transaction:
                    self.raw.rollback()
                self.raw.execute("PRAGMA query_only = ON")

    @contextmanager
    def _part_of_batch(self, batch: list[_Written], label: str, kind: StepKind) -> Iterator[None]:
        self._refuse_outside_batch()
        self._depth += 1
        try:
            yield
            done = self._write_step(label, kind)
        except BaseException:
            self._batch = None  # Without a savepoint, which would cost a run of the text index each time.
            raise
        finally:
            self._depth -= 1
        if done is not None:
            batch.append(done)
        self._touched = {}
        self._acts = []

    def _write_step(self, label: str, kind: StepKind) -> _Written | None:
        """Put what the change did into ledger, journal and index, in the transaction that is open."""
        self.session.flush()
        step = self._journal.write(self.raw, self._touched, label=label, who=self._who, kind=kind)
        if step is None:
            return None
        self._rows.update(self.raw, self._touched)
        return step, Changes(label, _by_table(self._touched)), self._images

    def _committed(self, done: Iterable[_Written]) -> None:
        for step, changes, images in done:
            self._memory.append((step, images))
            self._seen = step.number
            self._news.append(changes)

    @contextmanager
    def _nested(self) -> Iterator[None]:
        # A savepoint: when the inner change fails and the outer one survives that, the inner leaves nothing behind.
        acts = len(self._acts)
        with self.session.begin_nested():
            self._depth += 1
            try:
                yield
            except BaseException:
                del self._acts[acts:]
                raise
            finally:
                self._depth -= 1

    def _follow(self, raw: RawConnection, images: Sequence[RowImage]) -> bool:
        """Write into the custody ledger what a step means for the evidence, just before the step itself."""
        self._images = images
        return bool(custody.append(raw, [*custodyrules.acts(raw, images), *self._acts], self._who))

    def _refuse_outside_batch(self) -> None:
        session = self.session
        if (
            self._touched
            or self._acts
            or session.new
            or session.deleted
            or any(map(session.is_modified, session.dirty))
        ):
            raise RuntimeError(STRAY)

    def _refuse_strays(self) -> None:
        if self.strays:
            self.session.rollback()
            raise RuntimeError(STRAY)

    def _refresh(self, keys: set[uuid.UUID]) -> None:
        session = self.session
        for row in list(session.identity_map.values()):
            state = inspect(row)
            kind, identity = state.identity_key[:2]
            if identity[0] in keys and read_row(self.raw, kind.__tablename__, identity[0]) is None:
                # Without its collections, so that rows which live on are not put out with it. Its plain values stay
                # readable for whoever still shows it.
                session.expire(row, state.mapper.relationships.keys())
                session.expunge(row)
        session.expire_all()


def _by_table(touched: Iterable[tuple[str, uuid.UUID]]) -> dict[str, set[uuid.UUID]]:
    found: dict[str, set[uuid.UUID]] = {}
    for table, key in touched:
        found.setdefault(table, set()).add(key)
    return found


def _refuse_flush_outside(session: Session, *_ignored: Any) -> None:
    lane: Lane = session.info[_LANE]
    if lane.strays:
        raise RuntimeError(STRAY)


def _refuse_bulk(state: ORMExecuteState) -> None:
    if not (state.is_select or state.is_column_load or state.is_relationship_load):
        raise RuntimeError("bulk and text statements bypass the journal; change rows through the session")


def _remember(_mapper: Mapper[Any], _connection: Connection, target: Base) -> None:
    session = inspect(target).session
    lane = session.info.get(_LANE) if session is not None else None
    if lane is not None:
        lane.remember(target.__tablename__, target.id)


# Before, not after: the first image counts; the last one is read from the file when the change ends, so a row that
# is flushed several times in one change is one entry. These events see delete-orphans, which a flush event misses.
for _moment in ("before_insert", "before_update", "before_delete"):
    event.listen(Base, _moment, _remember, propagate=True)
