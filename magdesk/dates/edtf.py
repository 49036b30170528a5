"""Dates as far as they are known, in the notation that stores them: a subset of EDTF (ISO 8601-2:2019).

``2014``, ``2014-03``, ``2014-03-05``; ``197X`` a decade; each with ``?`` uncertain, ``~`` approximate or ``%`` both;
``A/B`` from one to the other, ``A/..`` since, ``../B`` until, ``[..B]`` some time up to B (before the next),
``[A..]`` some time from A on (after the former). A date of another calendar is stored as it was given, with the
calendar's name behind ``@`` (``1402-05-12@persian``): ours follows from it. ``1398@gregorian``: it was asked about.
"""

from __future__ import annotations

import calendar as names
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache

from magdesk.dates.calendars import Calendar, days, month_names

_POINT = re.compile(r"([0-9]{3}X|[0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([?~%])?")
_QUALIFIERS = {"~": "about ", "?": "possibly ", "%": "possibly about ", "": ""}


class Extent(Enum):
    """How the points of a date make a time."""

    ONE = "{}"
    RANGE = "{}/{}"
    SINCE = "{}/.."
    UNTIL = "../{}"
    BEFORE = "[..{}]"
    AFTER = "[{}..]"


@dataclass(frozen=True, slots=True)
class Expression:
    """A stored date taken apart.

    Attributes:
        points: one, or two of a range, each with its mark.
        calendar: that the points are given in.
        said: whether somebody said which calendar it is.
    """

    form: Extent
    points: tuple[str, ...]
    calendar: Calendar
    said: bool

    @property
    def text(self) -> str:
        """As it is stored."""
        return self.form.value.format(*self.points) + (f"@{self.calendar.value}" if self.said else "")


@lru_cache(maxsize=16_384)
def expression(text: str) -> Expression:
    """A stored date taken apart.

    Raises:
        ValueError: it is none.
    """
    bare, at, name = text.partition("@")
    calendar = Calendar(name) if at else Calendar.GREGORIAN
    if bare.startswith("[..") and bare.endswith("]"):
        form, points = Extent.BEFORE, (bare[3:-1],)
    elif bare.startswith("[") and bare.endswith("..]"):
        form, points = Extent.AFTER, (bare[1:-3],)
    elif bare.endswith("/.."):
        form, points = Extent.SINCE, (bare[:-3],)
    elif bare.startswith("../"):
        form, points = Extent.UNTIL, (bare[3:],)
    elif "/" in bare:
        first, _slash, last = bare.partition("/")
        return _checked(Expression(Extent.RANGE, (first, last), calendar, bool(at)))
    else:
        form, points = Extent.ONE, (bare,)
    return _checked(Expression(form, points, calendar, bool(at)))


def _checked(found: Expression) -> Expression:
    for point in found.points:
        bounds(point, found.calendar)
    return found


def numbers(point: str) -> tuple[int, int, int]:
    """Year, month and day of a point, zero for what is not known; a decade's first year.

    Raises:
        ValueError: it is no point.
    """
    match = _POINT.fullmatch(point)
    if not match or (match[2] and point[3] == "X"):
        raise ValueError(f"no date: {point}")
    return int(match[1].replace("X", "0")), int(match[2] or 0), int(match[3] or 0)


@lru_cache(maxsize=16_384)
def bounds(point: str, calendar: Calendar) -> tuple[date, date]:
    """The first and the last day of ours that a point can mean.

    Raises:
        ValueError: there is no such day.
    """
    year, month, day = numbers(point)
    if point[3] == "X":
        return days(calendar, year)[0], days(calendar, year + 9)[1]
    if (match := _POINT.fullmatch(point)) and (match[2] == "00" or match[3] == "00"):
        raise ValueError(f"no date: {point}")
    return days(calendar, year, month, day)


