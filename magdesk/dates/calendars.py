"""Dates of other calendars in ours.

Persian (Solar Hijri, of Iran and Afghanistan): by the leap years of K. M. Borkowski, "The Persian calendar for 3000
years" (Earth, Moon, and Planets 74, 1996), which agree with the calendar in force in Iran from 1304 on.
Hijri (lunar): the tabular calendar with leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29 of thirty; its months
begin where the moon is seen, so that a day can be off by one or two and is always about that day.
Buddhist (Thai): 543 years ahead; until BE 2483 (1940) a year began on 1 April.
"""

from __future__ import annotations

import calendar as names
from datetime import date, timedelta
from enum import StrEnum

from magdesk.i18n import _


class Calendar(StrEnum):
    """A calendar that years are counted in."""

    GREGORIAN = "gregorian"
    PERSIAN = "persian"
    HIJRI = "hijri"
    BUDDHIST = "buddhist"

    @property
    def exact(self) -> bool:
        """Whether a day of it is one known day of ours."""
        return self is not Calendar.HIJRI

    @property
    def label(self) -> str:
        """Its name: ``Persian``."""
        return {
            Calendar.GREGORIAN: _("Gregorian"),
            Calendar.PERSIAN: _("Persian"),
            Calendar.HIJRI: _("Hijri"),
            Calendar.BUDDHIST: _("Buddhist"),
        }[self]


PROBABLE = range(1800, 2200)
"""Years that are of our calendar where nobody says otherwise."""
_EPOCH_OF_HIJRA = date(622, 7, 19).toordinal()  # 1 Muharram 1, civil epoch, proleptic Gregorian
_LEAP_YEARS_OF_THIRTY = frozenset({2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29})
_BREAKS = (
    *(-61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181),
    *(1210, 1635, 2060, 2097, 2192, 2262, 2324, 2394, 2456, 3178),
)
_APRIL_YEARS = range(2432, 2484)  # from 1 April 1889 to the end of 1940
_MONTHS = {
    Calendar.PERSIAN: "Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand",
    Calendar.HIJRI: (
        "Muharram Safar Rabi_al-awwal Rabi_al-thani Jumada_al-awwal Jumada_al-thani Rajab Sha’ban Ramadan Shawwal "
        "Dhu_al-Qa’da Dhu_al-Hijja"
    ),
}


def month_names(calendar: Calendar) -> tuple[str, ...]:
    """The months in Latin letters, in a calendar with names of its own; the Thai year has the months of ours."""
    if calendar not in _MONTHS:
        return tuple(names.month_name)[1:]
    return tuple(name.replace("_", " ") for name in _MONTHS[calendar].split())


def candidates(year: int) -> tuple[Calendar, ...]:
    """The calendars that a year that cannot be ours may be of; none where the year is ours or fits no calendar."""
    if year in PROBABLE:
        return ()
    possible = (Calendar.PERSIAN, Calendar.HIJRI, Calendar.BUDDHIST)
    return tuple(one for one in possible if _year_of_ours(one, year) in range(1850, 2101))


def _year_of_ours(calendar: Calendar, year: int) -> int:
    match calendar:
        case Calendar.PERSIAN:
            return year + 621
        case Calendar.HIJRI:
            return 622 + year * 354367 // 365242
        case Calendar.BUDDHIST:
            return year - 543
        case Calendar.GREGORIAN:
            return year


def days(calendar: Calendar, year: int, month: int = 0, day: int = 0) -> tuple[date, date]:
    """The first and the last day of ours of a year, a month or a day of another calendar.

    Raises:
        ValueError: there is no such date.
    """
    if not 0 <= month <= 12 or not 0 <= day <= 31:
        raise ValueError("no such month or day")
    if not month:
        return days(calendar, year, _first_month(calendar, year))[0], days(
            calendar, year, _last_month(calendar, year)
        )[1]
    first = _first_day(calendar, year, month)
    length = _length(calendar, year, month)
    if day > length:
        raise ValueError("no such day")
    return (
        (first + timedelta(days=day - 1), first + timedelta(days=day - 1))
        if day
        else (first, first + timedelta(days=length - 1))
    )


def _first_month(calendar: Calendar, year: int) -> int:
    return 4 if calendar is Calendar.BUDDHIST and year in _APRIL_YEARS else 1


def _last_month(calendar: Calendar, year: int) -> int:
    return 3 if calendar is Calendar.BUDDHIST and year in _APRIL_YEARS and year + 1 in _APRIL_YEARS else 12


def _first_day(calendar: Calendar, year: int, month: int) -> date:
    match calendar:
        case Calendar.PERSIAN:
            return _nowruz(year) + timedelta(days=31 * (month - 1) - max(month - 7, 0))
        case Calendar.HIJRI:
            before = (year - 1) * 354 + sum(
                (year - 1) // 30 + (leap <= (year - 1) % 30) for leap in _LEAP_YEARS_OF_THIRTY
            )
            return date.fromordinal(_EPOCH_OF_HIJRA + before + 29 * (month - 1) + month // 2)
        case Calendar.BUDDHIST:
            if year in _APRIL_YEARS and month < 4:
                if year + 1 not in _APRIL_YEARS:
                    raise ValueError("BE 2483 had nine months")
                return date(year - 542, month, 1)
            return date(year - 543, month, 1)
        case Calendar.GREGORIAN:
            return date(year, month, 1)


def _length(calendar: Calendar, year: int, month: int) -> int:
    match calendar:
        case Calendar.PERSIAN:
            end = _nowruz(year + 1) if month == 12 else _first_day(calendar, year, month + 1)
        case Calendar.HIJRI:
            end = _first_day(calendar, year + (month == 12), month % 12 + 1)
        case _:
            first = _first_day(calendar, year, month)
            end = date(first.year + (first.month == 12), first.month % 12 + 1, 1)
    return (end - _first_day(calendar, year, month)).days


def _nowruz(year: int) -> date:
    """1 Farvardin."""
    if not _BREAKS[0] < year < _BREAKS[-1]:
        raise ValueError("no such year")
    leaps, last = -14, _BREAKS[0]
    jump = 0
    for mark in _BREAKS[1:]:
        jump = mark - last
        if year < mark:
            break
        leaps += jump // 33 * 8 + jump % 33 // 4
        last = mark
    passed = year - last
    leaps += passed // 33 * 8 + (passed % 33 + 3) // 4
    if jump % 33 == 4 and jump - passed == 4:
        leaps += 1
    ours = year + 621
    return date(ours, 3, 20 + leaps - (ours // 4 - (ours // 100 + 1) * 3 // 4 - 150))
