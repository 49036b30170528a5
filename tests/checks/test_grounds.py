"""What one law asks and another does not: a case that fails and one that passes for each."""

from __future__ import annotations

import pytest

from magdesk.checks.registry import CHECKS, STALE_WAIVER
from magdesk.model import Authority, LegalBasis, OtherSanction
from magdesk.model.evidence import Access, SourceType
from magdesk.model.incidents import Mode
from magdesk.model.people import PartyKind, RelationKind, VictimStatus
from tests.checks.cases import SmallCase, day
from tests.checks.test_pleading import variants


def plead(case: SmallCase, regime: str, prong: str, kind: str = "") -> LegalBasis:
    """Plead one paragraph more against the general, and ask for its authority."""
    case.add(Authority(regime=regime, rank=7))
    return case.add(LegalBasis(target_id=case.target.id, regime=regime, prong=prong, abuse_type=kind, rank=7))


def prove(case: SmallCase, basis: LegalBasis, *codes: str, fact: int = 0) -> None:
    for code in codes:
        case.prove(case.facts[fact], basis, code)


def codes_of(case: SmallCase, regime: str, prong: str, aspect: str) -> list[str]:
    found = case.law.regimes[regime].prong(prong)
    assert found is not None
    return [element.code for element in found.elements if element.aspect == aspect]


def test_r01_canada_protects_those_who_stood_up(case: SmallCase) -> None:
    plead(case, "ca-jvcfoa", "JV-A", "torture")
    assert variants(case, "R01") == {""}
    assert case.severities("R01") == ["block"]
    case.victim.status = VictimStatus.JOURNALIST
    assert case.findings("R01") == []
    case.remove(case.harm)
    assert variants(case, "R01") == {"nobody"}


def test_r01_is_silent_where_anybody_is_protected(case: SmallCase) -> None:
    plead(case, "ca-sema", "SE-C", "torture")
    plead(case, "uk-ghr", "GHR-A", "torture")
    assert case.findings("R01") == []


@pytest.mark.parametrize(
    ("regime", "prong", "kind"), [("ca-sema", "SE-C", "torture"), ("eu-ghrsr", "EU-D", "trafficking")]
)
def test_r02_scale_is_more_than_one_act(case: SmallCase, regime: str, prong: str, kind: str) -> None:
    basis = plead(case, regime, prong, kind)
    case.report.source_type = SourceType.OTHER
    assert case.findings("R02") == [], "that nothing proves it is C04"
    prove(case, basis, codes_of(case, regime, prong, "scale")[0])
    assert case.severities("R02") == ["warn"]
    case.report.source_type = SourceType.UN_DOCUMENT
    assert case.findings("R02") == [], "a report on the practice shows it"


def test_r02_two_incidents_are_a_beginning(case: SmallCase) -> None:
    basis = plead(case, "ca-sema", "SE-C", "torture")
    code = codes_of(case, "ca-sema", "SE-C", "scale")[0]
    case.report.source_type = SourceType.OTHER
    prove(case, basis, code)
    assert case.severities("R02") == ["warn"]
    second = case.add(type(case.incident)(title="Again", kind="torture", start=day("2025"), country="Generica"))
    case.facts[1].incident_id = second.id
    prove(case, basis, code, fact=1)
    assert case.findings("R02") == []


def test_r03_wants_something_open(case: SmallCase) -> None:
    basis = plead(case, "ca-jvcfoa", "JV-A", "torture")
    assert case.findings("R03") == []
    prove(case, basis, "T1")
    assert set(case.severities("R03")) == {"warn"}
    case.report.access = Access.OPEN_SOURCE
    assert case.findings("R03") == []
    case.report.access = Access.ON_FILE
    case.report.translation_of_id = case.photo.id
    case.photo.access = Access.OPEN_SOURCE
    assert case.findings("R03") == [], "the original of a translation is open"


def test_r03_is_not_asked_in_the_united_states(case: SmallCase) -> None:
    assert {item.access for item in case.session.query(type(case.report))} == {Access.ON_FILE}
    assert case.findings("R03") == []


