"""The pandoc program, where it is installed: a document in, its syntax tree out, nothing on the disk."""

from __future__ import annotations

import ctypes
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HEAP = "900m"
SECONDS = 40.0
_TREE_LIMIT = 96 << 20  # bytes of JSON
_PR_SET_PDEATHSIG, _SIGKILL = 1, 9


class PandocError(Exception):
    """There is no pandoc, or it could not read the document."""


def pandoc_program() -> Path | None:
    """The program inside the ``pypandoc-binary`` wheel; none when that is not installed.

    What lies on the search path is not asked: an export must not depend on the machine it was made on.
    """
    found = importlib.util.find_spec("pypandoc")
    if found is None or found.origin is None:
        return None
    name = "pandoc.exe" if sys.platform == "win32" else "pandoc"
    program = Path(found.origin).parent / "files" / name
    return program if program.is_file() else None


def syntax_tree(data: bytes, reader: str, options: Sequence[str] = ()) -> dict[str, Any]:
    """The document's tree as pandoc's JSON has it.

    Args:
        data: the document.
        reader: pandoc's name of its format.
        options: of the reader.

    Raises:
        PandocError: no pandoc, not readable, too long or too large.
    """
    program = pandoc_program()
    if program is None:
        raise PandocError("no pandoc")
    command = [str(program), "+RTS", f"-M{HEAP}", "-RTS", "--sandbox", "-f", reader, "-t", "json", *options]
    with subprocess.Popen(  # noqa: S603  the program of our own installation, no shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.defpath, "LANG": "C.UTF-8"},
        preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509  no threads here
    ) as process:
        try:
            told, _nothing = process.communicate(data, timeout=SECONDS)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise PandocError("too long") from error
    if process.returncode != 0:
        raise PandocError(f"pandoc {process.returncode}")
    if len(told) > _TREE_LIMIT:
        raise PandocError("too large")
    try:
        tree = json.loads(told)
    except (ValueError, RecursionError) as error:
        raise PandocError("not a tree") from error
    if not isinstance(tree, dict) or not isinstance(tree.get("blocks"), list):
        raise PandocError("not a tree")
    return tree


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, _SIGKILL)
