"""Whether a question is answered for one row, by what stands in the case. Marks are none of its business."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from magdesk.checks.finding import Place, Severity
from magdesk.guide.applies import holds_condition
from magdesk.guide.held import holds, is_kind
from magdesk.guide.rows import rows_of
from magdesk.guide.screens import AnswerRule, Condition, Screen, ScreenField
from magdesk.guide.subjects import GuideView, Subject
from magdesk.model.base import Base
from magdesk.model.people import LegalBasis, Target
from magdesk.regimes.filing import filings
from magdesk.regimes.regime import OutlineSection

_NARRATIVE = "narrative"


@dataclass(frozen=True, slots=True)
class _KeyGroup:
    """Key fields of one kind of row: they are an answer only where the same row holds all of them."""

    table: str
    kind: str
    keys: tuple[ScreenField, ...]
    searchable: bool

    def held(self, view: GuideView, subject: Subject) -> bool:
        for row in rows_of(view, self.table, subject.row):
            if self.kind and not is_kind(row, self.kind):
                continue
            for key in self.keys:
                if not (holds(row, key.column) or (key.unknown and _is_searched(view, row.id, key.unknown))):
                    break
            else:
                return True
        return self.searchable and all(_searched(key, view, subject) for key in self.keys)


class Judge:
    """Judges one screen over one case: what is the same for all its rows is looked up once."""

    def __init__(self, screen: Screen, view: GuideView) -> None:
        self._screen, self._view = screen, view
        self._rule = _RULES[screen.rule]
        self._suspect = frozenset().union(*(view.contradicted.get(code, frozenset()) for code in screen.codes))
        self._branches = any(key.when is not Condition.ALWAYS for key in screen.keys)
        self._groups = self._grouped(screen.keys)

    def answered(self, subject: Subject) -> bool:
        """Whether the case holds an answer about the row."""
        return self._rule(self, subject)

    def disputed(self, subject: Subject) -> bool:
        """Whether something says of the answer that it contradicts itself or the law, or is dangerous."""
        if not self._suspect:
            return False
        if subject.row.id in self._suspect:
            return True
        return any(row.id in self._suspect for row in _shown_rows(self._screen, self._view, subject))

    def fields(self, subject: Subject) -> bool:
        """By its key fields."""
        view, groups = self._view, self._groups
        if self._branches:
            keys = (key for key in self._screen.keys if _asked(key, view, subject))
            groups = self._grouped(keys)
        if self._screen.every:
            return self._every(groups, subject)
        if self._screen.any_key:
            return any(group.held(view, subject) for group in groups)
        return bool(groups) and all(group.held(view, subject) for group in groups)

    def _grouped(self, keys: Iterable[ScreenField]) -> tuple[_KeyGroup, ...]:
        together: dict[tuple[str, str, str], list[ScreenField]] = {}
        for key in keys:
            own = key.column if self._screen.any_key else ""
            together.setdefault((key.table, key.kind, own), []).append(key)
        return tuple(
            _KeyGroup(table, kind, tuple(group), all(key.unknown for key in group))
            for (table, kind, _own), group in together.items()
        )

    def _every(self, groups: tuple[_KeyGroup, ...], subject: Subject) -> bool:
        found = [(group, row) for group in groups for row in rows_of(self._view, group.table, subject.row)]
        return bool(found) and all(holds(row, key.column) for group, row in found for key in group.keys)

    def elements(self, subject: Subject) -> bool:
        """Something is shown, and the check of what the law asks finds nothing that is not."""
        basis, view = subject.row, self._view
        if not isinstance(basis, LegalBasis):
            return False
        regime = view.law.regimes.get(basis.regime)
        if regime is None or regime.prong(basis.prong) is None or basis.id not in view.proved:
            return False
        return not any(one.place.row == basis.id for one in view.found.get("C04", ()))

    def commented(self, subject: Subject) -> bool:
        """Of whatever rests on one origin, the drafter says why that is enough."""
        said = {note.element for note in self._view.notes.get(subject.row.id, ()) if note.text.strip()}
        found = (one for one in self._view.found.get("C06", ()) if one.place.row == subject.row.id)
        return all(one.place.field in said for one in found)

    def sections(self, _subject: Subject) -> bool:
        """Every part that a submission asks the drafter for is written; without a country, one of them."""
        view = self._view
        written = {row.code for row in view.dossier.sections if row.text.strip()}
        asked = {
            part.code
            for filing in filings((regime.code for regime in view.regimes), view.law)
            for part in _parts(filing.packet.outline)
            if part.required and part.content == _NARRATIVE
            and (not part.regimes or not set(part.regimes).isdisjoint(filing.codes))
        }  # fmt: skip
        return bool(written) and asked <= written

    def nothing_stops(self, _subject: Subject) -> bool:
        """No finding is left that keeps a final packet from being made."""
        return not any(one.severity is Severity.BLOCK for found in self._view.found.values() for one in found)

    def suitable(self, subject: Subject) -> bool:
        """No question of suitability is open about the person; as long as nobody looked, one may be."""
        return self._view.open_questions.get(subject.row.id, 1) == 0


def belongs_to(screen: Screen, view: GuideView, subject: Subject, place: Place) -> bool:
    """Whether a place is of the row that is asked about, or of a row that the screen shows with it."""
    return place.row == subject.row.id or any(one.id == place.row for one in _shown_rows(screen, view, subject))


def _shown_rows(screen: Screen, view: GuideView, subject: Subject) -> Iterator[Base]:
    for table in dict.fromkeys(field.table for field in screen.fields):
        yield from rows_of(view, table, subject.row)


def _asked(field: ScreenField, view: GuideView, subject: Subject) -> bool:
    return field.when is Condition.ALWAYS or holds_condition(field.when, view, subject.row)


def _searched(key: ScreenField, view: GuideView, subject: Subject) -> bool:
    """Whether it is recorded as searched for in vain, with the place of the search."""
    if not key.unknown:
        return False
    about = subject.row
    if subject.key is None:  # of the whole case: about any of the rows meant
        return any(_is_searched(view, row.id, key.unknown) for row in rows_of(view, key.table, about))
    owner = about.party_id if isinstance(about, Target) else about.id
    return _is_searched(view, owner, key.unknown)


def _is_searched(view: GuideView, owner: uuid.UUID, name: str) -> bool:
    row = view.dossier.unknown(owner, name)
    return row is not None and bool(row.searched.strip())


def _parts(outline: tuple[OutlineSection, ...]) -> Iterator[OutlineSection]:
    for section in outline:
        yield section
        yield from _parts(section.parts)


_RULES: Mapping[AnswerRule, Callable[[Judge, Subject], bool]] = {
    AnswerRule.FIELDS: Judge.fields,
    AnswerRule.ELEMENTS: Judge.elements,
    AnswerRule.COMMENTED: Judge.commented,
    AnswerRule.SECTIONS: Judge.sections,
    AnswerRule.NOTHING_STOPS: Judge.nothing_stops,
    AnswerRule.SUITABLE: Judge.suitable,
}
