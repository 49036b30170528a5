from __future__ import annotations

from datetime import date

import pytest

from magdesk.citations import pinpoint
from magdesk.citations.dates import bluebook_date, coarse, oscola_date, year
from magdesk.dates.partialdate import PartialDate
from magdesk.model.facts import PinpointKind


@pytest.mark.parametrize(
    ("kind", "text", "bluebook", "oscola"),
    [
        (PinpointKind.PAGE, "4", "at 4", "p 4"),
        (PinpointKind.PAGE, "p. 4-5", "at 4–5", "pp 4–5"),
        (PinpointKind.PAGE, "pp 4, 7", "at 4, 7", "pp 4, 7"),
        (PinpointKind.PAGE, "A-3", "at A-3", "p A-3"),
        (PinpointKind.PAGE, " ", "", ""),
        (PinpointKind.PARAGRAPH, "12", "¶ 12", "para 12"),
        (PinpointKind.PARAGRAPH, "¶ 12 - 14", "¶¶ 12–14", "paras 12–14"),
        (PinpointKind.TIME, "00:03:10-00:04:00", "at 00:03:10–00:04:00", "at 00:03:10–00:04:00"),
        (PinpointKind.CELL, "B7", "cell B7", "cell B7"),
        (PinpointKind.CELL, "'My sheet'!$B$2:$B$9", "sheet My sheet, cells B2–B9", "sheet My sheet, cells B2–B9"),
        (PinpointKind.WHOLE, "", "", ""),
    ],
)
def test_pinpoints(kind: PinpointKind, text: str, bluebook: str, oscola: str) -> None:
    assert pinpoint(kind, text) == bluebook
    assert pinpoint(kind, text, "oscola") == oscola


@pytest.mark.parametrize(
    ("edtf", "bluebook", "oscola", "in_year", "to_month"),
    [
        ("2014", "2014", "2014", "2014", "2014"),
        ("2014-09", "Sept. 2014", "September 2014", "2014", "2014-09"),
        ("2014-03-05", "Mar. 5, 2014", "5 March 2014", "2014", "2014-03"),
        ("2014-03-05~", "c. Mar. 5, 2014", "c 5 March 2014", "c. 2014", "2014-03~"),
        ("2014?", "possibly 2014", "possibly 2014", "possibly 2014", "2014?"),
        (
            "2014-12-30/2015-01",
            "Dec. 30, 2014 – Jan. 2015",
            "30 December 2014 – January 2015",
            "2014–2015",
            "2014-12",
        ),
    ],
)
def test_dates(edtf: str, bluebook: str, oscola: str, in_year: str, to_month: str) -> None:
    value = PartialDate(edtf)
    assert bluebook_date(value) == bluebook
    assert oscola_date(value) == oscola
    assert year(value) == in_year
    assert coarse(value) == PartialDate(to_month)


def test_plain_days_and_none() -> None:
    assert bluebook_date(date(2024, 5, 1)) == "May 1, 2024"
    assert oscola_date(None) == bluebook_date(None) == year(None) == ""
    assert coarse(None) is None
