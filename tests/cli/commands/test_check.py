"""``magdesk check``: a summary, then findings by cause, chosen by weight, page and target; the exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest

from magdesk.casefile import CaseFile
from magdesk.cli import main
from magdesk.model import Fact, Incident, Proof, Waiver
from tests.shared import SAMPLE_DAY, SAMPLE_PASSPHRASE

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def clean(sample_file: Path) -> Path:
    """The sample: nothing in it blocks."""
    return sample_file


@pytest.fixture(scope="module")
def spoiled(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with elements that have no fact, incidents without a place, and a protected name."""
    path = tmp_path_factory.mktemp("spoiled") / "case.magdesk"
    copyfile(sample_file, path)
    with CaseFile.open(path, SAMPLE_PASSPHRASE, backups=False) as case, case.change("Spoil") as session:
        for proof in session.query(Proof).order_by(Proof.id).limit(300):
            session.delete(proof)
        for incident in session.query(Incident):
            incident.place = incident.country = ""
        fact = session.query(Fact).order_by(Fact.rank).first()
        assert fact is not None
        fact.text += " Karim Anis Tuwayran saw it."
        session.add(Waiver(code="C05", reason="Once it mattered.", waived_by="L. Lawyer"))
    return path


@pytest.fixture(autouse=True)
def passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAGDESK_PASSPHRASE", SAMPLE_PASSPHRASE)


def check(path: Path, *options: str) -> int:
    return main(["check", str(path), "--date", SAMPLE_DAY.isoformat(), *options])


def report(path: Path, capsys: Capture, *options: str) -> dict[str, Any]:
    check(path, "--json", *options)
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_the_exit_code_says_whether_something_blocks_whatever_is_shown(
    clean: Path, spoiled: Path, capsys: Capture
) -> None:
    assert check(clean) == 0
    assert capsys.readouterr().out.startswith("0 blocking, ")
    assert check(spoiled) == 1
    assert check(spoiled, "--page", "review") == 1
    assert check(spoiled, "--severity", "warn", "--target", "zahwan, nawfal") == 1


def test_the_summary_counts_all_and_causes_are_told_once(spoiled: Path, capsys: Capture) -> None:
    check(spoiled)
    first, *lines = capsys.readouterr().out.splitlines()
    told = report(spoiled, capsys)
    count = told["summary"]
    assert told["blocking"] == count["block"] > 10
    assert first == f"{count['block']} blocking, {count['warn']} warnings, {count['info']} hints, 0 set aside"
    assert lines[0].startswith("block C29 ")  # a protected name before all else
    heads = [line for line in lines if not line.startswith(" ")]
    assert len(heads) == len(told["groups"]) < 20
    (elements,) = [one for one in told["groups"] if one["code"] == "C04"]
    assert elements["sentence"] == f"{elements['count']} elements have no fact."
    (statements,) = [one for one in told["groups"] if one["code"] == "R07"]
    assert statements["count"] > 20
    assert f"warn  R07 {statements['sentence']}" in [line.rstrip() for line in heads]


def test_what_blocks_is_told_one_by_one_and_all_of_it_where_it_is_asked_for(spoiled: Path, capsys: Capture) -> None:
    told = report(spoiled, capsys)
    blocking = sum(one["count"] for one in told["groups"] if one["severity"] == "block" and one["count"] > 1)
    check(spoiled)
    short = [line for line in capsys.readouterr().out.splitlines() if line.startswith(" ")]
    folded = [line for line in short if line.endswith("(--all lists each)")]
    assert len(short) == blocking + len(folded)
    assert folded
    check(spoiled, "--all")
    whole = [line for line in capsys.readouterr().out.splitlines() if line.startswith(" ")]
    assert len(whole) == sum(one["count"] for one in told["groups"] if one["count"] > 1)


@pytest.mark.parametrize(("least", "kept"), [("block", {"block"}), ("warn", {"block", "warn"}), ("info", None)])
def test_findings_are_chosen_by_weight(spoiled: Path, capsys: Capture, least: str, kept: set[str] | None) -> None:
    everything = report(spoiled, capsys)
    told = report(spoiled, capsys, "--severity", least)
    wanted = [one for one in everything["findings"] if kept is None or one["severity"] in kept]
    assert told["findings"] == wanted
    assert len(wanted) < len(everything["findings"]) or kept is None
    assert told["summary"] == everything["summary"]  # of the whole case
    check(spoiled, "--severity", least)
    assert (f"Shown: {len(wanted)}" in capsys.readouterr().out.splitlines()) is (kept is not None)


def test_findings_are_chosen_by_page_and_target(spoiled: Path, capsys: Capture) -> None:
    everything = report(spoiled, capsys)["findings"]
    told = report(spoiled, capsys, "--page", "incidents")["findings"]
    assert told == [one for one in everything if one["place"]["page"] == "incidents"]
    assert {one["code"] for one in told} >= {"C55"}
    about = report(spoiled, capsys, "--target", "Zahwan, Nawfal")["findings"]
    assert 0 < len(about) < len(everything)
    (key,) = {key for one in about for key in one["targets"]} & {
        key for one in about if len(one["targets"]) == 1 for key in one["targets"]
    }
    assert about == [one for one in everything if key in one["targets"]]
    both = report(spoiled, capsys, "--target", "Zahwan, Nawfal", "--page", "facts", "--severity", "block")
    assert both["findings"] == [
        one for one in about if one["place"]["page"] == "facts" and one["severity"] == "block"
    ]
    assert both["findings"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--page", "incident"), "is not a page of the window"),
        (("--target", "nobody"), "No target is called"),
        (("--target", "a"), "More than one target"),
        (("--severity", "grave"), "severity"),
    ],
)
def test_a_choice_that_means_nothing_is_refused(
    clean: Path, capsys: Capture, options: tuple[str, ...], said: str
) -> None:
    try:
        given = check(clean, *options)
    except SystemExit as ended:
        given = int(ended.code or 0)
    assert given == 2
    assert said in capsys.readouterr().err
