"""Dates as citation styles write them."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from magdesk.dates.calendars import Calendar
from magdesk.dates.edtf import Expression, Extent, numbers, original, stepped
from magdesk.dates.partialdate import PartialDate

# Table T12 of the Bluebook.
_BLUEBOOK_MONTHS = (
    "",
    "Jan.",
    "Feb.",
    "Mar.",
    "Apr.",
    "May",
    "June",
    "July",
    "Aug.",
    "Sept.",
    "Oct.",
    "Nov.",
    "Dec.",
)
_OneDate = Callable[[int, int, int], str]
_QUALIFIERS = {"~": "c. ", "?": "possibly ", "%": "possibly c. "}


def bluebook_date(value: PartialDate | date | None) -> str:
    """``Mar. 5, 2014``, ``Mar. 2014``, ``2014``; empty for none."""
    return _ranged(value, _bluebook_one)


def oscola_date(value: PartialDate | date | None) -> str:
    """``5 March 2014``, ``March 2014``, ``2014``; no full stops; empty for none."""
    return _ranged(value, _oscola_one).replace("c. ", "c ")


def coarse(value: PartialDate | None) -> PartialDate | None:
    """The date to the month at most, so that it does not point at one meeting; a range becomes its first month.

    One of another calendar becomes the month of ours that it begins in: its own words would tell the day.
    """
    if value is None:
        return None
    found = value.expression
    first = found.points[0]
    if found.calendar is not Calendar.GREGORIAN:
        return PartialDate(f"{value.earliest():%Y-%m}~")
    bare, mark = first.rstrip("?~%"), first[len(first.rstrip("?~%")) :]
    form = Extent.ONE if found.form is Extent.RANGE else found.form
    return PartialDate(form.value.format(bare[:7] + mark))


def year(value: PartialDate | None) -> str:
    """The year, or the years of a range."""
    if value is None:
        return ""
    if value.open_before or value.open_after or value.precision == "decade":
        return PartialDate(_years_only(value.expression).text).display()
    first, last = value.earliest().year, value.latest().year
    marks = "".join(_QUALIFIERS[m] for m in "~?%" if m in value.text)
    return f"{marks}{first}" if first == last else f"{marks}{first}–{last}"


def _years_only(found: Expression) -> Expression:
    return replace(found, points=tuple(point[:4] for point in found.points))


def _ranged(value: PartialDate | date | None, one: _OneDate) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return one(value.year, value.month, value.day)
    found = value.expression
    if found.calendar is not Calendar.GREGORIAN:
        return _of_ours(value, one)
    points = [_qualified(point, one) for point in _shown(found)]
    match found.form:
        case Extent.ONE:
            return points[0]
        case Extent.RANGE:
            return " – ".join(points)
        case form:
            return f"{form.name.lower()} {points[0]}"


def _shown(found: Expression) -> tuple[str, ...]:
    """The points that stand in print: what is some time up to 2013 is "before 2014"."""
    step = {Extent.BEFORE: 1, Extent.AFTER: -1}.get(found.form, 0)
    return (stepped(found.points[0], found.calendar, step),) if step else found.points


def _of_ours(value: PartialDate, one: _OneDate) -> str:
    """A date of another calendar in ours, with what was given behind it in brackets."""
    found = value.expression
    mark = "" if found.calendar.exact else "c. "
    ends = [value.earliest(), value.latest()]
    words = [f"{mark}{one(day.year, day.month, day.day)}" for day in dict.fromkeys(ends)]
    frame = "" if found.form in (Extent.ONE, Extent.RANGE) else f"{found.form.name.lower()} "
    if found.form is Extent.BEFORE:
        day = value.latest() + timedelta(days=1)
        words = [f"{mark}{one(day.year, day.month, day.day)}"]
    elif found.form is Extent.AFTER:
        day = value.earliest() - timedelta(days=1)
        words = [f"{mark}{one(day.year, day.month, day.day)}"]
    return f"{frame}{' – '.join(words)} [{original(found)}]"


def _qualified(text: str, one: _OneDate) -> str:
    bare = text.rstrip("?~%")
    mark = _QUALIFIERS.get(text[len(bare) :], "")
    return f"{mark}{bare[:3]}0s" if bare.endswith("X") else mark + one(*numbers(bare))


def _bluebook_one(year_: int, month: int, day: int) -> str:
    if not month:
        return f"{year_:04d}"
    return f"{_BLUEBOOK_MONTHS[month]} {day}, {year_:04d}" if day else f"{_BLUEBOOK_MONTHS[month]} {year_:04d}"


def _oscola_one(year_: int, month: int, day: int) -> str:
    words = f"{year_:04d}"
    if month:
        words = f"{calendar.month_name[month]} {words}"
    return f"{day} {words}" if day else words
