from __future__ import annotations

import pytest

from magdesk.model import Section
from magdesk.model.review import ReviewRole
from magdesk.model.text import party_token
from tests.checks.cases import SmallCase, day
from tests.checks.test_pleading import variants


def test_c22_wants_adverse_information_with_an_answer(case: SmallCase) -> None:
    case.adverse.answer = ""
    assert variants(case, "C22") == {"unanswered"}
    case.adverse.text = ""
    assert variants(case, "C22") == {"empty"}
    case.remove(case.adverse)
    assert variants(case, "C22") == {""}
    case.case.no_adverse_statement = "Searched in three archives in May 2026."
    assert case.findings("C22") == []


def test_c22_wants_a_reader_who_did_not_draft(case: SmallCase) -> None:
    reader = case.signoffs[ReviewRole.ADVERSE_READER]
    reader.name = "dora drafter "
    assert variants(case, "C22") == {"own_reader"}
    reader.signed_on = None
    assert variants(case, "C22") == {"unsigned"}


def test_c23_wants_the_state_of_proceedings(case: SmallCase) -> None:
    case.proceeding.forum = case.proceeding.text = ""
    assert variants(case, "C23") == {"empty"}
    case.remove(case.proceeding)
    assert variants(case, "C23") == {""}


def test_c24_wants_other_lists_and_programmes(case: SmallCase) -> None:
    case.remove(case.sanction)
    assert variants(case, "C24") == {""}
    case.case.programme_checked_on = None
    assert variants(case, "C24") == {"", "programme"}


def test_c25_wants_arguments_and_deterrence(case: SmallCase) -> None:
    case.arguments[1].code = "NI-0"
    assert variants(case, "C25") == {"", "expected"}
    case.arguments[1].text = ""
    assert variants(case, "C25") == {"", "expected", "empty"}


def test_c26_wants_side_effects(case: SmallCase) -> None:
    case.case.side_effects = ""
    assert case.severities("C26") == ["warn"]


def test_c35_finds_words_that_accuse(case: SmallCase) -> None:
    case.summary.text = "The general is a notorious murderer."
    assert [one.sentence.rpartition("“")[2] for one in case.findings("C35")] == ["notorious”.", "murderer”."]


@pytest.mark.parametrize(
    "text",
    ["Charged under the criminal code.", "The court called him “a notorious murderer”.", "A criminal complaint."],
)
def test_c35_leaves_law_and_quotations_alone(case: SmallCase, text: str) -> None:
    case.summary.text = text
    assert case.findings("C35") == []


def test_c35_does_not_judge_the_words_of_sources(case: SmallCase) -> None:
    case.citations[0].quote = "murderer"
    case.order.title = "The murderer of Oster"
    assert case.findings("C35") == []


def test_c36_wants_a_summary_of_one_page(case: SmallCase) -> None:
    case.summary.text = "word " * 450
    assert case.findings("C36") == []
    case.summary.text = "word " * 449 + party_token(case.general.id)
    assert case.severities("C36") == ["warn"]
    case.summary.text = " "
    assert variants(case, "C36") == {"empty"}
    assert case.severities("C36") == ["block"]


def test_c36_wants_the_standard_of_proof(case: SmallCase) -> None:
    case.case.standard_of_proof = ""
    assert variants(case, "C36") == {"standard"}
    assert case.severities("C36") == ["warn"]
    case.add(Section(code="method", text="A fact is established where two independent sources agree."))
    assert case.findings("C36") == []


def test_c36_limits_other_sections_too(case: SmallCase) -> None:
    section = case.add(Section(code="background", text="word " * 1001))
    assert [one.place.row for one in case.findings("C36")] == [section.id]


@pytest.mark.parametrize(
    "text",
    [
        "Submitted by [NGO Name].", "On [date] he …", "SAMPLE TEXT: the general", "Rank: ______", "TODO write this",
        "Born in [insert place].", "General Verro of Valdania", "[Your organisation]",
    ],
)  # fmt: skip
def test_c41_finds_what_was_left_over(case: SmallCase, text: str) -> None:
    case.summary.text = text
    assert case.severities("C41") == ["block"]


