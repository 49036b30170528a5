from __future__ import annotations

from datetime import date

import pytest

from magdesk.checks.proof import years_before
from magdesk.dossier.dossier import load_dossier
from magdesk.model import Authority, Evidence, Fact, LegalBasis, Proof
from magdesk.model.evidence import Credibility, Grade, SourceType
from magdesk.model.facts import PinpointKind, Stance
from tests.checks.cases import SmallCase, day
from tests.checks.test_pleading import variants


def test_c04_names_the_element_without_a_fact(case: SmallCase) -> None:
    case.remove(case.facts[1].proofs[0])
    (finding,) = case.findings("C04")
    assert finding.severity == "block"
    assert "E3" in finding.sentence
    assert (finding.place.page, finding.place.row, finding.place.field) == ("facts", case.basis.id, "E3")


def test_c04_takes_the_elements_of_the_kind_for_the_act(case: SmallCase) -> None:
    for proof in list(case.facts[0].proofs):
        case.remove(proof)
    codes = {one.place.field for one in case.findings("C04")}
    assert codes == {"E2", "T1", "T2", "T3", "T4", "T5", "T6"}, "T7 only strengthens"


def test_c04_names_the_facts_that_prove_the_same_for_another_paragraph(case: SmallCase) -> None:
    leader = LegalBasis(target_id=case.target.id, regime="us-glomag", prong="LD-1", abuse_type="torture", rank=1)
    case.add(leader)
    told = {one.place.field: one.sentence for one in case.findings("C04")}
    assert told["T1"].endswith("for HR-1 it is proved by: 1.")
    assert "for HR-1" not in told["E1"]


def test_c04_wants_one_of_a_group(case: SmallCase) -> None:
    case.basis.abuse_type = "arbitrary_detention"
    case.prove(case.facts[0], case.basis, "A0")
    assert variants(case, "C04") == {"group"}
    assert len(case.findings("C04")) == 1
    case.prove(case.facts[0], case.basis, "A3")
    assert case.findings("C04") == []


def test_c04_takes_a_named_principal_for_its_own_proof(case: SmallCase) -> None:
    case.second_target("Boris Trader", "OC-1", principal_id=case.target.id)
    assert [one.place.field for one in case.findings("C04")] == ["E2"]


def test_c05_wants_sources_with_pinpoints(case: SmallCase) -> None:
    case.citations[0].pinpoint = ""
    assert variants(case, "C05") == {"pinpoint"}
    case.citations[0].pinpoint_kind = PinpointKind.WHOLE
    assert variants(case, "C05") == set()
    for citation in case.facts[0].citations:
        citation.stance = Stance.CONTRADICTS
    assert variants(case, "C05") == {""}
    case.facts[0].text = ""
    assert variants(case, "C05") == {"", "empty"}


def test_c05_wants_facts(case: SmallCase) -> None:
    for fact in case.facts:
        case.remove(fact)
    assert "none" in variants(case, "C05")


def test_c06_blocks_a_single_source_without_a_comment_and_warns_with_one(case: SmallCase) -> None:
    for citation in case.facts[1].citations[1:]:
        case.remove(citation)
    (finding,) = case.findings("C06")
    assert finding.severity == "block"
    assert finding.place.field == "E3"
    case.note("E3", "The order itself, signed by him.")
    assert case.severities("C06") == ["warn"]


def test_c06_counts_roots_and_not_copies(case: SmallCase) -> None:
    for item in (case.report, case.medical, case.statement):
        item.derived_from_id = case.order.id
    assert {one.place.field for one in case.findings("C06")} == {
        "E1", "E2", "E3", "T1", "T2", "T3", "T4", "T5", "T6",
    }  # fmt: skip


@pytest.mark.parametrize("tie", ["part_of_id", "derived_from_id", "translation_of_id"])
def test_c06_and_c07_count_a_letter_with_its_attachments_as_one_source(case: SmallCase, tie: str) -> None:
    assert case.findings("C06") == []
    assert case.findings("C07") == []
    for item in (case.report, case.medical, case.statement):
        setattr(item, tie, case.order.id)
    assert len(case.findings("C06")) == 9
    assert variants(case, "C07") == {""}
    assert load_dossier(case.session).root_of(case.statement.id) == case.order.id


def test_c06_does_not_count_context_only_sources(case: SmallCase) -> None:
    for item in (case.report, case.medical, case.statement):
        item.grade = Grade.X
    assert case.findings("C06") != []


def test_c07_wants_three_roots_of_two_types(case: SmallCase) -> None:
    for item in (case.order, case.report, case.medical, case.statement):
        item.source_type = SourceType.MEDIA
    assert variants(case, "C07") == {"types"}
    for item in (case.medical, case.statement):
        item.derived_from_id = case.order.id
    assert variants(case, "C07") == {""}
    assert case.severities("C07") == ["warn"]


def test_c08_wants_a_reason_for_old_acts(case: SmallCase) -> None:
    case.incident.start = day("2021-06-30")
    assert variants(case, "C08") == {""}
    case.incident.start = day("2021-07-01")
    assert variants(case, "C08") == {"soon"}
    case.incident.start = day("2022-06-30")
    assert variants(case, "C08") == {"soon"}
    case.incident.start = day("2022-07-01")
    assert variants(case, "C08") == set()
    case.incident.start = day("2019")
    case.incident.old_justification = "The harm goes on."
    assert variants(case, "C08") == set()
    case.incident.start = None
    assert variants(case, "C08") == {"undated"}


