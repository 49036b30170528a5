"""A folder in the making: hidden beside its destination, noted and locked, under its name only when it is whole."""

from __future__ import annotations

from pathlib import Path

from magdesk import unfinished
from magdesk.packet.folderlock import FolderLock
from magdesk.unfinished import UnfinishedWork, hidden_name


class PartFolder:
    """The hidden folder of one export or dump.

    Two things tell whether it is a leftover: the note on this computer, which any start of the program takes up, and
    the lock beside it, which also tells who makes the same folder again, on a shared drive from another computer.

    Attributes:
        path: the hidden folder; it is there after :meth:`make`.
    """

    def __init__(self, destination: Path) -> None:
        self.path = hidden_name(destination)
        self._destination = destination
        self._old = hidden_name(destination, "old")
        # What is put in place is clear text already while it still bears the hidden name.
        self._work = UnfinishedWork([self.path], [(self._old, destination)], clear=True)
        self._note: unfinished.UnfinishedNote | None = None
        self._lock: FolderLock | None = None

    def make(self) -> None:
        """Make the folder, readable by the user only.

        Raises:
            OSError: it cannot be made.
        """
        self._note = unfinished.begin(self._work)
        # Locked before it exists, so that no other export can take it for a leftover.
        self._lock = FolderLock.take(self.path)
        self.path.mkdir(mode=0o700)

    def put_in_place(self) -> None:
        """Give it its name; a folder that stands there is replaced, and stands there again when that fails.

        Raises:
            OSError: it could not be renamed.
        """
        if self._destination.exists():
            self._destination.rename(self._old)
            try:
                self.path.rename(self._destination)
            except OSError:
                self._old.rename(self._destination)
                raise
            unfinished.remove(self._old, clear=True)
        else:
            self.path.rename(self._destination)
        self._release()

    def discard(self) -> None:
        """Remove what there is of it. May be called at any time."""
        unfinished.remove(self.path, clear=True)
        self._release()

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()
        if self._note is not None:
            self._note.done()


def remove_leftovers(destination: Path) -> list[Path]:
    """Remove what killed programs left that made this folder; one that is still being written stays.

    A folder that had just been moved aside to make room for its successor is put back.

    Returns:
        the folders that were removed.
    """
    removed: list[Path] = []
    name, parent = destination.name, destination.absolute().parent
    if not parent.is_dir():
        return removed
    for path in sorted(parent.iterdir()):
        if path.is_symlink() or not path.is_dir():
            if path.name.startswith(f".{name}.magdesk-part-") and path.suffix == ".lock":
                _release_orphan(path.with_suffix(""))
            continue
        if path.name.startswith(f".{name}.magdesk-old-"):
            if destination.exists():
                unfinished.remove(path, clear=True)
                removed.append(path)
            else:
                path.rename(destination)
        elif path.name.startswith(f".{name}.magdesk-part-"):
            lock = FolderLock.try_take(path)
            if lock is not None:
                unfinished.remove(path, clear=True)
                lock.release()
                removed.append(path)
    return removed


def _release_orphan(folder: Path) -> None:
    """Remove the lock file of a folder that is gone, if nobody holds it."""
    lock = None if folder.exists() else FolderLock.try_take(folder)
    if lock is not None:
        lock.release()
