"""Documents made for the tests of conversion."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import docx
import openpyxl
from PIL import Image

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODP = "application/vnd.oasis.opendocument.presentation"


def png(size: tuple[int, int] = (120, 80)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (180, 40, 40)).save(out, "PNG")
    return out.getvalue()


def word(*texts: str) -> bytes:
    document = docx.Document()
    document.add_heading("Findings", 1)
    for text in texts:
        document.add_paragraph(text)
    document.add_paragraph("first point", style="List Bullet")
    table = document.add_table(2, 2)
    for number, cell in enumerate(table._cells):
        cell.text = f"cell {number}"
    document.add_picture(io.BytesIO(png()))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_with_changes() -> bytes:
    body = (
        '<w:p><w:r><w:t xml:space="preserve">The colonel </w:t></w:r>'
        '<w:del w:id="1" w:author="A. Editor" w:date="2015-03-01T10:00:00Z">'
        '<w:r><w:delText xml:space="preserve">ordered</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="B. Clerk" w:date="2015-03-04T10:00:00Z">'
        '<w:r><w:t xml:space="preserve">suggested</w:t></w:r></w:ins>'
        '<w:r><w:t xml:space="preserve"> it.</w:t></w:r></w:p>'
    )
    return changed(word(), {"word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'})


def changed(data: bytes, parts: Mapping[str, str]) -> bytes:
    """The archive with parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
    return out.getvalue()


def workbook(rows: int = 3, columns: int = 3) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Payments"
    for row in range(rows):
        sheet.append([f"r{row + 1}c{column + 1}" for column in range(columns)])
    hidden = book.create_sheet("Second set")
    hidden["B2"] = 0.256
    hidden["B2"].number_format = "0.0%"
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def open_document(media_type: str, content: str) -> bytes:
    out = io.BytesIO()
    names = {
        "office": "office", "text": "text", "table": "table", "draw": "drawing", "style": "style",
    }  # fmt: skip
    spaces = " ".join(
        f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for key, name in names.items()
    )
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", media_type)
        archive.writestr("content.xml", f"<office:document-content {spaces}>{content}</office:document-content>")
    return out.getvalue()


MAIL = (
    b"From: Witness <w@example.org>\r\nTo: office@example.org\r\nDate: Wed, 5 Mar 2014 10:00:00 +0200\r\n"
    b"Subject: =?utf-8?b?0J/QuNGB0YzQvNC+?=\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThey came at night.\r\n"
    b"--b\r\nContent-Type: application/pdf\r\n"
    b'Content-Disposition: attachment; filename="order.pdf"\r\n\r\n%PDF-1.4\r\n'
    b"--b--\r\n"
)
