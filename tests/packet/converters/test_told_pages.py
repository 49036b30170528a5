"""What a person reads on the exhibit page of each kind: mail in envelopes, saved pages, markup, files in files."""

from __future__ import annotations

import base64
import hashlib
import io
import plistlib
import quopri
import struct
from pathlib import Path

import pypdfium2
import pytest

from magdesk.intake.filereading import FileReading
from magdesk.intake.read import read_file
from magdesk.packet.converters import NoPages, Pages, convert
from magdesk.packet.exhibits import native_name
from tests.intake.envelopes import ENCRYPTED, SIGNER, signed
from tests.intake.making import odt, packed
from tests.packet.making import exhibit, picture, text_pdf

INNER = b"From: x@example.org\r\nSubject: Inner order\r\nDate: Mon, 1 Mar 2021 10:00:00 +0000\r\n\r\nDo it.\r\n"


def taken(data: bytes, name: str) -> tuple[str, str, dict[str, bytes]]:
    """Kind, note and files inside."""
    inside: dict[str, bytes] = {}
    facts = read_file(
        io.BytesIO(data),
        name,
        begin=lambda kind: FileReading(kind, on_child=lambda called, stream: inside.update({called: stream.read()})),
    )
    return facts.media_type, facts.note, inside


def page(data: bytes, name: str) -> tuple[str, Pages | NoPages, int]:
    """The words of the pages, the pages, and how many pictures are on them."""
    kind, _note, _inside = taken(data, name)
    found = convert(exhibit(1, data, kind, file_name=name))
    if isinstance(found, NoPages):
        return f"{found.reason} {found.todo}", found, 0
    with found.open() as stream, pypdfium2.PdfDocument(stream) as document:
        texts, pictures = [], 0
        for one in document:
            letters = one.get_textpage()
            texts.append(letters.get_text_bounded().replace("\r\n", " "))
            pictures += sum(1 for _one in one.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))
            letters.close()
            one.close()
    return " ".join([*texts, *found.notes]), found, pictures


def mail(part: bytes, kind: str, packing: str = "", name: str = "") -> bytes:
    """A message with one part."""
    head = f"Content-Type: {kind}\n"
    if packing:
        head += f"Content-Transfer-Encoding: {packing}\n"
    if name:
        head += f'Content-Disposition: attachment; filename="{name}"\n'
    outer = (
        "From: a@example.org\nTo: b@example.org\nSubject: Outer\nContent-Type: multipart/mixed; boundary=B\n\n--B\n"
    )
    return outer.encode() + head.encode() + b"\n" + part + b"\n--B--\n"


