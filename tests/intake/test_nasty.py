"""Files that are broken, hostile or not what they seem: each costs itself at most, and says so."""

from __future__ import annotations

import io
import random
import struct
import sys
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

import openpyxl
import pikepdf
import pytest

from magdesk.errors import IntakeError
from magdesk.intake import FileReader
from magdesk.intake.filefacts import FileFacts
from magdesk.intake.read import read_file
from tests.intake.making import docx, epub, odt, packed, paragraph, png_of, pptx, warc, xml_bomb


@pytest.fixture(scope="module")
def reader() -> Iterator[FileReader]:
    with FileReader(silence=240, whole=280) as opened:
        yield opened


def read(reader: FileReader, data: bytes, name: str = "x") -> FileFacts:
    def on_child(_name: str, stream: BinaryIO) -> None:
        stream.read(10)

    return reader.read(io.BytesIO(data), name, len(data), on_child=on_child)


def ordinary() -> dict[str, bytes]:
    """One of each kind that is made by hand."""
    pdf, sheet = io.BytesIO(), io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.attachments["a.txt"] = b"x" * 500
        document.save(pdf)
    book = openpyxl.Workbook()
    book.worksheets[0].append(["a", 1])
    book.save(sheet)
    mail = b"From: a@example.org\nTo: b@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    mail += b"--b\nContent-Type: text/plain; charset=utf-8\n\nwords\n--b\nContent-Type: image/png; name=x.png\n"
    mail += b"Content-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n"
    return {
        "a.pdf": pdf.getvalue(),
        "a.docx": docx(paragraph("words")),
        "a.pptx": pptx("words"),
        "a.xlsx": sheet.getvalue(),
        "a.odt": odt("<text:p>words</text:p>"),
        "a.epub": epub("words"),
        "a.eml": mail,
        "a.mbox": b"From a@example.org Tue Mar  5 10:00:00 2024\n" + mail,
        "a.html": b"<html><body><p>words</p></body></html>",
        "a.warc": warc(("https://example.org/", "<html>words</html>")),
        "a.rtf": rb"{\rtf1\ansi words\u1057?}",
        "a.png": png_of(20, 10),
        "a.zip": packed({"a.txt": "x"}),
        "a.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><text>words</text></svg>",
    }


@pytest.mark.parametrize("name", sorted(ordinary()))
def test_damage_anywhere_costs_nothing_but_the_damage(name: str, reader: FileReader) -> None:
    chance = random.Random(name)
    whole = ordinary()[name]
    assert read(reader, whole, name).media_type
    for _round in range(12):
        data = bytearray(whole)
        for _hit in range(chance.randrange(1, 12)):
            at = chance.randrange(len(data))
            data[at : at + chance.randrange(1, 4)] = chance.randbytes(chance.randrange(0, 5))
        broken = bytes(data[: chance.randrange(1, len(data) + 1)]) if chance.random() < 0.4 else bytes(data)
        if broken:
            assert read(reader, broken, name).media_type
    assert reader.deaths == 0


