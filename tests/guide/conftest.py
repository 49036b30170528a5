from __future__ import annotations

from collections.abc import Iterator

import pytest

from magdesk import paths
from magdesk.regimes import load_law
from magdesk.regimes.regime import Law
from tests.checks.cases import SmallCase


@pytest.fixture(scope="session")
def law() -> Law:
    return load_law([paths.resource()])


@pytest.fixture(scope="session")
def _small(law: Law) -> Iterator[SmallCase]:
    small = SmallCase(law)
    yield small
    small.close()


@pytest.fixture
def case(_small: SmallCase) -> Iterator[SmallCase]:
    """The small case in which no check finds anything, as it was before the last test."""
    yield _small
    _small.restore()
