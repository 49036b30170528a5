"""Where an exception of any kind may be caught: a few named boundaries, each with its reason."""

from __future__ import annotations

import ast
from pathlib import Path

import magdesk

ROOT = Path(magdesk.__file__).parent
# Handlers that end there; those that raise the exception again (cleaning up after it) are not counted.
BOUNDARIES = {
    "cli/program.py": "the command line: a mistake of ours gets a sentence and an exit code of its own",
    "gui/runner.py": "the job runner: carries the exception into the window's thread, where it is raised or told",
    "intake/sandbox/worker.py": "any process that takes files apart: tells its parent that it cannot start",
    "intake/reading/worker.py": "the reading process: tells its parent of a mistake of ours",
    "intake/conversion/worker.py": "the converting process: likewise",
    "intake/rendering/worker.py": "the drawing process: likewise",
    "packet/paperworker.py": "the process that reads the papers of a packet: likewise",
    "casefile/hashing.py": "a thread: carries the exception to the one that waits for it",
    "casefile/index.py": "a thread: likewise",
}


def broad(path: Path) -> list[int]:
    """Lines of handlers of everything that do not raise."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            name = node.type.id if isinstance(node.type, ast.Name) else ""
            if (node.type is None or name in ("Exception", "BaseException")) and not any(
                isinstance(inner, ast.Raise) for inner in ast.walk(node)
            ):
                found.append(node.lineno)
    return found


def test_everything_is_caught_at_named_boundaries_only() -> None:
    found = {path.relative_to(ROOT).as_posix(): lines for path in ROOT.rglob("*.py") if (lines := broad(path))}
    assert set(found) <= set(BOUNDARIES), found
    assert all(len(lines) == 1 for lines in found.values()), found
