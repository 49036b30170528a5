"""The gap report: what is missing, in the order of what it costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from magdesk.checks.gaps import EFFECTS, Gap, GapCost, GapReport, gap_report
from magdesk.checks.run import run_checks
from magdesk.dossier.dossier import load_dossier
from magdesk.model import AdverseItem, Citation, Evidence, Signoff, Waiver
from magdesk.model.evidence import Access, Grade, SourceType
from magdesk.model.facts import PinpointKind, Stance
from magdesk.model.review import ReviewRole
from tests.checks.cases import TODAY, SmallCase


def report(case: SmallCase) -> GapReport:
    case.session.flush()
    case.session.expire_all()
    return gap_report(load_dossier(case.session), case.law, TODAY)


def gaps(case: SmallCase, code: str) -> list[Gap]:
    return [gap for gap in report(case).gaps if gap.code == code]


@pytest.fixture
def solid(case: SmallCase) -> SmallCase:
    """The small case with nothing left to be stronger in."""
    confirmed = {code: replace(regime, to_verify=()) for code, regime in case.law.regimes.items()}
    case.law = replace(case.law, regimes=confirmed)
    case.report.access = Access.OPEN_SOURCE
    case.add(Signoff(role=ReviewRole.SECOND_READER, name="Sera Second", signed_on=date(2026, 5, 26)))
    for rows in (case.general.identifiers, case.general.positions):
        for row in rows:
            owner = {f"{row.__tablename__}_id": row.id}
            case.add(Citation(evidence_id=case.order.id, pinpoint="2", **owner))
    return case


def test_a_case_that_lacks_nothing_has_no_gap(solid: SmallCase) -> None:
    assert [(gap.effect.name, gap.code, gap.sentence) for gap in report(solid).gaps] == []


def test_every_effect_has_words() -> None:
    assert set(EFFECTS) == set(GapCost)
    assert all(title and meaning for title, meaning in EFFECTS.values())


def test_findings_keep_their_own_words_and_say_why(solid: SmallCase) -> None:
    solid.case.side_effects = ""
    gap = gaps(solid, "C26")[0]
    finding = solid.findings("C26")[0]
    assert (gap.sentence, gap.remedy, gap.place) == (finding.sentence, finding.remedy, finding.place)
    assert gap.why == solid.law.checks["C26"].why
    assert gap.effect is GapCost.REASONS


def test_what_stops_a_filing_comes_first_and_danger_before_form(solid: SmallCase) -> None:
    solid.case.side_effects = ""
    solid.state.verified_on = None
    solid.remove(solid.consent)
    for proof in list(solid.facts[1].proofs):
        solid.remove(proof)
    found = report(solid).gaps
    assert [gap.effect for gap in found] == sorted(gap.effect for gap in found)
    stops = [gap.code for gap in found if gap.effect is GapCost.STOPS]
    assert stops.index("C28") < stops.index("C04") < stops.index("C37")


def test_an_element_without_a_source_that_counts(solid: SmallCase) -> None:
    for row in list(solid.facts[1].citations):
        if row.evidence_id != solid.order.id:
            solid.remove(row)
    solid.order.grade = Grade.X
    found = gaps(solid, "G01")
    assert [gap.sentence.split(" ", 1)[0] for gap in found] == ["E3"]
    assert found[0].effect is GapCost.UNPROVED
    assert found[0].place.row == solid.basis.id
    assert found[0].place.field == "E3"


def test_no_open_source_weighs_more_where_the_authority_asks_for_one(solid: SmallCase) -> None:
    solid.report.access = Access.ON_FILE
    assert {gap.effect for gap in gaps(solid, "G02")} == {GapCost.WEAK}
    regimes = dict(solid.law.regimes)
    regimes["us-glomag"] = replace(regimes["us-glomag"], open_source=True)
    solid.law = replace(solid.law, regimes=regimes)
    assert not gaps(solid, "G02")
    found = gaps(solid, "R03")
    assert {gap.effect for gap in found} == {GapCost.NOT_OPEN}


def test_sources_of_low_grade_only(solid: SmallCase) -> None:
    for item in (solid.order, solid.report, solid.medical, solid.statement):
        item.grade = Grade.D
    assert gaps(solid, "G03")
    solid.report.grade = Grade.C
    assert not gaps(solid, "G03")


def test_the_same_facts_under_two_grounds_are_one_gap(solid: SmallCase) -> None:
    solid.report.access = Access.ON_FILE
    before = len(gaps(solid, "G02"))
    from magdesk.model import LegalBasis

    second = solid.add(
        LegalBasis(target_id=solid.target.id, regime="us-glomag", prong="LD-1", abuse_type="torture", rank=5)
    )
    for code in ("T1", "T2", "T3", "T4", "T5", "T6"):
        solid.prove(solid.facts[0], second, code)
    after = gaps(solid, "G02")
    shared = next(gap for gap in after if gap.sentence.startswith("T1 "))
    assert len(shared.details) == 2
    assert sum(gap.sentence.startswith("T") for gap in after) == 6
    assert before


def test_a_contradiction_must_be_answered(solid: SmallCase) -> None:
    rival = solid.add(
        Evidence(rank=9, title="Letter of the ministry", language="en", source_type=SourceType.OFFICIAL_RECORD,
                 pages=2, sha256="9" * 64, grade=Grade.B)
    )  # fmt: skip
    against = solid.cite(solid.facts[1], rival, "1")
    against.stance = Stance.CONTRADICTS
    found = gaps(solid, "G05")
    assert [gap.effect for gap in found] == [GapCost.CONTRADICTED]
    assert found[0].place.row == against.id
    assert found[0].target == solid.target.id
    answer = solid.add(AdverseItem(title="The letter", text="It denies.", answer="It heard nobody.", rank=4))
    solid.add(Citation(adverse_item_id=answer.id, evidence_id=rival.id, pinpoint="1"))
    assert not gaps(solid, "G05")


def test_identifying_data_without_sources_are_told_once_for_each_target(solid: SmallCase) -> None:
    for row in solid.identifiers.values():
        for citation in list(row.citations):
            solid.remove(citation)
    found = gaps(solid, "G06")
    assert len(found) == 1
    assert len(found[0].details) == len(solid.identifiers)
    assert found[0].effect is GapCost.IDENTITY


def test_points_of_law_to_confirm_are_one_gap(solid: SmallCase) -> None:
    regimes = dict(solid.law.regimes)
    points = ("Is the order in force?", "Read the CFR.", "Read the Act.")
    regimes["us-glomag"] = replace(regimes["us-glomag"], to_verify=points)
    solid.law = replace(solid.law, regimes=regimes)
    found = gaps(solid, "R07")
    assert [gap.effect for gap in found] == [GapCost.LAW]
    assert len(found[0].details) == 3
    assert all(any(point in detail for detail in found[0].details) for point in points)


def test_whole_documents_examinations_and_readers(solid: SmallCase) -> None:
    for row in solid.facts[1].citations:
        row.pinpoint_kind, row.pinpoint = PinpointKind.WHOLE, ""
    assert len(gaps(solid, "G08")) == 1
    solid.cite(solid.facts[0], solid.photo, "1")
    found = gaps(solid, "G09")
    assert found[0].details
    solid.photo.verification = "Compared with the satellite image."
    assert not gaps(solid, "G09")
    for signature in solid.session.query(Signoff).filter_by(role=ReviewRole.SECOND_READER):
        solid.remove(signature)
    assert [gap.effect for gap in gaps(solid, "G10")] == [GapCost.USABLE]


def test_what_was_set_aside_is_no_gap_but_is_told_with_its_reason(solid: SmallCase) -> None:
    solid.case.side_effects = ""
    finding = solid.findings("C26")[0]
    assert finding.waivable
    solid.add(Waiver(code="C26", subject_id=finding.place.row, field=finding.key, reason="Told in section 9."))
    found = report(solid)
    assert not [gap for gap in found.gaps if gap.code == "C26"]
    assert [row.waived.reason for row in found.set_aside if row.waived] == ["Told in section 9."]


def test_findings_that_are_known_need_not_be_found_again(solid: SmallCase) -> None:
    solid.case.side_effects = ""
    solid.session.flush()
    solid.session.expire_all()
    dossier = load_dossier(solid.session)
    known = run_checks(dossier, solid.law, TODAY)
    assert gap_report(dossier, solid.law, TODAY, known) == gap_report(dossier, solid.law, TODAY)


def test_what_one_check_finds_many_times_in_one_row_is_one_gap(solid: SmallCase) -> None:
    solid.general.names[0].text = "Ilan {Verrodine}"  # braces in a name are no placeholders
    for proof in list(solid.facts[0].proofs):
        solid.remove(proof)
    found = gaps(solid, "C04")
    assert len(found) == 1
    assert len(found[0].details) > 3
    assert "Ilan {Verrodine}" in found[0].sentence
    assert not any("Verrodine" in detail for detail in found[0].details)
    assert all(detail[0].isupper() for detail in found[0].details)
