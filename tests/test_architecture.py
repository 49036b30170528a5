"""Who may import whom. Change this file first, on purpose, when an arrow has to change."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from pytest_archon import archrule

import magdesk

HOUSE = Path(magdesk.__file__).parent.parent

HEAVY_HOMES = {
    "PySide6": ["magdesk.gui", "magdesk.gui.*"],
    "sqlcipher3": ["magdesk.casefile*"],
    "sqlalchemy": ["magdesk.model*", "magdesk.dossier*", "magdesk.casefile*", "magdesk.services*"],
    "reportlab": ["magdesk.render*", "magdesk.packet*"],
    "docx": ["magdesk.render*"],
    "pikepdf": ["magdesk.packet*", "magdesk.intake*"],
}


@pytest.mark.parametrize("library", sorted(HEAVY_HOMES))
def test_heavy_library_has_one_home(library: str) -> None:
    rule = archrule(f"{library} has one home").match("magdesk*")
    for home in HEAVY_HOMES[library]:
        rule = rule.exclude(home)
    rule.should_not_import(f"{library}*").check("magdesk", only_direct_imports=True)


ABOVE = ["magdesk.guide*", "magdesk.services*", "magdesk.gui", "magdesk.gui.*", "magdesk.cli*"]
FORBIDDEN = {
    "magdesk.model*": [
        "magdesk.dossier*", "magdesk.casefile*", "magdesk.regimes*", "magdesk.checks*", "magdesk.intake*",
        "magdesk.citations*",
        "magdesk.document*", "magdesk.render*", "magdesk.packet*",
    ],
    "magdesk.signing*": [
        "magdesk.model*", "magdesk.dossier*", "magdesk.casefile*", "magdesk.regimes*", "magdesk.checks*",
        "magdesk.intake*",
        "magdesk.citations*", "magdesk.document*", "magdesk.render*", "magdesk.packet*",
    ],
    "magdesk.dossier*": [
        "magdesk.casefile*", "magdesk.checks*", "magdesk.intake*", "magdesk.citations*", "magdesk.document*",
        "magdesk.render*", "magdesk.packet*",
    ],
    "magdesk.regimes*": [
        "magdesk.model*", "magdesk.dossier*", "magdesk.casefile*", "magdesk.checks*", "magdesk.intake*",
        "magdesk.citations*",
        "magdesk.document*", "magdesk.render*", "magdesk.packet*",
    ],
    "magdesk.casefile*": [
        "magdesk.dossier*", "magdesk.regimes*", "magdesk.checks*", "magdesk.intake*", "magdesk.citations*",
        "magdesk.document*",
        "magdesk.render*", "magdesk.packet*",
    ],
    "magdesk.checks*": [
        "magdesk.casefile*", "magdesk.intake*", "magdesk.citations*", "magdesk.document*", "magdesk.render*",
        "magdesk.packet*",
    ],
    "magdesk.guide*": [
        "magdesk.casefile*", "magdesk.signing*", "magdesk.intake*", "magdesk.citations*", "magdesk.document*",
        "magdesk.render*", "magdesk.packet*",
    ],
    "magdesk.intake*": [
        "magdesk.dossier*", "magdesk.casefile*", "magdesk.regimes*", "magdesk.checks*", "magdesk.citations*",
        "magdesk.document*",
        "magdesk.render*", "magdesk.packet*",
    ],
    "magdesk.citations*": [
        "magdesk.casefile*", "magdesk.regimes*", "magdesk.checks*", "magdesk.intake*", "magdesk.document*",
        "magdesk.render*", "magdesk.packet*",
    ],
    "magdesk.document*": [
        "magdesk.casefile*", "magdesk.checks*", "magdesk.intake*", "magdesk.render*", "magdesk.packet*",
    ],
    "magdesk.render*": [
        "magdesk.model*", "magdesk.dossier*", "magdesk.casefile*", "magdesk.regimes*", "magdesk.checks*",
        "magdesk.intake*",
        "magdesk.citations*", "magdesk.packet*",
    ],
    "magdesk.packet*": ["magdesk.casefile*", "magdesk.checks*", "magdesk.regimes*"],
}  # fmt: skip


@pytest.mark.parametrize("package", sorted(FORBIDDEN))
def test_arrows_point_one_way(package: str) -> None:
    rule = archrule(f"{package} knows nothing above it").match(package)
    constraints = rule.should_not_import(*FORBIDDEN[package], *(one for one in ABOVE if one != package))
    constraints.check("magdesk", only_direct_imports=True)


def test_services_know_no_window() -> None:
    (
        archrule("services and the command line work without a window")
        .match("magdesk.services*", "magdesk.cli*")
        .should_not_import("magdesk.gui", "magdesk.gui.*", "PySide6*")
        .check("magdesk")
    )


def test_base_modules_import_nothing_of_ours() -> None:
    (
        archrule("base modules stand alone")
        .match("magdesk.errors", "magdesk.paths", "magdesk.log", "magdesk.hardening", "magdesk.commandline")
        .should_not_import("magdesk.*")
        .check("magdesk", only_direct_imports=True)
    )


def test_the_command_line_runs_where_pyside6_cannot_be_imported() -> None:
    blocked = (
        "import sys\n"
        "class Block:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] in ('PySide6', 'shiboken6'):\n"
        "            raise ImportError(name)\n"
        "sys.meta_path.insert(0, Block())\n"
        "import magdesk.cli, magdesk.services.export, magdesk.services.sample, magdesk.services.dump.folder\n"
        "sys.exit(magdesk.cli.main(['new', '/nonexistent/x.magdesk', '--passphrase-file', '/nonexistent/p']))\n"
    )
    done = subprocess.run([sys.executable, "-c", blocked], capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr


@cache
def imports() -> dict[str, frozenset[str]]:
    """What each file imports of ours: also only to check types, and inside functions."""
    files: dict[str, Path] = {}
    for path in sorted((HOUSE / "magdesk").rglob("*.py")):
        parts = path.relative_to(HOUSE).with_suffix("").parts
        files[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return {name: frozenset(_imported(path, files) - {name}) for name, path in files.items()}


def _imported(path: Path, files: dict[str, Path]) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            found |= {whole if (whole := f"{node.module}.{one.name}") in files else node.module for one in node.names}
    return found & files.keys()


# Rows point at one another both ways; SQLAlchemy resolves the names once all are there.
ORM_CIRCLE = frozenset(
    f"magdesk.model.{name}" for name in ("authentication", "evidence", "facts", "incidents", "people", "review")
)


def test_no_circle_between_files_but_the_orms_own() -> None:
    arrows = {
        name: {other for other in others if not {name, other} <= ORM_CIRCLE} for name, others in imports().items()
    }
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


# The rooms of the window, from the ground up: each may use those on lower lines; files that stand beside the rooms
# are the ground, but for the program itself.
GUI_ROOMS = (
    ("desk",), ("forms",), ("lists",), ("findings",), ("chart", "custody", "judging", "matrix", "viewer"),
    ("evidence",), ("pages",), ("guide",), ("start", "law"), ("locking",), ("window",), ("guard",), ("app",),
)  # fmt: skip


def _floor(name: str) -> tuple[int, str]:
    room = name.split(".")[2]
    for height, rooms in enumerate(GUI_ROOMS, 1):
        if room in rooms:
            return height, room
    assert (HOUSE / "magdesk" / "gui" / f"{room}.py").exists(), f"the room {room} has no place in the order"
    return 0, ""


def test_rooms_of_the_window_are_built_upon_one_another() -> None:
    wrong: list[str] = []
    for name, others in imports().items():
        if not name.startswith("magdesk.gui."):
            continue
        height, room = _floor(name)
        for other in others:
            if other.startswith("magdesk.gui."):
                below, place = _floor(other)
                if below > height or (below == height and place != room):
                    wrong.append(f"{name} -> {other}")
    assert not wrong, "\n".join(sorted(wrong))


CONNECTING = {"connect", "singleShot", "addAction"}

# A job calls back with a result of any type: only the function that starts it knows that type.
CLOSURES_STAY = {"magdesk/gui/runner.py"}


def nameless_slots(source: str) -> list[int]:
    """The lines where a lambda, or a function that stands inside another, is given as a slot.

    Such a slot keeps all it speaks of alive as long as its signal lives, and is called although its window is gone; a
    bound method goes with its object. ``functools.partial`` of a bound method is the way to give a value along.
    """
    tree = ast.parse(source)
    found: set[int] = set()
    outer = [tree, *(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))]
    for place in outer:
        inner = set() if place is tree else _made_inside(place)
        for call in ast.walk(place):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in CONNECTING:
                given = [*call.args, *(keyword.value for keyword in call.keywords)]
                found |= {
                    part.lineno
                    for argument in given
                    for part in ast.walk(argument)
                    if isinstance(part, ast.Lambda) or (isinstance(part, ast.Name) and part.id in inner)
                }
    return sorted(found)


def _made_inside(function: ast.AST) -> set[str]:
    made = {node.name for node in ast.walk(function) if isinstance(node, ast.FunctionDef) and node is not function}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
            made |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return made


@pytest.mark.parametrize(
    "slot",
    [
        "button.clicked.connect(lambda: self.go(1))",
        "button.clicked.connect(partial(lambda one: self.go(one), 1))",
        "go = lambda: self.go(1)\n    button.clicked.connect(go)",
        "def go():\n        self.go(1)\n    button.clicked.connect(go, Qt.ConnectionType.QueuedConnection)",
        "QTimer.singleShot(0, lambda: self.go(1))",
        "menu.addAction('Go', lambda: self.go(1))",
    ],
)
def test_a_slot_without_a_name_is_seen(slot: str) -> None:
    assert nameless_slots(f"def build(self):\n    {slot}\n")


def test_slots_are_bound_methods() -> None:
    wrong = []
    for path in sorted((HOUSE / "magdesk" / "gui").rglob("*.py")):
        name = path.relative_to(HOUSE).as_posix()
        if name not in CLOSURES_STAY:
            wrong += [f"{name}:{line}" for line in nameless_slots(path.read_text(encoding="utf-8"))]
    assert not wrong, "\n".join(wrong)


# What a step of the journal may do with the session that it is given; all else is a question, and a service's.
STEP_WRITES = {"add", "delete"}


def session_uses(source: str) -> list[int]:
    """The lines that get at a case file's session, or ask one something."""
    found: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            of_session = isinstance(node.value, ast.Name) and node.value.id.strip("_") == "session"
            if node.attr in {"session", "reader", "follower"} or (of_session and node.attr not in STEP_WRITES):
                found.add(node.lineno)
    return sorted(found)


