"""The law in the resources says what the published texts say, and holds every paragraph there is."""

from __future__ import annotations

import re
from datetime import date

import pytest

from magdesk import paths
from magdesk.model.incidents import Mode
from magdesk.regimes import Law, load_law
from magdesk.regimes.acts_file import MODES
from tests.regimes.order import PREAMBLE_AND_OTHERS, SECTION_1_A, SECTION_7031C, flat

PRONGS = {
    "HR-1": ("1(a)(ii)(A)", 3, ("ii", "A")),
    "CO-1": ("1(a)(ii)(B)(1)", 4, ("ii", "B", "1")),
    "CO-2": ("1(a)(ii)(B)(2)", 4, ("ii", "B", "2")),
    "LD-1": ("1(a)(ii)(C)(1)", 5, ("ii", "C", "1")),
    "LD-2": ("1(a)(ii)(C)(2)", 3, ("ii", "C", "2")),
    "AT-1": ("1(a)(ii)(D)", 4, ("ii", "D")),
    "MA-1": ("1(a)(iii)(A)(1)", 4, ("iii", "A", "1")),
    "MA-2": ("1(a)(iii)(A)(2)", 3, ("iii", "A", "2")),
    "MA-3": ("1(a)(iii)(A)(3)", 5, ("iii", "A", "3")),
    "OC-1": ("1(a)(iii)(B)", 2, ("iii", "B")),
    "AT-2": ("1(a)(iii)(C)", 3, ("iii", "C")),
}
TYPES = {
    "torture": ["T1", "T2", "T3", "T4", "T5", "T6", "T7"],
    "cidt": ["CT1", "CT2", "CT3"],
    "killing": ["K1", "K2", "K3", "K4", "K5"],
    "disappearance": ["D1", "D2", "D3", "D4"],
    "arbitrary_detention": ["A0", "A1", "A2", "A3", "A4", "A5"],
    "sexual_violence": ["S1", "S2", "S3"],
    "trafficking": ["H1", "H2", "H3"],
    "slavery": ["SL1", "SL2", "SL3"],
    "education": ["ED1", "ED2", "ED3"],
    "crimes_against_humanity": ["CH1", "CH2", "CH3", "CH4"],
    "genocide": ["GN1", "GN2", "GN3"],
    "transnational_repression": ["R1", "R2", "R3", "R4"],
    "religious_freedom": ["RF1", "RF2", "RF3"],
    "prison_conditions": ["PC1", "PC2", "PC3", "PC4"],
    "persecution_sex": ["PS1", "PS2", "PS3", "PS4"],
    "persecution_orientation": ["PO1", "PO2", "PO3", "PO4"],
    "persecution_ethnicity": ["PE1", "PE2", "PE3", "PE4"],
    "persecution_disability": ["PD1", "PD2", "PD3", "PD4"],
    "forced_sterilisation": ["FS1", "FS2", "FS3", "FS4"],
    "child_recruitment": ["CR1", "CR2", "CR3", "CR4", "CR5"],
    "land_dispossession": ["LR1", "LR2", "LR3", "LR4"],
    "misappropriation": ["C1", "C2", "C3", "C4"],
    "expropriation": ["X1", "X2", "X3", "X4"],
    "contract_corruption": ["G1", "G2", "G3", "G4"],
    "resource_corruption": ["N1", "N2", "N3", "N4"],
    "bribery": ["B1", "B2", "B3", "B4"],
    "other_corruption": ["O1", "O2", "O3", "O4"],
}


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law([paths.resource()])


def paragraph(*marks: str) -> str:
    """The words of a paragraph with those of the paragraphs around it, as one would quote them."""
    rest = flat(SECTION_1_A)
    own = {"ii": "(ii) ", "iii": "(iii) "}
    start = rest.index(own[marks[0]] + "any")
    rest = rest[start + len(own[marks[0]]) :]
    out = [rest[: rest.index(":") + 1]]
    rest = rest[rest.index(":") + 1 :]
    for mark in marks[1:]:
        place = rest.index(f" ({mark}) ")
        if place:
            out.append("…")  # what is left out is marked as left out
        rest = rest[place + 1 :]
        # The sentence runs to the colon that opens its sub-paragraphs, or to the semicolon that ends it.
        end = re.search(r"[:;]|\.$", rest)
        assert end
        out.append(rest[: end.end()])
        rest = rest[end.end() :]
    return " ".join(out)


