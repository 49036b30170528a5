"""Findings that someone set aside: shown, but counting for nothing; never where people could be harmed."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from magdesk import paths
from magdesk.checks import Finding
from magdesk.checks.finding import Place, Severity, Waived
from magdesk.checks.scope import Hit
from magdesk.checks.waivers import Waivers, decides, key_of
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
    # A surname may be that of somebody else, a text layer faulty where the page is not: then a person has looked,
    # and says so with their name; of a family may be a hundred people. And a law file may be older than the law.
    assert allowed == {
        ("C01", "office"), ("C17", "out_of_office"),
        ("C18", "wrong"), ("C18", "carrier"), ("C39", "designated"), ("C39", "listed_there"),
        ("C39", "text"), ("C50", ""), ("C51", "number"), ("C52", ""), ("C54", "fact"), ("C54", "exhibit"),
        ("C54", "incident"), ("C54", "law"), ("C57", ""), ("C57", "chambers"), ("C59", ""),
        ("N01", "surname"), ("N01", "organisation"), ("Q01", ""), ("Q01", "english"), ("Q01", "near"),
    }  # fmt: skip
    kept = {(code, name) for code, name, severity, waivable in ways if not waivable and severity != "block"}
    assert kept == {("C28", "risk"), ("C28", "review"), ("W01", "")}


@pytest.mark.parametrize(
    ("hit", "key"),
    [
        (Hit(Place("facts")), ""),
        (Hit(Place("facts", field="text")), "text"),
        (Hit(Place("facts", field="text"), "many"), "text/many"),
        (Hit(Place("facts", field="text"), mark="tyrant"), "text//tyrant"),
        (Hit(Place("facts", field="text"), "word", mark="a@b"), "text/word/a b"),
        (Hit(Place("facts", field="text"), filings=("us", "ca")), "text@us+ca"),
        (Hit(Place("facts", field="text"), "word", mark="x", filings=("us",)), "text/word/x@us"),
    ],
)
def test_the_key_of_a_finding_is_kept_in_case_files_and_does_not_change(hit: Hit, key: str) -> None:
    assert key_of(hit) == key


ROW = uuid.UUID(int=7)


def _finding(code: str = "C35", row: uuid.UUID | None = ROW, key: str = "text/word/x@us+ca") -> Finding:
    return Finding(code, Severity.WARN, Place("narrative", row), "A word.", "Mend it.", key, waivable=True)


def _decision(code: str = "C35", row: uuid.UUID | None = ROW, key: str = "text/word/x@us+ca") -> Waiver:
    return Waiver(code=code, subject_id=row, field=key, reason="Quoted.", waived_by="L. Lawyer", waived_on=DAY)


OTHERS = (
    {"code": "C36"},
    {"row": uuid.UUID(int=8)},
    {"row": None},
    {"key": "text/word/y@us+ca"},
)


@pytest.mark.parametrize("other", OTHERS)
def test_a_decision_is_about_one_check_one_row_and_one_way(other: dict[str, Any]) -> None:
    assert decides(_decision(), _finding())
    assert decides(_decision(key="text/word/x@us"), _finding()), "in whichever submissions"
    assert not decides(_decision(), _finding(**other))
    waivers = Waivers([row := _decision()])
    assert waivers.judged(_finding(**other)).waived is None
    assert list(waivers.stale()) == [row]


@pytest.mark.parametrize(
    ("decided", "found", "aside"),
    [
        ("@us+ca", "@us+ca", True),
        ("@us+ca", "@us", True),
        ("@ca+us", "@us+ca", True),
        ("@us", "@us+ca", False),
        ("@us", "@ca", False),
        ("", "@us", False),
        ("@us", "", True),
        ("", "", True),
    ],
)
def test_a_decision_counts_for_the_submissions_that_it_was_made_for(decided: str, found: str, aside: bool) -> None:
    waivers = Waivers([row := _decision(key=f"text{decided}")])
    judged = waivers.judged(_finding(key=f"text{found}"))
    assert judged.waived == (Waived("Quoted.", "L. Lawyer", DAY) if aside else None)
    assert list(waivers.stale()) == ([] if aside else [row])


def test_of_several_decisions_the_one_that_fits_counts_and_the_others_are_stale() -> None:
    rows = [_decision(key="text@us"), _decision(key="text@us+ca"), _decision(code="C36")]
    waivers = Waivers(rows)
    assert waivers.judged(_finding(key="text@us+ca")).waived is not None
    assert list(waivers.stale()) == [rows[0], rows[2]]


def test_what_may_not_be_set_aside_is_met_and_stays() -> None:
    waivers = Waivers([_decision()])
    firm = replace(_finding(), waivable=False)
    assert waivers.judged(firm) is firm
    assert list(waivers.stale()) == []


def test_a_stale_decision_leads_to_its_row_on_the_review_page(case: SmallCase) -> None:
    row = case.add(
        Waiver(code="C99", subject_id=None, field="", reason="Once.", waived_by="L. Lawyer", waived_on=DAY)
    )
    known = case.add(
        Waiver(code="C15", subject_id=None, field="", reason="Twice.", waived_by="L. Lawyer", waived_on=DAY)
    )
    first, second = sorted(case.findings("W01"), key=lambda one: one.place.row != row.id)
    assert (first.place.page, first.place.row, first.place.field) == ("review", row.id, "reason")
    assert "C99" in first.place.label + first.sentence
    assert second.place.row == known.id
    assert case.law.checks["C15"].title in second.place.label + second.sentence
