"""Every decoder of bytes from outside, with samples of what it decodes: what the mutations are tried on."""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

import pillow_heif
from PIL import Image

from magdesk.intake.conversion import raster
from magdesk.intake.conversion.convert import CONVERTED_TYPES, convert_source
from magdesk.intake.conversion.gathering import Enough, Gathering
from magdesk.intake.conversion.pictures import shown_picture
from magdesk.intake.filereading import FileReading
from magdesk.intake.foreign import foreign
from magdesk.intake.read import read_file
from magdesk.intake.rendering.answers import Area, StoredFile
from magdesk.intake.rendering.showerchoice import shower_for
from magdesk.intake.sandbox import programs
from magdesk.intake.sandbox.programs import Program
from magdesk.intake.sniff import sniff
from magdesk.intake.source import Source
from magdesk.model import TimestampProof
from magdesk.packet.sourcepdf import PIKEPDF, open_pdf, take_pages, traits_of
from magdesk.services.proofs import timestamps
from magdesk.services.proofs.opentimestamps import read_ots
from tests.intake import making
from tests.intake.conversion import conversion_samples as office

Decode = Callable[[bytes], bool]
FILES = Path(__file__).parents[1] / "files"
_SMALL = 60_000  # bytes


@dataclass(frozen=True, slots=True)
class Decoder:
    """One way of taking bytes apart.

    Attributes:
        samples: sound files, small.
        decode: takes a file apart and says whether it was whole; refuses with an error of ours.
    """

    name: str
    samples: tuple[bytes, ...]
    decode: Decode


def decoders() -> Iterator[Decoder]:
    """All of them, those without a sample left out."""
    yield Decoder("proof: RFC 3161 answer", _files("proofs", ".tsr"), _answer)
    yield Decoder("proof: OpenTimestamps", _files("proofs", ".ots"), lambda data: bool(read_ots(data)))
    yield Decoder("proof: certificate", _files("proofs", ".pem") + _files("proofs", ".der"), _certificate)
    for name, kind, samples in _samples():
        if not samples:
            continue
        yield Decoder(f"{name}: read", samples, _read)
        if kind in CONVERTED_TYPES:
            yield Decoder(f"{name}: converted", samples, _converting(kind))
        if name.startswith("image"):
            yield Decoder(f"{name}: framed", samples, _framed)
        if name == "pdf":
            yield Decoder("pdf: in the bundle", samples, _bundled)
        if name.startswith(("image", "pdf")) or kind in ("text/csv", office.XLSX, "application/vnd.ms-excel"):
            yield Decoder(f"{name}: shown", samples, _showing(kind))


def _samples() -> Iterator[tuple[str, str, tuple[bytes, ...]]]:
    yield "mail: message", "message/rfc822", (office.MAIL, _FORWARDED, *_real("message/rfc822"))
    yield "mail: mailbox", "application/mbox", (_MAILBOX, *_real("application/mbox"))
    yield "mail: Outlook", "application/vnd.ms-outlook", _real("application/vnd.ms-outlook")
    yield "mail: MHTML", "multipart/related", (_MHTML, *_real("multipart/related"))
    words = making.docx(making.paragraph("FileReading"), comments_xml="<w:comments/>")
    yield "office: DOCX", office.DOCX, (office.word("One", "Two"), words)
    yield "office: XLSX", office.XLSX, (office.workbook(), *_real(office.XLSX))
    yield "office: PPTX", _PPTX, (making.pptx("first", "second"), *_real(_PPTX))
    yield "office: ODT", _ODT, (making.odt("<text:p>One</text:p>"), *_real(_ODT))
    yield "office: ODS", office.ODS, (office.open_document(office.ODS, _ODS_CONTENT), *_real(office.ODS))
    yield "office: ODP", office.ODP, (office.open_document(office.ODP, _ODP_CONTENT),)
    yield "office: XLS", "application/vnd.ms-excel", _real("application/vnd.ms-excel")
    yield "office: DOC", "application/msword", (making.old_word("One\rTwo"), *_real("application/msword"))
    yield "office: PPT", "application/vnd.ms-powerpoint", (making.old_slides("One", "Два"),)
    yield "office: RTF", "application/rtf", (_RTF, *_real("application/rtf"))
    yield "office: EPUB", "application/epub+zip", (making.epub("<p>One</p>", "<p>Two</p>"),)
    yield "office: CSV", "text/csv", (b'name,sum\nA,1\n"B, C",2\n' * 4, "имя;сумма\nА;1\n".encode("cp1251"))
    yield "web: HTML", "text/html", (_HTML, *_real("text/html"))
    yield "web: WARC", "application/warc", (making.warc(("http://a.test/", "<p>One</p>"), ("http://b.test/", "x")),)
    yield "web: WACZ", "application/wacz", _real("application/wacz")
    yield "pdf", "application/pdf", (_pdf(), *_real("application/pdf"))
    for kind in ("JPEG", "PNG", "TIFF", "GIF", "WEBP", "BMP", "AVIF", "HEIF"):
        sample = _picture(kind)
        yield f"image: {kind}", f"image/{kind.lower()}".replace("heif", "heic"), (sample,) if sample else ()


