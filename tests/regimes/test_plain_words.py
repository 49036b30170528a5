"""Everyday words stand beside every paragraph, kind of act and way of taking part."""

from __future__ import annotations

from magdesk.regimes import load_law


def test_everything_that_is_chosen_has_everyday_words() -> None:
    law = load_law()
    words = {f"{regime.code}: {one.code}": one.plain for regime in law.regimes.values() for one in regime.prongs}
    kinds = [(regime.code, one) for regime in law.regimes.values() for one in regime.abuse_types]
    words |= {f"{code}: {one.code}": one.plain for code, one in kinds}
    words |= {one.code: one.plain for one in law.acts.values()}
    words |= {one.code: one.plain for one in law.modes.values()}
    assert len(words) > 100
    wrong = {code for code, text in words.items() if not text[:1].isupper() or text.endswith(".") or "§" in text}
    assert not wrong
