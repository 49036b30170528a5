"""The lists of the standards, and what is no code of any."""

from __future__ import annotations

import pytest

from magdesk.standards import slip_of_country, slip_of_currency, slip_of_language, standards


def test_the_lists_are_whole() -> None:
    known = standards()
    assert len(known.countries) == 249
    assert {"SU", "YU", "DD", "TP"} <= known.former_countries.keys()
    assert not known.countries.keys() & known.former_countries.keys()
    assert {"USD", "RUB", "XAU", "TRY"} <= known.currencies.keys()
    assert {"DEM", "FRF", "SUR", "YUM", "ZWD"} <= known.former_currencies.keys()
    assert {"en", "ar", "zh", "syr"} <= known.languages.keys()
    assert {"ckb", "cmn", "prs"} <= known.other_languages


@pytest.mark.parametrize(
    "value", ["", "RU", "XK", "SU", "QQ", "Russian Federation", "Karsovia", "Port Lumen", "KOSOVO"]
)
def test_a_country_is_a_code_or_a_name(value: str) -> None:
    assert slip_of_country(value) is None


@pytest.mark.parametrize(
    ("value", "meant"), [("UX", ""), ("by", "BY"), ("Belaruss", "Belarus"), ("Myanmarr", "Myanmar")]
)
def test_a_slip_in_a_country_is_found(value: str, meant: str) -> None:
    slip = slip_of_country(value)
    assert slip is not None
    assert slip.sure
    assert not meant or slip.meant[0] == meant


@pytest.mark.parametrize("value", ["", "USD", "DEM", "USDT", "gold", "Karsovian shilling"])
def test_a_currency_is_a_code_or_a_name(value: str) -> None:
    assert slip_of_currency(value) is None


def test_a_currency_of_no_standard_is_told_but_may_be_meant() -> None:
    slip = slip_of_currency("KVS")
    assert slip is not None
    assert not slip.sure
    assert [(slip_of_currency(text) or slip).meant for text in ("eur", "US$")] == [("EUR",), ("USD",)]


@pytest.mark.parametrize("value", ["", "en", "ar-SY", "zh-Hant", "ckb", "und", "qaa"])
def test_a_language_is_a_tag(value: str) -> None:
    assert slip_of_language(value) is None


@pytest.mark.parametrize(("value", "meant"), [("English", "en"), ("xx", ""), ("Arabic", "ar"), ("e", "")])
def test_a_slip_in_a_language_is_found(value: str, meant: str) -> None:
    slip = slip_of_language(value)
    assert slip is not None
    assert not meant or slip.meant[0] == meant
