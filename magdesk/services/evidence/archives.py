"""A ZIP archive as a folder: see what is in it, take what matters. Nothing is unpacked to the disk."""

from __future__ import annotations

import dataclasses
import hashlib
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from magdesk.casefile import CaseFile
from magdesk.errors import Cancelled, IntakeError, UserError
from magdesk.i18n import _
from magdesk.intake import FileReader
from magdesk.intake.archive import MEMBERS, safe_name
from magdesk.intake.knownencoding import KnownEncoding
from magdesk.model import Evidence
from magdesk.progress import CancelToken, Progress, no_progress
from magdesk.services.evidence.encoding import case_languages
from magdesk.services.evidence.pendingfiles import WaitingFiles
from magdesk.services.evidence.report import AddReport, Refused
from magdesk.services.evidence.storing import Taker

ArchivePlace = Path | uuid.UUID
UNPACKED_TYPES = ("application/zip", "application/vnd.google-earth.kmz")
_NESTED = 4  # archives inside each other


@dataclass(frozen=True, slots=True)
class ArchiveMember:
    """A file in an archive.

    Attributes:
        name: its path inside, as :func:`add_zip_members` wants it.
        size: bytes, as the archive says.
    """

    name: str
    size: int


def zip_members(case: CaseFile, source: ArchivePlace) -> list[ArchiveMember]:
    """What is in an archive, read in the reading process.

    Args:
        source: a file on the disk, or an item of evidence.

    Raises:
        IntakeError: it is no ZIP archive, or a damaged one.
    """
    with _opened(case, source) as (stream, name, size), FileReader() as reader:
        facts = reader.read(stream, name, size)
    if facts.media_type not in UNPACKED_TYPES or not facts.text:
        raise IntakeError(_("“{name}” is not an archive that can be opened.").format(name=name), facts.note)
    lines = "\n".join(text for _page, text in facts.text).splitlines()
    return [ArchiveMember(member, int(count.replace(",", ""))) for member, _tab, count in map(_cut, lines)]


def _cut(line: str) -> tuple[str, str, str]:
    return line.rpartition("\t")


def add_zip_members(
    case: CaseFile,
    source: ArchivePlace,
    names: Sequence[str] = (),
    *,
    password: str = "",
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
    report: AddReport | None = None,
) -> AddReport:
    """Take files out of an archive, each as one journal step; where they came from is noted with each.

    Runs in the thread that owns the case, or inside ``case.writer_lane()``.

    Args:
        source: a file on the disk, or an item of evidence, which the new items then are part of.
        names: which; all when there are none.
        password: of the archive.
        report: filled in as the work goes on.

    Raises:
        IntakeError: it is no ZIP archive, or a damaged one.
        Cancelled: the user stopped it; what was recorded stays.
    """
    told = report if report is not None else AddReport()
    total = len(names) or len(zip_members(case, source))
    tray = WaitingFiles(case, told)
    known = KnownEncoding(languages=case_languages(case))
    part_of = source if isinstance(source, uuid.UUID) else None
    done = 0
    with _opened(case, source) as (stream, name, size), FileReader() as unpacker, FileReader() as reader:
        archive = f"{name} (SHA-256 {_digest(case, source, stream)})"

        def on_child(member: str, content: BinaryIO) -> None:
            nonlocal done
            progress(done, total, safe_name(member))
            done += 1
            path = Path(safe_name(member))
            try:
                taken = Taker(case, reader, cancel, tray, encoding=known).take_new(content, path, tray)
            except IntakeError as error:
                told.note(Refused(path, error.message, error.hint))
                return
            if taken is not None:
                tray.add(dataclasses.replace(taken, within=member, archive=archive), part_of)
            if tray.full:
                tray.write()

        try:
            facts = unpacker.read(
                stream,
                name,
                size,
                cancel,
                password=password,
                members=tuple(names),
                on_child=on_child,
                children=MEMBERS,
            )
        except Cancelled:
            tray.write()
            raise
    tray.write()
    if facts.note:
        told.refused.append(Refused(Path(name), facts.note))
    progress(total, total, "")
    return told


def unpack_all(
    case: CaseFile, report: AddReport, *, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> None:
    """Take what is inside the archives that a report tells of, those that were evidence already among them.

    What comes out is part of its archive, in the order in which a person reads it; what is evidence already is told
    as such. An archive that cannot be opened, or is locked, is told as refused.

    Args:
        report: of what was taken; it is filled in.

    Raises:
        Cancelled: the user stopped it; what the report tells of is in the case.
    """
    waiting = [(item.id, 0) for item in report.taken if item.media_type in UNPACKED_TYPES]
    for same in report.duplicates:
        row = case.session.get(Evidence, same.evidence_id) if same.evidence_id is not None else None
        if row is not None and row.media_type in UNPACKED_TYPES:
            waiting.append((row.id, 0))
    for archive, depth in waiting:
        before = len(report.taken)
        try:
            add_zip_members(case, archive, progress=progress, cancel=cancel, report=report)
        except IntakeError as error:
            row = case.session.get(Evidence, archive)
            report.note(Refused(Path(row.file_name if row is not None else ""), error.message, error.hint))
            continue
        inner = [item.id for item in report.taken[before:] if item.media_type in UNPACKED_TYPES]
        if depth < _NESTED:
            waiting += [(one, depth + 1) for one in inner]


@contextmanager
def _opened(case: CaseFile, source: ArchivePlace) -> Iterator[tuple[BinaryIO, str, int]]:
    if isinstance(source, uuid.UUID):
        row = case.session.get(Evidence, source)
        if row is None or not row.sha256:
            raise UserError(_("There is no such file in the case."))
        with case.blobs.open(row.sha256) as stored:
            yield stored, row.file_name, row.size
        return
    try:
        with source.open("rb") as stream:
            yield stream, source.name, source.stat().st_size
    except OSError as error:
        raise IntakeError(
            _("The archive cannot be read: {why}.").format(why=error.strerror or type(error).__name__),
            _("Check that it still exists and that you have permission to read it."),
        ) from error


def _digest(case: CaseFile, source: ArchivePlace, stream: BinaryIO) -> str:
    if isinstance(source, uuid.UUID):
        row = case.session.get(Evidence, source)
        return row.sha256 if row is not None else ""
    digest = hashlib.sha256()
    while piece := stream.read(1 << 20):
        digest.update(piece)
    return digest.hexdigest()
