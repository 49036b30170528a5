"""What the resources print as law stands, letter for letter, in the sources, which are copied right here."""

# ruff: noqa: E501

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from magdesk import paths
from magdesk.regimes import Law, load_law
from magdesk.regimes.reading import TableReader
from magdesk.regimes.regime import Provenance
from magdesk.regimes.regime_file import read_provenance
from tests.regimes import texts
from tests.regimes.order import flat

STORED = {
    "uk/uksi-2020-680-regs-4-5-6-7.md": texts.UK_GHR,
    "uk/uksi-2021-488-reg-4-6.md": texts.UK_GAC_4,
    "ca/J-2.3.xml": texts.CA_JVCFOA,
    "ca/S-14.5.xml": texts.CA_SEMA,
    "us/us-code-glomag.md": texts.US_CODE,
}


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law([paths.resource()])


def folded(text: str) -> str:
    """One line; quotation marks as a keyboard has them, marks of editors and blanks before a stop left out."""
    for mark, plain in (("“", '"'), ("”", '"'), ("’", "'"), ("[", ""), ("]", "")):
        text = text.replace(mark, plain)
    return re.sub(r" (?=[,;.)])|(?<=[(—]) ", "", flat(text))


@pytest.mark.parametrize("name", STORED)
def test_the_copies_here_are_those_of_the_stored_texts(name: str) -> None:
    data = Path(os.environ.get("MAGDESK_TEST_DATA", "../shared/data"))
    file = data.parent / "domain" / "sources" / name
    if not file.exists():
        pytest.skip(f"no stored text of the law at {file}: set MAGDESK_TEST_DATA")
    stored = file.read_text("utf-8")
    if file.suffix == ".xml":
        stored = " ".join(ElementTree.fromstring(stored).itertext())
    source = folded(stored)
    lines = [line for line in STORED[name].splitlines() if line.strip()]
    assert len(lines) >= 5
    for line in lines:
        assert folded(line) in source, line


# Each article that was corrected, as it must be printed from now on.
UNITED_KINGDOM = {
    "GHR-A": ("reg 6(2)(a) and (3)(a)", "(a) the person is responsible for or engages in such an activity;"),
    "GHR-B": (
        "reg 6(2)(a) and (3)(b)",
        "(b) the person facilitates, incites, promotes or provides support for such an activity;",
    ),
    "GHR-C": ("reg 6(2)(a) and (3)(c)", "(c) the person conceals evidence of such an activity;"),
    "GHR-D": (
        "reg 6(2)(a) and (3)(d)",
        "(d) the person provides financial services, or makes available funds, economic resources, goods or technology, knowing or having reasonable cause to suspect that those financial services, funds, economic resources, goods or technology will or may contribute to such an activity;",
    ),
    "GHR-S": (
        "reg 6(2)(a) and (3)(e)",
        "(e) the person provides financial services, or makes available funds, economic resources, goods or technology to a person mentioned in sub-paragraph (a);",
    ),
    "GHR-E": (
        "reg 6(2)(a) and (3)(f)",
        "(f) the person profits financially or obtains any other benefit from an activity falling within regulation 4(2);",
    ),
    "GHR-F": (
        "reg 6(2)(a) and (3)(g)",
        "(g) the person is responsible for the investigation or prosecution of such an activity and intentionally or recklessly fails to fulfil that responsibility;",
    ),
    "GHR-G": (
        "reg 6(2)(a) and (3)(h)",
        "(h) the person contravenes, or assists with the contravention of, any provision of Part 3 of these Regulations.",
    ),
    "GHR-O": (
        "reg 6(2)(b) to (d)",
        "(b) is owned or controlled directly or indirectly (within the meaning of regulation 7) by a person who is or has been so involved,",
    ),
}


@pytest.mark.parametrize("code", UNITED_KINGDOM)
def test_regulation_6_is_quoted_by_its_present_letters(law: Law, code: str) -> None:
    prong = law.regimes["uk-ghr"].prong(code)
    assert prong is not None
    paragraph, wording = UNITED_KINGDOM[code]
    assert prong.citation == f"Global Human Rights Sanctions Regulations 2020 (SI 2020/680), {paragraph}"
    assert wording in prong.wording
    assert prong.provenance.tag == "law"
    assert prong.provenance.as_of.isoformat() == "2025-04-18"


def quoted(law: Law, regime: str, code: str) -> str:
    quote = law.regimes[regime].quote(code)
    assert quote is not None, code
    assert not quote.provenance.verify
    return quote.text


