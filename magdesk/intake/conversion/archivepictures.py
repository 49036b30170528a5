"""The pictures in an office file's archive, by the names the document calls them."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable
from typing import BinaryIO
from urllib.parse import unquote

from magdesk.intake.archive import DAMAGED, ArchiveTrap, read_member
from magdesk.intake.conversion.ziparchive import whole_archive

_PART = 40 << 20  # bytes of one picture
_ROOTS = ("", "word/", "ppt/", "xl/", "EPUB/", "OEBPS/", "OPS/")


class ArchivePictures:
    """Finds pictures in a ZIP file; what is not there or unreasonable is none."""

    def __init__(self, stream: BinaryIO) -> None:
        try:
            self._archive: zipfile.ZipFile | None = whole_archive(stream)
        except (ArchiveTrap, *DAMAGED):
            self._archive = None
        self._names = set(self._archive.namelist()) if self._archive else set()
        self._by_ending: dict[str, str] = {}
        for name in sorted(self._names):
            self._by_ending.setdefault(posixpath.basename(name), name)

    def find(self, name: str) -> bytes | None:
        """The bytes of a picture."""
        wanted = posixpath.normpath(unquote(name)).lstrip("./")
        for candidate in (*(root + wanted for root in _ROOTS), self._by_ending.get(posixpath.basename(wanted), "")):
            if candidate in self._names:
                return self._read(candidate)
        return None

    def _read(self, name: str) -> bytes | None:
        if self._archive is None:
            return None
        try:
            return read_member(self._archive, name, _PART)
        except (ArchiveTrap, KeyError, RuntimeError, *DAMAGED):
            return None


def no_pictures(_name: str) -> bytes | None:
    """For formats whose pictures cannot be reached."""
    return None


Find = Callable[[str], bytes | None]
