"""The items of evidence as light lines, read in one query of columns, and what other tables say about them."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime

from sqlalchemy.orm import Session

from magdesk.casefile import CaseFile
from magdesk.dates.partialdate import PartialDate
from magdesk.i18n import _
from magdesk.model import Detail, Evidence, Name, TimestampProof, Verification
from magdesk.model.evidence import (
    Access,
    Copy,
    Credibility,
    Grade,
    Reliability,
    SourceType,
    VerificationResult,
)
from magdesk.model.people import NameKind
from magdesk.services.evidence.rows import LOCK

_MANY = 400  # keys in one question


@dataclass(frozen=True, slots=True, eq=False)
class EvidenceLine:
    """One item, with the columns of its row that a list shows, sorts by or filters."""

    id: uuid.UUID
    rank: int
    title: str
    title_english: str
    source_type: SourceType
    author: str
    publisher: str
    published: PartialDate | None
    document_number: str
    language: str
    translator: str
    cite_as: str
    file_name: str
    sha256: str
    size: int
    media_type: str
    pages: int | None
    width: int | None
    height: int | None
    duration: float | None
    text_layer: bool
    reading_note: str
    password: str = field(repr=False)
    added_at: datetime | None
    url: str
    archive_url: str
    accessed_at: datetime | None
    capture_method: str
    obtained_by: str
    obtained_from: str
    obtained_on: PartialDate | None
    obtained_where: str
    obtained_how: str
    device: str
    context: str
    copy: Copy
    lawfulness: str
    grade: Grade | None
    reliability: Reliability
    credibility: Credibility
    bias_note: str
    verified_on: date | None
    access: Access
    produce: bool
    translation_of_id: uuid.UUID | None
    derived_from_id: uuid.UUID | None
    part_of_id: uuid.UUID | None
    speaker_id: uuid.UUID | None
    supplier_id: uuid.UUID | None
    sealed: bool
    """Whether it needed a password when it was read last, and none was known."""

    @property
    def name(self) -> str:
        """The item in a few words."""
        return self.title or self.title_english or self.file_name or _("Untitled")

    @property
    def locked(self) -> bool:
        """Whether it was found locked and its password is not known yet."""
        return self.sealed and not self.password


_COLUMNS = tuple(getattr(Evidence, one.name) for one in fields(EvidenceLine) if one.name != "sealed")


@dataclass(frozen=True, slots=True)
class Aside:
    """What stands in other tables.

    Attributes:
        people: names of those whose statements there are.
        standing: what the newest examination of each item came to.
        proofs: how many outside timestamps are kept with each.
    """

    people: dict[uuid.UUID, str] = field(default_factory=dict)
    standing: dict[uuid.UUID, VerificationResult] = field(default_factory=dict)
    proofs: dict[uuid.UUID, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EvidenceListing:
    """Everything that was read at once.

    Attributes:
        lines: in the user's order.
    """

    lines: list[EvidenceLine]
    aside: Aside


def read_listing(case: CaseFile) -> EvidenceListing:
    """Read everything, in the thread that opened the case."""
    return _listing(case.session)


def read_committed_listing(case: CaseFile) -> EvidenceListing:
    """Read everything as last committed. Any thread."""
    with case.reader() as session:
        return _listing(session)


def read_lines(case: CaseFile, keys: Collection[uuid.UUID]) -> list[EvidenceLine]:
    """The items of these keys that still exist, in no order."""
    return _read(case.session, keys)


def read_aside(case: CaseFile) -> Aside:
    """Read what stands in other tables: names of speakers, examinations, proofs."""
    return _aside(case.session)


def in_order(lines: list[EvidenceLine]) -> list[EvidenceLine]:
    """In the user's order."""
    return sorted(lines, key=lambda line: (line.rank, line.id))


def more_than(case: CaseFile, count: int) -> bool:
    """Whether there are more items than that."""
    return case.session.query(Evidence.id).limit(count + 1).count() > count


def read_titles(case: CaseFile) -> list[tuple[uuid.UUID, str, str, str]]:
    """Key, title, English title and file name of each item, in the user's order.

    Columns only, so that thousands cost little.
    """
    query = case.session.query(Evidence.id, Evidence.title, Evidence.title_english, Evidence.file_name)
    return [(key, title, english, name) for key, title, english, name in query.order_by(Evidence.rank, Evidence.id)]


def items_of(case: CaseFile, keys: Sequence[uuid.UUID]) -> list[Evidence]:
    """The items of these keys that still exist."""
    found: list[Evidence] = []
    for start in range(0, len(keys), _MANY):
        found += case.session.query(Evidence).filter(Evidence.id.in_(keys[start : start + _MANY]))
    return found


def _listing(session: Session) -> EvidenceListing:
    return EvidenceListing(in_order(_read(session, None)), _aside(session))


def _aside(session: Session) -> Aside:
    query = session.query(Name.party_id, Name.text).filter(Name.kind == NameKind.PRIMARY)
    people = {row.party_id: row.text for row in query}
    examined = session.query(
        Verification.evidence_id, Verification.verified_on, Verification.rank, Verification.result
    ).order_by(Verification.verified_on.asc().nulls_first(), Verification.rank, Verification.id)
    # The newest counts; it comes last and stays.
    standing = {key: result for key, _on, _rank, result in examined}
    proofs: dict[uuid.UUID, int] = {}
    for (key,) in session.query(TimestampProof.evidence_id).filter(TimestampProof.evidence_id.is_not(None)):
        if key is not None:
            proofs[key] = proofs.get(key, 0) + 1
    return Aside(people, standing, proofs)


def _read(session: Session, keys: Collection[uuid.UUID] | None) -> list[EvidenceLine]:
    """Items by their keys; all of them without."""
    query = session.query(*_COLUMNS)
    sealed = session.query(Detail.evidence_id).filter(Detail.section == LOCK)
    if keys is None:
        shut = {key for (key,) in sealed}
        return [EvidenceLine(*(*row, row.id in shut)) for row in query]
    found: list[EvidenceLine] = []
    wanted: Sequence[uuid.UUID] = sorted(keys)
    for start in range(0, len(wanted), _MANY):
        some = wanted[start : start + _MANY]
        shut = {key for (key,) in sealed.filter(Detail.evidence_id.in_(some))}
        found += [EvidenceLine(*(*row, row.id in shut)) for row in query.filter(Evidence.id.in_(some))]
    return found
