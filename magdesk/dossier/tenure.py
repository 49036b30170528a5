"""Times in a post or in a relation as far as they are known, and where an act falls in relation to them.

Dates may be partial, so what is sure, what is possible and what is impossible are told apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from magdesk.dates.partialdate import PartialDate
from magdesk.model.people import EndState, Party, Position, Relation, RelationKind


class Fit(Enum):
    """How an act lies to a tenure."""

    OUTSIDE = 0
    POSSIBLE = 1
    INSIDE = 2


@dataclass(frozen=True, slots=True)
class Tenure:
    """A time in a post, as far as it is known.

    Attributes:
        surely_from: from this day on it had begun for sure.
        surely_to: until this day it had not ended for sure.
        perhaps_from: it cannot have begun earlier.
        perhaps_to: it cannot have ended later.
        open_before: it can have begun at any time before ``perhaps_from``, which is then the last day known.
    """

    surely_from: date
    surely_to: date
    perhaps_from: date
    perhaps_to: date
    open_before: bool = False

    @classmethod
    def of(cls, row: Position | Relation, today: date) -> Tenure | None:
        """The tenure of a position or relation; none when its beginning is not known."""
        if row.start is None:
            return None
        if row.end is not None:
            surely_to, perhaps_to = row.end.earliest(), row.end.latest()
            if row.end.open_before:  # it had ended by then: only the beginning itself is sure
                surely_to = min(surely_to, row.start.latest())
            if row.end.open_after:
                perhaps_to = max(today, perhaps_to)
        elif row.end_state is EndState.ONGOING:
            surely_to = perhaps_to = max(today, row.start.latest())
        else:
            # Nothing is known of the end: only the beginning itself is sure.
            surely_to, perhaps_to = row.start.latest(), max(today, row.start.latest())
        return cls(row.start.latest(), surely_to, row.start.earliest(), perhaps_to, row.start.open_before)

    def fit(self, first: PartialDate, last: PartialDate) -> Fit:
        """How an act from ``first`` to ``last`` lies to it."""
        too_early = last.surely_before(self.perhaps_from) and not self.open_before
        if too_early or first.surely_after(self.perhaps_to):
            return Fit.OUTSIDE
        closed = not first.open_before and not last.open_after
        if closed and first.earliest() >= self.surely_from and last.latest() <= self.surely_to:
            return Fit.INSIDE
        return Fit.POSSIBLE


def posts_that_count(party: Party) -> list[Position | Relation]:
    """The posts that acts are held against: of an official the public offices, of others every post; and commands.

    To be on the board of a company documents no time in office.
    """
    offices: list[Position | Relation] = [row for row in party.positions if row.government]
    posts: list[Position | Relation] = offices or list(party.positions)
    return [*posts, *(row for row in party.relations if row.kind is RelationKind.COMMANDS)]


def runs_on(start: PartialDate | None, end: PartialDate | None, state: EndState, day: date) -> bool:
    """Whether something with these dates can have been so on a day; what has no dates at all can."""
    if start is not None and start.surely_after(day):
        return False
    if end is not None:
        return not end.surely_before(day)
    # What ended nobody knows when: it was so at least while its beginning is.
    return state is not EndState.ENDED or (start is not None and start.latest() >= day)
