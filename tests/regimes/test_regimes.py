"""All regimes: each asks what its law asks, says where it has it from, and speaks of its own country only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest

from magdesk import paths
from magdesk.checks import suitability_questions
from magdesk.regimes import Law, Regime, load_law
from magdesk.regimes.questions import QUESTIONS
from magdesk.regimes.regime import Element, Prong, Provenance
from magdesk.regimes.regime_file import TAGS
from tests.regimes.order import flat
from tests.regimes.texts import BY_REGIME, EU_HEAD

PRONGS = {
    "us-glomag": "HR-1 CO-1 CO-2 LD-1 LD-2 AT-1 MA-1 MA-2 MA-3 OC-1 AT-2",
    "us-7031c": "GV SC WD FM",
    "uk-ghr": "GHR-A GHR-B GHR-C GHR-D GHR-S GHR-E GHR-F GHR-G GHR-O",
    "uk-gac": "GAC-A GAC-B GAC-C GAC-D GAC-E GAC-F GAC-G GAC-H GAC-O",
    "ca-jvcfoa": "JV-A JV-B JV-C JV-D",
    "ca-sema": "SE-C SE-D",
    "eu-ghrsr": "EU-A EU-B EU-C EU-D EU-S",
    "au-6a": "AU-HR AU-CO AU-FAM AU-BEN",
    "us-3c": "3C",
    "us-khashoggi": "3C-K",
    "us-pp7750": "PP-1",
    "us-pp8697": "PP-1",
    "us-pp10685": "PP-1 PP-2",
    "us-ina": "INA-3E INA-2G INA-2H INA-2HB INA-3G FS-801 INA-2I",
    "us-levinson": "LEV-1 LEV-2",
}
MAIN = ("us-glomag", "us-7031c", "uk-ghr", "uk-gac", "ca-jvcfoa", "ca-sema", "eu-ghrsr", "au-6a")
ABROAD = ("uk-ghr", "uk-gac", "ca-jvcfoa", "ca-sema", "eu-ghrsr", "au-6a")
THREE_RIGHTS = {
    "torture", "cidt", "killing", "disappearance", "sexual_violence", "trafficking", "slavery", "prison_conditions",
    "forced_sterilisation", "child_recruitment",
}  # fmt: skip
AMERICAN = re.compile(
    r"U\.\s?S\.|\bUSA?\b|United States|\bE\.O\.|\bUSC\b|OFAC|Treasury|Congress|American|Washington|FOIA"
    r"|Executive Order|C\.F\.R\.|\bCFR\b|\bdollars?\b|\bfive years\b"
)


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law([paths.resource()])


def elements(regime: Regime) -> Iterator[Element]:
    for prong in regime.prongs:
        yield from prong.elements
    for kind in regime.abuse_types:
        yield from kind.elements


def words(value: object) -> Iterator[str]:
    """Every text in a value except where it comes from."""
    if isinstance(value, Provenance):
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from words(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from words(getattr(value, field.name))


def asks(prong: Prong, *aspects: str) -> bool:
    return any(element.aspect in aspects for element in prong.elements)


def named(law: Law, regime: str, codes: str) -> list[Prong]:
    found = [law.regimes[regime].prong(code) for code in codes.split()]
    return [prong for prong in found if prong is not None]


def keyed(text: str) -> str:
    """Quotation marks as a keyboard has them: copies of one law differ in nothing else."""
    return text.replace("“", '"').replace("”", '"').replace("’", "'")


def pleading_acts(law: Law, regime: str) -> list[Prong]:
    return [prong for prong in law.regimes[regime].prongs if prong.family]


def test_every_regime_and_every_paragraph(law: Law) -> None:
    found = {code: " ".join(prong.code for prong in regime.prongs) for code, regime in law.regimes.items()}
    assert found == PRONGS
    assert list(law.regimes)[:8] == list(MAIN)
    assert {code for code, regime in law.regimes.items() if regime.add_on} == set(PRONGS) - set(MAIN)
    packets = {code: regime.packet for code, regime in law.regimes.items()}
    assert packets == {code: f"{code[:2]}-packet" for code in PRONGS}


@pytest.mark.parametrize("code", PRONGS)
def test_every_statement_has_a_source(law: Law, code: str) -> None:
    regime = law.regimes[code]
    stated = [prong.provenance for prong in regime.prongs]
    stated += [element.provenance for element in elements(regime)]
    stated += [measure.provenance for measure in regime.measures]
    stated += [rule.provenance for rule in regime.rules]
    stated += [choice.provenance for choice in regime.interest]
    stated += [kind.provenance for kind in regime.abuse_types]
    stated += [quote.provenance for quote in (regime.standard, *regime.quotes)]
    for provenance in stated:
        assert provenance.tag in TAGS
        assert len(provenance.source) > 8
    for element in elements(regime):
        assert "?" in element.question, (code, element.code)
        assert element.title[-1] not in ".?"


@pytest.mark.parametrize("code", PRONGS)
def test_what_can_be_pleaded_can_be_asked_for(law: Law, code: str) -> None:
    regime = law.regimes[code]
    for prong in regime.prongs:
        for kind in prong.applies_to:
            assert any(kind in measure.applies_to for measure in regime.measures), (prong.code, kind)
    for abuse in regime.abuse_types:
        assert any(prong.reaches(abuse) for prong in regime.prongs), abuse.code
    assert any(choice.expected for choice in regime.interest)
    assert any(choice.weak for choice in regime.interest)
    assert sum(not choice.weak for choice in regime.interest) >= 4


@pytest.mark.parametrize("code", BY_REGIME)
def test_words_printed_as_law_are_literal(law: Law, code: str) -> None:
    regime, text = law.regimes[code], keyed(flat(BY_REGIME[code]))
    printed = [(quote.code, quote.text) for quote in (regime.standard, *regime.quotes) if not quote.provenance.verify]
    printed += [(prong.code, prong.wording) for prong in regime.prongs if prong.wording]
    assert printed
    for name, said in printed:
        for part in said.removeprefix(EU_HEAD).split("…"):
            assert keyed(part.strip(" ")) in text, name


def test_what_was_read_in_a_summary_only_is_restated_and_never_quoted(law: Law) -> None:
    restated = {
        (code, prong.code)
        for code, regime in law.regimes.items()
        for prong in regime.prongs
        if prong.provenance.verify
    }
    expected = {("au-6a", code) for code in PRONGS["au-6a"].split()}
    assert restated == expected | {
        ("us-pp8697", "PP-1"), ("eu-ghrsr", "EU-S"),
    }  # fmt: skip
    for code, name in restated:
        prong = law.regimes[code].prong(name)
        assert prong is not None
        assert prong.restated
        assert not prong.wording
    unread = [code for code, regime in law.regimes.items() if regime.standard.provenance.verify]
    assert unread == ["eu-ghrsr"]
    for code in (*ABROAD, "us-pp7750", "us-pp8697", "us-pp10685", "us-ina", "us-levinson"):
        assert law.regimes[code].to_verify, code


@pytest.mark.parametrize("code", ABROAD)
def test_no_american_word_in_the_file_of_another_country(law: Law, code: str) -> None:
    for text in words(law.regimes[code]):
        if text.startswith("Condition B is that relevant provision"):
            continue  # the British act itself names the States whose lists it follows
        assert not AMERICAN.search(text), text


def test_the_library_belongs_to_no_country(law: Law) -> None:
    for text in words((*law.acts.values(), *law.modes.values())):
        assert not AMERICAN.search(text), text
    for kind in law.acts.values():
        assert not AMERICAN.search(kind.provenance.source)


def test_what_the_united_states_add_stays_with_them(law: Law) -> None:
    def codes(regime: str, kind: str) -> list[str]:
        found = law.regimes[regime].abuse_type(kind)
        return [element.code for element in found.elements] if found else []

    for regime in law.regimes.values():
        if regime.abuse_type("torture"):
            assert ("T7" in codes(regime.code, "torture")) == (regime.jurisdiction == "United States"), regime.code
    for code in ("uk-ghr", "au-6a", "eu-ghrsr"):
        torture = law.regimes[code].abuse_type("torture")
        assert torture is not None
        assert [element.code for element in torture.elements if not element.required] == ["T5"]
    assert codes("uk-gac", "bribery") == ["B1", "B2", "B3", "B4", "UB1"]


def test_trafficking_needs_no_violence(law: Law) -> None:
    for code in ("us-glomag", "uk-ghr", "ca-jvcfoa", "eu-ghrsr", "au-6a"):
        kind = law.regimes[code].abuse_type("trafficking")
        assert kind is not None
        means = next(element for element in kind.elements if element.code == "H2")
        assert "fraud, " in means.question or "fraud or coercion" in means.question
        assert re.search(r"violence (?:is|need) not", kind.note), code


def test_rules_and_questions_agree_with_what_is_asked() -> None:
    asked = {
        question.code: tuple(value for value, _words in question.choices)
        for step in suitability_questions.STEPS
        for question in step.questions
        if not question.several
    }
    assert {code: set(answers) for code, answers in QUESTIONS.items() if answers} == {
        code: set(answers) for code, answers in asked.items()
    }


@pytest.mark.parametrize("code", PRONGS)
def test_rules_name_what_there_is(law: Law, code: str) -> None:
    regime = law.regimes[code]
    assert regime.rules
    for rule in regime.rules:
        assert rule.sentence.endswith("."), rule.sentence
        assert all(regime.prong(prong) for prong in rule.prongs)
        assert not rule.other or law.regimes[rule.other].code != code


# ----------------------------------------------------------------------- the catalogue of elements (domain note, A9)


def test_e01_individual_or_entity(law: Law) -> None:
    for code in ("us-7031c", "ca-jvcfoa"):
        assert all(prong.applies_to == ("person",) for prong in law.regimes[code].prongs)
        assert any(
            rule.question == "kind" and rule.verdict == "excluded" and "entity" in rule.answers
            for rule in law.regimes[code].rules
        )
    for code in ("us-glomag", "uk-ghr", "uk-gac", "ca-sema", "eu-ghrsr", "au-6a"):
        assert any("entity" in prong.applies_to for prong in law.regimes[code].prongs)


def test_e02_national_of_the_country(law: Law) -> None:
    assert all(asks(prong, "foreign") and prong.foreign_only for prong in law.regimes["ca-jvcfoa"].prongs)
    assert all(asks(prong, "foreign") for prong in law.regimes["ca-sema"].prongs)
    assert all(asks(prong, "foreign") for prong in named(law, "us-glomag", "HR-1 CO-1 CO-2 AT-1"))
    assert any(rule.question == "foreign" and rule.verdict == "excluded" for rule in law.regimes["us-7031c"].rules)


def test_e03_public_official(law: Law) -> None:
    for regime, codes in (
        ("us-glomag", "CO-1 CO-2"), ("us-7031c", "GV SC WD"), ("ca-jvcfoa", "JV-C"), ("ca-sema", "SE-D"),
        ("uk-gac", "GAC-A GAC-B GAC-C GAC-D GAC-E GAC-F GAC-G"),
    ):  # fmt: skip
        assert all(asks(prong, "status") for prong in named(law, regime, codes)), regime


@pytest.mark.parametrize("code", MAIN)
def test_e04_e05_act_and_kind(law: Law, code: str) -> None:
    for prong in pleading_acts(law, code):
        if code != "us-glomag" or prong.code != "CO-2":  # proceeds and their movement are the act there
            assert asks(prong, "act"), prong.code
        assert any(prong.reaches(kind) for kind in law.regimes[code].abuse_types)
    kinds = {kind.code for kind in law.regimes["uk-ghr"].abuse_types}
    assert kinds == THREE_RIGHTS
    assert {kind.code for kind in law.regimes["au-6a"].abuse_types if kind.family == "abuse"} == THREE_RIGHTS
    assert {kind.code for kind in law.regimes["uk-gac"].abuse_types} == {"bribery", "misappropriation"}
    assert all(kind.family == "abuse" for kind in law.regimes["eu-ghrsr"].abuse_types)


def test_e06_severity(law: Law) -> None:
    for code in ABROAD:
        assert all(asks(prong, "severity") for prong in pleading_acts(law, code)), code
    assert "gravity" in named(law, "us-glomag", "HR-1")[0].elements[1].question
    assert "gross" in named(law, "us-7031c", "GV")[0].elements[1].question
    assert named(law, "us-7031c", "SC")[0].elements[2].title == "Significant"


def test_e07_scale(law: Law) -> None:
    scaled = {prong.code for regime in law.regimes.values() for prong in regime.prongs if prong.scale}
    assert scaled == {"SE-C", "EU-D"}
    assert [element.required for element in named(law, "ca-sema", "SE-C")[0].elements if element.aspect == "scale"]
    european = [element for element in named(law, "eu-ghrsr", "EU-D")[0].elements if element.aspect == "scale"]
    assert len(european) == 3
    assert {element.group for element in european} == {"scale"}


def test_e08_victim_status(law: Law) -> None:
    assert {prong.code for prong in law.regimes["ca-jvcfoa"].prongs if prong.victim_status} == {"JV-A", "JV-B"}
    assert all(asks(prong, "victim") for prong in named(law, "ca-jvcfoa", "JV-A JV-B"))
    shut = [rule for rule in law.regimes["ca-jvcfoa"].rules if rule.question == "victim_status"]
    assert ("excluded", "ca-sema") in {(rule.verdict, rule.other) for rule in shut}
    assert not any(prong.victim_status for prong in law.regimes["ca-sema"].prongs)


@pytest.mark.parametrize("code", ABROAD)
def test_e09_e10_involvement_and_link(law: Law, code: str) -> None:
    # What a person gave, gained or had the duty to do is itself what ties the person to the act.
    ties = {"GHR-D": "support", "GHR-S": "support", "GHR-E": "benefit", "GHR-F": "duty"}
    for prong in pleading_acts(law, code):
        assert asks(prong, ties.get(prong.code, "link")), prong.code
    assert all(asks(prong, "link") for prong in named(law, "us-glomag", "HR-1 CO-1 CO-2"))
    assert all(asks(prong, "link") for prong in named(law, "us-7031c", "GV SC WD"))


def test_e11_mental_element(law: Law) -> None:
    wanted = {("uk-ghr", "GHR-D"), ("uk-ghr", "GHR-F"), ("uk-gac", "GAC-F")}
    found = {
        (code, prong.code)
        for code in ABROAD
        for prong in law.regimes[code].prongs
        if any(element.aspect == "knowledge" and element.required for element in prong.elements)
    }
    assert found == wanted
    for regime, code in (("uk-ghr", "GHR-F"), ("uk-gac", "GAC-F")):
        duties = [element.title for element in named(law, regime, code)[0].elements if element.aspect == "duty"]
        assert duties == ["Responsibility to investigate or prosecute", "Failure"]


def test_e12_amounts(law: Law) -> None:
    assert all(asks(prong, "proceeds") for prong in pleading_acts(law, "uk-gac"))
    for regime, code in (("ca-jvcfoa", "JV-C"), ("ca-jvcfoa", "JV-D"), ("ca-sema", "SE-D"), ("au-6a", "AU-CO")):
        assert asks(named(law, regime, code)[0], "proceeds")
    for code in MAIN:
        for kind in law.regimes[code].abuse_types:
            if kind.family == "corruption":
                assert any(element.aspect == "proceeds" for element in kind.elements), kind.code


def test_significance_of_corruption_in_canada(law: Law) -> None:
    for regime, code in (("ca-jvcfoa", "JV-C"), ("ca-jvcfoa", "JV-D"), ("ca-sema", "SE-D")):
        factors = [one.title for one in named(law, regime, code)[0].elements if one.group == "significance"]
        assert factors == [
            "Impact", "Amounts involved", "Influence or position of authority", "Complicity of the government",
        ]  # fmt: skip


def test_e13_place(law: Law) -> None:
    for prong in named(law, "au-6a", "AU-HR AU-CO"):
        assert prong.abroad
        assert asks(prong, "abroad")
    for code in ("ca-jvcfoa", "ca-sema"):
        assert all(prong.abroad and asks(prong, "abroad") for prong in law.regimes[code].prongs)
    assert any(rule.question == "abroad" and rule.verdict == "excluded" for rule in law.regimes["au-6a"].rules)


def test_e14_family_associates_beneficiaries(law: Law) -> None:
    for regime, code in (
        ("us-7031c", "FM"), ("uk-ghr", "GHR-O"), ("uk-gac", "GAC-O"), ("eu-ghrsr", "EU-S"), ("au-6a", "AU-FAM"),
        ("us-pp10685", "PP-2"),
    ):  # fmt: skip
        assert asks(named(law, regime, code)[0], "relation")
    neutral = {prong.code for regime in law.regimes.values() for prong in regime.prongs if prong.neutral}
    assert neutral == {"FM", "AU-FAM", "PP-2"}
    assert asks(named(law, "au-6a", "AU-BEN")[0], "benefit")
    assert asks(named(law, "uk-ghr", "GHR-E")[0], "benefit")
    associate = next(one for one in named(law, "ca-jvcfoa", "JV-C")[0].elements if one.aspect == "status")
    assert "associate" in associate.question


def test_e15_e16_nexus_and_interest(law: Law) -> None:
    for code, nexus, expected in (
        ("uk-ghr", "UK-9", {"UK-1"}), ("uk-gac", "UK-9", {"UK-11"}), ("ca-jvcfoa", "CA-1", {"CA-1"}),
        ("ca-sema", "CA-1", {"CA-1"}), ("eu-ghrsr", "EU-3", {"EU-1"}), ("au-6a", "AU-4", {"AU-1", "AU-2"}),
        ("us-glomag", "NI-1", {"NI-8"}),
    ):  # fmt: skip
        menu = {choice.code: choice for choice in law.regimes[code].interest}
        assert nexus in menu
        assert {choice.code for choice in menu.values() if choice.expected} == expected
        assert all(choice.split("-")[0] == nexus.split("-")[0] for choice in menu)


def test_e17_listings_elsewhere(law: Law) -> None:
    for code in ("uk-ghr", "uk-gac"):
        assert any(
            rule.question == "listed_elsewhere" and rule.verdict == "supports" for rule in law.regimes[code].rules
        )


@pytest.mark.parametrize("code", MAIN)
def test_e18_e19_adverse_facts_and_safety(law: Law, code: str) -> None:
    packet = law.packets[law.regimes[code].packet]
    contents = {part.content for section in packet.outline for part in (section, *section.parts)}
    assert "target_adverse" in contents
    assert "confidentiality" in contents
    assert any(rule.question == "victims_safety" for rule in law.regimes[code].rules)


def test_e20_open_sources_time_and_expiry(law: Law) -> None:
    assert {code for code, regime in law.regimes.items() if regime.open_source} == {
        "ca-jvcfoa", "ca-sema", "eu-ghrsr",
    }  # fmt: skip
    assert {code for code, regime in law.regimes.items() if regime.listing_years} == {"au-6a"}
    assert law.regimes["au-6a"].listing_years == 3
    assert all(law.regimes[code].recency_years == 0 for code in ABROAD)
    assert all(law.regimes[code].home_names for code in PRONGS)
