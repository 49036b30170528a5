"""A killed command leaves nothing behind after the next start, and loses nothing; ``tests.bench.kills`` in small.

Two moments for each operation by default; ``MAGDESK_KILLS=20`` asks for more.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.bench.kills import OPERATIONS, run
from tests.safety import safety

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="kills by signal"),
]


@safety("What is being made has no name until it is whole.")
@safety(
    "If the program is killed, the next start of any command or window finds what was left by a note in your "
    "data folder and removes it; clear text is overwritten first, which a solid-state disk or a snapshot may "
    "not honour."
)
@pytest.mark.timeout(1200)
def test_what_a_killed_command_leaves_is_gone_after_the_next_start(standard_keys: None, tmp_path: Path) -> None:
    moments = max(2, int(os.environ.get("MAGDESK_KILLS", "2")))
    tallies = run(OPERATIONS, moments, 3, tmp_path)
    assert {name: (tally.lost, tally.left) for name, tally in tallies.items()} == {
        operation.name: (0, []) for operation in OPERATIONS
    }
    assert all(tally.verified == moments for tally in tallies.values())
    # Something had been left in the first place, else there was nothing to show.
    assert sum(tally.found for tally in tallies.values()) > 0
