"""A date as far as it is known: what rows store, compare and print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from magdesk.dates import edtf
from magdesk.dates.calendars import PROBABLE, Calendar, candidates
from magdesk.dates.reading import ascii_digits, read_date
from magdesk.errors import InputError


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known as far as it is known: a year, a month, a day, a decade; perhaps uncertain, a range, or open.

    Attributes:
        text: canonical form (:mod:`magdesk.dates.edtf`); digits of other scripts that were stored are read as 0 to 9.
    """

    text: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", ascii_digits(self.text))
        try:
            edtf.expression(self.text)
        except ValueError as error:
            raise _not_a_date(self.text) from error
        if self.earliest() > self.latest():
            raise InputError(f"The range “{self.text}” ends before it begins.", "Write the earlier date first.")

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """The date that a person typed: EDTF, ``5 March 2014``, ``since 2014``, ``1402 AP`` (``dates/reading``).

        Raises:
            InputError: the text is none of these.
        """
        try:
            found = read_date(text)
        except ValueError as error:
            raise _not_a_date(text.strip()) from error
        return cls(found)

    @property
    def expression(self) -> edtf.Expression:
        """Its parts."""
        return edtf.expression(self.text)

    def earliest(self) -> date:
        """The first day of what is known of it; it can have been earlier where it is open before."""
        found = self.expression
        return edtf.bounds(found.points[0], found.calendar)[0]

    def latest(self) -> date:
        """The last day of what is known of it; it can have been later where it is open behind."""
        found = self.expression
        return edtf.bounds(found.points[-1], found.calendar)[1]

    @property
    def open_before(self) -> bool:
        """Whether it can have been, or have begun, at any time before: ``before 2014``, ``until 2014``."""
        return self.expression.form in (edtf.Extent.BEFORE, edtf.Extent.UNTIL)

    @property
    def open_after(self) -> bool:
        """Whether it can have been, or have lasted, at any time after: ``since 2014``, ``after 2014``."""
        return self.expression.form in (edtf.Extent.SINCE, edtf.Extent.AFTER)

    def surely_before(self, day: date) -> bool:
        """Whether all of it was before that day."""
        return not self.open_after and self.latest() < day

    def surely_after(self, day: date) -> bool:
        """Whether all of it is after that day."""
        return not self.open_before and self.earliest() > day

    def ends_before(self, other: PartialDate) -> bool:
        """Whether all of it was before all of the other."""
        return not other.open_before and self.surely_before(other.earliest())

    def first_year(self) -> str:
        """The year in which it begins, for a label: ``2014``, ``by 2013``."""
        return f"by {self.latest().year}" if self.open_before else str(self.earliest().year)

    def last_year(self) -> str:
        """The year in which it ends, for a label."""
        return f"by {self.latest().year}" if self.open_before else str(self.latest().year)

    @property
    def precision(self) -> str:
        """``range`` (also of an open date), ``decade``, ``year``, ``month`` or ``day``."""
        found = self.expression
        if found.form is not edtf.Extent.ONE:
            return "range"
        point = found.points[0].rstrip("?~%")
        return "decade" if point.endswith("X") else {4: "year", 7: "month", 10: "day"}[len(point)]

    @property
    def approximate(self) -> bool:
        """Whether any part is marked uncertain or approximate, or is of a calendar whose days are not sure."""
        return any(mark in self.text for mark in "?~%") or not self.expression.calendar.exact

    @property
    def doubtful(self) -> bool:
        """Whether it has a year that can hardly be of our calendar, and nobody has said that it is."""
        return _doubtful(self.text)

    @property
    def calendars(self) -> tuple[Calendar, ...]:
        """Which other calendars a doubtful date may be of; none where it is most likely a slip."""
        if not self.doubtful:
            return ()
        possible = (candidates(edtf.numbers(point)[0]) for point in self.expression.points)
        return tuple(one for one in next(filter(None, possible), ()) if self._fits(one))

    def of(self, calendar: Calendar) -> PartialDate:
        """The same figures as a date of that calendar.

        Raises:
            InputError: that calendar has no such day.
        """
        return PartialDate(f"{self.text.partition('@')[0]}@{calendar.value}")

    def _fits(self, calendar: Calendar) -> bool:
        try:
            self.of(calendar)
        except InputError:
            return False
        return True

    def display(self) -> str:
        """The date as it stands in an English document: ``5 March 2014``, ``about March 2014``, ``since 2014``.

        A date of another calendar stands in ours, with what was given behind it.
        """
        return edtf.in_words(self.expression)

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=16_384)
def _doubtful(text: str) -> bool:
    found = edtf.expression(text)
    return not found.said and any(edtf.numbers(point)[0] not in PROBABLE for point in found.points)


def _not_a_date(text: str) -> InputError:
    return InputError(
        f"“{text}” is not a date.",
        "Write 2014, 2014-03, 2014-03-05, “5 March 2014”, “about 2014”, “since 2014” or “1402 (Persian)”.",
    )
