"""What leaves the case is checked before and entered after: through the services and the command line."""

from __future__ import annotations

import io
import json
from datetime import date, datetime, tzinfo
from pathlib import Path

import pytest

from magdesk.casefile import CaseFile, keys
from magdesk.casefile.connection import connect
from magdesk.cli import main
from magdesk.errors import ExportError
from magdesk.model import Citation, Evidence, Fact
from magdesk.regimes import load_law
from magdesk.services.export import export_packet
from magdesk.services.lawupdates import accept_update, examine_update, key_in, trust
from magdesk.services.proofs.opentimestamps import MAGIC
from tests.casefile.cases import FAST, PASSPHRASE, make_case, reopen
from tests.lawmaker import Maker

PHRASE = "four words make sense"


def fill(case: CaseFile) -> Evidence:
    """One exhibit, cited."""
    info = case.blobs.put(io.BytesIO(b"The witness saw it."))
    item = Evidence(
        title="Witness note", sha256=info.sha256, size=info.size, media_type="text/plain", file_name="note.txt"
    )
    fact = Fact(text="It was seen.")
    with case.change("Fill") as session:
        session.add_all([item, fact, Citation(fact_id=fact.id, evidence_id=item.id)])
    return item


def damage(path: Path, passphrase: str = PASSPHRASE) -> None:
    raw = connect(path, keys.derive_key(passphrase, keys.file_salt(path), FAST))
    raw.execute("UPDATE chunk SET data = zeroblob(length(data))")
    raw.close()


def test_an_export_over_damaged_bytes_fails_and_names_the_exhibit(tmp_path: Path) -> None:
    path = tmp_path / "case.magdesk"
    with make_case(path) as case:
        fill(case)
    damage(path)
    with (
        reopen(path) as case,
        pytest.raises(ExportError, match=r"Exhibit 1 \(“.*Witness note.*damaged"),
    ):
        export_packet(case, tmp_path / "packet", law=load_law(), date=date(2026, 12, 1), draft=True)
    assert not (tmp_path / "packet").exists()


@pytest.fixture
def case_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case for the command line, closed, with one exhibit."""
    monkeypatch.setenv("MAGDESK_PASSPHRASE", PHRASE)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    path = tmp_path / "case.magdesk"
    assert main(["new", str(path), "--title", "Generica", "--authority", "us-glomag"]) == 0
    with CaseFile.open(path, PHRASE, backups=False) as case:
        fill(case)
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> object:
    capsys.readouterr()
    assert main([*map(str, arguments), "--json"]) == code
    return json.loads(capsys.readouterr().out)


def ledger(capsys: pytest.CaptureFixture[str], path: Path, *more: str) -> list[str]:
    events = run(capsys, "custody", path, *more)
    assert isinstance(events, list)
    return [event["what"] for event in events]


def test_the_command_line_enters_exports_and_checks(
    case_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "verify", case_path, "--no-record")
    assert ledger(capsys, case_path) == ["Received", "Digest taken"]
    run(capsys, "verify", case_path)
    run(capsys, "export", case_path, "--to", tmp_path / "packet", "--draft", "--formats", "pdf")
    assert ledger(capsys, case_path)[2:] == ["Contents verified", "Exported", "Exported"]
    with CaseFile.open(case_path, PHRASE, backups=False) as case:
        digest = case.custody()[0].output
        events = [entry.kind for entry in case.custody()]
    assert events.count("exported") == 2
    assert ledger(capsys, case_path, "--item", digest[:8])[-1] == "Exported"
    capsys.readouterr()
    assert main(["custody", str(case_path), "--item", "ffff0000ffff"]) == 2
    assert main(["custody", str(case_path)]) == 0
    assert "Digest taken" in capsys.readouterr().out


def test_what_cannot_be_entered_is_said(case_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with CaseFile.open(case_path, PHRASE, backups=False):
        capsys.readouterr()
        assert main(["verify", str(case_path)]) == 0
        assert "not recorded in the custody ledger" in capsys.readouterr().err
    assert len(ledger(capsys, case_path)) == 2


def test_hash_lists_and_timestamps_from_the_command_line(
    case_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    data = run(capsys, "hashes", case_path, "--to", out / "root.txt")
    assert isinstance(data, dict)
    assert (out / "root.txt").read_text() == data["root"] + "\n"
    assert (out / "root-sha256.txt").exists()
    with CaseFile.open(case_path, PHRASE, backups=False) as case:
        digest = case.custody()[0].output
    bitcoin = bytes.fromhex("0588960d73d71901") + b"\x03\xf7\xef\x15"
    proof = tmp_path / "note.ots"
    proof.write_bytes(MAGIC + b"\x01\x08" + bytes.fromhex(digest) + b"\x08\x00" + bitcoin)
    taken = run(capsys, "timestamp", case_path, "--import", proof)
    assert isinstance(taken, list)
    assert taken[0]["standing"] == "read"
    assert "block 358391" in taken[0]["sentence"]
    assert run(capsys, "timestamp", case_path) == taken
    assert main(["timestamp", str(case_path), "--import", str(tmp_path / "gone.tsr")]) == 2
    assert main(["timestamp", str(case_path), "--import", str(out / "root.txt")]) == 3
    assert main(["verify", str(case_path)]) == 0


def test_a_hash_list_after_midnight_is_of_the_last_day_on_which_something_came(
    case_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Later(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Later:
            return cls(2099, 1, 1, tzinfo=tz)

    monkeypatch.setattr("magdesk.cli.commands.custody.datetime", Later)
    data = run(capsys, "hashes", case_path, "--to", tmp_path / "root.txt")
    assert isinstance(data, dict)
    with CaseFile.open(case_path, PHRASE, backups=False) as case:
        assert data["day"] == case.custody()[0].moment.date().isoformat()


def test_packet_and_ledger_say_with_which_law_a_packet_was_made(
    case_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def exported(name: str) -> tuple[dict[str, str], str]:
        run(
            capsys,
            "export",
            case_path,
            "--to",
            tmp_path / name,
            "--draft",
            "--formats",
            "pdf",
            "--date",
            "2026-12-21",
        )
        events = run(capsys, "custody", case_path)
        assert isinstance(events, list)
        made = json.loads((tmp_path / name / "packet.json").read_text("utf-8"))
        return made["law"], next(one["detail"] for one in events if one["detail"].startswith(f"{name};"))

    law, note = exported("before")
    assert law == {"as_of": "2026-11-30", "sha256": load_law().state.digest}
    assert note.endswith(f"; law of 2026-11-30, digest {law['sha256'][:16]}")
    maker = Maker(tmp_path)
    key, name = key_in(maker.public)
    trust(key, key.fingerprint, name)
    update = maker.changed("us-glomag", ('short = "Global Magnitsky"', 'short = "GloMag"'))
    accept_update(examine_update(update, date(2026, 12, 21)))
    after, note = exported("after")
    assert after == {"as_of": "2026-12-20", "sha256": load_law().state.digest}
    assert after["sha256"] != law["sha256"]
    assert note.endswith(f"; law of 2026-12-20, digest {after['sha256'][:16]}")
