"""What a newcomer finds: version and change log agree, so do the Pythons named; lists of commands are complete."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import magdesk

ROOT = Path(__file__).parents[1]
KIT = ROOT / ".github"
_HEADING = re.compile(r"^## (?:(Unreleased)|(\d+)\.(\d+)\.(\d+) - (\d{4}-\d\d-\d\d))$")


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]  # type: ignore[no-any-return]


def _changes() -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in (KIT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            found.append((line, []))
        elif line.startswith("- "):
            found[-1][1].append(line)
    return found


def test_the_version_moves_with_the_change_log() -> None:
    """With unreleased changes it is that of a release to come, so that no ledger names the wrong program."""
    headings = [_HEADING.match(heading) for heading, _lines in _changes()]
    assert all(headings)
    matches = [match for match in headings if match]
    unreleased = [match for match in matches if match[1]]
    released = [match for match in matches if not match[1]]
    assert unreleased in ([], matches[:1])
    versions = [tuple(int(part) for part in match.groups()[1:4]) for match in released]
    assert versions == sorted(set(versions), reverse=True)
    days = [date.fromisoformat(match[5]) for match in released]
    assert days == sorted(days, reverse=True)
    assert all(lines for _heading, lines in _changes())
    number, _dot, development = magdesk.__version__.partition(".dev")
    present = tuple(int(part) for part in number.split("."))
    if unreleased:
        assert development == "0"
        assert present > versions[0]
    else:
        assert development == ""
        assert present == versions[0]


def test_the_version_stands_in_one_place() -> None:
    literal = re.compile(rf"(?<![\d.]){re.escape(magdesk.__version__)}(?![\d.])")
    places = [
        path.relative_to(ROOT).as_posix()
        for path in (
            *(ROOT / "magdesk").rglob("*.py"),
            ROOT / "pyproject.toml",
            ROOT / "README.md",
            ROOT / "Makefile",
        )
        if literal.search(path.read_text(encoding="utf-8"))
    ]
    assert places == ["magdesk/__init__.py"]
    assert _project()["dynamic"] == ["version"]


def test_every_python_that_is_claimed_is_tried() -> None:
    workflow = (KIT / "workflows" / "test.yml").read_text(encoding="utf-8")
    matrix = re.search(r"python: \[(.*)\]", workflow)
    assert matrix
    tried = re.findall(r"\d+\.\d+", matrix[1])
    prefix = "Programming Language :: Python :: "
    claimed = [name.removeprefix(prefix) for name in _project()["classifiers"] if name.startswith(prefix)]
    assert tried == claimed
    assert _project()["requires-python"] == f">={tried[0]}"
    assert f"{sys.version_info.major}.{sys.version_info.minor}" in tried


def test_the_checks_before_a_commit_fetch_nothing() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r"repo: (\S+)", hooks)) == {"local"}
    assert set(re.findall(r"language: (\S+)", hooks)) == {"system"}
    assert "//" not in hooks
    assert {entry.split()[0] for entry in re.findall(r"entry: (.+)", hooks)} == {
        ".venv/bin/ruff", ".venv/bin/mypy", ".venv/bin/pytest",
    }  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="needs make")
def test_make_alone_lists_every_command() -> None:
    done = subprocess.run(["make", "-C", str(ROOT)], capture_output=True, text=True, check=True)
    listed = set(re.findall(r"^make (\w+) {2,}\S", done.stdout, re.MULTILINE))
    named = set(re.findall(r"make (\w+) {2,}#", (ROOT / "README.md").read_text(encoding="utf-8")))
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert phony
    assert listed == set(phony[1].split()) - {"system", "system-test"}
    assert named <= listed
    assert "make demo" in done.stdout


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"])
def test_links_and_paths_in_the_kit_lead_somewhere(name: str) -> None:
    text = (KIT / name).read_text(encoding="utf-8")
    assert f"(.github/{name})" in (ROOT / "README.md").read_text(encoding="utf-8")
    for path in re.findall(r"`((?:magdesk|tests|resources|\.github)/[\w./-]+)`", text):
        assert (ROOT / path).exists(), path


def test_editors_and_tools_agree_on_the_line() -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert f"max_line_length = {tools['ruff']['line-length']}" in (ROOT / ".editorconfig").read_text(encoding="utf-8")


def test_the_map_names_every_room_and_nothing_else() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8").partition("## How the code is laid out")[2]
    packages, rooms = (
        {name for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for name in re.findall(r"\w+", row)}
        for table in text.partition("### To add")[0].split("The rooms of `gui`", 1)
    )
    inside = {
        one.stem for one in (ROOT / "magdesk").iterdir() if one.suffix == ".py" or (one / "__init__.py").exists()
    }
    assert packages == inside - {"__init__", "__main__"}
    assert rooms == {one.parent.name for one in (ROOT / "magdesk" / "gui").glob("*/__init__.py")}