@pytest.mark.parametrize("packing", ["", "8bit", "base64", "quoted-printable", "lying"])
def test_an_attached_message_is_a_child_with_its_own_bytes(packing: str) -> None:
    parts = {"base64": base64.encodebytes(INNER), "quoted-printable": quopri.encodestring(INNER)}
    told = "base64" if packing == "lying" else packing
    data = mail(parts.get(packing, INNER), "message/rfc822", told, "original.eml")
    _kind, _note, inside = taken(data, "outer.eml")
    digest = hashlib.sha256(INNER).hexdigest()
    if packing == "quoted-printable":  # Its line ends are those of the outer message.
        inside = {name: part.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") for name, part in inside.items()}
    assert hashlib.sha256(inside["original.eml"]).hexdigest() == digest
    if packing != "quoted-printable":
        assert digest[:16] in page(data, "outer.eml")[0]
    child = read_file(io.BytesIO(inside["original.eml"]), "original.eml")
    assert ("Subject", "Inner order") in [(one.name, one.value) for one in child.details]


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-8"])
@pytest.mark.parametrize("named", [True, False])
def test_bare_letters_in_headers_are_read(encoding: str, named: bool) -> None:
    kind = f"Content-Type: text/plain; charset={encoding}\n" if named else ""
    text = f"From: Иванов <i@example.ru>\nTo: b@example.org\nSubject: Показания свидетеля\n{kind}\nТекст показаний.\n"
    words, _pages, _count = page(text.encode(encoding), "a.eml")
    assert "Показания свидетеля" in words
    assert "Иванов" in words
    assert "\ufffd" not in words


def test_a_mailbox_names_its_messages_as_they_are_called() -> None:
    box = (
        b"From a@example.org Mon Mar  1 10:00:00 2021\nFrom: a@example.org\nSubject: =?utf-8?q?=C3=A9vidence?=\n\nx\n"
    )
    assert list(taken(box, "a.mbox")[2]) == ["0001 évidence.eml"]


def test_apple_mail_is_mail() -> None:
    message = b"From: p@example.org\nTo: c@example.org\nSubject: Order\n\nBody.\n"
    data = b"%d   \n" % len(message) + message + b'<?xml version="1.0"?><plist><dict/></plist>'
    words, _pages, _count = page(data, "1.emlx")
    assert "Subject Order" in words
    assert "Body." in words
    assert "plist" not in words
    assert native_name(exhibit(1, data, taken(data, "1.emlx")[0])) == "ex-001.emlx"


def test_what_was_signed_is_read_and_the_signer_named() -> None:
    entity = b"Content-Type: text/plain; charset=utf-8\r\n\r\nThe order was given.\r\n"
    for content in (entity, "Приказ отдан.".encode("cp1251")):
        head = "From: a@example.org\nSubject: Signed\nContent-Type: application/pkcs7-mime; smime-type=signed-data; "
        head += 'name="smime.p7m"\nContent-Transfer-Encoding: base64\n\n'
        data = head.encode() + base64.encodebytes(signed(content))
        words, _pages, _count = page(data, "a.eml")
        assert "The order was given." in words or "Приказ отдан." in words
        assert SIGNER in words
        assert "not verified" in words
        assert "holds no text" not in taken(data, "a.eml")[1]


def test_a_signed_file_is_shown_and_comes_out() -> None:
    pdf = text_pdf(words="Contract")
    data = signed(pdf)
    kind, note, inside = taken(data, "contract.pdf.p7m")
    assert kind == "application/pkcs7-mime"
    assert inside == {"contract.pdf": pdf}
    assert SIGNER in note
    words, pages, _count = page(data, "contract.pdf.p7m")
    assert "Contract 1" in words
    assert SIGNER in words
    assert isinstance(pages, Pages)
    assert pages.native
    assert native_name(exhibit(1, data, kind)) == "ex-001.p7m"


def test_what_is_encrypted_says_so_and_what_to_do() -> None:
    for whole, name in (
        (ENCRYPTED, "a.p7m"),
        (mail(base64.encodebytes(ENCRYPTED), "application/pkcs7-mime", "base64"), "a.eml"),
        (mail(b"-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----", "text/plain"), "b.eml"),
        (b"-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----", "b.asc"),
    ):
        words, _pages, _count = page(whole, name)
        note = taken(whole, name)[1]
        for said in (words, note):
            assert "encrypted with" in said
            assert "can decrypt it" in said
        assert "holds no text" not in note


def tnef(*files: tuple[str, bytes]) -> bytes:
    """A ``winmail.dat``."""

    def attribute(level: int, identity: int, value: bytes) -> bytes:
        return struct.pack("<BHHI", level, identity, 2, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)

    out = b"\x78\x9f\x3e\x22\x01\x00" + attribute(1, 0x9007, struct.pack("<II", 1251, 0))
    out += attribute(1, 0x8004, "Приказ".encode("cp1251") + b"\x00") + attribute(1, 0x800C, b"See the files.\x00")
    for name, data in files:
        wide = name.encode("utf-16-le") + b"\x00\x00"
        properties = struct.pack("<IHHII", 1, 0x001F, 0x3707, 1, len(wide)) + wide + bytes(-len(wide) % 4)
        out += attribute(2, 0x9002, bytes(14)) + attribute(2, 0x8010, b"SHORT~1.TXT\x00")
        out += attribute(2, 0x800F, data) + attribute(2, 0x9005, properties)
    return out


def test_what_outlook_wrapped_comes_out() -> None:
    data = tnef(("протокол.txt", b"It was Tuesday."), ("b.pdf", text_pdf()))
    kind, _note, inside = taken(data, "winmail.dat")
    assert kind == "application/vnd.ms-tnef"
    assert inside == {"протокол.txt": b"It was Tuesday.", "b.pdf": text_pdf()}
    words, _pages, _count = page(
        mail(base64.encodebytes(data), "application/ms-tnef", "base64", "winmail.dat"), "a.eml"
    )
    assert "протокол.txt" in words
    assert hashlib.sha256(b"It was Tuesday.").hexdigest()[:16] in words
    words, _pages, _count = page(data, "winmail.dat")
    assert "Приказ" in words
    assert "See the files." in words
    assert "cut off" in taken(data[: len(data) // 2], "winmail.dat")[1]


def test_a_page_saved_as_mhtml_shows_its_own_pictures() -> None:
    photo = base64.encodebytes(picture(size=(200, 150)))
    html = (
        b'<html><head><style>p{}</style><title>News</title></head><body><p>Arrest</p><img src="i.jpg"></body></html>'
    )
    head = b"From: <Saved by Blink>\nSnapshot-Content-Location: https://news.example/a/b\nSubject: News\n"
    head += b'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary=B\n\n'
    data = head + b"--B\nContent-Type: text/html\nContent-Location: https://news.example/a/b\n\n" + html
    data += b"\n--B\nContent-Type: text/css\n\np{color:red}\n--B\nContent-Type: image/jpeg\n"
    data += (
        b"Content-Transfer-Encoding: base64\nContent-Location: https://news.example/a/i.jpg\n\n"
        + photo
        + b"\n--B--\n"
    )
    words, pages, pictures = page(data, "page.mht")
    assert pictures == 1
    assert "Saved from https://news.example/a/b" in words
    assert "color" not in words
    assert "elsewhere" not in words
    assert isinstance(pages, Pages)


def test_a_page_saved_by_safari_shows_its_own_pictures() -> None:
    main = {"WebResourceData": '<p>Приговор</p><img src="/i.jpg">'.encode(), "WebResourceMIMEType": "text/html",
            "WebResourceTextEncodingName": "UTF-8", "WebResourceURL": "https://news.example/a"}  # fmt: skip
    one = {"WebResourceData": picture(size=(200, 150)), "WebResourceMIMEType": "image/jpeg",
           "WebResourceURL": "https://news.example/i.jpg"}  # fmt: skip
    data = plistlib.dumps({"WebMainResource": main, "WebSubresources": [one]}, fmt=plistlib.FMT_BINARY)
    words, _pages, pictures = page(data, "a.webarchive")
    assert pictures == 1
    assert "Приговор" in words
    assert "Saved from https://news.example/a" in words
    assert "damaged" in page(data[:60] + b"WebMainResource", "a.webarchive")[0]


def test_a_document_of_apple_shows_its_preview() -> None:
    data = packed({"index.xml": "<x/>", "QuickLook/Preview.pdf": text_pdf(2, words="Preview")})
    words, pages, _count = page(data, "a.pages")
    assert isinstance(pages, Pages)
    assert (pages.count, pages.native) == (2, True)
    assert "Preview 2" in words
    assert "Apple Pages" in words
    assert read_file(io.BytesIO(data), "a.pages").pages == 2
    bare, none, _count = page(packed({"Index/Document.iwa": "x"}), "a.pages")
    assert isinstance(none, NoPages)
    assert "Export it to PDF" in bare


@pytest.mark.parametrize(
    ("name", "data", "shown"),
    [
        ("a.json", rb'{"text": "\u043e\u043d\u0438"}', "они"),
        ("a.gpx", b'<?xml version="1.0"?><gpx><trkpt lat="36.1"><name>walk</name></trkpt></gpx>', 'lat="36.1"'),
        ("a.kml", b"<kml><name>walk</name></kml>", "walk"),
        ("a.svg", b"<svg><text>Chain of command</text></svg>", "Chain of command"),
        ("a.vcf", b"BEGIN:VCARD\nFN:Colonel X\nEND:VCARD\n", "FN:Colonel X"),
        ("a.xml", '<?xml version="1.0" encoding="windows-1251"?><p>Приговор</p>'.encode("cp1251"), "Приговор"),
        ("a.txt", b"21:05 Amina: <title>Ministry</title> is there\n21:06 x\n", "<title>Ministry</title> is"),
        ("a.txt", "Alıcı: Şirket".encode("cp1254"), "Windows-1254, which is a guess"),
        ("a.csv", "Alıcı;Şirket\na;b\n".encode("cp1254"), "Windows-1254, which is a guess"),
    ],
)  # fmt: skip
def test_text_has_a_page_as_it_stands(name: str, data: bytes, shown: str) -> None:
    words, pages, _count = page(data, name)
    assert shown in words
    assert isinstance(pages, Pages)
    assert pages.native


@pytest.mark.parametrize("kind", ["JPEG2000", "PSD"])
def test_rare_pictures_have_a_page(kind: str) -> None:
    if kind == "PSD":
        pixels = b"\xc8" * 40 * 30 + b"\x14" * 40 * 30 * 2
        data = b"8BPS\x00\x01" + bytes(6) + struct.pack(">HIIHH", 3, 30, 40, 8, 3) + bytes(12) + b"\x00\x00" + pixels
    else:
        data = picture("JPEG2000")
    words, pages, pictures = page(data, "a.bin")
    assert pictures == 1, words
    assert isinstance(pages, Pages)


# Each file that came out wrong: a piece of text that its page, slip sheet or notes must show, and one they must not.
_EXPECTED = {
    "chat-with-tag.txt": ("Amina: <title>Ministry</title> is in the source", "Converted view of a saved web"),
    "csv-with-tag.csv": ("<html><body>mail</body></html>", "web page"),
    "json-with-tag.json": ('{"html":"<html><body>x</body></html>","a":1}', "web page"),
    "page-utf-16.html": ("Приговорён к шести годам.", "<p>"),
    "utf16.xml": ("Приговор", "\ufffd"),
    "page-chrome.mht": ("Saved from https://news.example/a", "elsewhere on the web"),
    "safari.webarchive": ("Saved from http://tika.apache.org/", "bplist"),
    "mail-attached-mail-base64.eml": ("bcc47af2c6f68ecf", "RnJvbTog"),
    "mail-attached-mail-qp.eml": ("bcc47af2c6f68ecf", "=3D"),
    "apple-mail.emlx": ("Subject Re: évidence №5", "plist"),
    "mail-raw-headers-cp1251.eml": ("Показания", "\ufffd"),
    "mail-raw-headers-koi8.eml": ("Показания свидетеля", "\ufffd"),
    "mail-winmail-dat.eml": ("quick.pdf (in winmail.dat)", "not known"),
    "opaque-signed.eml": ("Сидорова", "holds no text"),
    "encrypted.eml": ("encrypted with S/MIME", "holds no text"),
    "contract.pdf.p7m": ("Base page with attachments", "damaged"),
    "mailbox-encoded-subjects.mbox": ("Re: évidence №0", "=?utf-8"),
    "word-processor.pages": ("Sample pages document", "archive"),
    "messages.json": ("они забрали его", "cannot be shown"),
    "track.gpx": ("checkpoint walk", "cannot be shown"),
    "diagram.svg": ("Chain of command", "cannot be shown"),
    "p.jp2": ("The page shows a JPEG made from the original", "cannot be shown"),
    "clip.ogv": ("A recording", "not known"),
    "clip.ts": ("A recording", "not known"),
    "v.aac": ("A recording", "not known"),
    "v.caf": ("A recording", "not known"),
    "v.aiff": ("A recording", "not known"),
    "../situations/09-text-encodings/tr.csv": ("Şirket İnşaat ve Ticaret Ltd. Şti. Değirmenci", "Ţ"),
}


@pytest.mark.parametrize("name", _EXPECTED)
def test_the_pages_of_real_files_say_what_the_files_say(real_files: Path, name: str) -> None:
    path = real_files / "wrong-pages" / name
    if not path.is_file():
        pytest.skip(f"no {name} here")
    words = " ".join(page(path.read_bytes(), path.name)[0].split())
    right, wrong = _EXPECTED[name]
    assert right in words
    assert wrong not in words


def test_a_form_says_what_was_filled_in_and_a_drawing_what_it_says() -> None:
    markup = (
        "<p>Form</p><select><option>wrongone</option><option selected>Detained</option></select>"
        "<select><option>Firstshown</option><option>later</option></select>"
        "<select multiple><option>alpha</option><option selected>beta</option></select>"
        "<input type=checkbox checked>yes<input type=radio>no<input type=date value=2014-03-05>"
        "<input type=password value=topsecret><input type=hidden value=token>"
        "<svg><title>t</title><text>Deaths <tspan>412</tspan></text><style>.a{}</style></svg>"
    )
    data = f"<html><body>{markup}</body></html>".encode()
    words, pages, _count = page(data, "form.html")
    assert isinstance(pages, Pages)
    read = read_file(io.BytesIO(data), "form.html").text[0][1]
    for text in (words, read):
        line = " ".join(text.split())
        for told in (
            "Detained",
            "Firstshown",
            "[ ] alpha; [x] beta",
            "[x] yes",
            "[ ] no",
            "2014-03-05",
            "Deaths 412",
        ):
            assert told in line, told
        for untold in ("wrongone", "later", "topsecret", "token", ".a{}"):
            assert untold not in line, untold


def test_a_field_on_a_slide_and_a_hidden_field_of_a_text_are_on_the_page() -> None:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    fields = '<a:fld type="datetime1"><a:t>5 March 2014</a:t></a:fld><a:fld type="slidenum"><a:t>77</a:t></a:fld>'
    slide = f'<p xmlns:a="{drawing}"><a:p><a:r><a:t>Order</a:t></a:r>{fields}</a:p></p>'
    slides = packed({"[Content_Types].xml": "<Types/>", "ppt/slides/slide1.xml": slide})
    hidden = '<text:p>seen<text:hidden-text text:condition="x" text:string-value="kept back"/></text:p>'
    for data, name, told in ((slides, "s.pptx", "5 March 2014"), (odt(hidden), "t.odt", "[hidden: kept back]")):
        words, pages, _count = page(data, name)
        assert isinstance(pages, Pages)
        assert told in " ".join(words.split())
        read = read_file(io.BytesIO(data), name).text[0][1]
        assert told in read
        assert "77" not in read
