"""Read an item again: with its password, with text recognition, or because the program has learnt to read more."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

from magdesk.casefile import BlobInfo, CaseFile
from magdesk.errors import IntakeError, UserError
from magdesk.i18n import _
from magdesk.intake import FileReader
from magdesk.intake.knownencoding import KnownEncoding
from magdesk.intake.ocr import find_ocr
from magdesk.intake.sandbox.programs import SystemPrograms
from magdesk.model import Evidence
from magdesk.progress import CancelToken, Progress, no_progress
from magdesk.services.evidence.encoding import (
    ENCODINGS,
    case_languages,
    checked_encoding,
    is_read_as_text,
    known_encoding,
)
from magdesk.services.evidence.report import Taken
from magdesk.services.evidence.rows import add_children, write_facts
from magdesk.services.evidence.scans import recognised_in
from magdesk.services.evidence.storing import Taker

HOW_TO_GET = _(
    "To have the text of scans read, install the free program “tesseract” with the languages you need, then restart "
    "MagDesk."
)


def unlock(case: CaseFile, evidence_id: uuid.UUID, password: str, *, cancel: CancelToken | None = None) -> Evidence:
    """Open a locked item with its password, read it, and keep the password with it, inside the encrypted file.

    Runs in the thread that owns the case, or inside ``case.writer_lane()``.

    Raises:
        IntakeError: the password does not open it; nothing was changed.
        UserError: there is no such item.
    """
    row = _item(case, evidence_id)
    taken = _read(case, row, password, (), cancel, known_encoding(row.details))
    if taken.facts.locked:
        raise IntakeError(
            _("The password does not open “{name}”.").format(name=row.title or row.file_name),
            _("Passwords are case-sensitive. Ask the person who sent the file."),
        )
    with case.change(_("Unlock “{name}”").format(name=row.file_name)) as session:
        row.password = password
        write_facts(row, taken)
        session.flush()
        case.index.put(Evidence.__tablename__, row.id, taken.facts.text)
        add_children(case, session, row, taken)
    return row


def reread(
    case: CaseFile,
    evidence_id: uuid.UUID,
    *,
    ocr: tuple[str, ...] = (),
    cancel: CancelToken | None = None,
    on_page: Callable[[int], None] | None = None,
) -> Evidence:
    """Read an item again and renew what was learnt from its bytes; what people wrote stays.

    Args:
        ocr: languages to recognise text in, as :func:`recognition_languages` names them; none for no recognition.
        on_page: told the number of each page whose text is there.

    Raises:
        UserError: there is no such item, or recognition is asked for and not there.
        Cancelled: the user stopped it; nothing was changed.
    """
    row = _item(case, evidence_id)
    missing = [language for language in ocr if language not in recognition_languages()]
    if missing:
        raise UserError(
            _("Text recognition is not installed for: {names}.").format(names=", ".join(missing)),
            HOW_TO_GET,
        )
    taken = _read(case, row, row.password, ocr, cancel, _encoding_again(case, row), on_page)
    told = _("Read the text of “{name}” by machine") if ocr else _("Read “{name}” again")
    _write(case, row, taken, told.format(name=row.file_name))
    return row


def read_as(case: CaseFile, evidence_id: uuid.UUID, encoding: str, *, cancel: CancelToken | None = None) -> Evidence:
    """Read a text in the encoding that a person chose; index and exhibit page follow, the file stays as it is.

    Runs in the thread that owns the case, or inside ``case.writer_lane()``.

    Args:
        encoding: one of :data:`magdesk.services.evidence.encoding.ENCODINGS`; empty to let it be guessed again.

    Raises:
        UserError: there is no such item, it is no text, or the encoding is not known.
        Cancelled: the user stopped it; nothing was changed.
    """
    row = _item(case, evidence_id)
    if not is_read_as_text(row.media_type):
        raise UserError(_("“{name}” is no text file.").format(name=row.title or row.file_name))
    languages = case_languages(case, row.language)
    code = checked_encoding(encoding) if encoding else ""
    known = KnownEncoding(code, bool(code), languages)
    taken = _read(case, row, row.password, (), cancel, known)
    told = _("Read “{name}” as {encoding}").format(
        name=row.file_name, encoding=ENCODINGS[code] if code else _("it seems to be written")
    )
    _write(case, row, taken, told)
    return row


def _encoding_again(case: CaseFile, row: Evidence) -> KnownEncoding:
    """A choice holds; a guess is made anew, for the language of the item may be known by now."""
    known = known_encoding(row.details, case_languages(case, row.language))
    return known if known.chosen else KnownEncoding(languages=known.languages)


def _write(case: CaseFile, row: Evidence, taken: Taken, told: str) -> None:
    with case.change(told) as session:
        # Reading may take an hour, and whoever works in the window meanwhile may delete the item.
        if session.get(Evidence, row.id, populate_existing=True) is None:
            raise UserError(_("The item was deleted while it was read; nothing was changed."))
        write_facts(row, taken)
        session.flush()
        case.index.put(Evidence.__tablename__, row.id, taken.facts.text)
        add_children(case, session, row, taken)


def complete_index(case: CaseFile, *, progress: Progress = no_progress, cancel: CancelToken | None = None) -> int:
    """Read again the items whose text a crash kept out of the index; nothing to do is the rule, and costs nothing.

    Runs in the thread that owns the case, or inside ``case.writer_lane()``.

    Returns:
        How many items were read.

    Raises:
        Cancelled: the user stopped it; the next opening goes on.
    """
    owed = case.index.owed()
    for done, (kind, key) in enumerate(owed):
        if cancel is not None:
            cancel.check()
        row = case.session.get(Evidence, key) if kind == Evidence.__tablename__ else None
        if row is None or not row.sha256 or not case.blobs.has(row.sha256):
            case.index.put(kind, key, ())
            continue
        progress(done, len(owed), row.file_name)
        with FileReader() as reader, case.blobs.open(row.sha256) as stream:
            facts = reader.read(
                stream,
                row.file_name,
                row.size,
                cancel,
                password=row.password,
                encoding=known_encoding(row.details),
                ocr=languages_here(recognised_in(row.details)),
            )
        case.index.put(kind, key, facts.text)
    progress(len(owed), len(owed), "")
    return len(owed)


def recognition_languages() -> tuple[str, ...]:
    """Languages in which text can be recognised on this computer; none without the program for it."""
    engine = find_ocr(SystemPrograms())
    try:
        return engine.languages() if engine is not None else ()
    except OSError:
        return ()


def languages_here(wanted: Sequence[str]) -> tuple[str, ...]:
    """Those of the languages in which text can be recognised here; looks for the program only where any is wanted."""
    there = recognition_languages() if wanted else ()
    return tuple(language for language in wanted if language in there)


def _item(case: CaseFile, evidence_id: uuid.UUID) -> Evidence:
    row = case.session.get(Evidence, evidence_id)
    if row is None or not row.sha256:
        raise UserError(_("There is no such file in the case."))
    return row


def _read(
    case: CaseFile,
    row: Evidence,
    password: str,
    ocr: tuple[str, ...],
    cancel: CancelToken | None,
    encoding: KnownEncoding,
    on_page: Callable[[int], None] | None = None,
) -> Taken:
    stored = BlobInfo(row.sha256, row.size, existed=True)
    with FileReader() as reader:
        taker = Taker(case, reader, cancel, encoding=encoding)
        return taker.read(stored, Path(row.file_name), password=password, ocr=ocr, on_page=on_page)
