"""Codes of the standards for countries (ISO 3166), currencies (ISO 4217) and languages (ISO 639, BCP 47).

A country may be named in words, as sources do, and may be one that no standard knows; a code that none has is a slip.
Withdrawn codes are known too: an act of 1990 happened in the SU, and was paid for in DEM.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from magdesk import paths

_NEAR = 0.87  # from there on another spelling is taken for a slip
_USER_CODE = re.compile(r"AA|Q[M-Z]|X[A-Z]|ZZ")  # ISO 3166-1, 8.1.3: for whoever needs one, as XK
_COUNTRY_CODE = re.compile(r"[A-Za-z]{2}")
_CURRENCY_CODE = re.compile(r"[A-Za-z]{3}")
_PRIVATE_LANGUAGE = re.compile(r"q[a-t][a-z]|mis|mul|und|zxx")  # ISO 639-2
_TAG = re.compile(r"([A-Za-z]{2,3})(?:-[A-Za-z0-9]{1,8})*")  # RFC 5646
_SIGNS = {"US$": "USD", "$US": "USD", "€": "EUR", "£": "GBP", "EURO": "EUR", "EUROS": "EUR", "DOLLARS": "USD"}


@dataclass(frozen=True, slots=True)
class Standards:
    """The codes with their English names."""

    countries: Mapping[str, str]
    former_countries: Mapping[str, str]
    currencies: Mapping[str, str]
    former_currencies: Mapping[str, str]
    languages: Mapping[str, str]
    other_languages: frozenset[str]


@dataclass(frozen=True, slots=True)
class Slip:
    """That a value is no code of its standard.

    Attributes:
        meant: what is nearest to it, best first; empty where nothing is.
        sure: whether it can be nothing but a slip; a currency that no standard has may be that of a breakaway region.
    """

    meant: tuple[str, ...] = ()
    sure: bool = True


@cache
def standards() -> Standards:
    """The lists, as the program carries them."""
    with paths.resource("standards", "codes.toml").open("rb") as stream:
        read = tomllib.load(stream)
    read["other_languages"] = frozenset(read["other_languages"].split())
    return Standards(**read)


def slip_of_country(value: str) -> Slip | None:
    """What is wrong with the name or code of a country; nothing for a name that is like none, or is one."""
    text, known = value.strip(), standards()
    if not text:
        return None
    if _COUNTRY_CODE.fullmatch(text):
        code = text.upper()
        if text == code and (code in known.countries or code in known.former_countries or _USER_CODE.fullmatch(code)):
            return None
        if code in known.countries:
            return Slip((code,))
        return Slip(tuple(difflib.get_close_matches(code, known.countries, 3)))
    names = {name.casefold(): name for name in (*known.countries.values(), *known.former_countries.values())}
    if text.casefold() in names:
        return None
    near = difflib.get_close_matches(text.casefold(), names, 1, _NEAR)
    return Slip((names[near[0]],)) if near else None


def slip_of_currency(value: str) -> Slip | None:
    """What is wrong with a currency; nothing for a commodity or coin by its own name."""
    text, known = value.strip(), standards()
    code = _SIGNS.get(text.upper(), text.upper())
    valid = code in known.currencies or code in known.former_currencies
    if text == code and (valid or not _CURRENCY_CODE.fullmatch(text)):
        return None
    if valid:
        return Slip((code,))
    if not _CURRENCY_CODE.fullmatch(text):
        return None
    return Slip(tuple(difflib.get_close_matches(code, known.currencies, 3)), sure=False)


def slip_of_language(value: str) -> Slip | None:
    """What is wrong with the tag of a language."""
    text, known = value.strip(), standards()
    if not text:
        return None
    tag = _TAG.fullmatch(text)
    if tag is not None:
        code = tag[1].lower()
        if code in known.languages or code in known.other_languages or _PRIVATE_LANGUAGE.fullmatch(code):
            return None
    by_name = {part.strip().casefold(): code for code, name in known.languages.items() for part in name.split(";")}
    near = difflib.get_close_matches(text.casefold(), by_name, 3, 0.8)
    return Slip(tuple(dict.fromkeys(by_name[name] for name in near)))
