"""Workbooks of Excel before 2007 ([MS-XLS])."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import olefile
import xlrd
from xlrd.formatting import std_format_strings

from magdesk.i18n import _
from magdesk.intake.filereading import FileReading
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.readers.officelock import opened_office
from magdesk.intake.source import Source
from magdesk.intake.spreadsheets.builtin import BUILT_IN
from magdesk.intake.spreadsheets.cells import (
    EMPTY,
    GENERAL,
    Book,
    Locked,
    Sheet,
    SheetCell,
    SheetRow,
    TooLarge,
    column_letters,
)
from magdesk.intake.spreadsheets.datevalues import SINCE_1904
from magdesk.intake.spreadsheets.numbers import is_calendar

_LIMIT = 128 << 20


def open_old_excel(source: Source, columns: int) -> Book:
    """The workbook, unlocked where its password is known; without its formats where these are damaged."""
    said = FileReading(source.media_type)
    stream = opened_office(source, said)
    if stream is None:
        raise Locked(said.facts().note)
    stream.seek(0)
    raw = stream.read(_LIMIT + 1)
    if len(raw) > _LIMIT:
        raise TooLarge(_("The spreadsheet is too large to be read."))
    records = _records(raw)
    try:
        with foreign("xlrd"):
            book = xlrd.open_workbook(file_contents=records, formatting_info=True, logfile=io.StringIO())
    except Damaged:
        with foreign("xlrd"):
            book = xlrd.open_workbook(file_contents=records, logfile=io.StringIO())
    sheets = book.sheets()
    titles = tuple((str(one.name), bool(one.visibility)) for one in sheets)
    return Book((_sheet(one, book, columns) for one in sheets), unshown=True, titles=titles)


def _records(raw: bytes) -> bytes:
    """The records of the workbook, taken out of the compound file around them.

    xlrd would do that itself, but follows sectors that name each other in a circle without end.

    Raises:
        Damaged: the compound file holds no workbook that could be taken out.
    """
    if not raw.startswith(olefile.MAGIC):
        return raw
    with foreign("olefile"), olefile.OleFileIO(io.BytesIO(raw)) as ole:
        for name in ("Workbook", "Book"):
            if ole.exists(name):
                records: bytes = ole.openstream(name).read()
                return records
        raise ValueError("a compound file without a workbook")


def _sheet(sheet: Any, book: Any, columns: int) -> Sheet:
    hidden = frozenset(column for column, about in sheet.colinfo_map.items() if about.hidden)
    merged = tuple(
        f"{column_letters(left)}{top + 1}:{column_letters(right - 1)}{bottom}"
        for top, bottom, left, right in sheet.merged_cells
    )
    return Sheet(str(sheet.name), _rows(sheet, book, columns), bool(sheet.visibility), hidden, merged)


def _rows(sheet: Any, book: Any, columns: int) -> Iterator[SheetRow]:
    for number in range(sheet.nrows):
        about = sheet.rowinfo_map.get(number)
        row = [_cell(cell, book) for cell in sheet.row(number)]
        wider = any(cell.text for cell in row[columns:])
        yield SheetRow(number + 1, tuple(row[:columns]), bool(about is not None and about.hidden), wider)


def _cell(cell: Any, book: Any) -> SheetCell:
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return EMPTY
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return SheetCell(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return SheetCell(str(xlrd.error_text_from_code.get(cell.value, "#?")))
    form = _form(cell, book)
    if book.datemode and cell.ctype in (xlrd.XL_CELL_DATE, xlrd.XL_CELL_NUMBER) and is_calendar(form):
        return SheetCell(cell.value + SINCE_1904, form)
    return SheetCell(cell.value, form)


def _form(cell: Any, book: Any) -> str:
    if cell.xf_index is None or not 0 <= cell.xf_index < len(book.xf_list):
        return GENERAL
    key = book.xf_list[cell.xf_index].format_key
    form = book.format_map.get(key)
    # A format that the file writes out counts, also under a number that is built in.
    if key in BUILT_IN and (form is None or form.format_str == std_format_strings.get(key)):
        return BUILT_IN[key]
    return str(form.format_str) if form is not None else GENERAL