# ------------------------------------------------------------------------------------------------------ ways


def _read(data: bytes) -> bool:
    def drain(_name: str, stream: BinaryIO) -> None:
        while stream.read(1 << 20):
            pass

    facts = read_file(io.BytesIO(data), "x", begin=lambda kind: FileReading(kind, on_child=drain))
    return not facts.note


def _converting(kind: str) -> Decode:
    def decode(data: bytes) -> bool:
        gathering = Gathering(lambda _block: None, lambda _key, _data: None)
        found = sniff(io.BytesIO(data), "x")
        try:
            convert_source(Source(io.BytesIO(data), "x", found if found in CONVERTED_TYPES else kind), gathering)
        except Enough:
            return True
        return not any("damaged" in note for note in (*gathering.notes, *gathering.preface))

    return decode


def _framed(data: bytes) -> bool:
    shown_picture(data)
    try:
        raster.frames(io.BytesIO(data), all_frames=True, lossy=False)
    except raster.TooManyPixels:
        return False
    return True


def _bundled(data: bytes) -> bool:
    with foreign("pikepdf", *PIKEPDF), open_pdf(io.BytesIO(data)) as pdf:
        traits_of(pdf)
        take_pages(pdf)
    return True


def _showing(kind: str) -> Decode:
    def decode(data: bytes) -> bool:
        with foreign("the libraries that draw"):
            shown = shower_for(kind)(io.BytesIO(data), StoredFile("", kind, "x", len(data)))
            try:
                outline = shown.outline()
                for page, (width, height) in enumerate(outline.pages[:3]):
                    if width * height < 1_000_000:
                        shown.draw(page, Area(0.5, 1, 0, 0, 40, 40))
                    shown.text(page)
                for number, _sheet in enumerate(outline.sheets):
                    shown.cells(number, 0, 50)
            finally:
                shown.close()
        return True

    return decode


def _answer(data: bytes) -> bool:
    read = timestamps.read_proof(data)
    row = TimestampProof(stamped=read.stamped, authority=read.authority)
    roots = (FILES / "proofs" / "root.pem").read_text()
    return timestamps.judge_answer(data, row, roots).standing is timestamps.Standing.VERIFIED


def _certificate(data: bytes) -> bool:
    return bool(timestamps.to_pem([data]))


# --------------------------------------------------------------------------------------------------- samples


def _files(folder: str, ending: str) -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted((FILES / folder).glob(f"*{ending}")))


def _real(kind: str) -> tuple[bytes, ...]:
    """The four smallest real files of a kind, where there are any: what is quickly read is tried often."""
    found = sorted(_real_files().get(kind, ()), key=lambda path: (path.stat().st_size, path.name))
    return tuple(path.read_bytes() for path in found[:4])


@cache
def _real_files() -> dict[str, list[Path]]:
    """Small real files by kind; those with a password, of which nothing is decoded, left out."""
    root = os.environ.get("MAGDESK_TEST_DATA", "")
    found: dict[str, list[Path]] = {}
    for path in sorted(Path(root).rglob("*")) if root else ():
        if path.is_file() and 0 < path.stat().st_size <= _SMALL and "text" not in path.parts:
            with path.open("rb") as stream:
                kind = sniff(stream, path.name)
            if kind != "application/pdf" or b"/Encrypt" not in path.read_bytes():
                found.setdefault(kind, []).append(path)
    return found


