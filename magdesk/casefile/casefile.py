"""One open case: the facade over keys, session, journal, blobs, index, lock and backups."""

from __future__ import annotations

import os
import threading
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType

from sqlalchemy.orm import Session

from magdesk import unfinished
from magdesk.casefile import backup, copies, custody, failures, integrity, keys, opening, rekey, schema, takenfile
from magdesk.casefile.blobs import BlobStore
from magdesk.casefile.blobwriter import transaction
from magdesk.casefile.checkpoint import LOG_BYTES
from magdesk.casefile.connection import RawConnection, connect, make_engine
from magdesk.casefile.custody import Entry, NewEntry
from magdesk.casefile.follower import Follower
from magdesk.casefile.index import TextIndex
from magdesk.casefile.keys import Key, KeyCost
from magdesk.casefile.lane import STRAY, Done, Lane
from magdesk.casefile.lanes import Callback, Lanes
from magdesk.casefile.lock import WriterLock, lock_path, remove_orphan
from magdesk.casefile.records import RowImage, Step, StepKind
from magdesk.casefile.takenfile import Kept
from magdesk.casefile.watch import Cause, FileWatch
from magdesk.casefile.writerturns import WriteGate
from magdesk.errors import CaseFileError, CaseFileTaken, UserError, WrongPassphrase
from magdesk.i18n import _
from magdesk.progress import CancelToken, Progress, no_progress