def test_the_united_kingdom_asks_for_more_than_half_and_for_its_territory(law: Law) -> None:
    assert "more than 50% of the shares in C" in quoted(law, "uk-ghr", "owned")
    for code in ("uk-ghr", "uk-gac"):
        assert [law.regimes[code].owns(percent) for percent in (49.9, 50.0, 50.1)] == [False, False, True]
    assert law.regimes["us-glomag"].owns(50.0)
    assert law.regimes["ca-jvcfoa"].owns(50.0)
    assert quoted(law, "uk-ghr", "territory") == (
        "An activity falls within paragraph (2) if it is carried out— (a) outside the United Kingdom by any person, or"
        " (b) in the United Kingdom by a person who is not a United Kingdom person."
    )
    measures = {one.code: one for one in law.regimes["uk-ghr"].measures}
    assert "regulation 16A" in measures["disqualification"].request
    assert not any(one.provenance.verify for one in measures.values())
    assert any("5A" in point for point in law.regimes["uk-ghr"].to_verify)
    kind = law.regimes["uk-gac"].abuse_type("misappropriation")
    assert kind is not None
    assert "has a role in the grant or allocation of property, by virtue of their position" in kind.definition
    assert "has a role in the grant or allocation of property" in quoted(law, "uk-gac", "misappropriation")


def test_canada_seizes_what_is_owned_held_or_controlled(law: Law) -> None:
    for code, day, deemed in (("ca-jvcfoa", "2025-07-24", "2.01"), ("ca-sema", "2026-03-31", "2.1")):
        regime = law.regimes[code]
        seizure = regime.measure("seizure")
        assert seizure is not None
        assert (
            "any property situated in Canada that is owned — or that is held or controlled, directly or indirectly —"
            in (seizure.request)
        )
        assert seizure.request.endswith("is seized or restrained")
        assert "cause to be seized or restrained" in quoted(law, code, "seizure")
        assert "50% or more of the shares" in quoted(law, code, "deemed-control")
        assert "forfeited to Her Majesty in right of Canada" in quoted(law, code, "forfeiture")
        assert any(f"section {deemed}" in choice.prompt and "victims" in choice.prompt for choice in regime.interest)
        assert regime.as_of.isoformat() == day
        assert "sequestrat" not in paths.resource("regimes", f"{code}.toml").read_text("utf-8")
    assert "only to compensate victims of the circumstances" in quoted(law, "ca-jvcfoa", "victims-proceeds")
    assert "a person outside Canada who is not Canadian" in quoted(law, "ca-sema", "reach")


def test_the_united_states_as_the_code_has_it(law: Law) -> None:
    both = "(including any such individual who is also a citizen or national of the United States)"
    assert both in quoted(law, "us-levinson", "foreign-person")
    assert law.regimes["us-levinson"].standard.text.endswith("based on credible evidence")
    for prong in law.regimes["us-levinson"].prongs:
        assert prong.secondary == "E.O. 14078; 31 C.F.R. part 526"
        assert prong.provenance.tag == "law"
    wording = {prong.code: prong.wording for prong in law.regimes["us-ina"].prongs}
    assert "was responsible for or directly carried out, at any time, particularly severe" in wording["INA-2G"]
    assert "knows or has reason to believe is or has been a knowing aider, abettor" in wording["INA-2H"]
    assert "has, within the previous 5 years, obtained any financial or other benefit" in wording["INA-2HB"]
    assert "Clause (ii) shall not apply to a son or daughter who was a child" in wording["INA-2HB"]
    assert wording["INA-2I"] in flat(texts.US_1182)
    for code in ("drl", "foreign-person"):
        assert quoted(law, "us-glomag", code) in flat(texts.US_CODE)
    support = law.regimes["us-glomag"].prong("MA-1")
    assert support is not None
    assert "31 CFR 583.201(a)(2)(v)" in support.note
    letters = {letter.code: letter for letter in law.packets["us-packet"].letters}
    assert any("one of the House of Representatives" in text for text in letters["congress"].paragraphs)
    assert any("Democracy, Human Rights, and Labor" in office for office in letters["state"].copies)


def test_dual_nationals_can_be_blocked_but_not_kept_out(law: Law) -> None:
    for code, regime in law.regimes.items():
        if regime.jurisdiction != "United States":
            continue
        rules = [rule for rule in regime.rules if rule.question == "foreign" and "dual" in rule.answers]
        assert rules, code
        blocks = any("blocked" in one.request or "blocking" in one.request for one in regime.measures)
        for rule in rules:
            assert rule.verdict == ("supports" if blocks else "excluded"), code
            assert "keep out a citizen" in rule.sentence or "keep a citizen out" in rule.sentence, code
            assert "blocked" in rule.sentence, code


