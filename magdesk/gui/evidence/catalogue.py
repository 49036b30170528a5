"""All items of evidence as light lines, read in one query of columns, and what is known about them elsewhere."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import TYPE_CHECKING

from magdesk.dossier.rows import settled
from magdesk.gui.labels import label
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
from magdesk.model.values import PartialDate
from magdesk.services.evidence.rows import LOCK

if TYPE_CHECKING:
    from magdesk.casefile import Session
    from magdesk.gui.desk.desk import Desk

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

    @property
    def words(self) -> str:
        """What the free text of the filter looks through, folded."""
        return " ".join(
            (
                self.title, self.title_english, self.file_name, self.author, self.publisher, self.document_number,
                self.obtained_from, self.obtained_by, self.language, label(self.source_type), self.sha256,
            )
        ).casefold()  # fmt: skip


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
class Reading:
    """Everything that was read at once.

    Attributes:
        lines: in the user's order.
        words: what the free text of the filter looks through, of each.
    """

    lines: list[EvidenceLine]
    words: list[str]
    aside: Aside


def read_all(session: Session) -> Reading:
    """Read everything. Any thread, with a session of its own."""
    # Thousands of lines that stay: looking for garbage among them costs more than reading them.
    with settled():
        lines = _in_order(_read(session, None))
        return Reading(lines, [line.words for line in lines], read_aside(session))


def read_aside(session: Session) -> Aside:
    """Read what stands in other tables: names of speakers, examinations, proofs."""
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


class Catalogue:
    """The lines in the user's order, with exhibit numbers, uses, roots and names.

    Attributes:
        lines: in the user's order.
        exhibits: number of each exhibit.
        citations: how often each item is cited.
    """

    def __init__(self) -> None:
        self.lines: list[EvidenceLine] = []
        self.exhibits: dict[uuid.UUID, int] = {}
        self.citations: dict[uuid.UUID, int] = {}
        self._by_key: dict[uuid.UUID, EvidenceLine] = {}
        self._words: list[str] | None = None
        self._aside = Aside()
        self._roots: dict[uuid.UUID, uuid.UUID] = {}

    def load(self, desk: Desk) -> None:
        """Read everything."""
        self.take(read_all(desk.session))
        self.exhibits, self.citations = desk.survey.exhibits, desk.survey.citations

    def take(self, reading: Reading) -> None:
        """Show what was read elsewhere."""
        self._take(reading.lines)
        self._words, self._aside = reading.words, reading.aside

    def renew(self, desk: Desk, keys: Iterable[uuid.UUID]) -> None:
        """Read these items again; those that are gone go."""
        wanted = set(keys)
        fresh = _read(desk.session, wanted)
        self._take(_in_order([line for line in self.lines if line.id not in wanted] + fresh))

    def read_aside(self, desk: Desk) -> None:
        """Read anew what stands in other tables."""
        self._aside = read_aside(desk.session)

    def _take(self, lines: list[EvidenceLine]) -> None:
        self.lines = lines
        self._by_key = {line.id: line for line in lines}
        self._words = None
        self._roots = {}

    # ------------------------------------------------------------------------------------------ asking

    def line(self, key: uuid.UUID | None) -> EvidenceLine | None:
        """The item of that key."""
        return None if key is None else self._by_key.get(key)

    def title(self, key: uuid.UUID | None) -> str:
        """The title of that item; empty for none."""
        line = self.line(key)
        return line.name if line is not None else ""

    def speaker(self, line: EvidenceLine) -> str:
        """Whose statement it is."""
        return self._aside.people.get(line.speaker_id, "") if line.speaker_id is not None else ""

    @property
    def words(self) -> list[str]:
        """What free text is looked for in, of each line."""
        if self._words is None:
            self._words = [line.words for line in self.lines]
        return self._words

    def standing(self, line: EvidenceLine) -> VerificationResult:
        """What its newest examination came to."""
        return self._aside.standing.get(line.id, VerificationResult.UNVERIFIED)

    def proofs(self, line: EvidenceLine) -> int:
        """How many outside timestamps are kept with it."""
        return self._aside.proofs.get(line.id, 0)

    def number(self, line: EvidenceLine) -> int:
        """Its exhibit number; 0 while it is none."""
        return self.exhibits.get(line.id, 0)

    def cited(self, line: EvidenceLine) -> int:
        """How often it is cited."""
        return self.citations.get(line.id, 0)

    def root(self, line: EvidenceLine) -> uuid.UUID:
        """The independent root it goes back to, as :meth:`Dossier.root_of` counts it."""
        found = self._roots.get(line.id)
        if found is None:
            seen: set[uuid.UUID] = set()
            at = line
            while at.id not in seen:
                seen.add(at.id)
                above = self.line(at.translation_of_id or at.derived_from_id or at.part_of_id)
                if above is None:
                    break
                at = above
            found = self._roots[line.id] = at.id
        return found


def _in_order(lines: list[EvidenceLine]) -> list[EvidenceLine]:
    return sorted(lines, key=lambda line: (line.rank, line.id))


def _read(session: Session, keys: set[uuid.UUID] | None) -> list[EvidenceLine]:
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
