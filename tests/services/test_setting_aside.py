"""Findings set aside and taken up again: one decision for each finding, and none left when it is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import select

from magdesk import paths
from magdesk.model import Waiver
from magdesk.regimes import load_law
from magdesk.services.waivers import set_aside, take_up
from tests.checks.cases import SmallCase

FIRST, LATER = date(2026, 5, 30), date(2026, 6, 2)


@pytest.fixture(scope="module")
def small() -> Iterator[SmallCase]:
    made = SmallCase(load_law([paths.resource()]))
    yield made
    made.close()


@pytest.fixture
def case(small: SmallCase) -> Iterator[SmallCase]:
    """The small case, as it was before the last test."""
    yield small
    small.restore()


def decisions(case: SmallCase) -> list[tuple[str, str, str, date | None]]:
    rows = case.session.scalars(select(Waiver).order_by(Waiver.field))
    return [(row.code, row.reason, row.waived_by, row.waived_on) for row in rows]


def test_a_decision_taken_anew_replaces_the_one_before_and_no_other(case: SmallCase) -> None:
    case.target.photo_id, case.target.namesake_check = None, ""
    photo, namesake = case.findings("C15")
    set_aside(case.session, photo, "No photo exists.", "L. Lawyer", FIRST)
    set_aside(case.session, namesake, "Asked for.", "L. Lawyer", FIRST)
    set_aside(case.session, photo, "None was found.", "N. Next", LATER)
    assert sorted(decisions(case), key=lambda one: str(one[3])) == [
        ("C15", "Asked for.", "L. Lawyer", FIRST),
        ("C15", "None was found.", "N. Next", LATER),
    ]
    assert [one.waived is not None for one in case.findings("C15")] == [True, True]
    row = case.session.scalars(select(Waiver).filter_by(reason="None was found.")).one()
    assert (row.subject_id, row.field) == (photo.place.row, photo.key)


def test_taken_up_again_it_counts_and_the_others_stay_aside(case: SmallCase) -> None:
    case.target.photo_id, case.target.namesake_check = None, ""
    photo, namesake = case.findings("C15")
    for finding in (photo, namesake):
        set_aside(case.session, finding, "No photo exists.", "L. Lawyer", FIRST)
    take_up(case.session, photo)
    assert [one.waived is not None for one in case.findings("C15")] == [False, True]
    assert len(decisions(case)) == 1


def test_a_decision_about_nothing_is_removed_through_the_finding_that_tells_it(case: SmallCase) -> None:
    case.target.photo_id = None
    (photo,) = case.findings("C15")
    set_aside(case.session, photo, "No photo exists.", "L. Lawyer", FIRST)
    case.target.photo_id = case.photo.id
    (told,) = case.findings("W01")
    take_up(case.session, told)
    assert decisions(case) == []
    assert case.findings("W01") == []
