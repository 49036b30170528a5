from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magdesk.dates.partialdate import PartialDate
from magdesk.errors import InputError
from magdesk.values import clean_text, new_id, script_of


@pytest.mark.parametrize(
    ("typed", "canonical", "shown"),
    [
        ("2014", "2014", "2014"),
        ("2014-03", "2014-03", "March 2014"),
        ("2014-03-05", "2014-03-05", "5 March 2014"),
        ("5 March 2014", "2014-03-05", "5 March 2014"),
        ("March 5, 2014", "2014-03-05", "5 March 2014"),
        ("Mar 2014", "2014-03", "March 2014"),
        ("about 2014", "2014~", "about 2014"),
        ("c. March 2014", "2014-03~", "about March 2014"),
        ("2014?", "2014?", "possibly 2014"),
        ("2014-03/2014-05", "2014-03/2014-05", "March 2014 – May 2014"),
        ("March 2014 to May 2014", "2014-03/2014-05", "March 2014 – May 2014"),
    ],
)
def test_partial_date_reads_what_people_type(typed: str, canonical: str, shown: str) -> None:
    value = PartialDate.parse(typed)
    assert value.text == canonical
    assert value.display() == shown
    assert PartialDate.parse(shown.removeprefix("possibly ")).earliest() == value.earliest()


@pytest.mark.parametrize(
    "typed", ["", "yesterday", "2014-13", "2014-02-30", "31 Foo 2014", "1/2/3", "0000", "2015/2014"]
)
def test_partial_date_refuses_the_rest(typed: str) -> None:
    with pytest.raises(InputError):
        PartialDate.parse(typed)


def test_partial_date_bounds() -> None:
    assert (PartialDate("2016-02").earliest(), PartialDate("2016-02").latest()) == (
        date(2016, 2, 1),
        date(2016, 2, 29),
    )
    assert (PartialDate("2014~").earliest(), PartialDate("2014~").latest()) == (date(2014, 1, 1), date(2014, 12, 31))
    assert PartialDate("2014/2015-03").latest() == date(2015, 3, 31)
    assert PartialDate("2014").precision == "year"
    assert PartialDate("2014-01?").approximate


@given(st.text())
def test_clean_text_keeps_what_can_be_written_anywhere(text: str) -> None:
    cleaned = clean_text(text)
    cleaned.encode("utf-8")
    assert clean_text(cleaned) == cleaned
    assert not any(ch in cleaned for ch in "\x00\x1b\u202e\u2066\ufffe\r")


def test_clean_text_leaves_names_alone() -> None:
    for name in ("محمّد علي", "Пётр", "习近平", "café", "e\u0301", "O\u2019Neil", "نعمت\u200cاللهی"):
        assert clean_text(name) == name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ivan", "Latn"),
        ("Иван", "Cyrl"),
        ("محمد", "Arab"),
        ("习近平", "Hani"),
        ("ひろし 山", "Jpan"),
        ("123", "Zyyy"),
    ],
)
def test_script_of(text: str, code: str) -> None:
    assert script_of(text) == code


def test_keys_are_ordered_by_time() -> None:
    keys = [new_id() for _ in range(50)]
    assert keys == sorted(keys)
    assert {key.version for key in keys} == {7}