def test_the_united_kingdom_asks_for_reasonable_grounds_alone(law: Law) -> None:
    for code in ("uk-ghr", "uk-gac"):
        regime = law.regimes[code]
        assert not regime.standard.provenance.verify
        assert "reasonable grounds to suspect that that person is an involved person" in regime.standard.text
        assert "the United States of America; (b) the European Union; (c) Australia; (d) Canada" in quoted(
            law, code, "urgent"
        )
        assert not any("must also be satisfied" in quote.text for quote in regime.quotes)
    assert law.regimes["uk-ghr"].standard.provenance.as_of == date(2025, 10, 16)


def test_the_acts_of_congress_are_quoted_to_the_dash(law: Law) -> None:
    assert quoted(law, "us-glomag", "act-grounds") == texts.US_10102
    assert law.regimes["us-glomag"].standard.text in texts.US_10102
    killing = law.regimes["us-glomag"].abuse_type("killing")
    assert killing is not None
    assert killing.definition[1:] in texts.US_TVPA
    assert quoted(law, "us-glomag", "extrajudicial-killing") in texts.US_TVPA
    for regime, code in (("us-3c", "3C"), ("us-khashoggi", "")):
        prong = law.regimes[regime].prong(code)
        wording = prong.wording if prong is not None else law.regimes[regime].standard.text
        assert wording in flat(texts.US_1182)


def test_kinds_that_were_read_say_what_the_statute_says(law: Law) -> None:
    statute = flat(texts.ROME_STATUTE).casefold()
    for code in ("persecution_sex", "persecution_ethnicity", "child_recruitment", "war_crimes"):
        kind = law.acts[code]
        assert not kind.provenance.verify, code
        # What is ours in it tells which group is meant.
        for part in re.split(
            r"; |, where the group is (?:one of gender: )?|a racial, national or ethnic one", kind.definition
        ):
            assert part.rstrip(".").casefold() in statute, (code, part)


def test_a_recital_is_pleaded_nowhere(law: Law) -> None:
    for regime in law.regimes.values():
        for prong in regime.prongs:
            assert "recital" not in f"{prong.citation} {prong.wording} {prong.pleading}".casefold(), prong.code
    involved = law.regimes["eu-ghrsr"].prong("EU-S")
    assert involved is not None
    assert involved.provenance.verify
    assert not involved.wording


def test_a_day_on_which_we_read_is_no_date_of_the_text(law: Law) -> None:
    """What is printed as “Text as of” is dated by its source: the word stands in it, or it is an edition of that day."""
    for regime in law.regimes.values():
        for prong in regime.prongs:
            if prong.wording and not prong.provenance.verify and prong.provenance.dated:
                assert prong.provenance.as_of < date(2026, 11, 1), (prong.code, prong.provenance)
    listing = law.regimes["us-7031c"].prong("GV")
    assert listing is not None
    assert not listing.provenance.dated
    gac = law.regimes["uk-gac"].prong("GAC-A")
    assert gac is not None
    assert (gac.provenance.dated, gac.provenance.as_of) == (True, date(2025, 4, 18))
    # A source of its own does not take over the date of the text around it.
    dated = {code for code, kind in law.acts.items() if kind.provenance.dated}
    assert dated == {"persecution_sex", "persecution_ethnicity", "child_recruitment", "war_crimes"}
    for code, day in (("killing", date(2026, 3, 26)), ("sexual_violence", None)):
        kind = law.regimes["us-glomag"].abuse_type(code)
        assert kind is not None
        # Of an edition that is known by its month only, no day is printed.
        assert (kind.provenance.as_of if kind.provenance.dated else None) == day


@pytest.mark.parametrize(
    ("table", "dated"),
    [({}, True), ({"source": "The Gazette"}, True), ({"source": "Another"}, False),
     ({"source": "Another", "as_of": date(2020, 1, 1)}, True), ({"read_on": date(2026, 11, 22)}, False)],
)  # fmt: skip
def test_a_source_has_no_date_of_another_source(table: dict[str, object], dated: bool) -> None:
    parent = Provenance("law", "The Gazette", date(2017, 12, 26))
    found = read_provenance(TableReader(Path("x.toml"), "", table), parent)
    assert found.dated == dated
    assert read_provenance(TableReader(Path("x.toml"), "", {}), found).dated == dated


def test_what_ends_says_when(law: Law) -> None:
    ends = {code: regime.in_force_until for code, regime in law.regimes.items() if regime.in_force_until is not None}
    assert {code: day.isoformat() for code, day in ends.items()} == {
        "eu-ghrsr": "2026-12-08",
        "us-7031c": "2026-09-30",
    }
    for regime in law.regimes.values():
        assert regime.next_look.year in (2026, 2027), regime.code
