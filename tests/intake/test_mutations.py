"""A slice of ``python -m tests.bench.mutations``: damage may be read or called damage, never be a fault of ours."""

from __future__ import annotations

import pytest

from tests.bench.decoders import Decoder, decoders
from tests.bench.mutations import FAULT, outcomes

DECODERS = tuple(decoders())


@pytest.mark.parametrize("decoder", DECODERS, ids=[one.name for one in DECODERS])
def test_damage_is_no_fault(decoder: Decoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("magdesk.intake.sandbox.programs.find_program", lambda _program: None)
    faults = [place for outcome, place in outcomes(decoder, 0, 12, 8) if outcome == FAULT]
    assert not faults
