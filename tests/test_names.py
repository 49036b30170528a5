"""One name, one meaning: a class name stands for one thing in the whole program."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import magdesk

HOUSE = Path(magdesk.__file__).parent


def named_types(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Classes, nested ones too, and the aliases of a module, which begin with a capital: name and what it stands for.

    A class stands for itself. Two aliases in rooms that may not import each other can say the same.
    """
    for number, node in enumerate(ast.walk(tree)):
        if isinstance(node, ast.ClassDef):
            yield node.name, f"class {number}"
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            target = statement.targets[0]
        elif isinstance(statement, ast.AnnAssign):
            target = statement.target
        else:
            continue
        if isinstance(target, ast.Name) and statement.value is not None and _is_type_name(target.id):
            yield target.id, ast.unparse(statement.value)


def _is_type_name(name: str) -> bool:
    bare = name.lstrip("_")
    return bare[:1].isupper() and (not bare.isupper() or len(bare) == 1)


def test_no_two_classes_share_a_name() -> None:
    meanings: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for path in sorted(HOUSE.rglob("*.py")):
        place = path.relative_to(HOUSE).as_posix()
        for name, meaning in named_types(ast.parse(path.read_text(encoding="utf-8"))):
            own = f"{place}: {meaning}" if meaning.startswith("class ") else meaning
            meanings[name][own] = place
    several = {name: sorted(places.values()) for name, places in meanings.items() if len(places) > 1}
    assert not several, "; ".join(f"{name} in {places}" for name, places in several.items())


# Metaphors that were file names here once, and words that fit any file: neither says what is inside.
TELLS_NOTHING = frozenset({
    "bare", "common", "doors", "gate", "guides", "handed", "helper", "helpers", "keeping", "kinds", "lookout",
    "manager", "managers", "misc", "shown", "stuff", "survey", "things", "tray", "twoline", "utils", "util", "veil",
    "waiting",
})  # fmt: skip


def test_a_file_is_named_after_what_is_in_it() -> None:
    nameless = [path.relative_to(HOUSE).as_posix() for path in HOUSE.rglob("*.py") if path.stem in TELLS_NOTHING]
    assert not nameless
