"""ZIP archives without their traps: bombs, endless lists, names that climb out of their folder."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO, BinaryIO

from magdesk.errors import InputError
from magdesk.i18n import _
from magdesk.intake.filereading import FileReading
from magdesk.intake.ziprepair import mended
from magdesk.values import clean_text

MEMBERS = 50_000
WHOLE = 600 << 20  # bytes unpacked from one office file
PART = 160 << 20  # bytes of one part that is read at once
_RATIO, _SMALL = 250, 20 << 20  # unpacked over packed; small parts may be as compressible as they like
DAMAGED = (zlib.error, zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError, ValueError)


class ArchiveTrap(InputError):
    """The archive is made to exhaust whoever opens it."""


def open_archive(stream: BinaryIO, findings: FileReading) -> zipfile.ZipFile:
    """The archive, its list of members read and nothing else; what is left of it, where that list is lost.

    Raises:
        ArchiveTrap: too many members.
        zipfile.BadZipFile: it is none, or damaged.
    """
    stream.seek(0)
    try:
        archive = zipfile.ZipFile(stream)
    except zipfile.BadZipFile:
        archive = mended(stream)
        findings.note(_("The file is damaged or cut off; only what could be repaired was read."))
    if len(archive.infolist()) > MEMBERS:
        raise ArchiveTrap(_("The archive lists more than {count:,} files.").format(count=MEMBERS))
    return archive


def check_whole(archive: zipfile.ZipFile, limit: int = WHOLE) -> None:
    """Refuse an archive that would unpack to more than any honest one.

    Declared sizes can be trusted as upper bounds: the zipfile module never hands out more than is declared.

    Raises:
        ArchiveTrap: too large, or too large for its packed size.
    """
    if sum(member.file_size for member in archive.infolist()) > limit:
        raise ArchiveTrap(_("Unpacked, the file would be larger than {size} MB.").format(size=limit >> 20))
    for member in archive.infolist():
        check_member(member)


def check_member(member: zipfile.ZipInfo, limit: int = WHOLE) -> None:
    """Refuse one member that unpacks to too much.

    Raises:
        ArchiveTrap: it does.
    """
    if member.file_size > limit or member.file_size > max(_SMALL, member.compress_size * _RATIO):
        raise ArchiveTrap(_("Part of the file unpacks to an unreasonable size."))


def read_member(archive: zipfile.ZipFile, name: str, limit: int = PART) -> bytes:
    """The bytes of one member.

    Raises:
        KeyError: there is none of that name.
        ArchiveTrap: it is too large.
    """
    member = archive.getinfo(name)
    check_member(member, limit)
    with archive.open(member) as part:
        return part.read()


@contextmanager
def member_stream(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> Iterator[IO[bytes]]:
    """One member as a stream."""
    check_member(member, limit)
    with archive.open(member) as part:
        yield part


def safe_name(name: str) -> str:
    """The last part of a member's name, cleaned: never a path."""
    cleaned = clean_text(name.replace("\\", "/"), multiline=False)
    last = PurePosixPath(cleaned).name.strip()
    return last[:200] if last not in ("", ".", "..") else "unnamed"
