"""The backups of one case as they can be told from outside: which are its own, which open, and what is in them.

The set of a case is named by a key that stands inside the case, so a file that does not open cannot say which set is
its own. Its first sixteen bytes can: a backup begins with the same ones until the passphrase changes, and a flipped
byte leaves the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from magdesk.casefile import backup, failures, keys, schema
from magdesk.casefile.connection import PAGE_SIZE, connect
from magdesk.casefile.keys import SALT_BYTES, Key, KeyCost
from magdesk.casefile.pages import PageCodes, any_page_verifies
from magdesk.errors import CaseFileDamaged, CaseFileError, WrongPassphrase
from magdesk.i18n import _
from magdesk.progress import CancelToken, Progress, no_progress

_MOST_BYTES_FLIPPED = 4


class CopyStanding(StrEnum):
    """Whether a backup is of use with the passphrase at hand."""

    OPENS = "opens"
    OTHER_PASSPHRASE = "other_passphrase"  # noqa: S105  what stands in reports, not a secret
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class KeptCopy:
    """One backup.

    Attributes:
        at: when it was made, UTC.
        size: bytes.
        facts, exhibits, evidence: how many facts, items of evidence that are cited, and items in all it holds; none
            where it does not open.
    """

    path: Path
    at: datetime
    size: int
    standing: CopyStanding
    facts: int | None = None
    exhibits: int | None = None
    evidence: int | None = None


class KeyRing:
    """The keys that one passphrase gives with the salts of several files; wiped at the end of the ``with``."""

    def __init__(self, passphrase: str, cost: KeyCost | None = None) -> None:
        self._passphrase = passphrase
        self._cost = cost
        self._keys: dict[bytes, Key] = {}

    def __enter__(self) -> KeyRing:
        return self

    def __exit__(self, *_error: object) -> None:
        for key in self._keys.values():
            key.wipe()

    def key(self, salt: bytes) -> Key:
        """The key for a file that begins with this salt."""
        if salt not in self._keys:
            self._keys[salt] = keys.derive_key(self._passphrase, salt, self._cost)
        return self._keys[salt]


def copies_of(
    path: Path,
    ring: KeyRing,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> list[KeptCopy]:
    """The backups of a case file, newest first; it may be damaged, or gone.

    Where nothing tells which set is its own, all that open with the passphrase are given.

    Args:
        path: of the case file; it must not be open in this process.

    Raises:
        WrongPassphrase: there are backups, but nothing tells which are of this case, and none of them opens.
    """
    own = _own(path, ring)
    entries = own if own is not None else [entry for entries in _sets() for entry in entries]
    found = []
    for done, (at, file) in enumerate(sorted(entries, reverse=True)):
        if cancel is not None:
            cancel.check()
        progress(done, len(entries), "")
        copy = _look(at, file, ring)
        if own is not None or copy.standing is CopyStanding.OPENS:
            found.append(copy)
    progress(len(entries), len(entries), "")
    if own is None and entries and not found:
        raise WrongPassphrase(
            _("The passphrase opens none of the backups on this computer, and does not show which are of this case."),
            _("Each keeps the passphrase of the day it was made; try an earlier passphrase."),
        )
    return found


def _sets() -> Iterator[list[tuple[datetime, Path]]]:
    root = backup.root()
    if root.is_dir():
        for folder in sorted(root.iterdir()):
            entries = backup.listing_in(folder)
            if entries:
                yield entries


def _own(path: Path, ring: KeyRing) -> list[tuple[datetime, Path]] | None:
    """The set that is surely the case's: by the key inside where it opens, else by its first bytes; else none."""
    try:
        salt = keys.file_salt(path)
    except CaseFileError:
        return None
    near = [entries for entries in _sets() if any(_distance(salt, _salt(file)) == 0 for _at, file in entries)]
    if not near:
        near = [
            entries
            for entries in _sets()
            if any(_distance(salt, _salt(file)) <= _MOST_BYTES_FLIPPED for _at, file in entries)
        ]
    if not near:
        try:
            raw = connect(path, ring.key(salt), read_only=True)
        except CaseFileError:
            return None
        try:
            with failures.translated():
                return backup.listing(schema.case_id(raw))
        except CaseFileError:
            return None
        finally:
            raw.close()
    return [entry for entries in near for entry in entries]


