"""The frozen statements, read from the files beside this one."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

NEWEST = 5
"""The format that this program writes; stored as SQLite's ``user_version``."""

_TRIGGER = re.compile(r"CREATE TRIGGER (\w+)")


def statements(version: int) -> tuple[str, ...]:
    """What makes an empty file of a format, in an order in which it can be executed.

    Args:
        version: from 1 to :data:`NEWEST`.
    """
    return _read(f"format-{version:d}.sql")


def step(version: int) -> tuple[str, ...]:
    """What the step from the format before to this one changes in the tables.

    Args:
        version: from 2 to :data:`NEWEST`.
    """
    return _read(f"to-{version:d}.sql")


def triggers(version: int) -> dict[str, str]:
    """The statements of a format that make triggers, by the trigger's name."""
    found = ((_TRIGGER.match(statement), statement) for statement in statements(version))
    return {match[1]: statement for match, statement in found if match}


@cache
def _read(name: str) -> tuple[str, ...]:
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    code = "\n".join(line for line in text.splitlines() if not line.startswith("--")) + "\n"
    # A statement ends where a line does; the inner ends of a trigger stand within a line.
    return tuple(part.strip() for part in code.split(";\n") if part.strip())
