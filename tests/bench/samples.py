"""A small sound file of every kind that is taken apart: each structure of the kind once, and little besides.

Damage is to hit what a decoder looks at and not what fills a file up; what is small is also quickly read, so that ten
thousand damaged files of a kind take no longer than a minute. The files are the same bytes each time.
"""

from __future__ import annotations

import hashlib
import io
import os
import plistlib
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from magdesk.intake.compoundfile import compound_file
from magdesk.intake.readerchoice import LOCKED_OOXML
from magdesk.intake.sniff import sniff
from magdesk.intake.spreadsheets.book import XLSB
from tests.bench.mailsamples import FORWARDED, HTML, LETTER, MAILBOX, MHTML, tnef
from tests.bench.officesamples import RTF, SHEET, SLIDE, old_workbook, open_text, slides, word
from tests.bench.picturesamples import pdf, picture, sound
from tests.intake import making
from tests.intake.conversion import conversion_samples as office
from tests.intake.spreadsheets import binaryworkbook

FILES = Path(__file__).parents[1] / "files"
_SMALL = 60_000  # bytes
_UNPACKED = 120_000  # bytes: what unpacks to more is slow to read and hardly more telling
_NOW = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_PPTX, _ODT, _ODG = _OOXML + "presentationml.presentation", _ODF + "text", _ODF + "graphics"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True, slots=True)
class Samples:
    """Sound files of one kind.

    Attributes:
        kind: its media type.
    """

    name: str
    kind: str
    files: tuple[bytes, ...]


def samples() -> Iterator[Samples]:
    """All kinds; those of which there is no file left out."""
    for one in (*_mail(), *_office(), *_web(), *_other(), *_pictures()):
        if one.files:
            yield one


def proof_files(ending: str) -> tuple[bytes, ...]:
    """The proofs of that ending."""
    return tuple(path.read_bytes() for path in sorted((FILES / "proofs").glob(f"*{ending}")))


def _mail() -> Iterator[Samples]:
    outlook = compound_file(LETTER)
    yield Samples("mail: message", "message/rfc822", (office.MAIL, FORWARDED, *_real("message/rfc822")))
    yield Samples("mail: mailbox", "application/mbox", (MAILBOX, *_real("application/mbox")))
    yield Samples("mail: Outlook", "application/vnd.ms-outlook", (outlook, *_real("application/vnd.ms-outlook")))
    yield Samples("mail: MHTML", "multipart/related", (MHTML, *_real("multipart/related")))
    yield Samples("mail: TNEF", "application/vnd.ms-tnef", (tnef(),))
    yield Samples("mail: envelope", "application/pkcs7-mime", _stored("envelopes", ".p7m"))


def _office() -> Iterator[Samples]:
    docx, xls, doc = _OOXML + "wordprocessingml.document", "application/vnd.ms-excel", "application/msword"
    open_sheet, open_slides = office.open_document(office.ODS, SHEET), office.open_document(office.ODP, SLIDE)
    yield Samples("office: DOCX", docx, (making.packed(word()), *_real(docx)))
    yield Samples("office: locked", LOCKED_OOXML, _stored("envelopes", ".docx"))
    yield Samples("office: XLSX", office.XLSX, (_always_the_same(office.workbook()), *_real(office.XLSX)))
    yield Samples("office: XLSB", XLSB, (binaryworkbook.workbook(binaryworkbook.SHEET, binaryworkbook.FORMS),))
    yield Samples("office: PPTX", _PPTX, (making.packed(slides()), *_real(_PPTX)))
    yield Samples("office: ODT", _ODT, (open_text(), *_real(_ODT)))
    yield Samples("office: ODS", office.ODS, (_always_the_same(open_sheet), *_real(office.ODS)))
    yield Samples("office: ODP", office.ODP, (_always_the_same(open_slides), *_real(office.ODP)))
    yield Samples("office: ODG", _ODG, (_always_the_same(office.open_document(_ODG, SLIDE)), *_real(_ODG)))
    yield Samples("office: XLS", xls, (old_workbook(), *_real(xls)))
    yield Samples("office: DOC", doc, (making.old_word("One\rTwo"), *_real(doc)))
    yield Samples("office: PPT", "application/vnd.ms-powerpoint", (making.old_slides("One", "Два"),))
    yield Samples("office: RTF", "application/rtf", (RTF, *_real("application/rtf")))
    yield Samples("office: EPUB", "application/epub+zip", (making.epub("<p>One</p>", "<p>Two</p>"),))
    yield Samples("office: CSV", "text/csv", (b'name,sum\nA,1\n"B, C",2\n' * 4, "имя;сумма\nА;1\n".encode("cp1251")))
    parts: dict[str, str | bytes] = {
        "QuickLook/Preview.pdf": pdf(),
        "index.xml": "<sl:document/>",
        "buildVersionHistory": "x",
    }
    pages = making.packed(parts)
    yield Samples("office: Pages", "application/vnd.apple.pages", (pages,))


