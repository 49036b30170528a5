from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from magdesk.model import Consent, Name, Party
from magdesk.model.evidence import SourceType
from magdesk.model.people import ConsentLevel, NameKind
from magdesk.model.text import party_token
from tests.checks.cases import SmallCase
from tests.checks.test_pleading import variants


def test_c28_wants_consent(case: SmallCase) -> None:
    case.remove(case.consent)
    assert variants(case, "C28") == {""}
    assert case.severities("C28") == ["block"]


def test_c28_wants_to_know_whose_statement_it_is(case: SmallCase) -> None:
    case.statement.speaker_id = None
    assert variants(case, "C28") == {"speaker"}
    case.statement.source_type = SourceType.MEDIA
    assert variants(case, "C28") == set()


def test_c28_respects_level_and_withdrawal(case: SmallCase) -> None:
    case.consent.level = ConsentLevel.INTERNAL
    assert variants(case, "C28") == {"level"}
    case.consent.level = ConsentLevel.PUBLIC_ANONYMISED
    case.protected.protected = False
    assert variants(case, "C28") == {"not_protected"}
    case.protected.protected = True
    case.consent.withdrawn_at = datetime(2026, 3, 1, tzinfo=UTC)
    assert variants(case, "C28") == {"withdrawn"}
    case.add(Consent(
        party_id=case.protected.id, level=ConsentLevel.GOVERNMENTS_CONFIDENTIAL, obtained_on=date(2026, 4, 1),
        informed_of_disclosure_risk=True,
    ))  # fmt: skip
    assert variants(case, "C28") == set(), "given again"


def test_c28_warns_of_what_was_not_said_and_of_old_consent(case: SmallCase) -> None:
    case.consent.informed_of_disclosure_risk = False
    case.consent.review_on = date(2026, 5, 31)
    assert variants(case, "C28") == {"risk", "review"}
    assert case.severities("C28") == ["warn", "warn"]


def test_c28_follows_a_translation_to_its_original(case: SmallCase) -> None:
    case.medical.translation_of_id = case.statement.id
    case.statement.produce = False
    for citation in case.citations[3::4]:
        case.remove(citation)
    case.remove(case.consent)
    (finding,) = case.findings("C28")
    assert finding.place.row == case.protected.id
    case.medical.translation_of_id = None
    assert case.findings("C28") == []


# where a protected name could slip out: the row of the small case, the field
LEAKS = [
    ("case", "title"), ("case", "reference"), ("case", "side_effects"), ("organisation", "link_to_case"),
    ("summary", "text"), ("target", "request"), ("target", "role"), ("basis", "argument"),
    ("general", "description"), ("protected", "description"), ("command", "title"), ("victim", "present_situation"),
    ("incident", "title"), ("incident", "summary"), ("harm", "description"), ("part", "description"),
    ("order", "title"), ("order", "title_english"), ("order", "author"), ("order", "bias_note"), ("order", "cite_as"),
    ("order", "obtained_from"), ("order", "url"), ("adverse", "text"), ("adverse", "answer"), ("proceeding", "forum"),
    ("sanction", "text"), ("state", "addressee"), ("visa", "publicity_reason"),
    ("witness", "basis_of_knowledge"), ("witness", "interviewed_by"), ("contact", "position"), ("visa", "citation"),
    ("case", "version"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "field"), LEAKS)
def test_c29_finds_a_protected_name(case: SmallCase, row: str, field: str) -> None:
    setattr(getattr(case, row), field, "Seen by Oksana Marchenkova that night")
    blocking = [one for one in case.findings("C29") if one.severity == "block"]
    assert len(blocking) == 1
    assert blocking[0].place.row == getattr(case, row).id
    assert blocking[0].place.field == field
    assert "Witness 3" in blocking[0].sentence
    assert "Oksana" not in blocking[0].sentence + blocking[0].place.label


