"""C18 and C38: the law that is cited is the one in force."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from magdesk.model import Authority
from magdesk.regimes.enacted import composed, take_apart
from tests.checks.cases import TODAY, SmallCase

ACT = "National Security, Department of State, and Related Programs Appropriations Act, 2026 (Div. F, Pub. L. 119-75)"
OLD_NAME = "Department of State, Foreign Operations, and Related Programs Appropriations Act, 2026"


def variants(case: SmallCase, code: str) -> set[str]:
    """Which ways of failing were told, by the sentence of each."""
    ways = {name: way.sentence for name, way in case.law.checks[code].variants.items()}
    ways[""] = case.law.checks[code].sentence
    heads = {
        name: sentence.replace("{regime}", "Section 7031(c)").partition("{")[0] for name, sentence in ways.items()
    }
    return {
        max(
            (name for name, head in heads.items() if one.sentence.startswith(head)), key=lambda name: len(heads[name])
        )
        for one in case.findings(code)
    }


def test_c18_wants_a_confirmed_citation(case: SmallCase) -> None:
    case.visa.citation_confirmed_on = date(2025, 5, 30)
    assert variants(case, "C18") == {"stale"}
    case.visa.citation_confirmed_on = date(2025, 6, 1)
    assert variants(case, "C18") == set()
    case.visa.citation_confirmed_on = None
    assert variants(case, "C18") == {"unconfirmed"}
    case.visa.citation = ""
    assert variants(case, "C18") == {""}
    assert case.severities("C18") == ["block"]


@pytest.mark.parametrize(
    ("citation", "told"),
    [
        (ACT, set()),
        (f"section 7031(c) of the {ACT}", set()),
        ("fiscal year 2026 appropriations act (P.L. 119-75)", set()),
        ("FY26 appropriations act, division F, Public Law 119–75", set()),
        # An act of an earlier year, by its year, by its number alone, by a short year.
        ("Appropriations Act, 2024 (Div. F, Pub. L. 118-47)", {"old_year"}),
        ("the act of Div. F, P.L. 118-47", {"old_year"}),
        ("FY24 appropriations act", {"old_year"}),
        ("Appropriations Act, 2025", {"old_year"}),
        ("Appropriations Act, 2024 (Div. F, Pub. L. 118-47), as carried forward by Pub. L. 119-4", {"old_year"}),
        # What does not agree with itself.
        ("fiscal year 2026 appropriations act (Div. F, Pub. L. 119-57)", {"wrong"}),
        ("fiscal year 2026 appropriations act (Div. K, Pub. L. 119-75)", {"wrong"}),
        ("fiscal year 2025 appropriations act (Div. F, Pub. L. 119-75)", {"wrong"}),
        (f"{OLD_NAME} (Div. F, Pub. L. 119-75)", {"wrong"}),
        ("Pub. L. 119-4", {"no_act"}),
        (f"{ACT}, as carried forward by Pub. L. 119-4", {"carrier"}),
        ("the appropriations act in force", {"unknown"}),
        # A newer act than the law files know is the user's to confirm.
        ("Appropriations Act, 2027 (Div. F, Pub. L. 120-1)", set()),
    ],
)
def test_c18_knows_the_act_in_force(case: SmallCase, citation: str, told: set[str]) -> None:
    case.visa.citation = citation
    assert variants(case, "C18") == told


def test_c18_asks_what_carries_an_act_into_the_next_year(case: SmallCase) -> None:
    case.case.filing_date = date(2026, 10, 1)
    case.visa.citation = ACT
    assert variants(case, "C18") == {"not_carried"}
    assert case.severities("C18") == ["warn"]
    case.visa.citation = f"{ACT}, as carried forward into fiscal year 2027 by div. A, Pub. L. 120-3"
    assert variants(case, "C18") == set()


def test_act_and_carrying_law_are_chosen_apart(case: SmallCase) -> None:
    regime = case.law.regimes["us-7031c"]
    for act in regime.citations:
        for carrier in (None, *regime.carriers):
            found = take_apart(composed(act, carrier), regime)
            assert found.act == act
            assert found.carriers == ((carrier,) if carrier else ())
            assert found.wrong == ()


def test_c38_wants_the_emergency_checked_this_year(case: SmallCase) -> None:
    case.case.order_status_verified_on = date(2025, 12, 31)
    assert case.severities("C38") == ["warn"]
    case.remove(case.glomag)
    assert case.findings("C38") == []


def test_c38_tells_that_a_framework_ends(case: SmallCase) -> None:
    case.add(Authority(regime="eu-ghrsr"))
    until = date(2026, 12, 8)
    for filing, words in (
        (until + timedelta(days=1), "was in force until 2026-12-08"),
        (until, "is in force only until 2026-12-08"),
        (until - timedelta(days=60), "is in force only until 2026-12-08"),
    ):
        case.case.filing_date = filing
        (found,) = case.findings("C38")
        assert words in found.sentence
        assert found.severity.value == "warn"
        assert found.place.page == "overview"
    case.case.filing_date = until - timedelta(days=61)
    assert case.findings("C38") == []
    case.case.filing_date = None
    assert case.findings("C38") == [], "today counts where no date is planned"
    assert until - timedelta(days=61) > TODAY
