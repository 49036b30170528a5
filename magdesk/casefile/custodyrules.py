"""Which changes of rows are events of custody. Asked once per transaction, with the rows before and after it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator

from magdesk.casefile import custody
from magdesk.casefile.connection import RawConnection
from magdesk.casefile.custody import CustodyEvent, NewEntry
from magdesk.casefile.records import RowImage
from magdesk.i18n import _

EntryRow = dict[str, str | int | float | None]

_GRADING = ("reliability", "credibility", "grade", "bias_note")


def acts(raw: RawConnection, images: Iterable[RowImage]) -> Iterator[NewEntry]:
    """What happened to evidence, by the rows that were touched."""
    listed = [image for image in images if image.before != image.after]
    moved = {image.key for image in listed if image.table == "evidence" and _comes_or_goes_whole(raw, image)}
    for image in listed:
        if _owner(image) in moved:
            continue  # What goes and returns with its item is no event of its own.
        match image.table:
            case "evidence":
                yield from _evidence(raw, image.key, image.before or {}, image.after or {})
            case "verification":
                yield _verification(raw, image)
            case "timestamp_proof":
                yield _proof(image)
            case "hash_list":
                yield _hash_list(image)


def _comes_or_goes_whole(raw: RawConnection, image: RowImage) -> bool:
    return image.after is None or (image.before is None and custody.held(raw, image.key)[0])


def _owner(image: RowImage) -> uuid.UUID | None:
    if image.table not in ("verification", "timestamp_proof"):
        return None
    key = _text(image.after or image.before or {}, "evidence_id")
    return uuid.UUID(key) if key else None


def _evidence(raw: RawConnection, key: uuid.UUID, before: EntryRow, after: EntryRow) -> Iterator[NewEntry]:
    old, new = _text(before, "sha256"), _text(after, "sha256")
    original = _text(after, "translation_of_id")
    if not before and new and custody.held(raw, key)[0]:
        yield from _return(raw, key, new)
        return
    if old != new:
        if not new:
            yield NewEntry(CustodyEvent.WITHDRAWN, key, input=old)
        elif old:
            yield NewEntry(CustodyEvent.REPLACED, key, input=old, output=new)
        else:
            yield from _arrival(key, after, new)
    if original and original != _text(before, "translation_of_id"):
        yield NewEntry(
            CustodyEvent.TRANSLATED, key, input=_digest(raw, original), output=new, note=_text(after, "translator")
        )
    if after and (before or _judged(after)) and any(before.get(name) != after.get(name) for name in _GRADING):
        yield NewEntry(CustodyEvent.GRADED, key, input=new, output=new, note=_grades(before, after))


def _return(raw: RawConnection, key: uuid.UUID, digest: str) -> Iterator[NewEntry]:
    """A row the ledger knows: brought back, or loaded together with its ledger, which then says all there is."""
    if custody.held(raw, key)[1] != digest:
        yield NewEntry(CustodyEvent.RESTORED, key, output=digest)


def _arrival(key: uuid.UUID, row: EntryRow, digest: str) -> Iterator[NewEntry]:
    web = _text(row, "url")
    yield NewEntry(
        CustodyEvent.CAPTURED if web else CustodyEvent.RECEIVED,
        key,
        stated=_text(row, "accessed_at") if web else _text(row, "obtained_on"),
        output=digest,
        medium=web or _text(row, "device"),
        note=_text(row, "file_name"),
    )
    yield NewEntry(CustodyEvent.HASHED, key, output=digest, note=f"SHA-256, {row.get('size')} bytes")


def _verification(raw: RawConnection, image: RowImage) -> NewEntry:
    row = image.after or image.before or {}
    words = [_text(row, "result"), _text(row, "verified_by")]
    if image.after is None:
        words.insert(0, _("record removed"))
    digest = _digest(raw, _text(row, "evidence_id"))
    return NewEntry(
        CustodyEvent.VERIFIED,
        uuid.UUID(_text(row, "evidence_id")),
        stated=_text(row, "verified_on"),
        input=digest,
        output=digest,
        note=", ".join(word for word in words if word),
    )


def _proof(image: RowImage) -> NewEntry:
    row = image.after or image.before or {}
    evidence = _text(row, "evidence_id")
    return NewEntry(
        CustodyEvent.TIMESTAMPED,
        uuid.UUID(evidence) if evidence else None,
        stated=_text(row, "stamped_at"),
        input=_text(row, "stamped"),
        output=_text(row, "sha256"),
        note=_text(row, "kind") if image.after else _("{kind}: proof removed").format(kind=_text(row, "kind")),
    )


def _hash_list(image: RowImage) -> NewEntry:
    row = image.after or image.before or {}
    note = _("hash list of {day}, entries {first} to {last}").format(
        day=_text(row, "day"), first=row.get("first_entry"), last=row.get("last_entry")
    )
    return NewEntry(
        CustodyEvent.EXPORTED, output=_text(row, "root"), note=note if image.after else f"{note}: removed"
    )


def _digest(raw: RawConnection, key: str) -> str:
    row = raw.execute("SELECT sha256 FROM evidence WHERE id = ?", (key,)).fetchone()
    return str(row[0]) if row is not None else ""


def _judged(row: EntryRow) -> bool:
    """Whether a new row is graded beyond what every row begins with."""
    return _code(row) != "F6" or bool(row.get("grade")) or bool(row.get("bias_note"))


def _grades(before: EntryRow, after: EntryRow) -> str:
    words = []
    if _code(before) != _code(after):
        words.append(f"{_code(before)} → {_code(after)}" if before else _code(after))
    if before.get("grade") != after.get("grade"):
        words.append(_("grade {old} → {new}").format(old=before.get("grade") or "–", new=after.get("grade") or "–"))
    if before.get("bias_note", "") != after.get("bias_note"):
        words.append(_("bias note changed"))
    return ", ".join(words)


def _code(row: EntryRow) -> str:
    return f"{_text(row, 'reliability')}{_text(row, 'credibility')}"


def _text(row: EntryRow, name: str) -> str:
    value = row.get(name)
    return "" if value is None else str(value)