def test_c08_counts_from_a_leap_day(case: SmallCase) -> None:
    case.case.filing_date = date(2028, 2, 29)
    case.incident.start = day("2023-02-27")
    assert variants(case, "C08") == {""}
    case.incident.start = day("2023-02-28")
    assert variants(case, "C08") == {"soon"}


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("2021-06", None, {""}),  # the last day of a month or year counts, in the applicant's favour
        ("2021-07", None, {"soon"}),
        ("2020", None, {""}),
        ("2021", None, {"soon"}),
        ("2019-01-01", "2021-06-30", {""}),  # of an act that went on, its last day
        ("2019-01-01", "2021-07-01", {"soon"}),
        ("2019-01-01", "2022-07-01", set()),
    ],
)
def test_c08_counts_from_the_last_day_on_which_the_act_may_have_ended(
    case: SmallCase, start: str, end: str | None, found: set[str]
) -> None:
    case.incident.start, case.incident.end = day(start), day(end) if end else None
    assert variants(case, "C08") == found


@pytest.mark.parametrize(
    ("filed", "years", "limit"),
    [
        (date(2026, 7, 1), 5, date(2021, 7, 1)),
        (date(2028, 2, 29), 5, date(2023, 2, 28)),
        (date(2028, 2, 29), 4, date(2024, 2, 29)),
        (date(2026, 2, 28), 2, date(2024, 2, 28)),
        (date(2026, 1, 1), 1, date(2025, 1, 1)),
    ],
)
def test_the_limit_is_the_same_day_some_years_earlier(filed: date, years: int, limit: date) -> None:
    assert years_before(filed, years) == limit


def test_c09_act_inside_beside_and_outside_the_tenure(case: SmallCase) -> None:
    from magdesk.model.incidents import Mode

    case.part.mode = Mode.COMMAND
    assert variants(case, "C09") == set()
    case.incident.start = day("2020-02")
    assert variants(case, "C09") == {"possible"}
    assert case.severities("C09") == ["warn"]
    case.incident.start = day("2020-01-31")
    assert variants(case, "C09") == {""}
    assert case.severities("C09") == ["block"]


def test_c09_an_end_that_is_not_known_makes_acts_only_possible(case: SmallCase) -> None:
    from magdesk.model.people import EndState

    case.basis.prong = "LD-1"
    assert variants(case, "C09") == set()
    case.command.end_state = EndState.UNKNOWN
    assert variants(case, "C09") == {"possible"}
    case.command.end = day("2023")
    assert variants(case, "C09") == {""}
    case.command.end = day("2024")
    assert variants(case, "C09") == {"possible"}


def test_c09_wants_a_documented_position_that_makes_a_leader(case: SmallCase) -> None:
    case.basis.prong = "LD-1"
    case.command.leader = case.command.government = False
    assert variants(case, "C09") == {"undocumented"}


def test_c09_wants_an_act_in_the_tenure(case: SmallCase) -> None:
    case.basis.prong = "LD-1"
    case.remove(case.part)
    for fact in case.facts:
        fact.incident_id = None
    assert variants(case, "C09") == {"no_act"}


def test_c09_takes_acts_from_the_facts_on_tenure(case: SmallCase) -> None:
    case.basis.prong = "LD-1"
    case.remove(case.part)
    case.incident.start = day("2019")
    assert variants(case, "C09") == {""}


def test_c09_leaves_acts_of_the_own_hand_alone(case: SmallCase) -> None:
    case.incident.start = day("2019-01-01")
    assert case.findings("C09") == []


def test_a_fact_of_another_kind_left_behind_is_told(case: SmallCase) -> None:
    case.prove(case.facts[0], case.basis, "K1")
    assert variants(case, "C33") == {"stale"}


def test_what_is_proved_for_a_whole_kind_is_not_told_to_be_removed_for_one_ground_that_does_not_take_it(
    case: SmallCase,
) -> None:
    case.add(Authority(regime="uk-gac", rank=5))
    case.add(LegalBasis(target_id=case.target.id, regime="uk-gac", prong="GAC-A", abuse_type="torture", rank=5))
    case.add(Proof(fact_id=case.facts[0].id, kind="torture", element="T6"))
    case.session.expire_all()
    assert case.findings("C33") == []
    case.basis.abuse_type = "killing"
    assert "T6" in {one.sentence.partition("element ")[2].partition(",")[0] for one in case.findings("C33")}


def test_a_case_of_many_facts(case: SmallCase) -> None:
    case.add(Fact(text="A gate was painted.", rank=9, incident_id=case.incident.id))
    assert [one.place.label for one in case.findings("C05")] == ["Fact 4"]


def test_many_weak_sources_are_no_strong_one(case: SmallCase) -> None:
    items = case.session.query(Evidence).all()
    for item in items:
        item.grade = Grade.D
    for code in ("C06", "C07"):
        weak = [one for one in case.findings(code) if one.key.endswith("/weak")]
        assert weak
        assert {one.severity.value for one in weak} == {"warn"}
    for item in items:
        item.grade, item.credibility = Grade.B, Credibility.DOUBTFUL
    assert [one for one in case.findings("C06") if one.key.endswith("/weak")]
    for item in items:
        item.credibility = Credibility.PROBABLE
    assert case.findings("C06") == []
