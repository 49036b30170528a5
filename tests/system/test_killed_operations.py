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
from sqlalchemy import select

from magdesk.casefile import CaseFile
from magdesk.model import Authority, Case, Recipient
from magdesk.services.evidence.adding import add_bytes
from tests.bench.kills import OPERATIONS, EvenSteps, run
from tests.safety import safety
from tests.system.canary import fill

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="kills by signal"),
]


# Loading a dump makes a new case as the sample does.
CHOSEN = tuple(operation for operation in OPERATIONS if operation.name != "sample")


def small_case(path: Path, passphrase: str) -> CaseFile:
    """A case with a row of every kind and a few files, which can be exported."""
    case = CaseFile.create(path, passphrase)
    fill(case, "Lantern")
    for number in range(6):
        add_bytes(case, f"{number}.txt", f"Letter {number}. ".encode() * 2_000)
    with case.change("Ready for an export") as session:
        session.scalars(select(Case)).one().bates_prefix = "GEN"
        session.scalars(select(Authority)).one().regime = "us-glomag"
        session.scalars(select(Recipient)).one().letter = "state"
    return case


@safety("A file gets its name only when it is complete.")
@safety(
    "If the program is killed, the next command or window to start finds what was left behind, through a "
    "note in your data folder, and removes it; unencrypted text is overwritten first, though a solid-"
    "state disk or a snapshot may still keep it."
)
@pytest.mark.timeout(1200)
def test_what_a_killed_command_leaves_is_gone_after_the_next_start(tmp_path: Path) -> None:
    moments = max(2, int(os.environ.get("MAGDESK_KILLS", "2")))
    tallies = run(CHOSEN, moments, EvenSteps(cheap=True), tmp_path, small_case)
    assert {name: (tally.lost, tally.left) for name, tally in tallies.items()} == {
        operation.name: (0, []) for operation in CHOSEN
    }
    assert all(tally.verified == moments for tally in tallies.values())
    # Each of them had left something in the first place, else there was nothing to show.
    assert [name for name, tally in tallies.items() if not tally.found] == []
