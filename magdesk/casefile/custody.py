"""The custody ledger: what happened to each item of evidence, in a chain that nothing is ever taken out of.

The vocabulary is that of PREMIS events. Undo does not reach the ledger: an item that is taken back is ``withdrawn``,
one that comes back is ``restored``. The hash of an entry is :func:`chain.digest_of` over all its other fields by
their names (see :meth:`Entry.record`), the hash of the entry before among them. How many entries there are and the
hash of the last stand in the table ``meta`` and in every step of the journal.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

import magdesk
from magdesk.casefile import chain
from magdesk.casefile.chain import Head
from magdesk.casefile.connection import RawConnection
from magdesk.errors import InputError
from magdesk.i18n import _
from magdesk.values import clean_text, new_id, now

HEAD = "custody"
"""Name of the row of ``meta`` that notes where the ledger ends."""


class CustodyEvent(StrEnum):
    """What happened."""

    RECEIVED = "received"
    CAPTURED = "captured"
    HASHED = "hashed"
    VERIFIED = "verified"
    FIXITY = "fixity_check"
    VIEWED = "viewed"
    COPIED = "copied"
    TRANSLATED = "translated"
    TRANSCRIBED = "transcribed"
    REDACTED = "redacted"
    GRADED = "graded"
    TIMESTAMPED = "timestamped"
    EXPORTED = "exported"
    TRANSMITTED = "transmitted"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    LOADED = "loaded"


_BRING = frozenset(
    {CustodyEvent.RECEIVED, CustodyEvent.CAPTURED, CustodyEvent.HASHED, CustodyEvent.REPLACED, CustodyEvent.RESTORED}
)
_HOLDING = tuple(sorted(_BRING | {CustodyEvent.WITHDRAWN}))


@dataclass(frozen=True, slots=True)
class NewEntry:
    """Something that happened, before it is an entry.

    Attributes:
        evidence: the item; none for the case as a whole.
        stated: when it happened by someone's own statement, where that differs from the clock of this computer.
        input: SHA-256 of the bytes it began with.
        output: SHA-256 of the bytes it ended with.
        medium: the place or medium: a folder, a device, a recipient.
    """

    kind: CustodyEvent
    evidence: uuid.UUID | None = None
    stated: str = ""
    input: str = ""
    output: str = ""
    medium: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, with the texts as they are stored.

    Attributes:
        sequence: from 1, without gaps.
        id: UUIDv7.
        evidence: key of the item; empty for the case as a whole.
        at: moment by the clock of the computer, ISO 8601, UTC.
        actor: who was working.
        tool: program and version.
        previous: hash of the entry before.
        hash: of this one.
    """

    sequence: int
    id: str
    evidence: str
    at: str
    stated: str
    actor: str
    tool: str
    kind: str
    input: str
    output: str
    medium: str
    note: str
    previous: str
    hash: str

    def record(self) -> dict[str, str | int]:
        """The fields that the hash is taken over."""
        return {name: getattr(self, name) for name in _COLUMNS[:-1]}

    @property
    def moment(self) -> datetime:
        """When it was written."""
        return datetime.fromisoformat(self.at)

    @property
    def item(self) -> uuid.UUID | None:
        """The item of evidence, if it is about one."""
        return uuid.UUID(self.evidence) if self.evidence else None


_COLUMNS = tuple(field.name for field in fields(Entry))
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM custody"  # noqa: S608 - names of fields
_INSERT = f"INSERT INTO custody ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608


def append(raw: RawConnection, acts: Iterable[NewEntry], actor: str) -> int:
    """Write entries, in the transaction that is open.

    Returns:
        How many.
    """
    written = 0
    head = end(raw)
    for act in acts:
        entry = Entry(
            sequence=head.count + 1,
            id=str(new_id()),
            evidence=str(act.evidence) if act.evidence else "",
            at=now().isoformat(timespec="milliseconds"),
            stated=_clean(act.stated),
            actor=_clean(actor),
            tool=f"MagDesk {magdesk.__version__}",
            kind=act.kind.value,
            input=_clean(act.input),
            output=_clean(act.output),
            medium=_clean(act.medium),
            note=_clean(act.note),
            previous=head.digest,
            hash="",
        )
        head = Head(entry.sequence, chain.digest_of(entry.record()))
        raw.execute(_INSERT, (*(getattr(entry, name) for name in _COLUMNS[:-1]), head.digest))
        written += 1
    if written:
        chain.write_head(raw, HEAD, head)
    return written