@pytest.mark.parametrize(
    "text",
    [
        "He said “[t]he prisoners”.", "[Translation]", "[name withheld]", "[sic]", "[…]", "Todo por la patria",
        "See [source of the map](https://example.org).", "***", "[date unknown]",
    ],
)  # fmt: skip
def test_c41_leaves_honest_brackets_alone(case: SmallCase, text: str) -> None:
    case.summary.text = text
    assert case.findings("C41") == []


def test_c41_finds_the_samples_beside_the_fields(case: SmallCase) -> None:
    samples = [text for text in case.law.guidance.values() if "Valdania" in text]
    assert len(samples) >= 3
    for sample in samples:
        case.summary.text = sample
        assert case.findings("C41") != []


def test_c34_dates_in_order(case: SmallCase) -> None:
    case.incident.end = day("2024-03-04")
    assert variants(case, "C34") == {"order"}
    case.incident.end = None
    case.command.end = day("2019")
    assert variants(case, "C34") == {"order"}


def test_c34_fact_before_its_incident(case: SmallCase) -> None:
    case.facts[0].date = day("2023-03-04")
    assert variants(case, "C34") == {"fact_date"}
    case.facts[0].date = day("2023")
    assert variants(case, "C34") == set(), "it may have been in December"
    case.facts[0].date = day("2024-02-04")
    assert variants(case, "C34") == set(), "a preparation"


def test_c34_dates_after_the_filing(case: SmallCase) -> None:
    case.facts[0].date = day("2026-07-02")
    assert variants(case, "C34") == {"future"}
    case.facts[0].date = day("2026-07")
    assert variants(case, "C34") == set()


def test_c34_asks_of_which_calendar_a_year_is(case: SmallCase) -> None:
    case.command.start = day("1398")
    assert variants(case, "C34") == {"calendar"}
    assert "Persian or Hijri?" in case.findings("C34")[0].sentence
    case.command.start = day("1398@persian")
    assert variants(case, "C34") == set()
    case.facts[0].date = day("1650")
    assert variants(case, "C34") == {"fact_date", "year"}
    case.facts[0].date = None
    case.command.start = day("1398@gregorian")
    assert variants(case, "C34") == set()


def test_c34_an_open_date_is_in_no_wrong_order(case: SmallCase) -> None:
    case.command.start, case.command.end = day("before 2020"), day("2018")
    assert variants(case, "C34") == set()
    case.command.start, case.command.end = day("2020"), day("since 2018")
    assert variants(case, "C34") == set()


def test_c34_dates_that_read_in_two_ways(case: SmallCase) -> None:
    case.summary.text = "On 05/03/2024 he was seen."
    assert variants(case, "C34") == {"numeric_date"}
    case.summary.text = "On 25/03/2024, 2024-03-05 and 5.5.2024, in section 1.2.3 and at 1/2/3/4."
    assert variants(case, "C34") == set()


@pytest.mark.parametrize("other", ["camp oster", "Camp Östér", "Camp  Oster,", "Camp Ostter", "Camp Osetr"])
def test_c34_places_spelled_in_two_ways(case: SmallCase, other: str) -> None:
    case.facts[2].place = other
    assert variants(case, "C34") == {""}


@pytest.mark.parametrize("other", ["Camp Wester", "Prison No. 4"])
def test_c34_different_places(case: SmallCase, other: str) -> None:
    case.facts[1].place = "Prison No. 5"
    case.facts[2].place = other
    assert variants(case, "C34") == set()


def test_c34_a_person_spelled_in_two_ways(case: SmallCase) -> None:
    case.summary.text = "General Verrodin gave the order."
    (finding,) = case.findings("C34")
    assert "Verrodine" in finding.sentence
    case.summary.text = "General Verrodine’s order. The Verrodines left."
    assert case.findings("C34") == []
    case.summary.text = "По приказу Верродина."
    assert case.findings("C34") == [], "inflected, not misspelled"
