"""The contract of the command line: commands, exit codes, JSON, where the passphrase comes from."""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from magdesk.cli import main
from magdesk.cli.parser import build_parser

PHRASE = "four words make sense"


@pytest.fixture(autouse=True)
def passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAGDESK_PASSPHRASE", PHRASE)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "case.magdesk"
    assert main(["new", str(path), "--title", "Generica", "--authority", "us-glomag", "--authority", "us-7031c"]) == 0
    return path


def _json(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> object:
    capsys.readouterr()
    assert main([*map(str, arguments), "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_the_main_job(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inputs = tmp_path / "inputs" / "deep"
    inputs.mkdir(parents=True)
    (inputs / "note.txt").write_text("The witness saw the Свидетель.", encoding="utf-8")
    (inputs / "same.txt").write_text("The witness saw the Свидетель.", encoding="utf-8")
    (inputs / "empty.txt").touch()
    added = _json(capsys, "add", case, tmp_path / "inputs", code=3)
    assert isinstance(added, dict)
    assert [len(added[key]) for key in ("taken", "duplicates", "refused")] == [1, 1, 1]
    info = _json(capsys, "info", case)
    assert isinstance(info, dict)
    assert (info["title"], info["authorities"], info["rows"]["evidence"]) == (
        "Generica",
        ["us-glomag", "us-7031c"],
        1,
    )
    found = _json(capsys, "search", case, "свидет")
    assert isinstance(found, list)
    assert found[0]["kind"] == "evidence"
    checked = _json(capsys, "check", case, "--date", "2026-12-01", code=1)
    assert isinstance(checked, dict)
    assert checked["blocking"] > 0
    assert {"code", "severity", "place", "sentence", "remedy"} <= set(checked["findings"][0])
    assert checked["set_aside"] == []
    packet = tmp_path / "packet"
    stopped = _json(capsys, "export", case, "--to", packet, "--date", "2026-12-01", code=1)
    assert isinstance(stopped, dict)
    assert stopped["folder"] is None
    assert not packet.exists()
    assert (
        main(["export", str(case), "--to", str(packet), "--date", "2026-12-01", "--draft", "--formats", "pdf"]) == 0
    )
    assert (packet / "01-submission.pdf").exists()
    assert not (packet / "01-submission.docx").exists()
    assert main(["verify", str(packet)]) == 0
    (packet / "01-submission.pdf").write_bytes(b"changed")
    assert main(["verify", str(packet)]) == 1
    assert main(["verify", str(case)]) == 0
    steps = _json(capsys, "journal", case)
    assert isinstance(steps, list)
    edits = [step["label"] for step in steps if step["kind"] in ("edit", "base")]
    assert edits == ["Add evidence “note.txt”", "Create the case"]


def test_the_escape_hatch(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dump", str(case), "--to", str(tmp_path / "dump")]) == 2
    assert "clear text" in capsys.readouterr().err
    assert main(["dump", str(case), "--to", str(tmp_path / "dump"), "--yes"]) == 0
    assert main(["load", str(tmp_path / "dump"), str(tmp_path / "copy.magdesk")]) == 0
    assert main(["load", str(tmp_path / "dump"), str(tmp_path / "copy.magdesk")]) == 2
    (tmp_path / "dump" / "dossier.json").write_text("{", encoding="utf-8")
    assert main(["load", str(tmp_path / "dump"), str(tmp_path / "other.magdesk")]) == 3
    assert not (tmp_path / "other.magdesk").exists()


def test_passphrases(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new = tmp_path / "new.txt"
    new.write_text("quite another tricycle varnish\n", encoding="utf-8")
    assert main(["passphrase", str(case), "--new-passphrase-file", str(new)]) == 0
    assert main(["info", str(case)]) == 4
    assert main(["info", str(case), "--passphrase-file", str(new)]) == 0
    assert main(["info", str(case), "--passphrase-file", str(tmp_path / "none")]) == 2
    monkeypatch.delenv("MAGDESK_PASSPHRASE")
    assert main(["info", str(case)]) == 2


def test_a_backup_opens(case: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.magdesk"
    assert main(["backup", str(case), "--to", str(copy)]) == 0
    assert main(["verify", str(copy)]) == 0
    assert main(["backup", str(case)]) == 0


def test_mistakes_are_said_without_a_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "no.magdesk").write_bytes(b"not a case" * 1000)
    for arguments, code in (
        (["info", str(tmp_path / "none.magdesk")], 4),
        (["info", str(tmp_path / "no.magdesk")], 4),
        (["new", str(tmp_path / "x"), "--authority", "us-nothing"], 2),
        (["load", str(tmp_path), str(tmp_path / "y.magdesk")], 3),
    ):
        assert main(arguments) == code
        said = capsys.readouterr().err
        assert said
        assert "Traceback" not in said
    counts = [
        [*command, "--limit", count]
        for command in (["search", "x", "y"], ["journal", "x"])
        for count in ("0", "-5", "9" * 30)
    ]
    for arguments in (["nothing"], ["export", "x"], ["check", "x", "--date", "soon"], [], *counts):
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        assert stopped.value.code == 2


def _commands() -> dict[str, argparse.ArgumentParser]:
    [found] = [action for action in build_parser()._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(found.choices)


def test_every_command_does_something_and_stands_in_the_readme() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"^    magdesk ([a-z |]+)", readme, re.MULTILINE)
    told = {name.strip() for line in shown for name in line.split("|")}
    for name, command in _commands().items():
        assert callable(command.get_default("group")()[name])
        assert any(name == one.split()[0] for one in told), name


@pytest.mark.parametrize("command", sorted(_commands()))
def test_every_command_has_help_and_json(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == 0
    text = capsys.readouterr().out
    assert "--json" in text
    assert "--passphrase-file" in text


@pytest.mark.skipif(os.name != "posix", reason="sends SIGINT")
def test_ctrl_c_cancels_and_leaves_nothing(standard_keys: None, tmp_path: Path) -> None:
    source = tmp_path / "large.bin"
    with source.open("wb") as out:
        out.truncate(600 << 20)
    path = tmp_path / "case.magdesk"
    assert main(["new", str(path)]) == 0
    command = [sys.executable, "-m", "magdesk", "add", str(path), str(source)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    log = path.with_name(f"{path.name}-wal")
    while process.poll() is None and not (log.exists() and log.stat().st_size > 1 << 20):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _out, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert main(["verify", str(path)]) == 0
