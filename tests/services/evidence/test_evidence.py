"""Files come into a case: whole families of them, once each, whatever is wrong with some."""

from __future__ import annotations

import email.message
import errno
import io
import os
import socket
import threading
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from sqlalchemy import select

from magdesk.casefile import CaseFile, KeyCost
from magdesk.dates.partialdate import PartialDate
from magdesk.errors import Cancelled, IntakeError, UserError
from magdesk.model import Evidence
from magdesk.model.evidence import Access
from magdesk.progress import CancelToken
from magdesk.services.evidence.adding import AddReport, add_bytes, add_paths
from magdesk.services.evidence.archives import add_zip_members, unpack_all, zip_members
from magdesk.services.evidence.rereading import complete_index, recognition_languages, reread, unlock
from magdesk.services.evidence.rows import LOCK

FONT = Path(__file__).parents[3] / "resources/fonts/NotoSans-Regular.ttf"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    with CaseFile.create(tmp_path / "c.magdesk", "pass", cost=KeyCost(1024, 1, 1), backups=False) as opened:
        yield opened


def png(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), colour).save(out, "PNG")
    return out.getvalue()


def pdf(**encryption: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out, **encryption)  # type: ignore[arg-type]
    return out.getvalue()


def pdf_with_files(**encryption: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.attachments["letter.eml"] = letter(("photo.png", png()))
        document.save(out, **encryption)  # type: ignore[arg-type]
    return out.getvalue()


def letter(*attachments: tuple[str, bytes], text: str = "Please see the photograph.") -> bytes:
    message = email.message.EmailMessage()
    message["From"], message["To"] = "witness@example.org", "fellow@example.org"
    message["Subject"], message["Date"] = "The photograph", "Tue, 05 Mar 2024 10:00:00 +0200"
    message.set_content(text)
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def rows(case: CaseFile) -> list[Evidence]:
    return list(case.session.scalars(select(Evidence).order_by(Evidence.rank)))


def test_a_letter_comes_in_with_its_attachments_in_one_step(case: CaseFile, tmp_path: Path) -> None:
    inner = letter(("inside.png", png("blue")), text="inner words")
    (tmp_path / "letter.eml").write_bytes(letter(("photo.png", png()), ("forwarded.eml", inner)))
    report = add_paths(case, [tmp_path / "letter.eml"])
    items = {row.file_name: row for row in rows(case)}
    assert set(items) == {"letter.eml", "photo.png", "forwarded.eml", "inside.png"}
    assert items["photo.png"].part_of is items["letter.eml"]
    assert items["inside.png"].part_of is items["forwarded.eml"]
    assert report.children == 3
    assert len(case.history()) == 1
    told = {(detail.section, detail.name): detail.value for detail in items["letter.eml"].details}
    assert told["mail", "Date"] == "2024-03-05 10:00:00+02:00 (2024-03-05 08:00:00 UTC)"
    assert told["attachment", "photo.png"].endswith(items["photo.png"].sha256)
    assert [hit.key for hit in case.index.search("inner words")] == [items["forwarded.eml"].id]
    case.undo()
    assert rows(case) == []


def test_the_same_bytes_come_in_once(case: CaseFile, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png())
    (tmp_path / "b.png").write_bytes(png())
    (tmp_path / "letter.eml").write_bytes(letter(("c.png", png())))
    report = add_paths(case, [tmp_path / "a.png", tmp_path / "b.png", tmp_path / "letter.eml"])
    assert [item.file_name for item in rows(case)] == ["a.png", "letter.eml"]
    assert [(one.path.name, one.title) for one in report.duplicates] == [("b.png", "a")]
    attached = [detail for detail in rows(case)[1].details if detail.section == "attachment"]
    assert attached[0].value.endswith(rows(case)[0].sha256)


def test_one_bad_file_does_not_stop_the_rest(case: CaseFile, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "locked.pdf").write_bytes(pdf(encryption=pikepdf.Encryption(user="u", owner="o")))
    (tmp_path / "note.txt").write_text("words")
    report = add_paths(
        case, [tmp_path / "gone.txt", tmp_path / "empty.txt", tmp_path / "locked.pdf", tmp_path / "note.txt"]
    )
    assert [one.path.name for one in report.refused] == ["gone.txt", "empty.txt"]
    assert [item.title for item in report.locked] == ["locked"]
    assert len(report.taken) == 2
    assert any("password" in line for line in report.sentences())


def test_a_cancelled_job_is_continued_without_doubling(case: CaseFile, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(f"note {number}")
    (folder / ".DS_Store").write_bytes(b"x")
    cancel, report = CancelToken(), AddReport()

    def progress(done: int, total: int, text: str = "") -> None:
        assert total == 12
        if done == 5:
            cancel.cancel()

    with pytest.raises(Cancelled):
        add_paths(case, [folder], progress=progress, cancel=cancel, report=report)
    assert 0 < len(report.taken) < 12
    again = add_paths(case, [folder])
    assert len(again.duplicates) == len(report.taken)
    assert [item.file_name for item in rows(case)] == [f"{number:02}.txt" for number in range(12)]


def test_files_come_in_from_another_thread(case: CaseFile, tmp_path: Path) -> None:
    (tmp_path / "letter.eml").write_bytes(letter(("photo.png", png())))
    reports: list[AddReport] = []

    def work() -> None:
        with case.writer_lane():
            reports.append(add_paths(case, [tmp_path / "letter.eml"]))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    case.catch_up()
    assert len(rows(case)) == 2
    assert reports[0].children == 1


def test_a_picture_from_the_clipboard(case: CaseFile) -> None:
    report = add_bytes(case, "Clipboard 2024-03-05.png", png())
    assert report.taken[0].media_type == "image/png"
    assert add_bytes(case, "again", png()).duplicates
    assert add_bytes(case, "nothing", b"").refused


def test_a_bomb_inside_a_letter_costs_the_bomb(case: CaseFile, tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * (700 << 20))
    (tmp_path / "letter.eml").write_bytes(letter(("bomb.docx", out.getvalue()), ("photo.png", png())))
    add_paths(case, [tmp_path / "letter.eml"])
    items = {row.file_name: row for row in rows(case)}
    assert "not opened" in items["bomb.docx"].reading_note
    assert items["photo.png"].width == 30


def test_a_locked_pdf_is_unlocked_and_read(case: CaseFile, tmp_path: Path) -> None:
    (tmp_path / "locked.pdf").write_bytes(pdf(encryption=pikepdf.Encryption(user="geheim", owner="o")))
    add_paths(case, [tmp_path / "locked.pdf"])
    item = rows(case)[0]
    assert item.pages is None
    assert LOCK in [detail.section for detail in item.details]
    with pytest.raises(IntakeError):
        unlock(case, item.id, "wrong")
    assert (item.password, item.pages) == ("", None)
    unlock(case, item.id, "geheim")
    assert item.password == "geheim"
    assert LOCK not in [detail.section for detail in item.details]
    assert rows(case)[0].pages == 1
    assert "password" not in item.reading_note
    reread(case, item.id)
    assert item.pages == 1
    case.undo()
    case.undo()
    assert (rows(case)[0].password, rows(case)[0].pages) == ("", None)


def test_a_locked_spreadsheet_is_unlocked_and_read(case: CaseFile, tmp_path: Path) -> None:
    import openpyxl
    from msoffcrypto.format.ooxml import OOXMLFile  # type: ignore[import-untyped]

    book, plain, locked = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    book.active.append(["transfer", 12000])  # type: ignore[union-attr]
    book.save(plain)
    OOXMLFile(plain).encrypt("geheim", locked)
    (tmp_path / "accounts.xlsx").write_bytes(locked.getvalue())
    report = add_paths(case, [tmp_path / "accounts.xlsx"])
    assert report.locked
    item = rows(case)[0]
    unlock(case, item.id, "geheim")
    assert item.media_type.endswith("spreadsheetml.sheet")
    assert case.index.search("transfer 12000")


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as opened:
        for name, data in members.items():
            opened.writestr(name, data)
    return out.getvalue()


def test_an_archive_is_a_folder(case: CaseFile, tmp_path: Path) -> None:
    members = {"photos/1.png": png(), "photos/2.png": png("blue"), "../../evil.txt": b"harmless", "empty.txt": b""}
    path = tmp_path / "all.zip"
    path.write_bytes(archive(**members))
    assert [(one.name, one.size) for one in zip_members(case, path)] == [
        (name, len(data)) for name, data in members.items()
    ]
    report = add_zip_members(case, path, ["photos/1.png", "../../evil.txt"])
    assert [row.file_name for row in rows(case)] == ["1.png", "evil.txt"]
    assert len(report.taken) == 2
    origin = {detail.name: detail.value for detail in rows(case)[0].details if detail.section == "origin"}
    assert origin["Path inside"] == "photos/1.png"
    assert origin["Taken out of"].startswith("all.zip (SHA-256 ")
    again = add_zip_members(case, path)
    assert (len(again.taken), len(again.duplicates), len(again.refused)) == (1, 2, 1)
    assert not (tmp_path.parent / "evil.txt").exists()


def test_files_out_of_an_archive_that_is_evidence_are_part_of_it(case: CaseFile, tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_bytes(archive(**{"a.png": png(), "b.eml": letter(("c.png", png("blue")))}))
    add_paths(case, [tmp_path / "all.zip"])
    whole = rows(case)[0]
    assert "archive" in whole.reading_note
    with case.change("the archive is nobody's business"):
        whole.access, whole.obtained_from, whole.obtained_on = Access.INTERNAL, "a clerk", PartialDate("2024-03")
    report = add_zip_members(case, whole.id)
    assert (len(report.taken), report.children, report.refused) == (2, 1, [])
    items = {row.file_name: row for row in rows(case)}
    assert [(row.access, row.obtained_from, str(row.obtained_on)) for row in items.values()] == [
        (Access.INTERNAL, "a clerk", "2024-03")
    ] * 4
    assert items["a.png"].part_of is whole
    assert items["c.png"].part_of is items["b.eml"]


@pytest.mark.parametrize("access", list(Access))
def test_what_is_inside_a_locked_item_is_shown_to_nobody_who_may_not_see_the_item(
    case: CaseFile, tmp_path: Path, access: Access
) -> None:
    (tmp_path / "all.pdf").write_bytes(pdf_with_files(encryption=pikepdf.Encryption(user="word", owner="o")))
    add_paths(case, [tmp_path / "all.pdf"])
    (whole,) = rows(case)
    with case.change("who may see it"):
        whole.access, whole.obtained_by, whole.lawfulness = access, "the clinic", "handed over by its author"
    unlock(case, whole.id, "word")
    _whole, letter_inside, photo = rows(case)
    assert (letter_inside.part_of, photo.part_of) == (whole, letter_inside)
    for row in (letter_inside, photo):
        assert (row.access, row.obtained_by, row.lawfulness) == (access, "the clinic", "handed over by its author")


def test_what_is_no_archive_says_so(case: CaseFile, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 rubbish")
    for path in (tmp_path / "x.zip", tmp_path / "gone.zip"):
        with pytest.raises(IntakeError):
            zip_members(case, path)
    report = add_paths(case, [tmp_path / "x.zip"])
    assert "damaged" in report.taken[0].reading_note


@pytest.mark.skipif("eng" not in recognition_languages(), reason="no tesseract with English here")
def test_text_is_recognised_where_the_program_is_there(case: CaseFile, tmp_path: Path) -> None:
    from PIL import ImageDraw, ImageFont

    picture = Image.new("L", (1200, 300), "white")
    ImageDraw.Draw(picture).text((40, 100), "ORDER OF DETENTION", fill="black", font=ImageFont.load_default(size=80))
    picture.save(tmp_path / "scan.tif")
    picture.save(tmp_path / "scan.pdf")
    add_paths(case, [tmp_path / "scan.tif", tmp_path / "scan.pdf"])
    for item in rows(case):
        assert not case.index.search("detention")
        reread(case, item.id, ocr=("eng",))
        assert [hit.part for hit in case.index.search("detention")] == [1]
        assert "may contain errors" in item.reading_note
        assert not item.text_layer
        reread(case, item.id)
    with pytest.raises(UserError):
        reread(case, rows(case)[0].id, ocr=("tlh",))


def test_what_a_crash_kept_out_of_the_index_is_read_again(case: CaseFile, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("the arrest")
    (tmp_path / "other.txt").write_text("the release")
    add_paths(case, [tmp_path])
    note = next(row for row in rows(case) if row.file_name == "note.txt")
    gone = uuid.uuid4()
    case.index.put("evidence", note.id, [])
    case.index.expect("evidence", note.id)
    case.index.expect("evidence", gone)
    assert case.index.search("arrest") == []
    assert complete_index(case) == 2
    assert [hit.key for hit in case.index.search("arrest")] == [note.id]
    assert case.index.owed() == []
    assert complete_index(case) == 0
    assert case.verify() == []


@pytest.mark.skipif("fra" not in recognition_languages(), reason="no tesseract with French here")
def test_a_french_scan_is_found_as_a_person_types_it(case: CaseFile, tmp_path: Path) -> None:
    from PIL import ImageDraw, ImageFont

    picture = Image.new("L", (1500, 420), "white")
    words = "L'été dernier, à côté de l'être\net de son œuvre"
    ImageDraw.Draw(picture).text((40, 60), words, fill="black", font=ImageFont.truetype(FONT, 80))
    picture.save(tmp_path / "scan.pdf", resolution=200)
    add_paths(case, [tmp_path / "scan.pdf"])
    item = rows(case)[0]
    reread(case, item.id, ocr=("fra",))
    for typed in ("été", "ete", "ÉTÉ", "l'été", '"à côté de"', "cote", "etre", "oeuvre", "œuvre"):
        assert [hit.part for hit in case.index.search(typed)] == [1], typed


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name here")
def test_what_is_no_file_is_said_and_never_waited_for(case: CaseFile, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    os.mkfifo(folder / "pipe")
    for name, target in (
        ("circle", "."),
        ("itself", "itself"),
        ("up", ".."),
        ("gone", "nowhere"),
        ("zero", "/dev/zero"),
    ):
        (folder / name).symlink_to(target)
    (folder / "note.txt").write_text("words")
    (folder / "a\u202etxt.exe").write_text("reads as exe.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "s"))
        report = add_paths(case, [folder])
    links = {"itself", "up", "gone", "zero"}
    assert {one.path.name for one in report.refused} == {"pipe", "s", *links}
    for one in report.refused:
        told = "link that leads out of the folder" if one.path.name in links else "This is not a file."
        assert told in one.reason
    assert sorted(row.file_name for row in rows(case)) == ["atxt.exe", "note.txt"]
    (folder / "b\u202etxt.exe").write_bytes(b"")
    assert any(line.startswith("btxt.exe: The file is empty.") for line in add_paths(case, [folder]).sentences())


def test_what_may_not_be_read_is_said(case: CaseFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("closed", "listed"):
        (tmp_path / "files" / name).mkdir(parents=True)
        (tmp_path / "files" / name / "inside.txt").write_text("words")
    (tmp_path / "files" / "note.txt").write_text("open words")
    stat, scandir = Path.stat, os.scandir

    def no_stat(path: Path, **options: bool) -> os.stat_result:
        if path.parent.name == "listed":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return stat(path, **options)

    def no_scandir(path: str) -> object:
        if Path(path).name == "closed":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    # Tests may run as a user whom no permission binds.
    monkeypatch.setattr(Path, "stat", no_stat)
    monkeypatch.setattr(os, "scandir", no_scandir)
    report = add_paths(case, [tmp_path / "files"])
    assert [item.title for item in report.taken] == ["note"]
    reason = "The file cannot be read: Permission denied."
    assert sorted((one.name, one.reason) for one in report.refused) == [("closed", reason), ("inside.txt", reason)]


def test_an_unpacked_chat_is_one_parent_with_its_parts_in_order(case: CaseFile, tmp_path: Path) -> None:
    inner, whole = io.BytesIO(), tmp_path / "chat.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("deep.txt", "deep")
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("00000012-PHOTO.txt.jpg", b"\xff\xd8\xff rest")
        archive.writestr("00000002-AUDIO.opus", b"OggS" + bytes(30))
        archive.writestr("more.zip", inner.getvalue())
        archive.writestr("_chat.txt", "12/03/2021 Amina: look")
    report = add_paths(case, [whole])
    unpack_all(case, report)
    rows = [row for item in report.taken if (row := case.session.get(Evidence, item.id)) is not None]
    assert [row.file_name for row in rows] == [
        "chat.zip", "_chat.txt", "00000002-AUDIO.opus", "00000012-PHOTO.txt.jpg", "more.zip", "deep.txt",
    ]  # fmt: skip
    assert {row.part_of_id for row in rows[1:5]} == {rows[0].id}
    assert rows[5].part_of_id == rows[4].id
    again = add_paths(case, [whole])
    unpack_all(case, again)
    assert not again.taken
    assert not again.refused
