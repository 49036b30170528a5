"""``magdesk law``: what it lists, what it asks before an update counts, and its exit codes."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from magdesk import paths
from magdesk.cli import main
from magdesk.regimes import load_law
from magdesk.regimes.kept import kept_file

SECRET = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
DAY = "2026-12-20"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    file = tmp_path / "key"
    file.write_bytes(SECRET.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()))
    public = SECRET.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
    (tmp_path / "key.pub").write_bytes(public + b" The Coalition\n")
    return file


@pytest.fixture
def update(key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    source = tmp_path / "source" / "regimes"
    source.mkdir(parents=True)
    text = paths.resource("regimes", "eu-ghrsr.toml").read_text("utf-8")
    (source / "eu-ghrsr.toml").write_text(text.replace("2026-12-08", "2029-12-08"), "utf-8")
    to = tmp_path / "law-2026-12.magdesk-law"
    made = ["law", "--pack", str(source.parent), "--to", str(to), "--issuer", "The Coalition", "--date", DAY]
    assert main([*made, "--key", str(key), "--note", "The regime was prolonged."]) == 0
    capsys.readouterr()
    return to


def fingerprint(key: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["law", "--trust", f"{key}.pub"]) == 2
    return next(word for word in capsys.readouterr().err.split() if word.startswith("SHA256:")).rstrip(".")


@pytest.fixture
def trusted(key: Path, update: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["law", "--trust", f"{key}.pub", "--fingerprint", fingerprint(key, capsys)]) == 0
    capsys.readouterr()
    return update


def run(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> tuple[str, str]:
    assert main(["law", *map(str, arguments)]) == code
    found = capsys.readouterr()
    return found.out, found.err


def told(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> Any:
    return json.loads(run(capsys, *arguments, "--json", code=code)[0])


def at_terminal(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("builtins.input", lambda _question: answer)


def test_an_empty_fingerprint_is_no_wish_for_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    out, told = run(capsys, "--distrust", "", code=2)
    assert out == ""
    assert "no key with that fingerprint" in told


def test_the_list_says_of_each_regime_how_current_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    rows = told(capsys, "--list", "--date", "2026-12-09")
    assert [row["regime"] for row in rows] == list(load_law().regimes)
    eu = next(row for row in rows if row["regime"] == "eu-ghrsr")
    assert (eu["as_of"], eu["in_force_until"], eu["next_look"]) == ("2020-12-07", "2026-12-08", "2026-12-08")
    assert (eu["state"], eu["ended"], eu["origin"]) == ("overdue", True, "program")
    ghr = next(row for row in rows if row["regime"] == "uk-ghr")
    assert (ghr["in_force_until"], ghr["state"]) == (None, "fine")
    assert all(row["look_at"] for row in rows)
    text, _ = run(capsys, "--list", "--date", "2026-12-09")
    assert (
        "eu-ghrsr      as of 2020-12-07; ENDED on 2026-12-08; COMPARISON WITH THE OFFICIAL TEXT "
        "OVERDUE since 2026-12-08" in text
    )
    assert "The law is of 2026-11-30 (number 2), as it came with the program." in text
    assert run(capsys, "--date", "2026-12-09")[0] == text


def test_an_update_is_shown_and_counts_after_a_yes(trusted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, err = run(capsys, "--import", trusted, "--date", DAY, code=2)
    assert "The regime was prolonged." in out
    assert "  In force until\n    - 2026-12-08\n    + 2029-12-08" in out
    assert "with --yes" in err
    assert not kept_file().exists()
    done = told(capsys, "--import", trusted, "--date", DAY, "--yes")
    assert done["accepted"]
    assert (done["as_of"], done["issuer"], done["signer"]) == (DAY, "The Coalition", "The Coalition")
    assert {(row["code"], *row["path"], row["old"], row["new"]) for row in done["changes"]} == {
        ("eu-ghrsr", "in_force_until", "2026-12-08", "2029-12-08"),
        ("eu-ghrsr", "next_look", "2026-12-08", "2029-12-08"),
    }
    out, _ = run(capsys, "--list", "--date", DAY)
    assert "from an update by The Coalition" in out
    assert "in force until 2029-12-08; next look 2029-12-08 (update)" in out
    assert "already in use" in run(capsys, "--import", trusted, "--date", DAY)[0]
    run(capsys, "--revert")
    assert not kept_file().exists()
    assert load_law().regimes["eu-ghrsr"].in_force_until == date(2026, 12, 8)


def test_a_person_is_asked(
    trusted: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at_terminal(monkeypatch, "n")
    _, err = run(capsys, "--import", trusted, "--date", DAY, code=130)
    assert "+ 2029-12-08" in err
    assert not kept_file().exists()
    at_terminal(monkeypatch, "y")
    run(capsys, "--import", trusted, "--date", DAY)
    assert kept_file().exists()


def test_bad_updates_end_with_three_and_change_nothing(
    trusted: Path, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = trusted.read_bytes()
    bad = tmp_path / "bad"
    for content, words in (
        (data[data.index(b"{") :], "not signed"),
        (data.replace(b"2029-12-08", b"2039-12-08"), "changed after it was signed"),
        (b"\0" * 1000, "not signed"),
        (b"", "not signed"),
    ):
        bad.write_bytes(content)
        assert words in run(capsys, "--import", bad, "--date", DAY, "--yes", code=3)[1]
    assert "cannot be read" in run(capsys, "--import", tmp_path / "nothing", code=3)[1]
    assert "in the future" in run(capsys, "--import", trusted, "--date", "2026-12-01", "--yes", code=3)[1]
    assert not kept_file().exists()
    run(capsys, "--import", trusted, "--date", DAY, "--yes")
    older = tmp_path / "older"
    made = ["--pack", tmp_path / "source", "--to", older, "--issuer", "X", "--date", "2026-12-10", "--key", key]
    run(capsys, *made)
    before = kept_file().read_bytes()
    assert "--older" in run(capsys, "--import", older, "--date", DAY, "--yes", code=3)[1]
    assert kept_file().read_bytes() == before
    run(capsys, "--import", older, "--date", DAY, "--yes", "--older")
    assert kept_file().read_bytes() != before


def test_a_stranger_is_refused_and_trusted_by_fingerprint(
    update: Path, key: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, err = run(capsys, "--import", update, "--date", DAY, "--yes", code=3)
    assert "not trusted here" in err
    shown = fingerprint(key, capsys)
    assert shown in err
    assert "not the fingerprint" in run(capsys, "--trust", update, "--fingerprint", "SHA256:abc", code=3)[1]
    assert told(capsys, "--signers") == []
    at_terminal(monkeypatch, shown)
    assert told(capsys, "--trust", update, "--name", "Our coalition") == {
        "name": "Our coalition",
        "fingerprint": shown,
    }
    assert told(capsys, "--signers") == [{"name": "Our coalition", "fingerprint": shown, "origin": "own"}]
    run(capsys, "--import", update, "--date", DAY, "--yes")
    assert "Remove the update first" in run(capsys, "--distrust", shown, code=2)[1]
    run(capsys, "--revert")
    run(capsys, "--distrust", shown)
    run(capsys, "--import", update, "--date", DAY, "--yes", code=3)


def test_an_unsigned_update_says_how_to_sign_it(
    update: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "unsigned"
    out, _ = run(capsys, "--pack", tmp_path / "source", "--to", to, "--issuer", "X", "--date", DAY)
    assert f"ssh-keygen -Y sign -n magdesk-law -f KEY {to}" in out
    assert "already exists" in run(capsys, "--pack", tmp_path / "source", "--to", to, "--issuer", "X", code=2)[1]
    run(capsys, "--pack", tmp_path / "source", "--to", tmp_path / "x", code=2)


def test_law_that_does_not_load_can_always_be_taken_back(trusted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "--import", trusted, "--date", DAY, "--yes")
    kept_file().write_bytes(b"rubbish")
    assert "magdesk law --revert" in run(capsys, code=3)[1]
    own = kept_file().parent / "law" / "regimes"
    own.mkdir(parents=True)
    (own / "uk-ghr.toml").write_text("code = 7")
    run(capsys, "--revert")
    assert not kept_file().exists()
    assert "uk-ghr.toml" in run(capsys, code=3)[1]
    (own / "uk-ghr.toml").unlink()
    run(capsys)
