"""The text of scans is read by a program on request: found, marked as read by machine, undone, had again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

from magdesk import paths
from magdesk.casefile import CaseFile
from magdesk.cli import main
from magdesk.errors import Cancelled, ExitCode, UserError
from magdesk.model import Citation, Evidence, Fact
from magdesk.progress import CancelToken
from magdesk.regimes import load_law
from magdesk.services.checking import check_case
from magdesk.services.dump.folder import dump_case, load_case
from magdesk.services.evidence.adding import add_paths
from magdesk.services.evidence.recognition import asked_languages, named_items, recognise, scans
from magdesk.services.evidence.rereading import complete_index
from magdesk.services.evidence.scans import recognised_in, recognised_pages
from magdesk.services.evidence.undone import follow_recognition
from tests import machinereading
from tests.casefile.cases import make_case
from tests.shared import SAMPLE_DAY, SAMPLE_PASSPHRASE


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    with make_case(tmp_path / "c.magdesk") as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A scan of two pages behind one of text, a picture, and a text."""
    machinereading.stand_in(tmp_path / "bin", monkeypatch)
    there = tmp_path / "files"
    there.mkdir()
    pages = []
    for words in ("ORDER", "OF DETENTION"):
        picture = Image.new("L", (600, 200), "white")
        ImageDraw.Draw(picture).text((20, 60), words, fill="black", font=ImageFont.load_default(size=60))
        pages.append(picture)
    pages[0].save(there / "scan.pdf", save_all=True, append_images=pages[1:])
    pages[0].save(there / "photo.png")
    letter = Canvas(str(there / "letter.pdf"), pagesize=(300, 300))
    letter.drawString(20, 200, "The letter of the minister.")
    letter.save()
    with pikepdf.open(there / "letter.pdf") as first, pikepdf.open(there / "scan.pdf") as scan:
        first.pages.extend(scan.pages)
        first.save(there / "mixed.pdf")
    return there


def named(case: CaseFile, name: str) -> Evidence:
    return next(row for row in case.session.query(Evidence) if row.file_name == name)


def found(case: CaseFile, words: str) -> set[tuple[str, int]]:
    keys = {row.id: row.file_name for row in case.session.query(Evidence)}
    return {(keys[hit.key], hit.part) for hit in case.index.search(words) if hit.kind == "evidence"}


def test_what_is_no_text_is_read_and_said_to_be_read_by_machine(case: CaseFile, folder: Path) -> None:
    add_paths(case, [folder])
    wanted = scans(case)
    assert {case.session.get(Evidence, key).file_name for key in wanted} == {"scan.pdf", "photo.png", "mixed.pdf"}  # type: ignore[union-attr]
    told: list[tuple[int, int]] = []
    done = recognise(case, wanted, ("eng", "rus"), progress=lambda at, of, _text="": told.append((at, of)))
    assert all(one.found for one in done)
    assert found(case, "detention") == {
        ("scan.pdf", 1), ("scan.pdf", 2), ("photo.png", 1), ("mixed.pdf", 2), ("mixed.pdf", 3),
    }  # fmt: skip
    assert found(case, "minister") == {("letter.pdf", 1), ("mixed.pdf", 1)}
    mixed = named(case, "mixed.pdf")
    assert (recognised_pages(mixed.details), recognised_in(mixed.details)) == ("2–3", ("eng", "rus"))
    assert mixed.text_layer
    assert not named(case, "scan.pdf").text_layer
    assert "may contain errors" in mixed.reading_note
    assert "no text layer" not in mixed.reading_note
    assert scans(case) == []
    # Pages are what is counted, of all items together, and it only grows.
    assert told == sorted(told)
    assert {of for _at, of in told} == {6}
    assert {at for at, _of in told} == {0, 1, 2, 3, 4, 5, 6}


def test_what_was_read_is_undone_and_done_again_in_the_index_too(case: CaseFile, folder: Path) -> None:
    add_paths(case, [folder])
    mixed = named(case, "mixed.pdf")
    recognise(case, [mixed.id], ("eng",))
    assert case.undo_label == "Read the text of “mixed.pdf” by machine"
    case.undo()
    assert not follow_recognition(case, [mixed.id])
    assert recognised_pages(mixed.details) == ""
    assert found(case, "detention") == set()
    assert found(case, "minister") == {("letter.pdf", 1), ("mixed.pdf", 1)}
    case.redo()
    assert follow_recognition(case, [mixed.id])
    assert complete_index(case) == 1
    assert found(case, "detention") == {("mixed.pdf", 2), ("mixed.pdf", 3)}
    assert not follow_recognition(case, [mixed.id])
    assert case.verify() == []


