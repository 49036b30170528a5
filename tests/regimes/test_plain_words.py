"""Everyday words stand beside every paragraph, kind of act and way of taking part, and in no document."""

from __future__ import annotations

from magdesk.regimes import load_law


def test_everything_that_is_chosen_has_everyday_words() -> None:
    law = load_law()
    prongs = [(regime.code, one) for regime in law.regimes.values() for one in regime.prongs]
    kinds = [(regime.code, one) for regime in law.regimes.values() for one in regime.abuse_types]
    kinds += [("acts", one) for one in law.acts.values()]
    modes = [("modes", one) for one in law.modes.values()]
    bare = [f"{where}: {one.code}" for where, one in (*prongs, *kinds, *modes) if not one.plain]
    assert not bare
    for _where, one in (*prongs, *kinds, *modes):
        assert one.plain[0].isupper(), one.code
        assert not one.plain.endswith("."), one.code
        assert "§" not in one.plain, one.code