BOMBS = {
    "entities.docx": packed({"[Content_Types].xml": "<Types/>", "word/document.xml": xml_bomb()}),
    "entities.odt": packed({"content.xml": xml_bomb()}, "application/vnd.oasis.opendocument.text"),
    "entities.xlsx": packed({"[Content_Types].xml": xml_bomb(), "xl/workbook.xml": xml_bomb()}),
    "entities.svg": xml_bomb().replace("<x>", "<svg>").replace("</x>", "</svg>").encode(),
    "external.docx": docx("").replace(b"x", b"x"),
    "large.png": png_of(60_000, 60_000),
    "deep.html": b"<div>" * 200_000 + b"words",
    "deep.rtf": b"{\\rtf1 " + b"{" * 300_000 + b"words",
    "wide.html": b"<p a" + b"=1 a" * 200_000 + b">words",
    "lines.eml": b"From: a@b.c\nTo: d@e.f\n" + b"X-A: b\n" * 100_000 + b"\nwords",
    "address.eml": b"From: a@b.c\nTo: " + b"(" * 20_000 + b"\nSubject: x\n\nwords",
    "parts.eml": (
        b"From: a@b.c\nTo: d@e.f\nContent-Type: multipart/mixed; boundary=b\n\n"
        + b"--b\nContent-Type: text/plain\n\nx\n" * 20_000
    ),
    "header.txt": b"a" * 3_000_000,
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_bombs_are_read_or_left_alone(name: str, reader: FileReader) -> None:
    facts = read(reader, BOMBS[name], name)
    assert sum(len(text) for _page, text in facts.text) < 25_000_000
    assert "lollollol" not in str(facts.text)


def test_nested_messages_are_read(reader: FileReader) -> None:
    message = b"Subject: core\nFrom: a@b.c\n\nwords"
    for number in range(60):
        boundary = f"b{number}".encode()
        message = (
            b"From: a@b.c\nTo: d@e.f\nContent-Type: multipart/mixed; boundary=" + boundary + b"\n\n--" + boundary
            + b"\nContent-Type: message/rfc822\n\n" + message + b"\n--" + boundary + b"--\n"
        )  # fmt: skip
    assert read(reader, message, "x.eml").attached


def test_zip_of_many_and_zip_of_much(reader: FileReader) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(300 << 20))
        archive.writestr("note.txt", "words")
    data = out.getvalue()
    seen: dict[str, int] = {}

    def on_child(name: str, stream: object) -> None:
        seen[name] = len(stream.read())  # type: ignore[attr-defined]

    facts = reader.read(io.BytesIO(data), "x.zip", len(data), members=(), on_child=on_child)
    assert seen == {"note.txt": 5}
    assert "unreasonable" in facts.note


def test_locked_archive_and_odd_names(reader: FileReader) -> None:
    facts = read(reader, packed({"../../etc/passwd": "x", "a\u202egpj.exe": "x", "con": "x"}))
    assert facts.attached[1] == "agpj.exe"


@pytest.mark.skipif(sys.platform != "linux", reason="address space is limited on Linux only")
def test_what_needs_too_much_memory_says_so(reader: FileReader) -> None:
    body = paragraph("x" * 50) * 3_000_000
    facts = read(reader, docx(body))
    assert facts.note


def test_an_unknown_kind_and_an_empty_file(reader: FileReader) -> None:
    assert "not known" in read(reader, bytes(range(256)) * 4, "x.dat").note
    with pytest.raises(IntakeError):
        read(reader, b"", "x")


@pytest.mark.parametrize("kind", ["docx", "odt", "epub"])
def test_a_file_cut_off_is_read_as_far_as_it_goes(kind: str, reader: FileReader) -> None:
    text = " ".join(f"word{number}" for number in range(3_000))
    whole = {"docx": docx(paragraph(text)), "odt": odt(f"<text:p>{text}</text:p>"), "epub": epub(text)}[kind]
    facts = read(
        reader, whole[: whole.rindex(b"PK\x01\x02") - 200 if kind == "epub" else len(whole) - 60], f"x.{kind}"
    )
    assert facts.text
    assert "damaged" in facts.note


def test_a_spreadsheet_with_a_damaged_sheet_keeps_the_others(reader: FileReader) -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.worksheets[0].append(["first", 1])
    book.create_sheet("Second").append(["second", 2])
    book.save(out)
    data = bytearray(out.getvalue())
    with zipfile.ZipFile(out) as archive:
        member = archive.getinfo("xl/worksheets/sheet2.xml")
    at = data.rindex(struct.pack("<I", member.CRC))
    data[at] ^= 0xFF
    facts = read(reader, bytes(data), "x.xlsx")
    assert "first" in str(facts.text)
    assert "second" in str(facts.text)
    assert "damaged" in facts.note


@pytest.mark.parametrize("brand", [b"heic", b"avif"])
def test_a_picture_whose_boxes_lead_back_to_themselves_is_damage(brand: bytes) -> None:
    """A box of 64-bit size 0 ends where it begins (ISO/IEC 14496-12, 4.2); its reader went round and round."""
    head = struct.pack(">I4s4sI4s4s", 24, b"ftyp", brand, 0, b"mif1", brand)
    circle = struct.pack(">I4sQ", 1, b"free", 0)
    meta = struct.pack(">I4sI", 12 + len(circle), b"meta", 0) + circle
    facts = read_file(io.BytesIO(head + meta), "x")
    assert facts.media_type == ("image/heic" if brand == b"heic" else "image/avif")
    assert "The camera’s data in the picture is damaged" in facts.note
