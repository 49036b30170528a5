from __future__ import annotations

import io
import wave
import zipfile
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from magdesk.errors import IntakeError
from magdesk.intake import sniff, suffix_for
from magdesk.intake.mediatypes import SUFFIXES
from magdesk.intake.read import read_file
from tests.realfiles import suite_files


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(out, "PNG")
    return out.getvalue()


def _zip(*names: str, mimetype: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def _pdf(pages: int, **encryption: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        pdf.docinfo["/CreationDate"] = "D:20240305120000Z"
        pdf.save(out, **encryption)  # type: ignore[arg-type]
    return out.getvalue()


OOXML = "application/vnd.openxmlformats-officedocument."
SAMPLES = [
    (b"%PDF-1.7\n", "a.txt", "application/pdf"),
    (_png(), "a.jpg", "image/png"),
    (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "", "image/webp"),
    (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "", "image/heic"),
    (b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00mif1avif", "", "image/avif"),
    (b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isomiso2", "", "video/mp4"),
    (b"\x00\x00\x00\x14ftypqt  ", "", "video/quicktime"),
    (_zip("[Content_Types].xml", "word/document.xml"), "a.zip", OOXML + "wordprocessingml.document"),
    (_zip("[Content_Types].xml", "xl/workbook.xml"), "", OOXML + "spreadsheetml.sheet"),
    (_zip(mimetype="application/vnd.oasis.opendocument.text"), "", "application/vnd.oasis.opendocument.text"),
    (_zip("datapackage.json", "archive/data.warc.gz"), "", "application/wacz"),
    (_zip("a/b.txt"), "", "application/zip"),
    (b"From: a@example.org\nTo: b@example.org\nSubject: x\n\nhello", "", "message/rfc822"),
    (b"<!DOCTYPE html><title>x</title>", "", "text/html"),
    (b"<svg xmlns='x'/>", "", "image/svg+xml"),
    ("дата;сумма".encode("cp1251"), "transfers.csv", "text/csv"),
    ("Привет".encode(), "note", "text/plain"),
    (b"\x01\x02\x00\x03", "x.pdf", "application/octet-stream"),
]


@pytest.mark.parametrize(("content", "name", "media_type"), SAMPLES)
def test_type_is_by_content(content: bytes, name: str, media_type: str) -> None:
    assert sniff(io.BytesIO(content), name) == media_type


def test_every_known_type_has_an_ending() -> None:
    assert all(suffix.startswith(".") for suffix in SUFFIXES.values())
    assert suffix_for("application/x-unheard-of") == ".bin"


def test_pdf_pages_and_date() -> None:
    facts = read_file(io.BytesIO(_pdf(3)), "x")
    assert (facts.pages, str(facts.created), facts.text_layer) == (3, "2024-03-05", False)
    assert "no text layer" in facts.note


def test_locked_pdf_is_taken_and_says_so() -> None:
    locked = _pdf(1, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    facts = read_file(io.BytesIO(locked), "x.pdf")
    assert facts.media_type == "application/pdf"
    assert "password" in facts.note


def test_damaged_pdf_is_taken_and_says_so() -> None:
    facts = read_file(io.BytesIO(b"%PDF-1.7\nrubbish"), "x.pdf")
    assert facts.pages is None
    assert "damaged" in facts.note


def test_picture_and_recording() -> None:
    assert (read_file(io.BytesIO(_png()), "x").width, read_file(io.BytesIO(_png()), "x").height) == (30, 20)
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\0" * 16000)
    assert read_file(out, "x").duration == pytest.approx(2.0)


def test_text_in_any_encoding_is_found() -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        facts = read_file(io.BytesIO("Свидетель ж".encode(encoding)), "x.txt")
        assert facts.text == ((0, "Свидетель ж"),)


def test_a_name_that_promises_something_else_is_told() -> None:
    facts = read_file(io.BytesIO(b"This is a note."), "minutes.odt")
    assert [one.value for one in facts.details if one.name == "Name and content differ"] == [
        "it ends in .odt, but the content is text/plain"
    ]
    assert not read_file(io.BytesIO(_png()), "a.png").details[0].name.startswith("Name and")


def test_empty_file_is_refused() -> None:
    with pytest.raises(IntakeError):
        read_file(io.BytesIO(b""), "x")


def test_no_real_file_brings_it_down(real_files: Path) -> None:
    chosen = [path for path in suite_files(real_files) if path.relative_to(real_files).parts[0].startswith("docs-")]
    assert len(chosen) > 100
    for path in chosen:
        facts = read_file(io.BytesIO(path.read_bytes()), path.name)
        assert facts.media_type
