"""When another program takes the file away from under an open case: its work is kept, its log put out of the way.

Where the file was replaced, moved or deleted, the connections still read the file that was opened, so the copy that
is kept is complete. (Not on Windows, where none of this can happen to a file on the computer's own drives.) Where it
was written over, what it held is gone; what this session did is done again on the newest backup, step by step.
"""

from __future__ import annotations

import io
import os
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from magdesk import unfinished
from magdesk.casefile import backup, failures, opening
from magdesk.casefile.blobreader import BlobReader
from magdesk.casefile.blobs import BlobStore
from magdesk.casefile.connection import RawConnection
from magdesk.casefile.keys import Key
from magdesk.casefile.lane import Done
from magdesk.casefile.records import RowImage, Step, StepKind
from magdesk.casefile.watch import Cause
from magdesk.errors import CaseFileError, CaseFileTaken, MagdeskError
from magdesk.i18n import _, ngettext
from magdesk.values import now

_LOG = "-wal"
_SHARED = "-shm"


class Reopened(Protocol):
    """What this needs of a case file that was opened again."""

    @property
    def blobs(self) -> BlobStore:
        """Its evidence."""

    def history(self, limit: int = ...) -> list[Step]:
        """Its steps."""

    def repeat(self, images: Sequence[RowImage], label: str, who: str) -> bool:
        """Do a change again."""

    def _reading(self) -> AbstractContextManager[RawConnection]: ...

    def close(self) -> None:
        """Close it."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None, /
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Kept:
    """What could be kept.

    Attributes:
        path: the file with it; none where nothing had to be kept, or nothing could be.
        told: sentences for the user: where it is, and what is missing in it.
    """

    path: Path | None
    told: str


def happened(path: Path, cause: Cause, now_at: Path | None) -> str:
    """One sentence that says what became of the file."""
    text = {
        Cause.REPLACED: _("Another program replaced the case file “{name}” while it was open."),
        Cause.OVERWRITTEN: _("Another program overwrote the case file “{name}” while it was open."),
        Cause.MOVED: _("Another program renamed or moved the case file “{name}” while it was open."),
        Cause.DELETED: _("Another program deleted the case file “{name}” while it was open."),
    }[cause].format(name=path.name)
    if cause is Cause.MOVED and now_at is not None:
        text += " " + _("It is now “{path}”.").format(path=now_at)
    return text


def taken(path: Path, cause: Cause, now_at: Path | None, kept: Kept | None) -> CaseFileTaken:
    """The failure of every change from then on."""
    if kept is None:
        hint = _("Nothing more can be saved in it. Close the case; what you have done so far is kept next to it.")
    else:
        hint = kept.told
    return CaseFileTaken(happened(path, cause, now_at), hint)


def place_beside(path: Path) -> Path:
    """Where the copy goes: beside the file, under a name that says when; it must not be there yet."""
    moment = now().astimezone().strftime("%Y-%m-%d %H.%M.%S")
    stem = _("{name} (kept {moment})").format(name=path.stem, moment=moment)
    found = path.with_name(f"{stem}{path.suffix}")
    number = 2
    while found.exists():
        found = path.with_name(f"{stem} {number}{path.suffix}")
        number += 1
    return found


def places(path: Path, case: uuid.UUID) -> Iterator[Path]:
    """Where the copy may go, the best place first; the folder itself may be gone or full."""
    if path.parent.is_dir():
        yield place_beside(path)
    folder = backup.folder(case)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    yield place_beside(folder / path.name)


def copy(raw: RawConnection, path: Path, case: uuid.UUID, key: Key) -> Kept:
    """Keep all of the case as a file of its own, over a connection that still reads what was opened."""
    failure: MagdeskError | None = None
    for place in places(path, case):
        try:
            backup.copy_to(raw, place, key)
        except CaseFileError as error:
            failure = error
            continue
        return Kept(
            place,
            _(
                "Nothing is lost: the whole case as you last saw it is kept in “{path}”, which the same "
                "passphrase opens. Compare the two files before you continue."
            ).format(path=place),
        )
    assert failure is not None
    raise failure


def rebuild(
    raw: RawConnection,
    path: Path,
    case: uuid.UUID,
    key: Key,
    steps: Sequence[Done],
    reopen: Callable[[Path], Reopened],
) -> Kept:
    """Do this session's steps again on the newest backup, or on an empty file where the session made the case.

    Args:
        raw: a connection to what is left; bytes of evidence that still verify are taken from it.
        path: the file that was written over.
        case: its key.
        key: that opens file and backups.
        steps: of this session, in order.
        reopen: opens a file with the same key.
    """
    place = next(places(path, case))
    made_here = bool(steps) and steps[0][0].number == 1
    copies = backup.listing(case)
    if made_here:
        with unfinished.making(place) as draft:
            opening.make_file(draft, key)
            opening.give_name(draft, place)
    elif not _copy_newest([copy for _at, copy in copies], place, reopen):
        return Kept(None, _("There is no backup on this computer from which to redo it. What was done is lost."))
    with reopen(place) as kept:
        done, failed = _repeat(kept, steps)
        lost = _missing_bytes(kept, raw)
    told = [
        _("What you did is kept in “{path}”, which the same passphrase opens.").format(path=place),
        ngettext(
            "It is the newest backup, with {count} change from this session repeated.",
            "It is the newest backup, with {count} changes from this session repeated.",
            done,
        ).format(count=done)
        if not made_here
        else "",
    ]
    if failed:
        told.append(
            ngettext(
                "{count} change could not be repeated: the backup is older than this session.",
                "{count} changes could not be repeated: the backup is older than this session.",
                failed,
            ).format(count=failed)
        )
    if lost:
        told.append(
            ngettext(
                "The contents of {count} file that was added are lost; add it again: {names}.",
                "The contents of {count} files that were added are lost; add them again: {names}.",
                len(lost),
            ).format(count=len(lost), names=", ".join(f"“{name}”" for name in lost[:12]))
        )
    return Kept(place, " ".join(text for text in told if text))


def _copy_newest(copies: Sequence[Path], place: Path, reopen: Callable[[Path], Reopened]) -> bool:
    for found in copies:
        with unfinished.making(place) as draft:
            try:
                draft.touch(mode=0o600)
                with found.open("rb") as source, draft.open("r+b") as target:
                    while block := source.read(1 << 20):
                        target.write(block)
                reopen(draft).close()
                opening.give_name(draft, place)
            except (CaseFileError, OSError):  # Of another passphrase, or damaged: the one before it may do.
                continue
        return True
    return False


def _repeat(kept: Reopened, steps: Sequence[Done]) -> tuple[int, int]:
    known = {step.id for step in kept.history(-1)}
    done = failed = 0
    for step, images in steps:
        changed = [image for image in images if image.before != image.after]
        if step.id in known or not changed:
            continue
        label = _("Undo: {label}").format(label=step.label) if step.kind is StepKind.UNDO else step.label
        try:
            good = kept.repeat(changed, label, step.who)
        except (MagdeskError, failures.DriverError):  # It refers to rows that the backup does not have.
            good = False
        done, failed = done + good, failed + (not good)
    return done, failed


def _missing_bytes(kept: Reopened, raw: RawConnection) -> list[str]:
    """Bring over bytes of evidence that are not in the copy, as far as they still verify; names of the others."""
    with kept._reading() as mine:  # noqa: SLF001
        wanted = mine.execute(
            "SELECT sha256, file_name FROM evidence e WHERE sha256 <> ''"
            " AND NOT EXISTS (SELECT 1 FROM blob b WHERE b.sha256 = e.sha256) ORDER BY rank, id"
        ).fetchall()
    lost = []
    for digest, name in wanted:
        try:
            with failures.translated():
                row = raw.execute("SELECT id, size, chunk_size FROM blob WHERE sha256 = ?", (digest,)).fetchone()
                reader = BlobReader(raw, *row, owns_connection=False) if row is not None else None
                good = reader is not None and kept.blobs.put(io.BufferedReader(reader)).sha256 == digest
        except (MagdeskError, failures.DriverError, OSError):
            good = False
        if not good:
            lost.append(name)
    return lost


def log_of(path: Path) -> Path:
    """The log of a case file."""
    return path.with_name(path.name + _LOG)


def set_log_aside(path: Path, mine: os.stat_result | None) -> Path | None:
    """Take our log away from the file's name, so that nobody plays it into another file.

    The connections that have it open go on with it. Where an open file cannot be renamed (Windows), it stays.

    Args:
        mine: which file the log was when the case was opened; another one is left alone.
    """
    log = log_of(path)
    aside = path.with_name(f"{path.name}.log-set-aside")
    try:
        if mine is None or not os.path.samestat(mine, log.stat()):
            return None
        log.rename(aside)
    except OSError:
        return None
    with suppress(OSError):
        path.with_name(path.name + _SHARED).unlink()
    return aside


@contextmanager
def out_of_reach(path: Path) -> Iterator[None]:
    """For the block, in which the last connection is closed, the file that was written over is not under its name.

    SQLite plays its log into the file when the last connection closes, unless the file was moved. Where an open file
    cannot be renamed (Windows), the bytes that the other program wrote are put back afterwards.
    """
    aside = path.with_name(f".{path.name}.theirs")
    try:
        path.rename(aside)
    except OSError:
        theirs = path.read_bytes()
        try:
            yield
        finally:
            aside.write_bytes(theirs)
            aside.replace(path)
        return
    try:
        yield
    finally:
        aside.rename(path)
