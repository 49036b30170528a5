"""What a file is: told by how it is built, whatever its name and whatever else stands in it."""

from __future__ import annotations

import io
import plistlib

import pytest

from magdesk.intake.codepages import codepage_of
from magdesk.intake.compoundfile import compound_file
from magdesk.intake.encodings import encoding_of
from magdesk.intake.mediatypes import read_as, suffix_for
from magdesk.intake.namedkinds import NAMED, named_said
from magdesk.intake.read import read_file
from magdesk.intake.rendering.showable import Way, way_of
from magdesk.intake.sniff import sniff
from tests.intake.making import packed

BINARY = plistlib.FMT_BINARY
PAGE = "<html><head><title>T</title></head><body><p>Приговор</p></body></html>"
CHAT = "[12/03/2021, 21:04] Amina: look\n[12/03/2021, 21:05] Amina: <title>Ministry</title> is in the source\n"
HEADERS = "From: a@example.org\nTo: b@example.org\nSubject: Order\n"
SAVED = (
    "From: <Saved by Blink>\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/related;\n boundary=B\n\n--B--\n"
)


def kind(data: bytes | str, name: str = "x") -> str:
    return sniff(io.BytesIO(data.encode() if isinstance(data, str) else data), name)


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (CHAT, "chat.txt", "text/plain"),
        (CHAT, "chat", "text/plain"),
        ('id,body\n1,"<html><body>mail</body></html>"\n', "a.csv", "text/csv"),
        ('{"html":"<html><body>x</body></html>"}', "a.json", "application/json"),
        ("BEGIN:VCALENDAR\nDESCRIPTION:<html>x</html>\nEND:VCALENDAR\n", "a", "text/calendar"),
        ("BEGIN:VCARD\nFN:<b>X</b>\nEND:VCARD\n", "a", "text/vcard"),
        ("<Amina> look\n<Omar> <html> is in it\n", "irc.log", "text/plain"),
        ("1\n00:00:01,000 --> 00:00:04,000\n<i>They fired</i>\n", "a.srt", "text/x-subrip"),
        ("To: the desk\nHe said:\nFrom here on nobody knows.\n\nText", "note.txt", "text/plain"),
        (PAGE, "x", "text/html"),
        ("<!-- saved --><!DOCTYPE html>\n" + PAGE, "x", "text/html"),
        ('<?xml version="1.0"?>\n' + PAGE, "x", "text/html"),
        ("<h1>Decree</h1><p>four</p>", "page.html", "text/html"),
        ("Warning: line 3<br>\n" + PAGE, "page.php", "text/html"),
        (PAGE.encode("utf-16"), "page.html", "text/html"),
        (PAGE.encode("utf-16-le"), "page", "text/html"),
        ('<?xml version="1.0" encoding="UTF-16"?><report/>'.encode("utf-16"), "a.xml", "application/xml"),
        ('<?xml version="1.0"?><!-- c --><gpx><trk/></gpx>', "a", "application/gpx+xml"),
        ("<kml><Placemark/></kml>", "a", "application/vnd.google-earth.kml+xml"),
        ("<svg xmlns='http://www.w3.org/2000/svg'><style>html{}</style></svg>", "a", "image/svg+xml"),
        (HEADERS + "\nbody <html>", "a", "message/rfc822"),
        ("29\n" + HEADERS + "\nbody", "a.emlx", "application/x-emlx"),
        (SAVED, "page.mht", "multipart/related"),
        (SAVED, "page", "multipart/related"),
        (HEADERS + "Content-Type: multipart/related; boundary=B\n\n--B--", "a.eml", "message/rfc822"),
        (plistlib.dumps({"WebMainResource": "<html>"}, fmt=BINARY), "a", "application/x-webarchive"),
        (plistlib.dumps({"WebMainResource": {}}), "a", "application/x-webarchive"),
        (plistlib.dumps({"Other": "<html>"}, fmt=BINARY), "a", "application/x-plist"),
        (b"\xff\xf1\x50\x80" + bytes(60), "a", "audio/aac"),
        (b"caff\x00\x01\x00\x00desc", "a", "audio/x-caf"),
        (b"FORM\x00\x00\x10\x00AIFFCOMM", "a", "audio/aiff"),
        (b"OggS\x00\x02" + bytes(22) + b"\x80theora", "a", "video/ogg"),
        (b"OggS\x00\x02" + bytes(22) + b"OpusHead", "a", "audio/ogg"),
        ((b"G" + bytes(187)) * 6, "a", "video/mp2t"),
        ((bytes(4) + b"G" + bytes(187)) * 6, "a", "video/mp2t"),
        (b"G" + b"x" * 1200, "a", "text/plain"),
        # A letter that holds or names a PDF is a letter; what a server said before it sent a PDF is none.
        (HEADERS + "\n%PDF-1.4 is attached", "a", "message/rfc822"),
        (HEADERS + "\n%PDF-1.4 is attached", "a.eml", "message/rfc822"),
        ("From a@example.org Tue Mar  5 10:00:00 2024\n" + HEADERS + "\n%PDF-1.4", "a", "application/mbox"),
        (SAVED + "\n%PDF-1.4", "a", "multipart/related"),
        ("HTTP/1.1 200 OK\nDate: x\nContent-Type: application/pdf\n\n%PDF-1.4", "a", "application/pdf"),
        ("Date: Tue\nServer: x\nContent-Type: application/pdf\n\n%PDF-1.4", "a", "application/pdf"),
        ("From: nobody is this\x07\x01\x02%PDF-1.4", "a", "application/pdf"),
        (b"!BDN" + bytes(20), "a", "application/vnd.ms-outlook-pst"),
        (b"AT&TFORM", "a", "image/vnd.djvu"),
        (b"\xff\x0a\x00", "a", "image/jxl"),
        (b"\xffWPC" + bytes(8), "a", "application/vnd.wordperfect"),
        (b"\x01\x00\x00\x00" + bytes(36) + b" EMF" + bytes(8), "a", "image/x-emf"),
    ],
)  # fmt: skip
def test_a_file_is_what_it_is_built_as(data: bytes | str, name: str, told: str) -> None:
    assert kind(data, name) == told


