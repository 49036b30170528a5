"""The gap report as a paper: marked, complete, without a protected name; and what the command line says."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from docx import Document as read_docx

from magdesk import cli
from magdesk.casefile import CaseFile
from magdesk.dates.partialdate import PartialDate
from magdesk.errors import ExportError, UserError
from magdesk.model import Authority, Case, Incident, LegalBasis, Name, Participation, Party, Position, Target
from magdesk.model.incidents import Mode
from magdesk.model.people import EndState
from magdesk.regimes import load_law
from magdesk.services.gap_report import save_gap_report
from magdesk.services.judging import judge_strength, judge_suitability
from magdesk.values import now

PASSPHRASE = "correct horse battery staple"
TODAY = date(2026, 6, 1)
LAW = load_law()


@pytest.fixture(scope="module")
def case_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A general with one incident and one paragraph, and a protected witness whose name stands in a title."""
    path = tmp_path_factory.mktemp("case") / "case.magdesk"
    with CaseFile.create(path, PASSPHRASE, who="tester") as case, case.change("make") as session:
        session.add(Case(title="Camp Oster", country="Generica", created_at=now()))
        session.add(Authority(regime="us-glomag"))
        general = Party()
        witness = Party(protected=True, pseudonym="Witness 3")
        session.add_all([general, witness])
        session.flush()
        session.add(Name(party_id=general.id, text="Ilan Verrodine"))
        session.add(Name(party_id=witness.id, text="Oksana Marchenkova"))
        session.add(
            Position(party_id=general.id, title="Commander", start=PartialDate("2020"), government=True,
                     end_state=EndState.ONGOING)
        )  # fmt: skip
        target = Target(party_id=general.id)
        incident = Incident(title="Beating of Oksana Marchenkova", kind="torture", start=PartialDate("2024-03"))
        session.add_all([target, incident])
        session.flush()
        session.add(LegalBasis(target_id=target.id, regime="us-glomag", prong="HR-1", abuse_type="torture"))
        session.add(Participation(incident_id=incident.id, target_id=target.id, mode=Mode.ORDERED))
    return path


@pytest.fixture
def phrase(tmp_path: Path) -> str:
    file = tmp_path / "phrase"
    file.write_text(PASSPHRASE)
    return str(file)


def page_texts(path: Path) -> list[str]:
    """The text of each page of a PDF."""
    document = pdfium.PdfDocument(path)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()


def docx_text(path: Path) -> str:
    document = read_docx(str(path))
    parts = [paragraph.text for paragraph in document.paragraphs]
    parts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    with zipfile.ZipFile(path) as package:
        heads = [name for name in package.namelist() if re.match(r"word/(header|footer)", name)]
        parts += [re.sub(r"<[^>]+>", "", package.read(name).decode()) for name in heads]
    return " ".join(" ".join(parts).split())


def save(case_path: Path, name: str) -> Path:
    with CaseFile.open(case_path, PASSPHRASE, who="tester", read_only=True) as case:
        return save_gap_report(case, case_path.parent / name, LAW, TODAY)


def test_the_paper_holds_every_gap_and_no_protected_name(case_path: Path) -> None:
    with CaseFile.open(case_path, PASSPHRASE, who="tester", read_only=True) as case:
        report = judge_strength(case, LAW, TODAY).report
    text = docx_text(save(case_path, "gaps.docx"))
    assert report.gaps
    for gap in report.gaps:
        words = gap.sentence.replace("Oksana Marchenkova", "Witness 3")
        assert " ".join(words.split()) in text
    assert "Marchenkova" not in text
    assert "INTERNAL – NOT FOR FILING" in text


def test_each_page_of_the_pdf_is_marked_as_not_for_filing(case_path: Path) -> None:
    path = save(case_path, "gaps.pdf")
    pages = page_texts(path)
    assert len(pages) > 1
    assert all("INTERNAL – NOT FOR FILING" in page for page in pages)
    assert "Marchenkova" not in " ".join(pages)
    assert b"Marchenkova" not in path.read_bytes()


@pytest.mark.parametrize("name", ["gaps.pdf", "gaps.docx"])
def test_the_same_case_gives_the_same_bytes(case_path: Path, name: str) -> None:
    first = save(case_path, name).read_bytes()
    assert save(case_path, name).read_bytes() == first


def test_another_ending_is_refused_and_a_missing_folder_told(case_path: Path) -> None:
    with pytest.raises(UserError):
        save(case_path, "gaps.odt")
    with pytest.raises(ExportError):
        save(case_path, "nowhere/gaps.pdf")
    assert not list(case_path.parent.glob("*.part"))


def test_the_command_line_says_which_authorities_fit(
    case_path: Path, phrase: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["suits", str(case_path), "--passphrase-file", phrase]) == 0
    text = capsys.readouterr().out
    assert "Ilan Verrodine" in text
    assert "Section 7031(c)" in text
    assert cli.main(["suits", str(case_path), "--passphrase-file", phrase, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert {fit["code"] for fit in data[0]["regimes"]} == set(LAW.regimes)
    with CaseFile.open(case_path, PASSPHRASE, who="tester", read_only=True) as case:
        judged = judge_suitability(case, LAW, TODAY)
    assert [fit["code"] for fit in data[0]["regimes"]] == [fit.code for fit in judged[0].regimes]


def test_the_command_line_says_what_is_missing(
    case_path: Path, phrase: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = case_path.with_name("report.pdf")
    assert cli.main(["gaps", str(case_path), "--passphrase-file", phrase, "--to", str(out)]) == 0
    assert out.read_bytes().startswith(b"%PDF")
    captured = capsys.readouterr()
    assert "Blocks the filing" in captured.out
    assert "not for filing" in captured.err
    assert cli.main(["gaps", str(case_path), "--passphrase-file", phrase, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [gap["effect"] for gap in data["gaps"]] == sorted(gap["effect"] for gap in data["gaps"])


def test_the_command_line_runs_the_five_minute_test(
    case_path: Path, phrase: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["glance", str(case_path), "--passphrase-file", phrase]) == 1
    text = capsys.readouterr().out
    assert "NO  1. Who exactly?" in text
    assert "missing: date of birth" in text
    assert "yes 2. Which paragraph?" in text
