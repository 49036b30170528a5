"""What happens before a case is open: an empty file is made, or an older one brought up to date."""

from __future__ import annotations

import os
from pathlib import Path

from magdesk.casefile import backup, failures, migrations, rekey, schema
from magdesk.casefile.connection import connect
from magdesk.casefile.examination import examine
from magdesk.casefile.keys import Key
from magdesk.casefile.misplacedlog import bring_log
from magdesk.casefile.straylog import refuse_stray_log
from magdesk.errors import UserError
from magdesk.i18n import _


def make_file(draft: Path, key: Key) -> None:
    """Build an empty case, readable by the user only, under a name that it does not keep."""
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    raw = connect(draft, key, new=True)
    try:
        with failures.translated():
            raw.execute("BEGIN IMMEDIATE")
            schema.create_schema(raw)
            raw.execute("COMMIT")
    finally:
        raw.close()


def give_name(draft: Path, path: Path) -> None:
    """Give a finished and closed case its name."""
    if draft.with_name(draft.name + "-wal").exists():
        # Closing moves the log into the file and removes it; only a disk that is full or fails stops that.
        raise failures.disk_full()
    backup.settle(draft)
    draft.replace(path)
    backup.sync_folder(path.parent)


def bring_up_to_date(path: Path, key: Key, who: str, *, read_only: bool) -> list[str]:
    """See that it is a case file, mend what a crash left and climb the ladder to the newest format.

    Returns:
        Sentences for the user: what a crash had left elsewhere.

    Raises:
        CaseFileError: it is not as its format says; nothing was written.
        WrongPassphrase: the key does not fit.
        NewerCaseFile: this program does not know the format.
        UserError: the format is older, and the file is only to be read.
    """
    ladder = migrations.LADDER
    told = bring_log(path, key, read_only=read_only)
    refuse_stray_log(path, key, read_only=read_only)
    examine(path, key, migrations.newest(ladder))
    raw = connect(path, key, read_only=read_only)
    try:
        with failures.translated():
            version = schema.read_version(raw, migrations.newest(ladder))
            if not read_only:
                rekey.restore_log(raw, path)
            if version == migrations.newest(ladder):
                return told
            if read_only:
                raise UserError(
                    _("The case file is in an older format."), _("Open it once for writing; that converts it.")
                )
            case = schema.case_id(raw)
            migrations.migrate(raw, lambda: backup.rotate(raw, case, key), ladder, who)
            return told
    finally:
        raw.close()
