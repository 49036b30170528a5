"""The sample packet says what it said: every changed word, number or place in the order is seen in a diff."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from tests.golden.packet_text import packet_text

SAMPLE = Path(__file__).with_name("sample")
REWRITE = "If this is meant, run `python -m tests.golden` and read the difference before you commit it."

pytestmark = pytest.mark.slow


def test_the_sample_packet_says_what_was_reviewed(sample_packet: Path) -> None:
    found = packet_text(sample_packet)
    kept = {path.name: path.read_text("utf-8") for path in SAMPLE.iterdir()}
    assert sorted(found) == sorted(kept), REWRITE
    changes = [
        line
        for name, text in found.items()
        for line in difflib.unified_diff(
            kept[name].splitlines(), text.splitlines(), f"reviewed/{name}", f"now/{name}", lineterm="", n=1
        )
    ]
    assert not changes, "\n".join([REWRITE, *changes[:400]])
