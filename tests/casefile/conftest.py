"""A case file that opens fast."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from magdesk.casefile import CaseFile
from tests.casefile.cases import make_case


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the case lies."""
    folder = tmp_path / "case"
    folder.mkdir()
    return folder / "generica.magdesk"


@pytest.fixture
def case(path: Path) -> Iterator[CaseFile]:
    """A new case, open."""
    with make_case(path) as opened:
        yield opened
