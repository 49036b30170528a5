"""Take files into the case as evidence.

Two steps, because they may run in different threads: :func:`take` stores and reads the bytes over a connection of
its own, :func:`record` writes the rows in a thread that may change the case. A crash between them leaves bytes
nobody refers to, never a row without bytes. What lies inside a file (attachments of a message, files pinned to a
PDF) comes in with it, in the same journal step.
"""

from __future__ import annotations

import io
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from magdesk.casefile import CaseFile
from magdesk.errors import IntakeError, MagdeskError
from magdesk.i18n import _
from magdesk.intake import FileReader
from magdesk.model.values import clean_text
from magdesk.progress import CancelToken, Progress, no_progress
from magdesk.services.evidence_files import find_files
from magdesk.services.evidence_report import Added, AddReport, Duplicate, Refused, Taken
from magdesk.services.evidence_rows import added, evidence_row, find_known, record, record_family
from magdesk.services.evidence_taking import Taker

__all__ = [
    "AddReport", "Added", "Duplicate", "Refused", "Taken", "add_bytes", "add_paths", "evidence_row", "find_files",
    "find_known", "keep", "record", "take", "take_stream",
]  # fmt: skip

Result = Taken | Refused | Duplicate
Deliver = Callable[[Result], None]


def take(
    case: CaseFile,
    paths: Sequence[Path],
    deliver: Deliver,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> None:
    """Store and read each file; any thread. One bad file never stops the rest.

    Files whose bytes are evidence already are not read again, so that an interrupted job can simply be repeated.

    Args:
        deliver: called with each result as it comes.

    Raises:
        Cancelled: the user stopped it; what was delivered stays.
        CaseFileError: the case file itself cannot be written (disk full, damaged).
    """
    files = list(find_files(paths))
    started = time.monotonic()
    with FileReader() as reader:
        for done, path in enumerate(files):
            if cancel is not None:
                cancel.check()
            progress(done, len(files), _progress_text(path, done, time.monotonic() - started))
            deliver(_take_path(case, reader, path, cancel))
    progress(len(files), len(files), "")


def _progress_text(path: Path, done: int, seconds: float) -> str:
    name = clean_text(path.name, multiline=False)
    if done < 5 or seconds < 1:
        return name
    return _("{name} ({rate:.0f} files a second)").format(name=name, rate=done / seconds)


def _take_path(case: CaseFile, reader: FileReader, path: Path, cancel: CancelToken | None) -> Result:
    if not path.is_file():
        return Refused(path, _("This is not a file."), _("Name a file or a folder that exists."))
    try:
        with path.open("rb") as stream:
            return Taker(case, reader, cancel).take_new(stream, path)
    except OSError as error:
        reason = _("The file cannot be read: {why}.").format(why=error.strerror or type(error).__name__)
        return Refused(path, reason, _("Check that it still exists and that you may read it."))
    except IntakeError as error:
        return Refused(path, error.message, error.hint)


def take_stream(
    case: CaseFile, reader: FileReader, stream: BinaryIO, path: Path, *, cancel: CancelToken | None = None
) -> Taken:
    """Store and read one open file, whether or not the case holds it already.

    Raises:
        IntakeError: the file cannot be evidence (empty).
    """
    return Taker(case, reader, cancel).take(stream, path)


def add_paths(
    case: CaseFile,
    paths: Sequence[Path],
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
    report: AddReport | None = None,
) -> AddReport:
    """Take and record files and folders in one thread, each as one journal step.

    Runs in the thread that owns the case, or in any other inside ``with case.writer_lane():``.

    Args:
        report: filled in as the work goes on, for those who want to know of it after a cancel as well.

    Raises:
        Cancelled: the user stopped it; what was recorded stays.
    """
    told = report if report is not None else AddReport()

    def deliver(result: Result) -> None:
        keep(case, result, told)

    take(case, paths, deliver, progress=progress, cancel=cancel)
    return told


def add_bytes(case: CaseFile, name: str, data: bytes, *, cancel: CancelToken | None = None) -> AddReport:
    """Take what has no file, such as a picture from the clipboard.

    Args:
        name: a file name for it; its ending does not matter.
    """
    report = AddReport()
    path = Path(clean_text(name, multiline=False).replace("/", " ").replace("\\", " ") or _("unnamed"))
    with FileReader() as reader:
        try:
            result: Result = Taker(case, reader, cancel).take_new(io.BytesIO(data), path)
        except IntakeError as error:
            result = Refused(path, error.message, error.hint)
    keep(case, result, report)
    return report


def keep(case: CaseFile, result: Result, report: AddReport, *, part_of: uuid.UUID | None = None) -> None:
    """Record one result of :func:`take` and note in the report what became of it.

    Args:
        part_of: the item it was taken out of.
    """
    if isinstance(result, Refused):
        report.refused.append(result)
        return
    if isinstance(result, Duplicate):
        report.duplicates.append(result)
        return
    try:
        recorded = record_family(case, result, **({"part_of_id": part_of} if part_of else {}))
    except MagdeskError as error:
        report.refused.append(Refused(result.path, error.message, error.hint))
        return
    if recorded is None:
        known = find_known(case, result.sha256)
        report.duplicates.append(known.named(result.path) if known else Duplicate(result.path, None, ""))
        return
    row, children = recorded
    report.taken.append(added(row, result, children))
