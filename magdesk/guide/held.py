"""Whether a field holds an answer. What stands there before anybody chose is none: no statement is ever a default."""

from __future__ import annotations

from magdesk.model.base import Base
from magdesk.model.evidence import Access, Copy, SourceType
from magdesk.model.facts import Citation, PinpointKind
from magdesk.model.people import EndState, Identifier, VictimStatus

_UNCHOSEN: frozenset[object] = frozenset(
    {EndState.UNKNOWN, VictimStatus.NONE_KNOWN, SourceType.UNCLASSIFIED, Copy.UNKNOWN, Access.ON_FILE}
)
SOURCE = "source"
"""As the kind of a citation: it supports, at first hand or as retold."""
# The attribute that says of which kind a row is, where a screen asks for rows of one kind only.
_KIND = {"Citation": "stance", "Consent": "level"}


def holds(row: Base, column: str) -> bool:
    """Whether somebody has put something into that field of the row."""
    if column == "pinpoint" and isinstance(row, Citation) and row.pinpoint_kind is PinpointKind.WHOLE:
        return True
    if column == "date" and isinstance(row, Identifier):
        return row.date is not None or bool(row.value.strip())  # as people wrote it, where it is no date
    value = getattr(row, column)
    if value is None or value is False:
        return False
    if isinstance(value, str):
        return bool(value.strip()) and value not in _UNCHOSEN
    return not (isinstance(value, list | tuple) and not value)


def is_kind(row: Base, kind: str) -> bool:
    """Whether a row is of that kind; every row is of no kind in particular."""
    if kind == SOURCE and isinstance(row, Citation):
        return row.stance.supports
    return not kind or getattr(row, _KIND.get(type(row).__name__, "kind")) == kind
