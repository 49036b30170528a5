"""Another passphrase: a complete copy under a new key and salt, which then takes the place of the file.

SQLCipher can re-encrypt a file in place, but the salt that the key is derived with stands in the file's first bytes,
while the pages may stand in the log: a crash between the two would leave a file that neither passphrase opens.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from magdesk.casefile import backup, failures, keys
from magdesk.casefile.connection import RawConnection, connect
from magdesk.casefile.keys import Key, KeyCost
from magdesk.errors import CaseFileLocked, WrongPassphrase
from magdesk.i18n import _

_WAIT_MS = 2000


def new_key(present: Key, old: str, new: str, cost: KeyCost | None) -> Key:
    """A key from the new passphrase and a fresh salt.

    Raises:
        WrongPassphrase: the old one does not give the present key.
        UserError: one of them is empty.
    """
    check = keys.derive_key(old, present.salt, cost)
    try:
        if not present.same_as(check):
            raise WrongPassphrase(_("The current passphrase is not correct."), _("Nothing was changed."))
    finally:
        check.wipe()
    return keys.derive_key(new, keys.new_salt(), cost)


def encrypt_copy(target: Path, opener: Callable[[], RawConnection], key: Key) -> None:
    """Write a copy of the file under the new key, read back and checked."""
    raw = opener()
    try:
        backup.write_copy(raw, target, key)
    except OSError as error:
        raise backup.cannot_write(target) from error
    finally:
        raw.close()
    copy = connect(target, key)
    try:
        with failures.translated():
            if copy.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
                raise failures.damaged()
    finally:
        copy.close()


def replace(path: Path, replacement: Path, key: Key) -> None:
    """Put the copy in the place of the file that ``key`` opens.

    Raises:
        CaseFileLocked: someone still has the old file open.
    """
    raw = connect(path, key)
    try:
        # Leaving WAL works only for the last connection and takes the log away: a log left beside the new file
        # would be taken for its own.
        raw.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
        with failures.translated():
            mode = raw.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        if mode != "delete":
            raise CaseFileLocked(
                _("Something else is reading the case file."),
                _("Close any window that shows its evidence, on other computers too, then try again."),
            )
    finally:
        raw.close()
    replacement.replace(path)
    backup.sync_folder(path.parent)


def restore_log(raw: RawConnection, path: Path) -> None:
    """Return to WAL after a crash between leaving it and the replacement; only the writer may, on its one connection.

    A rollback journal that still had something to say was used when the file was read; the rest is an empty husk.
    """
    mode = raw.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if mode == "wal":
        path.with_name(path.name + "-journal").unlink(missing_ok=True)
