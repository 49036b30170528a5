"""What a reader with five minutes is shown: which post, which act, which sources."""

from __future__ import annotations

from typing import Any

import pytest

from magdesk.dates.partialdate import PartialDate
from magdesk.dossier.glance import latest_incident, main_position, strongest_sources
from magdesk.model import Case, Citation, Evidence, Fact, Incident, Party, Position
from magdesk.model.evidence import Grade
from magdesk.model.facts import Stance
from magdesk.model.people import EndState
from magdesk.values import now
from tests.document.cases import dossier_of


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


def post(title: str, **values: Any) -> Position:
    return Position(title=title, **{"end_state": EndState.UNKNOWN, **values})


HELD = {"end_state": EndState.ONGOING}


@pytest.mark.parametrize(
    ("posts", "named"),
    [
        ([post("old", start=day("2001"), end=day("2003")), post("held", **HELD)], "held"),
        ([post("held", **HELD), post("led", leader=True, **HELD)], "led"),
        ([post("led once", leader=True, end=day("2019")), post("held", **HELD)], "held"),
        ([post("first", **HELD), post("second", **HELD)], "first"),
        ([post("ended 2003", start=day("2002"), end=day("2003")), post("ended 2001", end=day("2001"))], "ended 2003"),
        ([post("no date"), post("begun 1990", start=day("1990"))], "begun 1990"),
        ([post("begun 1980, ended 2010", start=day("1980"), end=day("2010")), post("2000", start=day("2000"))],
         "begun 1980, ended 2010"),
        ([], None),
    ],
)  # fmt: skip
def test_the_position_to_name_a_party_by(posts: list[Position], named: str | None) -> None:
    found = main_position(Party(positions=posts))
    assert (found.title if found else None) == named


@pytest.mark.parametrize(
    ("spans", "latest"),
    [
        ([("2014", ""), ("2013", "2019"), ("", "")], "2013/2019"),
        ([("2014", ""), ("", "2015")], "/2015"),
        ([("", "2012"), ("2014", "")], "2014/"),
        ([("", "")], None),
        ([], None),
    ],
)
def test_the_act_that_ended_last_of_those_with_a_date(spans: list[tuple[str, str]], latest: str | None) -> None:
    incidents = [
        Incident(title=f"{start}/{end}", start=day(start) if start else None, end=day(end) if end else None)
        for start, end in spans
    ]
    found = latest_incident(incidents)
    assert (found.title if found else None) == latest


def test_the_strongest_source_of_each_origin_by_its_grade_and_how_often_it_is_cited() -> None:
    grades = {"a": Grade.A, "b": Grade.B, "c": Grade.C, "none": None, "d": Grade.D, "x": Grade.X, "against": Grade.A}
    items = {name: Evidence(title=name, grade=grade) for name, grade in grades.items()}
    items["copy of d"] = Evidence(title="copy of d", grade=Grade.C, derived_from_id=items["d"].id)
    order = ["d", "x", "none", "c", "b", "copy of d", "a"]
    cited = [Citation(evidence_id=items[name].id, stance=Stance.SUPPORTS) for name in order]
    cited.append(Citation(evidence_id=items["against"].id, stance=Stance.CONTRADICTS))
    dossier = dossier_of(Case(created_at=now()), *items.values(), Fact(text="f", citations=cited))
    found = [item.title for item in strongest_sources(dossier, cited)]
    # The copy stands for its origin, which is cited twice: of two with one grade it comes first.
    assert found == ["a", "b", "copy of d", "c", "none"]
