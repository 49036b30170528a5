"""The journal: every change as one labelled step of row images. Undo, redo and the audit trail are this table.

A step holds each row it touched as it was stored before and after, in the database's own values, so a step can be
taken back or brought back without asking the model. Undo and redo write steps of their own; nothing is ever erased.

The steps are a chain (see :mod:`chain`): the digest of a step is taken over what it says, the digest of the step
before, the head of the custody ledger after it, and then each row of the step as ``[table, key, before, after]``.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TypeAlias

from magdesk.casefile import chain, columnrules, custody, failures
from magdesk.casefile.chain import Head
from magdesk.casefile.connection import RawConnection
from magdesk.casefile.records import RowImage, Step, StepKind
from magdesk.casefile.schema import case_id
from magdesk.errors import CaseFileDamaged
from magdesk.i18n import _
from magdesk.model.base import Base
from magdesk.model.case import Case
from magdesk.values import clean_text, new_id, now

RowValues = dict[str, str | int | float | None]
TouchedRows = dict[tuple[str, uuid.UUID], RowValues | None]
"""Image before the change of each touched row; nothing where the row was not there."""

_LABEL = 300  # characters of a label; it is read in a list
HEAD = "journal"
"""Name of the row of ``meta`` that notes where the journal ends."""

TellFollower: TypeAlias = Callable[[RawConnection, Sequence[RowImage]], bool]
"""Told of the rows of each step before it is written; whether it wrote something of its own."""

_LONGEST_STEP = 256 << 20  # bytes of the rows of one step; the sample of 1,700 rows takes one
_SIZES = """
SELECT total(octet_length(before)) + total(octet_length(after)),
    total(typeof(table_name) <> 'text' OR typeof(key) <> 'text' OR octet_length(table_name) > 100
        OR octet_length(key) > 100 OR typeof(before) NOT IN ('text', 'null') OR typeof(after) NOT IN ('text', 'null'))
