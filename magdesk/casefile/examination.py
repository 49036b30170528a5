"""Whether a file is what its format says, looked at without writing a byte, before anything in it is believed.

A file that opens with the right passphrase may still come from anywhere: another program's tables, a view that never
ends, a trigger that waits for the first write, a row of a gigabyte. So its tables are compared with those that the
format has, its values with what their columns can hold, within a few seconds; else it is not opened at all.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from magdesk.casefile import columnrules, failures, formats, schema
from magdesk.casefile.connection import RawConnection, connect
from magdesk.casefile.keys import Key
from magdesk.errors import CaseFileError
from magdesk.i18n import _

MOST_SECONDS = 20.0
"""After this the file is not one of ours. A case of 5,000 exhibits takes about 0.15 seconds of the processor, one of
20,000 about 0.4: the work grows in step with the rows and no faster."""

_MOST_THINGS = 2000
_LONGEST_STATEMENT = 200_000
_STEPS = 20_000  # of the database's machine between two looks at the clock


def examine(path: Path, key: Key, newest: int) -> int:
    """Look at a file that is to be opened.

    Args:
        path: the file.
        key: that should open it.
        newest: the newest format that this program can read.

    Returns:
        Its format.

    Raises:
        WrongPassphrase: the key does not fit.
        NewerCaseFile: this program does not know the format.
        CaseFileError: it is not as its format says, or cannot be looked through in a few seconds.
    """
    deadline = time.monotonic() + MOST_SECONDS
    with failures.translated():
        raw = connect(path, key, untouched=True)
        try:
            raw.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
            return _examined(raw, newest)
        except failures.DriverError as error:
            if "interrupted" in str(error):
                raise _refused(_("Examining it takes longer than any real case would.")) from None
            if "no such" in str(error) or "too big" in str(error) or "out of memory" in str(error):
                raise _refused(_("Something in it cannot be read.")) from None
            raise
        finally:
            raw.close()


def _examined(raw: RawConnection, newest: int) -> int:
    version = schema.read_version(raw, newest)
    if version < 1:
        raise _refused(_("It does not state a format."))
    if version > formats.NEWEST:  # A step that is being tried has no frozen statements yet.
        return version
    count, longest = raw.execute("SELECT count(*), max(octet_length(sql)) FROM sqlite_schema").fetchone()
    if count > _MOST_THINGS or (longest or 0) > _LONGEST_STATEMENT:
        raise _refused(_("It contains far more tables than a case has."))
    for problem in differences(formats.shape_found(raw), formats.shape_of(version)):
        raise _refused(problem)
    if not _has_key(raw):
        raise _refused(_("The key of the case is missing."))
    if version == formats.NEWEST:
        _check_case(raw)
        for problem in _values(raw):
            raise _refused(problem)
    return version


def differences(found: formats.Shape, expected: formats.Shape) -> Iterator[str]:
    """What a file has that its format does not, and the other way round, one sentence each."""
    words = {"table": _("table"), "index": _("index"), "trigger": _("trigger"), "view": _("view")}
    for kind, name in sorted(found.keys() - expected.keys()):
        yield _("It contains a {kind} that no case file has (“{name}”).").format(
            kind=words.get(kind, kind), name=name[:80]
        )
    for kind, name in sorted(expected.keys() - found.keys()):
        yield _("The {kind} “{name}” is missing.").format(kind=words.get(kind, kind), name=name)
    for place in sorted(found.keys() & expected.keys()):
        if found[place] != expected[place]:
            kind, name = place
            yield _("The {kind} “{name}” is not what a case file should have.").format(
                kind=words.get(kind, kind), name=name
            )


def _has_key(raw: RawConnection) -> bool:
    row = raw.execute("SELECT value FROM meta WHERE name = 'case' AND octet_length(value) < 100").fetchone()
    try:
        return row is not None and bool(uuid.UUID(row[0]))
    except (ValueError, TypeError, AttributeError):
        return False


def _check_case(raw: RawConnection) -> None:
    count = raw.execute('SELECT count(*) FROM "case"').fetchone()[0]
    if count == 1:
        return
    if raw.execute("SELECT 1 FROM journal_step LIMIT 1").fetchone() is None:
        raise CaseFileError(
            _("The case file is empty: MagDesk was interrupted while creating it."),
            _("Delete the file and create the case again; there was nothing in it."),
        )
    if not count:
        raise _refused(
            _(
                "The record of the case itself is missing: an older version of MagDesk could undo the creation "
                "of a case."
            )
        )
    raise _refused(_("It contains more than one case."))


def _values(raw: RawConnection) -> Iterator[str]:
    """Values that their columns cannot hold; a database of this kind lets anything in."""
    for table, columns in columnrules.conditions():
        wrong = " OR ".join(f"({condition})" for condition in columns.values())
        if not _any(raw, table, wrong):
            continue
        column = next((name for name, condition in columns.items() if _any(raw, table, condition)), "")
        yield _("A row of “{table}” has a value that is not possible in “{column}”.").format(
            table=table, column=column
        )


def _any(raw: RawConnection, table: str, condition: str) -> bool:
    query = f'SELECT 1 FROM "{table}" WHERE {condition} LIMIT 1'  # noqa: S608  names of the format
    return raw.execute(query).fetchone() is not None


def _refused(reason: str) -> CaseFileError:
    return CaseFileError(
        _("The file is not a valid MagDesk case, so it was not opened and nothing was changed. {reason}").format(
            reason=reason
        ),
        _("Do not work with it. If someone sent it to you, ask for another copy.") + " " + failures.restore_hint(),
    )
