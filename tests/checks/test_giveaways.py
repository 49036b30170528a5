"""What gives a protected person away without a name (C59); facts on one word (C60); grounds without an act (C61)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from magdesk.model import Fact, Incident, LegalBasis, Name, Party, Position, Relation, Target, Victim
from magdesk.model.people import RelationKind
from magdesk.model.text import party_token
from magdesk.regimes import Law
from magdesk.services.dump.dossier_json import key_of
from tests.checks.cases import SmallCase
from tests.checks.test_invented_cases import findings, row
from tests.invented import invented_case


@pytest.fixture
def hidden(case: SmallCase) -> Party:
    party = case.add(Party(protected=True, pseudonym="Weaver Q", description="A weaver."))
    case.add(Name(party_id=party.id, text="Rua Tamsin Helvig"))
    case.add(Victim(party_id=party.id))
    return party


@pytest.fixture
def known(case: SmallCase) -> Party:
    party = case.add(Party(short_name="Dorrick"))
    case.add(Name(party_id=party.id, text="Ansel Dorrick"))
    return party


def ways(case: SmallCase) -> list[str]:
    return [one.key.rpartition(" ")[2] if " " in one.key else one.key for one in case.findings("C59")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Brother of Ansel Dorrick; a weaver.", 1),
        ("A weaver, and the sister-in-law of Mr. Dorrick.", 1),
        ("Ansel Dorrick’s youngest daughter.", 1),
        ("Hermana de Ansel Dorrick.", 1),
        ("Widow of {known}.", 1),
        # Whom the case does not know is named all the same.
        ("Mother of Piet Vanterpool, the poet.", 1),
        ("Aunt and guardian of Weaver Q.", 0),
        ("Father of Weaver Q, a weaver.", 0),
        ("Son of a member of the union.", 0),
        ("Her brother was beaten by Ansel Dorrick.", 0),
        ("Was taken with her children; saw Ansel Dorrick there.", 0),
        ("Told Ansel Dorrick so.", 0),
    ],
)
def test_kinship_with_a_person_who_is_named_is_found(
    case: SmallCase, hidden: Party, known: Party, text: str, found: int
) -> None:
    hidden.description = text.replace("{known}", party_token(known.id))
    told = case.findings("C59")
    assert len(told) == found
    assert all((one.severity.value, one.place.row) == ("block", hidden.id) for one in told)
    assert not any("Dorrick" in one.sentence or "Helvig" in one.sentence for one in told)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{hidden}, the younger brother of {known}, was beaten.", 1),
        ("{known}’s sister {hidden} was beaten.", 1),
        ("They took {known} and her husband, {hidden}.", 1),
        ("{hidden} is {known}’s cousin.", 1),
        ("{hidden} saw the brother of {known}.", 0),
        ("{hidden} and {known} were beaten. Their mother waited.", 0),
        ("{hidden}, mother of Weaver Q, was beaten.", 0),
    ],
)
def test_kinship_is_found_in_running_text_too(
    case: SmallCase, hidden: Party, known: Party, text: str, found: int
) -> None:
    fact = case.session.query(Fact).first()
    assert fact is not None
    said = text.replace("{hidden}", party_token(hidden.id)).replace("{known}", party_token(known.id))
    fact.text = f"{fact.text} {said}"
    told = case.findings("C59")
    assert len(told) == found
    assert all(one.place.row == fact.id and "Weaver Q" in one.sentence for one in told)


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Former director of the Lyceum of Oster.", "post"),
        ("Weaver; worked as the personal driver of {known}.", "post"),
        ("Was born in Port Amber in 1981.", "birth"),
        ("Former clerk of Lumen Bank.", ""),
        ("Saw the visit of the Head of the Directorate.", ""),
        ("Was beaten in Port Amber in 2021; born abroad.", ""),
        ("Her child was born in 2021.", ""),
    ],
)
def test_a_post_that_one_holds_and_a_birth_are_found(
    case: SmallCase, hidden: Party, known: Party, text: str, way: str
) -> None:
    assert hidden.victim is not None
    hidden.victim.present_situation = text.replace("{known}", party_token(known.id))
    told = case.findings("C59")
    assert [one.key.rpartition(f"{hidden.id} ")[2] for one in told] == ([way] if way else [])
    assert all(one.severity.value == "warn" and one.waivable for one in told)


def test_a_post_of_theirs_with_its_body_is_found(case: SmallCase, hidden: Party) -> None:
    case.add(Position(party_id=hidden.id, title="Night porter", body="Hotel Amber"))
    hidden.description = "A porter at night."
    assert case.findings("C59") == []
    hidden.description = "Night porter of the Hotel Amber until 2024."
    assert [one.severity.value for one in case.findings("C59")] == ["warn"]


def test_what_is_said_of_who_is_not_protected_gives_nobody_away(case: SmallCase, known: Party) -> None:
    known.description = "Brother of Ilse Vanterpool, director of the Lyceum; born in Oster in 1970."
    assert case.findings("C59") == []


def test_a_row_that_leads_to_a_protected_person_is_told(case: SmallCase, hidden: Party, known: Party) -> None:
    tie = case.add(Relation(party_id=known.id, other_id=hidden.id, kind=RelationKind.SIBLING))
    assert [(one.severity.value, one.place.row) for one in case.findings("C59")] == [("info", tie.id)]
    tie.include_in_request = True
    assert [one.severity.value for one in case.findings("C59")] == ["block"]
    tie.kind = RelationKind.COMMANDS
    assert case.findings("C59") == []


def test_the_invented_cases_give_away_one_person(law: Law) -> None:
    (found,) = findings(invented_case("exiles"), law, "C59")
    assert found.place.row == key_of("worker-b")
    assert findings(invented_case("concession"), law, "C59") == []

    def reworded(session: Session) -> None:
        row(session, Party, "worker-b").description = "Worked at Sable Point in 2025."

    assert findings(invented_case("exiles", reworded), law, "C59") == []


def test_a_pleaded_fact_on_one_word_is_found(case: SmallCase) -> None:
    fact = next(one for one in case.session.query(Fact) if one.citations and one.proofs)
    for citation in fact.citations:
        citation.evidence_id = case.statement.id
    case.statement.speaker_id = None
    assert not [one for one in case.findings("C60") if one.place.row == fact.id]
    witness = case.session.query(Party).filter_by(protected=True).first()
    assert witness is not None
    case.statement.speaker_id = witness.id
    (found,) = [one for one in case.findings("C60") if one.place.row == fact.id]
    assert (found.severity.value, found.waivable) == ("info", True)
    assert witness.pseudonym in found.sentence
    # A fact that proves nothing is not pleaded.
    fact.proofs.clear()
    assert not [one for one in case.findings("C60") if one.place.row == fact.id]


def _kinds(word: str) -> Callable[[Session], None]:
    def change(session: Session) -> None:
        for incident in session.query(Incident):
            incident.kind, incident.other_kinds = word, ""

    return change


def test_a_ground_of_corruption_without_an_act_of_corruption_is_found(law: Law) -> None:
    assert findings(invented_case("concession"), law, "C61") == []
    assert findings(invented_case("exiles"), law, "C61") == []
    found = findings(invented_case("concession", _kinds("torture")), law, "C61", "corruption is pleaded")
    assert found
    assert {one.severity.value for one in found} == {"warn"}
    # Said once: C55 is silent about the same ground.
    told = findings(invented_case("concession", _kinds("torture")), law, "C55", "no incident of the kind")
    assert not {one.place.row for one in found} & {one.place.row for one in told}
    assert findings(invented_case("exiles", _kinds("bribery")), law, "C61", "an abuse of human rights is pleaded")
    # An incident of which nobody said what it is is none of corruption.
    assert findings(invented_case("concession", _kinds("")), law, "C61", "corruption is pleaded")


def test_a_kind_that_no_incident_has_is_found(law: Law) -> None:
    def other(session: Session) -> None:
        target = session.query(Target).first()
        assert target is not None
        session.add(LegalBasis(target_id=target.id, regime="us-glomag", prong="CO-1", abuse_type="misappropriation"))

    assert findings(invented_case("concession", other), law, "C61", "of the kind that is pleaded")
