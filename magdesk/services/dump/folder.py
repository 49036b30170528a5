"""The escape hatch: a whole case as a folder of clear files, and back. Lossless both ways.

A dump holds ``dossier.json`` (see :mod:`magdesk.services.dump.dossier_json`), the audit trail ``journal.jsonl`` for
reading, the custody ledger ``custody.jsonl``, which a new case file takes over verbatim, and the bytes of all
evidence under ``evidence/``. It is CLEAR TEXT: callers ask before they write it.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from sqlalchemy import select

import magdesk
from magdesk.casefile import CaseFile, custody
from magdesk.casefile.custody import Entry
from magdesk.errors import ExportError, InputError, UserError
from magdesk.i18n import _
from magdesk.intake import FileReader, suffix_for
from magdesk.model import Base, Case, Citation, Detail, Evidence
from magdesk.model.facts import what_is_quoted
from magdesk.packet.partfolder import PartFolder, remove_leftovers
from magdesk.paths import with_case_suffix
from magdesk.plainfiles import open_plain, readable_name, walk
from magdesk.progress import CancelToken, Progress, no_progress
from magdesk.regimes import load_law
from magdesk.services.dump.dossier_json import (
    DOSSIER,
    FILE_KEY,
    FORMAT,
    VERSION,
    JsonRow,
    refuse,
    row_from_json,
    row_to_json,
    tables,
)
from magdesk.services.dump.dossier_reading import doubtful_dates, read_dossier
from magdesk.services.dump.unknowncodes import unknown_codes
from magdesk.services.evidence.encoding import known_encoding
from magdesk.services.evidence.rereading import languages_here
from magdesk.services.evidence.rows import LOCK
from magdesk.services.evidence.scans import recognised_in, say_unread
from magdesk.services.passphrases import require_strong
from magdesk.values import now

CUSTODY = "custody.jsonl"
_BLOCK = 1 << 20
_NAMED_FILES = 12


@dataclass(frozen=True, slots=True)
class DumpResult:
    """What was written where."""

    folder: Path
    rows: int
    files: int


def dump_case(
    case: CaseFile, to: Path, *, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> DumpResult:
    """Write the whole case as clear files into a new folder.

    Raises:
        UserError: the folder exists and is not empty.
        ExportError: it cannot be written.
        Cancelled: the user stopped it; nothing is left.
    """
    if to.exists() and any(to.iterdir()):
        raise UserError(
            _("“{name}” exists and is not empty.").format(name=to.name), _("Name a new folder for the dump.")
        )
    part = PartFolder(to)
    try:
        to.absolute().parent.mkdir(parents=True, exist_ok=True)
        remove_leftovers(to)
        part.make()
        (part.path / "evidence").mkdir(mode=0o700)
        result = _write(case, part.path, progress, cancel)
        if to.exists():
            to.rmdir()
        part.put_in_place()
    except OSError as error:
        raise ExportError(
            _("The dump cannot be written: {strerror}.").format(strerror=error.strerror),
            _("Free some space there, or choose another place."),
        ) from error
    finally:
        part.discard()
    return DumpResult(to, *result)


def _write(case: CaseFile, work: Path, progress: Progress, cancel: CancelToken | None) -> tuple[int, int]:
    document: JsonRow = {"format": FORMAT, "version": VERSION, "program": magdesk.__version__}
    files: dict[str, str] = {}
    rows = 0
    with case.reader() as session:
        for name, kind in tables().items():
            found = [row_to_json(row) for row in session.scalars(select(kind).order_by(kind.id))]
            rows += len(found)
            document[name] = found[0] if name == "case" and found else found
        for row in document["evidence"]:
            if row["sha256"] and case.blobs.has(row["sha256"]):
                path = f"evidence/{row['sha256'][:32]}{suffix_for(row['media_type'])}"
                row[FILE_KEY] = path
                files[row["sha256"]] = path
    for done, (sha256, path) in enumerate(files.items()):
        if cancel is not None:
            cancel.check()
        progress(done, len(files), "")
        with case.blobs.open(sha256) as source, (work / path).open("xb") as target:
            _copy(source, target, cancel)
    text = json.dumps(document, ensure_ascii=False, indent=1)
    (work / DOSSIER).write_text(text + "\n", encoding="utf-8")
    with (work / "journal.jsonl").open("x", encoding="utf-8") as trail:
        for step in reversed(case.history(limit=1_000_000)):
            line = {"number": step.number, "at": step.at.isoformat(), "who": step.who, "label": step.label}
            trail.write(json.dumps(line, ensure_ascii=False) + "\n")
    with (work / CUSTODY).open("x", encoding="utf-8") as ledger:
        for entry in case.custody():
            ledger.write(json.dumps(custody.to_json(entry), ensure_ascii=False) + "\n")
    progress(len(files), len(files), "")
    return rows, len(files)


def _copy(source: BinaryIO, target: BinaryIO, cancel: CancelToken | None) -> None:
    while block := source.read(_BLOCK):
        if cancel is not None:
            cancel.check()
        target.write(block)


def load_case(
    folder: Path,
    path: Path,
    passphrase: str,
    *,
    who: str = "",
    doubt: Callable[[str], None] = lambda _sentence: None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> CaseFile:
    """A new case file from a dump, or from a ``dossier.json`` that others wrote.

    What a hand-written dossier leaves out about its files (type, pages, digest) is read from the files.

    Args:
        doubt: told each date whose calendar must still be said, with its row, as a finding stands until it is; and
            each code in a dump of MagDesk that the law does not have, or has no more.

    Raises:
        UserError: the passphrase is weak, or there is a file already.
        InputError: the dossier does not fit its schema, or holds by hand a code that nothing answers to; a file is
            missing or is not the one it should be.
        Cancelled: the user stopped it; no case file is left.
    """
    require_strong(passphrase, (path.stem,))
    _refuse_links(folder)
    document = _read(folder)
    _missing(folder, document)
    for sentence in doubtful_dates(document):
        doubt(sentence)
    strange = list(unknown_codes(document, load_law()))
    if "program" in document:
        # MagDesk wrote it, by a law that knew the code: nothing of the case is lost, and it is said.
        for sentence in strange:
            doubt(f"{sentence}.")
    else:
        refuse(strange)

    def fill(case: CaseFile) -> None:
        rows = [
            row_from_json(kind, values)
            for name, kind in tables().items()
            for values in ([document[name]] if name == "case" else document.get(name, ()))
        ]
        texts = _store_files(case, folder, document, rows, progress, cancel)
        _vouch(document, rows)
        ledger = list(_ledger(folder))
        with case.change("Load the case", base=True) as session:
            if ledger:
                case.restore_custody(ledger)
            for row in rows:
                if isinstance(row, Case) and row.created_at is None:
                    row.created_at = now()
                session.add(row)
            for key, _text in texts:
                case.index.expect(Evidence.__tablename__, key)
        for key, text in texts:
            case.index.put(Evidence.__tablename__, key, text)

    return CaseFile.create(with_case_suffix(path), passphrase, who=who, fill=fill)


def _vouch(document: Mapping[str, Any], rows: Iterable[Base]) -> None:
    """Who says in a hand-written citation that they have seen the words has seen those that stand beside it.

    A dump of MagDesk always tells the digest of what was seen; who leaves it out cannot have worked it out.
    """
    every = list(rows)
    items = {row.id: row for row in every if isinstance(row, Evidence)}
    citations = [row for row in every if isinstance(row, Citation)]
    for values, row in zip(document.get(Citation.__tablename__, ()), citations, strict=True):
        item = items.get(row.evidence_id)
        if item is not None and row.seen_by.strip() and "seen_words" not in values:
            row.seen_words = what_is_quoted(row, item)


def _refuse_links(folder: Path) -> None:
    """A link in a dump can name any file of this computer; a dump holds none."""
    links = [found.path.relative_to(folder).as_posix() for found in walk(folder) if found.link]
    if links:
        told = ", ".join(f"“{readable_name(name)}”" for name in links[:_NAMED_FILES])
        more = f" and {len(links) - _NAMED_FILES} more" if len(links) > _NAMED_FILES else ""
        raise InputError(
            _("The folder holds links, which are not followed: {told}{more}.").format(told=told, more=more),
            _("Put the files themselves in their place."),
        )


def _read(folder: Path) -> Mapping[str, Any]:
    try:
        with open_plain(folder, DOSSIER) as stream:
            data = stream.read()
    except OSError as error:
        raise InputError(
            _("There is no readable {dossier} in “{name}”.").format(dossier=DOSSIER, name=folder.name),
            _("Name the folder of a dump."),
        ) from error
    return read_dossier(data)


def _missing(folder: Path, document: Mapping[str, Any]) -> None:
    """Tell every evidence file that does not lie beside the dossier, before anything is made."""
    names = [row[FILE_KEY] for row in document.get("evidence", ()) if row.get(FILE_KEY)]
    gone = [name for name in names if not _is_there(folder, name)]
    if gone:
        told = ", ".join(f"“{name}”" for name in gone[:_NAMED_FILES])
        more = f" and {len(gone) - _NAMED_FILES} more" if len(gone) > _NAMED_FILES else ""
        raise InputError(
            _("The evidence file {told}{more} cannot be read.").format(told=told, more=more),
            _("Put it next to dossier.json."),
        )


def _is_there(folder: Path, name: str) -> bool:
    try:
        open_plain(folder, name).close()
    except (OSError, ValueError):
        return False
    return True


def _ledger(folder: Path) -> Iterator[Entry]:
    """The custody ledger that lies beside a dossier, if one does; a hand-written dossier begins a new one."""
    path = folder / CUSTODY
    if not path.exists():
        return
    try:
        with open_plain(folder, CUSTODY) as stream:
            text = stream.read().decode("utf-8")
        for line in text.split("\n"):
            if line.strip():
                yield custody.from_json(json.loads(line))
    except OSError as error:
        raise InputError(
            _("{custody} cannot be read.").format(custody=CUSTODY), _("Check its permissions, or remove it.")
        ) from error
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(
            _("{custody} is not valid ({error}).").format(custody=CUSTODY, error=error),
            _("Use the ledger exactly as MagDesk wrote it."),
        ) from error


def _store_files(
    case: CaseFile,
    folder: Path,
    document: Mapping[str, Any],
    rows: Iterable[Base],
    progress: Progress,
    cancel: CancelToken | None,
) -> list[tuple[Any, Any]]:
    every = list(rows)
    items = [row for row in every if isinstance(row, Evidence)]
    told: dict[uuid.UUID, list[Detail]] = {}
    for row in every:
        if isinstance(row, Detail):
            told.setdefault(row.evidence_id, []).append(row)
    with FileReader() as reader:
        return _store_each(case, folder, document, items, told, reader, progress, cancel)


def _store_each(
    case: CaseFile,
    folder: Path,
    document: Mapping[str, Any],
    items: Sequence[Evidence],
    told: Mapping[uuid.UUID, Sequence[Detail]],
    reader: FileReader,
    progress: Progress,
    cancel: CancelToken | None,
) -> list[tuple[Any, Any]]:
    texts = []
    for done, (values, row) in enumerate(zip(document.get("evidence", ()), items, strict=True)):
        if cancel is not None:
            cancel.check()
        progress(done, len(items), "")
        if not values.get(FILE_KEY):
            continue
        name = PurePosixPath(values[FILE_KEY])
        if name.is_absolute() or ".." in name.parts:
            raise InputError(
                _("“{name}” points outside the dump.").format(name=name),
                _("Evidence files must be inside the folder."),
            )
        try:
            with open_plain(folder, str(name)) as stream:
                stored = case.blobs.put(stream, cancel=cancel)
        except OSError as error:
            raise InputError(
                _("The evidence file “{name}” cannot be read.").format(name=name), _("Put it next to dossier.json.")
            ) from error
        if row.sha256 and row.sha256 != stored.sha256:
            raise InputError(
                _("The evidence file “{name}” is not the one described in the dossier (its SHA-256 differs).").format(
                    name=name
                ),
                _("Restore the original file."),
            )
        with case.blobs.open(stored.sha256) as stored_stream:
            details = told.get(row.id, ())
            read = recognised_in(details)
            again = languages_here(read)
            known = known_encoding(details)
            called = row.file_name or name.name
            facts = reader.read(stored_stream, called, stored.size, cancel, encoding=known, ocr=again)
        if read and not again:
            say_unread(details)
            row.reading_note = facts.note
        texts.append((row.id, facts.text))
        if not row.sha256:
            row.sha256, row.size, row.file_name = stored.sha256, stored.size, row.file_name or name.name
            row.media_type, row.pages, row.duration = facts.media_type, facts.pages, facts.duration
            row.width, row.height = facts.width, facts.height
            row.text_layer, row.reading_note = facts.text_layer, facts.note
            row.details += [
                Detail(section=one.section, name=one.name, value=one.value, rank=rank)
                for rank, one in enumerate(facts.details)
            ]
            if facts.locked:
                row.details.append(Detail(section=LOCK, name="Password", value="needed to read the file"))
    progress(len(items), len(items), "")
    return texts