def _picture(kind: str) -> bytes:
    image = Image.new("RGB", (24, 16))
    image.putdata([(x * 10, y * 15, (x * y) % 256) for y in range(16) for x in range(24)])
    exif = Image.Exif()
    exif.update({0x010F: "Maker", 0x0112: 6})
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 27.0, 3.0), 3: "E", 4: (30.0, 31.0, 2.0)})
    out = io.BytesIO()
    if kind == "HEIF":
        pillow_heif.register_heif_opener()
    try:
        if kind in ("BMP", "GIF"):
            image.save(out, kind)
        elif kind == "TIFF":
            image.save(out, kind, save_all=True, append_images=[image.convert("L")])
        else:
            image.save(out, kind, exif=exif.tobytes())
    except (KeyError, ValueError, OSError, RuntimeError):  # this build has no encoder for it
        return b""
    return out.getvalue()


def _pdf() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (24, 16), "red").save(out, "PDF", title="One", author="Two")
    return out.getvalue()


_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_ODT = "application/vnd.oasis.opendocument.text"
_ODS_CONTENT = (
    '<office:body><office:spreadsheet><table:table table:name="Payments"><table:table-row><table:table-cell>'
    '<text:p>One</text:p></table:table-cell><table:table-cell table:number-columns-repeated="3"/></table:table-row>'
    '<table:table-row table:number-rows-repeated="2"><table:table-cell><text:p>2</text:p></table:table-cell>'
    "</table:table-row></table:table></office:spreadsheet></office:body>"
)
_ODP_CONTENT = (
    '<office:body><office:presentation><draw:page draw:name="p1"><draw:frame><draw:text-box><text:p>One</text:p>'
    "</draw:text-box></draw:frame></draw:page></office:presentation></office:body>"
)
_MAILBOX = b"From a@example.org Wed Mar  5 10:00:00 2014\n" + office.MAIL.replace(b"\r\n", b"\n") + b"\n"
_MAILBOX += b"From b@example.org Wed Mar  5 10:00:00 2014\nFrom: b\nSubject: two\n\nSecond.\n"
_FORWARDED = (
    b"From: a@example.org\r\nSubject: Fwd\r\nMIME-Version: 1.0\r\nReceived: from x by y; Wed, 5 Mar 2014 10:00:00\r\n"
    b"DKIM-Signature: v=1; d=example.org\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n"
    b"Content-Type: text/html; charset=koi8-r\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=F0=F2</p>\r\n"
    b"--c\r\nContent-Type: message/rfc822\r\n\r\n" + office.MAIL + b"\r\n--c--\r\n"
)
_MHTML = (
    b"From: <Saved by Blink>\r\nSnapshot-Content-Location: http://a.test/\r\nSubject: A\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; type="text/html"; boundary="m"\r\n\r\n--m\r\nContent-Type: text/html\r\n'
    b"Content-Location: http://a.test/\r\n\r\n<html><body><p>One</p><img src=cid:1></body></html>\r\n--m\r\n"
    b"Content-Type: image/png\r\nContent-ID: <1>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + base64.b64encode(office.png((4, 4)))
    + b"\r\n--m--\r\n"
)
_RTF = (
    rb"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fcharset204 Arial;}}{\info{\title One}{\author Two}"
    rb"{\creatim\yr2014\mo3\dy5}}\f0 \'cf\'f0\'e8\u1082?{\b bold}\par{\*\annotation x}{\pict\pngblip 89504e47}\par}"
)
_HTML = (
    b"<!doctype html><html><head><meta charset=utf-8><title>One</title></head><body><h1>A</h1><table><tr><td>1"
    b'<td colspan=2>2</table><ul><li>x</ul><a href="http://a.test/">a</a><img src="data:image/png;base64,'
    + base64.b64encode(office.png((4, 4)))
    + b'"></body></html>'
)


def without_pandoc() -> None:
    """Documents are converted without the other program: its own decoder is not ours, and each start costs much."""

    def none(program: Program) -> Path | None:
        return None

    programs.find_program = none
