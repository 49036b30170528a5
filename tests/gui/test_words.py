"""What is put into a sentence of the window keeps its own direction, wherever the sentence comes from."""

from __future__ import annotations

from datetime import date

from magdesk.gui.plain import message, tip_text
from magdesk.gui.window.shell import Window
from magdesk.gui.words import _, between, joined, ngettext, with_quotes_apart
from magdesk.isolates import FIRST_STRONG, POP

NAME = "محمد"
APART = f"{FIRST_STRONG}{NAME}{POP}"
OVERRIDE = "\u202e"


def test_a_value_in_a_sentence_is_isolated_and_nothing_else() -> None:
    assert _("Delete {name}, 3 sources?").format(name=NAME) == f"Delete {APART}, 3 sources?"
    assert _("Delete {name}?").format(name="Anna") == "Delete Anna?"
    assert _("{0} of {1}").format(NAME, 3) == f"{APART} of 3"
    assert _("{day:%Y} {size:,}").format(day=date(2024, 1, 2), size=1000) == "2024 1,000"
    assert ngettext("{count} of {name}", "{count} of {name}", 2).format(count=2, name=NAME) == f"2 of {APART}"


def test_an_error_in_a_sentence_is_isolated_as_a_whole() -> None:
    assert (
        _("Not saved: {why}").format(why=ValueError(f"{NAME}.txt, 1"))
        == f"Not saved: {FIRST_STRONG}{NAME}.txt, 1{POP}"
    )


def test_the_parts_of_a_cell_are_isolated_each() -> None:
    assert joined(NAME, "", 3, "page") == f"{APART} · 3 · page"
    assert between(", ", ("a", NAME)) == f"a, {APART}"


def test_quoted_parts_of_a_finished_sentence_are_isolated_once() -> None:
    told = f"“{NAME}” is locked, 2 pages."
    assert with_quotes_apart(told) == f"“{APART}” is locked, 2 pages."
    assert with_quotes_apart(with_quotes_apart(told)) == with_quotes_apart(told)
    assert with_quotes_apart(f"“{NAME}{OVERRIDE}” x") == f"“{APART}” x"
    assert with_quotes_apart(f"“{APART}{OVERRIDE}” x") == f"“{APART}” x"
    assert with_quotes_apart(f"“{FIRST_STRONG}{NAME}” x").count(POP) == 1
    assert message(told) == tip_text(told) == f"“{APART}” is locked, 2 pages."


def test_toast_and_banner_show_them_so(open_window: Window) -> None:
    view = open_window.view
    assert view is not None
    told = f"“{NAME}” was added, 2 pages."
    view.desk.notice_requested.emit(told, False)
    assert view.toast.text.text() == f"“{APART}” was added, 2 pages."
    view.jobs.banner.say(told)
    assert view.jobs.banner.text.text() == f"“{APART}” was added, 2 pages."
