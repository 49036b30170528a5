"""The name of a protected witness inside of exhibits: it stops a final export, and no file of theirs is delivered."""

from __future__ import annotations

import io
import json
import os
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import select

from magdesk import paths
from magdesk.casefile import CaseFile
from magdesk.errors import ExportError
from magdesk.model import Party
from magdesk.regimes import Law, load_law
from magdesk.services.checking import check_case
from magdesk.services.dump.folder import load_case
from magdesk.services.export import export_packet
from tests.shared import SAMPLE_DAY, SAMPLE_PASSPHRASE

NAME = "José Núñez Quiroga"


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law([paths.resource()])


def _mail() -> bytes:
    mail = EmailMessage()
    mail["From"] = f"{NAME} <x@mail.example>"
    mail["To"] = "clinic@clinic.example"
    mail["Subject"] = "What I saw"
    mail.set_content("I saw the cells.")
    return bytes(mail)


def _workbook() -> bytes:
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Paid to", "Amount"])
    sheet.append([NAME, 12])
    sheet.append(["Somebody else", 13])
    sheet.row_dimensions[2].hidden = True
    book.save(out)
    return out.getvalue()


def _pdf() -> bytes:
    """A statement with the name outside of what is shown, under a black bar, and in a bookmark."""
    drawn, out = io.BytesIO(), io.BytesIO()
    canvas = Canvas(drawn, pagesize=(400, 400))
    canvas.drawString(50, 200, "I saw the cells.")
    canvas.drawString(50, 380, f"Interview with {NAME}")
    canvas.bookmarkPage("name")
    canvas.addOutlineEntry(f"Statement of {NAME}", "name")
    canvas.save()
    with pikepdf.open(drawn) as pdf:
        pdf.pages[0].CropBox = pikepdf.Array([0, 0, 400, 300])
        pdf.save(out)
    return out.getvalue()


def _barred() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 400))
    canvas.drawString(50, 200, f"I, {NAME}, saw the cells.")
    canvas.rect(45, 190, 200, 25, fill=1)
    canvas.save()
    return out.getvalue()


