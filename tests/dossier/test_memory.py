"""Answers that stay: each is worked out anew exactly when what it hangs on has changed."""

from __future__ import annotations

import uuid

import pytest

from magdesk.dossier import memory
from magdesk.dossier.memory import Memory

ONE, TWO, THREE = (uuid.UUID(int=number) for number in (1, 2, 3))


class Counting:
    """Doubles a number and notes which it was asked for."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def __call__(self, number: int) -> int:
        self.asked.append(number)
        return number * 2


def test_a_row_is_looked_at_again_only_when_it_changed() -> None:
    kept, find, rows = Memory(), Counting(), {ONE: 1, TWO: 2}
    first = kept.each("double", rows, find)
    assert first == {ONE: 2, TWO: 4}
    assert kept.each("double", rows, find) is first
    rows[TWO] = 5
    kept.forget([TWO])
    second = kept.each("double", rows, find)
    assert second == {ONE: 2, TWO: 10}
    assert list(second) == [ONE, TWO]
    assert first == {ONE: 2, TWO: 4}  # who holds the old answers keeps them
    assert find.asked == [1, 2, 5]


def test_an_answer_that_comes_out_as_before_is_the_same_object() -> None:
    kept, find, rows = Memory(), Counting(), {ONE: 1, TWO: 2}
    first = kept.each("double", rows, find)
    kept.forget([ONE])
    assert kept.each("double", rows, find) is first
    assert kept.each("double", rows, find) is first
    assert find.asked == [1, 2, 1]  # looked at once more, and not again after that


def test_rows_that_came_and_went() -> None:
    kept, find = Memory(), Counting()
    kept.each("double", {ONE: 1, TWO: 2}, find)
    kept.forget([TWO, THREE])
    assert kept.each("double", {THREE: 3, TWO: 7}, find) == {THREE: 6, TWO: 14}
    assert find.asked == [1, 2, 3, 7]
    assert list(kept.each("double", {TWO: 7, THREE: 3}, find).items()) == [(TWO, 14), (THREE, 6)]
    assert find.asked == [1, 2, 3, 7]  # another order asks nothing
    kept.forget([ONE])  # gone already
    assert kept.each("double", {TWO: 7, THREE: 3}, find) == {TWO: 14, THREE: 6}
    assert find.asked == [1, 2, 3, 7]


def test_a_row_whose_answer_is_nothing_is_known_too() -> None:
    kept, asked = Memory(), []

    def find(number: int) -> None:
        asked.append(number)

    kept.each("nothing", {ONE: 1}, find)
    assert kept.each("nothing", {ONE: 1, TWO: 2}, find) == {ONE: None, TWO: None}
    assert asked == [1, 2]


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        (1, 1, True),
        (1, 2, False),
        ((1, "a"), (1, "a"), True),
        ((1, "a"), (1, "b"), False),
        ([1], [1], True),  # equal is enough, be it another object
        (([1],), ([1],), True),
        ((1,), (1, 1), False),
        ((1, 1), (1,), False),
        ((1,), 1, False),
        (1, (1,), False),
        ((), (), True),
        ({1: 2}, {1: 2}, False),  # mappings are the same only if they are the very same
        (({1: 2},), ({1: 2},), False),
        (None, None, True),
    ],
)
def test_another_stamp_asks_anew(before: object, after: object, same: bool) -> None:
    kept, find, made = Memory(), Counting(), []
    kept.each("double", {ONE: 1}, find, before)
    kept.each("double", {ONE: 1}, find, after)
    assert find.asked == ([1] if same else [1, 1])
    for stamp in (before, after):
        kept.once("list", stamp, lambda: made.append(1))
    assert len(made) == (1 if same else 2)


def test_the_very_same_mapping_is_the_same() -> None:
    kept, find, stamp, made = Memory(), Counting(), {1: 2}, []
    for given in (stamp, stamp, (stamp, 1), (stamp, 1)):
        kept.each("double", {ONE: 1}, find, given)
        kept.once("list", given, lambda: made.append(1))
    assert find.asked == [1, 1]
    assert len(made) == 2


def test_what_is_made_from_what_it_was_before() -> None:
    kept = Memory()
    seen: list[object] = []

    def make(before: int | None) -> int:
        seen.append(before)
        return len(seen)

    assert [kept.renewed("count", stamp, make) for stamp in ("a", "a", "b", "b", "a")] == [1, 1, 2, 2, 3]
    assert seen == [None, 1, 2]


def test_each_purpose_has_its_own_answers() -> None:
    kept, find = Memory(), Counting()
    kept.each("one", {ONE: 1}, find)
    assert kept.each("two", {ONE: 1}, lambda number: number * 10) == {ONE: 10}
    assert kept.once("one", 1, lambda: "a") == "a"
    assert kept.once("two", 1, lambda: "b") == "b"
    kept.of_texts("one", "x")["text"] = 1
    assert kept.of_texts("two", "x") == {}


def test_answers_about_texts_stay_until_something_else_is_sought(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_ROOM", 2)
    kept = Memory()
    kept.of_texts("names", "Ada")["one"] = 1
    kept.of_texts("names", "Ada")["two"] = 2
    assert kept.of_texts("names", "Ada") == {"one": 1, "two": 2}
    kept.of_texts("names", "Ada")["three"] = 3
    assert kept.of_texts("names", "Ada") == {}  # there were too many
    kept.of_texts("names", "Ada")["one"] = 1
    assert kept.of_texts("names", "Eve") == {}
    assert kept.of_texts("names", "Ada") == {}
