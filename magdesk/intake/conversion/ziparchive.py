"""Archives as conversion opens them: whole or not at all."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

from magdesk.i18n import _
from magdesk.intake.archive import MEMBERS, ArchiveTrap


def whole_archive(stream: BinaryIO) -> zipfile.ZipFile:
    """The archive, its list of members read and nothing else.

    Raises:
        ArchiveTrap: too many members.
        zipfile.BadZipFile: it is none, or damaged.
    """
    stream.seek(0)
    archive = zipfile.ZipFile(stream)
    if len(archive.infolist()) > MEMBERS:
        raise ArchiveTrap(_("The archive lists more than {count:,} files.").format(count=MEMBERS))
    return archive