FILES = {"mail.eml": _mail, "pay.xlsx": _workbook, "cropped.pdf": _pdf, "barred.pdf": _barred}


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case whose exhibits name the witness where a reader of the page does not see it."""
    folder = tmp_path_factory.mktemp("named")
    (folder / "evidence").mkdir()
    for name, make in FILES.items():
        (folder / "evidence" / name).write_bytes(make())
    dossier: dict[str, Any] = {
        "format": "magdesk-dossier",
        "version": 1,
        "case": {"title": "Cells", "country": "Generica", "filing_date": "2026-12-09"},
        "authority": [{"id": "a1", "regime": "us-glomag"}],
        "party": [
            {"id": "p1", "kind": "person", "short_name": "Doe"},
            {"id": "w1", "kind": "person", "pseudonym": "Witness A", "protected": True},
        ],
        "name": [
            {"id": "n1", "party_id": "p1", "text": "John Doe", "kind": "primary"},
            {"id": "m1", "party_id": "w1", "text": NAME, "kind": "primary"},
        ],
        "target": [{"id": "t1", "party_id": "p1", "role": "Colonel."}],
        "evidence": [
            {
                "id": f"e{number}", "title": f"Paper {number}", "file": f"evidence/{name}", "speaker_id": "w1",
                "access": "confidential", "source_type": "statement",
            }
            for number, name in enumerate(FILES, 1)
        ],
        "fact": [{"id": "f1", "text": "He did it.", "date": "2024-03-05"}],
        "citation": [
            {"id": f"c{number}", "evidence_id": f"e{number}", "fact_id": "f1", "pinpoint_kind": "whole"}
            for number in range(1, 5)
        ],
    }  # fmt: skip
    (folder / "dossier.json").write_text(json.dumps(dossier), encoding="utf-8")
    path = folder / "named.magdesk"
    load_case(folder, path, SAMPLE_PASSPHRASE).close()
    return path


def test_every_place_in_which_a_name_hides_stops_a_final_export(named: Path, tmp_path: Path, law: Law) -> None:
    with CaseFile.open(named, SAMPLE_PASSPHRASE, backups=False, read_only=True) as case:
        result = export_packet(case, tmp_path / "final", law=law, date=SAMPLE_DAY)
    assert result.folder is None
    stops = [one for one in result.blocking if one.code == "N01"]
    # Exhibit 3 has the name outside of what is shown of its page.
    assert [one.place.label for one in stops] == ["Exhibit 1", "Exhibit 2", "Exhibit 3", "Exhibit 4"]
    assert all("Witness A" in one.sentence and "Quiroga" not in one.sentence for one in stops)


def test_no_file_of_a_protected_speaker_leaves_and_no_bookmark_names_them(
    named: Path, tmp_path: Path, law: Law
) -> None:
    packet = tmp_path / "draft"
    with CaseFile.open(named, SAMPLE_PASSPHRASE, backups=False, read_only=True) as case:
        result = export_packet(case, packet, law=law, date=SAMPLE_DAY, draft=True, formats=("pdf",))
    assert result.folder == packet
    assert not (packet / "04-native").exists()
    said = (packet / "packet.json").read_text(encoding="utf-8")
    assert "Quiroga" not in said
    exhibits = json.loads(said)["exhibits"]
    # The papers are shown as they are; of the mail and the workbook the packet would hold the files.
    assert [one.get("withheld", False) for one in exhibits] == [True, True, False, False]
    assert ["withheld" in " ".join(one["notes"]) for one in exhibits] == [True, True, False, False]
    with pikepdf.open(packet / "03-exhibits.pdf") as pdf, pdf.open_outline() as outline:
        titles = [child.title for item in outline.root for child in (item, *item.children)]
    assert "Statement of Witness A" in titles
    assert not any("Quiroga" in title for title in titles)


def test_the_reported_situation(tmp_path: Path, law: Law) -> None:
    root = os.environ.get("MAGDESK_TEST_DATA")
    folder = Path(root or "", "situations", "05-exhibit-text-names-protected")
    if not root or not folder.is_dir():
        pytest.skip("MAGDESK_TEST_DATA is not set or lacks situations")
    with load_case(folder, tmp_path / "c.magdesk", SAMPLE_PASSPHRASE) as case:
        found = [one for one in check_case(case, law, SAMPLE_DAY) if one.code == "N01"]
    assert [one.severity.value for one in found] == ["block"]
    assert "Exhibit 2 contains a name of Witness A" in found[0].sentence
    assert "page 1" in found[0].sentence


def _commented() -> bytes:
    book, out = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Paid to", "Amount"])
    sheet["A1"].comment = Comment(f"ask {NAME}", "clinic")
    book.save(out)
    return out.getvalue()


def test_a_native_that_names_where_no_page_shows_it_stops_a_final_export(
    law: Law, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "pay.xlsx").write_bytes(_commented())
    dossier: dict[str, Any] = {
        "format": "magdesk-dossier",
        "version": 1,
        "case": {"title": "Cells", "country": "Generica", "filing_date": "2026-12-09"},
        "authority": [{"id": "a1", "regime": "us-glomag"}],
        "party": [{"id": "w1", "kind": "person", "pseudonym": "Witness A", "protected": True}],
        "name": [{"id": "m1", "party_id": "w1", "text": NAME, "kind": "primary"}],
        "evidence": [
            {"id": "e1", "title": "Payments", "file": "evidence/pay.xlsx", "source_type": "financial_record"}
        ],
        "fact": [{"id": "f1", "text": "He did it.", "date": "2024-03-05"}],
        "citation": [{"id": "c1", "evidence_id": "e1", "fact_id": "f1", "pinpoint_kind": "whole"}],
    }
    (tmp_path / "dossier.json").write_text(json.dumps(dossier), encoding="utf-8")
    load_case(tmp_path, tmp_path / "native.magdesk", SAMPLE_PASSPHRASE).close()
    monkeypatch.setattr("magdesk.services.export.blocking", lambda _findings: [])  # what else is missing is no matter
    with CaseFile.open(tmp_path / "native.magdesk", SAMPLE_PASSPHRASE) as case:
        with pytest.raises(ExportError, match=r"Exhibit 1 .* holds a name .* Witness A"):
            export_packet(case, tmp_path / "out", law=law, date=SAMPLE_DAY, formats=("pdf",))
        assert not (tmp_path / "out").exists()
        with case.change("Nobody hides") as session:
            for party in session.scalars(select(Party)):
                party.protected = False
        export_packet(case, tmp_path / "out", law=law, date=SAMPLE_DAY, formats=("pdf",))
        assert list((tmp_path / "out" / "04-native").iterdir())
