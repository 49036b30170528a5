"""Rows of taken files: the item, what it says of itself, the items inside it, and its text in the index."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from pathlib import Path, PurePath

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from magdesk.casefile import CaseFile
from magdesk.casefile.custody import CustodyEvent, NewEntry
from magdesk.i18n import _
from magdesk.model import Evidence
from magdesk.model.evidence import Detail, SourceType
from magdesk.services.evidence.report import Added, Duplicate, Taken
from magdesk.values import now

ORIGIN = "origin"
"""Section of details that tell where an item was taken out of; they stay when it is read again."""

LOCK = "lock"
"""Section of the detail that an item has for as long as a password is needed to read it."""

_ATTACHMENTS_TOLD = 300
_PATH_INSIDE = "Path inside"
_LAST_RANK = "magdesk.evidence.last_rank"
_MAIL = ("message/rfc822", "application/vnd.ms-outlook", "application/mbox")
_INHERITED = ("obtained_by", "obtained_from", "obtained_on", "obtained_where", "obtained_how", "device", "lawfulness",
              "access")  # fmt: skip


def find_known(case: CaseFile, sha256: str) -> Duplicate | None:
    """The item that holds these bytes, if there is one. In a thread that may change the case."""
    found = case.session.execute(select(Evidence.id, Evidence.title).where(Evidence.sha256 == sha256)).first()
    return Duplicate(Path(), found.id, found.title) if found else None


def record_family(case: CaseFile, taken: Taken, part_of: uuid.UUID | None = None) -> tuple[Evidence, int] | None:
    """Write the rows of a stored file and of the files inside it, and index their text, as one journal step.

    Args:
        part_of: the item it was taken out of.

    Returns:
        The new row and how many items inside it are new; ``None`` when the case already holds these bytes.
    """
    if case.session.scalar(select(Evidence.id).where(Evidence.sha256 == taken.sha256)) is not None:
        return None
    with case.change(_("Add evidence “{name}”").format(name=taken.name)) as session:
        row = evidence_row(session, taken)
        whole = session.get(Evidence, part_of) if part_of is not None else None
        if whole is not None:
            attach(row, whole)
        session.add(row)
        session.flush()
        case.index.put(Evidence.__tablename__, row.id, taken.facts.text)
        count = add_children(case, session, row, taken)
        if taken.name_bytes:
            note = _("file name as bytes: {name}").format(name=taken.name_bytes)
            case.attest(NewEntry(CustodyEvent.RECEIVED, row.id, output=row.sha256, note=note))
    return row, count


def evidence_row(session: Session, taken: Taken) -> Evidence:
    """The row of a stored file, behind all others, not yet added."""
    row = Evidence(
        title=PurePath(taken.name).stem,
        source_type=_source_type(taken.facts.media_type),
        file_name=taken.name,
        sha256=taken.sha256,
        size=taken.size,
        added_at=now(),
        rank=_next_rank(session),
    )
    if row.source_type is not SourceType.PHOTO_VIDEO:
        row.published = taken.facts.created
    write_facts(row, taken)
    return row


def _next_rank(session: Session) -> int:
    """Behind all others. The highest rank is looked up once a session: that reads every row."""
    last = session.info.get(_LAST_RANK)
    if last is None:
        last = session.scalar(select(func.max(Evidence.rank)))
    following = 0 if last is None else int(last) + 1
    session.info[_LAST_RANK] = following
    return following


def write_facts(row: Evidence, taken: Taken) -> None:
    """What was read from the file into its row; what people wrote there stays."""
    facts = taken.facts
    row.media_type = facts.media_type
    row.pages, row.width, row.height, row.duration = facts.pages, facts.width, facts.height, facts.duration
    row.text_layer, row.reading_note = facts.text_layer, facts.note
    kept = [detail for detail in row.details if detail.section == ORIGIN]
    told = [(one.section, one.name, one.value) for one in facts.details]
    if facts.locked:
        told.append((LOCK, "Password", "needed to read the file"))
    if not kept:
        told = [*_origin(taken), *told]
    row.details = kept + [
        Detail(section=section, name=name, value=value, rank=len(kept) + rank)
        for rank, (section, name, value) in enumerate([*told, *_attachments(taken)])
    ]


def path_inside(details: Iterable[Detail]) -> str:
    """The path that an item had inside what it came with; empty where none was noted."""
    return next((one.value for one in details if (one.section, one.name) == (ORIGIN, _PATH_INSIDE)), "")


def attach(row: Evidence, parent: Evidence) -> None:
    """The row came inside that item: from where it was obtained, and is shown to nobody who may not see that."""
    row.part_of_id = parent.id
    for name in _INHERITED:
        setattr(row, name, getattr(parent, name))


def add_children(case: CaseFile, session: Session, parent: Evidence, taken: Taken) -> int:
    """Rows for the files inside a file, unless the case holds their bytes already; how many there are."""
    count = 0
    for child in taken.children:
        known = session.scalar(select(Evidence.id).where(Evidence.sha256 == child.sha256))
        if known is not None:
            continue
        row = evidence_row(session, child)
        attach(row, parent)
        session.add(row)
        session.flush()
        case.index.put(Evidence.__tablename__, row.id, child.facts.text)
        count += 1 + add_children(case, session, row, child)
    return count


def added(row: Evidence, children: int, taken: Taken) -> Added:
    """The report's line on a new item."""
    return Added(
        row.id,
        row.title,
        row.media_type,
        row.sha256,
        row.reading_note,
        any(member.facts.locked for member in taken.family()),
        children,
        tuple(member.facts.fault for member in taken.family() if member.facts.fault),
    )


def _source_type(media_type: str) -> SourceType:
    if media_type.partition("/")[0] in ("image", "video", "audio"):
        return SourceType.PHOTO_VIDEO
    return SourceType.CORRESPONDENCE if media_type in _MAIL else SourceType.UNCLASSIFIED


def _origin(taken: Taken) -> list[tuple[str, str, str]]:
    told = []
    if taken.archive:
        told.append((ORIGIN, "Taken out of", taken.archive))
    if taken.within:
        told.append((ORIGIN, _PATH_INSIDE, taken.within))
    if taken.name_bytes:
        told.append((ORIGIN, "Bytes of the file name", taken.name_bytes))
    return told


def _attachments(taken: Taken) -> list[tuple[str, str, str]]:
    told = [("attachment", child.name, f"SHA-256 {child.sha256}") for child in taken.children[:_ATTACHMENTS_TOLD]]
    if taken.facts.media_type != "application/zip":
        there = {child.name for child in taken.children} | {child.within for child in taken.children}
        missing = [name for name in dict.fromkeys((*taken.facts.attached, *taken.lost)) if name not in there]
        told += [("attachment", name[:120], _("not taken out")) for name in missing[:_ATTACHMENTS_TOLD]]
    return told
