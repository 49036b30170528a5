"""Where a packet's files can be read from: a finished folder, or the sink that is still making it."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, Protocol

from magdesk.plainfiles import Found, open_plain, readable_name, walk


class PacketFiles(Protocol):
    """The files of a packet by name; a name is a path inside it with ``/``."""

    def names(self) -> frozenset[str]:
        """All files there are."""

    def size(self, name: str) -> int:
        """Bytes of one file."""

    def open(self, name: str) -> BinaryIO:
        """A seekable reader over one file."""

    def strange(self) -> tuple[str, ...]:
        """What lies there and is no plain file, a sentence each; nothing of it is opened or followed."""


class FolderFiles:
    """A packet that lies in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> frozenset[str]:
        """All files there are."""
        return frozenset(self._name(found) for found in walk(self._folder) if found.plain)

    def strange(self) -> tuple[str, ...]:
        """What lies there and is no plain file, a sentence each; nothing of it is opened or followed."""
        told: list[str] = []
        for found in walk(self._folder):
            if found.link:
                told.append(f"{self._name(found)} is a link and was not followed; a packet contains no links.")
            elif not found.plain:
                told.append(f"{self._name(found)} is not an ordinary file and was not opened.")
        return tuple(told)

    def _name(self, found: Found) -> str:
        return readable_name(found.path.relative_to(self._folder).as_posix())

    def size(self, name: str) -> int:
        """Bytes of one file."""
        return (self._folder / name).lstat().st_size

    def open(self, name: str) -> BinaryIO:
        """A seekable reader over one file."""
        return open_plain(self._folder, name)
