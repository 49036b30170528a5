"""What is sure of a time in a post and what is only possible; and how an act lies to it."""

from __future__ import annotations

from datetime import date

import pytest

from magdesk.dates.partialdate import PartialDate
from magdesk.dossier.tenure import Fit, Tenure, runs_on
from magdesk.model.people import EndState, Position

TODAY = date(2020, 5, 17)
ONGOING, ENDED, UNKNOWN = EndState.ONGOING, EndState.ENDED, EndState.UNKNOWN


def known(text: str) -> PartialDate | None:
    return PartialDate(text) if text else None


def tenure(start: str, end: str = "", state: EndState = UNKNOWN) -> Tenure | None:
    return Tenure.of(Position(start=known(start), end=known(end), end_state=state), TODAY)


@pytest.mark.parametrize(
    ("start", "end", "state", "surely", "perhaps"),
    [
        ("2012-03", "2014-06", ENDED, ("2012-03-31", "2014-06-01"), ("2012-03-01", "2014-06-30")),
        # It had ended by then, nobody knows how long before: only the beginning is sure.
        ("2012-03", "../2014-06", ENDED, ("2012-03-31", "2012-03-31"), ("2012-03-01", "2014-06-30")),
        # A date of the end that lies before that of the beginning is sure of no more.
        ("2012-03", "../2012-03-05", ENDED, ("2012-03-31", "2012-03-05"), ("2012-03-01", "2012-03-05")),
        # It ended then or later.
        ("2012-03", "2014-06/..", ENDED, ("2012-03-31", "2014-06-01"), ("2012-03-01", "2020-05-17")),
        ("2012-03", "2024-06/..", ENDED, ("2012-03-31", "2024-06-01"), ("2012-03-01", "2024-06-30")),
        ("2012-03", "", ONGOING, ("2012-03-31", "2020-05-17"), ("2012-03-01", "2020-05-17")),
        ("2023-03", "", ONGOING, ("2023-03-31", "2023-03-31"), ("2023-03-01", "2023-03-31")),
        ("2012-03", "", UNKNOWN, ("2012-03-31", "2012-03-31"), ("2012-03-01", "2020-05-17")),
        ("2012-03", "", ENDED, ("2012-03-31", "2012-03-31"), ("2012-03-01", "2020-05-17")),
        ("2023-03", "", UNKNOWN, ("2023-03-31", "2023-03-31"), ("2023-03-01", "2023-03-31")),
    ],
)
def test_what_is_sure_and_what_is_possible(
    start: str, end: str, state: EndState, surely: tuple[str, str], perhaps: tuple[str, str]
) -> None:
    found = tenure(start, end, state)
    assert found is not None
    assert (str(found.surely_from), str(found.surely_to)) == surely
    assert (str(found.perhaps_from), str(found.perhaps_to)) == perhaps
    assert found.open_before is False


def test_without_a_beginning_nothing_is_known() -> None:
    assert tenure("", "2014-06", ENDED) is None


@pytest.mark.parametrize(
    ("act", "fit"),
    [
        ("2012-02-29", Fit.OUTSIDE),
        ("2012-03-01", Fit.POSSIBLE),  # it may have begun on that day, or on the last of the month
        ("2012-03-30", Fit.POSSIBLE),
        ("2012-03-31", Fit.INSIDE),
        ("2013", Fit.INSIDE),
        ("2014-06-01", Fit.INSIDE),
        ("2014-06-02", Fit.POSSIBLE),
        ("2014-06-30", Fit.POSSIBLE),
        ("2014-07-01", Fit.OUTSIDE),
        ("2012", Fit.POSSIBLE),
        ("2014", Fit.POSSIBLE),
        ("2011", Fit.OUTSIDE),
        # Of what may have been earlier or later than is known, nothing is sure.
        ("../2013", Fit.POSSIBLE),
        ("2013/..", Fit.POSSIBLE),
        ("../2011", Fit.OUTSIDE),
        ("2015/..", Fit.OUTSIDE),
        ("../2015", Fit.POSSIBLE),
        ("2011/..", Fit.POSSIBLE),
    ],
)
def test_how_an_act_lies_to_it(act: str, fit: Fit) -> None:
    found = tenure("2012-03", "2014-06", ENDED)
    assert found is not None
    assert found.fit(PartialDate(act), PartialDate(act)) is fit


def test_an_act_of_several_days_is_inside_only_with_its_first_and_its_last() -> None:
    found = tenure("2012-03", "2014-06", ENDED)
    assert found is not None
    inside, before, after = PartialDate("2013-01-01"), PartialDate("2012-03-02"), PartialDate("2014-06-20")
    assert found.fit(before, inside) is found.fit(inside, after) is found.fit(before, after) is Fit.POSSIBLE
    assert found.fit(PartialDate("2011"), PartialDate("2015")) is Fit.POSSIBLE


def test_what_may_have_begun_earlier_leaves_no_act_too_early() -> None:
    found = tenure("../2012-03", "2014-06", ENDED)
    assert found is not None
    assert found.open_before
    assert found.fit(PartialDate("2001"), PartialDate("2001")) is Fit.POSSIBLE
    assert found.fit(PartialDate("2015"), PartialDate("2015")) is Fit.OUTSIDE


@pytest.mark.parametrize(
    ("start", "end", "state", "runs"),
    [
        ("", "", UNKNOWN, True),
        ("", "", ONGOING, True),
        ("", "", ENDED, False),
        ("2020-05-17", "", UNKNOWN, True),
        ("2020-05-18", "", UNKNOWN, False),
        ("2020-05-18", "2021", UNKNOWN, False),
        ("2020-05", "", ONGOING, True),
        ("", "2020-05-17", ENDED, True),
        ("", "2020-05-16", ENDED, False),
        ("2012", "2020-05", ENDED, True),
        ("2012", "2019", ENDED, False),
        ("2012", "2019/..", ENDED, True),
        ("2012", "", ENDED, False),
        ("2020-05-17", "", ENDED, True),
        ("2020-05-16", "", ENDED, False),
        ("2020", "", ENDED, True),  # it may have begun today, and ended today
    ],
)
def test_whether_it_can_have_been_so_on_a_day(start: str, end: str, state: EndState, runs: bool) -> None:
    assert runs_on(known(start), known(end), state, TODAY) is runs
