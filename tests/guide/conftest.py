from __future__ import annotations

import pytest

from magdesk import paths
from magdesk.regimes import load_law
from magdesk.regimes.regime import Law


@pytest.fixture(scope="session")
def law() -> Law:
    return load_law([paths.resource()])
