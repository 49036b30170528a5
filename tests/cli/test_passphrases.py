"""Passphrases on the command line: where they come from, which are refused, that no argument is one."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from magdesk.casefile import CaseFile
from magdesk.cli import main
from magdesk.cli.parser import build_parser
from magdesk.gui.app import _arguments as window_arguments
from magdesk.model import Case
from magdesk.values import now

PHRASE = "four words make sense"
OTHER = "amber kettle forgets the winter"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "case.magdesk"
    assert main(["new", str(path)], {"MAGDESK_PASSPHRASE": PHRASE}) == 0
    return path


@pytest.mark.parametrize("weak", ["", " ", "a", "password"])
@pytest.mark.parametrize("way", ["file", "variable"])
def test_every_command_that_sets_one_refuses_a_weak_one(
    case: Path, weak: str, way: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["dump", str(case), "--to", str(tmp_path / "dump"), "--yes"], {"MAGDESK_PASSPHRASE": PHRASE}) == 0
    file = tmp_path / "weak.txt"
    file.write_text(f"{weak}\n", encoding="utf-8")
    made = tmp_path / "made.magdesk"
    for command in (["new", str(made)], ["sample", str(made)], ["load", str(tmp_path / "dump"), str(made)]):
        capsys.readouterr()
        if way == "file":
            code = main([*command, "--passphrase-file", str(file)], {})
        else:
            code = main(command, {"MAGDESK_PASSPHRASE": weak})
        said = capsys.readouterr().err
        assert code == 2, command
        assert len(said.splitlines()) == 2, said
        assert not made.exists()
    change = ["passphrase", str(case)]
    if way == "file":
        code = main([*change, "--new-passphrase-file", str(file)], {"MAGDESK_PASSPHRASE": PHRASE})
    else:
        code = main(change, {"MAGDESK_PASSPHRASE": PHRASE, "MAGDESK_NEW_PASSPHRASE": weak})
    assert code == 2
    assert main(["info", str(case)], {"MAGDESK_PASSPHRASE": PHRASE}) == 0


def test_the_new_one_comes_from_its_variable(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAGDESK_PASSPHRASE", PHRASE)
    monkeypatch.setenv("MAGDESK_NEW_PASSPHRASE", OTHER)
    assert main(["passphrase", str(case)]) == 0
    assert main(["info", str(case)]) == 4
    assert main(["info", str(case)], {"MAGDESK_PASSPHRASE": OTHER}) == 0


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_file_of_another_system_opens_the_case(case: Path, end: str, tmp_path: Path) -> None:
    for data in (
        codecs.BOM_UTF8 + f"{PHRASE}{end}".encode(),
        f"{PHRASE}{end}".encode("utf-16"),
        codecs.BOM_UTF16_BE + f"{PHRASE}{end}".encode("utf-16-be"),
    ):
        (tmp_path / "phrase.txt").write_bytes(data)
        assert main(["info", str(case), "--passphrase-file", str(tmp_path / "phrase.txt")], {}) == 0


def test_a_case_made_when_the_mark_still_counted_opens_with_its_file(tmp_path: Path) -> None:
    path, file = tmp_path / "old.magdesk", tmp_path / "phrase.txt"
    create_old = CaseFile.create(path, f"\ufeff{PHRASE}")
    with create_old.change("Create the case", base=True) as session:
        session.add(Case(title="", created_at=now()))
    create_old.close()
    file.write_bytes(codecs.BOM_UTF8 + PHRASE.encode())
    assert main(["info", str(path), "--passphrase-file", str(file)], {}) == 0
    assert main(["passphrase", str(path), "--passphrase-file", str(file)], {"MAGDESK_NEW_PASSPHRASE": OTHER}) == 0
    assert main(["info", str(path)], {"MAGDESK_PASSPHRASE": OTHER}) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["info", "case.magdesk", "--passphrase", "hunter2"],
        ["info", "case.magdesk", "--passphrase=hunter2"],
        ["info", "--passphrase", "hunter2", "case.magdesk"],
        ["--passphrase", "hunter2", "info", "case.magdesk"],
        ["info", "case.magdesk", "--passphrase"],
        ["passphrase", "case.magdesk", "--new-passphrase", "hunter2"],
        ["new", "case.magdesk", "--password", "hunter2"],
    ],
)
def test_no_passphrase_stands_among_the_arguments(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments, {})
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert "--passphrase-file" in said
    assert "history of the shell" in said
    assert "hunter2" not in said


def test_the_window_refuses_it_too(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        window_arguments(["case.magdesk", "--passphrase", "hunter2"])
    said = capsys.readouterr().err
    assert "history of the shell" in said
    assert "hunter2" not in said


def test_no_option_is_guessed_from_its_beginning(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        ["info", "x", "--passphrase-f", "y"],
        ["info", "x", "--js"],
        ["dump", "x", "--to", "y", "--ye"],
        ["--vers"],
        ["export", "x", "--to", "y", "--dra"],
    ):
        with pytest.raises(SystemExit) as stopped:
            build_parser().parse_args(arguments)
        assert stopped.value.code == 2, arguments
    with pytest.raises(SystemExit) as stopped:
        window_arguments(["x", "--verb"])
    assert stopped.value.code == 2
    capsys.readouterr()


def test_help_says_where_they_come_from(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help"], ["passphrase", "--help"]):
        with pytest.raises(SystemExit):
            main(arguments)
        said = capsys.readouterr().out
        assert "MAGDESK_PASSPHRASE" in said
        assert "MAGDESK_NEW_PASSPHRASE" in said
        assert "--new-passphrase-file" in said
        assert "--password" not in said
