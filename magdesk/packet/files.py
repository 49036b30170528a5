"""Where a packet's files can be read from: a finished folder, or the sink that is still making it."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, Protocol


class PacketFiles(Protocol):
    """The files of a packet by name; a name is a path inside it with ``/``."""

    def names(self) -> frozenset[str]:
        """All files there are."""

    def size(self, name: str) -> int:
        """Bytes of one file."""

    def open(self, name: str) -> BinaryIO:
        """A seekable reader over one file."""


class FolderFiles:
    """A packet that lies in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> frozenset[str]:
        """All files there are."""
        found = (path for path in self._folder.rglob("*") if path.is_file())
        return frozenset(path.relative_to(self._folder).as_posix() for path in found)

    def size(self, name: str) -> int:
        """Bytes of one file."""
        return (self._folder / name).stat().st_size

    def open(self, name: str) -> BinaryIO:
        """A seekable reader over one file."""
        return (self._folder / name).open("rb")