def stepped(point: str, calendar: Calendar, step: int) -> str:
    """The point before (-1) or after (1) this one, of the same precision and with the same mark."""
    year, month, day = numbers(point)
    mark = _mark(point)
    if point[3] == "X":
        return f"{year // 10 + step:03d}X{mark}"
    if not month:
        return f"{year + step:04d}{mark}"
    if not day:
        year, month = year + (month - 1 + step) // 12, (month - 1 + step) % 12 + 1
        return f"{year:04d}-{month:02d}{mark}"
    if calendar is Calendar.GREGORIAN:
        return (date(year, month, day) + timedelta(days=step)).isoformat() + mark
    other = stepped(f"{year:04d}-{month:02d}", calendar, step)
    tried = [f"{year:04d}-{month:02d}-{day + step:02d}"]
    tried += [f"{other}-{last:02d}" for last in ((1,) if step > 0 else (31, 30, 29, 28))]
    for candidate in tried:
        try:
            bounds(candidate, calendar)
        except ValueError:
            continue
        return candidate + mark
    raise ValueError(f"no neighbour: {point}")


def in_words(found: Expression) -> str:
    """The date as it stands in an English document: ``before March 2014``; another calendar's own words behind it."""
    points, calendar = found.points, found.calendar
    if found.form is Extent.BEFORE:
        points = (stepped(points[0], calendar, 1),)
    elif found.form is Extent.AFTER:
        points = (stepped(points[0], calendar, -1),)
    if calendar is Calendar.GREGORIAN:
        return _framed(found.form, [_named(point, calendar) for point in points])
    if found.form is Extent.RANGE:
        first, last = bounds(points[0], calendar)[0], bounds(points[1], calendar)[1]
        ours = f"{_day(first, points[0], calendar)} – {_day(last, points[1], calendar)}"
    else:
        first, last = bounds(points[0], calendar)
        ends = [_day(first, points[0], calendar), _day(last, points[0], calendar)]
        if found.form is Extent.BEFORE:
            ours = f"before {ends[0]}"
        elif found.form is Extent.AFTER:
            ours = f"after {ends[1]}"
        elif calendar.exact and (whole := _whole(first, last)):
            ours = _framed(found.form, [_named(whole + _mark(points[0]), Calendar.GREGORIAN)])
        elif first == last or found.form is Extent.ONE:
            ours = _framed(found.form, [" – ".join(dict.fromkeys(ends))])
        else:
            ours = _framed(found.form, [f"a day between {ends[0]} and {ends[1]}"])
    return f"{ours} ({original(found)})"


def _mark(point: str) -> str:
    return point[len(point.rstrip("?~%")) :]


def _whole(first: date, last: date) -> str:
    """The year or the month of ours that the days between these two are; empty where they are none."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"{first.year:04d}"
    after = last + timedelta(days=1)
    return (
        f"{first:%Y-%m}"
        if first.day == after.day == 1 and first.month == last.month and first.year == last.year
        else ""
    )


def original(found: Expression) -> str:
    """What was given in another calendar, in its own words: ``12 Mordad 1402 in the Persian calendar``."""
    if found.calendar is Calendar.GREGORIAN:
        return ""
    points = found.points
    if found.form in (Extent.BEFORE, Extent.AFTER):
        points = (stepped(points[0], found.calendar, 1 if found.form is Extent.BEFORE else -1),)
    words = _framed(found.form, [_named(point, found.calendar) for point in points])
    return f"{words} in the {found.calendar.label} calendar"


def _framed(form: Extent, words: list[str]) -> str:
    match form:
        case Extent.ONE:
            return words[0]
        case Extent.RANGE:
            return f"{words[0]} – {words[1]}"
        case _:
            return f"{form.name.lower()} {words[0]}"


def _named(point: str, calendar: Calendar) -> str:
    year, month, day = numbers(point)
    words = f"the {year}s" if point[3] == "X" else f"{year:04d}"
    if month:
        words = f"{month_names(calendar)[month - 1]} {words}"
    if day:
        words = f"{day} {words}"
    return _QUALIFIERS[_mark(point)] + words


def _day(day: date, point: str, calendar: Calendar) -> str:
    mark = _mark(point)
    if not calendar.exact:
        mark = {"": "~", "?": "%"}.get(mark, mark)
    return f"{_QUALIFIERS[mark]}{day.day} {names.month_name[day.month]} {day.year:04d}"
