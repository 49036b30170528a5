"""A lock on a work folder that the operating system lets go of when the program dies, however it dies."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import Self

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_ENDING = ".lock"


class FolderLock:
    """Holds a file locked until released; it lies beside the folder, so that the folder can be renamed meanwhile."""

    def __init__(self, path: Path, handle: int) -> None:
        self._path = path
        self._handle: int | None = handle

    @classmethod
    def take(cls, folder: Path) -> Self:
        """Lock a folder, which need not exist yet.

        Raises:
            OSError: it cannot be locked.
        """
        found = cls.try_take(folder)
        if found is None:
            raise OSError(f"the folder is in use: {folder.name}")
        return found

    @classmethod
    def try_take(cls, folder: Path) -> Self | None:
        """Lock the folder; none when another program holds it."""
        path = folder.with_name(folder.name + _ENDING)
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return None
        try:
            if sys.platform == "win32":
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            return None
        return cls(path, handle)

    def release(self) -> None:
        """Let the folder go and remove the lock file."""
        if self._handle is None:
            return
        if sys.platform == "win32":
            with contextlib.suppress(OSError):
                msvcrt.locking(self._handle, msvcrt.LK_UNLCK, 1)
        os.close(self._handle)
        self._handle = None
        with contextlib.suppress(OSError):
            self._path.unlink()
