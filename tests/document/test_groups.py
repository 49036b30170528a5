"""Communities that were counted stand beside the victims who are named, and are never added to them."""

from __future__ import annotations

import pytest

from magdesk.document.build import BuildOptions, build_submission
from magdesk.model import Evidence, Harm, Name, Party, Victim
from magdesk.model.people import Counted, PartyKind, VictimStatus
from magdesk.regimes.regime import Law
from tests.document.cases import DAY, Generica, cites, exhibit_map, generica
from tests.document.reading import note_words, notes, text_of

FINAL = BuildOptions(DAY, draft=False)


def with_group(case: Generica, **values: object) -> Party:
    """The workers of the quarry, harmed by the first incident."""
    party = Party(kind=PartyKind.GROUP, names=[Name(text="Quarry workers")])
    party.victim = Victim(rank=9, **values)
    case.rows.append(party)
    case.incidents[0].harms.append(Harm(party_id=party.id, rank=9, description="beaten at roll-call"))
    return party


def printed(case: Generica, law: Law) -> str:
    dossier = case.dossier()
    return text_of(build_submission(dossier, law, exhibit_map(dossier), FINAL))


@pytest.mark.parametrize(
    ("counted", "count", "most", "things", "words"),
    [
        (Counted.ABOUT, 1900, None, "workers", "about 1,900 workers"),
        (Counted.EXACT, 212, None, "households", "212 households"),
        (Counted.BETWEEN, 40, 60, "", "between 40 and 60 people"),
        (Counted.AT_LEAST, 40, None, "", "at least 40 people"),
        (Counted.BETWEEN, 40, None, "", "at least 40 people"),
    ],
)
def test_a_group_is_printed_with_its_number(
    law: Law, counted: Counted, count: int, most: int | None, things: str, words: str
) -> None:
    case = generica()
    with_group(case, counted=counted, count=count, count_most=most, counted_in=things)
    text = printed(case, law)
    assert "2 victims are described: journalist (1)." in text
    assert f"Counted as groups, beside those described one by one: {words} (Quarry workers)." in text
    assert f"Quarry workers, {words}: beaten at roll-call" in text
    assert "3 victims" not in text
    assert "Lena Marsh (journalist), Witness 3; " + words in text


def test_how_a_group_was_counted_is_told_once_with_its_source(law: Law) -> None:
    case = generica()
    group = with_group(case, count=1900, counted_in="workers", estimate="Counted by the clinic from the payroll")
    assert group.victim is not None
    payroll = Evidence(title="Payroll of March", pages=3, sha256="aa" * 32, rank=30)
    case.rows.append(payroll)
    group.victim.citations = [cites(payroll, "2")]
    case.incidents[1].harms.append(Harm(party_id=group.id))
    dossier = case.dossier()
    document = build_submission(dossier, law, exhibit_map(dossier), FINAL)
    assert text_of(document).count("On the number: Counted by the clinic from the payroll") == 1
    assert any("Payroll of March" in words for words in map(note_words, notes(document)))


def test_a_group_that_nobody_counted_says_so_and_its_reason_counts_no_person(law: Law) -> None:
    case = generica()
    with_group(case, status=VictimStatus.JOURNALIST, groups="women")
    text = printed(case, law)
    assert "Quarry workers (number not known; women)" in text
    assert "journalist (1)." in text


def test_property_that_was_taken_is_printed_with_the_harm(law: Law) -> None:
    case = generica()
    case.incidents[0].harms[0].property = "a house and four hectares of orchard"
    assert "lost her hearing; property: a house and four hectares of orchard" in printed(case, law)


def test_an_incident_of_two_kinds_names_both(law: Law) -> None:
    case = generica()
    case.incidents[0].other_kinds = "trafficking"
    text = printed(case, law)
    kinds = law.regimes["us-glomag"].abuse_types
    titles = {kind.code: kind.title for kind in kinds}
    assert "trafficking" in titles
    assert f"{titles['torture']}; {titles['trafficking']}" in text
