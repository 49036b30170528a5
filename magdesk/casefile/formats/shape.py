"""What tables, indexes, triggers and views a file has, in a form in which two files can be compared.

SQLite keeps the text of each statement, but a column that was added later stands last and carries a default that a
fresh table does not have. Neither matters here: every statement of this program names its columns and gives each a
value. So the parts of a table are compared without their order and without constant defaults.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TypeAlias

import sqlcipher3.dbapi2 as driver

from magdesk.casefile.connection import RawConnection
from magdesk.casefile.formats.frozen import statements

Shape: TypeAlias = dict[tuple[str, str], str]
"""Kind (``table``, ``index``, ``trigger``, ``view``) and name of each thing in a file, with its statement,
:func:`normalised`."""

_TOKEN = re.compile(
    r"""
      '(?:[^']|'')*'                    # a text
    | "(?:[^"]|"")*" | \[[^\]]*\] | `(?:[^`]|``)*`   # a name in quotes
    | \w+
    | \s+
    | .
    """,
    re.VERBOSE | re.DOTALL,
)
_PLAIN = re.compile(r'["`\[](\w+)["`\]]')
_DEFAULT = re.compile(r" DEFAULT (?:'[^']*'|-? ?\d+|NULL)(?= |$)")


def shape_found(raw: RawConnection) -> Shape:
    """The shape of an open file. What SQLite makes by itself (``sqlite_…``) is left out."""
    rows = raw.execute("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    return {(kind, name): normalised(sql or "") for kind, name, sql in rows}


@cache
def _expected(version: int) -> tuple[tuple[tuple[str, str], str], ...]:
    raw = driver.connect(":memory:", isolation_level=None)
    try:
        for statement in statements(version):
            raw.execute(statement)
        return tuple(shape_found(raw).items())
    finally:
        raw.close()


def shape_of(version: int) -> Shape:
    """The shape that a file of this format has; the tables in which SQLite keeps an index of words too."""
    return dict(_expected(version))


def normalised(statement: str) -> str:
    """A statement of ``sqlite_schema`` without what two equal ones may differ in.

    That is spaces, quotes around plain names, and for a table the order of its parts and their constant defaults.
    """
    tokens = []
    for match in _TOKEN.finditer(statement):
        token = match[0]
        if not token.isspace():
            plain = _PLAIN.fullmatch(token)
            tokens.append(plain[1] if plain else token)
    if tokens[:2] != ["CREATE", "TABLE"] or "(" not in tokens:
        return " ".join(tokens)
    start = tokens.index("(")
    end = len(tokens) - 1 - tokens[::-1].index(")") if ")" in tokens else len(tokens)
    parts: list[str] = []
    part: list[str] = []
    depth = 0
    for token in [*tokens[start + 1 : end], ","]:
        depth += (token == "(") - (token == ")")  # noqa: S105  a bracket
        if token == "," and depth == 0:  # noqa: S105  a comma
            parts.append(_DEFAULT.sub("", " ".join(part)))
            part = []
        else:
            part.append(token)
    return " ".join([*tokens[:start], "(", " , ".join(sorted(parts)), ")", *tokens[end + 1 :]])