FROM journal_row WHERE step = ?
"""
_TABLES = frozenset(Base.metadata.tables)
_CASE = Case.__tablename__


def read_row(raw: RawConnection, table: str, key: uuid.UUID) -> RowValues | None:
    """A row of the model as it is stored."""
    cursor = raw.execute(f'SELECT * FROM "{_known(table)}" WHERE id = ?', (key.hex,))  # noqa: S608 - a known name
    values = cursor.fetchone()
    return None if values is None else dict(zip((column[0] for column in cursor.description), values, strict=True))


class Journal:
    """The steps of one file, read and written over whichever connection is handed in.

    It keeps what can be undone and redone, brought up to date from the file whenever steps were added by anyone.
    """

    def __init__(self, follower: TellFollower | None = None) -> None:
        self._follower = follower
        self._read_up_to = 0
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._makers: set[int] = set()

    def last_number(self, raw: RawConnection) -> int:
        """Number of the newest step; 0 when there is none."""
        return int(raw.execute("SELECT coalesce(max(number), 0) FROM journal_step").fetchone()[0])

    def next_undo(self, raw: RawConnection) -> Step | None:
        """The edit that undo would take back; none where only the making of the case itself is left."""
        self._catch_up(raw)
        return self._done[-1] if self._done and self._done[-1].number not in self._makers else None

    def next_redo(self, raw: RawConnection) -> Step | None:
        """The edit that redo would bring back."""
        self._catch_up(raw)
        return self._undone[-1] if self._undone else None

    def forget(self) -> None:
        """Drop what was read; the next question reads the file again (after a rollback or a new file)."""
        self._read_up_to = 0
        self._done.clear()
        self._undone.clear()
        self._makers.clear()

    def write(
        self,
        raw: RawConnection,
        touched: TouchedRows,
        *,
        label: str,
        who: str,
        kind: StepKind = StepKind.EDIT,
        undoes: uuid.UUID | None = None,
    ) -> Step | None:
        """Record what became of the touched rows, in the transaction that is open.

        Returns:
            The step, or nothing when every row is as it was and nothing else happened.
        """
        # A label may quote what a user typed or what a file is called.
        label = clean_text(label, multiline=False)[:_LABEL]
        images = [RowImage(table, key, before, read_row(raw, table, key)) for (table, key), before in touched.items()]
        return self._record(raw, images, label, who, kind, undoes)

    def rebase(self, raw: RawConnection, label: str, who: str) -> Step | None:
        """After a change of format: record as one step what the rows became, so that undo stops here.

        Returns:
            The step, or nothing when every row is as the journal says.
        """
        said, stored = replay(self, raw), stored_rows(raw)
        images = [
            RowImage(table, key, said.get((table, key)), stored.get((table, key)))
            for table, key in sorted(said.keys() | stored.keys())
        ]
        return self._record(raw, images, label, who, StepKind.BASE, None)

    def _record(
        self,
        raw: RawConnection,
        images: Sequence[RowImage],
        label: str,
        who: str,
        kind: StepKind,
        undoes: uuid.UUID | None,
    ) -> Step | None:
        followed = self._follower is not None and self._follower(raw, images)
        rows = sorted(
            (image.table, image.key.hex, _dump(image.before), _dump(image.after))
            for image in images
            if image.before != image.after
        )
        if not rows:
            if not followed:
                return None
            kind = StepKind.NOTE
        elif any(table == _CASE for table, *_image in rows):
            _refuse_without_case(raw)
            if kind is StepKind.EDIT and any(
                table == _CASE and before is None for table, _key, before, _after in rows
            ):
                kind = StepKind.BASE  # Whoever makes the case need not remember that nobody may take it back.
        last = last_head(raw)
        number = last.count + 1
        step = Step(new_id(), number, now(), who, label, kind, len(rows), undoes)
        said = (
            number, step.id.hex, step.at.isoformat(), who, label, kind.value, undoes.hex if undoes else None,
            str(custody.end(raw)),
        )  # fmt: skip
        head = Head(number, _digest(raw, last, said, rows))
        raw.execute(
            "INSERT INTO journal_step (number, id, at, who, label, kind, undoes, custody, digest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*said, head.digest),
        )
        chain.write_head(raw, HEAD, head)
        raw.executemany(
            "INSERT INTO journal_row (step, table_name, key, before, after) VALUES (?, ?, ?, ?, ?)",
            [(number, *row) for row in rows],
        )
        return step

    def reverse(self, raw: RawConnection, step: Step, kind: StepKind, who: str) -> Step:
        """Take a step back (``UNDO``) or bring it back (``REDO``), in a transaction that checks keys at its end.

        Raises:
            CaseFileDamaged: the rows are not as the journal says they should be, or the journal says what cannot be.
        """
        touched: TouchedRows = {}
        wanted: list[tuple[tuple[str, uuid.UUID], RowValues]] = []
        for image in self.images(raw, step.number):
            present, goal = (image.after, image.before) if kind is StepKind.UNDO else (image.before, image.after)
            found = read_row(raw, image.table, image.key)
            if found != present:
                raise CaseFileDamaged(
                    _("“{label}” cannot be undone or redone: the case does not match the journal.").format(
                        label=step.label
                    ),
                    failures.restore_hint(),
                )
            touched[image.table, image.key] = found
            if goal is not None:
                wanted.append(((image.table, image.key), goal))
        try:
            _exchange(raw, touched, [(table, row) for (table, _key), row in wanted])
        except (failures.DriverError, OverflowError, UnicodeEncodeError) as error:
            if failures.translate(error) is not None:
                raise
            raise _unreadable(step.number) from error  # A column that the table has not, a number above all numbers.
        if not all(columnrules.fits(raw, *place) for place, _row in wanted):
            raise _unreadable(step.number)  # The case could not be opened again with such a row.
        written = self.write(raw, touched, label=step.label, who=who, kind=kind, undoes=step.id)
        if written is None:
            raise AssertionError("a journal step changed nothing")
        return written

    def repeat(self, raw: RawConnection, images: Sequence[RowImage], label: str, who: str) -> TouchedRows:
        """Do to this copy of the case what a step did to another one, in a transaction that checks keys at its end.

        Returns:
            The rows as they were before; nothing when they are not as the step found them, and nothing was done.
        """
        touched: TouchedRows = {(image.table, image.key): read_row(raw, image.table, image.key) for image in images}
        if any(touched[image.table, image.key] != image.before for image in images):
            return {}
        _exchange(raw, touched, [(image.table, image.after) for image in images if image.after is not None])
        self.write(raw, touched, label=label, who=who)
        return touched

    def steps(self, raw: RawConnection, *, after: int = 0, limit: int = -1, newest_first: bool = False) -> list[Step]:
        """Steps with a number above ``after``."""
        query = (
            "SELECT s.id, s.number, s.at, s.who, s.label, s.kind, s.undoes,"
            " (SELECT count(*) FROM journal_row r WHERE r.step = s.number)"
            " FROM journal_step s WHERE s.number > ? ORDER BY s.number"
        )
        query += " DESC LIMIT ?" if newest_first else " LIMIT ?"
        return [_step(*row) for row in raw.execute(query, (after, limit))]

    def images(self, raw: RawConnection, number: int) -> Iterator[RowImage]:
        """The rows of one step, before and after."""
        _refuse_odd_rows(raw, number)
        for table, key, before, after in raw.execute(
            "SELECT table_name, key, before, after FROM journal_row WHERE step = ? ORDER BY table_name, key",
            (number,),
        ).fetchall():
            try:
                yield RowImage(table, uuid.UUID(key), _load(before), _load(after))
            except (ValueError, RecursionError):
                raise _unreadable(number) from None

    def touched_since(self, raw: RawConnection, number: int) -> list[tuple[Step, dict[str, set[uuid.UUID]]]]:
        """What each step after ``number`` touched, by table."""
        found = []
        for step in self.steps(raw, after=number):
            touched: dict[str, set[uuid.UUID]] = {}
            for table, key in raw.execute("SELECT table_name, key FROM journal_row WHERE step = ?", (step.number,)):
                touched.setdefault(table, set()).add(uuid.UUID(key))
            found.append((step, touched))
        return found

    def _catch_up(self, raw: RawConnection) -> None:
        if self.last_number(raw) < self._read_up_to:
            self.forget()
        self._makers |= _makers(raw, self._read_up_to)
        for step in self.steps(raw, after=self._read_up_to):
            if step.kind is StepKind.NOTE:
                pass
            elif step.kind in (StepKind.UNDO, StepKind.REDO):
                here, there = self._done, self._undone
                if step.kind is StepKind.REDO:
                    here, there = there, here
                if not here:
                    raise _unreadable(step.number)
                there.append(here.pop())
            else:
                self._undone.clear()
                if step.kind is StepKind.BASE:
                    self._done.clear()
                else:
                    self._done.append(step)
            self._read_up_to = step.number


def last_head(raw: RawConnection) -> Head:
    """Where the journal itself ends."""
    row = raw.execute("SELECT number, digest FROM journal_step ORDER BY number DESC LIMIT 1").fetchone()
    return Head(*row) if row is not None else Head()


def first_break(raw: RawConnection) -> tuple[Head, str]:
    """Follow the chain of the steps from its beginning.

    Returns:
        Where it holds up to, and a sentence that names the first step that does not fit; empty when all do.
    """
    head = Head()
    rows: list[tuple[object, ...]]
    for *said, digest in raw.execute(
        "SELECT number, id, at, who, label, kind, undoes, custody, digest FROM journal_step ORDER BY number"
    ):
        number, at, label = said[0], said[2], said[4]
        _refuse_odd_rows(raw, number)
        if number != head.count + 1:
            return head, _("Step {number} of the journal is missing.").format(number=head.count + 1)
        rows = raw.execute(
            "SELECT table_name, key, before, after FROM journal_row WHERE step = ? ORDER BY table_name, key",
            (number,),
        ).fetchall()
        if _digest(raw, head, said, rows) != digest:
            return head, _("Step {number} of the journal (“{label}”, {at}) was changed after it was written.").format(
                number=number, label=label, at=at
            )
        head = Head(number, digest)
    return head, ""


def _digest(raw: RawConnection, last: Head, said: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    # The first step continues the case itself, so that the key of the case cannot be exchanged either.
    previous = last.digest if last.count else chain.digest_of(["case", str(case_id(raw))])
    return chain.digest_of([previous, *said], *(list(row) for row in rows))


def replay(journal: Journal, raw: RawConnection) -> dict[tuple[str, uuid.UUID], RowValues]:
    """The rows that the journal, read from its beginning, says the case holds."""
    rows: dict[tuple[str, uuid.UUID], RowValues] = {}
    for step in journal.steps(raw):
        for image in journal.images(raw, step.number):
            if image.after is None:
                rows.pop((image.table, image.key), None)
            else:
                rows[image.table, image.key] = image.after
    return rows


def stored_rows(raw: RawConnection) -> dict[tuple[str, uuid.UUID], RowValues]:
    """Every row of the model as it is stored."""
    rows: dict[tuple[str, uuid.UUID], RowValues] = {}
    for table in sorted(_TABLES):
        cursor = raw.execute(f'SELECT * FROM "{_known(table)}"')  # noqa: S608 - a known name
        names = [column[0] for column in cursor.description]
        for values in cursor:
            row = dict(zip(names, values, strict=True))
            rows[table, uuid.UUID(row["id"])] = row
    return rows


def _exchange(raw: RawConnection, old: Iterable[tuple[str, uuid.UUID]], new: Iterable[tuple[str, RowValues]]) -> None:
    # Taking all rows out before any goes in lets unique values change places.
    for table, key in old:
        raw.execute(f'DELETE FROM "{_known(table)}" WHERE id = ?', (key.hex,))  # noqa: S608 - a known name
    for table, row in new:
        columns = ", ".join(f'"{_plain(name)}"' for name in row)
        marks = ", ".join("?" * len(row))
        raw.execute(f'INSERT INTO "{_known(table)}" ({columns}) VALUES ({marks})', tuple(row.values()))  # noqa: S608


def _makers(raw: RawConnection, after: int) -> set[int]:
    """Numbers of the later steps that put the case's own row in: programs before this one wrote some as edits."""
    return {
        row[0]
        for row in raw.execute(
            "SELECT r.step FROM journal_row r JOIN journal_step s ON s.number = r.step"
            " WHERE r.step > ? AND r.table_name = ? AND r.before IS NULL AND s.kind = ?",
            (after, _CASE, StepKind.EDIT.value),
        )
    }


