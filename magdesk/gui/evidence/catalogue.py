"""All items of evidence as light lines, read in one query of columns, and what is known about them elsewhere."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import TYPE_CHECKING

from magdesk.gui.labels import label
from magdesk.i18n import _
from magdesk.model import Evidence, Name, TimestampProof, Verification
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

if TYPE_CHECKING:
    from magdesk.gui.desk import Desk

_MANY = 400  # keys in one question


@dataclass(frozen=True, slots=True, eq=False)
class Line:
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

    @property
    def name(self) -> str:
        """The item in a few words."""
        return self.title or self.title_english or self.file_name or _("Untitled")

    @property
    def locked(self) -> bool:
        """Whether it was found locked and its password is not known yet.

        The row has no flag for that: readers say it in their note, and only there.
        """
        return bool(self.reading_note) and not self.password and _("password") in self.reading_note.lower()

    @property
    def words(self) -> str:
        """What the free text of the filter looks through, folded."""
        return " ".join(
            (
                self.title, self.title_english, self.file_name, self.author, self.publisher, self.document_number,
                self.obtained_from, self.obtained_by, self.language, label(self.source_type), self.sha256,
            )
        ).casefold()  # fmt: skip


_COLUMNS = tuple(getattr(Evidence, one.name) for one in fields(Line))


class Catalogue:
    """The lines in the user's order, with exhibit numbers, uses, roots and names.

    Attributes:
        lines: in the user's order.
        exhibits: number of each exhibit.
        citations: how often each item is cited.
    """

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.exhibits: dict[uuid.UUID, int] = {}
        self.citations: dict[uuid.UUID, int] = {}
        self._by_key: dict[uuid.UUID, Line] = {}
        self._words: dict[uuid.UUID, str] = {}
        self._people: dict[uuid.UUID, str] = {}
        self._standing: dict[uuid.UUID, VerificationResult] = {}
        self._proofs: dict[uuid.UUID, int] = {}
        self._roots: dict[uuid.UUID, uuid.UUID] = {}

    def load(self, desk: Desk) -> None:
        """Read everything."""
        self._take(_read(desk, None))
        self.read_aside(desk)

    def renew(self, desk: Desk, keys: Iterable[uuid.UUID]) -> None:
        """Read these items again; those that are gone go."""
        wanted = set(keys)
        fresh = _read(desk, wanted)
        self._take([line for line in self.lines if line.id not in wanted] + fresh)

    def read_aside(self, desk: Desk) -> None:
        """Read what stands in other tables: names of speakers, examinations, proofs, numbers."""
        session = desk.session
        query = session.query(Name.party_id, Name.text).filter(Name.kind == NameKind.PRIMARY)
        self._people = {row.party_id: row.text for row in query}
        examined = session.query(
            Verification.evidence_id, Verification.verified_on, Verification.rank, Verification.result
        ).order_by(Verification.verified_on.asc().nulls_first(), Verification.rank, Verification.id)
        # The newest counts; it comes last and stays.
        self._standing = {key: result for key, _on, _rank, result in examined}
        self._proofs = {}
        for (key,) in session.query(TimestampProof.evidence_id).filter(TimestampProof.evidence_id.is_not(None)):
            if key is not None:
                self._proofs[key] = self._proofs.get(key, 0) + 1
        self.exhibits, self.citations = desk.survey.exhibits, desk.survey.citations

    def _take(self, lines: list[Line]) -> None:
        self.lines = sorted(lines, key=lambda line: (line.rank, line.id))
        self._by_key = {line.id: line for line in self.lines}
        self._words = {}
        self._roots = {}

    # ------------------------------------------------------------------------------------------ asking

    def line(self, key: uuid.UUID | None) -> Line | None:
        """The item of that key."""
        return None if key is None else self._by_key.get(key)

    def title(self, key: uuid.UUID | None) -> str:
        """The title of that item; empty for none."""
        line = self.line(key)
        return line.name if line is not None else ""

    def speaker(self, line: Line) -> str:
        """Whose statement it is."""
        return self._people.get(line.speaker_id, "") if line.speaker_id is not None else ""

    def words(self, line: Line) -> str:
        """What free text is looked for in."""
        found = self._words.get(line.id)
        if found is None:
            found = self._words[line.id] = line.words
        return found

    def standing(self, line: Line) -> VerificationResult:
        """What its newest examination came to."""
        return self._standing.get(line.id, VerificationResult.UNVERIFIED)

    def proofs(self, line: Line) -> int:
        """How many outside timestamps are kept with it."""
        return self._proofs.get(line.id, 0)

    def number(self, line: Line) -> int:
        """Its exhibit number; 0 while it is none."""
        return self.exhibits.get(line.id, 0)

    def cited(self, line: Line) -> int:
        """How often it is cited."""
        return self.citations.get(line.id, 0)

    def root(self, line: Line) -> uuid.UUID:
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


def _read(desk: Desk, keys: set[uuid.UUID] | None) -> list[Line]:
    query = desk.session.query(*_COLUMNS)
    if keys is None:
        return [Line(*row) for row in query]
    found: list[Line] = []
    wanted: Sequence[uuid.UUID] = sorted(keys)
    for start in range(0, len(wanted), _MANY):
        found += [Line(*row) for row in query.filter(Evidence.id.in_(wanted[start : start + _MANY]))]
    return found
