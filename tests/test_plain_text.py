"""No name that takes or makes markup stands in the window's code: what Qt offers for it is not used at all."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import magdesk.gui

ROOT = Path(magdesk.gui.__file__).parent
HOME = ROOT / "plain.py"
BOUNDED = ROOT / "boundedwords.py"

FORBIDDEN = {
    # lays out or makes markup
    "setHtml", "appendHtml", "insertHtml", "toHtml", "setMarkdown", "toMarkdown", "insertFromMarkdown", "RichText",
    "AutoText", "MarkdownText", "setDefaultStyleSheet", "mightBeRichText", "QTextDocumentFragment", "QStaticText",
    # opens what a text names
    "setOpenExternalLinks", "setOpenLinks", "setSource", "linkActivated", "anchorClicked", "addResource",
    # takes markup and is not met by the application's filter
    "QTextBrowser", "QErrorMessage", "QWhatsThis", "setWhatsThis", "QTextDocument", "QMessageBoxDetails",
    # the plain editor and the label of one line stand for these
    "QTextEdit",
    # measures a text of any length: what is shown of one line is shortened first
    "elidedText",
}  # fmt: skip
ALLOWED = {
    HOME: {"QTextEdit"},
    BOUNDED: {"elidedText"},
    # A sound or film is played from bytes of our own, by a device, never from an address.
    ROOT / "viewer" / "mediaview.py": {"setSource"},
    # The type of a coloured stretch, which a plain editor takes too.
    ROOT / "viewer" / "textview.py": {"QTextEdit"},
}


def names_in(text: str) -> set[str]:
    """Every name that a module uses."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.alias):
            found.add(node.name)
    return found


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_that_takes_markup_is_used(path: Path) -> None:
    used = names_in(path.read_text(encoding="utf-8")) & FORBIDDEN - ALLOWED.get(path, set())
    assert not used, f"{path.name} uses {sorted(used)}: texts of a case are never markup (see gui/plain.py)"


def bare_labels(text: str) -> list[int]:
    """Lines on which a module makes a label of Qt's own, or a kind of it."""
    found = []
    for node in ast.walk(ast.parse(text)):
        named = [node.func] if isinstance(node, ast.Call) else node.bases if isinstance(node, ast.ClassDef) else []
        found += [one.lineno for one in named if isinstance(one, ast.Name) and one.id == "QLabel"]
    return found


def test_every_label_is_of_bounded_length() -> None:
    homes = [path for path in sorted(ROOT.rglob("*.py")) if path != BOUNDED]
    bare = {path.name: lines for path in homes if (lines := bare_labels(path.read_text(encoding="utf-8")))}
    assert not bare, f"make a Label of gui/boundedwords.py instead: {bare}"


def test_the_lint_sees_what_it_forbids() -> None:
    assert names_in("label.setTextFormat(Qt.TextFormat.RichText)") & FORBIDDEN == {"RichText"}
    assert names_in("from PySide6.QtWidgets import QTextBrowser as B") & FORBIDDEN == {"QTextBrowser"}
    assert sorted(bare_labels("def f(x: QLabel):\n    return QLabel(x)\nclass L(QLabel): ...")) == [2, 3]