def test_a_stopped_reading_changes_nothing_of_the_item_that_it_stopped_in(case: CaseFile, folder: Path) -> None:
    add_paths(case, [folder])
    token = CancelToken()
    keys = [named(case, "photo.png").id, named(case, "scan.pdf").id]

    def stop(done: int, total: int, text: str = "") -> None:
        assert text or total
        if done == 2:
            token.cancel()

    with pytest.raises(Cancelled):
        recognise(case, keys, ("eng",), progress=stop, cancel=token)
    assert found(case, "detention") == {("photo.png", 1)}
    assert recognised_pages(named(case, "scan.pdf").details) == ""


def test_words_that_a_program_misread_do_not_block_and_correct_nothing(case: CaseFile, folder: Path) -> None:
    add_paths(case, [folder])
    scan = named(case, "scan.pdf")
    recognise(case, [scan.id], ("eng",))
    quotes = [machinereading.WORDS, machinereading.WORDS.replace("No. 17", "No. 19")]
    with case.change("Cite") as session:
        session.add(Fact(text="A.", citations=[Citation(evidence=scan, pinpoint="1", quote=one) for one in quotes]))
    law = load_law([paths.resource()])
    (finding,) = [one for one in check_case(case, law, SAMPLE_DAY) if one.code == "Q01"]
    assert finding.severity.value == "warn"
    assert "read off" in finding.sentence
    assert finding.correction is None


def test_a_dump_is_read_by_machine_again_or_says_that_it_is_to_be(
    case: CaseFile, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_paths(case, [folder / "scan.pdf"])
    recognise(case, scans(case), ("rus",))
    dump_case(case, tmp_path / "dump")
    with load_case(tmp_path / "dump", tmp_path / "again.magdesk", SAMPLE_PASSPHRASE) as again:
        assert found(again, "detention") == {("scan.pdf", 1), ("scan.pdf", 2)}
        assert recognised_in(named(again, "scan.pdf").details) == ("rus",)
    machinereading.take_away(monkeypatch)
    with load_case(tmp_path / "dump", tmp_path / "without.magdesk", SAMPLE_PASSPHRASE) as without:
        assert found(without, "detention") == set()
        scan = named(without, "scan.pdf")
        assert recognised_pages(scan.details) == ""
        assert "no text layer" in scan.reading_note
        assert scans(without) == [scan.id]


def test_items_are_named_as_a_person_knows_them(case: CaseFile, folder: Path) -> None:
    add_paths(case, [folder])
    scan, photo = named(case, "scan.pdf"), named(case, "photo.png")
    with case.change("Cite") as session:
        session.add(Fact(text="A.", citations=[Citation(evidence=photo)]))
    assert named_items(case, ["1", "SCAN.pdf", photo.sha256[:8]]) == [photo.id, scan.id]
    with pytest.raises(UserError, match="No item is called “7”"):
        named_items(case, ["7"])
    with case.change("Rename") as session:
        session.merge(scan).title = "photo"
    with pytest.raises(UserError, match="More than one"):
        named_items(case, ["photo"])


def test_languages_are_asked_for_as_they_are_there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked_languages("rus, ENG") == ("rus", "eng")
    with pytest.raises(UserError, match="cannot be recognized in: tlh") as told:
        asked_languages("eng+tlh")
    assert "Here are: eng, rus" in str(told.value)
    machinereading.take_away(monkeypatch)
    with pytest.raises(UserError, match="install the free program “tesseract”"):
        asked_languages("eng")


def test_the_command_line_reads_scans(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cli.magdesk"
    monkeypatch.setenv("MAGDESK_PASSPHRASE", SAMPLE_PASSPHRASE)
    assert main(["new", str(path)]) == ExitCode.OK
    assert main(["add", str(path), str(folder)]) == ExitCode.OK
    capsys.readouterr()
    assert main(["reread", str(path), "scan.pdf", "--ocr", "eng"]) == ExitCode.OK
    assert "1 of 1 read by machine" in capsys.readouterr().out
    assert main(["reread", str(path), "--ocr", "eng+rus", "--json"]) == ExitCode.OK
    told = json.loads(capsys.readouterr().out)
    assert {one["name"] for one in told} == {"photo", "mixed"}
    assert main(["reread", str(path), "--ocr", "tlh"]) != ExitCode.OK
    assert "tlh" in capsys.readouterr().err
