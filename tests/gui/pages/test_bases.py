"""What the form of a ground tells of the law."""

from __future__ import annotations

import pytest

from magdesk import paths
from magdesk.gui.pages.grounds import wording_of
from magdesk.regimes import Law, load_law
from magdesk.regimes.regime import Prong


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law([paths.resource()])


def prong(law: Law, regime: str, code: str) -> Prong:
    found = law.regimes[regime].prong(code)
    assert found is not None
    return found


def test_words_that_were_read_are_quoted_and_others_are_marked(law: Law) -> None:
    for regime in law.regimes.values():
        for one in regime.prongs:
            text = wording_of(one)
            assert "“”" not in text
            assert ("To be verified in the official text" in text) == one.provenance.verify, one.code
            assert (f"“{one.wording}”" in text) == bool(one.wording), one.code
            assert one.note in text


def test_a_summary_beside_the_words_is_told_as_ours(law: Law) -> None:
    text = wording_of(prong(law, "eu-ghrsr", "EU-C"))
    assert text.startswith("Decision (CFSP) 2020/1999, art 1(1)(c): “This Decision establishes")
    assert "In our words" in text
