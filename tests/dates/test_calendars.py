"""Other calendars against dates that are known apart from this program."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from magdesk.dates.calendars import Calendar, candidates, days

# The official calendar of Iran (Institute of Geophysics, University of Tehran) and dates of its history.
NOWRUZ = {
    1357: date(1978, 3, 21), 1358: date(1979, 3, 21), 1367: date(1988, 3, 21), 1375: date(1996, 3, 20),
    1395: date(2016, 3, 20), 1398: date(2019, 3, 21), 1399: date(2020, 3, 20), 1400: date(2021, 3, 21),
    1401: date(2022, 3, 21), 1402: date(2023, 3, 21), 1403: date(2024, 3, 20), 1404: date(2025, 3, 21),
}  # fmt: skip


def test_persian_years_begin_on_the_published_day() -> None:
    assert {year: days(Calendar.PERSIAN, year)[0] for year in NOWRUZ} == NOWRUZ


@pytest.mark.parametrize(
    ("day", "ours"),
    [
        ((1357, 11, 22), date(1979, 2, 11)),  # victory of the revolution
        ((1388, 3, 22), date(2009, 6, 12)),  # presidential election
        ((1399, 12, 30), date(2021, 3, 20)),  # last day of a leap year
        ((1401, 6, 25), date(2022, 9, 16)),  # death of Mahsa Amini
    ],
)
def test_persian_days_of_history(day: tuple[int, int, int], ours: date) -> None:
    assert days(Calendar.PERSIAN, *day) == (ours, ours)


@pytest.mark.parametrize(
    ("day", "ours"),
    [
        ((1400, 1, 1), date(1979, 11, 20)),  # seizure of the Grand Mosque
        ((1445, 9, 1), date(2024, 3, 11)),  # Ramadan, Umm al-Qura
        ((1445, 12, 10), date(2024, 6, 16)),  # Eid al-Adha, Umm al-Qura
        ((1447, 1, 1), date(2025, 6, 26)),  # Umm al-Qura
    ],
)
def test_hijri_days_are_right_within_a_day(day: tuple[int, int, int], ours: date) -> None:
    assert abs(days(Calendar.HIJRI, *day)[0] - ours) <= timedelta(days=1)


def test_thai_years_began_in_april_until_1940() -> None:
    assert days(Calendar.BUDDHIST, 2567) == (date(2024, 1, 1), date(2024, 12, 31))
    assert days(Calendar.BUDDHIST, 2483) == (date(1940, 4, 1), date(1940, 12, 31))
    assert days(Calendar.BUDDHIST, 2475, 6, 24)[0] == date(1932, 6, 24)  # the revolution
    assert days(Calendar.BUDDHIST, 2477, 3, 2)[0] == date(1935, 3, 2)  # the abdication of Prajadhipok
    with pytest.raises(ValueError, match="nine months"):
        days(Calendar.BUDDHIST, 2483, 2)


@pytest.mark.parametrize("calendar", [Calendar.PERSIAN, Calendar.HIJRI])
def test_years_and_months_follow_each_other_without_a_gap(calendar: Calendar) -> None:
    after = days(calendar, 1200)[0]
    for year in range(1200, 1500):
        for month in range(1, 13):
            first, last = days(calendar, year, month)
            assert first == after
            after = last + timedelta(days=1)


def test_which_calendars_a_year_may_be_of() -> None:
    assert candidates(1398) == (Calendar.PERSIAN, Calendar.HIJRI)
    assert candidates(1447) == (Calendar.PERSIAN, Calendar.HIJRI)
    assert candidates(2567) == (Calendar.BUDDHIST,)
    assert candidates(2014) == candidates(1650) == ()