def test_storages_in_each_other_without_end_are_no_fault() -> None:
    """A compound file with a storage in which the whole file lies again."""
    data = bytearray(compound_file({"one": {"two": b"x"}}))
    root, entry = (data.index(name.encode("utf-16-le")) for name in ("Root Entry", "one"))
    data[root + 66] = 1  # [MS-CFB] 2.6.1: a storage like any other
    data[entry + 76 : entry + 80] = bytes(4)  # what is inside is the root
    assert kind(bytes(data)) == "application/x-ole-storage"


@pytest.mark.parametrize(
    ("main", "ending", "like"),
    [
        ("application/vnd.ms-word.document.macroEnabled.main+xml", ".docm", "wordprocessingml.document"),
        ("application/vnd.ms-excel.sheet.macroEnabled.main+xml", ".xlsm", "spreadsheetml.sheet"),
        ("application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml", ".pptm", "presentationml.presentation"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", ".docx", "document"),
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.main", ".xlsb", "binary.macroenabled.12"),
    ],
)
def test_a_document_with_macros_keeps_its_kind_and_is_read_as_the_one_without(
    main: str, ending: str, like: str
) -> None:
    part = {".d": "word", ".x": "xl", ".p": "ppt"}[ending[:2]]
    types = f'<Types><Override PartName="/{part}/m.xml" ContentType="{main}"/></Types>'
    told = kind(packed({"[Content_Types].xml": types, f"{part}/m.xml": "<x/>"}))
    assert suffix_for(told) == ending
    assert read_as(told).endswith(like)


def test_a_document_of_apple_is_no_archive() -> None:
    members: dict[str, str | bytes] = {"index.xml": "<x/>", "QuickLook/Preview.pdf": b"%PDF-1.4"}
    assert kind(packed(members), "a.pages") == "application/vnd.apple.pages"
    assert kind(packed({"Index/Document.iwa": "x", "Index/Slide.iwa": "x"})) == "application/vnd.apple.keynote"
    assert kind(packed({"Index/a.txt": "x"})) == "application/zip"


def test_what_cannot_be_read_is_named_with_what_to_turn_it_into() -> None:
    for media_type in ("application/vnd.ms-outlook-pst", "application/onenote", "image/vnd.djvu", "image/jxl"):
        assert named_said(media_type).endswith(".")
        assert NAMED[media_type][1] in named_said(media_type)
    facts = read_file(io.BytesIO(b"!BDN" + bytes(40)), "mail.pst")
    assert "Outlook mailbox (PST)" in facts.note
    assert ".mbox" in facts.note
    assert "damaged" not in facts.note
    djvu = read_file(io.BytesIO(b"AT&TFORM\x00\x00\x00\x10DJVU"), "scan.djvu")
    assert "DjVu scan" in djvu.note
    assert "damaged" not in djvu.note
    assert way_of("image/vnd.djvu") is Way.NONE


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Tarih;Alıcı\n05.03.2024;Şirket İnşaat ve Ticaret Ltd. Şti.", "cp1254"),
        ("الاسم;المبلغ\nأحمد علي;500", "cp1256"),
        ("Дата;Сумма\nИванов;5", "cp1251"),
        ("Показания свидетеля", "koi8-r"),
        ("Протокол допроса", "cp866"),
        ("Όνομα;Ποσό\nΓιώργος;5", "cp1253"),
        ("שלום עולם", "cp1255"),
        ("Le témoin a déclaré à l’enquêteur", "cp1252"),
        ("Müller;Straße;Größe", "cp1252"),
        ("Niño;año", "cp1252"),
        ("Wałęsa;Łódź;Żółć", "cp1250"),
    ],
)
def test_a_few_words_in_an_old_encoding_are_read_right(text: str, encoding: str) -> None:
    assert text.encode(encoding).decode(encoding_of(text.encode(encoding))) == text


def test_the_language_that_is_expected_weighs() -> None:
    short = "Nový sad".encode("cp1250")
    assert short.decode(codepage_of(short, ["cs"])) == "Nový sad"
    japanese = "証言 田中".encode("cp932")
    assert codepage_of(japanese, ["ja"]) == "cp932"
    assert codepage_of("Дата".encode("cp1251"), ["tr"]) == "cp1251"


def test_a_guess_is_said() -> None:
    facts = read_file(io.BytesIO("Alıcı;Şirket".encode("cp1254")), "a.txt")
    assert "read as Windows-1254, which is a guess" in facts.note
    assert read_file(io.BytesIO("Alıcı".encode()), "a.txt").note == ""
    assert read_file(io.BytesIO("Alıcı и".encode("utf-16")), "a.txt").note == ""


def test_letters_that_json_writes_as_numbers_are_found_as_letters() -> None:
    facts = read_file(io.BytesIO(rb'{"a":"\u0410\u043c","b":"\ud83d\ude00","c":"\\u0041","d":"\u0022"}'), "m.json")
    assert facts.text[0][1] == r'{"a":"Ам","b":"😀","c":"\\u0041","d":"\u0022"}'
    assert "letters as numbers" in facts.note
    bytes_of_letters = read_file(io.BytesIO(rb'{"a":"\u00d0\u0090\u00d0\u00bc"}'), "m.json")
    assert bytes_of_letters.text[0][1] == '{"a":"Ам"}'
    assert "each byte of a letter" in bytes_of_letters.note
