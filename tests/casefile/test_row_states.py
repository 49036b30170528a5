"""The ORM's state of a row has its dictionary from the beginning: no collection breaks into its making."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from sqlalchemy import event, inspect, select

from magdesk.casefile import CaseFile
from magdesk.model import Fact
from magdesk.model.base import Base, _give_its_state_a_dict
from tests.shared import SAMPLE_PASSPHRASE

pytestmark = pytest.mark.skipif(sys.version_info >= (3, 12), reason="the collector runs between instructions only")


def without_dict(rows: Iterable[Fact]) -> int:
    """How many of their states hold their attributes in a bare array; asking a state itself would end that."""
    states = [inspect(row) for row in rows]
    held = [{id(thing) for thing in gc.get_referents(state)} for state in states]
    return sum(id(vars(state)) not in found for state, found in zip(states, held, strict=True))


def test_a_state_has_its_dictionary_before_its_row_can_become_garbage(sample_file: Path) -> None:
    assert without_dict([Fact(text="Told.")]) == 0
    with CaseFile.open(sample_file, SAMPLE_PASSPHRASE, read_only=True) as case, case.reader() as session:
        rows = session.scalars(select(Fact)).all()
        assert len(rows) > 30
        assert without_dict(rows) == 0


@pytest.mark.parametrize("moment", ["init", "load"])
def test_however_the_row_came_to_be(moment: str) -> None:
    """Which states begin with a bare array depends on the first ones of the process, so rows alone do not tell."""
    assert event.contains(Base, moment, _give_its_state_a_dict)