def _refuse_without_case(raw: RawConnection) -> None:
    count = raw.execute(f'SELECT count(*) FROM "{_CASE}"').fetchone()[0]  # noqa: S608 - a known name
    if count != 1:
        raise RuntimeError(f"a case file holds one case; this change would leave {count}")


def _known(table: str) -> str:
    if table not in _TABLES:
        raise CaseFileDamaged(_("The journal names a table that does not exist."), failures.restore_hint())
    return table


def _plain(name: str) -> str:
    if not name.isidentifier():
        raise CaseFileDamaged(_("The journal names a column that does not exist."), failures.restore_hint())
    return name


def _dump(row: RowValues | None) -> str | None:
    return None if row is None else json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _load(text: str | None) -> RowValues | None:
    """The image of a row.

    Raises:
        ValueError: it is none: a file can hold anything.
        RecursionError: it is nested as no row is.
    """
    if text is None:
        return None
    row = json.loads(text)
    if not isinstance(row, dict) or not all(
        value is None or isinstance(value, str | int | float) for value in row.values()
    ):
        raise ValueError("no image of a row")
    return row


def _refuse_odd_rows(raw: RawConnection, number: int) -> None:
    """Before the rows of a step are read into memory: none may be endless or of another kind."""
    size, odd = raw.execute(_SIZES, (number,)).fetchone()
    if odd or size > _LONGEST_STEP:
        raise _unreadable(number)


def _unreadable(number: int) -> CaseFileDamaged:
    return CaseFileDamaged(
        _("Step {number} of the journal cannot be read: MagDesk did not write it in this form.").format(
            number=number
        ),
        failures.restore_hint(),
    )


def _step(key: str, number: int, at: str, who: str, label: str, kind: str, undoes: str | None, rows: int) -> Step:
    try:
        back = uuid.UUID(undoes) if undoes else None
        return Step(uuid.UUID(key), number, datetime.fromisoformat(at), who, label, StepKind(kind), rows, back)
    except ValueError:
        raise _unreadable(number) from None
