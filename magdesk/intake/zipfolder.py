"""A ZIP archive is a folder: what is in it, and any of it as a file of its own. Nothing is unpacked to the disk."""

from __future__ import annotations

import re
import zipfile
from typing import BinaryIO

from magdesk.i18n import _
from magdesk.intake.aeszip import AES, WrongPassword, open_aes
from magdesk.intake.archive import DAMAGED, ArchiveTrap, check_member, open_archive, safe_name
from magdesk.intake.filereading import CHILD_LIMIT, ENTER_PASSWORD, FileReading
from magdesk.intake.source import Source
from magdesk.values import clean_text

MEMBER_LIMIT = 2 << 30  # bytes of one member; more is added as a file, not out of an archive
_WHOLE_LIMIT = 4 << 30
_TOLD = 5_000
_NUMBER = re.compile(r"([0-9]{1,18})")


def read_zip(source: Source, findings: FileReading) -> None:
    """The names in the archive as its text; the wanted members as files inside it."""
    try:
        with open_archive(source.stream, findings) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            findings.detail("archive", "Files", len(members))
            findings.detail("archive", "Size unpacked", f"{sum(member.file_size for member in members):,} bytes")
            findings.text(0, "\n".join(_shown(member) for member in members[:_TOLD]))
            if any(member.flag_bits & 1 for member in members):
                findings.locked = not source.password
                findings.detail("archive", "Encrypted", _("yes"))
            if findings.locked:
                findings.note(
                    _("The archive is locked with a password; only the names in it can be read.")
                    + " "
                    + ENTER_PASSWORD
                )
            if source.members is None:
                for member in members[:CHILD_LIMIT]:
                    findings.mention(_plain(member))
                findings.note(_("This is an archive: the files in it can be added as separate evidence."))
                return
            _unpack(archive, members, source, findings)
    except DAMAGED as error:
        findings.damaged(_("The archive is damaged; it is kept as it is."), type(error).__name__)


def _unpack(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], source: Source, findings: FileReading) -> None:
    wanted = set(source.members or ())
    total = 0
    if source.password:
        archive.setpassword(source.password.encode())
    for member in _in_reading_order(members):
        if wanted and _plain(member) not in wanted:
            continue
        total += member.file_size
        try:
            check_member(member, MEMBER_LIMIT)
            if total > _WHOLE_LIMIT:
                raise ArchiveTrap(_("Unpacked, the archive is larger than can be added at once."))
            with _opened(archive, member, source) as part:
                findings.child(_plain(member), part)
        except ArchiveTrap as trap:
            findings.note(f"{safe_name(member.filename)}: {trap.message}")
        except NotImplementedError:  # Before its base, which zipfile raises for what is locked.
            findings.note(
                _("{name}: it is packed in a way that cannot be opened here.").format(name=safe_name(member.filename))
            )
        except RuntimeError:
            findings.note(_("{name}: it is locked with a password.").format(name=safe_name(member.filename)))
        except DAMAGED:
            findings.note(_("{name}: it is damaged.").format(name=safe_name(member.filename)))


def _in_reading_order(members: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """Folders as they come; in each the texts first, as in the export of a chat, then by name, numbers in order."""
    folders: dict[str, int] = {}

    def place(member: zipfile.ZipInfo) -> tuple[int, bool, list[tuple[bool, int, str]]]:
        folder, _slash, name = _plain(member).rpartition("/")
        parts = [part for part in _NUMBER.split(name.casefold()) if part]
        named = [(False, int(part), "") if _NUMBER.fullmatch(part) else (True, 0, part) for part in parts]
        return folders.setdefault(folder, len(folders)), not name.lower().endswith(".txt"), named

    return sorted(members, key=place)


def _opened(archive: zipfile.ZipFile, member: zipfile.ZipInfo, source: Source) -> BinaryIO:
    if member.compress_type == AES and source.password:
        return open_aes(source.stream, member, source.password)
    if member.compress_type == AES:
        raise WrongPassword
    return archive.open(member)  # type: ignore[return-value]


def _plain(member: zipfile.ZipInfo) -> str:
    """The member's name as it is shown and asked for."""
    return clean_text(member.filename.replace("\\", "/"), multiline=False)[:255]


def _shown(member: zipfile.ZipInfo) -> str:
    return f"{_plain(member)}\t{member.file_size:,}"
