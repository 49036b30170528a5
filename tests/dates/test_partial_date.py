"""Dates as people write them: what is stored, what is printed, how they compare."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magdesk.citations.dates import bluebook_date, coarse, oscola_date, year
from magdesk.dates.calendars import Calendar
from magdesk.dates.partialdate import PartialDate
from magdesk.errors import InputError

WRITTEN = [
    ("since 2014", "2014/..", "since 2014"),
    ("2014 onwards", "2014/..", "since 2014"),
    ("before 2014", "[..2013]", "before 2014"),
    ("before March 2014", "[..2014-02]", "before March 2014"),
    ("before 1 March 2016", "[..2016-02-29]", "before 1 March 2016"),
    ("after 31 December 2014", "[2015-01-01..]", "after 31 December 2014"),
    ("until 5 March 2014", "../2014-03-05", "until 5 March 2014"),
    ("1970s", "197X", "the 1970s"),
    ("before the 1970s", "[..196X]", "before the 1970s"),
    ("5-7 March 2014", "2014-03-05/2014-03-07", "5 March 2014 – 7 March 2014"),
    ("March-May 2014", "2014-03/2014-05", "March 2014 – May 2014"),
    ("2014-2016", "2014/2016", "2014 – 2016"),
    ("between 2014 and 2016", "2014/2016", "2014 – 2016"),
    ("c.1970", "1970~", "about 1970"),
    ("~1970", "1970~", "about 1970"),
    ("since about 1970", "1970~/..", "since about 1970"),
    ("possibly 2014", "2014?", "possibly 2014"),
    ("1st March 2014", "2014-03-01", "1 March 2014"),
    ("the 5th of March, 2014", "2014-03-05", "5 March 2014"),
    ("05.03.2014", "2014-03-05", "5 March 2014"),
    ("2014/3/5", "2014-03-05", "5 March 2014"),
    ("10. April 2020", "2020-04-10", "10 April 2020"),
    ("5 de marzo de 2014", "2014-03-05", "5 March 2014"),
    ("1er août 2014", "2014-08-01", "1 August 2014"),
    ("avant 2014", "[..2013]", "before 2014"),
    ("desde mayo de 2014", "2014-05/..", "since May 2014"),
    ("5 марта 2014 г.", "2014-03-05", "5 March 2014"),
    ("с 2014 по 2016", "2014/2016", "2014 – 2016"),
    ("1970-е годы", "197X", "the 1970s"),
    ("٥ آذار ٢٠١٤", "2014-03-05", "5 March 2014"),
    ("منذ ٢٠١٤", "2014/..", "since 2014"),
    ("كانون الثاني ٢٠١٤", "2014-01", "January 2014"),
    ("12 Mayıs 2014", "2014-05-12", "12 May 2014"),
    ("٢٠٢٤-٠٣-٠٥", "2024-03-05", "5 March 2024"),
    ("२०१४", "2014", "2014"),
    ("12 Mordad 1402", "1402-05-12@persian", "3 August 2023 (12 Mordad 1402 in the Persian calendar)"),
    ("۱۲ مرداد ۱۴۰۲", "1402-05-12@persian", "3 August 2023 (12 Mordad 1402 in the Persian calendar)"),
    ("1398 AP", "1398@persian", "21 March 2019 – 19 March 2020 (1398 in the Persian calendar)"),
    ("before 1398 (Persian)", "[..1397]@persian", "before 21 March 2019 (before 1398 in the Persian calendar)"),
    ("1445-09-01 AH", "1445-09-01@hijri", "about 11 March 2024 (1 Ramadan 1445 in the Hijri calendar)"),
    ("พ.ศ. 2567", "2567@buddhist", "2024 (2567 in the Buddhist calendar)"),
    ("15 رمضان 1445هـ", "1445-09-15@hijri", "about 25 March 2024 (15 Ramadan 1445 in the Hijri calendar)"),
    ("5 آذار/مارس 2014", "2014-03-05", "5 March 2014"),
    ("كانون الثاني/يناير 2014", "2014-01", "January 2014"),
    ("Wednesday, 5 March 2014", "2014-03-05", "5 March 2014"),
    ("lunes 5 de marzo de 2014", "2014-03-05", "5 March 2014"),
    ("13/3/2014", "2014-03-13", "13 March 2014"),
    ("3/13/2014", "2014-03-13", "13 March 2014"),
    ("03/2014", "2014-03", "March 2014"),
    ("5 & 6 March 2014", "2014-03-05/2014-03-06", "5 March 2014 – 6 March 2014"),
    ("March 2014 to present", "2014-03/..", "since March 2014"),
    ("no later than 2014", "../2014", "until 2014"),
    ("not before 2014", "2014/..", "since 2014"),
    ("on or about 5 March 2014", "2014-03-05~", "about 5 March 2014"),
    ("в марте 2014", "2014-03", "March 2014"),
    ("05.03.2014 г.", "2014-03-05", "5 March 2014"),
    ("5 березня 2014 року", "2014-03-05", "5 March 2014"),
    ("з 2014 року", "2014/..", "since 2014"),
    ("до 2014 року", "[..2013]", "before 2014"),
    ("um 1970", "1970~", "about 1970"),
    ("1970er Jahre", "197X", "the 1970s"),
    ("zwischen 2014 und 2016", "2014/2016", "2014 – 2016"),
    ("2014'ten beri", "2014/..", "since 2014"),
    ("2014'ten önce", "[..2013]", "before 2014"),
    ("1970'ler", "197X", "the 1970s"),
    ("2014 yılı", "2014", "2014"),
    ("دهه ۱۹۷۰", "197X", "the 1970s"),
    ("๕ มีนาคม ๒๕๕๗", "2557-03-05", "5 March 2557"),
    ("5 มี.ค. 2014", "2014-03-05", "5 March 2014"),
    ("2014年3月5日", "2014-03-05", "5 March 2014"),
    ("1970年代", "197X", "the 1970s"),
    ("2014년 3월", "2014-03", "March 2014"),
    ("ngày 5 tháng 3 năm 2014", "2014-03-05", "5 March 2014"),
    ("५ मार्च २०१४", "2014-03-05", "5 March 2014"),
    ("၅ မတ် ၂၀၁၄", "2014-03-05", "5 March 2014"),
    ("5 września 2014", "2014-09-05", "5 September 2014"),
    ("5 ožujka 2014", "2014-03-05", "5 March 2014"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "stored", "shown"), WRITTEN)
def test_what_people_write_is_read_and_printed(typed: str, stored: str, shown: str) -> None:
    value = PartialDate.parse(typed)
    assert (value.text, value.display()) == (stored, shown)
    assert PartialDate.parse(shown) == PartialDate.parse(stored) == value
    assert len(stored) <= 40


@pytest.mark.parametrize(
    "typed",
    [
        "05/03/2014",
        "2014-13",
        "2014-00",
        "5 March",
        "a 2014",
        "2014 2015",
        "1403-12-31 AP",
        "since",
        "197X-03",
        "5/3/2014",
        "5 listopada 2014",
        "13/13/2014",
        "early 2014",
        "2014 or 2015",
        "5 March 2014, 14:30",
        "do 2014",
    ],
)
def test_what_can_mean_two_things_or_nothing_is_refused(typed: str) -> None:
    with pytest.raises(InputError):
        PartialDate.parse(typed)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        value = PartialDate.parse(text)
    except InputError:
        return
    assert PartialDate(value.text) == PartialDate.parse(value.text) == value
    assert value.earliest() <= value.latest()


@pytest.mark.parametrize(("typed", "possible"), [("1398", 2), ("۱۳۶۰-۰۵-۱۲", 2), ("2567", 1), ("1650", 0)])
def test_an_improbable_year_is_in_doubt_until_somebody_says(typed: str, possible: int) -> None:
    value = PartialDate.parse(typed)
    assert value.doubtful
    assert len(value.calendars) == possible
    for calendar in (*value.calendars, Calendar.GREGORIAN):
        assert not value.of(calendar).doubtful
    assert not PartialDate("2014").doubtful


def test_the_two_halves_of_a_converted_date_must_agree() -> None:
    with pytest.raises(InputError):
        PartialDate.parse("4 August 2023 (12 Mordad 1402 in the Persian calendar)")


def test_an_old_file_with_other_digits_is_read() -> None:
    assert PartialDate("٢٠٢٤-٠٣-٠٥") == PartialDate("2024-03-05")


def test_an_open_date_is_surely_neither_over_nor_to_come() -> None:
    since, before = PartialDate("2014/.."), PartialDate("[..2013]")
    assert not since.surely_before(date(2030, 1, 1))
    assert since.latest() == date(2014, 12, 31)
    assert before.surely_before(date(2014, 1, 1))
    assert not before.surely_after(date(1900, 1, 1))
    assert not since.ends_before(PartialDate("2020"))
    assert not PartialDate("1990").ends_before(before)
    assert before.ends_before(since)


def test_citations_print_open_rough_and_converted_dates() -> None:
    assert bluebook_date(PartialDate("[..2014-02]")) == "before Mar. 2014"
    assert bluebook_date(PartialDate("2014-03/..")) == "since Mar. 2014"
    assert bluebook_date(PartialDate("197X~")) == "c. 1970s"
    assert oscola_date(PartialDate("1402-05-12@persian")) == "3 August 2023 [12 Mordad 1402 in the Persian calendar]"
    assert year(PartialDate("2014-03/..")) == "since 2014"


def test_a_coarse_date_keeps_no_day_of_any_calendar() -> None:
    assert coarse(PartialDate("1402-05-12@persian")) == PartialDate("2023-08~")
    assert coarse(PartialDate("2014-03-05/..")) == PartialDate("2014-03/..")
    assert coarse(PartialDate("197X")) == PartialDate("197X")
