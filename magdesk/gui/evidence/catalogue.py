"""All items of evidence as a list shows them: their lines, and what is known about them elsewhere."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from magdesk.dossier.rows import settled
from magdesk.gui.labels import label
from magdesk.model.evidence import Access, VerificationResult
from magdesk.services.evidence.lines import (
    Aside,
    EvidenceLine,
    EvidenceListing,
    in_order,
    read_aside,
    read_committed_listing,
    read_lines,
    read_listing,
)

if TYPE_CHECKING:
    from magdesk.casefile import CaseFile
    from magdesk.gui.desk.desk import Desk


def words_of(line: EvidenceLine) -> str:
    """What the free text of the filter looks through, folded."""
    return " ".join(
        (
            line.title, line.title_english, line.file_name, line.author, line.publisher, line.document_number,
            line.obtained_from, line.obtained_by, line.language, label(line.source_type), line.sha256,
        )
    ).casefold()  # fmt: skip


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


def read_all(case: CaseFile) -> Reading:
    """Read everything as last committed. Any thread."""
    return _reading(case, read_committed_listing)


def _reading(case: CaseFile, read: Callable[[CaseFile], EvidenceListing]) -> Reading:
    # Thousands of lines that stay: looking for garbage among them costs more than reading them.
    with settled():
        found = read(case)
        return Reading(found.lines, [words_of(line) for line in found.lines], found.aside)


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
        self._statements: dict[uuid.UUID, EvidenceLine] = {}

    def load(self, desk: Desk) -> None:
        """Read everything."""
        self.take(_reading(desk.case, read_listing))
        self.exhibits, self.citations = desk.survey.exhibits, desk.survey.citations

    def take(self, reading: Reading) -> None:
        """Show what was read elsewhere."""
        self._take(reading.lines)
        self._words, self._aside = reading.words, reading.aside

    def renew(self, desk: Desk, keys: Iterable[uuid.UUID]) -> None:
        """Read these items again; those that are gone go."""
        wanted = set(keys)
        fresh = read_lines(desk.case, wanted)
        self._take(in_order([line for line in self.lines if line.id not in wanted] + fresh))

    def read_aside(self, desk: Desk) -> None:
        """Read anew what stands in other tables."""
        self._aside = read_aside(desk.case)

    def _take(self, lines: list[EvidenceLine]) -> None:
        self.lines = lines
        self._by_key = {line.id: line for line in lines}
        self._words = None
        self._roots = {}
        self._statements = {line.speaker_id: line for line in reversed(lines) if line.speaker_id is not None}

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
            self._words = [words_of(line) for line in self.lines]
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
            root, supplier = self._beginning(line)
            said = self._statements.get(supplier) if supplier is not None else None
            found = self._roots[line.id] = root if said is None else self._beginning(said)[0]
        return found

    def _beginning(self, line: EvidenceLine) -> tuple[uuid.UUID, uuid.UUID | None]:
        seen: set[uuid.UUID] = set()
        at = line
        supplier: uuid.UUID | None = None
        while at.id not in seen:
            seen.add(at.id)
            if at.access is not Access.OPEN_SOURCE:
                supplier = supplier or at.supplier_id
            above = self.line(at.translation_of_id or at.derived_from_id or at.part_of_id)
            if above is None:
                break
            at = above
        return at.id, supplier
