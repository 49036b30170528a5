from __future__ import annotations

import pytest

from magdesk.checks.counted import counted_group, victims_in_words
from magdesk.model import Citation, Harm, Name, Party, Victim
from magdesk.model.people import Counted, PartyKind
from tests.checks.cases import SmallCase


@pytest.fixture
def group(case: SmallCase) -> Victim:
    """Harmed workers whose number says everything."""
    party = case.add(Party(kind=PartyKind.GROUP))
    case.add(Name(party_id=party.id, text="Quarry workers"))
    victim = case.add(
        Victim(party_id=party.id, rank=3, count=1900, counted_in="workers", estimate="Counted from the payroll.")
    )
    case.add(Citation(victim_id=victim.id, evidence_id=case.report.id, pinpoint="3"))
    case.add(Harm(incident_id=case.incident.id, party_id=party.id, description="Beaten.", rank=3))
    case.session.flush()
    case.session.expire_all()
    return victim


def test_a_number_with_its_reckoning_and_its_source_is_enough(case: SmallCase, group: Victim) -> None:
    assert case.findings("V01") == []


@pytest.mark.parametrize(
    ("values", "severity", "field"),
    [
        ({"estimate": " "}, "warn", "estimate"),
        ({"counted": Counted.BETWEEN}, "warn", "count_most"),
        ({"counted": Counted.BETWEEN, "count_most": 1900}, "warn", "count_most"),
        ({"count": None}, "info", "count"),
    ],
)
def test_what_a_number_lacks(
    case: SmallCase, group: Victim, values: dict[str, object], severity: str, field: str
) -> None:
    for name, value in values.items():
        setattr(group, name, value)
    (found,) = case.findings("V01")
    assert (found.severity.value, found.place.field, found.place.row) == (severity, field, group.id)


def test_a_number_without_a_source(case: SmallCase, group: Victim) -> None:
    case.remove(group.citations[0])
    (found,) = case.findings("V01")
    assert found.place.field == "citations"


def test_a_wrong_page_for_a_number_is_found_at_the_victim(case: SmallCase, group: Victim) -> None:
    group.citations[0].pinpoint = "999"
    (found,) = case.findings("C33")
    assert (found.place.page, found.place.row) == ("people", group.citations[0].id)


def test_groups_are_not_added_to_the_named(case: SmallCase, group: Victim) -> None:
    party = group.party
    assert counted_group(party) == "about 1,900 workers"
    assert victims_in_words([case.protected, party, party]) == "1 victim and about 1,900 workers"
    group.count = None
    assert victims_in_words([case.protected, party]) == "1 victim and 1 group that nobody counted"
    assert victims_in_words([]) == ""