def test_r04_is_c03_an_entity_is_beyond_the_canadian_magnitsky_law(case: SmallCase) -> None:
    plead(case, "ca-jvcfoa", "JV-A", "torture")
    assert case.findings("C03") == []
    case.general.kind = PartyKind.ENTITY
    assert variants(case, "C03") == {"kind"}


def test_r05_conduct_lies_abroad(case: SmallCase) -> None:
    plead(case, "au-6a", "AU-HR", "torture")
    assert case.findings("R05") == []
    case.incident.country = "Australia"
    assert variants(case, "R05") == {""}
    assert case.severities("R05") == ["block"]
    case.incident.country = ""
    assert variants(case, "R05") == {"unknown"}
    assert case.severities("R05") == ["warn"]


def test_r06_each_paragraph_reaches_acts_of_its_own(case: SmallCase) -> None:
    basis = plead(case, "eu-ghrsr", "EU-D", "trafficking")
    assert case.findings("R06") == []
    basis.abuse_type = "torture"
    (finding,) = case.findings("R06")
    assert finding.severity.value == "block"
    assert "rafficking" in finding.remedy


def test_r06_speaks_of_types_c03_of_families(case: SmallCase) -> None:
    plead(case, "ca-jvcfoa", "JV-A", "bribery")
    assert case.findings("R06") == []
    assert variants(case, "C03") == {"wrong_type"}


def test_r07_wording_read_second_hand_is_confirmed_by_a_lawyer(case: SmallCase) -> None:
    assert case.findings("R07") == []
    plead(case, "au-6a", "AU-HR", "torture")
    assert variants(case, "R07") == {"", "statement"}
    found = case.findings("R07")
    assert {finding.severity.value for finding in found} == {"warn", "info"}
    assert all(finding.waivable for finding in found)
    assert len({finding.key for finding in found}) == len(found)


def test_r08_what_someone_knew_has_a_fact_of_its_own(case: SmallCase) -> None:
    basis = plead(case, "uk-ghr", "GHR-D", "torture")
    (code,) = codes_of(case, "uk-ghr", "GHR-D", "knowledge")
    support = codes_of(case, "uk-ghr", "GHR-D", "support")[0]
    prove(case, basis, support, code)
    assert case.severities("R08") == ["warn"]
    prove(case, basis, code, fact=1)
    assert case.findings("R08") == []


def test_r09_measures_fit_their_targets(case: SmallCase) -> None:
    plead(case, "uk-ghr", "GHR-A", "torture")
    regime = case.law.regimes["uk-ghr"]
    travel = next(one.code for one in regime.measures if one.applies_to == ("person",))
    row = case.session.query(Authority).filter_by(regime="uk-ghr").one()
    row.measures = travel
    assert case.findings("R09") == []
    case.general.kind = PartyKind.ENTITY
    assert variants(case, "R09") == {"", "nothing"}
    row.measures = ""
    assert case.findings("R09") == []
    row.measures = "boycott"
    assert variants(case, "R09") == {"unknown"}


def test_r10_rank_is_not_command(case: SmallCase) -> None:
    assert case.findings("R10") == []
    case.part.mode = Mode.COMMAND
    (finding,) = case.findings("R10")
    assert finding.severity.value == "warn"
    assert "C1" not in finding.sentence, "the act itself is proved"
    assert all(code in finding.sentence for code in ("C2", "C3", "C4"))
    for number, code in enumerate(("command:C2", "command:C3", "command:C4")):
        case.prove(case.facts[number], case.basis, code)
    assert case.findings("R10") == []


def test_r10_command_over_other_acts_is_another_matter(case: SmallCase) -> None:
    case.part.mode = Mode.COMMAND
    case.incident.kind = "bribery"
    assert case.findings("R10") == []


def test_r10_what_is_shown_on_one_ground_is_shown_on_all_of_the_same_act(case: SmallCase) -> None:
    case.part.mode = Mode.COMMAND
    basis = plead(case, "uk-ghr", "GHR-A", "torture")
    prove(case, basis, *codes_of(case, "uk-ghr", "GHR-A", "act"))
    assert len(case.findings("R10")) == 2
    for number, code in enumerate(("command:C2", "command:C3", "command:C4")):
        case.prove(case.facts[number], case.basis, code)
    assert case.findings("R10") == []


