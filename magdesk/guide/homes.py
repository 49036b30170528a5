"""Where in the Guide a field of the Desk is asked about, so that a switch between the two stays at the same place."""

from __future__ import annotations

from functools import cache

from magdesk import paths
from magdesk.guide.content import screen, tasks
from magdesk.guide.held import SOURCE
from magdesk.guide.screens import Screen
from magdesk.regimes.reading import TableReader, read_text

_STORY = 1  # asks for what later tasks ask for in full


def home_of(table: str, column: str, kind: str = "") -> Screen | None:
    """The screen that asks for a field; none where only the Desk shows it.

    Args:
        table: name of the model's class.
        kind: of the row, where its table holds several (``date_of_birth``): the screen of just that kind comes first.
    """
    homes = _homes()
    return homes.get((table, column, kind)) or homes.get((table, column, "")) or homes.get((table, column, "*"))


@cache
def only_in_the_desk() -> frozenset[tuple[str, str]]:
    """The fields, by table and column, that no screen shows, on purpose.

    Raises:
        RegimeError: the file that lists them is wrong.
    """
    top = TableReader.of_text(read_text(paths.resource("guide", "only-in-the-desk.toml")))
    found = frozenset((table, column) for table in top.keys() for column in top.texts(table))  # noqa: SIM118
    top.finish()
    return found


def first_screen_of(page: str) -> Screen:
    """The screen that a page of the Desk leads to where no field is chosen: the first one at home there."""
    every = [one for task in tasks() for one in task.screens if one.page == page and task.number != _STORY]
    start = screen("1.1")
    assert start is not None
    return every[0] if every else start


@cache
def _homes() -> dict[tuple[str, str, str], Screen]:
    found: dict[tuple[str, str, str], Screen] = {}
    every = sorted(
        (one for task in tasks() for one in task.screens), key=lambda one: (one.task == _STORY, one.is_list)
    )
    for one in every:
        for field in one.fields:
            kind = "" if field.kind == SOURCE else field.kind
            found.setdefault((field.table, field.column, kind), one)
            found.setdefault((field.table, field.column, "*"), one)
    return found
