"""Whether everything in the file is as it should be, in sentences."""

from __future__ import annotations

import os
import secrets
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from magdesk.casefile import chain, custody, failures, formats, journal
from magdesk.casefile.blobs import BlobStore
from magdesk.casefile.chain import Head
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
            (_("ledgers"), _ends),
        ]
        if full:
            checks.insert(0, (_("pages"), _pages))
            checks += [
                (_("guards"), _guards),
                (_("custody ledger"), _custody),
                (_("journal chain"), _journal_chain),
                (_("journal"), _journal),
                (_("chunks"), _stray_chunks),
            ]
        for number, (name, check) in enumerate(checks):
            token.check()
            progress(number, len(checks), name)
            try:
                with failures.translated():
                    problems += check(raw)
            except CaseFileDamaged:
                problems.append(_("Damage to the file prevented this check: {name}.").format(name=name))
    finally:
        raw.close()
    if full:
        problems += _blobs(opener, blobs, progress, token)
    return list(dict.fromkeys(problems))


def follows_from_journal(raw: RawConnection) -> bool:
    """Whether rows, journal and ledgers of one moment are as they were left, and each item has its bytes.

    Raises:
        CaseFileDamaged: a page does not verify.
    """
    with failures.translated():
        return not any(any(check(raw)) for check in (_structure, _ends, _missing_bytes, _journal))


def glance(opener: Callable[[], RawConnection], blobs: BlobStore, sample: int) -> list[str]:
    """See :meth:`CaseFile.glance`."""
    problems: list[str] = []
    raw = opener()
    try:
        with failures.translated():
            for check in (_missing_bytes, _ends, _guards):
                problems += check(raw)
            # Digests are spread evenly, so a random one to begin with gives each blob about the same chance.
            chosen = [
                row[0]
                for row in raw.execute(
                    "SELECT sha256 FROM blob WHERE sha256 >= ? ORDER BY sha256 LIMIT ?",
                    (secrets.token_hex(32), sample),
                )
            ]
            if len(chosen) < sample:
                query = "SELECT sha256 FROM blob WHERE sha256 IS NOT NULL ORDER BY sha256 LIMIT ?"
                chosen += [row[0] for row in raw.execute(query, (sample - len(chosen),)) if row[0] not in chosen]
    except CaseFileDamaged as error:
        problems.append(error.message)
        chosen = []
    finally:
        raw.close()
    for digest in chosen:
        try:
            with blobs.open(digest) as stream:
                end = stream.seek(0, os.SEEK_END)
                stream.seek(secrets.randbelow(end) if end else 0)
                stream.read(1)
        except CaseFileDamaged:
            problems += _damaged(digest, _names(opener))
    return list(dict.fromkeys(problems))


def _pages(raw: RawConnection) -> Iterator[str]:
    """Each page of the main file against its code; the pages in the log are checked as they are read."""
    rows = raw.execute("PRAGMA cipher_integrity_check").fetchall()
    if rows and _log_holds_all(raw):
        yield _(
            "The file could not be written completely last time, as happens when a disk is full. Nothing is "
            "lost: the log next to it contains the rest. Free some disk space, then open the case and close "
            "it again; that completes the file."
        )
        return
    for (text,) in rows[:_MOST_SENTENCES]:
        number = text.rsplit(" ", 1)[-1]
        if number.isdigit():
            yield _("Page {number} of the file fails verification: it was damaged, or changed from outside.").format(
                number=number
            )
        else:
            yield _("The size of the file is wrong: it was cut off, or something was added ({detail}).").format(
                detail=text
            )
    rest = len(rows) - _MOST_SENTENCES
    if rest > 0:
        yield ngettext("{count} more page fails verification.", "{count} more pages fail verification.", rest).format(
            count=rest
        )


def _log_holds_all(raw: RawConnection) -> bool:
    """Whether all that is in use can be read although pages of the file itself cannot: from the log beside it."""
    path = raw.execute("PRAGMA database_list").fetchone()[2]
    log = Path(f"{path}-wal")
    if not path or not log.exists() or not log.stat().st_size:
        return False
    try:
        return not any(_structure(raw))
    except failures.DriverError:
        return False


def _structure(raw: RawConnection) -> Iterator[str]:
    for (text,) in raw.execute("PRAGMA quick_check(20)").fetchall():
        if text != "ok":
            yield _("The structure of the file is damaged ({detail}).").format(detail=text.replace("\n", " "))


def _references(raw: RawConnection) -> Iterator[str]:
    for table, row, parent, _number in raw.execute("PRAGMA foreign_key_check").fetchmany(_MOST_SENTENCES):
        yield _("Row {row} of “{table}” refers to a row of “{parent}” that does not exist.").format(
            row=row, table=table, parent=parent
        )


def _missing_bytes(raw: RawConnection) -> Iterator[str]:
    for name, key, size, stored in raw.execute(
        "SELECT e.file_name, e.id, e.size, b.size FROM evidence e LEFT JOIN blob b ON b.sha256 = e.sha256"
        " WHERE e.sha256 <> '' AND (b.id IS NULL OR b.size <> e.size) ORDER BY e.rank, e.id"
    ):
        if stored is None:
            yield _("The contents of the evidence “{name}” ({key}) are missing from the file.").format(
                name=name, key=key
            )
        else:
            yield _("The evidence “{name}” ({key}) should have {size} bytes; {stored} are stored.").format(
                name=name, key=key, size=size, stored=stored
            )


