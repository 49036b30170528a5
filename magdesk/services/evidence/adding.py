"""Take files into the case as evidence.

Each file is hashed, read by the reading process and then written, some files in one transaction (see
:mod:`magdesk.services.evidence.pendingfiles`): bytes, rows, index, journal and custody together, so that a crash
leaves all of a file or nothing. What lies inside a file (attachments of a message, files pinned to a PDF) comes in
with it, in the same journal step. Only the bytes of a large file are stored ahead of its rows; after a crash the
same file finds them.
"""

from __future__ import annotations

import io
import os
import time
from collections.abc import Sequence
from pathlib import Path

from magdesk.casefile import CaseFile
from magdesk.errors import Cancelled, IntakeError
from magdesk.i18n import _
from magdesk.intake import FileReader
from magdesk.intake.knownencoding import KnownEncoding
from magdesk.progress import CancelToken, Progress, no_progress
from magdesk.services.evidence.encoding import case_languages, checked_encoding
from magdesk.services.evidence.files import find_files
from magdesk.services.evidence.pendingfiles import WaitingFiles
from magdesk.services.evidence.report import Added, AddReport, Duplicate, Refused
from magdesk.services.evidence.savedpages import PageFolder, lies_beside_a_page, page_folder
from magdesk.services.evidence.storing import Taker
from magdesk.values import clean_text

__all__ = ["AddReport", "Added", "Duplicate", "Refused", "add_bytes", "add_paths"]


def add_paths(
    case: CaseFile,
    paths: Sequence[Path],
    *,
    encoding: str = "",
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
    report: AddReport | None = None,
) -> AddReport:
    """Take files and folders, each file as one journal step. One bad file never stops the rest.

    Runs in the thread that owns the case, or in any other inside ``with case.writer_lane():``. Files whose bytes
    are evidence already are not read again, so that an interrupted job can simply be repeated.

    Args:
        encoding: in which texts among them are read, as a person says; empty to let it be guessed.
        report: filled in as the work goes on, for those who want to know of it after a cancel as well.

    Raises:
        UserError: the encoding is not known.
        Cancelled: the user stopped it; what the report tells of is in the case.
        CaseFileError: the case file itself cannot be written (disk full, damaged); likewise.
    """
    told = report if report is not None else AddReport()
    tray = WaitingFiles(case, told)
    code = checked_encoding(encoding) if encoding else ""
    known = KnownEncoding(code, bool(code), case_languages(case))
    links: list[Path] = []
    # A page that was saved with its pictures claims them before they are met by themselves.
    files = sorted(find_files(paths, links.append), key=lies_beside_a_page)
    named = {Path(path) for path in paths}
    claimed: list[PageFolder] = []
    for link in links:
        told.note(
            Refused(
                link,
                _("This is a link that leads out of the folder; it was not followed."),
                _("If you want the file it points to, add that file directly."),
            )
        )
    started = time.monotonic()
    try:
        with FileReader() as reader:
            for done, path in enumerate(files):
                if cancel is not None:
                    cancel.check()
                progress(done, len(files), _progress_text(path, done, time.monotonic() - started))
                if path not in named and any(folder.holds(path) for folder in claimed):
                    continue
                refused = _take_path(Taker(case, reader, cancel, tray, encoding=known), tray, path, claimed)
                if refused is not None:
                    told.note(refused)
                if tray.full:
                    tray.write()
    except Cancelled:
        tray.write()
        raise
    tray.write()
    progress(len(files), len(files), "")
    return told


def _progress_text(path: Path, done: int, seconds: float) -> str:
    name = clean_text(path.name, multiline=False)
    if done < 5 or seconds < 1:
        return name
    return _("{name} ({rate:.0f} files per second)").format(name=name, rate=done / seconds)


def _take_path(taker: Taker, tray: WaitingFiles, path: Path, claimed: list[PageFolder]) -> Refused | None:
    """Lay a file on the tray, or say why not.

    Args:
        claimed: the folders of pages that were saved with their pictures; that of this one is added.
    """
    try:
        if path.is_dir():
            os.scandir(path).close()  # A folder comes here when it could not be read; this says why.
        if not path.is_file():
            return Refused(path, _("This is not a file."), _("Name a file or a folder that exists."))
        with open(path, "rb", opener=_without_waiting) as stream:
            taken = taker.take_new(stream, path, tray)
    except OSError as error:
        reason = _("The file cannot be read: {why}.").format(why=error.strerror or type(error).__name__)
        return Refused(path, reason, _("Check that it still exists and that you have permission to read it."))
    except IntakeError as error:
        return Refused(path, error.message, error.hint)
    if taken is not None:
        folder = page_folder(path, taken.facts)
        if folder is not None:
            claimed.append(folder)
            taken = taker.take_beside(taken, folder)
        tray.add(taken)
    return None


def _without_waiting(path: str, flags: int) -> int:
    """Some files of the system are named like any other and answer only when something happens."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def add_bytes(case: CaseFile, name: str, data: bytes, *, cancel: CancelToken | None = None) -> AddReport:
    """Take what has no file, such as a picture from the clipboard.

    Args:
        name: a file name for it; its ending does not matter.
    """
    report = AddReport()
    tray = WaitingFiles(case, report)
    path = Path(clean_text(name, multiline=False).replace("/", " ").replace("\\", " ") or _("unnamed"))
    with FileReader() as reader:
        try:
            known = KnownEncoding(languages=case_languages(case))
            taken = Taker(case, reader, cancel, tray, encoding=known).take_new(io.BytesIO(data), path, tray)
        except IntakeError as error:
            report.note(Refused(path, error.message, error.hint))
            return report
    if taken is not None:
        tray.add(taken)
    tray.write()
    return report