@pytest.mark.parametrize(
    "line",
    [
        "rows = desk.case.session",
        "with case.reader() as rows: pass",
        "case.follower()",
        "session.query(Fact).all()",
        "session.get(Fact, key)",
        "session.expire(fact)",
    ],
)
def test_a_use_of_the_session_is_seen(line: str) -> None:
    assert session_uses(line) == [1]
    assert not session_uses("session.add(Fact())\nsession.delete(row)\n")


def test_the_window_asks_services_and_never_the_session() -> None:
    wrong = []
    for path in sorted((HOUSE / "magdesk" / "gui").rglob("*.py")):
        name = path.relative_to(HOUSE).as_posix()
        wrong += [f"{name}:{line}" for line in session_uses(path.read_text(encoding="utf-8"))]
    assert not wrong, "\n".join(wrong)


# Tests of the whole program, what they read, and what takes too long for a test.
NO_ROOMS = {"bench", "casefiles", "files", "golden", "system"}


def test_a_test_stands_in_the_room_of_what_it_tests() -> None:
    """Its folder is a room of the program, and not the one above where all that it imports is of one room inside."""
    tests = HOUSE / "tests"
    wrong = []
    for path in sorted(tests.rglob("test_*.py")):
        room = path.parent.relative_to(tests)
        if room.parts[:1] and room.parts[0] in NO_ROOMS:
            continue
        if not (HOUSE / "magdesk" / room).is_dir():
            wrong.append(f"{path.relative_to(HOUSE)}: there is no such room")
            continue
        package = ".".join(("magdesk", *room.parts))
        modules = set(re.findall(r"^ *from (magdesk[\w.]*) import", path.read_text(encoding="utf-8"), re.MULTILINE))
        inner = {module[len(package) + 1 :].split(".")[0] for module in modules if module.startswith(f"{package}.")}
        if room.parts and package not in modules and len(inner) == 1:
            (only,) = inner
            if (HOUSE / "magdesk" / room / only).is_dir():
                wrong.append(f"{path.relative_to(HOUSE)}: its room is {package}.{only}")
    assert not wrong, "\n".join(wrong)
