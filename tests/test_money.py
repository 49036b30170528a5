from __future__ import annotations

from decimal import Decimal

import pytest

from magdesk.errors import InputError
from magdesk.money import amount_words, read_amount


@pytest.mark.parametrize(
    ("text", "sum_"),
    [
        ("1,900,000.50", "1900000.50"),
        ("1.900.000,50", "1900000.50"),
        ("1 900 000", "1900000"),
        ("1’900’000", "1900000"),
        ("1,900", "1900"),
        ("1,90", "1.90"),
        ("1900000.5", "1900000.5"),
        ("0.1", "0.1"),
    ],
)
def test_sums_as_people_write_them(text: str, sum_: str) -> None:
    assert read_amount(text) == Decimal(sum_)


@pytest.mark.parametrize("text", ["1.900", "12,34,567", "1,900,00", "about 5", "-3", "1e6", "1,900,000,000.", "NaN"])
def test_what_is_no_sum_or_could_be_two_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_amount(text)


def test_nothing_is_no_sum() -> None:
    assert read_amount("  ") is None


def test_sums_are_printed_digit_by_digit() -> None:
    assert amount_words(Decimal("1900000.50"), "USD") == "USD\u00a01,900,000.50"
    assert amount_words(Decimal("12"), "gold bars") == "12\u00a0gold bars"
    assert amount_words(Decimal("1e6"), "") == "1,000,000"
