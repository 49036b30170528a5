"""Words that are one slip away from another."""

from __future__ import annotations

import tracemalloc

import pytest

from magdesk.checks.matching import NearFinder


@pytest.mark.parametrize("word", ["dorvann", "dorva", "dorvam", "dovran", "dorvan\u0323", "orvan"])
def test_one_slip_is_near(word: str) -> None:
    assert NearFinder(["dorvan", "benvolio"]).near(word) == "dorvan"


@pytest.mark.parametrize("word", ["dorvan", "dorvanni", "dorlam", "rodvan", "xyz", ""])
def test_the_word_itself_and_two_slips_are_not(word: str) -> None:
    assert NearFinder(["dorvan"]).near(word) == ""


def test_of_several_the_first_by_the_alphabet_is_told() -> None:
    assert NearFinder(["marta", "maria"]).near("mara") == "maria"


def test_a_word_that_is_no_word_costs_no_room() -> None:
    blob = "kilobyte " * 3_000
    tracemalloc.start()
    try:
        finder = NearFinder([blob, "dorvan"])
        assert finder.near(f"{blob}x") == ""
        assert finder.near("dorvam") == "dorvan"
        assert tracemalloc.get_traced_memory()[1] < 2 << 20
    finally:
        tracemalloc.stop()
