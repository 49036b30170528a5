"""Take files into the case as evidence.

Two steps, because they run in different threads of the window: :func:`take` stores and reads the bytes over
a connection of its own, :func:`record` writes the row in the thread that owns the case. A crash between them
leaves bytes nobody refers to, never a row without bytes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import BinaryIO

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from magdesk.casefile import CaseFile
from magdesk.errors import IntakeError, MagdeskError
from magdesk.i18n import _
from magdesk.intake import FileFacts, FileReader
from magdesk.model import Evidence
from magdesk.model.evidence import SourceType
from magdesk.model.values import clean_text, now
from magdesk.progress import CancelToken, Progress, no_progress


@dataclass(frozen=True, slots=True)
class Taken:
    """One file, stored and read, not yet recorded.

    Attributes:
        path: where it came from; for the report only, never stored.
        name: its cleaned file name.
    """

    path: Path
    name: str
    sha256: str
    size: int
    facts: FileFacts


@dataclass(frozen=True, slots=True)
class Refused:
    """One file that could not be taken, and why."""

    path: Path
    reason: str
    hint: str = ""


@dataclass(slots=True)
class AddReport:
    """What became of each file handed in."""

    taken: list[Evidence] = field(default_factory=list)
    duplicates: list[Path] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def find_files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files named, and those in the folders named, in a stable order. Links to folders are not followed."""
    for path in paths:
        if path.is_dir():
            for folder, folders, names in os.walk(path):
                folders.sort()
                yield from (Path(folder) / name for name in sorted(names))
        else:
            yield path


def take(
    case: CaseFile,
    paths: Sequence[Path],
    deliver: Callable[[Taken | Refused], None],
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> None:
    """Store and read each file; any thread. One bad file never stops the rest.

    Args:
        deliver: called with each result as it comes.

    Raises:
        Cancelled: the user stopped it; what was delivered stays.
        CaseFileError: the case file itself cannot be written (disk full, damaged).
    """
    files = list(find_files(paths))
    with FileReader() as reader:
        for done, path in enumerate(files):
            if cancel is not None:
                cancel.check()
            progress(done, len(files), clean_text(path.name, multiline=False))
            deliver(_take_path(case, reader, path, cancel))
    progress(len(files), len(files), "")


def _take_path(case: CaseFile, reader: FileReader, path: Path, cancel: CancelToken | None) -> Taken | Refused:
    if not path.is_file():
        return Refused(path, _("This is not a file."), _("Name a file or a folder that exists."))
    try:
        with path.open("rb") as stream:
            return take_stream(case, reader, stream, path, cancel=cancel)
    except OSError as error:
        reason = _("The file cannot be read: {why}.").format(why=error.strerror or type(error).__name__)
        return Refused(path, reason, _("Check that it still exists and that you may read it."))
    except IntakeError as error:
        return Refused(path, error.message, error.hint)


def take_stream(
    case: CaseFile, reader: FileReader, stream: BinaryIO, path: Path, *, cancel: CancelToken | None = None
) -> Taken:
    """Store and read one open file.

    Raises:
        IntakeError: the file cannot be evidence (empty).
    """
    if not stream.read(1):
        raise IntakeError(_("The file is empty."), _("Check whether the copy you have is complete."))
    stream.seek(0)
    stored = case.blobs.put(stream, cancel=cancel)
    name = clean_text(path.name, multiline=False)
    with case.blobs.open(stored.sha256) as stored_stream:
        facts = reader.read(stored_stream, name, stored.size, cancel)
    return Taken(path, name, stored.sha256, stored.size, facts)


def record(case: CaseFile, taken: Taken, **fields: object) -> Evidence | None:
    """Write the row of a stored file and index its text; the thread that owns the case.

    Args:
        fields: further attributes of the row, e.g. its title and source.

    Returns:
        The new row, or ``None`` when the case already holds these bytes.
    """
    if case.session.scalar(select(Evidence.id).where(Evidence.sha256 == taken.sha256)) is not None:
        return None
    with case.change(_("Add evidence “{name}”").format(name=taken.name)) as session:
        row = evidence_row(session, taken)
        for name, value in fields.items():
            setattr(row, name, value)
        session.add(row)
    case.index.put(Evidence.__tablename__, row.id, taken.facts.text)
    return row


def evidence_row(session: Session, taken: Taken) -> Evidence:
    """The row of a stored file, behind all others, not yet added."""
    facts = taken.facts
    last = session.scalar(select(func.max(Evidence.rank)))
    picture = facts.media_type.partition("/")[0] in ("image", "video", "audio")
    return Evidence(
        title=PurePath(taken.name).stem,
        source_type=SourceType.PHOTO_VIDEO if picture else SourceType.UNCLASSIFIED,
        published=None if picture else facts.created,
        file_name=taken.name,
        sha256=taken.sha256,
        size=taken.size,
        media_type=facts.media_type,
        pages=facts.pages,
        width=facts.width,
        height=facts.height,
        duration=facts.duration,
        text_layer=facts.text_layer,
        reading_note=facts.note,
        added_at=now(),
        rank=0 if last is None else last + 1,
    )


def add_paths(
    case: CaseFile,
    paths: Sequence[Path],
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> AddReport:
    """Take and record files and folders in one thread, each as one journal step.

    Raises:
        Cancelled: the user stopped it; what was recorded stays.
    """
    report = AddReport()

    def deliver(result: Taken | Refused) -> None:
        keep(case, result, report)

    take(case, paths, deliver, progress=progress, cancel=cancel)
    return report


def keep(case: CaseFile, result: Taken | Refused, report: AddReport) -> None:
    """Record one result of :func:`take` and note in the report what became of it."""
    if isinstance(result, Refused):
        report.refused.append(result)
        return
    try:
        row = record(case, result)
    except MagdeskError as error:
        report.refused.append(Refused(result.path, error.message, error.hint))
        return
    if row is None:
        report.duplicates.append(result.path)
    else:
        report.taken.append(row)
