"""Whether the name of an open case still leads to the file that was opened, and to what we left in it.

SQLite goes on with the file it has open, whatever becomes of its name: a client that brings files from another
computer writes its version beside and renames it over ours, and from then on changes go into a file without a name,
while the log stays under the old name and is played into the stranger at the next opening. So we look ourselves.

While a case is open, only a checkpoint of this program writes to the main file; everything else goes into the log. So
any other write is somebody else's. A stamp tells: size and times first, and where these moved, the bytes themselves
(each page carries a random vector and a code, new at every write). Times are compared for being equal, never for
being later, so a clock that is set back changes nothing. That somebody only touched the file or changed its rights is
no alarm.

On Windows a file that SQLite has open can neither be renamed, replaced nor deleted; it can be written over. A drive
that belongs to another computer can do all of it behind any system's back.
"""

from __future__ import annotations

import hashlib
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from magdesk.casefile.connection import PAGE_SIZE

_TAIL = 80  # bytes at the end of a page: vector (16) and HMAC-SHA512 (64)
_SAMPLE = 62


class Cause(StrEnum):
    """What another program did to the file of an open case."""

    REPLACED = "replaced"
    OVERWRITTEN = "overwritten"
    MOVED = "moved"
    DELETED = "deleted"


class FileWatch:
    """Looks after one open file. Any thread may ask.

    It must be made before the first connection to the file is opened and closed after the last is closed: on POSIX,
    closing any handle of a file drops the locks that SQLite holds on it.

    Attributes:
        path: the name that is watched.
        cause: what was found, once something was; it stays.
    """

    def __init__(self, path: Path, *, contents: bool) -> None:
        """Begin.

        Args:
            path: of the case file.
            contents: whether only this program writes the file, so that any other write is told; else only the name
                is watched.
        """
        self.path = path
        self.cause: Cause | None = None
        self._contents = contents
        self._pages: tuple[int, ...] = (1,)
        self._lock = threading.Lock()
        self._handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._outside = self._inside = b""
        self._remember()

    def know_page(self, number: int) -> None:
        """Have this page (from 1) be part of the stamp: one that every change of the case writes anew."""
        self._pages = (1, number)
        self._remember()

    def look(self) -> Cause | None:
        """What became of the file; nothing when all is well. Takes microseconds, for it is asked at every change."""
        if self.cause is not None or self._handle < 0:
            return self.cause
        mine = os.fstat(self._handle)
        try:
            there = self.path.stat()
        except OSError:
            self.cause = Cause.MOVED if mine.st_nlink else Cause.DELETED
            return self.cause
        if not os.path.samestat(mine, there):
            self.cause = Cause.REPLACED
        elif self._contents and self._lock.acquire(blocking=False):  # else a checkpoint is writing at this moment
            try:
                if not self._is_as_left():
                    self.cause = Cause.OVERWRITTEN
            finally:
                self._lock.release()
        return self.cause

    @contextmanager
    def writing(self) -> Iterator[bool]:
        """This program writes the main file for the block.

        Yields:
            Whether it may: not when the file is no longer the one it was, or another thread is writing it already.
        """
        if self.look() is not None or not self._lock.acquire(blocking=False):
            yield False
            return
        try:
            yield True
        finally:
            self._remember()
            self._lock.release()

    def now_at(self) -> Path | None:
        """Where the open file is now, where the system tells (Linux, macOS) and it has a name."""
        try:
            if sys.platform == "linux":
                path = Path(f"/proc/self/fd/{self._handle}").readlink()
            elif sys.platform == "darwin":
                import fcntl  # noqa: PLC0415  not on every system

                path = Path(os.fsdecode(fcntl.fcntl(self._handle, 50, bytes(1024)).rstrip(b"\0")))  # F_GETPATH
            else:
                return None
            return path if os.path.samestat(os.fstat(self._handle), path.stat()) else None
        except (OSError, ValueError):
            return None

    def close(self) -> None:
        """Stop looking."""
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)

    def _is_as_left(self) -> bool:
        outside = self._seen_outside()
        if outside == self._outside:
            return True
        if self._seen_inside() != self._inside:
            return False
        self._outside = outside  # touched, or given other rights
        return True

    def _remember(self) -> None:
        self._outside, self._inside = self._seen_outside(), self._seen_inside()

    def _seen_outside(self) -> bytes:
        found = os.fstat(self._handle)
        return repr((found.st_size, found.st_mtime_ns, found.st_ctime_ns)).encode()

    def _seen_inside(self) -> bytes:
        size = os.fstat(self._handle).st_size
        digest = hashlib.sha256(str(size).encode())
        for number in self._pages:
            digest.update(_read(self._handle, PAGE_SIZE, (number - 1) * PAGE_SIZE))
        count = size // PAGE_SIZE
        for number in {1 + place * (count - 1) // _SAMPLE for place in range(_SAMPLE + 1)} if count else ():
            digest.update(_read(self._handle, _TAIL, number * PAGE_SIZE - _TAIL))
        return digest.digest()


def _read(handle: int, count: int, offset: int) -> bytes:
    if hasattr(os, "pread"):
        return os.pread(handle, count, offset)
    os.lseek(handle, offset, os.SEEK_SET)
    return os.read(handle, count)
