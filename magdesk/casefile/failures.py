"""What the database driver raises, in words for people. The one place that reads driver errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as driver

from magdesk import paths
from magdesk.errors import CaseFileDamaged, CaseFileError, CaseFileLocked, MagdeskError, WrongPassphrase
from magdesk.i18n import _

DriverError: type[Exception] = driver.Error
"""Base of all that the driver raises."""


def translate(error: BaseException) -> MagdeskError | None:
    """The failure in the program's own terms, or nothing when it is a bug (a broken rule, wrong SQL)."""
    if isinstance(error, driver.IntegrityError | driver.ProgrammingError | driver.InterfaceError):
        return None
    text = str(error)
    if "disk is full" in text:
        return disk_full()
    if "disk I/O error" in text or "unable to open database file" in text:
        return CaseFileError(
            _("The disk failed while the case file was being read or written; the last change was not saved."),
            _("Check that the drive is still connected and has free space, then open the case again."),
        )
    if "locked" in text or "busy" in text:
        return CaseFileLocked(
            _("The case file is busy: another operation on it has not finished."), _("Wait a moment, then try again.")
        )
    if "readonly" in text:
        return read_only_medium()
    if "malformed" in text or "not a database" in text or "corrupt" in text:
        return damaged()
    return None


def read_only_medium() -> CaseFileError:
    """The failure of a file that its rights or its drive do not let anybody write."""
    return CaseFileError(
        _("The case file cannot be changed: it is read-only, or it is on a read-only drive."),
        _("Open it as read-only, or copy it to one of your own folders and open the copy."),
    )


def disk_full() -> CaseFileError:
    """The failure of a disk without room."""
    return CaseFileError(_("The disk is full; nothing was changed."), _("Free some space, then try again."))


def damaged() -> CaseFileDamaged:
    """The failure of a file whose pages do not verify."""
    return CaseFileDamaged(
        _("The case file is damaged: part of it fails verification."),
        restore_hint(),
    )


def restore_hint() -> str:
    """Where the backups lie and how one is brought back: for every message that sends someone to a backup."""
    return _(
        "The backups are in “{folder}”. “Restore a backup” in the File menu, or “magdesk restore” with "
        "the file, lists them and places one next to this file, which is kept."
    ).format(folder=paths.user_data() / "backups")


@contextmanager
def translated(*, unlocking: bool = False) -> Iterator[None]:
    """Raise driver errors of the block as the program's own.

    Args:
        unlocking: the block tries a key for the first time, so unreadable pages mean a wrong passphrase.
    """
    try:
        yield
    except driver.Error as error:
        if unlocking and "not a database" in str(error):
            raise WrongPassphrase(
                _("The passphrase does not open this file."),
                _(
                    "Check the keyboard layout and capital letters; if you are sure it is correct, the file is"
                    " damaged."
                ),
            ) from None
        known = translate(error)
        if known is None:
            raise
        raise known from None
