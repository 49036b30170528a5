"""``magdesk guide``: what comes next, then each task with its questions; as JSON too; a to-do is no fault."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from magdesk.cli import main
from magdesk.model.text import TOKEN
from tests.shared import SAMPLE_DAY, SAMPLE_PASSPHRASE

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAGDESK_PASSPHRASE", SAMPLE_PASSPHRASE)


def guide(path: Path, *options: str) -> int:
    return main(["guide", str(path), "--date", SAMPLE_DAY.isoformat(), *options])


def test_a_new_case_is_asked_what_happened(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "new.magdesk"
    assert main(["new", str(path), "--title", "Valdania"]) == 0
    capsys.readouterr()
    assert guide(path) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "What comes next"
    assert lines[1].startswith("  1. Say one thing that happened, in one sentence.")
    assert lines[1].endswith("(question 1.1)")
    assert "1. The story in five questions: 0 of 5 answered; not started" in lines
    assert "2. The person or body responsible: opens when you have named the person or body" in lines
    assert "     1.2  Who was behind it?  to do" in lines


def test_the_sample_as_json(sample_file: Path, capsys: Capture) -> None:
    assert guide(sample_file, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [task["number"] for task in told["tasks"]] == list(range(1, 13))
    assert told["tasks"][0]["state"] == "ready"
    assert told["tasks"][0]["screens"][0]["subjects"] == [
        {"id": None, "name": "", "state": "answered", "disputed": False}
    ]
    assert told["to_do"] == sum(
        one["state"] == "open" for task in told["tasks"] for screen in task["screens"] for one in screen["subjects"]
    )
    assert len(told["next"]) == 3
    assert {step["kind"] for step in told["next"]} <= {"safety", "go_on", "strengthen", "quick"}
    for step in told["next"]:
        assert step["sentence"].endswith(".")
        assert not TOKEN.search(step["sentence"])
