"""What is merely not entered yet is told apart from what is wrong, out of date or dangerous."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from magdesk.checks.finding import Trouble
from magdesk.regimes import load_law

CHECKS = Path(__file__).parents[2] / "resources" / "templates" / "checks.toml"


def test_every_check_says_itself_what_is_the_matter() -> None:
    told = {code: table for code, table in tomllib.loads(CHECKS.read_text()).items() if code != "places"}
    assert [code for code, table in told.items() if "nature" not in table] == []


@pytest.mark.parametrize(
    ("code", "variant", "nature"),
    [
        ("C03", "no_target", Trouble.MISSING), ("C03", "kind", Trouble.WRONG), ("C11", "", Trouble.MISSING),
        ("C18", "stale", Trouble.STALE), ("C28", "", Trouble.MISSING), ("C28", "withdrawn", Trouble.DANGER),
        ("C29", "part", Trouble.DANGER), ("C34", "order", Trouble.WRONG), ("C37", "delisting", Trouble.DANGER),
        ("C53", "", Trouble.DANGER), ("N01", "surname", Trouble.DANGER), ("R05", "unknown", Trouble.MISSING),
    ],
)  # fmt: skip
def test_the_matter_of_a_way_to_fail(code: str, variant: str, nature: Trouble) -> None:
    text = load_law().checks[code]
    assert (text.variants[variant] if variant else text).nature == nature


def test_people_are_in_danger_only_where_harm_is_to_people_or_law_forbids() -> None:
    checks = load_law().checks
    dangerous = {
        code
        for code, text in checks.items()
        if Trouble.DANGER in {text.nature, *(way.nature for way in text.variants.values())}
    }
    assert dangerous >= {"C28", "C29", "C53", "N01"}
    assert all(checks[code].harm == "people" for code in dangerous - {"C30", "C37", "C51"})
