"""Each kind of file: what is read from an ordinary one."""

from __future__ import annotations

import io

import openpyxl
import pikepdf
import pytest
from PIL import Image, features
from PIL.TiffImagePlugin import IFDRational

from magdesk.intake.filefacts import FileFacts
from magdesk.intake.filereading import FileReading
from magdesk.intake.language import guess_language
from magdesk.intake.read import read_file
from magdesk.intake.readers.rtf import unpack_rtf
from tests.intake.making import docx, epub, odt, old_slides, old_word, packed, paragraph, pptx, warc


def read(data: bytes, name: str = "x", password: str = "") -> FileFacts:
    return read_file(io.BytesIO(data), name, password=password)


def words(facts: FileFacts) -> str:
    return " ".join(" ".join(text.split()) for _page, text in facts.text)


def told(facts: FileFacts, name: str) -> str:
    return next((one.value for one in facts.details if one.name == name), "")


def test_word_with_changes_notes_and_comments() -> None:
    body = (
        paragraph("He was")
        + '<w:p><w:del w:author="A"><w:r><w:delText>beaten</w:delText></w:r></w:del>'
        + '<w:ins w:author="B"><w:r><w:t>questioned</w:t></w:r></w:ins></w:p>'
    )
    xmlns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    comment = f'<w:comment w:author="C" w:date="2024-03-05T00:00:00Z">{paragraph("why?")}</w:comment>'
    comments = f"<w:comments {xmlns}>{comment}</w:comments>"
    facts = read(docx(body, comments_xml=comments))
    assert words(facts) == "He was [− beaten −] questioned C, 2024-03-05: why?"
    assert told(facts, "Tracked changes") == "1 insertions, 1 deletions, by A, B"


def test_slides_are_pages() -> None:
    facts = read(pptx("first", "second"))
    assert (facts.pages, facts.text) == (2, ((1, "first"), (2, "second")))


def test_words_of_the_formats_before_2007() -> None:
    letter = read(old_word("He was\rseen “there”"))
    assert (letter.media_type, letter.text) == ("application/msword", ((0, "He was\nseen “there”"),))
    slides = read(old_slides("наказ", "order", "копія"))
    assert (slides.media_type, words(slides)) == ("application/vnd.ms-powerpoint", "наказ order копія")


def test_sheets_with_their_names() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    sheet.title = "Переводы"
    sheet.append(["дата", "сумма"])
    sheet.append([__import__("datetime").date(2024, 3, 5), 12000.5])
    book.create_sheet("Empty")
    book.save(out)
    facts = read(out.getvalue())
    assert facts.text == ((1, "Переводы\nдата\tсумма\n2024-03-05\t12000.5"),)
    assert told(facts, "Sheets") == "Переводы, Empty"


def test_open_document_text_and_sheet() -> None:
    assert words(read(odt("<text:p>He<text:s text:c='2'/>was <text:span>seen</text:span> there</text:p>"))) == (
        "He was seen there"
    )
    row = "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>"
    facts = read(odt(f'<table:table table:name="T">{row}</table:table>', "spreadsheet"))
    assert facts.text == ((1, "T\na"),)


def test_book_in_reading_order() -> None:
    facts = read(epub("one", "two"))
    assert facts.text == ((1, "two"), (2, "one"))
    assert told(facts, "Title") == "Report"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (rb"{\rtf1\ansi\ansicpg1251 \'d1\'e2\'e8\par b}", "Св и b"),
        (rb"{\rtf1\ansi{\fonttbl{\f0\fcharset204 Arial;}}\f0 \'cf\'f0 ok}", "Пр ok"),
        (rb"{\rtf1\uc1\u1057?\u1074?{\*\hidden gone}{\pict 00ff} x\~y}", "Св x y"),
        (rb"{\rtf1\u-10179?\u-8704?{\v secret}}", "😀[hidden: secret]"),
        (rb"{\rtf1{\info{\title T}{\creatim\yr2024\mo3\dy5}}text{\footnote note}}", "text note"),
        (rb"{\rtf1 {{{{{{ unbalanced \bin3 }}}ok", "unbalanced ok"),
    ],
)
def test_rich_text(source: bytes, text: str) -> None:
    facts = read(source)
    assert words(facts).replace("\u00a0", " ") == text.replace("Св и b", "Сви b")


def test_packed_rich_text_of_outlook() -> None:
    head = b"-\x00\x00\x00+\x00\x00\x00LZFu\xf1\xc5\xc7\xa7"
    raw = head + b"\x03\x00\n\x00rcpg125B2\n\xf3 hel\t\x00 bw\x05\xb0ld}\n\x80\x0f\xa0"
    assert unpack_rtf(raw) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert unpack_rtf(raw[:30]).startswith(b"{\\rtf1")


def test_web_page_and_capture() -> None:
    page = '<html lang="en"><head><title>Order</title><script>evil()</script></head><body><p>He was seen</p>'
    page += '<img src="https://example.org/x.png"></body></html>'
    facts = read(page.encode())
    assert words(facts) == "He was seen"
    assert told(facts, "Parts that lie elsewhere").startswith("1;")
    captured = read(warc(("https://example.org/a", page)))
    assert told(captured, "Page 1") == "https://example.org/a · 2024-03-05 10:00:00 UTC · Order"
    assert words(captured).endswith("He was seen")
    package = packed({"datapackage.json": '{"resources": [{"path": "archive/a.warc", "hash": "sha256:00"}]}',
                      "archive/a.warc": warc(("https://example.org/a", page))})  # fmt: skip
    assert "do not match its own list" in read(package, "x.wacz").note


