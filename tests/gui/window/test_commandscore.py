from __future__ import annotations

import pytest

from magdesk.gui.window.actions import ACTIONS
from magdesk.gui.window.commandscore import RECENT, Command, CommandGroup, score
from magdesk.gui.window.commandwords import ADDS, SYNONYMS


def entry(title: str, synonyms: str = "", question: str = "") -> Command:
    return Command("one", CommandGroup.DO, title, synonyms, question)


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        ("export the packet", 100),
        ("EXPORT", 80),
        ("export the pa", 80),
        ("packet exp", 60),
        ("port", 40),
        ("pdf", 35),
        ("word packet", 35),
        ("ministry", 30),
        ("xptk", 10),
        ("et", 40),
        ("xk", 0),
        ("tkpx", 0),
        ("", 0),
        ("   ", 0),
    ],
)
def test_the_better_the_words_fit_the_higher(typed: str, points: int) -> None:
    one = entry("Export the packet", "pdf word", "How does the ministry get it?")
    assert score(one, typed) == points


def test_accents_and_forms_of_letters_do_not_matter() -> None:
    assert score(entry("Überblick"), "uberblick") == 100
    assert score(entry("\u0623\u062d\u0645\u062f"), "\u0627\u062d\u0645\u062f") == 100


def test_what_was_used_last_only_breaks_ties() -> None:
    one = entry("Lock the case", "hide")
    best = score(one, "hide", 0)
    assert score(one, "hide") < score(one, "hide", 1) < best < 40
    assert score(one, "nothing of it", 0) == 0
    assert score(one, "hide", RECENT + 3) == score(one, "hide")


def test_every_command_and_page_has_other_words_and_every_word_its_command() -> None:
    keys = {declared.name for declared in ACTIONS} | {f"add.{code}" for code in ADDS}
    assert set(SYNONYMS) == keys - {"edit.find"}