def test_c29_looks_into_records_of_searches(case: SmallCase) -> None:
    row = case.unknown(case.general.id, "tax_number", "asked Oksana Marchenkova")
    (finding,) = case.findings("C29")
    assert (finding.place.page, finding.place.row, finding.place.field) == ("targets", row.id, "searched")
    row.searched, row.note = "an archive", "Oksana Marchenkova"
    assert case.severities("C29") == ["block"]


def test_c29_looks_into_facts_citations_and_element_notes(case: SmallCase) -> None:
    name = "Oksana Marchenkova"
    case.facts[0].text, case.citations[0].quote, case.citations[1].note = name, name, name
    case.note("E1", name)
    case.citations[2].quote_english = name
    assert case.severities("C29") == ["block"] * 5


@pytest.mark.parametrize(
    "text",
    [
        "MARCHENKOVA, Oksana", "oksana marchenkova", "Oksana  Marchénkova", "Oksana-Marchenkova",
        "Oksana\nMarchenkova",
        "told by Oksana Marchenkova's sister", "https://example.org/oksana_marchenkova",
    ],
)  # fmt: skip
def test_c29_knows_a_name_in_other_clothes(case: SmallCase, text: str) -> None:
    case.incident.summary = text
    assert "block" in case.severities("C29")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("李秋明", "证人李秋明说"), ("أمل حدّاد", "قالت أمل حداد"), ("Оксана Марченкова", "со слов Оксана Марченкова"),
        ("สมชาย ใจดี", "พบสมชายใจดีที่นั่น"),
    ],
)  # fmt: skip
def test_c29_reads_other_scripts(case: SmallCase, name: str, text: str) -> None:
    case.add(Name(party_id=case.protected.id, text=name, kind=NameKind.NATIVE))
    case.incident.summary = text
    assert case.severities("C29") == ["block"]


def test_c29_warns_of_a_part_of_a_name(case: SmallCase) -> None:
    case.incident.summary = "Marchenkova was seen."
    assert case.severities("C29") == ["warn"]
    case.incident.summary = "A marchenkova is a kind of cake."
    assert case.findings("C29") == []
    case.add(Name(party_id=case.general.id, text="Lev Marchenkova"))
    case.incident.summary = "Marchenkova was seen."
    assert case.findings("C29") == [], "somebody who may be named bears it too"


def test_c29_knows_the_short_name_too(case: SmallCase) -> None:
    case.protected.short_name = "Ksyusha"
    case.incident.summary = "They called her Ksyusha."
    assert case.severities("C29") == ["block"]
    case.incident.summary = "They called her ksyusha."
    assert case.severities("C29") == ["warn"], "in small letters it may be an ordinary word"


def test_c29_is_content_with_references_and_pseudonyms(case: SmallCase) -> None:
    case.incident.summary = f"{party_token(case.protected.id)} was seen; so was Witness 3."
    assert case.findings("C29") == []


def test_c29_ignores_what_is_not_printed(case: SmallCase) -> None:
    case.order.file_name = "Oksana Marchenkova.pdf"
    case.order.reading_note = "Oksana Marchenkova"
    assert case.findings("C29") == []
    case.order.title = ""
    assert case.severities("C29") == ["block"], "then the file's name is what a reader sees"


def test_c29_wants_pseudonyms_that_tell_nothing(case: SmallCase) -> None:
    case.protected.pseudonym = ""
    assert variants(case, "C29") == {"pseudonym"}
    case.protected.pseudonym = "Oksana Marchenkova"
    assert variants(case, "C29") == {"pseudonym_tells"}


def test_c29_refuses_a_protected_target(case: SmallCase) -> None:
    case.general.protected, case.general.pseudonym = True, "T 1"
    assert "target" in variants(case, "C29")


def test_a_person_without_a_name_is_no_trouble(case: SmallCase) -> None:
    case.add(Party(protected=True, pseudonym="Witness 9"))
    assert case.findings("C29") == []
