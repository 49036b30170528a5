"""How well what is offered by name answers to what was typed. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from magdesk.casefile.folding import fold

RECENT = 5
"""How many commands used last are known; the score rises by less than that, so it only breaks ties."""
_LETTERS = 3  # fewer letters in order are in nearly every title


class CommandGroup(StrEnum):
    """Where an entry stands in the list."""

    DO = "do"
    GO = "go"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that can be chosen.

    Attributes:
        key: what is done when it is chosen, e.g. ``file.lock``.
        synonyms: other words by which people look for it.
        question: a sentence that leads to it.
        detail: a second line.
        shortcut: its keys, as they are written.
        reason: why it cannot be done now; empty where it can.
        marks: start and end of what stands out in the second line.
    """

    key: str
    group: CommandGroup
    title: str
    synonyms: str = ""
    question: str = ""
    detail: str = ""
    shortcut: str = ""
    reason: str = ""
    marks: tuple[tuple[int, int], ...] = ()


def score(entry: Command, typed: str, place: int | None = None) -> int:
    """How well an entry answers; 0 where it does not.

    An exact title 100; a title that begins with the words 80; all words begin words of the title 60; all stand in the
    title 40; in the synonyms 35; in the question 30; their letters in this order in the title 10. Words may come in
    any order; case, accents and forms of one letter do not matter.

    Args:
        typed: what was typed.
        place: where it stands among the commands used last, from 0; none where it does not.
    """
    asked = fold(typed).split()
    if not asked:
        return 0
    found = _score(entry, asked)
    return found + max(0, RECENT - 1 - place) if found and place is not None else found


def _score(entry: Command, asked: list[str]) -> int:
    titled = fold(entry.title).split()
    title, words = " ".join(titled), " ".join(asked)
    if title == words:
        return 100
    if title.startswith(words):
        return 80
    if _begin(asked, titled):
        return 60
    if all(word in title for word in asked):
        return 40
    if _begin(asked, titled + fold(entry.synonyms).split()):
        return 35
    if _begin(asked, fold(entry.question).split()):
        return 30
    letters = "".join(asked)
    return 10 if len(letters) >= _LETTERS and _in_order(letters, title) else 0


def _begin(asked: list[str], words: list[str]) -> bool:
    return all(any(word.startswith(one) for word in words) for one in asked)


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
