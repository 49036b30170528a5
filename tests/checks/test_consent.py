"""A consent counts for the recipient that it names, and a child's only through a guardian."""

from __future__ import annotations

from datetime import date

import pytest

from magdesk.model import Consent, Identifier, Party, Target
from magdesk.model.people import ConsentLevel, IdentifierKind
from tests.checks.cases import SmallCase, day


def born(case: SmallCase, year: str) -> None:
    case.add(Identifier(party_id=case.protected.id, kind=IdentifierKind.DATE_OF_BIRTH, date=day(year), rank=9))


def test_a_consent_for_one_recipient_does_not_serve_the_other(case: SmallCase) -> None:
    case.consent.recipient_id = case.state.id
    (found,) = case.findings("C28")
    assert found.severity.value == "block"
    assert "Treasury" in found.sentence
    case.remove(case.treasury)
    assert case.findings("C28") == []


def test_each_recipient_may_have_a_consent_of_its_own(case: SmallCase) -> None:
    case.consent.recipient_id = case.state.id
    other = case.add(
        Consent(
            party_id=case.protected.id,
            level=ConsentLevel.GOVERNMENTS_ANONYMISED,
            obtained_on=date(2026, 2, 5),
            informed_of_disclosure_risk=True,
            recipient_id=case.treasury.id,
        )
    )
    assert case.findings("C28") == []
    other.level = ConsentLevel.NONE
    (found,) = case.findings("C28")
    assert found.place.row == other.id


def test_a_later_word_to_one_recipient_leaves_the_general_one_in_force(case: SmallCase) -> None:
    case.add(
        Consent(
            party_id=case.protected.id,
            level=ConsentLevel.NONE,
            obtained_on=date(2026, 2, 5),
            informed_of_disclosure_risk=True,
            recipient_id=case.treasury.id,
        )
    )
    assert [one.place.field for one in case.findings("C28")] == ["level"]


@pytest.mark.parametrize(("year", "found"), [("2012", 1), ("1990", 0)])
def test_a_child_consents_through_a_guardian(case: SmallCase, year: str, found: int) -> None:
    born(case, year)
    assert [one.place.field for one in case.findings("C28")] == ["guardian_id"] * found
    guardian = case.add(Party())
    case.consent.guardian_id = guardian.id
    assert case.findings("C28") == []


def test_no_child_is_its_own_guardian_and_none_is_accused(case: SmallCase) -> None:
    born(case, "2012")
    case.consent.guardian_id = case.protected.id
    assert [one.place.field for one in case.findings("C28")] == ["guardian_id"]
    guardian = case.add(Party())
    case.add(Target(party_id=guardian.id, rank=5))
    case.consent.guardian_id = guardian.id
    (found,) = case.findings("C28")
    assert "accuses" in found.sentence


def test_a_child_is_named_only_with_a_guardian(case: SmallCase) -> None:
    born(case, "2012")
    case.statement.speaker_id = None
    case.protected.protected = False
    case.consent.level = ConsentLevel.PUBLIC_NAMED
    (found,) = case.findings("C52")
    assert "guardian" in found.sentence
    case.consent.guardian_id = case.add(Party()).id
    assert case.findings("C52") == []
