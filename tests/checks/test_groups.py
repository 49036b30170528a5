"""Findings stand in the order of the harm, and one cause is one line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from magdesk import paths
from magdesk.checks.finding import Severity
from magdesk.checks.groups import FindingChoice, grouped
from magdesk.errors import RegimeError
from magdesk.model import Proof
from magdesk.model.people import ConsentLevel
from magdesk.regimes import load_law
from magdesk.regimes.check_file import HARMS
from tests.checks.cases import SmallCase


def test_a_protected_name_stands_before_all_else(case: SmallCase) -> None:
    case.case.title = ""
    case.contact.email = ""
    case.incident.summary = "Guards beat Oksana Marchenkova."
    case.consent.level = ConsentLevel.NONE
    case.facts[1].text = ""
    found = [one for one in case.findings() if one.severity == "block"]
    assert [one.code for one in found[:2]] == ["C29", "C28"]
    harms = [HARMS.index(case.law.checks[one.code].harm) for one in found]
    assert harms == sorted(harms)
    assert len(set(harms)) == 3


def test_weight_goes_before_harm(case: SmallCase) -> None:
    case.facts[0].text += " Marchenkova wept."  # a part of a protected name warns
    case.case.title = ""
    assert [one.code for one in case.findings()] == ["C01", "C29"]


def test_ten_elements_without_a_fact_are_one_line(case: SmallCase) -> None:
    for proof in case.session.query(Proof).all():
        case.remove(proof)
    found = case.findings("C04")
    assert len(found) > 2
    (group,) = grouped(found, case.law)
    assert group.sentence == f"{len(found)} elements have no fact."
    assert (group.severity, group.count, group.findings) == (Severity.BLOCK, len(found), tuple(found))


def test_a_single_finding_is_told_in_its_own_words(case: SmallCase) -> None:
    case.target.photo_id = None
    (finding,) = case.findings("C15")
    (group,) = grouped([finding], case.law)
    assert (group.sentence, group.remedy) == (finding.sentence, finding.remedy)


def test_a_way_of_failing_with_words_of_its_own_is_a_cause_of_its_own(case: SmallCase) -> None:
    for citation in case.citations:
        if citation.evidence_id != case.order.id:
            case.remove(citation)
    found = case.findings("C06")
    case.note(found[0].place.field, "Nobody else was there.")
    causes = {group.cause: group.count for group in grouped(case.findings("C06"), case.law)}
    assert causes == {"C06": 1, "C06/uncommented": len(found) - 1}


def test_what_a_group_has_in_common_is_told_once(case: SmallCase) -> None:
    case.summary.text = "The murderer and the tyrant rule."
    (group,) = grouped(case.findings("C35"), case.law)
    assert group.count == 2
    assert group.remedy == group.findings[0].remedy
    other = replace(group.findings[1], remedy="Something else.")
    assert grouped([group.findings[0], other], case.law)[0].remedy == ""


def test_findings_are_chosen_by_weight_page_and_target(case: SmallCase) -> None:
    second, _basis = case.second_target("Boris Second", "HR-1")
    found = case.findings()
    of_second = FindingChoice(target=second.id).of(found)
    assert {one.code for one in of_second} >= {"C03", "C07"}
    assert FindingChoice(target=case.target.id).of(found) == [one for one in found if case.target.id in one.targets]
    assert not set(map(id, of_second)) & set(map(id, FindingChoice(target=case.target.id).of(found)))
    assert {one.severity for one in FindingChoice(least=Severity.BLOCK).of(found)} == {Severity.BLOCK}
    assert {one.severity for one in FindingChoice(least=Severity.WARN).of(found)} <= {Severity.BLOCK, Severity.WARN}
    assert {one.place.page for one in FindingChoice(page="targets").of(found)} == {"targets"}


def test_a_fact_is_about_the_targets_that_it_proves_something_of(case: SmallCase) -> None:
    case.remove(case.citations[0])
    case.citations[1].pinpoint = ""
    (finding,) = case.findings("C05")
    assert finding.targets == (case.target.id,)


def test_a_sentence_for_many_says_how_many(tmp_path: Path) -> None:
    folder = tmp_path / "law"
    copytree(paths.resource(), folder, ignore=lambda _path, names: {"sample", "icons", "fonts"} & set(names))
    file = folder / "templates" / "checks.toml"
    text = file.read_text(encoding="utf-8")
    for wrong in ("Elements have no fact.", "{number} elements have no fact, {count} in all."):
        file.write_text(text.replace("{count} elements have no fact.", wrong), encoding="utf-8")
        with pytest.raises(RegimeError, match="many"):
            load_law([folder])