def _web() -> Iterator[Samples]:
    capture = making.warc(("http://a.test/", "<p>One</p>"), ("http://b.test/", "x"))
    digest = hashlib.sha256(capture).hexdigest()
    package: dict[str, str | bytes] = {
        "datapackage.json": f'{{"resources": [{{"path": "archive/a.warc", "hash": "sha256:{digest}"}}]}}',
        "pages/pages.jsonl": '{"url": "http://a.test/", "title": "A"}',
        "archive/a.warc": capture,
    }
    safari = {
        "WebMainResource": {"WebResourceData": b"<p>One</p><img src=i.png>", "WebResourceMIMEType": "text/html",
                            "WebResourceTextEncodingName": "UTF-8", "WebResourceURL": "http://a.test/"},
        "WebSubresources": [{"WebResourceData": office.png((4, 4)), "WebResourceMIMEType": "image/png",
                             "WebResourceURL": "http://a.test/i.png"}],
    }  # fmt: skip
    saved = tuple(plistlib.dumps(safari, fmt=form) for form in (plistlib.FMT_BINARY, plistlib.FMT_XML))
    yield Samples("web: HTML", "text/html", (HTML, *_real("text/html")))
    yield Samples("web: WARC", "application/warc", (capture, *_real("application/warc")))
    yield Samples("web: WACZ", "application/wacz", (making.packed(package), *_real("application/wacz")))
    yield Samples("web: Safari", "application/x-webarchive", saved)


def _other() -> Iterator[Samples]:
    yield Samples("pdf", "application/pdf", (pdf(), *_real("application/pdf")))
    yield Samples("archive: ZIP", "application/zip", (making.packed({"a/b.txt": "One", "c.eml": office.MAIL}),))
    yield Samples("text: plain", "text/plain", ("One\nДва\n".encode(), "Два".encode("utf-16")))
    yield Samples("text: JSON", "application/json", ('{"a": [1, "Ж"], "b": null}'.encode(),))
    yield Samples("text: XML", "application/xml", (b'<?xml version="1.0"?><!DOCTYPE a><a b="c">One<d/></a>',))
    yield Samples("text: SVG", "image/svg+xml", (b'<svg xmlns="http://www.w3.org/2000/svg"><text>One</text></svg>',))
    yield Samples("media: sound", "audio/wav", (sound(),))


# ----------------------------------------------------------------------------------------------- from where they are


def _stored(folder: str, ending: str) -> tuple[bytes, ...]:
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
            data = path.read_bytes()
            kind = sniff(io.BytesIO(data), path.name)
            if _unpacked(data) <= _UNPACKED and (kind != "application/pdf" or b"/Encrypt" not in data):
                found.setdefault(kind, []).append(path)
    return found


def _unpacked(data: bytes) -> int:
    if not data.startswith(b"PK"):
        return 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError):
        return 0  # some are damaged themselves


def _always_the_same(data: bytes) -> bytes:
    """An archive without the hour at which it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), _NOW.sub(b"2014-03-05T10:00:00Z", old.read(name)))
    return out.getvalue()


def _pictures() -> Iterator[Samples]:
    for kind in ("JPEG", "PNG", "TIFF", "GIF", "WEBP", "BMP", "AVIF", "HEIF"):
        media_type = f"image/{kind.lower()}".replace("heif", "heic")
        sample = picture(kind)
        yield Samples(f"image: {kind}", media_type, (sample,) if sample else ())
