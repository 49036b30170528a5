"""A log that a crash left beside a case file, and that belongs to another version of it.

When the program or the machine dies while a case is open, the log stays. If a client then brings another computer's
version of the file, SQLite would play our pages into it at the next opening: the other work is gone, and what is
left is a mixture. The journals tell: no step is ever changed or taken out, so the newest step of the file as it lies
there must be found, with the same digest, in the file together with its log. A log may hold evidence alone and no
step; it then has an older note of where the journal ends than the steps of the file. (Two versions with the same
steps cannot be told apart by them. Both hold the same rows, for rows change by steps alone; what they may differ in
is what no step records: stored bytes that no item speaks of yet, and the text that was read from a file.)
"""

from __future__ import annotations

from pathlib import Path

from magdesk.casefile import chain, failures, journal
from magdesk.casefile.connection import RawConnection, connect
from magdesk.casefile.keys import Key
from magdesk.errors import CaseFileDamaged, CaseFileError, WrongPassphrase
from magdesk.i18n import _
from magdesk.values import now


def refuse_stray_log(path: Path, key: Key, *, read_only: bool) -> None:
    """See whether the log beside a file is its own, before anything reads both together.

    A log of another file is set aside when the file is opened for writing, so that the next opening finds it alone.

    Raises:
        CaseFileError: the log belongs to another version; nothing was changed in the file.
    """
    log = path.with_name(path.name + "-wal")
    if not log.exists() or not log.stat().st_size:
        return
    if belongs(path, key):
        return
    happened = _(
        "Another program replaced the case file “{name}” with another version after MagDesk was "
        "interrupted; changes not yet written to the old version are in a log that does not match this "
        "one."
    ).format(name=path.name)
    if read_only:
        raise CaseFileError(happened, _("Open the case for writing once; that sets the log aside."))
    aside = path.with_name(f"{path.name}.log-set-aside-{now():%Y-%m-%dT%H%M%SZ}")
    log.rename(aside)
    path.with_name(path.name + "-shm").unlink(missing_ok=True)
    raise CaseFileError(
        happened,
        _(
            "The log was set aside as “{aside}”, and this file was left as it is; open it again. The newest "
            "backup on this computer may contain the old version."
        ).format(aside=aside.name)
        + " "
        + failures.restore_hint(),
    )


def belongs(path: Path, key: Key) -> bool:
    """Whether the log beside a file goes on from where the file ends; true where that cannot be told."""
    alone = _newest_step(path, key)
    return alone is None or not alone.count or _holds(path, key, alone)


def _newest_step(path: Path, key: Key) -> chain.Head | None:
    """The end of the journal in the file alone; nothing where it cannot be told, as after half a checkpoint."""
    try:
        raw = connect(path, key, alone=True)
    except WrongPassphrase:
        raise
    except CaseFileError:
        return None
    try:
        last = journal.last_head(raw)
        return last if last == chain.read_head(raw, journal.HEAD) else None
    except failures.DriverError:
        return None
    finally:
        raw.close()


def _holds(path: Path, key: Key, step: chain.Head) -> bool:
    """Whether file and log together know the step, and end where they say; true where that cannot be told."""
    try:
        raw: RawConnection = connect(path, key, untouched=True)
    except (WrongPassphrase, CaseFileDamaged):
        return False  # The file alone can be read: these pages of the log were written with another key.
    except CaseFileError:
        return True
    try:
        raw.execute("BEGIN")  # One moment: somebody may be writing, when we are only to read.
        row = raw.execute("SELECT digest FROM journal_step WHERE number = ?", (step.count,)).fetchone()
        # Every change that is in a log has written the page of this note: it comes from the log, the steps that the
        # log does not have come from the file.
        ends = chain.read_head(raw, journal.HEAD) == journal.last_head(raw)
    except failures.DriverError as error:
        return not isinstance(failures.translate(error), CaseFileDamaged)
    finally:
        raw.close()
    return ends and row is not None and row[0] == step.digest
