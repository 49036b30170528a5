"""``magdesk info --sandbox``: the table that a reviewer prints, and what it says where something is not held."""

from __future__ import annotations

import json

import pytest

from magdesk.cli.commands import looking
from magdesk.cli.program import main
from magdesk.errors import ExitCode
from magdesk.intake.sandbox.confinement import Confinement, Layer
from magdesk.intake.sandbox.hostile import THROUGH
from magdesk.intake.sandbox.selftest import AttemptRow, SelfTest

LEAKY = SelfTest(
    Confinement(frozenset({Layer.LIMITS}), ("This kernel has no Landlock.",)),
    (
        AttemptRow("read", "read a key file", THROUGH, THROUGH),
        AttemptRow("fork", "split into two processes", THROUGH, "EPERM"),
    ),
    Confinement(frozenset({Layer.SECCOMP}), ("Other programs could read files of yours.",)),
)


def test_the_table_is_printed_for_this_computer(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["info", "--sandbox", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert code == (ExitCode.OK if all(row["fine"] for row in told["attempts"]) else ExitCode.FINDINGS)
    assert {row["code"] for row in told["attempts"]} >= {"read", "delete", "execute", "tcp", "signal"}
    assert told["held"]
    assert told["programs"]["held"]
    # What the system gives to the workers it gives to other programs, or the table says that it does not.
    for layer in ("landlock", "seccomp"):
        assert layer not in told["held"] or layer in told["programs"]["held"]


def test_what_is_not_held_is_told_and_has_its_exit_code(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "run_selftest", lambda: LEAKY)
    assert main(["info", "--sandbox"]) == ExitCode.FINDINGS
    told = capsys.readouterr().out
    assert "This kernel has no Landlock." in told
    assert "Other programs could read files of yours." in told
    assert "NOT HELD" in next(line for line in told.splitlines() if "key file" in line)
    assert "refused" in next(line for line in told.splitlines() if "split" in line)


def test_a_case_or_the_table_must_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info"]) == ExitCode.USAGE
    assert "--sandbox" in capsys.readouterr().err
