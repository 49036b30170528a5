"""Who may import whom. Change this file first, on purpose, when an arrow has to change."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pytest_archon import archrule

HEAVY_HOMES = {
    "PySide6": ["magdesk.gui*"],
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


ABOVE = ["magdesk.services*", "magdesk.gui*", "magdesk.cli*"]
FORBIDDEN = {
    "magdesk.model*": [
        "magdesk.dossier*", "magdesk.casefile*", "magdesk.regimes*", "magdesk.checks*", "magdesk.intake*",
        "magdesk.citations*",
        "magdesk.document*", "magdesk.render*", "magdesk.packet*",
    ],
    "magdesk.dossier*": [
        "magdesk.casefile*", "magdesk.checks*", "magdesk.intake*", "magdesk.citations*", "magdesk.document*",
        "magdesk.render*", "magdesk.packet*",
    ],
    "magdesk.regimes*": [
        "magdesk.model.[!v]*", "magdesk.dossier*", "magdesk.casefile*", "magdesk.checks*", "magdesk.intake*",
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
    constraints = rule.should_not_import(*FORBIDDEN[package], *ABOVE)
    constraints.check("magdesk", only_direct_imports=True)


def test_services_know_no_window() -> None:
    (
        archrule("services and the command line work without a window")
        .match("magdesk.services*", "magdesk.cli*")
        .should_not_import("magdesk.gui*", "PySide6*")
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
