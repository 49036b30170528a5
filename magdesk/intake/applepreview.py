"""The preview that Pages, Numbers and Keynote of older years store in their files: a PDF of the whole document."""

from __future__ import annotations

import io
from typing import BinaryIO

from magdesk.intake.archive import DAMAGED, ArchiveTrap, open_archive, read_member
from magdesk.intake.filereading import FileReading

TYPES = frozenset({"application/vnd.apple.pages", "application/vnd.apple.numbers", "application/vnd.apple.keynote"})
_PREVIEW = "QuickLook/Preview.pdf"


def preview_of(stream: BinaryIO) -> BinaryIO | None:
    """The preview; none where there is none or it is damaged."""
    try:
        with open_archive(stream, FileReading("application/zip")) as archive:
            return io.BytesIO(read_member(archive, _PREVIEW))
    except (ArchiveTrap, KeyError, RuntimeError, *DAMAGED):
        return None
