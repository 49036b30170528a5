"""The chronology's events: their order, whom they concern, and how acts lie to tenures."""

from __future__ import annotations

from datetime import date

from magdesk.dates.partialdate import PartialDate
from magdesk.document.events import EventKind, careers, events
from magdesk.dossier.tenure import Fit
from magdesk.model import (
    Base,
    Case,
    Evidence,
    Fact,
    Incident,
    Name,
    Participation,
    Party,
    Position,
    Proceeding,
    Relation,
    Target,
    Witness,
)
from magdesk.model.evidence import SourceType
from magdesk.model.people import EndState, RelationKind
from magdesk.values import now
from tests.document.cases import dossier_of

TODAY = date(2026, 11, 22)


def case(*rows: Base) -> list[Base]:
    return [Case(title="t", created_at=now()), *rows]


def incident(title: str, start: str | None, end: str | None = None) -> Incident:
    return Incident(title=title, start=PartialDate(start) if start else None, end=PartialDate(end) if end else None)


def test_partial_dates_stand_before_what_they_hold_and_the_undated_last() -> None:
    days = ["2019-03-05", "2018", None, "2019-03", "2019", "2019-03-01", "2018-12-31", "2019~", "2020-01/2020-03"]
    rows = [incident(day or "none", day) for day in days]
    order = [event.row.title for event in events(dossier_of(*case(*rows))) if isinstance(event.row, Incident)]
    assert order.index("2018") < order.index("2018-12-31") < order.index("2019")
    assert order.index("2019") < order.index("2019-03-01")
    assert order.index("2019-03") < order.index("2019-03-01") < order.index("2019-03-05")
    assert order[-2:] == ["2020-01/2020-03", "none"]


def test_an_incident_known_by_its_last_day_only_has_that_day() -> None:
    found = events(dossier_of(*case(incident("x", None, "2020-05"))))
    assert found[0].start == PartialDate("2020-05")
    assert found[0].end is None


def test_every_part_of_a_case_gives_its_events() -> None:
    party, firm = Party(names=[Name(text="A")]), Party(names=[Name(text="B")])
    party.positions = [Position(title="Head", start=PartialDate("2010"), end=PartialDate("2012"))]
    party.relations = [
        Relation(other_id=firm.id, kind=RelationKind.OWNS, percent=50.0, start=PartialDate("2011")),
        Relation(other_id=firm.id, kind=RelationKind.ASSOCIATE, start=PartialDate("2011"), rank=1),
    ]
    target = Target(party_id=party.id)
    act = incident("Act", "2011-06")
    act.participations = [Participation(target_id=target.id)]
    fact = Fact(text="It was done.", date=PartialDate("2011-06-02"), incident_id=act.id)
    undated = Fact(text="Background.")
    trial = Proceeding(forum="Court", date=PartialDate("2015"), target_id=target.id)
    report = Evidence(title="UN", source_type=SourceType.UN_DOCUMENT, published=PartialDate("2016"))
    fact_source = fact
    fact_source.citations = []
    dossier = dossier_of(*case(party, firm, target, act, fact, undated, trial, report))
    kinds = [event.kind for event in events(dossier)]
    assert kinds == [
        EventKind.POSITION_START, EventKind.RELATION_START, EventKind.INCIDENT, EventKind.FACT,
        EventKind.POSITION_END, EventKind.PROCEEDING,
    ]  # fmt: skip
    assert all(event.targets == {target.id} for event in events(dossier))


def test_the_career_of_a_protected_person_is_nowhere() -> None:
    hidden = Party(
        names=[Name(text="H")], protected=True, positions=[Position(title="Clerk", start=PartialDate("2010"))]
    )
    witness = Party(names=[Name(text="W")], positions=[Position(title="Guard", start=PartialDate("2010"))])
    witness.witness = Witness()
    assert events(dossier_of(*case(hidden, witness))) == ()


def test_acts_against_tenures() -> None:
    party = Party(names=[Name(text="A")])
    party.positions = [
        Position(title="Deputy", start=PartialDate("2015"), end=PartialDate("2017-06-30"), end_state=EndState.ENDED),
        Position(title="Adviser", rank=1),
    ]
    target = Target(party_id=party.id)
    rows = {
        "inside": incident("inside", "2016-05"),
        "edge": incident("edge", "2015-03"),
        "after": incident("after", "2018-01-01"),
        "undated": incident("undated", None),
    }
    for row in rows.values():
        row.participations = [Participation(target_id=target.id)]
    found = careers(dossier_of(*case(party, target, *rows.values())), TODAY)
    assert len(found) == 1
    assert [tenure is None for _row, tenure in found[0].posts] == [False, True]
    assert {act.incident.title: act.fit for act in found[0].acts} == {
        "inside": Fit.INSIDE, "edge": Fit.POSSIBLE, "after": Fit.OUTSIDE, "undated": None,
    }  # fmt: skip
