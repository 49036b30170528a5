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
    """A ZIP archive, the same bytes at every hour."""
    out = io.BytesIO()
    first = {"mimetype": mimetype} if mimetype else {}
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in (first | dict(members)).items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
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


# --------------------------------------------------------------------------- the formats of Office before 2007

_SECTOR, _END, _FREE, _TABLE = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file ([MS-CFB]) of some streams, each made up to the size from which it has sectors of its own."""
    table, bodies = [_TABLE], b""
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    place = 2
    for number, (name, data) in enumerate(streams.items(), 1):
        whole = data + bytes(max(4_096, -(-len(data) // _SECTOR) * _SECTOR) - len(data))
        entries.append(_entry(name, 2, place, len(whole), right=number + 1 if number < len(streams) else _FREE))
        bodies += whole
        place += len(whole) // _SECTOR
    assert len(entries) <= 4, "one sector of entries"
    table.append(_END)
    for data in streams.values():
        size = max(4_096, -(-len(data) // _SECTOR) * _SECTOR) // _SECTOR
        table += [*range(len(table) + 1, len(table) + size), _END]
    assert len(table) <= 128, "one sector of the table"
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4_096, _END, 0, _END, 0) + struct.pack("<109I", 0, *[_FREE] * 108)
    allocation = struct.pack("<128I", *table, *[_FREE] * (128 - len(table)))
    return head + allocation + b"".join(entries).ljust(_SECTOR, bytes(1)) + bodies


def _entry(name: str, kind: int, start: int, size: int, *, right: int = _FREE, child: int = _FREE) -> bytes:
    letters = f"{name}\0".encode("utf-16-le")
    about = struct.pack("<HBB3I", len(letters), kind, 1, _FREE, right, child)
    return letters.ljust(64, bytes(1)) + about + bytes(36) + struct.pack("<IQ", start, size)


def old_word(text: str) -> bytes:
    """A Word document of 1997: one piece of text in one byte for each letter ([MS-DOC] 2.4.1)."""
    main = bytearray(0x400)
    struct.pack_into("<HH", main, 0, 0xA5EC, 0x00C1)
    struct.pack_into("<H", main, 10, 0x0200)
    pieces = struct.pack("<II", 0, len(text)) + struct.pack("<HIH", 0, 0x40000000 | 2 * len(main), 0)
    pieces = b"\2" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", main, 0x01A2, 0, len(pieces))
    return compound({"WordDocument": bytes(main) + text.encode("cp1252"), "1Table": pieces})


def old_slides(*texts: str) -> bytes:
    """A presentation of 1997 ([MS-PPT] 2.9): each text in one byte for a letter where it fits, else in two."""
    records = b""
    for text in texts:
        kind, body = (0x0FA8, text.encode("latin-1")) if text.isascii() else (0x0FA0, text.encode("utf-16-le"))
        records += struct.pack("<HHI", 0, kind, len(body)) + body
    return compound({"PowerPoint Document": struct.pack("<HHI", 0x0F, 0x03E8, len(records)) + records})
