"""A cell says the same in the search index, on the exhibit page and in the window."""

from __future__ import annotations

import datetime
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from magdesk.intake.conversion.convert import convert_source
from magdesk.intake.conversion.gathering import Gathering
from magdesk.intake.read import read_file
from magdesk.intake.rendering.answers import StoredFile
from magdesk.intake.rendering.tables import OpenTable
from magdesk.intake.source import Source
from magdesk.intake.spreadsheets import open_book
from magdesk.intake.spreadsheets.book import ODS, XLS, XLSX
from tests.intake.conversion_samples import open_document


def workbook() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet: Any = book.worksheets[0]
    sheet.title = "Payments"
    sheet.append(["when", "sum", "share", "paid", "note"])
    sheet.append([datetime.date(2014, 3, 5), 1499.99, 0.256, True, "two\nlines"])
    sheet.append([datetime.datetime(2014, 3, 5, 10, 30), 12_000, 1, False, None])
    sheet["B2"].number_format = "#,##0.00"
    sheet["C2"].number_format = "0.0%"
    sheet.append([None])
    sheet.append(["total"])
    sheet.row_dimensions[2].hidden = True
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.merge_cells("A5:B5")
    second = book.create_sheet("Second")
    second["A1"] = "aside"
    second.sheet_state = "hidden"
    book.save(out)
    return out.getvalue()


SHOWN = [
    ["when", "sum", "share", "paid", "note"],
    ["2014-03-05", "1,499.99", "25.6%", "TRUE", "two lines"],
    ["2014-03-05 10:30:00", "12000", "1", "FALSE"],
    [],
    ["total"],
]


def indexed(data: bytes, name: str = "x.xlsx") -> list[list[str]]:
    text = dict(read_file(io.BytesIO(data), name).text)[1]
    return [line.split("\t") for line in text.split("\n")[1:]]


def in_the_window(data: bytes, kind: str = XLSX) -> list[list[str]]:
    table = OpenTable(io.BytesIO(data), StoredFile("", kind, "x", len(data)))
    return [list(row) for row in table.cells(0, 0, 50).rows]


def on_the_page(data: bytes, kind: str = XLSX) -> tuple[str, Gathering]:
    blocks: list[str] = []
    gathering = Gathering(blocks.append, lambda _key, _data: None)
    convert_source(Source(io.BytesIO(data), "x", kind), gathering)
    return "".join(json.dumps(json.loads(block), ensure_ascii=False) for block in blocks), gathering


def test_index_page_and_window_show_the_same() -> None:
    data = workbook()
    assert in_the_window(data) == SHOWN
    assert indexed(data) == [row for row in SHOWN if row]
    page, _gathering = on_the_page(data)
    for text in (text for row in SHOWN for text in row):
        assert json.dumps(text, ensure_ascii=False) in page, text


def test_what_the_original_hides_and_joins_is_said_on_the_page() -> None:
    page, gathering = on_the_page(workbook())
    assert "Hidden in the original, shown here: rows 2\u20133." in page
    assert "Hidden in the original, shown here: columns C." in page
    assert "Joined to one cell in the original: A5:B5." in page
    assert "Second (hidden sheet)" in page
    assert not any("damaged" in sentence for sentence in gathering.preface)


def test_rows_are_typed() -> None:
    (first, second) = [
        (sheet.title, sheet.hidden, list(sheet.rows))
        for sheet in open_book(Source(io.BytesIO(workbook()), "x", XLSX), 5).sheets
    ]
    assert second[:2] == ("Second", True)
    row = first[2][1]
    assert (row.number, row.hidden) == (2, True)
    assert [cell.value for cell in row.cells] == [datetime.datetime(2014, 3, 5), 1499.99, 0.256, True, "two\nlines"]
    assert [cell.form for cell in row.cells[1:3]] == ["#,##0.00", "0.0%"]


def test_an_opendocument_sheet_stands_at_its_rows() -> None:
    content = (
        '<office:body><office:spreadsheet><table:table table:name="Payments"><table:table-row><table:table-cell>'
        '<text:p>One</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="3"/>'
        '<table:table-row><table:table-cell table:number-columns-repeated="2"/><table:table-cell><text:p>2</text:p>'
        "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
    )
    data = open_document(ODS, content)
    assert in_the_window(data, ODS) == [["One"], [], [], [], ["", "", "2"]]
    assert indexed(data, "x.ods") == [["One"], ["", "", "2"]]


def test_an_old_workbook_keeps_its_formats(real_files: Path) -> None:
    data = (real_files / "wrong-pages" / "spreadsheet-money.xls").read_bytes()
    window = in_the_window(data, XLS)
    assert indexed(data, "x.xls") == [row for row in window if row]
    assert any("." in text and text.replace(",", "").replace(".", "").isdigit() for row in window for text in row)
    page, _gathering = on_the_page(data, XLS)
    assert all(json.dumps(text, ensure_ascii=False) in page for row in window for text in row)


@pytest.mark.parametrize("kind", [XLSX, XLS, ODS])
def test_what_is_no_spreadsheet_is_damaged_everywhere(kind: str) -> None:
    from magdesk.errors import InputError

    for show in (in_the_window, on_the_page):
        with pytest.raises(InputError):
            show(b"nothing of the kind", kind)