class CaseFile:
    """One case file, open.

    The thread that opens it owns it: ``session``, ``change`` and ``undo`` belong to that thread. Another thread that
    wants to change rows says ``with case.writer_lane():`` and then uses the same names, over a connection of its own.
    Blobs, index and ``reader`` may be used from any thread.

    Attributes:
        path: where the file lies.
        read_only: whether it was opened for reading only.
        blobs: the bytes of the evidence.
        index: full-text search.
        told: sentences for the user: what the opening found of a program that was interrupted.
    """

    def __init__(
        self, path: Path, key: Key, cost: KeyCost | None, who: str, lock: WriterLock | None, *, backups: bool
    ) -> None:
        """Not for callers: use :meth:`create` or :meth:`open`."""
        self.path = path
        self.read_only = lock is None
        self._key = key
        self._cost = cost
        self._lock = lock
        self._backups = backups
        self._gate = WriteGate(before=self.check, after=self._after_turn, settle=self._settle)
        self.told: Sequence[str] = ()
        self._closed = False
        self._written = False
        self._steps: list[Done] = []
        self._kept: Kept | None = None
        self._spare_lock = threading.RLock()
        self._spare: RawConnection = None
        self._unsettled = False
        self._attach()
        self._writers = make_engine(self._connect)
        self._readers = make_engine(self._connect_reader, snapshot=True)
        self._lanes = Lanes(lambda: Lane(self._writers, self._gate, self._steps, who=who, read_only=self.read_only))
        self.blobs = BlobStore(self._connect_writer, self._connect_reader, self._active, self._reading, self._gate)
        self.index = TextIndex(self._connect_reader, self._active, self._writing)

    @classmethod
    def create(
        cls,
        path: Path,
        passphrase: str,
        *,
        who: str = "",
        cost: KeyCost | None = None,
        backups: bool = True,
        fill: Callable[[CaseFile], None] | None = None,
    ) -> CaseFile:
        """Make a case file and open it. It appears under its name complete or not at all.

        Args:
            path: where it is to lie.
            passphrase: that will open it; nobody can recover it.
            who: who is working, for journal and lock.
            cost: of deriving the key; for tests only, see :class:`KeyCost`.
            backups: whether closing a changed case makes a backup.
            fill: puts into the case, while it has no name yet, what makes it a case; without it its tables are empty.

        Raises:
            Exception: whatever ``fill`` raises; nothing is left then.
            UserError: the path exists, or the passphrase is empty.
            CaseFileLocked: another program is making the same file.
            CaseFileError: the folder cannot be written or the disk is full.
        """
        path = path.absolute()
        with ExitStack() as undo:
            if not path.parent.is_dir():
                raise UserError(
                    _("The folder “{name}” does not exist.").format(name=path.parent.name),
                    _("Create the folder first."),
                )
            lock = WriterLock.acquire(path, who)
            undo.callback(lock.release)
            if path.exists():
                raise UserError(
                    _("“{name}” already exists.").format(name=path.name),
                    _("Choose another name, or open the case that is there."),
                )
            key = keys.derive_key(passphrase, keys.new_salt(), cost)
            undo.callback(key.wipe)
            unfinished.remove_beside(path)
            steps: list[Done] = []
            with unfinished.making(path, lock=lock_path(path)) as draft:
                try:
                    opening.make_file(draft, key)
                    if fill is not None:
                        hold = WriterLock.acquire(draft, who)
                        with cls(draft, key.copy(), cost, who, hold, backups=False) as unnamed:
                            fill(unnamed)
                            steps += unnamed._steps
                    opening.give_name(draft, path)
                except OSError as error:
                    raise backup.cannot_write(path) from error
            case = cls(path, key, cost, who, lock, backups=backups)
            case._written = fill is not None
            case._steps += steps
            undo.pop_all()
            return case

    @classmethod
    def open(
        cls,
        path: Path,
        passphrase: str,
        *,
        who: str = "",
        read_only: bool = False,
        cost: KeyCost | None = None,
        backups: bool = True,
    ) -> CaseFile:
        """Open a case file, bringing an older format up to date after a backup.

        Args:
            path: the file.
            passphrase: that opens it.
            who: who is working, for journal and lock.
            read_only: change nothing; works while another program has the file open for writing.
            cost: as at :meth:`create`.
            backups: as at :meth:`create`.

        Raises:
            WrongPassphrase: it does not open with this passphrase.
            NewerCaseFile: it has a format this program does not know.
            CaseFileLocked: another program has it open for writing.
            CaseFileDamaged: its pages do not verify.
            CaseFileError: it is not there, cannot be read, or is no case file.
        """
        path = path.absolute()
        with failures.translated(), ExitStack() as undo:
            if not path.exists():
                keys.file_salt(path)
            if path.is_symlink():  # The note of who writes lies beside the file itself, whatever name leads to it.
                path = path.resolve()
            lock = None
            if read_only:
                remove_orphan(path)
            else:
                lock = WriterLock.acquire(path, who)
                undo.callback(lock.release)
                if path.exists() and not os.access(path, os.W_OK):
                    raise failures.read_only_medium()
                lock.hold_file(path)
            key = keys.derive_key(passphrase, keys.file_salt(path), cost)
            undo.callback(key.wipe)
            if lock is not None:
                unfinished.remove_beside(path)
            try:
                told = opening.bring_up_to_date(path, key, who, read_only=read_only)
            except WrongPassphrase:
                raise copies.explain(path, passphrase, cost) from None
            case = cls(path, key, cost, who, lock, backups=backups)
            case.told = told
            undo.callback(case._shut)
            if lock is not None:
                case.blobs.discard_unfinished()
            undo.pop_all()
            return case

    # -- rows ---------------------------------------------------------------------------------------------------

    @property
    def session(self) -> Session:
        """The calling thread's session. For reading at any time, for writing inside :meth:`change`."""
        return self._lanes.mine().session

    @contextmanager
    def change(self, label: str, *, base: bool = False) -> Iterator[Session]:
        """One transaction and one journal step; an exception leaves rows, file and memory as they were.

        Inside another change of the same thread it joins that one: an exception takes back the inner part, and all of
        it if the outer one does not catch it. A change that changes nothing writes no step.

        Args:
            label: what is being done, in words for the history.
            base: undo will not go behind this step; for the making of a case.

        Raises:
            UserError: the case is open for reading only.
            CaseFileError: the disk is full, or the file is busy or damaged; nothing was saved.
        """
        lane = self._lanes.mine()
        nested = lane.changing
        with lane.change(label, StepKind.BASE if base else StepKind.EDIT) as session:
            yield session
        if not nested:
            self._announce(lane)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Several changes of this thread that are saved together: each is a journal step, all are there or none.

        For many small changes in a row: a transaction costs far more than what one of them writes. Everyone else who
        wants to write waits until the end, so it must be short. An exception, also one inside a change that the
        caller catches, leaves nothing of the batch.

        Raises:
            CaseFileError: as :meth:`change`.
        """
        lane = self._lanes.mine()
        with lane.batch():
            yield
        self._announce(lane)

    def undo(self) -> Step | None:
        """Take back the newest change that is not taken back yet. Writes a step of its own."""
        return self._reverse(StepKind.UNDO)

    def redo(self) -> Step | None:
        """Bring back what was taken back last, as long as nothing was changed since. Writes a step of its own."""
        return self._reverse(StepKind.REDO)

    @property
    def undo_label(self) -> str | None:
        """What :meth:`undo` would take back."""
        step = self._lanes.mine().next_step(StepKind.UNDO)
        return step.label if step else None

    @property
    def redo_label(self) -> str | None:
        """What :meth:`redo` would bring back."""
        step = self._lanes.mine().next_step(StepKind.REDO)
        return step.label if step else None

    def history(self, limit: int = 200) -> list[Step]:
        """The newest steps of the journal, newest first."""
        return self._lanes.mine().history(limit)

    def images(self, step: Step) -> list[RowImage]:
        """What a step did to each row: the audit trail in full."""
        return self._lanes.mine().images(step)

    # -- custody ------------------------------------------------------------------------------------------------

    def attest(self, act: NewEntry) -> None:
        """Write something that happened to evidence into the custody ledger, as part of the change that is open.

        What follows from rows (evidence added, graded, verified, timestamped, taken back) is written by itself.
        """
        self._lanes.mine().attest(act)

    def custody(self, evidence: uuid.UUID | None = None, *, after: int = 0) -> list[Entry]:
        """The custody ledger, or the part of one item, oldest first. Any thread.

        Args:
            after: only entries with a higher number.
        """
        with self._reading() as raw:
            return list(custody.entries(raw, evidence, after=after))

    def restore_custody(self, entries: Iterable[Entry]) -> None:
        """Put the ledger of another copy of this case into the empty one, verbatim, in the change that is open.

        Raises:
            InputError: its chain does not hold; the message names the first broken entry.
        """
        self._lanes.mine().restore_custody(entries)

    @contextmanager
    def reader(self) -> Iterator[Session]:
        """A session that sees the case as it is now, whatever is written meanwhile. Any thread; cannot write."""
        with Session(self._readers) as session:
            session.connection()
            yield session

    def follower(self) -> Follower:
        """A session for looking at the case again and again, reading only what changed. Any thread; cannot write."""
        return Follower(self._readers)

    # -- other threads --------------------------------------------------------------------------------------------

    @contextmanager
    def writer_lane(self) -> Iterator[CaseFile]:
        """Let the calling thread change rows through this case, over a connection of its own.

        Its commits reach the owner's session and the subscribers when the owner thread calls :meth:`catch_up`; the
        callback of :meth:`on_wake` says when. In the owner thread, and inside another lane, this does nothing.
        """
        with self._lanes.another():
            yield self

    def adopt(self) -> None:
        """Make the calling thread the owner: for a case that was opened by a worker."""
        self._lanes.adopt()

    def subscribe(self, callback: Callback) -> Callable[[], None]:
        """Have ``callback`` called in the owner thread after each commit, undo and redo.

        Returns:
            A function that ends the subscription.
        """
        return self._lanes.subscribe(callback)

    def on_wake(self, callback: Callable[[], None] | None) -> None:
        """Have ``callback`` called after each commit of another thread, in that thread: it should post a message."""
        self._lanes.wake = callback

    def catch_up(self) -> None:
        """In the owner thread: take up what other threads committed, and tell the subscribers."""
        lane = self._lanes.mine()
        lane.catch_up()
        self._announce(lane)

    # -- the file -------------------------------------------------------------------------------------------------

    def check(self) -> None:
        """See whether the file is still the one that was opened: asked before every change, in any thread.

        Raises:
            CaseFileTaken: another program replaced, wrote over, moved or deleted it. From then on nothing is saved.
        """
        cause = self._watch.look()
        if cause is not None:
            raise takenfile.taken(self.path, cause, self._watch.now_at(), self._kept)

    @property
    def taken(self) -> bool:
        """Whether another program took the file away from under this case, as far as anybody has looked."""
        return self._watch.cause is not None

    def keep(self) -> CaseFileTaken:
        """When the file was taken away: keep this session's work beside it, and its log out of the stranger's way.

        Any thread; copying takes seconds per GiB. Closing does it where nobody did before.

        Returns:
            What happened and where the work is, to be shown.

        Raises:
            CaseFileError: nothing could be kept, as on a full disk; what is left of the log says the message.
        """
        cause = self._watch.look()
        if cause is None:
            raise RuntimeError("nobody took the file")
        with self._spare_lock:
            if self._kept is None:
                self._kept = self._keep(cause)
            return takenfile.taken(self.path, cause, self._watch.now_at(), self._kept)

    @property
    def unsettled(self) -> bool:
        """Whether something was written since the log was last moved into the file."""
        return self._unsettled

    def settle(self) -> None:
        """Move what the log holds into the file, so that whoever copies the file meanwhile has it. Any thread.

        A copy that somebody makes of the file alone while the case is open holds what was settled last, and no log.
        """
        if not self.read_only and not self._closed and self._unsettled:
            with self._spare_lock, failures.translated():
                self._unsettled = False
                self._settle(self._spare)

    @property
    def id(self) -> uuid.UUID:
        """A random key that all copies of this file share; it says nothing about the case."""
        with self._reading() as raw:
            return schema.case_id(raw)

    def backup(
        self, to: Path | None = None, *, progress: Progress = no_progress, cancel: CancelToken | None = None
    ) -> Path:
        """Make an encrypted copy that the same passphrase opens.

        Args:
            to: the new file; none for the rotating set in the user's data folder.
            progress: in pages.
            cancel: asked between runs of pages.

        Raises:
            UserError: ``to`` exists.
            CaseFileError: the disk is full, or a page does not verify.
        """
        with self._reading() as raw:
            if to is not None:
                return backup.copy_to(raw, to.absolute(), self._key, progress, cancel)
            return backup.rotate(raw, schema.case_id(raw), self._key, progress, cancel)

    def verify(
        self, *, full: bool = True, progress: Progress = no_progress, cancel: CancelToken | None = None
    ) -> list[str]:
        """Check the whole file.

        Args:
            full: also every page's code, every blob against its digest, and the journal against the rows.
            progress: in units that differ by check, with a text.
            cancel: asked between them.

        Returns:
            Sentences that say what is wrong; none when all is well.
        """
        return integrity.verify(self._connect_reader, self.blobs, full=full, progress=progress, cancel=cancel)

    def glance(self, sample: int = 8) -> list[str]:
        """What can be checked in a moment: evidence without bytes, the ends of the ledgers, a sample of the bytes.

        Args:
            sample: how many blobs, chosen anew each time, have one chunk read and checked.

        Returns:
            Sentences that say what is wrong; none when nothing was found.
        """
        return integrity.glance(self._connect_reader, self.blobs, sample)

    def change_passphrase(self, old: str, new: str) -> None:
        """Encrypt the file anew under another passphrase. After a crash either the old or the new one opens it.

        Backups made before keep the old passphrase.

        Raises:
            WrongPassphrase: ``old`` is not the passphrase.
            UserError: ``new`` is empty, or the case is open for reading only.
            CaseFileLocked: someone else is reading the file.
            CaseFileError: there is no room for a second copy.
        """
        lane = self._lanes.mine()
        if self.read_only:
            raise UserError(_("The case is open as read-only."), _("Open it for writing to change the passphrase."))
        if lane.changing or len(self._lanes) > 1:
            raise RuntimeError("the passphrase cannot be changed while the case is being changed")
        new_key = rekey.new_key(self._key, old, new, self._cost)
        with self._gate.turn():
            self.index.release()
            self._readers.dispose()
            with unfinished.making(self.path) as replacement:
                rekey.encrypt_copy(replacement, self._connect_reader, new_key)
                lane.release()
                self._detach()
                try:
                    rekey.replace(self.path, replacement, self._key)
                    self._key, old_key = new_key, self._key
                    old_key.wipe()
                finally:
                    self._attach()
                    lane.resume(self._writers)

    def close(self) -> None:
        """Back up what changed, and leave one file. May be called twice.

        Raises:
            CaseFileTaken: another program took the file; the message says where this session's work is.
            CaseFileError: the backup failed; the case itself is closed and complete.
        """
        if self._closed:
            return
        lane = self._lanes.find()
        strays = lane is not None and lane.strays
        try:
            if self._watch.look() is not None and not self.read_only:
                raise self.keep()
            if self._written and self._backups:
                with self._reading() as raw:
                    backup.rotate_if_due(raw, schema.case_id(raw), self._key)
        finally:
            self._shut()
        if strays:
            raise RuntimeError(STRAY)

    def __enter__(self) -> CaseFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is None or isinstance(error, CaseFileTaken):  # Closing then knows where the work is.
            self.close()
            return
        with suppress(CaseFileError, RuntimeError):  # What went wrong first is what the user must hear of.
            self.close()

    def __repr__(self) -> str:
        return "<CaseFile>"

    # -- inside ---------------------------------------------------------------------------------------------------

    def _reverse(self, kind: StepKind) -> Step | None:
        lane = self._lanes.mine()
        step = lane.reverse(kind)
        if step is not None:
            self._announce(lane)
        return step

    def repeat(self, images: Sequence[RowImage], label: str, who: str) -> bool:
        """Do to this copy what a step did to another copy; false when the rows are not as it found them."""
        return self._lanes.mine().repeat(images, label, who)

    def _attach(self) -> None:
        """Begin to watch the file, and open the connection that reads it whatever becomes of its name."""
        if self._lock is not None:
            self._lock.hold_file(self.path)
        self._watch = FileWatch(self.path, contents=not self.read_only)
        try:
            self._spare = connect(self.path, self._key, read_only=True)
            (root,) = self._spare.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'meta'").fetchone()
            self._case = schema.case_id(self._spare)
        except BaseException:
            self._watch.close()
            raise
        self._watch.know_page(root)
        log = takenfile.log_of(self.path)
        self._log = log.stat() if log.exists() else None

    def _detach(self) -> None:
        with self._spare_lock:
            if self._watch.look() is Cause.OVERWRITTEN and not self.read_only:
                with takenfile.out_of_reach(self.path):
                    self._spare.close()
            else:
                self._spare.close()
            self._watch.close()

    def _keep(self, cause: Cause) -> Kept:
        aside = takenfile.set_log_aside(self.path, self._log)
        if not self._written and cause is not Cause.DELETED:
            kept = Kept(None, _("Nothing has been changed since you opened it. Open it again."))
        elif cause is Cause.OVERWRITTEN:
            kept = takenfile.rebuild(self._spare, self.path, self._case, self._key, self._steps, self._reopen)
        else:
            kept = takenfile.copy(self._spare, self.path, self._case, self._key)
        if aside is not None and (kept.path is not None or not self._written):
            aside.unlink(missing_ok=True)
        return kept

    def _reopen(self, path: Path) -> CaseFile:
        key = self._key.copy()
        lock = WriterLock.acquire(path)
        try:
            return CaseFile(path, key, None, "", lock, backups=False)
        except BaseException:
            key.wipe()
            lock.release()
            raise

    def _after_turn(self, raw: RawConnection) -> None:
        self._unsettled = True
        log = takenfile.log_of(self.path)
        if log.exists() and log.stat().st_size >= LOG_BYTES:
            self._settle(raw)

    def _settle(self, raw: RawConnection) -> None:
        with self._watch.writing() as may, suppress(failures.DriverError):  # The pages stay in the log.
            if may:
                raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def _announce(self, lane: Lane) -> None:
        self._written = self._lanes.announce(lane) or self._written

    def _connect(self) -> RawConnection:
        self.check()
        return connect(self.path, self._key, read_only=self.read_only)

    def _connect_writer(self) -> RawConnection:
        if self.read_only:
            raise _read_only()
        self.check()
        self._written = True
        return connect(self.path, self._key)

    def _connect_reader(self) -> RawConnection:
        self.check()  # By its name we might find another file, and its log.
        return connect(self.path, self._key, read_only=True)

    def _active(self) -> RawConnection | None:
        lane = self._lanes.find()
        return lane.raw if lane is not None and lane.changing else None

    @contextmanager
    def _reading(self) -> Iterator[RawConnection]:
        """A connection for one question: the lane's own where the thread has one, so that it sees its own change."""
        lane = self._lanes.find()
        with failures.translated():
            if lane is not None:
                yield lane.raw
                return
            raw = self._connect_reader()
            try:
                yield raw
            finally:
                raw.close()

    @contextmanager
    def _writing(self) -> Iterator[RawConnection]:
        active = self._active()
        with failures.translated():
            if active is not None:
                yield active
                return
            raw = self._connect_writer()
            try:
                with transaction(raw, self._gate):
                    yield raw
            finally:
                raw.close()

    def _shut(self) -> None:
        self._closed = True
        self.index.release()
        self._readers.dispose()
        self._lanes.close()
        self._writers.dispose()
        self._detach()
        self._key.wipe()
        if self._lock is not None:
            self._lock.release()


def _read_only() -> UserError:
    return UserError(_("The case is open as read-only."), _("Open it for writing to make changes."))
