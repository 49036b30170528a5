"""The pandoc program: a document in, its syntax tree out, nothing on the disk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from magdesk.intake.sandbox.programs import Program, ProgramFailed, Programs

SECONDS = 40.0


class PandocError(Exception):
    """There is no pandoc, or it could not read the document."""


def syntax_tree(data: bytes, reader: str, options: Sequence[str], programs: Programs) -> dict[str, Any]:
    """The document's tree as pandoc's JSON has it.

    Args:
        data: the document.
        reader: pandoc's name of its format.
        options: of the reader.
        programs: runs it.

    Raises:
        PandocError: no pandoc, not readable, too long or too large.
    """
    try:
        told = programs.run(Program.PANDOC, (reader, *options), data, SECONDS)
    except ProgramFailed as error:
        raise PandocError(str(error)) from error
    try:
        tree = json.loads(told)
    except (ValueError, RecursionError) as error:
        raise PandocError("not a tree") from error
    if not isinstance(tree, dict) or not isinstance(tree.get("blocks"), list):
        raise PandocError("not a tree")
    return tree
