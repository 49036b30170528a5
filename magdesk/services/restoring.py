"""Bring back a backup of a case, beside the file that is damaged; that file is kept as it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from magdesk.casefile.copies import CopyStanding, KeptCopy, KeyRing, bring_back, copies_of
from magdesk.errors import CaseFileError, WrongPassphrase
from magdesk.i18n import _
from magdesk.progress import CancelToken, Progress, no_progress

__all__ = ["CopyStanding", "KeptCopy", "list_backups", "newest_sound", "restore_backup"]


def list_backups(
    path: Path, passphrase: str, *, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> list[KeptCopy]:
    """The backups of a case file, newest first. The file may be damaged or gone; it must not be open here.

    Args:
        passphrase: that is tried on each of them.
    """
    with KeyRing(passphrase) as ring:
        return copies_of(path.absolute(), ring, progress=progress, cancel=cancel)


def newest_sound(copies: Sequence[KeptCopy]) -> KeptCopy:
    """The backup to bring back when nobody chose one: the newest that opens.

    Raises:
        WrongPassphrase: there are some, but the passphrase opens none.
        CaseFileError: there is none at all.
    """
    for copy in copies:
        if copy.standing is CopyStanding.OPENS:
            return copy
    if any(copy.standing is CopyStanding.OTHER_PASSPHRASE for copy in copies):
        raise WrongPassphrase(
            _("The passphrase opens none of the backups."),
            _("Each keeps the passphrase of the day it was made; try an earlier passphrase."),
        )
    raise CaseFileError(
        _("No backup of this case can be used."),
        _(
            "Look for copies of the case file on other drives, and keep the damaged file: parts of it may be "
            "readable."
        ),
    )


def restore_backup(
    path: Path,
    copy: KeptCopy,
    passphrase: str,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Path:
    """Put a backup beside a case file, under a name that says what it is.

    Args:
        path: the case file; nothing happens to it.
        copy: one of :func:`list_backups`.
        passphrase: at hand; the restored file opens with the one that the backup had.

    Returns:
        The restored case file.

    Raises:
        CaseFileDamaged: the backup does not verify.
        CaseFileError: it cannot be read or written.
        Cancelled: the user stopped it; nothing is left.
    """
    target = _free_name(path.absolute(), copy)
    with KeyRing(passphrase) as ring:
        bring_back(copy.path, target, ring, progress=progress, cancel=cancel)
    return target


def _free_name(path: Path, copy: KeptCopy) -> Path:
    made = copy.at.astimezone().strftime("%Y-%m-%d %H%M%S")
    stem = _("{name} (backup of {moment})").format(name=path.stem[:80], moment=made)
    target, number = path.with_name(f"{stem}{path.suffix}"), 2
    while target.exists():
        target, number = path.with_name(f"{stem} {number}{path.suffix}"), number + 1
    return target
