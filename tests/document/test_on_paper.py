"""What a reader of paper stumbles over: in the submissions of two invented cases, and in single sentences."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from sqlalchemy.orm import Session

from magdesk.dates.partialdate import PartialDate
from magdesk.document.articles import asks_article, needs_article
from magdesk.document.blocks import Text
from magdesk.document.build import BuildOptions, build_submission
from magdesk.document.events import EventKind, events
from magdesk.document.titles import clip
from magdesk.dossier.view import submission_view
from magdesk.model import Fact, Name, OtherSanction, Participation, Party, Proof, Target
from magdesk.model.people import PartyKind
from magdesk.regimes import load_law
from magdesk.regimes.regime import Law
from magdesk.services.dump.dossier_json import key_of
from tests.document.cases import exhibit_map
from tests.document.reading import text_of
from tests.invented import invented_case

DRAFT = BuildOptions(date(2026, 12, 1), draft=True)
UNITED_STATES = ("us-glomag", "us-7031c")


def paper(name: str, edit: Callable[[Session], object] = lambda _session: None, codes: tuple[str, ...] = ()) -> str:
    """The American submission of an invented case, its footnotes included."""
    dossier = submission_view(invented_case(name, edit), codes or UNITED_STATES)
    return text_of(build_submission(dossier, load_law(), exhibit_map(dossier), DRAFT))


@cache
def read(name: str) -> str:
    return paper(name)


def test_nobody_accused_is_said_to_be_harmless() -> None:
    text = read("concession")
    assert "named solely as an immediate family member" not in text
    assert "No allegation of wrongdoing is made against" not in text
    assert "Under this paragraph Elspeth Veranti is named as an immediate family member" in text
    assert "What is alleged against Veranti is set out in a section of its own" in text


def test_who_is_named_only_as_family_is_said_to_be_harmless() -> None:
    def acquit(session: Session) -> None:
        spouse = session.get(Target, key_of("t-wife"))
        assert spouse is not None
        spouse.legal_bases = [row for row in spouse.legal_bases if row.prong == "FM"]

    text = paper("concession", acquit)
    assert "No allegation of wrongdoing is made against Elspeth Veranti" in text


def test_a_date_before_a_fact_begins_as_a_sentence_does() -> None:
    text = read("concession")
    assert "Since 1 January 2018. Elspeth" in text
    assert "since 1 January 2018. Elspeth" not in text


def test_a_group_is_not_told_twice() -> None:
    text = read("exiles")
    assert "journalist (1)" in text
    assert "journalists (1)" not in text
    assert "whistleblowers (1)" not in text
    assert "members of the opposition" in text


def test_what_began_and_ended_on_one_day_has_one_date() -> None:
    assert "24 February 2022 to" not in read("concession")
    assert "March 2026 to May 2023" not in read("exiles")


def test_sums_of_single_steps_are_not_added() -> None:
    text = read("concession")
    assert "USD\u00a03,900,000; 3 payments" in text
    assert "8,100,000" not in text
    assert "not to be added together" in text


def test_the_summary_names_the_one_that_is_left() -> None:
    text = read("exiles")
    assert "and 1 more" not in text
    assert "TERVIK, Oswin Dara" in text.partition("Which paragraph?")[0].rpartition("Who exactly?")[2]


def test_bodies_have_their_article_in_sentences_and_none_in_tables() -> None:
    text = read("exiles")
    assert "Second Secretary of the Embassy of Talmira in Ostmere from" in text
    assert "is a member of the Embassy of Talmira" in text
    assert not re.search(r"\bof Embassy of", text)
    assert "Second Secretary, Embassy of Talmira" in text


@pytest.mark.parametrize(
    ("name", "kind", "asked"),
    [
        ("Senate", PartyKind.UNIT, True),
        ("Ministry of the Interior of Lower Suran", PartyKind.UNIT, True),
        ("Embassy of Talmira", PartyKind.ENTITY, True),
        ("Tal people", PartyKind.GROUP, True),
        ("The Hague Police", PartyKind.UNIT, False),
        ("Border Service", PartyKind.ENTITY, False),
        ("Court Street Services Ltd", PartyKind.UNIT, False),
        ("Osmund Court", PartyKind.PERSON, False),
    ],
)
def test_which_names_take_an_article(name: str, kind: PartyKind, asked: bool) -> None:
    assert needs_article(Party(kind=kind, names=[Name(text=name)]), (Text(name),)) is asked


@pytest.mark.parametrize(
    ("before", "asked"),
    [("appointed to ", True), ("", True), ("It fell. ", True), ("of the ", False), ("its ", False)],
)
def test_where_an_article_is_left_out(before: str, asked: bool) -> None:
    assert asks_article((Text(before),) if before else ()) is asked


@pytest.mark.parametrize(
    ("title", "length", "short"),
    [
        ("Penal enforcement: Law No. 4 of 2010", 26, "Penal enforcement…"),
        ("Report of the Committee, 30 January 2026", 34, "Report of the Committee…"),
        ("Judgment of the Court, 14 October 2025", 34, "Judgment of the Court…"),
        ("Register of Companies of Karsovia", 24, "Register of Companies…"),
        ("Law No. 4", 64, "Law No. 4"),
        ("Household survey, 2023 and after that", 24, "Household survey, 2023…"),
    ],
)
def test_a_short_title_is_not_cut_inside_what_belongs_together(title: str, length: int, short: str) -> None:
    assert clip(title, length) == short


def test_payments_stand_in_the_chronology_with_payer_payee_amount_and_purpose() -> None:
    dossier = submission_view(invented_case("concession"), UNITED_STATES)
    paid = [event for event in events(dossier) if event.kind is EventKind.PAYMENT]
    assert [event.start for event in paid] == [
        PartialDate(day) for day in ("2022-02-24", "2022-06-03", "2022-06-28", "2022-07-19", "2024-10-11")
    ]
    assert all(event.sources for event in paid)
    assert "Payment: Corvane to Halden Ridge, USD\u00a04,200,000 (“advice on licensing”)" in read("concession")


def test_a_post_in_a_company_is_no_office() -> None:
    text = read("concession")
    assert "Veranti takes up a post: Chairman of the board" in text
    assert "Veranti takes up office: Minister of Mines" in text


def test_lists_searched_alike_fold_into_one_sentence() -> None:
    def search(session: Session) -> None:
        target = session.get(Target, key_of("t-minister"))
        for place in ("United Kingdom", "European Union", "Canada"):
            row = OtherSanction(jurisdiction=place, listed=False, checked_on=date(2026, 11, 20), target=target)
            session.add(row)
        session.add(OtherSanction(jurisdiction="Ruritania", listed=True, checked_on=date(2026, 11, 20)))

    text = paper("concession", search)
    found = re.search(r"Not listed by ([^(]*) \(checked on 20 November 2026\)", text)
    assert found is not None
    assert set(re.split(", | and ", found[1])) == {"Canada", "the European Union", "the United Kingdom"}
    assert "Not listed\n" not in text
    assert "Ruritania" in text


def test_a_proof_of_the_part_taken_fills_the_row_of_the_tie(law: Law) -> None:
    def prove(session: Session) -> None:
        part = session.query(Participation).filter_by(target_id=key_of("t-minister")).first()
        assert part is not None
        fact = session.get(Fact, key_of("f-granted"))
        assert fact is not None
        for row in list(session.query(Proof)):
            if row.element == "E4" and row.legal_basis is not None and row.legal_basis.target_id == part.target_id:
                session.delete(row)
        session.flush()
        session.add(Proof(fact_id=fact.id, participation_id=part.id, element="DP1"))

    def rows(text: str) -> list[str]:
        return re.findall(r"E4\s*Responsible, complicit, directly or indirectly engaged\s*([^\n]*)", text)

    shown = rows(paper("concession", prove, ("us-glomag",)))
    assert shown
    assert "No fact yet" not in shown[0]


def test_who_is_named_as_principal_is_the_proof_of_it() -> None:
    text = read("concession")
    assert "Veranti, recommended here" in text


def test_one_source_shows_which_state_it_was() -> None:
    canada = load_law().regimes["ca-sema"]
    asked = [element for prong in canada.prongs for element in prong.elements if element.title == "Foreign state"]
    assert asked
    assert {element.roots_needed for element in asked} == {1}
    assert {element.roots_needed for element in (replace(asked[0], aspect="act"),)} == {2}


@pytest.mark.parametrize("text", ["(see office)", "(insert address)", "(address)", "(?)", "(tbc)", "(your name)"])
def test_placeholders_in_parentheses_are_found(law: Law, text: str) -> None:
    found = [pattern for pattern in law.packets["us-packet"].placeholders if re.search(pattern, text, re.IGNORECASE)]
    assert found


@pytest.mark.parametrize("text", ["(see ¶ 4)", "(see Annex 2)", "(the office)", "(number 4)", "(names withheld)"])
def test_ordinary_parentheses_are_none(law: Law, text: str) -> None:
    assert not [row for row in law.packets["us-packet"].placeholders if re.search(row, text, re.IGNORECASE)]