def test_all_eleven_paragraphs_and_no_other(law: Law) -> None:
    regime = law.regimes["us-glomag"]
    found = {prong.code: (prong.citation, len(prong.elements)) for prong in regime.prongs}
    assert found == {code: (f"E.O. 13818 § {cite}", count) for code, (cite, count, _marks) in PRONGS.items()}
    assert not any("1(a)(i)" in prong.citation.replace("1(a)(ii", "") for prong in regime.prongs)


@pytest.mark.parametrize("code", PRONGS)
def test_wording_is_that_of_the_order(law: Law, code: str) -> None:
    prong = law.regimes["us-glomag"].prong(code)
    assert prong is not None
    assert prong.wording == paragraph(*PRONGS[code][2])
    assert prong.provenance.tag == "law"
    assert prong.provenance.as_of == date(2017, 12, 26)


def test_who_each_paragraph_reaches(law: Law) -> None:
    regime = law.regimes["us-glomag"]
    for prong in regime.prongs:
        assert prong.foreign_only == prong.wording.startswith("any foreign person"), prong.code
        assert prong.tenure == ("tenure" in prong.wording), prong.code
        assert bool(prong.principal) == (
            "are blocked pursuant to this order" in prong.wording or prong.code == "AT-2"
        )


def test_regulation_is_cited_only_as_far_as_it_was_read(law: Law) -> None:
    regime = law.regimes["us-glomag"]
    cited = {prong.code: prong.secondary.removeprefix("31 C.F.R. § 583.201") for prong in regime.prongs}
    assert cited == {
        "HR-1": "(a)(2)(i)", "CO-1": "(a)(2)(ii)(A)", "CO-2": "(a)(2)(ii)(B)", "LD-1": "(a)(2)(iii)(A)",
        "LD-2": "(a)(2)(iii)(B)", "AT-1": "(a)(2)(iv)", "MA-1": "", "MA-2": "", "MA-3": "", "OC-1": "", "AT-2": "",
    }  # fmt: skip


def test_kinds_of_abuse_and_their_elements(law: Law) -> None:
    regime = law.regimes["us-glomag"]
    assert {kind.code: [one.code for one in kind.elements] for kind in regime.abuse_types} == TYPES
    torture = regime.abuse_type("torture")
    assert torture is not None
    assert [one.code for one in torture.elements if one.required] == ["T1", "T2", "T3", "T4", "T5", "T6"]
    detention = regime.abuse_type("arbitrary_detention")
    assert detention is not None
    assert [one.group for one in detention.elements] == ["", *["category"] * 5]


def test_elements_of_a_plea_are_those_of_prong_and_kind(law: Law) -> None:
    regime = law.regimes["us-glomag"]
    assert [one.code for one in regime.elements("HR-1", "killing")] == [
        "E1",
        "E2",
        "E3",
        "K1",
        "K2",
        "K3",
        "K4",
        "K5",
    ]
    assert [one.code for one in regime.elements("OC-1", "killing")] == ["E1", "E2"]
    assert regime.elements("no such", "killing") == ()


def test_quotations_are_literal(law: Law) -> None:
    text = flat(PREAMBLE_AND_OTHERS)
    order = [quote for quote in law.regimes["us-glomag"].quotes if quote.citation.startswith("E.O. 13818")]
    assert len(order) == 6
    for quote in order:
        assert quote.text in text, quote.code
    consider = law.regimes["us-glomag"].quote("act-consider")
    assert consider is not None
    assert consider.text == (
        "credible information obtained by other countries and nongovernmental organizations that monitor violations of"  # noqa: E501
        " human rights"
    )


def test_section_7031c(law: Law) -> None:
    regime = law.regimes["us-7031c"]
    assert [(prong.code, len(prong.elements)) for prong in regime.prongs] == [
        ("GV", 3),
        ("SC", 4),
        ("WD", 4),
        ("FM", 2),
    ]
    for prong in regime.prongs:
        assert prong.wording == SECTION_7031C
        assert prong.applies_to == ("person",)
        assert prong.official_only != prong.neutral
    assert regime.standard.text in SECTION_7031C
    assert regime.yearly_citation
    assert "{citation}" in regime.cover_line
    assert [citation.label for citation in regime.citations] == [
        "FY2026", "FY2024", "FY2023", "FY2022", "FY2021", "FY2020", "FY2019", "FY2018",
    ]  # fmt: skip
    assert [(one.year, one.law, one.division) for one in regime.citations[:1]] == [(2026, "119-75", "F")]
    assert [(one.law, one.carries) for one in regime.carriers] == [("119-37", ""), ("119-4", "FY2024")]


