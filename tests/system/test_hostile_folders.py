"""Folders that a stranger filled: links, pipes, devices, names that are no text, lists that no memory holds."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from magdesk.casefile import CaseFile
from magdesk.casefile.custody import CustodyEvent
from magdesk.cli.program import main
from magdesk.errors import ExitCode, InputError
from magdesk.model import Evidence
from magdesk.packet.verify import verify_packet
from magdesk.plainfiles import name_bytes, readable_name
from magdesk.services.dump.folder import load_case
from magdesk.services.evidence.adding import add_paths
from tests.casefile.cases import make_case

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="links, pipes and byte names as Linux has them")


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    """A new case, open."""
    with make_case(tmp_path / "generica.magdesk") as opened:
        yield opened


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file that nobody named."""
    path = tmp_path / "secret.txt"
    path.write_text("the key of the office")
    return path


# ------------------------------------------------------------------------------------------------- adding


def test_links_in_a_folder_are_told_and_not_followed(case: CaseFile, tmp_path: Path, secret: Path) -> None:
    folder = tmp_path / "evidence"
    (folder / "below").mkdir(parents=True)
    (folder / "letter.txt").write_text("A letter.")
    (folder / "same.txt").symlink_to("letter.txt")
    (folder / "out.txt").symlink_to(secret)
    (folder / "below" / "up").symlink_to(tmp_path)
    (folder / "nowhere").symlink_to("missing")
    (folder / "circle").symlink_to("circle")
    report = add_paths(case, [folder])
    assert [item.title for item in report.taken] == ["letter"]
    assert sorted(one.name for one in report.refused) == ["circle", "nowhere", "out.txt", "up"]
    assert all("not followed" in one.reason for one in report.refused)


def test_a_link_that_is_named_itself_is_meant(case: CaseFile, tmp_path: Path, secret: Path) -> None:
    (tmp_path / "link.txt").symlink_to(secret)
    assert len(add_paths(case, [tmp_path / "link.txt"]).taken) == 1


