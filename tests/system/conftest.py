"""A disk of its own for the program, to be searched afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def disk(tmp_path: Path, own_folders: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One folder under which everything lies that the program could write: case, home, temporary files."""
    root = tmp_path / "disk"
    for variable, name in (
        ("HOME", "home"),
        ("TMPDIR", "tmp"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_CONFIG_HOME", "config"),
    ):
        (root / name).mkdir(parents=True)
        monkeypatch.setenv(variable, str(root / name))
    monkeypatch.setenv("SQLITE_TMPDIR", str(root / "tmp"))
    return root
