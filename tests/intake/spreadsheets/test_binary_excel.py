"""Binary workbooks ([MS-XLSB]) are read as their like in XML: index, exhibit page and window show one thing."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence

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
from tests.packet.converters.test_told_pages import page

_TYPES = (
    '<Types><Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.'
    'macroEnabled.main"/></Types>'
)
_RELS = "<Relationships>{}</Relationships>"


def record(number: int, data: bytes = b"") -> bytes:
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    size, left = b"", len(data)
    while True:
        size += bytes([left & 0x7F | (0x80 if left > 127 else 0)])
        left >>= 7
        if not left:
            return head + size + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def row(number: int, *, hidden: bool = False) -> bytes:
    return record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0x10 if hidden else 0, 0, 0))


def cell(kind: int, column: int, style: int, value: bytes) -> bytes:
    return record(kind, struct.pack("<II", column, style) + value)


def rk(number: int, *, hundredths: bool = False) -> bytes:
    return struct.pack("<I", (number << 2 & 0xFFFFFFFC) | 2 | hundredths)


def workbook(sheet: bytes, forms: Sequence[str] = (), *, since_1904: bool = False) -> bytes:
    """One sheet that is shown and one that is hidden; style n has the n-th format."""
    styles = b"".join(record(44, struct.pack("<H", 164 + n) + wide(form)) for n, form in enumerate(forms))
    cells = b"".join(record(47, struct.pack("<HH", 0, 164 + n) + bytes(12)) for n in range(len(forms)))
    book = record(153, struct.pack("<II", int(since_1904), 0) + wide(""))
    for n, title in enumerate(("Платежи", "Secret")):
        book += record(156, struct.pack("<II", n, n + 1) + wide(f"rId{n + 1}") + wide(title))
    relations = "".join(f'<Relationship Id="rId{n}" Target="worksheets/sheet{n}.bin"/>' for n in (1, 2))
    return packed({
        "[Content_Types].xml": _TYPES,
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": _RELS.format(relations),
        "xl/sharedStrings.bin": record(19, b"\0" + wide("Олег Ж.")) + record(19, b"\0" + wide("two\nlines")),
        # A style of a table before the styles of cells is none of theirs.
        "xl/styles.bin": styles + record(47, struct.pack("<HH", 0, 9) + bytes(12)) + record(617) + cells,
        "xl/worksheets/sheet1.bin": sheet,
        "xl/worksheets/sheet2.bin": record(145) + row(0) + cell(6, 0, 0, wide("hidden words")) + record(146),
    })  # fmt: skip


FORMS = ("General", "#,##0.00", "yyyy\\-mm\\-dd", "0.0%")
SHEET = (
    record(60, struct.pack("<IIIIH", 3, 4, 0, 0, 1))
    + record(145)
    + row(0)
    + cell(7, 0, 0, struct.pack("<I", 0))
    + cell(5, 1, 1, struct.pack("<d", 1499.99))
    + cell(2, 3, 2, rk(41703))
    + row(2, hidden=True)
    + cell(2, 0, 1, rk(-149950, hundredths=True))
    + record(13, struct.pack("<I", 0) + rk(8))
    + cell(9, 2, 3, struct.pack("<d", 0.125))
    + cell(4, 4, 0, b"\1")
    + cell(3, 5, 0, b"\x07")
    + row(4)
    + cell(8, 0, 0, wide("calculated"))
    + cell(62, 1, 0, b"\0" + wide("rich"))
    + cell(1, 2, 1, b"")
    + record(146)
    + record(176, struct.pack("<IIII", 0, 1, 0, 1))
)  # fmt: skip


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
        shown(packed({"[Content_Types].xml": _TYPES, "xl/other.bin": b""}))
