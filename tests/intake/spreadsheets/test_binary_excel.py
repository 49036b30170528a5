"""Binary workbooks ([MS-XLSB]) are read as their like in XML: index, exhibit page and window show one thing."""

from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from magdesk.intake.foreign import Damaged
from magdesk.intake.read import read_file
from magdesk.intake.source import Source
from magdesk.intake.spreadsheets import open_book
from magdesk.intake.spreadsheets.book import XLSB
from magdesk.packet.converters import Pages
from tests.intake.making import packed
from tests.intake.spreadsheets.binaryworkbook import FORMS, SHEET, TYPES, cell, record, rk, row, workbook
from tests.packet.converters.test_told_pages import page


def shown(data: bytes, columns: int = 50) -> dict[str, list[tuple[int, bool, list[str]]]]:
    book = open_book(Source(io.BytesIO(data), "b.xlsb", XLSB), columns)
    return {one.title: [(row.number, row.hidden, row.texts) for row in one.rows] for one in book.sheets}


def test_values_are_shown_in_their_formats() -> None:
    assert shown(workbook(SHEET, FORMS)) == {
        "Платежи": [
            (1, False, ["Олег Ж.", "1,499.99", "", "2014-03-05"]),
            (3, True, ["-1,499.50", "8", "12.5%", "", "TRUE", "#DIV/0!"]),
            (5, False, ["calculated", "rich"]),
        ],
        "Secret": [(1, False, ["hidden words"])],
    }


def test_a_workbook_that_counts_from_1904_shows_the_same_days() -> None:
    day = record(145) + row(0) + cell(2, 0, 2, rk(41703 - 1462)) + cell(2, 1, 0, rk(7)) + record(146)
    assert shown(workbook(day, FORMS, since_1904=True))["Платежи"] == [(1, False, ["2014-03-05", "7"])]


def test_what_is_hidden_and_merged_is_known() -> None:
    book = open_book(Source(io.BytesIO(workbook(SHEET, FORMS)), "b.xlsb", XLSB), 50)
    first, second = list(book.sheets)
    assert (first.hidden, first.hidden_columns, first.merged) == (False, frozenset({3, 4}), ("A1:B2",))
    assert second.hidden
    assert book.titles == (("Платежи", False), ("Secret", True))


def test_what_lies_beyond_the_wanted_columns_is_said_to_be_there() -> None:
    book = open_book(Source(io.BytesIO(workbook(SHEET, FORMS)), "b.xlsb", XLSB), 2)
    assert [(len(row.cells), row.wider) for row in next(book.sheets).rows] == [(2, True), (2, True), (2, False)]


def test_index_and_exhibit_page_show_it() -> None:
    data = workbook(SHEET, FORMS)
    facts = read_file(io.BytesIO(data), "b.xlsb")
    assert facts.media_type == XLSB
    assert "1,499.99" in facts.text[0][1]
    words, found, _count = page(data, "b.xlsb")
    assert isinstance(found, Pages)
    for told in ("Олег Ж.", "1,499.99", "2014-03-05", "12.5%", "hidden words", "#DIV/0!"):
        assert told in words


@pytest.mark.parametrize(
    "sheet",
    [
        record(145) + row(0) + cell(7, 0, 0, struct.pack("<I", 99)),  # a text that is not there
        record(145) + row(0) + cell(6, 0, 0, struct.pack("<I", 10**6)),  # a text longer than its record
        record(145) + row(0)[:-3],
        record(145) + row(2_000_000),
        record(145) + row(0) + cell(2, 20_000, 0, rk(1)),
        record(145) + row(0) + b"\x05\xff\xff\xff\xff",
    ],
)
def test_a_damaged_sheet_is_said_to_be_damaged(sheet: bytes) -> None:
    with pytest.raises(Damaged):
        shown(workbook(sheet, FORMS))
    assert "damaged" in read_file(io.BytesIO(workbook(sheet, FORMS)), "b.xlsb").note


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(0, len(SHEET) - 1), st.integers(0, 255))
def test_no_changed_byte_makes_the_reader_fail_otherwise(at: int, value: int) -> None:
    data = workbook(SHEET[:at] + bytes([value]) + SHEET[at + 1 :], FORMS)
    try:
        shown(data)
    except Damaged:
        return


def test_a_bare_package_is_no_workbook() -> None:
    with pytest.raises(Damaged):
        shown(packed({"[Content_Types].xml": TYPES, "xl/other.bin": b""}))