def test_r10_half_of_the_shares(case: SmallCase) -> None:
    firm, _basis = case.second_target("Oster Trading", "OC-1", principal_id=case.target.id)
    firm.party.kind = PartyKind.ENTITY
    assert case.findings("R10") == []
    case.relate(case.general, firm.party, RelationKind.OWNS, percent=30.0)
    assert variants(case, "R10") == {"owned"}
    (share,) = case.general.relations
    share.percent = None
    assert variants(case, "R10") == {"share"}
    share.percent = 50.0
    assert case.findings("R10") == []
    share.percent = 30.0
    case.relate(case.general, firm.party, RelationKind.CONTROLS)
    assert case.findings("R10") == [], "control makes up for it"


def test_r10_the_british_ask_for_more_than_half(case: SmallCase) -> None:
    firm, basis = case.second_target("Oster Trading", "OC-1", principal_id=case.target.id)
    firm.party.kind = PartyKind.ENTITY
    case.relate(case.general, firm.party, RelationKind.OWNS, percent=50.0)
    assert case.findings("R10") == []
    basis.regime, basis.prong = "uk-ghr", "GHR-O"
    case.add(Authority(regime="uk-ghr"))
    assert variants(case, "R10") == {"owned"}
    (found,) = case.findings("R10")
    assert "Above 50 percent" in found.remedy
    (share,) = case.general.relations
    share.percent = 50.1
    assert case.findings("R10") == []


def test_r11_a_listing_elsewhere_can_hurry_the_british(case: SmallCase) -> None:
    case.remove(case.glomag)
    case.remove(case.basis)
    plead(case, "uk-ghr", "GHR-A", "torture")
    assert case.findings("R11") == []
    case.sanction.listed = True
    assert case.findings("R11") == [], "its own listing is none elsewhere"
    row = case.add(OtherSanction(jurisdiction="Canada", listed=True, target_id=case.target.id, rank=3))
    assert variants(case, "R11") == {"bare"}
    row.reference, row.listed_on = "SEMA 12", day("2025-01-02")
    assert variants(case, "R11") == {""}
    assert case.severities("R11") == ["info"]


def test_r12_kinship_is_not_enough_in_the_union(case: SmallCase) -> None:
    wife, _basis = case.second_target("Vera Verrodine", "EU-S", regime="eu-ghrsr", abuse_type="torture")
    case.add(Authority(regime="eu-ghrsr", rank=7))
    assert case.findings("R12") == []
    case.relate(case.general, wife.party, RelationKind.SPOUSE)
    assert variants(case, "R12") == {"verify"}
    assert case.severities("R12") == ["warn"]
    case.relate(wife.party, case.general, RelationKind.ACTS_FOR)
    assert case.findings("R12") == []


def test_r13_position_alone_is_for_leaders_paragraphs(case: SmallCase) -> None:
    assert case.findings("R13") == []
    case.part.mode = Mode.STATUS
    assert case.severities("R13") == ["warn"]
    case.basis.prong = "LD-1"
    assert case.findings("R13") == []


def test_c21_speaks_under_proclamation_7750(case: SmallCase) -> None:
    basis = plead(case, "us-pp7750", "PP-1", "bribery")
    assert case.severities("C21") == ["block"]
    basis.argument = "Two U.S. firms lost their licences."
    assert case.findings("C21") == []


def test_no_american_check_speaks_in_a_canadian_case(case: SmallCase) -> None:
    for row in (case.glomag, case.visa):
        case.remove(row)
    case.basis.regime, case.basis.prong = "ca-sema", "SE-C"
    case.add(Authority(regime="ca-sema"))
    case.command.government = False
    case.case.order_status_verified_on = None
    case.case.programme_checked_on = None
    found = case.findings()
    assert found
    assert not {finding.code for finding in found} & {"C17", "C18", "C38"}
    american = ("U.S.", "United States", "7031", "SDN", "Washington", "Freedom of Information")
    assert [one for one in found if any(word in one.sentence + one.remedy for word in american)] == []


def test_every_check_has_words_and_every_word_a_check(case: SmallCase) -> None:
    assert {code for code, _check in CHECKS} | {STALE_WAIVER} == set(case.law.checks)
