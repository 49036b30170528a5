"""What a difference is called and which words of it are other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from magdesk.regimes.difference import LawChange
from magdesk.services.lawwords import Fate, change_heading, change_place, word_steps


def place(part: str, code: str, *path: str) -> str:
    return change_place(LawChange(part, code, "Title", path, "", ""))


def test_a_place_is_told_in_words() -> None:
    assert place("regimes", "uk-ghr", "prongs", "GHR-C", "wording") == "Paragraph GHR-C › Text of the law"
    assert place("regimes", "uk-ghr", "prongs", "HR-1", "elements", "E1", "question") == (
        "Paragraph HR-1 › Element E1 › question"
    )
    assert place("regimes", "uk-ghr", "prongs", "order") == "Paragraph › Order"
    assert place("regimes", "uk-ghr", "in_force_until") == "In force until"
    assert place("checks", "C18", "variants", "stale", "sentence") == "C18 › variants › stale › sentence"
    assert place("acts", "torture", "elements", "T1", "title") == "torture › Element T1 › title"
    assert change_heading(LawChange("regimes", "uk-ghr", "Title", (), "", "")) == "Title"
    assert change_heading(LawChange("checks", "C18", "Title", (), "", "")) == "Wording of checks"


@given(st.text("ab \n", max_size=40), st.text("ab \n", max_size=40))
def test_nothing_of_the_old_and_of_the_new_words_is_left_out(old: str, new: str) -> None:
    steps = list(word_steps(old, new))
    assert "".join(one.text for one in steps if one.fate is not Fate.COMES) == old
    assert "".join(one.text for one in steps if one.fate is not Fate.GOES) == new


def test_only_what_is_other_is_marked() -> None:
    steps = [(str(one.fate), one.text) for one in word_steps("he conceals such evidence", "he hides such evidence")]
    assert steps == [("stays", "he "), ("goes", "conceals"), ("comes", "hides"), ("stays", " such evidence")]
    long = "word " * 5000
    assert [one.fate for one in word_steps(long, long + "x")] == [Fate.GOES, Fate.COMES]