def test_pipes_and_devices_in_a_folder_cost_nothing(case: CaseFile, tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    folder.mkdir()
    os.mkfifo(folder / "pipe")
    (folder / "letter.txt").write_text("A letter.")
    report = add_paths(case, [folder])
    assert (len(report.taken), [one.name for one in report.refused]) == (1, ["pipe"])


def test_a_name_that_is_no_text_keeps_its_bytes_in_custody(case: CaseFile, tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    folder.mkdir()
    raw = "приказ.txt".encode("cp1251")
    (folder / os.fsdecode(raw)).write_text("An order.")
    (folder / "приказ 2.txt").write_text("Another order.")
    assert len(add_paths(case, [folder]).taken) == 2
    rows = {row.file_name: row for row in case.session.query(Evidence)}
    row = rows.pop("%EF%F0%E8%EA%E0%E7.txt")
    assert [detail.value for detail in row.details if detail.name == "Bytes of the file name"] == [raw.hex(" ")]
    notes = [entry.note for entry in case.custody(row.id) if entry.kind == CustodyEvent.RECEIVED]
    assert any(raw.hex(" ") in note for note in notes)
    (other,) = rows.values()
    assert other.file_name == "приказ 2.txt"
    assert not any("in bytes" in entry.note for entry in case.custody(other.id))
    assert case.verify() == []


def test_a_readable_name_gives_the_bytes_back() -> None:
    name = os.fsdecode(b"a\xff\xfe.txt")
    assert readable_name(name) == "a%FF%FE.txt"
    assert bytes.fromhex(name_bytes(name)) == b"a\xff\xfe.txt"
    assert (readable_name("приказ.txt"), name_bytes("приказ.txt")) == ("приказ.txt", "")


# ------------------------------------------------------------------------------------------------ loading


def dossier(folder: Path, file: str = "evidence/a.txt") -> None:
    (folder / "evidence").mkdir(parents=True, exist_ok=True)
    rows = {
        "format": "magdesk-dossier",
        "version": 1,
        "case": {"title": "T"},
        "evidence": [{"id": "a", "file": file}],
    }
    (folder / "dossier.json").write_text(json.dumps(rows))


PLANTED = ("evidence/a.txt", "dossier.json", "custody.jsonl", "evidence", "beside")


@pytest.mark.parametrize("planted", PLANTED)
def test_a_dump_with_a_link_is_refused(
    planted: str, tmp_path: Path, secret: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, elsewhere = tmp_path / "dump", tmp_path / "elsewhere"
    dossier(folder)
    dossier(elsewhere)
    (elsewhere / "evidence" / "a.txt").write_text("x")
    (folder / "evidence" / "a.txt").write_text("x")
    target = elsewhere / planted if (elsewhere / planted).exists() else secret
    if (folder / planted).is_dir():
        shutil.rmtree(folder / planted)
    (folder / planted).unlink(missing_ok=True)
    (folder / planted).symlink_to(target)
    phrase = tmp_path / "phrase"
    phrase.write_text("seven unlikely violet tram lanterns")
    to = tmp_path / "new.magdesk"
    assert main(["load", str(folder), str(to), "--passphrase-file", str(phrase)]) == ExitCode.INPUT
    assert "links, which are not followed" in capsys.readouterr().err
    assert not to.exists()


@pytest.mark.parametrize(
    "name", ["../secret.txt", "evidence/../../secret.txt", "/etc/hostname", "evidence/pipe", "a\x00b"]
)
def test_a_dossier_that_names_what_is_no_file_of_it_is_refused(name: str, tmp_path: Path, secret: Path) -> None:
    dossier(tmp_path / "dump", name)
    os.mkfifo(tmp_path / "dump" / "evidence" / "pipe")
    with pytest.raises(InputError):
        load_case(tmp_path / "dump", tmp_path / "new.magdesk", "seven unlikely violet tram lanterns")
    assert not (tmp_path / "new.magdesk").exists()
    assert secret.exists()


# ---------------------------------------------------------------------------------------------- verifying


def packet(folder: Path, **manifest: object) -> Path:
    folder.mkdir()
    (folder / "packet.json").write_text(json.dumps(manifest))
    (folder / "SHA256SUMS").write_text("")
    return folder


def test_links_pipes_and_devices_in_a_packet_are_told(tmp_path: Path, secret: Path) -> None:
    folder = packet(tmp_path / "packet")
    (folder / "01-submission.pdf").symlink_to(secret)
    (folder / "04-native").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.pdf")
    (folder / os.fsdecode(b"\xff.pdf")).write_bytes(b"x")
    told = verify_packet(folder)
    assert "01-submission.pdf is a link and was not followed; a packet contains no links." in told
    assert "04-native is a link and was not followed; a packet contains no links." in told
    assert "pipe.pdf is not an ordinary file and was not opened." in told
    assert not any("secret" in one for one in told)


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/hostname", "a/../../secret.txt", "01-submission.pdf"])
def test_a_list_that_climbs_out_reads_nothing(name: str, tmp_path: Path, secret: Path) -> None:
    folder = packet(tmp_path / "packet")
    (folder / "SHA256SUMS").write_text(f"{'0' * 64}  {name}\n")
    told = verify_packet(folder)
    assert told
    assert not any("was changed" in one for one in told), "it was not read to be compared"
    assert secret.exists()


def exhibit(pages: int) -> dict[str, object]:
    return {
        "number": 1, "title": "x", "media_type": "x", "size": 1, "sha256": "0" * 64, "duration": None,
        "cover_page": 1, "first_page": 2, "pages": pages,
        "bates_first": "A-0001", "bates_last": "A-0002", "native": "", "reason": "",
        "notes": [],
    }  # fmt: skip


def manifest(pages: int = 2, index: int = 0, own: int = 1, start: int = 1) -> dict[str, object]:
    return {
        "format": "magdesk-packet", "version": 1, "program": "x", "case": {"title": "x", "reference": ""},
        "authorities": [], "date": "2026-01-01", "options": {"draft": False, "formats": ["pdf"]},
        "bundle": {"pages": pages, "index_pages": index, "bates": {"prefix": "A", "digits": 4, "start": start}},
        "exhibits": [exhibit(own)], "files": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        manifest(own=10**15),
        manifest(index=10**15),
        manifest(pages=10**18),
        manifest(start=10**4000),
        manifest(start=9999),
    ],
)
def test_counts_that_no_memory_holds_end_in_a_sentence(wrong: dict[str, object], tmp_path: Path) -> None:
    folder = packet(tmp_path / "packet", **wrong)
    (folder / "03-exhibits.pdf").write_bytes(b"%PDF-1.4")
    told = verify_packet(folder)
    assert any("packet.json" in one for one in told)


def test_a_manifest_of_any_size_or_depth_ends_in_a_sentence(tmp_path: Path) -> None:
    folder = packet(tmp_path / "packet")
    for text in ("[" * 200_000, '{"a":' * 100_000, "1" * 200_000, '{"bundle": null, "exhibits": 5}', "\ufeff{}"):
        (folder / "packet.json").write_text(text)
        assert any("packet.json" in one for one in verify_packet(folder))
    for name in ("packet.json", "SHA256SUMS"):
        with (folder / name).open("wb") as stream:
            stream.truncate(65 << 20)
        assert any(f"{name} is too large" in one for one in verify_packet(folder))
