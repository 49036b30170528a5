"""Dates as citation styles write them."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date

from magdesk.model.values import PartialDate

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
    """The date to the month at most, so that it does not point at one meeting; a range becomes its first month."""
    if value is None:
        return None
    first = value.text.partition("/")[0]
    bare, mark = first.rstrip("?~%"), first[len(first.rstrip("?~%")) :]
    return PartialDate(bare[:7] + mark)


def year(value: PartialDate | None) -> str:
    """The year, or the years of a range."""
    if value is None:
        return ""
    first, last = value.earliest().year, value.latest().year
    marks = "".join(_QUALIFIERS[m] for m in "~?%" if m in value.text)
    return f"{marks}{first}" if first == last else f"{marks}{first}–{last}"


def _ranged(value: PartialDate | date | None, one: _OneDate) -> str:
    if value is None:
        return ""
    text = value.text if isinstance(value, PartialDate) else value.isoformat()
    first, slash, second = text.partition("/")
    return f"{_qualified(first, one)} – {_qualified(second, one)}" if slash else _qualified(first, one)


def _qualified(text: str, one: _OneDate) -> str:
    bare = text.rstrip("?~%")
    numbers = [int(n) for n in bare.split("-")]
    numbers += [0] * (3 - len(numbers))
    return _QUALIFIERS.get(text[len(bare) :], "") + one(numbers[0], numbers[1], numbers[2])


def _bluebook_one(year_: int, month: int, day: int) -> str:
    if not month:
        return f"{year_:04d}"
    return f"{_BLUEBOOK_MONTHS[month]} {day}, {year_:04d}" if day else f"{_BLUEBOOK_MONTHS[month]} {year_:04d}"


def _oscola_one(year_: int, month: int, day: int) -> str:
    words = f"{year_:04d}"
    if month:
        words = f"{calendar.month_name[month]} {words}"
    return f"{day} {words}" if day else words
