"""The safety sentences of the README, and the mark of a test that holds one.

Whoever adds a sentence to "Safety, plainly" writes a test for it, wherever it fits best, and marks it::

    @safety("Backups are encrypted the same way and rotate in your data folder.")
    def test_…

``tests/system/test_readme.py`` compares both lists. A row of a table in that section counts as a sentence, its cells
joined by ``" | "``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_END_OF_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“*`])")


def safety(sentence: str) -> pytest.MarkDecorator:
    """Mark the test that fails when this sentence of the README is not true."""
    return pytest.mark.safety(sentence)


def sentences(readme: str) -> list[str]:
    """The sentences of the section "Safety, plainly", in their order."""
    section = readme.split("\n### Safety, plainly\n", 1)[1]
    section = re.split(r"^#{1,3} ", section, maxsplit=1, flags=re.MULTILINE)[0]
    found: list[str] = []
    for part in re.split(r"\n\s*\n|\n(?=- )|\n(?=\|)", section.strip()):
        text = " ".join(part.removeprefix("- ").split())
        if text.startswith("|"):
            cells = [cell.strip() for cell in text.strip("|").split("|")]
            if not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
                found.append(" | ".join(cells))
        elif text:
            found += _END_OF_SENTENCE.split(text)
    return found


def marked(folder: Path) -> Iterator[tuple[str, str]]:
    """Each sentence that a test below the folder is marked with, and that test's name."""
    for path in sorted(folder.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for decorator in node.decorator_list:
                    if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "safety":
                        yield ast.literal_eval(decorator.args[0]), f"{path.name}::{node.name}"
