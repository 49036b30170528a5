"""A cell says the same in the search index, on the exhibit page and in the window."""

from __future__ import annotations

import datetime
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from magdesk.intake.conversion.convert import convert_source
from magdesk.intake.conversion.gathering import Gathering
from magdesk.intake.read import read_file
from magdesk.intake.rendering.answers import StoredFile
from magdesk.intake.rendering.tables import OpenTable
from magdesk.intake.source import Source
from magdesk.intake.spreadsheets import open_book
from magdesk.intake.spreadsheets.book import ODS, XLS, XLSX
from tests.bench.officesamples import old_workbook
from tests.intake.conversion.conversion_samples import open_document


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
    assert "Merged into one cell in the original: A5:B5." in page
    assert "Second (hidden sheet)" in page
    assert not any("damaged" in sentence for sentence in gathering.preface)


def _changed(data: bytes, part: str, *pairs: tuple[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            for before, after in pairs if name == part else ():
                assert before.encode() in text, text
                text = text.replace(before.encode(), after.encode())
            new.writestr(name, text)
    return out.getvalue()


def test_a_workbook_that_counts_from_1904_tells_the_same_days() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.epoch = CALENDAR_MAC_1904
    sheet: Any = book.worksheets[0]
    sheet.append([datetime.date(2014, 3, 5), datetime.timedelta(hours=36), 41703 - 1462])
    sheet["A1"].number_format = "dd.mm.yyyy"
    sheet["B1"].number_format = "[h]:mm"
    book.save(out)
    assert b'date1904="1"' in zipfile.ZipFile(out).read("xl/workbook.xml")
    assert in_the_window(out.getvalue()) == [["05.03.2014", "36:00", "40241"]]


def test_a_formula_without_a_stored_value_says_so() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet: Any = book.worksheets[0]
    sheet.append([1, "=A1*2", "end"])
    book.save(out)
    shown = [["1", "[formula without a stored value]", "end"]]
    assert in_the_window(out.getvalue()) == indexed(out.getvalue()) == shown
    page, gathering = on_the_page(out.getvalue())
    assert shown[0][1] in page
    assert any("Formulas without a stored value: 1." in sentence for sentence in gathering.preface)
    table = OpenTable(io.BytesIO(out.getvalue()), StoredFile("", XLSX, "x", len(out.getvalue())))
    assert "Formulas without a stored value: 1." in table.outline().note
    # A formula whose result is an empty text has a value.
    empty = _changed(out.getvalue(), "xl/worksheets/sheet1.xml", ('<c r="B1"', '<c r="B1" t="str"'))
    assert in_the_window(empty) == [["1", "", "end"]]


def test_formats_that_are_not_honoured_are_named_on_the_page_and_in_the_window() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet: Any = book.worksheets[0]
    sheet.append([5, 41703, 41703, 12])
    for cell, form in zip(sheet[1], ("[DBNum1]0", "[$-419]d mmmm yyyy", "mm-dd-yy", "0.00"), strict=True):
        cell.number_format = form
    book.save(out)
    assert in_the_window(out.getvalue()) == [["5", "5 March 2014", "2014-03-05", "12.00"]]
    said = " ".join(on_the_page(out.getvalue())[1].preface)
    note = OpenTable(io.BytesIO(out.getvalue()), StoredFile("", XLSX, "x", 9)).outline().note
    for sentence in (said, note):
        assert "(“[DBNum1]” is not supported): “[DBNum1]0”." in sentence
        assert "(names of months and days are printed in English): “[$-419]d mmmm yyyy”." in sentence
        assert "year-month-day is printed" in sentence
        assert "0.00" not in sentence


def test_what_is_hidden_is_told_in_the_window() -> None:
    table = OpenTable(io.BytesIO(workbook()), StoredFile("", XLSX, "x", 9)).outline()
    assert "Hidden in “Payments”: rows 2\u20133." in table.note
    assert "Hidden in “Payments”: columns C." in table.note
    assert [sheet.name for sheet in table.sheets] == ["Payments", "Second (hidden)"]


def test_an_opendocument_sheet_tells_what_it_hides_and_what_it_only_stores() -> None:
    content = (
        '<office:automatic-styles><style:style style:name="ta2" style:family="table"><style:table-properties '
        'table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>'
        '<table:table table:name="Payments" table:style-name="ta2"><table:table-column/><table:table-column '
        'table:visibility="collapse"/><table:table-row><table:table-cell office:value-type="float" '
        'office:value="1499.99"/><table:table-cell table:formula="of:=[.A1]*2"/></table:table-row>'
        '<table:table-row table:visibility="collapse"><table:table-cell><text:p>two</text:p></table:table-cell>'
        "</table:table-row></table:table></office:spreadsheet></office:body>"
    )
    data = open_document(ODS, content)
    assert in_the_window(data, ODS) == [["1499.99", "[formula without a stored value]"], ["two"]]
    page, _gathering = on_the_page(data, ODS)
    assert "Payments (hidden sheet)" in page
    assert "Hidden in the original, shown here: columns B." in page
    assert "Hidden in the original, shown here: rows 2." in page


MONEY = {
    "xlsx": [
        ["1,234,567.50", "-999.99", "0.45"],
        ["$1,234,567.50", "($999.99)", "$0.45"],
        ["1,234,567.50 €", "-999.99 €", "0.45 €"],
    ],
    "xls": [
        ["1,234,567.50", "-999.99", "0.45"],
        ["$1,234,567.50", "($999.99)", "$0.45"],
        ["1234567.50", "-999.99", "0.45"],
        ["1,234,567.50 USD", "-999.99 USD", "0.45 USD"],
    ],
}


@pytest.mark.parametrize("ending", sorted(MONEY))
def test_money_is_told_as_the_workbook_shows_it(real_files: Path, ending: str) -> None:
    data = (real_files / "wrong-pages" / f"spreadsheet-money.{ending}").read_bytes()
    kind = XLSX if ending == "xlsx" else XLS
    assert [row[1:] for row in in_the_window(data, kind)] == MONEY[ending]
    page, _gathering = on_the_page(data, kind)
    assert all(json.dumps(text, ensure_ascii=False) in page for row in MONEY[ending] for text in row)


def test_payments_keep_their_decimals_on_the_page(real_files: Path) -> None:
    data = (real_files / "situations" / "01-xlsx-decimals" / "evidence" / "pay.xlsx").read_bytes()
    page, _gathering = on_the_page(data)
    assert all(f'"{text}"' in page for text in ("1,499.99", "0.75", "250,000.50", "251,501.24"))


def test_rows_are_typed() -> None:
    (first, second) = [
        (sheet.title, sheet.hidden, list(sheet.rows))
        for sheet in open_book(Source(io.BytesIO(workbook()), "x", XLSX), 5).sheets
    ]
    assert second[:2] == ("Second", True)
    row = first[2][1]
    assert (row.number, row.hidden) == (2, True)
    assert [cell.value for cell in row.cells] == [41703, 1499.99, 0.256, True, "two\nlines"]
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


def far(column: int, rows: int = 1) -> dict[str, bytes]:
    """One word in that column, from 1, of each row, in each kind of spreadsheet."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in range(1, rows + 1):
        book.worksheets[0].cell(row, column, f"far {row}")
    book.save(out)
    cell = (
        f'<table:table-cell table:number-columns-repeated="{column - 1}"/>'
        "<table:table-cell><text:p>far</text:p></table:table-cell>"
    )
    content = (
        f'<office:body><office:spreadsheet><table:table table:name="T"><table:table-row>{cell}</table:table-row>'
        "</table:table></office:spreadsheet></office:body>"
    )
    return {XLSX: out.getvalue(), ODS: open_document(ODS, content), "text/csv": b"," * (column - 1) + b"far\n"}


@pytest.mark.parametrize("kind", [XLSX, ODS, "text/csv"])
def test_what_stands_further_right_than_is_shown_is_told(kind: str) -> None:
    page, gathering = on_the_page(far(400)[kind], kind)
    assert "wider than shown" in page + " ".join((*gathering.preface, *gathering.notes))
    assert "The sheet is empty" not in page
    outline = OpenTable(io.BytesIO(far(2_300)[kind]), StoredFile("", kind, "x", 9))
    assert [whole for *_rest, whole in outline._sheets] == [False]
    page, _gathering = on_the_page(far(100)[kind], kind)
    assert "wider than shown" not in page
    assert "far" in page


def test_the_index_says_which_columns_it_leaves_out() -> None:
    facts = read_file(io.BytesIO(far(2_001)[XLSX]), "x.xlsx")
    assert "columns after BXX are not searchable" in facts.note
    assert "far 1" in dict(read_file(io.BytesIO(far(2_000)[XLSX]), "x.xlsx").text)[1]


def test_a_long_narrow_workbook_is_searchable_to_its_end() -> None:
    facts = read_file(io.BytesIO(far(2, 2_600)[XLSX]), "x.xlsx")
    assert facts.note == ""
    assert dict(facts.text)[1].endswith("\n\tfar 2600")


def numbered(*rows: tuple[int, str]) -> bytes:
    """A workbook whose rows say which they are, in the order they are written."""
    written = "".join(
        f'<row r="{number}"><c r="{place}{number}" t="inlineStr"><is><t>{place}{number}</t></is></c></row>'
        for number, place in rows
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(far(1)[XLSX])) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            data = old.read(member).decode()
            if member.filename.endswith("sheet1.xml"):
                head, _tag, rest = data.partition("<sheetData>")
                data = f"{head}<sheetData>{written}</sheetData>{rest.partition('</sheetData>')[2]}"
            new.writestr(member, data)
    return out.getvalue()


def test_a_row_out_of_its_order_or_written_twice_is_not_lost() -> None:
    data = numbered((3, "A"), (1, "A"), (3, "B"))
    assert in_the_window(data) == [["A1"], [], ["A3", "B3"]]
    assert indexed(data) == [["A3"], ["A1"], ["", "B3"]]
    page, _gathering = on_the_page(data)
    assert [text in page for text in ("A1", "A3", "B3")] == [True, True, True]


@pytest.mark.parametrize("number", [0, 1_048_577, 99_999_999_999])
def test_a_row_number_that_no_sheet_has_is_damage_and_costs_no_time(number: int) -> None:
    data = numbered((1, "A"), (number, "A"))
    facts = read_file(io.BytesIO(data), "x.xlsx")
    assert dict(facts.text)[1].endswith("A1")
    assert "damaged" in facts.note
    table = OpenTable(io.BytesIO(data), StoredFile("", XLSX, "x", 9)).outline()
    assert "damaged" in table.note


def test_the_reader_of_old_workbooks_follows_no_sectors(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would go round for ever where they name each other in a circle."""
    monkeypatch.setattr("xlrd.book.compdoc.CompDoc", None)
    assert indexed(old_workbook(), "a.xls")[0] == ["One", "2014-03-05", "268435456"]
