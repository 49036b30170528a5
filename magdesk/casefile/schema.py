"""A new file's tables, and what a file says of itself: its format, the program that wrote it, its key."""

from __future__ import annotations

import uuid

from magdesk import __version__
from magdesk.casefile import formats, textparts
from magdesk.casefile.connection import RawConnection
from magdesk.errors import CaseFileError, NewerCaseFile
from magdesk.i18n import _

APPLICATION_ID = 0x4D444B31


def create_schema(raw: RawConnection) -> None:
    """Make all tables of the newest format in an empty file, in the transaction that is open."""
    for statement in formats.statements(formats.NEWEST):
        raw.execute(statement)
    raw.execute("INSERT INTO meta (name, value) VALUES ('case', ?)", (str(uuid.uuid4()),))
    textparts.note_folding(raw, -1)
    stamp(raw, formats.NEWEST)
    raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def stamp(raw: RawConnection, version: int) -> None:
    """Record the format version and the program that wrote it."""
    raw.execute(f"PRAGMA user_version = {int(version)}")
    raw.execute("INSERT OR REPLACE INTO meta (name, value) VALUES ('program', ?)", (__version__,))


def read_version(raw: RawConnection, newest: int = formats.NEWEST) -> int:
    """The format version of an open file.

    Raises:
        NewerCaseFile: this program does not know that version.
        CaseFileError: it is an encrypted database of some other program.
    """
    version = int(raw.execute("PRAGMA user_version").fetchone()[0])
    if raw.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise CaseFileError(_("This is not a MagDesk case file."), _("Choose a file that MagDesk created."))
    if version > newest:
        row = raw.execute("SELECT value FROM meta WHERE name = 'program'").fetchone()
        raise NewerCaseFile(
            _(
                "The case file is in format {theirs} (written by MagDesk {program}); this program can read "
                "formats up to {ours}."
            ).format(theirs=version, program=row[0] if row else "?", ours=newest),
            _("Install the newer MagDesk to open it."),
        )
    return version


def case_id(raw: RawConnection) -> uuid.UUID:
    """The random key of this case file; copies share it. Says nothing about the case."""
    return uuid.UUID(raw.execute("SELECT value FROM meta WHERE name = 'case'").fetchone()[0])
