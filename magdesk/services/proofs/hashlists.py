"""Lists of digests for outside timestamping: one Merkle root a day leaves the house, and nothing else.

A list holds the digest of everything that came into custody on a day (UTC), sorted, and last the hash of the last
entry of the custody ledger on that day, so that a stamped root also fixes the ledger up to there. The tree is that
of RFC 6962, section 2.1 (a leaf is SHA-256 of 00 and the digest, a node SHA-256 of 01 and its two children). The file
that is stamped holds the root in hex and a line feed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select

from magdesk import unfinished
from magdesk.casefile import CaseFile
from magdesk.casefile.custody import CustodyEvent, Entry
from magdesk.errors import CaseFileDamaged, ExportError, UserError
from magdesk.i18n import _
from magdesk.model import HashList
from magdesk.values import now

_ARRIVALS = frozenset(
    {CustodyEvent.RECEIVED, CustodyEvent.CAPTURED, CustodyEvent.HASHED, CustodyEvent.REPLACED, CustodyEvent.RESTORED}
)


@dataclass(frozen=True, slots=True)
class Listing:
    """The digests of one day.

    Attributes:
        leaves: hex digests in the order of the tree's leaves.
    """

    day: date
    first_entry: int
    last_entry: int
    leaves: tuple[str, ...]

    @property
    def root(self) -> str:
        """The Merkle root, hex."""
        return merkle_root(self.leaves)


@dataclass(frozen=True, slots=True)
class ListFiles:
    """What was written.

    Attributes:
        root_file: to be stamped; holds the root and nothing else.
        list_file: to be kept: it lists the digests, and whoever has a file can tell whether it is among them.
    """

    row: HashList
    root_file: Path
    list_file: Path


def merkle_root(leaves: Sequence[str]) -> str:
    """The root of the tree over hex digests (RFC 6962, section 2.1)."""
    return _tree([bytes.fromhex(leaf) for leaf in leaves]).hex()


def _tree(leaves: Sequence[bytes]) -> bytes:
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return hashlib.sha256(b"\x01" + _tree(leaves[:split]) + _tree(leaves[split:])).digest()


def root_text(root: str) -> bytes:
    """The bytes of the file that is stamped."""
    return f"{root}\n".encode("ascii")


def days(case: CaseFile) -> list[date]:
    """The days, in UTC, on which something came into custody."""
    return sorted({_day(entry) for entry in case.custody() if _arrived(entry)})


def listing(entries: Iterable[Entry], day: date, up_to: int | None = None) -> Listing | None:
    """What came into custody on a day.

    Args:
        entries: the custody ledger.
        up_to: number of the last entry to count; none for all.

    Returns:
        The list, or nothing when there was nothing.
    """
    of_day = [entry for entry in entries if _day(entry) == day and (up_to is None or entry.sequence <= up_to)]
    digests = sorted({entry.output for entry in of_day if _arrived(entry)})
    if not digests:
        return None
    return Listing(day, of_day[0].sequence, of_day[-1].sequence, (*digests, of_day[-1].hash))


def export_hash_list(case: CaseFile, to: Path, day: date) -> ListFiles:
    """Write the root file and the list of one day, and note in the case what was handed out.

    A day that was written before and to which nothing came since is written again as it was.

    Args:
        to: the root file to be made, ``.txt``; the list is written beside it.

    Raises:
        UserError: nothing came in on that day, or a file exists.
        ExportError: the folder cannot be written.
    """
    entries = case.custody()
    whole = listing(entries, day)
    if whole is None:
        raise UserError(
            _("Nothing was added to the case on {day} (UTC).").format(day=day.isoformat()), _("Choose another day.")
        )
    row = next((row for row in _lists(case, day) if _same_digests(entries, row, whole)), None)
    if row is None:
        row = HashList(
            day=day,
            first_entry=whole.first_entry,
            last_entry=whole.last_entry,
            count=len(whole.leaves),
            root=whole.root,
            made_at=now(),
        )
        given = whole
    else:
        given = verified_listing(entries, row)
    list_file = to.with_name(f"{to.stem}-sha256.txt")
    with ExitStack() as undo:
        # A root that nobody noted, or whose list is missing, is worth nothing.
        for path, content in (
            (to, root_text(given.root)),
            (list_file, "".join(f"{leaf}\n" for leaf in given.leaves).encode("ascii")),
        ):
            _write(path, content)
            undo.callback(path.unlink, missing_ok=True)
        with case.change(_("Hash list of {day}").format(day=day.isoformat())) as session:
            session.add(row)
        undo.pop_all()
    return ListFiles(row, to, list_file)


def verified_listing(entries: Iterable[Entry], row: HashList) -> Listing:
    """The list a row stands for, taken from the ledger again.

    Raises:
        CaseFileDamaged: the ledger no longer gives the root that was handed out.
    """
    found = listing(entries, row.day, row.last_entry)
    if found is None or found.root != row.root or found.first_entry != row.first_entry:
        raise CaseFileDamaged(
            _("The custody ledger no longer reproduces the hash list of {day} that was written.").format(
                day=row.day.isoformat()
            ),
            _("Run “magdesk verify” on the case."),
        )
    return found


def _lists(case: CaseFile, day: date) -> list[HashList]:
    query = select(HashList).where(HashList.day == day).order_by(HashList.last_entry.desc(), HashList.id)
    return list(case.session.scalars(query))


def _same_digests(entries: Sequence[Entry], row: HashList, whole: Listing) -> bool:
    before = listing(entries, row.day, row.last_entry)
    return before is not None and before.root == row.root and before.leaves[:-1] == whole.leaves[:-1]


def _arrived(entry: Entry) -> bool:
    return entry.kind in _ARRIVALS and bool(entry.output)


def _day(entry: Entry) -> date:
    return entry.moment.date()


def _write(path: Path, content: bytes) -> None:
    if path.exists():
        raise UserError(_("“{name}” already exists.").format(name=path.name), _("Choose another name."))
    try:
        with unfinished.making(path, clear=True) as part:
            part.write_bytes(content)
            part.replace(path)
    except OSError as error:
        raise ExportError(
            _("“{name}” cannot be written: {why}.").format(name=path.name, why=error.strerror or "?"),
            _("Free some space there, or choose another place."),
        ) from error
