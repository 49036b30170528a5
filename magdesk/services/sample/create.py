"""Makes the sample case file: exhibits are made, stored and read like any evidence, then all rows go in at once."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from itertools import groupby
from pathlib import Path

from magdesk.casefile import CaseFile
from magdesk.i18n import _
from magdesk.intake import FileReader
from magdesk.model import Base, Case, Evidence
from magdesk.progress import CancelToken, Progress, no_progress
from magdesk.services.passphrases import require_strong
from magdesk.services.sample.exhibits import Exhibit, make, read_exhibits
from magdesk.services.sample.story import read_rows

_Texts = list[tuple[Evidence, tuple[tuple[int, str], ...]]]


def create_sample(
    path: Path,
    passphrase: str,
    *,
    today: date | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> CaseFile:
    """A new case file with the whole sample case in it, left open.

    Args:
        path: where; nothing may be there yet.
        today: the day from which "verified last week" is counted; the present day by default. Nothing else
            differs between two samples.

    Raises:
        UserError: the file exists, or the passphrase is weak.
        CaseFileError: the file cannot be written.
        Cancelled: the user stopped it; no case file is left.
    """
    require_strong(passphrase)
    today = today or date.today()
    rows = read_rows(today)
    items = [row for row in rows if isinstance(row, Evidence)]

    def fill(case: CaseFile) -> None:
        texts = _store(case, items, read_exhibits(), progress, cancel)
        _stamp(rows, today)
        with case.change(_("Create the sample case"), base=True) as session:
            # Table by table, parents first: the session cannot order rows whose foreign keys are plain values.
            for _kind, table in groupby(rows, type):
                session.add_all(table)
                session.flush()
            for item, _text in texts:
                case.index.expect(Evidence.__tablename__, item.id)
        for item, text in texts:
            case.index.put(Evidence.__tablename__, item.id, text)

    return CaseFile.create(path, passphrase, fill=fill)


def _store(
    case: CaseFile,
    items: Sequence[Evidence],
    exhibits: Sequence[Exhibit],
    progress: Progress,
    cancel: CancelToken | None,
) -> _Texts:
    """Make each exhibit, store its bytes, and note in its row what intake reads from them."""
    texts: _Texts = []
    with FileReader() as reader:
        for done, (item, exhibit) in enumerate(zip(items, exhibits, strict=True)):
            if cancel is not None:
                cancel.check()
            progress(done, len(items), exhibit.name)
            stored = case.blobs.put(io.BytesIO(make(exhibit)), cancel=cancel)
            with case.blobs.open(stored.sha256) as stream:
                facts = reader.read(stream, item.file_name, stored.size, cancel)
            item.sha256, item.size, item.media_type = stored.sha256, stored.size, facts.media_type
            item.pages, item.duration = facts.pages, facts.duration
            item.width, item.height = facts.width, facts.height
            item.text_layer, item.reading_note = facts.text_layer, facts.note
            texts.append((item, facts.text))
    progress(len(items), len(items), "")
    return texts


def _stamp(rows: Sequence[Base], today: date) -> None:
    """The moments at which things entered the case: the day of the sample, so that two made on one day are equal."""
    moment = datetime.combine(today, time(9), UTC)
    for row in rows:
        if isinstance(row, Evidence):
            row.added_at = moment
        elif isinstance(row, Case):
            row.created_at = moment
