"""Who writes: one program at a time, with a note that says who, and that does not outlive a crash.

The note is a small file beside the case, held by a lock of the operating system for as long as the program runs.
The lock vanishes with the process, however it ends; a note that nobody holds is taken over. Where the drive knows no
locks the note itself counts, unless its program is known to be gone. It holds the names of a user and a computer and
the number of a process, nothing of the case. A program that is killed leaves it; the next start of any other removes
it (:mod:`magdesk.unfinished`).

A file can have a second name, in another folder too, and its log lies beside the first. So a second note, held in the
same way, stands in the user's data folder under the numbers by which the system knows the file itself. It is not the
file that is locked: on macOS and over NFS that would get in the way of SQLite's own locks. So a second name is seen
for programs of the same user on the same computer.
"""

from __future__ import annotations

import getpass
import json
import os
import socket
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from magdesk import unfinished
from magdesk.errors import CaseFileError, CaseFileLocked
from magdesk.i18n import _
from magdesk.values import clean_text

if sys.platform == "win32":
    import msvcrt
else:
    import errno
    import fcntl

# Windows locks ranges of bytes, and what is locked cannot be read: lock one far behind the note.
_LOCKED_BYTE = 1 << 30
_ATTEMPTS = 4
_PAUSE = 0.03  # seconds


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a case file for writing.

    Attributes:
        since: moment of opening, ISO 8601, UTC.
    """

    who: str
    host: str
    pid: int
    since: str


class WriterLock:
    """The right to write one case file, held until :meth:`release`.

    Attributes:
        path: of the note.
    """

    def __init__(self, path: Path, handle: int, leftover: unfinished.UnfinishedNote, who: str) -> None:
        self.path = path
        self._handle = handle
        self._leftover = leftover
        self._who = who
        self._itself: WriterLock | None = None

    @classmethod
    def acquire(cls, case_path: Path, who: str = "") -> WriterLock:
        """Become the one writer of the case.

        Raises:
            CaseFileLocked: someone else is; the message names them.
            CaseFileError: the folder cannot be written, or its disk is full.
        """
        path = lock_path(case_path)
        try:
            return cls._noted(path, who)
        except OSError as error:
            raise CaseFileError(
                _("Nothing can be written next to the case file: {why}.").format(
                    why=error.strerror or type(error).__name__
                ),
                _("Free some space on that disk, move what stands in the way, or open the case as read-only."),
            ) from error

    def hold_file(self, case_path: Path) -> None:
        """Be the one writer of the file itself too, which is there now, whatever other names it has.

        To be called again when another file has got the name. Where the data folder cannot be written, the note
        beside the file is all there is.

        Raises:
            CaseFileLocked: it is open under another name.
        """
        path = _note_of_file(case_path)
        if self._itself is not None:
            if self._itself.path == path:
                return
            self._itself.release()
            self._itself = None
        if path is None:
            return
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._itself = self._noted(path, self._who)
        except CaseFileLocked:
            raise
        except (OSError, CaseFileError):
            return

    @classmethod
    def _noted(cls, path: Path, who: str) -> WriterLock:
        leftover = unfinished.begin(unfinished.UnfinishedWork([], locks=[path]))
        try:
            lock = cls(path, cls._take(path), leftover, who)
        except BaseException:
            leftover.done()
            raise
        try:
            lock._write_note()
        except OSError:
            lock.release()
            raise
        return lock

    @staticmethod
    def _take(path: Path) -> int:
        attempts = _ATTEMPTS
        while True:
            try:
                if path.is_symlink():  # We never make one, and would write over whatever file it leads to.
                    path.unlink()
                flags = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
                handle = os.open(path, os.O_RDWR | os.O_CREAT | flags, 0o600)
            except OSError as error:
                raise CaseFileError(
                    _("You cannot write to the folder of the case file."),
                    _("Open the case as read-only, or copy it to one of your own folders."),
                ) from error
            try:
                supported = _lock(handle)
            except BlockingIOError:
                holder = _holder(path)
                os.close(handle)
                attempts -= 1
                if attempts:  # Whoever removes what a killed program left holds it for a moment.
                    time.sleep(_PAUSE)
                    continue
                raise _locked(holder) from None
            if not supported:
                holder = _parse(os.read(handle, 4096))
                if holder is not None and _may_be_alive(holder):
                    os.close(handle)
                    raise _locked(holder)
            if _same_file(handle, path):
                return handle
            os.close(handle)  # The holder before us removed the note between our open and our lock.

    def _write_note(self) -> None:
        holder = Holder(
            clean_text(self._who or _user(), multiline=False),
            clean_text(socket.gethostname(), multiline=False),
            os.getpid(),
            datetime.now(UTC).isoformat(timespec="seconds"),
        )
        os.ftruncate(self._handle, 0)
        os.lseek(self._handle, 0, os.SEEK_SET)
        os.write(self._handle, json.dumps(asdict(holder)).encode())

    def release(self) -> None:
        """Give the right back and remove the notes. May be called twice."""
        if self._itself is not None:
            self._itself.release()
            self._itself = None
        handle, self._handle = self._handle, -1
        if handle < 0:
            return
        if not _same_file(handle, self.path):  # Somebody removed our note; what lies there is another's.
            os.close(handle)
        elif sys.platform == "win32":  # An open file cannot be removed there.
            os.close(handle)
            with suppress(OSError):
                self.path.unlink()
        else:
            with suppress(OSError):
                self.path.unlink()
            os.close(handle)
        self._leftover.done()


def lock_path(case_path: Path) -> Path:
    """Where the note lies while a case is open for writing."""
    return case_path.with_name(case_path.name + ".lock")


def _note_of_file(case_path: Path) -> Path | None:
    try:
        found = case_path.stat()
    except OSError:
        return None
    if not found.st_ino:  # Some drives of Windows number no files.
        return None
    return unfinished.notes_folder() / f"{found.st_dev:x}-{found.st_ino:x}.lock"


def remove_orphan(case_path: Path) -> None:
    """Remove the note of a program that was killed; one that is held stays."""
    if lock_path(case_path).exists():
        with suppress(CaseFileError):
            WriterLock.acquire(case_path).release()


def read_holder(case_path: Path) -> Holder | None:
    """Who is noted as the writer, if the note can be read."""
    return _holder(lock_path(case_path))


def _holder(note: Path) -> Holder | None:
    try:
        with note.open("rb") as stream:
            return _parse(stream.read(4096))
    except OSError:
        return None


def _parse(note: bytes) -> Holder | None:
    try:
        fields = json.loads(note)
        return Holder(str(fields["who"]), str(fields["host"]), int(fields["pid"]), str(fields["since"]))
    except (ValueError, KeyError, TypeError):
        return None


def _locked(holder: Holder | None) -> CaseFileLocked:
    hint = _("Close it there first, or open the case as read-only.")
    if holder is None:
        return CaseFileLocked(_("The case file is open in another program."), hint)
    who, host = (clean_text(text, multiline=False) for text in (holder.who, holder.host))
    return CaseFileLocked(
        _("The case file is open: {who} on {host} (process {pid}) since {since}.").format(
            who=who, host=host, pid=holder.pid, since=clean_text(holder.since, multiline=False)
        ),
        hint,
    )


def _lock(handle: int) -> bool:
    """Lock the note without waiting.

    Returns:
        Whether this drive knows locks at all.

    Raises:
        BlockingIOError: another program holds it.
    """
    if sys.platform == "win32":
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise
    except OSError as error:
        if error.errno in (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL):
            return False
        raise
    return True


def _same_file(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False


def _may_be_alive(holder: Holder) -> bool:
    if holder.host != socket.gethostname() or sys.platform == "win32":
        return True
    try:
        os.kill(holder.pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"