def _ends(raw: RawConnection) -> Iterator[str]:
    """Whether ledger and journal end where the file says in other places that they do."""
    ledger, steps = _("the custody ledger"), _("the journal")
    for name, what, actual in (
        (custody.HEAD, ledger, custody.end(raw)),
        (journal.HEAD, steps, journal.last_head(raw)),
    ):
        noted = chain.read_head(raw, name) or Head()
        if actual.count < noted.count:
            yield _(
                "The end of {what} was cut off: entry {first} is the first of {missing} that are missing."
            ).format(what=what, first=actual.count + 1, missing=noted.count - actual.count)
        elif actual != noted:
            yield _(
                "Entry {there} is the last in {what}, but it is not the one that the file records as the last "
                "({noted})."
            ).format(what=what, there=actual.count, noted=noted.count)
    row = raw.execute("SELECT number, custody FROM journal_step ORDER BY number DESC LIMIT 1").fetchone()
    known = Head.parse(row[1]) if row is not None else Head()
    actual = custody.end(raw)
    if known is not None and actual.count < known.count:
        yield _(
            "Step {step} of the journal counts {known} entries in the custody ledger; {missing} are missing."
        ).format(step=row[0] if row else 0, known=known.count, missing=known.count - actual.count)
    elif known != actual:
        yield _(
            "Entry {there} is the last in the custody ledger, but step {step} of the journal records a different one."
        ).format(step=row[0] if row else 0, there=actual.count)


def _guards(raw: RawConnection) -> Iterator[str]:
    found = dict(raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"))
    for name, sql in formats.triggers(formats.NEWEST).items():
        if formats.normalised(found.pop(name, "")) != formats.normalised(sql):
            yield _(
                "The guard “{name}”, which protects the ledgers in the file from being changed, was removed."
            ).format(name=name)
    for name in sorted(found):
        yield _("The file contains a trigger that this program did not create (“{name}”).").format(name=name)


def _custody(raw: RawConnection) -> Iterator[str]:
    _head, problem = custody.first_break(custody.entries(raw))
    if problem:
        yield problem
    held = custody.holdings(custody.entries(raw))
    for key, digest, name in raw.execute("SELECT id, sha256, file_name FROM evidence WHERE sha256 <> '' ORDER BY id"):
        said = held.pop(str(uuid.UUID(key)), None)
        if said is None:
            yield _("The custody ledger does not say how the evidence “{name}” ({key}) came into the case.").format(
                name=name, key=key
            )
        elif said != digest:
            yield _(
                "The SHA-256 of the evidence “{name}” ({key}) is {digest}; the custody ledger says {said}."
            ).format(name=name, key=key, digest=digest, said=said)
    for key in sorted(held):
        yield _(
            "According to the custody ledger the evidence {key} is in the case, but its record is missing."
        ).format(key=key)


def _journal_chain(raw: RawConnection) -> Iterator[str]:
    _head, problem = journal.first_break(raw)
    if problem:
        yield problem


def _journal(raw: RawConnection) -> Iterator[str]:
    said, stored = replay(Journal(), raw), stored_rows(raw)
    wrong = [place for place in sorted(said.keys() | stored.keys()) if said.get(place) != stored.get(place)]
    for table, key in wrong[:_MOST_SENTENCES]:
        then, present = said.get((table, key)), stored.get((table, key))
        if then is None or present is None:
            yield (
                _("Row {key} of “{table}” is missing, and the journal does not record why.")
                if present is None
                else _("Row {key} of “{table}” does not match the journal: it should not exist.")
            ).format(key=key, table=table)
            continue
        fields = ", ".join(name for name in present if present.get(name) != then.get(name))
        yield _("Row {key} of “{table}” does not match the journal: {fields}.").format(
            key=key, table=table, fields=fields
        )


def _stray_chunks(raw: RawConnection) -> Iterator[str]:
    for digest, count in raw.execute(
        "SELECT coalesce(b.sha256, ''), count(*) FROM chunk c LEFT JOIN blob b ON b.id = c.blob"
        " WHERE b.sha256 IS NOT NULL AND (c.number < 0 OR c.number * b.chunk_size >= max(b.size, 1))"
        " GROUP BY b.id ORDER BY b.sha256"
    ):
        yield _("Chunks were added to the stored contents with SHA-256 {digest} ({count}).").format(
            digest=digest, count=count
        )


def _blobs(
    opener: Callable[[], RawConnection], blobs: BlobStore, progress: Progress, token: CancelToken
) -> Iterator[str]:
    try:
        every = blobs.all()
    except CaseFileDamaged:
        return
    names = _names(opener)
    total = sum(info.size for info in every)
    done = 0
    for info in every:
        token.check()
        progress(done, total, _("bytes of the evidence"))
        if not blobs.verify(info.sha256, cancel=token):
            yield from _damaged(info.sha256, names)
        done += info.size
    progress(total, total)


def _damaged(digest: str, names: dict[str, list[tuple[str, str]]]) -> Iterator[str]:
    yield _("The stored contents with SHA-256 {digest} are damaged.").format(digest=digest)
    for name, key in names.get(digest, ()):
        yield _("The evidence “{name}” ({key}) is damaged: its contents are not what was stored.").format(
            name=name, key=key
        )


def _names(opener: Callable[[], RawConnection]) -> dict[str, list[tuple[str, str]]]:
    """The items of evidence by the digest of their bytes."""
    found: dict[str, list[tuple[str, str]]] = {}
    raw = opener()
    try:
        with suppress(CaseFileDamaged), failures.translated():
            for digest, name, key in raw.execute("SELECT sha256, file_name, id FROM evidence ORDER BY id"):
                found.setdefault(digest, []).append((name, key))
    finally:
        raw.close()
    return found
