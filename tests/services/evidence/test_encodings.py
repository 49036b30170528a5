"""A text is read in the encoding that fits the case, or that a person chose: index, exhibit page and viewer alike."""

from __future__ import annotations

import dataclasses
import io
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from sqlalchemy import select

from magdesk.casefile import CaseFile
from magdesk.cli import main
from magdesk.errors import ExitCode, UserError
from magdesk.intake.knownencoding import KnownEncoding
from magdesk.intake.rendering import Renderer, StoredFile
from magdesk.model import Case, Citation, Evidence, Fact
from magdesk.services.dump.folder import dump_case, load_case
from magdesk.services.evidence.adding import add_paths
from magdesk.services.evidence.encoding import case_languages, checked_encoding, known_encoding
from magdesk.services.evidence.report import Taken
from magdesk.services.evidence.rereading import read_as, reread
from magdesk.services.evidence.storing import Taker
from magdesk.services.search import search_case
from magdesk.values import now

PHRASE = "seven owls watch the empty harbour"
TURKISH = "Tanık Işık Yağmur, Şişli ilçesinde gözaltına alındı."
CZECH = "Antonín Dvořák"
ARABIC = "شهادة السيد أحمد"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    with CaseFile.create(tmp_path / "case.magdesk", PHRASE, backups=False) as made:
        with made.change("case") as session:
            session.add(Case(title="Generica", created_at=now()))
        yield made


def add(case: CaseFile, folder: Path, name: str, data: bytes, **more: str) -> Evidence:
    path = folder / name
    path.write_bytes(data)
    with case.writer_lane():
        report = add_paths(case, [path], **more)  # type: ignore[arg-type]
        (item,) = report.taken
    row = case.session.get(Evidence, item.id)
    assert row is not None
    return row


def indexed(case: CaseFile, row: Evidence, words: str) -> bool:
    return any(result.key == row.id for result in search_case(case, words, 20))


def test_whoever_works_in_the_window_saves_while_an_item_is_read_again(
    case: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = add(case, tmp_path, "tanik.txt", TURKISH.encode("cp1254"))
    reading, saved = threading.Event(), threading.Event()
    really = Taker.read

    def slowly(*args: Any, **more: Any) -> Taken:
        reading.set()
        assert saved.wait(30), "the window had to wait for the reading"
        return really(*args, **more)

    monkeypatch.setattr(Taker, "read", slowly)

    def work() -> None:
        with case.writer_lane():
            read_as(case, key, "cp1254")

    key = row.id
    thread = threading.Thread(target=work)
    thread.start()
    assert reading.wait(30)
    with case.change("Meanwhile") as session:
        session.scalars(select(Case)).one().title = "Saved meanwhile"
    saved.set()
    thread.join(30)
    case.catch_up()
    case.session.expire_all()
    assert case.session.scalars(select(Case)).one().title == "Saved meanwhile"
    assert known_encoding(row.details) == KnownEncoding("cp1254", chosen=True)


def test_a_choice_of_a_person_rules_index_note_and_details_and_can_be_taken_back(
    case: CaseFile, tmp_path: Path
) -> None:
    row = add(case, tmp_path, "tanik.txt", TURKISH.encode("cp1254"), encoding="cp1251")
    assert known_encoding(row.details) == KnownEncoding("cp1251", chosen=True)
    assert "which a person chose" in row.reading_note
    assert not indexed(case, row, "Yağmur")
    for name in ("cp1254", "Windows-1254"):
        with case.writer_lane():
            read_as(case, row.id, name)
        case.session.expire_all()
        assert known_encoding(row.details) == KnownEncoding("cp1254", chosen=True)
        assert indexed(case, row, "Yağmur")
    with case.writer_lane():
        reread(case, row.id)
    assert known_encoding(row.details).chosen  # a choice stays when the item is read again
    with case.writer_lane():
        read_as(case, row.id, "")
    case.session.expire_all()
    assert not known_encoding(row.details).chosen
    assert "which is a guess" in row.reading_note
    assert case.undo() is not None
    case.session.expire_all()
    assert known_encoding(row.details).chosen


def test_what_is_no_encoding_or_no_text_is_refused(case: CaseFile, tmp_path: Path) -> None:
    row = add(case, tmp_path, "a.bin", b"\x00\x01\x02\x03" * 40)
    with pytest.raises(UserError, match="no text file"):
        read_as(case, row.id, "cp1254")
    for name in ("rot13", "cp9999", "hex", ""):
        with pytest.raises(UserError, match="no encoding that is known"):
            checked_encoding(name)
    assert checked_encoding(" KOI8-R ") == "koi8-r"


def test_the_languages_of_the_case_weigh(case: CaseFile, tmp_path: Path) -> None:
    raw = CZECH.encode("cp1250")
    before = add(case, tmp_path, "first.txt", raw)
    assert indexed(case, before, "Dvoøák")  # as good a word as any, where nobody expects Czech
    with case.change("languages") as session:
        session.add(Evidence(title="x", language="cs"))
    assert case_languages(case) == ("cs",)
    assert case_languages(case, "ar") == ("ar",)
    after = add(case, tmp_path, "second.txt", raw + b"\n")
    assert indexed(case, after, "Dvořák")
    assert not indexed(case, before, "Dvořák")
    with case.change("language") as session:
        found = session.get(Evidence, before.id)
        assert found is not None
        found.language = "cs"
    with case.writer_lane():
        reread(case, before.id)
    assert indexed(case, before, "Dvořák")


def page_of(data: bytes) -> str:
    with pypdfium2.PdfDocument(io.BytesIO(data)) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)


