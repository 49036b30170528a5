"""A log that lies under another name than its case file.

When the program or the machine dies while a case is open, the newest changes are in the log beside it. Whoever then
renames or moves the file alone, or did so a moment before, leaves the log behind; so does who opens the file by a
second name of it. SQLite would open it without a word, and without those changes. So before each opening we look for
such a log: in the same folder, and where a note of a killed program says that a case was open. It is the file's own
when its pages verify under the file's key, and it matters only when it holds a page that the file does not.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from magdesk import unfinished
from magdesk.casefile import failures, integrity, straylog
from magdesk.casefile.connection import PAGE_SIZE, connect
from magdesk.casefile.keys import Key
from magdesk.casefile.pages import PageCodes
from magdesk.errors import CaseFileError
from magdesk.i18n import _

_LOG = "-wal"
# https://www.sqlite.org/fileformat2.html#the_write_ahead_log
_HEADER_BYTES = 32
_FRAME_HEADER_BYTES = 24
_SALTS = slice(8, 16)


def bring_log(path: Path, key: Key, *, read_only: bool) -> list[str]:
    """Put a log that belongs to a file beside it, under its name; the next connection takes its changes up.

    Must not be called while this process has the file open.

    Returns:
        Sentences that say what was found and what is left to do.
    """
    own = path.with_name(path.name + _LOG)
    told = []
    codes = PageCodes(key)
    for log in _misplaced(path):
        more = _holds_more(log, path, codes)
        if more is None:
            continue
        if not more:
            if not read_only:  # Left there, it would look like lost work once the file goes on.
                _remove(log)
        elif read_only:
            told.append(
                _(
                    "Changes to this case may be missing: MagDesk was interrupted, and they are in “{log}”, under "
                    "another name of the file. Open the case for writing once; that brings them in."
                ).format(log=log)
            )
        elif (not own.exists() or not own.stat().st_size) and _brought(log, own, path, key):
            told.append(
                _(
                    "The case file was renamed or moved after MagDesk was interrupted. Its last changes were still "
                    "in “{log}”; they are in the case again."
                ).format(log=log)
            )
        else:
            told.append(
                _(
                    "“{log}” holds changes to another version of this case that MagDesk could not write before it "
                    "was interrupted. They are not in this file. Keep that file, put it next to the version that "
                    "was open, and give it the name of that version with “-wal” at the end; then open that version."
                ).format(log=log)
            )
    return told


def _misplaced(path: Path) -> Iterator[Path]:
    """Logs of files that are not there under the log's name, or are this one under a second name."""
    found = [log for log in sorted(path.parent.glob(f"*{_LOG}")) if log.name != path.name + _LOG]
    for log in dict.fromkeys([*found, *unfinished.left_logs()]):
        with suppress(OSError):
            named = log.with_name(log.name.removesuffix(_LOG))
            if named != path and log.stat().st_size and (not named.exists() or named.samefile(path)):
                yield log


def _holds_more(log: Path, path: Path, codes: PageCodes) -> bool | None:
    """Whether a log has a page in it that the file has not; nothing when it is not written with the file's key."""
    pages: dict[int, int] = {}
    waiting: dict[int, int] = {}
    try:
        with log.open("rb") as stream, path.open("rb") as file:
            salts = stream.read(_HEADER_BYTES)[16:24]
            place = _HEADER_BYTES
            while len(head := stream.read(_FRAME_HEADER_BYTES)) == _FRAME_HEADER_BYTES and head[_SALTS] == salts:
                number, commits = int.from_bytes(head[:4], "big"), any(head[4:8])
                if not codes.verifies(stream.read(PAGE_SIZE), number):
                    break
                waiting[number] = place + _FRAME_HEADER_BYTES
                place += _FRAME_HEADER_BYTES + PAGE_SIZE
                if commits:
                    pages |= waiting
                    waiting.clear()
            for number, place in pages.items():
                stream.seek(place)
                file.seek((number - 1) * PAGE_SIZE)
                if stream.read(PAGE_SIZE) != file.read(PAGE_SIZE):
                    return True
    except OSError:
        return None
    return False if pages else None


def _brought(log: Path, own: Path, path: Path, key: Key) -> bool:
    """Move the log beside the file, and leave it there when both together are whole."""
    try:
        _move(log, own)
    except OSError:
        return False
    if straylog.belongs(path, key) and _whole(path, key):
        _remove(log)
        return True
    own.with_name(path.name + "-shm").unlink(missing_ok=True)
    _move(own, log)
    return False


def _whole(path: Path, key: Key) -> bool:
    """Whether what the rows say follows from the journal: a file from another moment than the log fails this."""
    try:
        raw = connect(path, key, untouched=True)
    except CaseFileError:
        return False
    try:
        with failures.translated():
            raw.execute("BEGIN")
            return integrity.follows_from_journal(raw)
    except CaseFileError:
        return False
    finally:
        raw.close()


def _remove(log: Path) -> None:
    for suffix in (_LOG, "-shm"):
        with suppress(OSError):
            log.with_name(log.name.removesuffix(_LOG) + suffix).unlink()


def _move(source: Path, target: Path) -> None:
    try:
        source.rename(target)
    except OSError:  # On another drive.
        with unfinished.making(target) as draft:
            shutil.copyfile(source, draft)
            draft.replace(target)
        source.unlink()
