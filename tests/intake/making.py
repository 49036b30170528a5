"""Files made for tests: ordinary ones of every kind, and nasty ones."""

from __future__ import annotations

import io
import struct
import sys
import zipfile
import zlib
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"


def packed(members: Mapping[str, str | bytes], mimetype: str = "") -> bytes:
    """A ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(body: str, **parts: str | bytes) -> bytes:
    """A Word document with that body, and further parts by name without folder."""
    document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    extra = {f"word/{name.replace('__', '/').replace('_', '.', 1)}": data for name, data in parts.items()}
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **extra})


def paragraph(text: str) -> str:
    """A paragraph of a Word document."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def pptx(*slides: str) -> bytes:
    """Slides of one paragraph each."""
    members = {
        f"ppt/slides/slide{number}.xml": f'<p xmlns:a="{A}"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p>'
        for number, text in enumerate(slides, 1)
    }
    return packed({"[Content_Types].xml": "<Types/>", **members})


def odt(content: str, kind: str = "text") -> bytes:
    """An OpenDocument file."""
    xml = f'<office xmlns:text="{TEXT}" xmlns:table="{TABLE}">{content}</office>'
    return packed({"content.xml": xml}, f"application/vnd.oasis.opendocument.{kind}")


def epub(*chapters: str) -> bytes:
    """An e-book."""
    items = "".join(f'<item id="c{n}" href="c{n}.xhtml"/>' for n in range(len(chapters)))
    order = "".join(f'<itemref idref="c{n}"/>' for n in reversed(range(len(chapters))))
    return packed(
        {
            "META-INF/container.xml": '<container><rootfile full-path="book/p.opf"/></container>',
            "book/p.opf": f"<package><metadata><title>Report</title></metadata>{items}{order}</package>",
            **{f"book/c{n}.xhtml": f"<html><body>{text}</body></html>" for n, text in enumerate(chapters)},
        },
        "application/epub+zip",
    )


def warc(*pages: tuple[str, str]) -> bytes:
    """Captures of pages: address and HTML."""
    out = b""
    for url, html in pages:
        body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html.encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-03-05T10:00:00Z\r\n"
            "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        out += head.encode() + body + b"\r\n\r\n"
    return out


def xml_bomb() -> str:
    """A billion laughs."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{levels}]><x>&l9;</x>'


def png_of(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds hardly anything."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 100))
        + chunk(b"IEND", b"")
    )


def fake_worker(program: str) -> tuple[str, ...]:
    """The command line of a worker that says it is locked in and then does what the program says."""
    ready = (
        "import sys, struct; sys.stdout.buffer.write(struct.pack('<cQ', b'+', 8) + b'[[], []]'); sys.stdout.flush()"
    )
    return (sys.executable, "-c", f"{ready}\n{program}")
