from __future__ import annotations

from datetime import date

import pytest

from magdesk.dates.partialdate import PartialDate
from magdesk.model import Identifier
from magdesk.model.people import EndState, IdentifierKind, NameKind, PartyKind
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


def test_c39_hears_of_a_listing_by_the_state_that_is_asked(case: SmallCase) -> None:
    case.sanction.listed, case.sanction.target_id = True, case.target.id
    assert case.findings("C39") == [], "the United Kingdom is not asked here"
    case.sanction.jurisdiction = "united states "
    (finding,) = case.findings("C39")
    assert (finding.severity, finding.place.row, finding.targets) == ("block", case.sanction.id, (case.target.id,))
    case.sanction.listed = False
    assert case.findings("C39") == []


@pytest.mark.parametrize(
    "text",
    [
        "Designated on 8 December 2023 under E.O. 13818.",
        "SDN list searched on 2 May: one entry, same date of birth.",
        "He was listed in 2021.",
        "Entry found: VERRODINE, Ilan.",
        "List searched: no entry in 2020. He is now designated.",
        "Entry no. 55 of the list.",
        "Figura en la lista desde 2021.",
        "Ya fue sancionado por el OFAC.",
        "Il est déjà inscrit sur la liste.",
        "Включён в список в 2021 году.",
        "اسمه مدرج في القائمة منذ 2021.",
    ],
)
def test_c39_reads_what_the_check_of_the_list_says(case: SmallCase, text: str) -> None:
    case.target.designation_check = text
    (finding,) = case.findings("C39")
    assert (finding.severity, finding.place.field) == ("block", "designation_check")
    assert finding.sentence.split("“")[-1].rstrip("”") in text


@pytest.mark.parametrize(
    "text",
    [
        "No entry.",
        "Consolidated sanctions list searched for all Latin spellings: no entry.",
        "Not listed by any of the six; searched in both scripts.",
        "One entry of the name, a different person born in 1950.",
        "Nobody of this name is designated.",
        "No figura en la lista.",
        "Ninguna entrada con ese nombre; no está sancionado.",
        "Il n’est pas inscrit sur la liste; aucune correspondance.",
        "В списке не значится, санкций нет.",
        "غير مدرج في أي قائمة.",
    ],
)
def test_c39_knows_a_check_that_found_nothing(case: SmallCase, text: str) -> None:
    case.target.designation_check = text
    assert case.findings("C39") == []


def test_c50_stops_at_a_target_who_is_dead(case: SmallCase) -> None:
    died = case.add(
        Identifier(party_id=case.general.id, kind=IdentifierKind.DATE_OF_DEATH, date=PartialDate("2025-02"))
    )
    (finding,) = case.findings("C50")
    assert (finding.severity, finding.place.row, finding.waivable) == ("block", died.id, True)
    assert "February 2025" in finding.sentence


def test_c50_a_dead_man_does_nothing(case: SmallCase) -> None:
    died = case.add(
        Identifier(party_id=case.general.id, kind=IdentifierKind.DATE_OF_DEATH, date=PartialDate("2024-03-04"))
    )
    dead, acted = case.findings("C50")
    assert (dead.waivable, acted.waivable) == (True, False)
    assert "Beatings at Camp Oster" in acted.sentence
    died.date = PartialDate("2024-03")  # he may have lived on the fifth
    assert len(case.findings("C50")) == 1


def test_c50_hears_a_word_of_the_file(case: SmallCase) -> None:
    case.general.description = "General, deceased in 2025."
    (finding,) = case.findings("C50")
    assert (finding.severity, "“deceased”" in finding.sentence) == ("warn", True)
    case.general.description = "General; prisoners died in his barracks."
    assert case.findings("C50") == []


@pytest.mark.parametrize(
    "text",
    ["The late General Verrodine", "покойный генерал", "скончался 3 мая 2025", "المرحوم العميد", "feu le général",
     "Décédé en 2025", "fallecido en 2025", "murió el 3 de mayo", "merhum general", "†"],
)  # fmt: skip
def test_c50_hears_it_among_the_identifiers_in_other_languages(case: SmallCase, text: str) -> None:
    location = case.session.query(Identifier).filter_by(
        party_id=case.general.id, kind=IdentifierKind.LOCATION
    ).one()  # fmt: skip
    location.note = text
    (finding,) = case.findings("C50")
    assert (finding.severity, finding.place.field) == ("warn", "identifiers")


@pytest.mark.parametrize(
    "text",
    ["Feu vert en 2025.", "Los presos murieron en su cuartel.", "Заключённые умерли в его казарме.", "وفاة السجناء"],
)
def test_c50_leaves_the_deaths_of_others(case: SmallCase, text: str) -> None:
    case.general.description = text
    assert case.findings("C50") == []
