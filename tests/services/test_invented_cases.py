"""What the packets of two invented cases hold, and what must never stand in them, on the written files."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from magdesk.regimes import load_law
from tests.invented import case_file, export_of, words_of
from tests.shared import Once

pytestmark = pytest.mark.slow

# What each packet has to say, and what belongs to another government or to nobody.
HOLDS = {
    ("concession", "us"): (
        ["Bribe for the Sennit concession", "Kickback on the Dellen road", "Most recent act: 11 October 2024"],
        ["Sandrel", "SANDREL", "health of his daughter", "Payroll", "Ostrand", "OSTRAND", "Booking clerk"],
    ),
    ("concession", "ca"): (
        ["Bribe for the Sennit concession", "Most recent act: 12 May 2022"],
        [
            "Kickback",
            "Dellen road",
            "Dellen Roadworks",
            "Recommended: no. 2",
            "Transfer of the proceeds",
            "Sandrel",
            "Payroll",
            "OSTRAND",
        ],
    ),
    ("concession", "uk"): (
        ["Bribe for the Sennit concession", "Transfer of the proceeds", "Most recent act: 19 July 2022"],
        ["Kickback", "Dellen road", "Dellen Roadworks", "Sandrel", "SANDREL", "Payroll", "OSTRAND"],
    ),
    ("exiles", "us"): (
        ["Attempt to abduct", "Payments to the head of the Border Service", "Worker D"],
        ["Ardo", "wedding", "Hellmark", "Varo, Emil", "Petra Sunde"],
    ),
    ("exiles", "uk"): (
        ["Forced labour at Sable Point", "Most recent act: 30 April 2026"],
        ["Harsen", "abduct", "Orsel", "Border Service", "Ilse Varo", "Ardo", "wedding"],
    ),
    ("exiles", "eu"): (
        ["Forced labour at Sable Point", "threats against exiles"],
        ["Border Service", "Ilse Varo", "Ardo", "wedding", "Mirrin Tay Lothe took"],
    ),
    ("exiles", "ca"): (
        ["Forced labour at Sable Point", "threats against exiles"],
        ["Border Service", "Ilse Varo", "Ardo", "wedding"],
    ),
}


@pytest.fixture(scope="session")
def words(once: Once) -> Callable[[str, str], dict[str, str]]:
    """What the packet of a case for a country says, file by file."""

    def read(name: str, country: str) -> dict[str, str]:
        def make(path: Path) -> None:
            file = once(f"{name}.magdesk", partial(case_file, name))
            export_of(name, country, file, path, load_law())

        return words_of(once(f"{name}-{country}", make))

    return read


# Each costs an export; with MAGDESK_SLOW_TESTS all seven.
_ALWAYS = [("concession", "us"), ("concession", "ca"), ("exiles", "us"), ("exiles", "uk")]


@pytest.mark.parametrize(("name", "country"), HOLDS if "MAGDESK_SLOW_TESTS" in os.environ else _ALWAYS)
def test_a_packet_holds_what_it_pleads_and_nothing_else(
    words: Callable[[str, str], dict[str, str]], name: str, country: str
) -> None:
    found = words(name, country)
    every = "\n".join(found.values())
    must, never = HOLDS[name, country]
    assert [text for text in must if text not in every] == []
    assert [(file, text) for text in never for file, said in found.items() if text in said] == []


def test_nothing_false_is_said_of_family(words: Callable[[str, str], dict[str, str]]) -> None:
    """A spouse who is pleaded is nobody's harmless family, and the official is not asked for as hers."""
    for name, country in (("exiles", "us"), ("exiles", "uk"), ("exiles", "eu")):
        text = words(name, country)["01-submission.docx"]
        assert "did anything wrong" not in text, country
    own = "What is alleged against Mirrin Lothe is set out in a section of its own"
    assert own in words("exiles", "us")["01-submission.docx"]
    assert "alleged against" not in words("exiles", "eu")["01-submission.docx"], "there she is no target"
    american = words("concession", "us")["01-submission.docx"]
    assert "ineligibility by association is requested" not in american, "the wife is a target herself"
    assert "This ground rests on the family tie alone." in american
    assert "Nothing in this submission alleges that Tobin Ansel Maro did anything wrong." in american


def test_the_row_of_the_act_is_filled_by_what_proves_its_kind(words: Callable[[str, str], dict[str, str]]) -> None:
    lines = words("exiles", "us")["01-submission.docx"].split("\n")
    rows = [lines[place + 1] for place, line in enumerate(lines) if line == "E2\u2002Serious human rights abuse"]
    assert rows
    assert "No fact yet." not in rows