def test_7031c_takes_its_kinds_from_the_order(law: Law) -> None:
    lender, regime = law.regimes["us-glomag"], law.regimes["us-7031c"]
    assert {kind.code for kind in regime.abuse_types} == set(TYPES) - {
        "transnational_repression",
        "education",
        "land_dispossession",
    }
    assert all(kind is lender.abuse_type(kind.code) for kind in regime.abuse_types)
    # A ban on entry blocks no property.
    assert regime.interest == tuple(row for row in lender.interest if row.code != "NI-1")


def test_family_members_are_worded_neutrally(law: Law) -> None:
    prong = law.regimes["us-7031c"].prong("FM")
    assert prong is not None
    assert prong.neutral
    assert "No allegation of wrongdoing" in prong.pleading


def test_interest_menu(law: Law) -> None:
    menu = law.regimes["us-glomag"].interest
    assert [choice.code for choice in menu] == [f"NI-{n}" for n in range(14)]
    assert [choice.code for choice in menu if choice.weak] == ["NI-0", "NI-13"]
    assert [choice.code for choice in menu if choice.expected] == ["NI-8"]


def test_what_was_not_read_is_marked(law: Law) -> None:
    types = law.regimes["us-glomag"].abuse_types
    assert {kind.code for kind in types if kind.provenance.verify} == {
        "education", "prison_conditions", "persecution_orientation", "persecution_disability", "forced_sterilisation",
        "land_dispossession",
    }  # fmt: skip
    for regime in (law.regimes["us-glomag"], law.regimes["us-7031c"]):
        for quote in (regime.standard, *regime.quotes):
            assert not quote.provenance.verify, quote.code
        for prong in regime.prongs:
            assert not prong.provenance.verify, prong.code


def test_the_statute_is_quoted_in_every_letter(law: Law) -> None:
    packet = law.packets["us-packet"]
    assert [letter.code for letter in packet.letters if not letter.optional] == ["state", "treasury"]
    words = (
        "credible information obtained by other countries and nongovernmental organizations that monitor violations"
    )
    for letter in packet.letters:
        body = " ".join(letter.paragraphs)
        assert f"“shall consider … {words} of human rights.” 22 U.S.C. § 10102(c)(2)" in body, letter.code
        assert "Reconsideration" not in body


def test_outline_follows_the_packet_order(law: Law) -> None:
    packet = law.packets["us-packet"]
    assert [section.code for section in packet.outline] == [
        "cover", "contents", "executive_summary", "targets_at_a_glance", "submitter", "method", "background",
        "linkage", "tenure", "target_sections", "interest", "accountability", "requests", "confidentiality",
        "chronology", "sources",
    ]  # fmt: skip
    parts = packet.section("target_sections")
    assert parts is not None
    assert [part.content for part in parts.parts] == [
        "target_identification", "target_incidents", "target_law", "target_adverse",
    ]  # fmt: skip
    assert packet.section("target_law") is parts.parts[2]


def test_the_banner_asks_for_the_exemptions(law: Law) -> None:
    packet = law.packets["us-packet"]
    assert "5 U.S.C. § 552(b)(4), (b)(6), (b)(7)(C), (D) and (F)" in packet.banner
    for word in packet.forbidden_words:
        assert not re.search(rf"\b{re.escape(word)}\b", packet.banner.replace("CONFIDENTIAL", ""), re.IGNORECASE)


def test_guidance_has_a_text_for_each_page(law: Law) -> None:
    for page in (
        "overview", "targets", "people", "incidents", "evidence", "facts", "money", "adverse", "interest",
        "accountability", "narrative", "review", "export",
    ):  # fmt: skip
        assert law.guidance[f"{page}.page"]
    assert all(len(text) < 420 for text in law.guidance.values())


def test_modes_of_responsibility_have_the_facts_that_they_need(law: Law) -> None:
    assert set(law.modes) == {mode.value for mode in Mode} == set(MODES)
    assert [element.code for element in law.modes["command"].elements] == ["C1", "C2", "C3", "C4"]
    assert "effective control" in law.modes["command"].elements[1].question
    assert "not strict liability" in law.modes["command"].note
    for mode in law.modes.values():
        assert len(mode.elements) >= 3, mode.code
        assert all(element.question.endswith("?") and element.provenance.source for element in mode.elements)
    assert "effective control" in law.guidance["incidents.mode"]
