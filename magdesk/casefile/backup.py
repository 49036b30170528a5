"""Encrypted copies of a case: to a place of the user's choice, or a rotating set in the user's data folder."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from magdesk import paths, unfinished
from magdesk.casefile import failures
from magdesk.casefile.connection import PAGE_SIZE, RawConnection, connect
from magdesk.casefile.keys import Key
from magdesk.errors import CaseFileError, UserError
from magdesk.i18n import _
from magdesk.progress import CancelToken, Progress, no_progress
from magdesk.values import now

SUFFIX = ".magdesk"
_STAMP = "%Y-%m-%dT%H%M%S.%fZ"
_PAGES_AT_ONCE = 256

KEEP_NEWEST = 10
KEEP_DAYS, KEEP_WEEKS, KEEP_MONTHS = 7, 4, 12
BUDGET_BYTES = 4 << 30
"""Size of one case's set above which older copies go, whatever their age; the two newest always stay."""

LARGE_BYTES = 256 << 20
LARGE_PAUSE = timedelta(hours=20)
"""A case above this size is copied when it is closed at most once in this time: copying takes seconds per GiB."""


def root() -> Path:
    """Where the rotating sets of all cases lie, a folder for each."""
    return paths.user_data() / "backups"


def folder(case: uuid.UUID) -> Path:
    """Where the rotating set of a case lies. Named by its random key, so that the name says nothing."""
    return root() / str(case)


def listing(case: uuid.UUID) -> list[tuple[datetime, Path]]:
    """The rotating set, newest first, with the moment of each copy in UTC."""
    return listing_in(folder(case))


def listing_in(place: Path) -> list[tuple[datetime, Path]]:
    """The copies that lie in one folder, as :func:`listing`."""
    found = []
    for path in place.glob(f"*{SUFFIX}"):
        try:
            at = datetime.strptime(path.name.removesuffix(SUFFIX), _STAMP).replace(tzinfo=UTC)
        except ValueError:
            continue
        found.append((at, path))
    return sorted(found, reverse=True)


def rotate(
    raw: RawConnection,
    case: uuid.UUID,
    key: Key,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Path:
    """Add a copy to the rotating set and thin the set out."""
    target = folder(case)
    try:
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(target) from error
    path = copy_to(raw, target / f"{_next_moment(case).strftime(_STAMP)}{SUFFIX}", key, progress, cancel)
    present = listing(case)
    keep = retained([(at, entry.stat().st_size) for at, entry in present])
    for at, entry in present:
        if at not in keep:
            entry.unlink(missing_ok=True)
    return path


def rotate_if_due(raw: RawConnection, case: uuid.UUID, key: Key) -> Path | None:
    """Add a copy when a changed case is closed, unless it is large and was copied today."""
    size = raw.execute("PRAGMA page_count").fetchone()[0] * PAGE_SIZE
    present = listing(case)
    if size > LARGE_BYTES and present and abs(now() - present[0][0]) < LARGE_PAUSE:
        return None
    return rotate(raw, case, key)


def _next_moment(case: uuid.UUID) -> datetime:
    """Now, or just after the newest copy: on a clock that was set back the last copy must still count as the last."""
    present = listing(case)
    return max(now(), present[0][0] + timedelta(microseconds=1)) if present else now()


def retained(copies: Sequence[tuple[datetime, int]]) -> set[datetime]:
    """Which copies of a set stay: the newest, and one each for some days, weeks and months, within the budget.

    Args:
        copies: moment and size of each, newest first.
    """
    wanted: dict[datetime, None] = dict.fromkeys(at for at, _size in copies[:KEEP_NEWEST])
    for count, period in ((KEEP_DAYS, "%Y-%j"), (KEEP_WEEKS, "%G-%V"), (KEEP_MONTHS, "%Y-%m")):
        latest: dict[str, datetime] = {}
        for at, _size in copies:
            latest.setdefault(at.strftime(period), at)
        wanted.update(dict.fromkeys(list(latest.values())[:count]))
    kept: set[datetime] = set()
    total = 0
    for at, size in copies:
        if at in wanted:
            total += size
            if total > BUDGET_BYTES and len(kept) >= 2:
                break
            kept.add(at)
    return kept


def copy_to(
    raw: RawConnection,
    target: Path,
    key: Key,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Path:
    """Copy the case as it is at this moment, page by page, each one checked on the way.

    The copy gets its name when it is complete and on the disk. Others may write to the case meanwhile.

    Args:
        raw: a connection to the case.
        target: the new file.
        key: that the copy is to have; its salt with it.
        progress: in pages.
        cancel: asked between runs of pages.
    """
    if target.exists():
        raise UserError(_("“{name}” already exists.").format(name=target.name), _("Choose another name."))
    with unfinished.making(target) as draft:
        try:
            write_copy(raw, draft, key, progress, cancel)
            draft.replace(target)
            sync_folder(target.parent)
        except OSError as error:
            raise cannot_write(target) from error
    return target


def write_copy(
    raw: RawConnection,
    draft: Path,
    key: Key,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> None:
    """Copy the case into a file that has no name yet, until it is on the disk.

    Args:
        raw, key, progress, cancel: as at :func:`copy_to`.
        draft: a name from :func:`magdesk.unfinished.making`.

    Raises:
        OSError: it cannot be written.
        CaseFileError: the disk is full, or a page does not verify.
    """
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    pages = raw.execute("PRAGMA page_count").fetchone()[0]
    if shutil.disk_usage(draft.parent).free < pages * PAGE_SIZE:
        raise failures.disk_full()
    with failures.translated():
        copy = connect(draft, key)
        try:
            copy.execute("PRAGMA journal_mode = OFF")
            copy.execute("PRAGMA synchronous = OFF")

            def report(_status: int, remaining: int, total: int) -> None:
                if cancel is not None:
                    cancel.check()
                progress(total - remaining, total)

            raw.backup(copy, pages=_PAGES_AT_ONCE, progress=report, sleep=0.0)
        finally:
            copy.close()
    settle(draft)


def write_new(target: Path, blocks: Iterable[bytes]) -> None:
    """Write a file that gets its name when it is complete and on the disk.

    Raises:
        UserError: something stands there.
        CaseFileError: it cannot be written.
    """
    if target.exists():
        raise UserError(_("“{name}” already exists.").format(name=target.name), _("Choose another name."))
    with unfinished.making(target) as draft:
        try:
            with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as stream:
                for block in blocks:
                    stream.write(block)
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(target)
            sync_folder(target.parent)
        except OSError as error:
            raise cannot_write(target) from error


def settle(path: Path) -> None:
    """Wait until a closed file is on the disk."""
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def sync_folder(path: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can do that."""
    if os.name == "posix":
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError:  # Some network drives cannot; the rename itself has happened.
            pass
        finally:
            os.close(handle)


def cannot_write(path: Path) -> CaseFileError:
    """The failure of a folder that does not take a file."""
    return CaseFileError(
        _("“{name}” cannot be written.").format(name=path.name),
        _("Check that the folder is there, that you may write to it, and that the disk is not full."),
    )