def end(raw: RawConnection) -> Head:
    """Where the ledger itself ends."""
    row = raw.execute("SELECT sequence, hash FROM custody ORDER BY sequence DESC LIMIT 1").fetchone()
    return Head(*row) if row is not None else Head()


def entries(raw: RawConnection, evidence: uuid.UUID | None = None, *, after: int = 0) -> Iterator[Entry]:
    """The entries in their order: all, or those of one item."""
    if evidence is None:
        rows = raw.execute(f"{_SELECT} WHERE sequence > ? ORDER BY sequence", (after,))
    else:
        query = f"{_SELECT} WHERE evidence = ? AND sequence > ? ORDER BY sequence"
        rows = raw.execute(query, (str(evidence), after))
    for row in rows:
        yield Entry(*row)


def held(raw: RawConnection, evidence: uuid.UUID) -> tuple[bool, str]:
    """Whether the ledger ever had the item, and the digest of the bytes that it says are in the case now."""
    marks = ", ".join("?" * len(_HOLDING))
    row = raw.execute(
        f"SELECT kind, output FROM custody WHERE evidence = ? AND kind IN ({marks})"  # noqa: S608 - marks only
        " ORDER BY sequence DESC LIMIT 1",
        (str(evidence), *_HOLDING),
    ).fetchone()
    return row is not None, row[1] if row is not None and row[0] in _BRING else ""


def holdings(all_entries: Iterable[Entry]) -> dict[str, str]:
    """By item, the digest of the bytes that the ledger says are in the case."""
    found: dict[str, str] = {}
    for entry in all_entries:
        if entry.kind in _BRING and entry.output:
            found[entry.evidence] = entry.output
        elif entry.kind == CustodyEvent.WITHDRAWN:
            found.pop(entry.evidence, None)
    return found


def first_break(all_entries: Iterable[Entry]) -> tuple[Head, str]:
    """Follow the chain from its beginning.

    Returns:
        Where it holds up to, and a sentence that names the first entry that does not fit; empty when all do.
    """
    head = Head()
    for entry in all_entries:
        if entry.sequence != head.count + 1:
            return head, _("Entry {number} of the custody ledger is missing.").format(number=head.count + 1)
        own = chain.digest_of(entry.record())
        if entry.previous != head.digest:
            if own == entry.hash and head.count:
                return head, _(
                    "Entry {number} of the custody ledger was changed after it was written: {what}, which follows,"
                    " does not continue it."
                ).format(number=head.count, what=describe(entry))
            return head, _("{what} of the custody ledger was changed after it was written.").format(
                what=describe(entry)
            )
        if own != entry.hash:
            return head, _("{what} of the custody ledger was changed after it was written.").format(
                what=describe(entry)
            )
        head = Head(entry.sequence, entry.hash)
    return head, ""


def describe(entry: Entry) -> str:
    """An entry in a few words, for sentences about it."""
    about = _(", item {key}").format(key=entry.evidence) if entry.evidence else ""
    return _("Entry {number} (“{kind}”, {at}{about})").format(
        number=entry.sequence, kind=entry.kind, at=entry.at, about=about
    )


def to_json(entry: Entry) -> dict[str, str | int]:
    """The entry as a JSON object, its hash included."""
    return {name: getattr(entry, name) for name in _COLUMNS}


def from_json(values: object) -> Entry:
    """An entry from its JSON object, verbatim.

    Raises:
        InputError: it is not one.
    """
    wanted = {name: int if name == "sequence" else str for name in _COLUMNS}
    if (
        not isinstance(values, dict)
        or values.keys() != wanted.keys()
        or any(type(values[name]) is not kind for name, kind in wanted.items())
    ):
        raise InputError(
            _("A line in the custody ledger is not a valid entry."), _("Use the ledger exactly as MagDesk wrote it.")
        )
    typed: dict[str, Any] = values
    return Entry(**typed)


def restore(raw: RawConnection, given: Iterable[Entry]) -> int:
    """Put the entries of another copy of the case into an empty ledger, verbatim.

    Returns:
        How many.

    Raises:
        InputError: the chain does not hold; the message names the first broken entry.
    """
    listed = list(given)
    head, problem = first_break(listed)
    if problem:
        raise InputError(problem, _("The case was not loaded. Use the ledger exactly as MagDesk wrote it."))
    if end(raw).count:
        raise RuntimeError("a ledger can only be restored into an empty one")
    for entry in listed:
        raw.execute(_INSERT, tuple(getattr(entry, name) for name in _COLUMNS))
    chain.write_head(raw, HEAD, head)
    return len(listed)


def _clean(text: str) -> str:
    return clean_text(text, multiline=False).strip()
