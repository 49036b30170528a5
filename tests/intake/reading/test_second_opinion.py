"""Another program is asked what it reads of the same file: no word may be found by it alone.

LibreOffice and ``pdftotext`` are seldom on the machine that runs the tests: where they are not, it is skipped.
``python -m tests.bench.secondopinion`` asks about real files.
"""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from reportlab.pdfgen.canvas import Canvas

from tests.bench.secondopinion import Opinion, compare, there


def asked(path: Path) -> Opinion:
    if not there(path.suffix):
        pytest.skip(f"no program here reads {path.suffix} beside MagDesk")
    (found,) = compare([(path.name, path)])
    assert found.read > 3
    return found


def test_mail(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "Ада <ada@clinic.example>", "Приказ № 47"
    message.set_content("He gave the order: стреляйте.\n", charset="koi8-r", cte="base64")
    message.add_alternative("<p>He gave the <b>order</b></p>", subtype="html")
    message.add_attachment(b"x", maintype="application", subtype="octet-stream", filename="наказ.bin")
    path = tmp_path / "letter.eml"
    path.write_bytes(bytes(message))
    found = asked(path)
    assert (found.theirs, found.ours) == ((), ())


def test_pages(tmp_path: Path) -> None:
    path = tmp_path / "order.pdf"
    canvas = Canvas(str(path), invariant=True)
    for number in (1, 2):
        canvas.drawString(72, 700, f"The general gave order {number} of 47/2019.")
        canvas.showPage()
    canvas.save()
    found = asked(path)
    assert (found.theirs, found.ours) == ((), ())


@pytest.mark.slow
def test_office_files(tmp_path: Path) -> None:
    if not there(".docx"):
        pytest.skip("no LibreOffice here")
    document = Document()
    document.add_paragraph("The general gave order 47/2019. Приказ отдан.")
    document.add_table(1, 2).cell(0, 1).text = "second column"
    document.save(str(tmp_path / "order.docx"))
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for number, (value, form) in enumerate(_CELLS, 1):
        sheet.cell(number, 1, value).number_format = form
    sheet.column_dimensions["A"].width = 40  # in a narrow one numbers are drawn as ###
    book.create_sheet("Second").append(["on the second sheet"])
    book.save(tmp_path / "sums.xlsx")
    (tmp_path / "order.rtf").write_bytes(
        rb"{\rtf1\ansi\ansicpg1251 The general gave order 47/2019.\par \'cf\'f0\'e8\'ea\'e0\'e7}"
    )
    paths = sorted(tmp_path.iterdir())
    found = list(compare([(path.name, path) for path in paths]))
    assert [one.name for one in found] == [path.name for path in paths]
    assert {one.name: one.theirs for one in found if one.theirs} == {}
    assert {one.name: one.ours for one in found if one.ours} == {}


_CELLS: tuple[tuple[float | datetime, str], ...] = (
    (1499.99, "#,##0.00"), (-1250.5, '"USD" #,##0.00;[Red]("USD" #,##0.00)'), (0.375, "0.0%"), (2.75, "# ?/?"),
    (123456, "0.00E+00"), (datetime(2014, 3, 5), "d mmmm yyyy"), (7, "00000"), (28450000, "#,##0,\" thousand\""),
)  # fmt: skip
