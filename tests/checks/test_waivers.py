"""Findings that someone set aside: shown, but counting for nothing; never where people could be harmed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from magdesk import paths
from magdesk.checks import Finding
from magdesk.checks.finding import Waived
from magdesk.errors import RegimeError
from magdesk.model import Waiver
from magdesk.regimes import load_law
from magdesk.services.checking import blocking, set_aside
from tests.checks.cases import SmallCase

DAY = date(2026, 5, 30)


def waive(case: SmallCase, finding: Finding, reason: str = "No photo exists.") -> Waiver:
    return case.add(
        Waiver(
            code=finding.code, subject_id=finding.place.row, field=finding.key, reason=reason, waived_by="L. Lawyer",
            waived_on=DAY,
        )
    )  # fmt: skip


def test_a_finding_set_aside_says_why_by_whom_and_when(case: SmallCase) -> None:
    case.target.photo_id = None
    (finding,) = case.findings("C15")
    waive(case, finding)
    (aside,) = case.findings("C15")
    assert (aside.code, aside.sentence) == (finding.code, finding.sentence)
    assert aside.waived == Waived("No photo exists.", "L. Lawyer", DAY)
    assert set_aside([aside]) == [aside]


def test_it_concerns_one_finding_only(case: SmallCase) -> None:
    case.target.photo_id = None
    case.target.namesake_check = ""
    photo, namesake = case.findings("C15")
    waive(case, photo)
    assert [one.waived is not None for one in case.findings("C15")] == [True, False]
    assert photo.key != namesake.key


def test_two_words_in_one_text_are_two_findings(case: SmallCase) -> None:
    case.summary.text = "The murderer and the tyrant rule."
    first, second = case.findings("C35")
    waive(case, first)
    assert [one.waived is not None for one in case.findings("C35")] == [True, False]
    assert second.key.endswith(second.sentence.split("“")[-1][:6])


def test_what_may_block_a_filing_stays_blocking(case: SmallCase) -> None:
    case.case.title = ""
    (finding,) = case.findings("C01")
    assert not finding.waivable
    waive(case, finding)
    assert [one.waived for one in blocking(case.findings())] == [None]


def test_a_blocking_finding_may_be_set_aside_where_the_check_allows_it(case: SmallCase) -> None:
    case.target.already_designated = True
    (finding,) = blocking(case.findings())
    assert finding.waivable
    waive(case, finding, "Listed by the United Kingdom only.")
    assert blocking(case.findings()) == []


def test_a_graver_way_to_fail_is_heard_again(case: SmallCase) -> None:
    case.note("E3", "Only the order itself survives.")
    for citation in case.citations[5:8]:
        case.remove(citation)
    (finding,) = case.findings("C06")
    assert finding.severity.value == "warn"
    waive(case, finding)
    assert [one.waived is not None for one in case.findings("C06")] == [True]
    case.session.query(type(case.note("T1", ""))).delete()
    assert [(one.severity.value, one.waived) for one in case.findings("C06")] == [("block", None)]


def test_a_decision_about_nothing_is_told_so_that_it_can_be_removed(case: SmallCase) -> None:
    case.target.photo_id = None
    row = waive(case, case.findings("C15")[0])
    case.target.photo_id = case.photo.id
    (finding,) = case.findings()
    assert (finding.code, finding.severity.value, finding.place.row) == ("W01", "info", row.id)
    assert "No photo exists." in finding.sentence
    assert not finding.waivable
    case.remove(row)
    assert case.findings() == []


@pytest.mark.parametrize("code", ["C28", "C29", "C30", "C41"])
def test_protection_cannot_be_set_aside_even_by_a_file_of_ones_own(tmp_path: Path, code: str) -> None:
    folder = tmp_path / "law"
    copytree(paths.resource(), folder, ignore=lambda _folder, names: {"fonts", "sample"} & set(names))
    file = folder / "templates" / "checks.toml"
    file.write_text(file.read_text().replace(f"[{code}]\nseverity", f"[{code}]\nwaivable = true\nseverity"))
    with pytest.raises(RegimeError, match="set aside"):
        load_law([folder])


def test_only_few_blocking_findings_can_be_set_aside(case: SmallCase) -> None:
    checks = case.law.checks
    ways = [(text.code, "", text.severity, text.waivable) for text in checks.values()]
    ways += [(t.code, name, one.severity, one.waivable) for t in checks.values() for name, one in t.variants.items()]
    allowed = {(code, name) for code, name, severity, waivable in ways if waivable and severity == "block"}
    assert allowed == {("C01", "office"), ("C39", "designated")}
    kept = {(code, name) for code, name, severity, waivable in ways if not waivable and severity != "block"}
    assert kept == {("C28", "risk"), ("C28", "review"), ("W01", "")}
