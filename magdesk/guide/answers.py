"""Whether a question is answered for one row, by what stands in the case. Marks are none of its business."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping

from magdesk.checks.finding import Finding, Place, Severity, Trouble
from magdesk.guide.applies import holds_condition
from magdesk.guide.held import holds, is_kind
from magdesk.guide.rows import rows_of
from magdesk.guide.screens import AnswerRule, Condition, Screen, ScreenField
from magdesk.guide.subjects import GuideView, Subject
from magdesk.model.base import Base
from magdesk.model.people import LegalBasis, Target
from magdesk.regimes.filing import filings
from magdesk.regimes.regime import OutlineSection

CONTRADICTS = frozenset({Trouble.WRONG, Trouble.DANGER})
_NARRATIVE = "narrative"


def is_answered(screen: Screen, view: GuideView, subject: Subject) -> bool:
    """Whether the case holds the answer, and nothing in it contradicts itself or puts somebody in danger."""
    return _RULES[screen.rule](screen, view, subject) and not disputed(screen, view, subject)


def disputed(screen: Screen, view: GuideView, subject: Subject) -> tuple[Finding, ...]:
    """The findings that say of this answer that it is wrong or dangerous."""
    suspects = [one for code in screen.codes for one in view.found.get(code, ()) if one.nature in CONTRADICTS]
    if not suspects:
        return ()
    mine = {subject.row.id, *(row.id for row in _shown_rows(screen, view, subject))}
    return tuple(one for one in suspects if one.place.row in mine)


def belongs_to(screen: Screen, view: GuideView, subject: Subject, place: Place) -> bool:
    """Whether a place is of the row that is asked about, or of a row that the screen shows with it."""
    return place.row == subject.row.id or any(one.id == place.row for one in _shown_rows(screen, view, subject))


def _shown_rows(screen: Screen, view: GuideView, subject: Subject) -> Iterator[Base]:
    for table in dict.fromkeys(field.table for field in screen.fields):
        yield from rows_of(view, table, subject.row)


def _fields(screen: Screen, view: GuideView, subject: Subject) -> bool:
    keys = [field for field in screen.keys if _asked(field, view, subject)]
    if screen.every:
        rows = [
            row for table in dict.fromkeys(key.table for key in keys) for row in rows_of(view, table, subject.row)
        ]
        return bool(rows) and all(_holds_all(row, keys) for row in rows)
    if screen.any_key:
        return any(_held(key, view, subject) for key in keys)
    # Fields of one kind of row are one answer only where the same row holds them.
    together: dict[tuple[str, str], list[ScreenField]] = {}
    for key in keys:
        together.setdefault((key.table, key.kind), []).append(key)
    return bool(keys) and all(_held_together(group, view, subject) for group in together.values())


def _asked(field: ScreenField, view: GuideView, subject: Subject) -> bool:
    return field.when is Condition.ALWAYS or holds_condition(field.when, view, subject.row)


def _holds_all(row: Base, keys: list[ScreenField]) -> bool:
    return all(holds(row, key.column) for key in keys if key.table == type(row).__name__)


def _held(key: ScreenField, view: GuideView, subject: Subject) -> bool:
    found = any(is_kind(row, key.kind) and holds(row, key.column) for row in rows_of(view, key.table, subject.row))
    return found or _searched(key, view, subject)


def _held_together(keys: list[ScreenField], view: GuideView, subject: Subject) -> bool:
    first = keys[0]
    for row in rows_of(view, first.table, subject.row):
        if is_kind(row, first.kind) and all(
            holds(row, key.column) or (key.unknown and _is_searched(view, row.id, key.unknown)) for key in keys
        ):
            return True
    return all(_searched(key, view, subject) for key in keys)


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


def _elements(_screen: Screen, view: GuideView, subject: Subject) -> bool:
    """Something is shown, and the check of what the law asks finds nothing that is not."""
    basis = subject.row
    if not isinstance(basis, LegalBasis):
        return False
    regime = view.law.regimes.get(basis.regime)
    if regime is None or regime.prong(basis.prong) is None or basis.id not in view.proved:
        return False
    return not any(one.place.row == basis.id for one in view.found.get("C04", ()))


def _commented(_screen: Screen, view: GuideView, subject: Subject) -> bool:
    """Of whatever rests on one origin, the drafter says why that is enough."""
    said = {note.element for note in view.notes.get(subject.row.id, ()) if note.text.strip()}
    return all(one.place.field in said for one in view.found.get("C06", ()) if one.place.row == subject.row.id)


def _sections(_screen: Screen, view: GuideView, _subject: Subject) -> bool:
    """Every part that the outline of a submission asks the drafter for is written; without a country, one of them."""
    written = {row.code for row in view.dossier.sections if row.text.strip()}
    asked = {
        part.code
        for filing in filings((regime.code for regime in view.regimes), view.law)
        for part in _parts(filing.packet.outline)
        if part.required and part.content == _NARRATIVE
        and (not part.regimes or not set(part.regimes).isdisjoint(filing.codes))
    }  # fmt: skip
    return bool(written) and asked <= written


def _parts(outline: tuple[OutlineSection, ...]) -> Iterator[OutlineSection]:
    for section in outline:
        yield section
        yield from _parts(section.parts)


def _nothing_stops(_screen: Screen, view: GuideView, _subject: Subject) -> bool:
    return not any(one.severity is Severity.BLOCK for found in view.found.values() for one in found)


def _suitable(_screen: Screen, view: GuideView, subject: Subject) -> bool:
    """No question of suitability is open about the person; as long as nobody looked, it may be."""
    return subject.row.id in view.open_questions and not view.open_questions[subject.row.id]


_RULES: Mapping[AnswerRule, Callable[[Screen, GuideView, Subject], bool]] = {
    AnswerRule.FIELDS: _fields,
    AnswerRule.ELEMENTS: _elements,
    AnswerRule.COMMENTED: _commented,
    AnswerRule.SECTIONS: _sections,
    AnswerRule.NOTHING_STOPS: _nothing_stops,
    AnswerRule.SUITABLE: _suitable,
}
