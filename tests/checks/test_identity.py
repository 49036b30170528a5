from __future__ import annotations

from datetime import date

import pytest

from magdesk.model.people import EndState, IdentifierKind, NameKind, PartyKind
from magdesk.model.values import PartialDate
from tests.checks.cases import SmallCase


def test_c10_wants_a_latin_name(case: SmallCase) -> None:
    case.remove(case.latin)
    assert case.severities("C10") == ["block"]


def test_c10_wants_the_native_name(case: SmallCase) -> None:
    case.remove(case.native)
    (finding,) = case.findings("C10")
    assert finding.severity == "block"
    assert "script of the target" in finding.sentence
    assert finding.place.row == case.target.id


def test_c10_takes_another_script_for_the_native_name(case: SmallCase) -> None:
    case.native.kind = NameKind.ALIAS
    assert case.findings("C10") == []


def test_c10_warns_where_the_language_is_written_in_latin_letters(case: SmallCase) -> None:
    case.remove(case.native)
    case.latin.language = "sw"
    assert case.severities("C10") == ["warn"]


def test_c10_takes_a_search_for_an_answer(case: SmallCase) -> None:
    case.remove(case.native)
    case.unknown(case.general.id, "native_name")
    assert case.findings("C10") == []


def test_c11_wants_a_date_of_birth(case: SmallCase) -> None:
    case.remove(case.identifiers[IdentifierKind.DATE_OF_BIRTH])
    assert case.severities("C11") == ["block"]
    unknown = case.unknown(case.general.id, "date_of_birth", searched=" ")
    assert case.severities("C11") == ["block"], "a search that names no place is none"
    unknown.searched = "civil registry"
    assert case.findings("C11") == []


def test_c11_does_not_ask_an_entity(case: SmallCase) -> None:
    case.remove(case.identifiers[IdentifierKind.DATE_OF_BIRTH])
    case.general.kind = PartyKind.UNIT
    assert case.findings("C11") == []


def test_c12_wants_positions_with_dates(case: SmallCase) -> None:
    case.command.start = None
    assert [one.place.field for one in case.findings("C12")] == ["start"]
    case.command.end_state = EndState.UNKNOWN
    assert [one.place.field for one in case.findings("C12")] == ["start", "end", "positions"]
    case.unknown(case.command.id, "start")
    case.unknown(case.command.id, "end")
    case.unknown(case.general.id, "current_position")
    assert case.findings("C12") == []
    case.remove(case.command)
    assert case.severities("C12") == ["block"]


@pytest.mark.parametrize(
    "kind",
    [
        IdentifierKind.NATIONALITY,
        IdentifierKind.PLACE_OF_BIRTH,
        IdentifierKind.SEX,
        IdentifierKind.LOCATION,
    ],
)
def test_c13_names_what_is_missing(case: SmallCase, kind: IdentifierKind) -> None:
    case.remove(case.identifiers[kind])
    (finding,) = case.findings("C13")
    assert finding.severity == "warn"
    assert kind.value.replace("_", " ") in finding.sentence
    case.unknown(case.general.id, kind.value)
    assert case.findings("C13") == []


def test_c14_informs_about_document_numbers(case: SmallCase) -> None:
    case.remove(case.identifiers[IdentifierKind.PASSPORT])
    assert case.severities("C14") == ["info"]
    case.unknown(case.general.id, "passport")
    assert case.findings("C14") == []


def test_c15_wants_a_photo_with_its_source(case: SmallCase) -> None:
    case.photo.obtained_from = ""
    assert [one.place.row for one in case.findings("C15")] == [case.photo.id]
    case.target.photo_id = None
    assert [one.place.field for one in case.findings("C15")] == ["photo_id"]
    case.unknown(case.general.id, "photo")
    assert case.findings("C15") == []


def test_c15_wants_a_check_for_namesakes(case: SmallCase) -> None:
    case.target.namesake_checked_on = None
    assert [one.place.field for one in case.findings("C15")] == ["namesake_check"]


def test_c16_wants_a_basis_for_foreign_person(case: SmallCase) -> None:
    case.target.foreign_person_basis = " "
    (finding,) = case.findings("C16")
    assert finding.severity == "block"
    assert "HR-1" in finding.sentence
    case.basis.prong = "MA-1"
    assert case.findings("C16") == [], "section 1(a)(iii) reaches any person"


def test_c16_refuses_a_national_of_the_home_country_alone(case: SmallCase) -> None:
    nationality = case.identifiers[IdentifierKind.NATIONALITY]
    nationality.value, nationality.country = "American", ""
    assert case.severities("C16") == ["block"]
    case.add(type(nationality)(party_id=case.general.id, kind=IdentifierKind.NATIONALITY, value="Generica"))
    assert case.findings("C16") == []


def test_c39_wants_a_recent_look_at_the_list(case: SmallCase) -> None:
    case.target.designation_checked_on = date(2026, 4, 1)
    assert case.severities("C39") == ["warn"]
    case.target.designation_checked_on = None
    assert case.severities("C39") == ["block"]
    case.target.already_designated = True
    (finding,) = case.findings("C39")
    assert "already designated" in finding.sentence


def test_partial_dates_count_as_a_date_of_birth(case: SmallCase) -> None:
    birth = case.identifiers[IdentifierKind.DATE_OF_BIRTH]
    birth.value, birth.date = "", PartialDate("1971~")
    assert case.findings("C11") == []
