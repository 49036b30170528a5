"""Whether everything in the file is as it should be, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from magdesk.casefile import failures
from magdesk.casefile.blobs import BlobStore
from magdesk.casefile.connection import RawConnection
from magdesk.casefile.journal import Journal, replay, stored_rows
from magdesk.errors import CaseFileDamaged
from magdesk.i18n import _, ngettext
from magdesk.progress import CancelToken, Progress

_MOST_SENTENCES = 20


def verify(
    opener: Callable[[], RawConnection],
    blobs: BlobStore,
    *,
    full: bool,
    progress: Progress,
    cancel: CancelToken | None,
) -> list[str]:
    """See :meth:`CaseFile.verify`."""
    token = cancel or CancelToken()
    raw = opener()
    try:
        problems: list[str] = []
        checks: list[tuple[str, Callable[[RawConnection], Iterator[str]]]] = [
            (_("structure"), _structure),
            (_("references"), _references),
            (_("evidence"), _missing_bytes),
        ]
        if full:
            checks.insert(0, (_("pages"), _pages))
            checks.append((_("journal"), _journal))
        for number, (name, check) in enumerate(checks):
            token.check()
            progress(number, len(checks), name)
            try:
                with failures.translated():
                    problems += check(raw)
            except CaseFileDamaged:
                problems.append(_("Damage stopped the check of: {name}.").format(name=name))
    finally:
        raw.close()
    if full:
        problems += _blobs(blobs, progress, token)
    return list(dict.fromkeys(problems))


def _pages(raw: RawConnection) -> Iterator[str]:
    """Each page of the main file against its code; the pages in the log are checked as they are read."""
    rows = raw.execute("PRAGMA cipher_integrity_check").fetchall()
    for (text,) in rows[:_MOST_SENTENCES]:
        number = text.rsplit(" ", 1)[-1]
        if number.isdigit():
            yield _("Page {number} of the file does not verify: it was damaged or changed from outside.").format(
                number=number
            )
        else:
            yield _("The file's size is wrong: it was cut off or something was added ({detail}).").format(detail=text)
    rest = len(rows) - _MOST_SENTENCES
    if rest > 0:
        yield ngettext("{count} more page does not verify.", "{count} more pages do not verify.", rest).format(
            count=rest
        )


def _structure(raw: RawConnection) -> Iterator[str]:
    for (text,) in raw.execute("PRAGMA quick_check(20)").fetchall():
        if text != "ok":
            yield _("The structure of the file is damaged ({detail}).").format(detail=text.replace("\n", " "))


def _references(raw: RawConnection) -> Iterator[str]:
    for table, row, parent, _number in raw.execute("PRAGMA foreign_key_check").fetchmany(_MOST_SENTENCES):
        yield _("Row {row} of “{table}” refers to a row of “{parent}” that is not there.").format(
            row=row, table=table, parent=parent
        )


def _missing_bytes(raw: RawConnection) -> Iterator[str]:
    for name, key, size, stored in raw.execute(
        "SELECT e.file_name, e.id, e.size, b.size FROM evidence e LEFT JOIN blob b ON b.sha256 = e.sha256"
        " WHERE e.sha256 <> '' AND (b.id IS NULL OR b.size <> e.size) ORDER BY e.rank, e.id"
    ):
        if stored is None:
            yield _("The bytes of the evidence “{name}” ({key}) are not in the file.").format(name=name, key=key)
        else:
            yield _("The evidence “{name}” ({key}) should have {size} bytes; {stored} are stored.").format(
                name=name, key=key, size=size, stored=stored
            )


def _journal(raw: RawConnection) -> Iterator[str]:
    said, stored = replay(Journal(), raw), stored_rows(raw)
    wrong = [place for place in sorted(said.keys() | stored.keys()) if said.get(place) != stored.get(place)]
    for table, key in wrong[:_MOST_SENTENCES]:
        yield _("Row {key} of “{table}” is not as the journal says.").format(key=key, table=table)


def _blobs(blobs: BlobStore, progress: Progress, token: CancelToken) -> Iterator[str]:
    try:
        every = blobs.all()
    except CaseFileDamaged:
        return
    total = sum(info.size for info in every)
    done = 0
    for info in every:
        token.check()
        progress(done, total, _("bytes of the evidence"))
        if not blobs.verify(info.sha256, cancel=token):
            yield _("The stored bytes of SHA-256 {digest} are damaged.").format(digest=info.sha256)
        done += info.size
    progress(total, total)