def _salt(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(SALT_BYTES)
    except OSError:
        return b""


def _distance(one: bytes, other: bytes) -> int:
    """In how many bytes two salts differ."""
    if len(one) != len(other):
        return SALT_BYTES
    return sum(a != b for a, b in zip(one, other, strict=True))


def _look(at: datetime, file: Path, ring: KeyRing) -> KeptCopy:
    size = 0
    try:
        size = file.stat().st_size
        key = ring.key(keys.file_salt(file))
        # Nobody writes to a backup, and on a full disk there is no room for anything beside it.
        raw = connect(file, key, untouched=True)
        try:
            with failures.translated():
                schema.read_version(raw)
                facts, exhibits, evidence = raw.execute(
                    "SELECT (SELECT count(*) FROM fact), (SELECT count(DISTINCT evidence_id) FROM citation),"
                    " (SELECT count(*) FROM evidence)"
                ).fetchone()
        finally:
            raw.close()
    except WrongPassphrase:
        damaged = any_page_verifies(file, key)
        return KeptCopy(file, at, size, CopyStanding.DAMAGED if damaged else CopyStanding.OTHER_PASSPHRASE)
    except (CaseFileError, OSError):
        return KeptCopy(file, at, size, CopyStanding.DAMAGED)
    return KeptCopy(file, at, size, CopyStanding.OPENS, facts, exhibits, evidence)


def bring_back(
    copy: Path,
    target: Path,
    ring: KeyRing,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> None:
    """Copy a backup to a place of its own. It opens with the passphrase of the day on which it was made.

    Where the passphrase at hand opens it, every page is checked on the way.

    Raises:
        UserError: something stands at the target.
        CaseFileDamaged: a page of the backup does not verify; nothing is left.
        CaseFileError: it cannot be read or written.
        Cancelled: the user stopped it; nothing is left.
    """
    key = ring.key(keys.file_salt(copy))
    codes = PageCodes(key) if any_page_verifies(copy, key) else None

    def pages() -> Iterator[bytes]:
        with copy.open("rb") as stream:
            total = stream.seek(0, 2)
            stream.seek(0)
            number = 0
            while page := stream.read(PAGE_SIZE):
                number += 1
                if cancel is not None:
                    cancel.check()
                if codes is not None and not codes.verifies(page, number):
                    raise CaseFileDamaged(
                        _("This backup is damaged as well: page {number} fails verification.").format(number=number),
                        _("Choose an older one."),
                    )
                progress(number * PAGE_SIZE, total, "")
                yield page

    backup.write_new(target, pages())


def explain(path: Path, passphrase: str, cost: KeyCost | None) -> CaseFileError:
    """Why a file does not open with a passphrase, told apart as far as can be.

    One page that fits the key proves the passphrase. Where none does, the first bytes, with which the key is derived,
    may be damaged: those of the backups of the same case are tried.

    Args:
        path: of a file that did not open; it must not be open in this process.
    """
    hint = failures.restore_hint()
    with KeyRing(passphrase, cost) as ring:
        salt = keys.file_salt(path)
        if any_page_verifies(path, ring.key(salt)):
            return CaseFileDamaged(
                _("The passphrase is correct, but the beginning of the file is damaged, so it cannot be opened."),
                hint,
            )
        known = {_salt(file) for entries in _sets() for _at, file in entries}
        if salt in known:
            return WrongPassphrase(
                _("The passphrase does not open this file."), _("Check the keyboard layout and capital letters.")
            )
        for other in sorted(known):
            if _distance(salt, other) <= _MOST_BYTES_FLIPPED and any_page_verifies(path, ring.key(other)):
                return CaseFileDamaged(
                    _(
                        "The passphrase is correct, but the first bytes of the file are damaged, so it cannot be"
                        " opened."
                    ),
                    hint,
                )
    return WrongPassphrase(
        _("The passphrase does not open this file."),
        _("Check the keyboard layout and capital letters. If you are sure it is correct, the file is damaged.")
        + " "
        + hint,
    )
