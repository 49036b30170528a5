"""What practice has seen go wrong: one person twice, names of victims and children, numbers that lead nowhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from magdesk.checks.budget import words_in_all
from magdesk.checks.scope import Scope
from magdesk.dates.partialdate import PartialDate
from magdesk.dossier.dossier import load_dossier
from magdesk.model import Ask, Authority, Consent, Fact, Harm, Identifier, Incident, Name, Party, Victim, Witness
from magdesk.model.people import ConsentLevel, IdentifierKind, PartyKind, RelationKind
from tests.checks.cases import TODAY, SmallCase


def person(case: SmallCase, name: str, **values: object) -> Party:
    party = case.add(Party(**values))
    case.add(Name(party_id=party.id, text=name))
    return party


def harmed(case: SmallCase, name: str, **values: object) -> Party:
    party = person(case, name, **values)
    case.add(Victim(party_id=party.id))
    case.add(Harm(incident_id=case.incident.id, party_id=party.id, rank=5))
    return party


def agrees(case: SmallCase, party: Party, level: ConsentLevel) -> Consent:
    return case.add(
        Consent(
            party_id=party.id, level=level, obtained_on=date(2026, 1, 5), informed_of_disclosure_risk=True,
            review_on=date(2027, 1, 1),
        )
    )  # fmt: skip


def datum(
    case: SmallCase, party: Party, kind: IdentifierKind, value: str = "", day: str = "", country: str = ""
) -> Identifier:
    when = PartialDate(day) if day else None
    return case.add(Identifier(party_id=party.id, kind=kind, value=value, date=when, country=country))


# ------------------------------------------------------------------------------------------- C19, family


def test_c19_family_in_the_request_needs_a_law_that_reaches_family(case: SmallCase) -> None:
    wife = person(case, "Milena Verrodine")
    for kind in (IdentifierKind.DATE_OF_BIRTH, IdentifierKind.NATIONALITY):
        datum(case, wife, kind, "1975")
    case.relate(case.general, wife, RelationKind.SPOUSE, include_in_request=True)
    (finding,) = case.findings("C19")
    assert (finding.severity, finding.targets) == ("block", (case.target.id,))
    assert "no authority pleaded against the target reaches family" in finding.sentence
    case.basis.regime, case.basis.prong = "us-7031c", "GV"
    assert case.findings("C19") == []


# -------------------------------------------------------------------------------------------- C51, twice


@pytest.mark.parametrize("again", ["Verrodine, Ilan", "ILAN  VERRODINE", "Верродин Илан"])
def test_c51_tells_of_one_name_under_two_entries(case: SmallCase, again: str) -> None:
    double = person(case, again)
    (finding,) = case.findings("C51")
    assert finding.severity == "warn"
    assert finding.place.row in (double.id, case.general.id)


def test_c51_a_day_of_birth_parts_namesakes(case: SmallCase) -> None:
    double = person(case, "Verrodine, Ilan")
    case.identifiers[IdentifierKind.DATE_OF_BIRTH].date = PartialDate("1971")
    born = datum(case, double, IdentifierKind.DATE_OF_BIRTH, day="1989-02-01")
    assert case.findings("C51") == []
    born.date = PartialDate("1971-02-01")
    assert case.severities("C51") == ["warn"]


def test_c51_one_number_is_one_person(case: SmallCase) -> None:
    case.identifiers[IdentifierKind.PASSPORT].value = "GN 004417829"
    double = person(case, "Somebody Else")
    number = datum(case, double, IdentifierKind.PASSPORT, "gn-004417829", country="Generica")
    assert case.severities("C51") == ["block"]
    case.identifiers[IdentifierKind.PASSPORT].country = "Elsewhere"
    assert case.findings("C51") == [], "two states may give one number"
    number.kind = IdentifierKind.NATIONAL_ID
    case.identifiers[IdentifierKind.PASSPORT].country = ""
    assert case.findings("C51") == []


def test_c51_one_word_is_no_name_of_a_person(case: SmallCase) -> None:
    person(case, "Ilan")
    person(case, "Ilan")
    assert case.findings("C51") == []
    person(case, "Oakfront", kind=PartyKind.ENTITY)
    person(case, "OAKFRONT", kind=PartyKind.ENTITY)
    assert case.severities("C51") == ["warn"]


def test_c51_does_not_tell_who_stands_behind_a_pseudonym(case: SmallCase) -> None:
    person(case, "Marchenkova, Oksana")
    (finding,) = case.findings("C51")
    assert finding.severity == "block"
    assert "Witness 3" in finding.sentence
    assert "Marchenkova" not in finding.sentence + finding.place.label + finding.remedy


# ------------------------------------------------------------------------------- C52 and C53, names of victims


def test_c52_a_named_victim_has_agreed(case: SmallCase) -> None:
    victim = harmed(case, "Petra Lunova")
    (finding,) = case.findings("C52")
    assert (finding.severity, finding.waivable, finding.place.row) == ("block", True, victim.id)
    agrees(case, victim, ConsentLevel.GOVERNMENTS_CONFIDENTIAL)
    assert case.findings("C52") == []


def test_c52_a_reason_can_be_recorded_instead(case: SmallCase) -> None:
    victim = harmed(case, "Petra Lunova")
    case.unknown(victim.id, "consent", "Killed; the family asks that the name be told.")
    assert case.findings("C52") == []


def test_c52_a_consent_without_a_name_is_none(case: SmallCase) -> None:
    victim = harmed(case, "Petra Lunova")
    agrees(case, victim, ConsentLevel.GOVERNMENTS_ANONYMISED)
    (finding,) = case.findings("C52")
    assert (finding.severity, finding.waivable) == ("block", False)
    victim.protected, victim.pseudonym = True, "Victim 9"
    assert case.findings("C52") == []


def test_c52_a_group_gives_no_consent(case: SmallCase) -> None:
    harmed(case, "Villagers of Oster", kind=PartyKind.ENTITY)
    assert case.findings("C52") == []


@pytest.mark.parametrize(("born", "told"), [("2008-06-02", 1), ("2008-06-01", 0), ("2008", 1), ("2007", 0)])
def test_c53_a_child_is_protected(case: SmallCase, born: str, told: int) -> None:
    child = harmed(case, "Petra Lunova")
    agrees(case, child, ConsentLevel.PUBLIC_NAMED)
    datum(case, child, IdentifierKind.DATE_OF_BIRTH, day=born)
    assert [one.waivable for one in case.findings("C53") if one.severity == "block"] == [False] * told
    child.protected, child.pseudonym = True, "Pupil 1"
    assert case.findings("C53") == []


def test_c53_takes_the_group_where_no_date_is_known(case: SmallCase) -> None:
    child = person(case, "Petra Lunova")
    victim = case.add(Victim(party_id=child.id, groups="girls"))
    assert case.severities("C53") == ["block"]
    victim.groups = "women"
    assert case.findings("C53") == []


def test_c53_a_child_that_saw_it_too_and_one_that_died_not(case: SmallCase) -> None:
    child = person(case, "Petra Lunova")
    case.add(Witness(party_id=child.id))
    datum(case, child, IdentifierKind.DATE_OF_BIRTH, day="2012")
    assert case.severities("C53") == ["block"]
    datum(case, child, IdentifierKind.DATE_OF_DEATH, day="2024-03")
    assert case.findings("C53") == []


def test_c53_asks_twice_before_a_child_of_the_target_is_named(case: SmallCase) -> None:
    son = person(case, "Gleb Verrodine")
    datum(case, son, IdentifierKind.DATE_OF_BIRTH, day="2012")
    case.relate(case.general, son, RelationKind.PARENT, include_in_request=True)
    assert case.severities("C53") == ["warn"]


def test_c53_says_who_was_a_child_then_and_is_of_age_today(case: SmallCase) -> None:
    party = harmed(case, "Ilia Kolt")
    agrees(case, party, ConsentLevel.PUBLIC_NAMED)
    case.incident.start = PartialDate("2024-03-05")
    born = datum(case, party, IdentifierKind.DATE_OF_BIRTH, day="2007-03-01")
    (found,) = case.findings("C53")
    assert (found.severity, "is of age today" in found.sentence) == ("info", True)
    born.date = PartialDate("2006-03-05")
    assert case.findings("C53") == []
    born.date = PartialDate("2006-03")  # perhaps the day after
    assert [one.severity for one in case.findings("C53")] == ["info"]
    datum(case, party, IdentifierKind.DATE_OF_DEATH, day="2025")
    assert case.findings("C53") == []


# ---------------------------------------------------------------------------------- C54, what text points at


@pytest.mark.parametrize(
    "text",
    [
        "He knew of it (¶ 4).",
        "The orders are shown at ¶¶ 1–3 and 9.",
        "As fact 12 shows, he knew.",
        "It is told above; see paragraph 7.",
        "Exhibit 44 shows it.",
        "See Ex. 6 at 3.",
        "Incident 2 was the worst.",
        "The order, section 1(a)(ii)(E) of Executive Order 13818, reaches him.",
        "E.O. 13818 § 1(a)(iv)(A) reaches him.",
        "Under E.O. 13818 he can be listed, by 1(a)(iv).",
    ],
)
def test_c54_finds_what_leads_nowhere(case: SmallCase, text: str) -> None:
    case.summary.text = text
    found = case.findings("C54")
    assert [(one.severity, one.place.row) for one in found] == [("block", case.summary.id)], found


@pytest.mark.parametrize(
    "text",
    [
        "He knew of it (¶ 3) and ordered it (¶¶ 1–2).",
        "As facts 1 and 2 show, he knew.",
        "Paragraph 119 of the judgment asks for more.",
        "Ex. 1 ¶ 44 says so.",
        "Exhibit 5 shows it.",
        "Incident 1 was the worst.",
        "Section 1(a)(ii)(A) of Executive Order 13818, and 1(a)(ii) as a whole, reach him.",
        "Section 4(9)(z) of the Prisons Act of Generica forbids it.",
        "Section 2 of Executive Order 13818 suspends entry.",
        "In 2024 there were 400 facts in dispute.",
        "Section 1(a)(iii)(A)(1) and 1(a)(iii)(B) reach him.",
        "The Penal Code of Generica punishes it. In 2020 its section 1(a)(iv) was amended.",
        "Under the Convention, 1(a)(iv) is a crime.",
        "Annex 1(a)(iv) shows the map.",
    ],
)
def test_c54_leaves_what_exists_and_what_is_somebody_elses(case: SmallCase, text: str) -> None:
    case.summary.text = text
    assert case.findings("C54") == []


@pytest.mark.parametrize(
    ("text", "paragraph"),
    [
        ("He falls under 1(a)(iv).", "1(a)(iv)"),
        ("E.O. 13818 reaches him. He meets section 1(a)(ii)(E).", "1(a)(ii)(E)"),
        ("The Penal Code punishes it. E.O. 13818 reaches him. He meets section 1(a)(iv).", "1(a)(iv)"),
    ],
)
def test_c54_reads_a_paragraph_under_the_law_named_last_or_that_of_the_submission(
    case: SmallCase, text: str, paragraph: str
) -> None:
    case.summary.text = text
    (found,) = case.findings("C54")
    assert (found.severity, found.key.rpartition("own_law/")[2]) == ("warn", paragraph), found
    assert "Global Magnitsky" in found.sentence


def test_c54_reads_a_request_under_the_law_of_its_own_authority(case: SmallCase) -> None:
    case.add(Authority(regime="uk-ghr", rank=5))
    case.add(Authority(regime="ca-jvcfoa", rank=6))
    for rank, (regime, text) in enumerate([
        ("uk-ghr", "He is an involved person under regulation 6(3)(k)."), ("ca-jvcfoa", "We rely on 4(2)(e)."),
        ("us-glomag", "We rely on 4(2)(e)."),
    ]):  # fmt: skip
        case.add(Ask(target_id=case.target.id, regime=regime, text=text, rank=rank))
    told = sorted(one.sentence.partition("names ")[2] for one in case.findings("C54"))
    assert [one.split()[1] for one in told] == ["4(2)(e)", "6(3)(k)"]


def test_a_fact_may_cite_the_paragraphs_of_any_law(case: SmallCase) -> None:
    next(iter(case.session.query(Fact))).text = "He was charged under section 1(a)(iv)."
    assert case.findings("C54") == []


# ------------------------------------------------------------------------------------------ C55, incidents


def test_c55_an_incident_says_where_to_whom_and_by_whom(case: SmallCase) -> None:
    case.incident.place = ""
    assert [(one.severity, one.key) for one in case.findings("C55")] == [("warn", "place/country")]
    case.incident.place = "Camp Oster"
    bare = case.add(Incident(title="Raid", kind="torture", start=PartialDate("2024-04"), rank=3))
    found = case.findings("C55")
    assert [(one.place.row, one.place.field) for one in found] == [
        (bare.id, "place"), (bare.id, "harms"), (bare.id, "participations")
    ]  # fmt: skip
    assert {one.severity for one in found} == {"warn"}


def test_c55_corruption_has_no_victim_to_name(case: SmallCase) -> None:
    case.remove(case.harm)
    assert [one.place.field for one in case.findings("C55")] == ["harms"]
    case.incident.kind = case.basis.abuse_type = "misappropriation"
    assert case.findings("C55") == []


# ------------------------------------------------------------------------------------------ C56, the whole


def test_c56_counts_the_words_of_the_whole_submission(case: SmallCase) -> None:
    scope = Scope(load_dossier(case.session), case.law, TODAY)
    (filing,) = scope.filings
    before = words_in_all(scope, filing)
    case.facts[0].text += " He was beaten again."
    case.citations[0].quote = "beaten with cables, he said, for more than an hour"
    case.session.flush()
    assert words_in_all(Scope(load_dossier(case.session), case.law, TODAY), filing) == before + 4, (
        "quotations are free"
    )


def test_c56_a_file_that_nobody_can_finish(case: SmallCase) -> None:
    assert case.findings("C56") == []
    packets = {code: replace(packet, max_words=60) for code, packet in case.law.packets.items()}
    case.law = replace(case.law, packets=packets)
    (finding,) = case.findings("C56")
    assert (finding.severity, finding.place.page) == ("warn", "narrative")
    assert "about 60" in finding.sentence


def test_c56_counts_only_what_a_submission_tells(case: SmallCase) -> None:
    from magdesk.model import Authority, LegalBasis

    def counts() -> dict[str, int]:
        case.session.flush()
        case.session.expire_all()
        scope = Scope(load_dossier(case.session), case.law, TODAY)
        return {filing.packet.code: words_in_all(scope, filing) for filing in scope.filings}

    case.add(Authority(regime="ca-sema", rank=4))
    assert set(counts()) == {"us-packet", "ca-packet"}
    before = counts()
    assert before["ca-packet"] < before["us-packet"]
    case.facts[1].text += " Twice."
    after = counts()
    assert (after["us-packet"], after["ca-packet"]) == (before["us-packet"] + 1, before["ca-packet"])
    case.add(LegalBasis(target_id=case.target.id, regime="ca-sema", prong="SE-C", abuse_type="torture", rank=3))
    assert counts()["ca-packet"] > before["ca-packet"]