@pytest.mark.parametrize("ending", ["txt", "csv", "html"])
def test_page_and_viewer_read_it_as_the_index_does(ending: str, tmp_path: Path, case: CaseFile) -> None:
    from magdesk.packet.converters import Pages, convert
    from tests.packet.making import exhibit

    data = {"txt": TURKISH, "csv": f"ad,yer\n{TURKISH},Ankara\n", "html": f"<meta charset=cp1251><p>{TURKISH}</p>"}
    raw = data[ending].encode("cp1254")
    row = add(case, tmp_path, f"tanik.{ending}", raw, encoding="cp1254")
    item = exhibit(1, raw, row.media_type, file_name=row.file_name)
    from dataclasses import replace

    shown = convert(replace(item, encoding=known_encoding(row.details)))
    assert isinstance(shown, Pages)
    words = page_of(shown.open().read())
    assert "Işık Yağmur" in words
    assert any("which a person chose" in note for note in shown.notes)
    assert indexed(case, row, "Yağmur")
    if ending == "csv":
        stored = StoredFile("x", row.media_type, row.file_name, len(raw), "", known_encoding(row.details))
        renderer = Renderer()
        try:
            cells = renderer.cells(stored, lambda: io.BytesIO(raw), 0, 0, 5)
        finally:
            renderer.close()
        assert "Yağmur" in str(cells.rows)


def test_a_choice_survives_a_dump(case: CaseFile, tmp_path: Path) -> None:
    row = add(case, tmp_path, "tanik.txt", TURKISH.encode("cp1254"), encoding="cp1251")
    wrong = TURKISH.encode("cp1254").decode("cp1251")
    dump_case(case, tmp_path / "dump")
    with load_case(tmp_path / "dump", tmp_path / "again.magdesk", PHRASE) as again:
        (same,) = again.session.query(Evidence).all()
        assert known_encoding(same.details) == known_encoding(row.details)
        assert indexed(again, same, wrong.split()[0])


def test_the_command_line_chooses_for_new_files_and_for_those_that_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MAGDESK_PASSPHRASE", PHRASE)
    path, text = tmp_path / "c.magdesk", tmp_path / "arabic.txt"
    text.write_bytes(ARABIC.encode("cp1256"))
    assert main(["new", str(path), "--title", "T", "--authority", "us-glomag"]) == 0
    assert main(["add", str(path), str(text), "--encoding", "cp1251"]) == 0
    assert main(["add", str(path), str(text), "--encoding", "Windows-1256"]) == 0
    with CaseFile.open(path, PHRASE, read_only=True) as case:
        (row,) = case.session.query(Evidence).all()
        assert known_encoding(row.details) == KnownEncoding("cp1256", chosen=True)
        assert indexed(case, row, "شهادة")
    capsys.readouterr()
    assert main(["add", str(path), str(text), "--encoding", "nonsense"]) == ExitCode.USAGE
    assert "is no encoding that is known here" in capsys.readouterr().err


def test_the_packet_takes_what_the_item_says(case: CaseFile, tmp_path: Path) -> None:
    """Through the service that exports, with the rows of a snapshot."""
    from datetime import date

    from magdesk.model import Authority
    from magdesk.regimes import load_law
    from magdesk.services.export import export_packet

    row = add(case, tmp_path, "tanik.txt", TURKISH.encode("cp1254"), encoding="cp1254")
    with case.change("fact") as session:
        session.add(Authority(regime="us-glomag", rank=1))
        fact = Fact(text="He was taken.", rank=1)
        fact.citations.append(Citation(evidence=session.get(Evidence, row.id), rank=1))
        session.add(fact)
    export_packet(case, tmp_path / "p", law=load_law(), date=date(2026, 12, 1), draft=True, formats=("pdf",))
    assert "Işık Yağmur" in page_of((tmp_path / "p" / "03-exhibits.pdf").read_bytes())


def letter(kind: str, stated: str, body: str, encoding: str) -> bytes:
    charset = f"; charset={stated}" if stated else ""
    head = f"From: a@b.c\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/{kind}{charset}\r\n"
    return f"{head}Content-Transfer-Encoding: 8bit\r\n\r\n".encode() + body.encode(encoding)


@pytest.mark.parametrize("stated", ["", "iso-8859-1", "utf-8"])
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_a_person_chooses_the_encoding_of_a_message_that_states_none_or_another(
    case: CaseFile, tmp_path: Path, stated: str, kind: str
) -> None:
    from magdesk.packet.converters import Pages, convert
    from tests.packet.making import exhibit

    raw = letter(kind, stated, TURKISH if kind == "plain" else f"<p>{TURKISH}</p>", "cp1254")
    row = add(case, tmp_path, "tanik.eml", raw)
    assert ("is a guess" in row.reading_note) == (stated != "iso-8859-1")
    read_as(case, row.id, "cp1254")
    known = known_encoding(row.details)
    assert known == KnownEncoding("cp1254", chosen=True)
    assert "which a person chose" in row.reading_note
    assert indexed(case, row, "Yağmur")
    found = convert(dataclasses.replace(exhibit(1, raw, row.media_type), encoding=known))
    assert isinstance(found, Pages)
    assert "Işık Yağmur" in page_of(found.open().read())
    assert any("which a person chose" in note for note in found.notes)


def test_a_message_that_states_unicode_and_is_unicode_stays_so(case: CaseFile, tmp_path: Path) -> None:
    row = add(case, tmp_path, "tanik.eml", letter("plain", "utf-8", TURKISH, "utf-8"))
    assert "encoding" not in row.reading_note
    read_as(case, row.id, "cp1251")
    assert indexed(case, row, "Yağmur")
