"""A killed command leaves nothing behind after the next start, and loses nothing; ``tests.bench.kills`` in small.

Each command is killed at steps on the disk, the same in every run: with two moments, half-way and just before its
last step. ``MAGDESK_KILLS=20`` asks for more moments. ``python -m tests.bench.kills`` kills the making of the sample
too, works over the sample where this has a case of a few rows, and draws the moments at random from the clock, at the
real cost of a passphrase.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.bench.kills import OPERATIONS, EvenSteps, run
from tests.forking import Forks
from tests.safety import safety
from tests.system.smallcase import small_case

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="kills by signal"),
]


# Loading a dump makes a new case as the sample does.
CHOSEN = tuple(operation for operation in OPERATIONS if operation.name != "sample")


@safety("A file gets its name only when it is complete.")
@safety(
    "If the program is killed, the next command or window to start finds what was left behind, through a "
    "note in your data folder, and removes it; unencrypted text is overwritten first, though a solid-"
    "state disk or a snapshot may still keep it."
)
@pytest.mark.timeout(1200)
def test_what_a_killed_command_leaves_is_gone_after_the_next_start(tmp_path: Path, forks: Forks) -> None:
    moments = max(2, int(os.environ.get("MAGDESK_KILLS", "2")))
    tallies = run(CHOSEN, moments, EvenSteps(cheap=True, forks=forks), tmp_path, small_case)
    assert {name: (tally.lost, tally.left) for name, tally in tallies.items()} == {
        operation.name: (0, []) for operation in CHOSEN
    }
    assert all(tally.verified == moments for tally in tallies.values())
    # Each of them had left something in the first place, else there was nothing to show.
    assert [name for name, tally in tallies.items() if not tally.found] == []
