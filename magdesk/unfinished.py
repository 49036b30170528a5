"""What is being made and has no name yet; so that a program that was killed leaves nothing behind.

A file or folder is made beside its final name under a hidden one and renamed when it is whole. Before the first byte
of it is written, a note in the user's data folder says where it lies. The note is held by a lock of the operating
system, which goes with the process however it ends; the next start of any command or window takes up the notes that
nobody holds and removes what they name. So a note tells a path only while work is under way or a case is open,
or while what was left of it lies at that path anyway; it tells nothing of what is in it.

What may hold clear text is overwritten before it is removed. That is the best a program can do: a solid-state disk, a
journal or a snapshot of the file system may keep the old blocks all the same.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from magdesk import paths

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_HIDDEN = re.compile(r"\..+\.magdesk-(?:part|old)-[0-9a-f]{8}", re.DOTALL)
_LOCK = ".lock"
_CASE = ".magdesk"
_WRITER = {"who", "host", "pid", "since"}
_BESIDE = ("", "-wal", "-shm", "-journal", _LOCK)
"""What may lie beside a hidden file or folder under its name: the log of a database, a lock."""

_LONGEST_NAME = 180  # bytes; file systems allow 255, and the hidden name is longer
_BLOCK = 1 << 20
_ATTEMPTS = 5
# Windows locks ranges of bytes, and what is locked cannot be read: lock one far behind the note.
_LOCKED_BYTE = 1 << 30


def hidden_name(final: Path, kind: str = "part") -> Path:
    """A name beside the final one that nothing has yet.

    Args:
        kind: ``part`` for what is being made, ``old`` for what was moved aside to make room for it.
    """
    return final.with_name(f"{_prefix(final, kind)}{secrets.token_hex(4)}")


def _prefix(final: Path, kind: str) -> str:
    name = final.name if len(os.fsencode(final.name)) <= _LONGEST_NAME else final.name[:40]
    return f".{name}.magdesk-{kind}-"


@dataclass(slots=True)
class UnfinishedWork:
    """What one piece of work may leave behind.

    Attributes:
        parts: hidden files and folders that are of no use when the work does not come to its end.
        aside: what was moved out of the way, and where it belongs unless something stands there by then.
        locks: lock files, removed where nobody holds them and what they lock is not there, or is a case: its lock
            tells who had it open where and is of no use to anyone afterwards.
        clear: whether the parts may hold clear text.
    """

    parts: list[Path]
    aside: list[tuple[Path, Path]] = field(default_factory=list)
    locks: list[Path] = field(default_factory=list)
    clear: bool = False


class UnfinishedNote:
    """The note of one piece of work, held until :meth:`done`."""

    def __init__(self, path: Path | None, handle: int) -> None:
        """Not for callers: use :func:`begin`."""
        self._path = path
        self._handle = handle

    def done(self) -> None:
        """The work is finished, or what there was of it is removed. May be called twice."""
        handle, self._handle = self._handle, -1
        if handle >= 0 and self._path is not None:
            _drop(self._path, handle)


def begin(work: UnfinishedWork) -> UnfinishedNote:
    """Note a piece of work before it writes anything.

    Where the data folder cannot be written the work goes on without: what is left of it is then found only when the
    same thing is made again.
    """
    folder = notes_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path, handle = _new_note(folder)
        text = json.dumps(
            {
                "parts": [os.fspath(part.absolute()) for part in work.parts],
                "aside": [[os.fspath(old.absolute()), os.fspath(final.absolute())] for old, final in work.aside],
                "locks": [os.fspath(lock.absolute()) for lock in work.locks],
                "clear": work.clear,
            }
        )
        os.write(handle, text.encode("utf-8", "surrogatepass"))
        os.fsync(handle)
    except OSError:
        return UnfinishedNote(None, -1)
    return UnfinishedNote(path, handle)


def _new_note(folder: Path) -> tuple[Path, int]:
    for _attempt in range(_ATTEMPTS):
        path = folder / f"{secrets.token_hex(8)}.json"
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        # A sweep between the two lines takes the empty note away; then there is another one to write.
        if _lock(handle) and _same_file(handle, path):
            return path, handle
        _drop(path, handle)
    raise OSError("no note can be held here")  # A drive that knows no locks: nobody could tell whose note it is.


@contextmanager
def making(final: Path, *, clear: bool = False, lock: Path | None = None) -> Iterator[Path]:
    """A hidden name for something that the block makes and renames; whatever still bears it at the end is removed.

    Args:
        final: the name that it will have.
        clear: whether it may hold clear text.
        lock: a lock file of the final name, which a killed program leaves.
    """
    work = UnfinishedWork([hidden_name(final)], locks=[lock] if lock is not None else [], clear=clear)
    note = begin(work)
    try:
        yield work.parts[0]
    finally:
        _remove(work)
        note.done()


def sweep() -> list[Path]:
    """Remove what programs that were killed left unfinished, wherever on this computer.

    Returns:
        The hidden files and folders that were removed or put back.
    """
    found: list[Path] = []
    with suppress(OSError):
        for path in sorted(notes_folder().glob("*.json")):
            with suppress(OSError):
                found += _take_up(path)
    return found


def _take_up(path: Path) -> list[Path]:
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    if not _lock(handle) or not _same_file(handle, path):  # Someone is at work, or was faster.
        os.close(handle)
        return []
    work = _parse(_content(handle))
    found = _remove(work) if work is not None else []
    if work is None or not (
        any(part.exists() for part in work.parts if _HIDDEN.fullmatch(part.name)) or any(_logs_left(work))
    ):
        _drop(path, handle)
    else:  # A log waits for its case; or a drive is not there now or not writable. Try again another day.
        os.close(handle)
    return found


def left_logs() -> list[Path]:
    """Logs of databases that programs left which were killed, while the database itself bears another name by now."""
    found: list[Path] = []
    with suppress(OSError):
        for path in sorted(notes_folder().glob("*.json")):
            with suppress(OSError):
                handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
                try:
                    work = _parse(_content(handle)) if _lock(handle) else None
                finally:
                    os.close(handle)
                found += _logs_left(work) if work is not None else ()
    return found


def _logs_left(work: UnfinishedWork) -> Iterator[Path]:
    for lock in work.locks:
        case = lock.with_suffix("")
        log = case.with_name(f"{case.name}-wal")
        with suppress(OSError):
            if lock.suffix == _LOCK and log.stat().st_size and (not case.exists() or case.stat().st_nlink > 1):
                yield log


def _parse(text: bytes) -> UnfinishedWork | None:
    try:
        data = json.loads(text.decode("utf-8", "surrogatepass"))
        return UnfinishedWork(
            [Path(part) for part in data["parts"]],
            [(Path(old), Path(final)) for old, final in data["aside"]],
            [Path(lock) for lock in data["locks"]],
            bool(data["clear"]),
        )
    except (ValueError, KeyError, TypeError):
        return None


def _remove(work: UnfinishedWork) -> list[Path]:
    """Only what bears a name that :func:`hidden_name` gives, whatever the note says."""
    found = []
    for old, final in work.aside:
        if _HIDDEN.fullmatch(old.name) and old.exists() and not final.exists():
            with suppress(OSError):
                old.rename(final)
                found.append(old)
    for part in (*work.parts, *(old for old, _final in work.aside)):
        if _HIDDEN.fullmatch(part.name):
            for ending in _BESIDE:
                beside = part.with_name(part.name + ending)
                if beside.exists() or beside.is_symlink():
                    remove(beside, clear=work.clear)
                    found.append(beside)
    found += [
        lock
        for lock in work.locks
        if lock.suffix == _LOCK
        and (lock.stem.endswith(_CASE) or _writer(lock) or not lock.with_suffix("").exists())
        and _writer(lock).get("host", socket.gethostname()) == socket.gethostname()
        and _remove_free(lock)
    ]
    return found


def _writer(lock: Path) -> dict[str, object]:
    """Who had a case open, as :mod:`magdesk.casefile.lock` writes it; empty where it says no such thing.

    A case can have another ending. A shared drive may keep the locks of each computer apart, so that one that nobody
    holds here is held there: what another computer wrote is left to it.
    """
    if lock.is_symlink() or not lock.is_file():
        return {}
    try:
        with lock.open("rb") as stream:
            said = json.loads(stream.read(4096))
    except (OSError, ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) and said.keys() == _WRITER else {}


def _remove_free(lock: Path) -> bool:
    """Remove a lock file that nobody holds."""
    with suppress(OSError):
        handle = os.open(lock, os.O_RDWR | getattr(os, "O_BINARY", 0))
        if _lock(handle) and _same_file(handle, lock):
            _drop(lock, handle)
            return True
        os.close(handle)
    return False


def remove_beside(final: Path) -> None:
    """Remove hidden files of a program that was killed while it made or changed this file, unless it still runs.

    Only for who holds the right to write the file: notes are kept on each computer, a folder can be shared.
    """
    alive = set(_parts_of_the_living())
    prefix = _prefix(final, "part")
    with suppress(OSError):
        for path in final.parent.iterdir():
            plain = path.with_name(path.name[: len(prefix) + 8])
            if path.name.startswith(prefix) and _HIDDEN.fullmatch(plain.name) and plain.absolute() not in alive:
                remove(path)


def _parts_of_the_living() -> Iterator[Path]:
    with suppress(OSError):
        for path in notes_folder().glob("*.json"):
            with suppress(OSError):
                handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
                try:
                    work = None if _lock(handle) else _parse(_content(handle))
                finally:
                    os.close(handle)
                if work is not None:
                    yield from work.parts


def remove(path: Path, *, clear: bool = False) -> None:
    """Remove a file or a folder with all in it; what cannot be removed stays.

    Args:
        clear: overwrite the files first.
    """
    if path.is_dir() and not path.is_symlink():
        if clear:
            for folder, _folders, names in os.walk(path):
                for name in names:
                    _overwrite(Path(folder, name))
        shutil.rmtree(path, ignore_errors=True)
        return
    if clear:
        _overwrite(path)
    with suppress(OSError):
        path.unlink()


def _overwrite(path: Path) -> None:
    with suppress(OSError):
        if path.is_symlink() or not path.is_file() or path.stat().st_nlink > 1:
            return
        with path.open("r+b", buffering=0) as stream:
            left = stream.seek(0, os.SEEK_END)
            stream.seek(0)
            while left > 0:
                left -= stream.write(bytes(min(left, _BLOCK))) or 0
            os.fsync(stream.fileno())


def notes_folder() -> Path:
    """Where the notes are, those of open cases among them."""
    return paths.user_data() / "unfinished"


def _content(handle: int) -> bytes:
    os.lseek(handle, 0, os.SEEK_SET)
    return os.read(handle, 1 << 16)


def _drop(path: Path, handle: int) -> None:
    if sys.platform == "win32":  # An open file cannot be removed there.
        os.close(handle)
        with suppress(OSError):
            path.unlink()
    else:
        with suppress(OSError):
            path.unlink()
        os.close(handle)


def _lock(handle: int) -> bool:
    """Lock a note without waiting; false when another program holds it, or this drive knows no locks."""
    try:
        if sys.platform == "win32":
            os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _same_file(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False