def test_picture_with_position() -> None:
    image, out = Image.new("RGB", (8, 6)), io.BytesIO()
    exif = Image.Exif()
    exif[271], exif[274] = "Maker", 6
    exif.get_ifd(0x8825).update(
        {
            1: "S",
            2: (IFDRational(33), IFDRational(30), IFDRational(0)),
            3: "W",
            4: (IFDRational(70), IFDRational(15), IFDRational(36)),
        }
    )
    image.save(out, "JPEG", exif=exif)
    facts = read(out.getvalue())
    assert told(facts, "GPS position") == "-33.500000, -70.260000"
    assert told(facts, "Orientation").startswith("6")


def test_pdf_properties_marks_and_attachments() -> None:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = "Приказ"
        pdf.docinfo["/CreationDate"] = "D:20240305120000+03'00'"
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.attachments["list.txt"] = b"names"
        pdf.save(out)
    taken: list[tuple[str, bytes]] = []

    def begin(media_type: str) -> FileReading:
        return FileReading(media_type, on_child=lambda name, data: taken.append((name, data.read())))

    facts = read_file(io.BytesIO(out.getvalue()), "x", begin=begin)
    assert told(facts, "Title") == "Приказ"
    assert told(facts, "Created") == "2024-03-05 12:00:00+03:00 (2024-03-05 09:00:00 UTC)"
    assert "never run" in told(facts, "Script")
    assert taken == [("list.txt", b"names")]


def test_owner_lock_is_told_and_user_lock_opened() -> None:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        allow = pikepdf.Permissions(extract=False)
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="", allow=allow))
    facts = read(out.getvalue())
    assert (facts.pages, facts.locked, told(facts, "Not allowed by its owner")) == (1, False, "copying text")
    assert read_file(io.BytesIO(out.getvalue()), "x").pages == 1


def test_mailbox_gives_its_messages() -> None:
    one = b"From a@example.org Tue Mar  5 10:00:00 2024\nFrom: a@example.org\nSubject: one\n\nbody\n>From here\n\n"
    taken: list[bytes] = []

    def begin(media_type: str) -> FileReading:
        return FileReading(media_type, on_child=lambda _name, data: taken.append(data.read()))

    facts = read_file(io.BytesIO(one + one.replace(b"one", b"two")), "x", begin=begin)
    assert facts.media_type == "application/mbox"
    assert len(facts.attached) == 2
    assert taken[0].endswith(b"body\nFrom here\n\n")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The officer beat the detained man in the yard of the station and left him there for the night.", "en"),
        ("Le policier a battu le détenu dans la cour du poste et il est resté là pour la nuit.", "fr"),
        (
            "Полицейский избил задержанного во дворе участка, и он остался там на ночь. Это был не первый случай.",
            "ru",
        ),
        ("Поліцейський побив затриманого у дворі відділку, і він залишився там на всю ніч. Це було не вперше.", "uk"),
        ("ضرب الشرطي الموقوف في ساحة المركز ثم تركه هناك إلى الصباح من دون ماء، وقد كان ذلك في شهر آذار", "ar"),
        ("警察在派出所院内殴打被拘留者。", "zh"),
        ("12345 67", ""),
        ("Xyzzy plugh", ""),
    ],
)
def test_language_is_guessed_or_left_open(text: str, code: str) -> None:
    assert guess_language(text) == code


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-16-le", "utf-8", "utf-16"])
def test_text_in_old_encodings(encoding: str) -> None:
    text = "Свидетель видел, как полицейские избили задержанного во дворе участка."
    assert words(read(text.encode(encoding), "x.txt")) == text


def _made_by_a_camera(container: str) -> bytes:
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x010F] = "Camera of Ada"
    Image.new("RGB", (16, 16), "red").save(out, container, exif=exif.tobytes())
    return out.getvalue()


@pytest.mark.parametrize("container", ["HEIF", "AVIF"])
def test_camera_data_without_a_mark_before_it_is_read(container: str) -> None:
    """The mark is optional (ISO/IEC 23008-12, A.2.1), and libheif writes none."""
    if container == "AVIF" and not features.check("avif"):
        pytest.skip("this Pillow writes no AVIF")
    facts = read(_made_by_a_camera(container))
    assert told(facts, "Maker") == "Camera of Ada"
    assert facts.note == ""


def test_a_directory_that_claims_more_than_the_file_holds_is_not_followed() -> None:
    """65,535 entries of camera data in a file of 26 bytes: they are not looked for behind its end one by one."""
    stream = BytesRead(b"II*\x00\x08\x00\x00\x00\xff\xff" + bytes(16))
    facts = read_file(stream, "x")
    assert "camera’s data in the picture is damaged" in facts.note
    assert stream.reads < 2_000


class BytesRead(io.BytesIO):
    """Counts how often it is read."""

    reads = 0

    def read(self, size: int | None = -1) -> bytes:
        self.reads += 1
        return super().read(size)


def test_a_file_in_a_pdf_under_a_name_that_is_no_text_is_damage() -> None:
    names = b"<</EmbeddedFiles<</Names[(a\x00b) 4 0 R]>>>>"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R/Names" + names + b">>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>", b"<</Type/Filespec/F(a.txt)/EF<</F 5 0 R>>>>",
        b"<</Length 3>>stream\nOne\nendstream",
    )  # fmt: skip
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (number, one) for number, one in enumerate(objects, 1))
    facts = read(b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R/Size 6>>\n")
    assert facts.pages == 1
    assert "A file attached to the PDF is damaged" in facts.note
