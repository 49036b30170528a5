"""Workbooks of Excel: the cells of each sheet, as last calculated by the program that saved them."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from typing import Any, Literal

import openpyxl
import xlrd

from magdesk.i18n import _
from magdesk.intake.archive import DAMAGED, check_whole
from magdesk.intake.conversion.cellvalues import cell_text
from magdesk.intake.conversion.gathering import Gathering
from magdesk.intake.conversion.refusal import Refusal
from magdesk.intake.conversion.sheet import COLUMNS, Sheet
from magdesk.intake.conversion.ziparchive import whole_archive
from magdesk.intake.filereading import FileReading
from magdesk.intake.readers.officelock import opened_office
from magdesk.intake.source import Source

_SHARED_STRINGS = 96 << 20
_XLS_LIMIT = 128 << 20
_SHEETS = 100
_WORKBOOK_CELLS = 30_000
_SECONDS = 12.0  # spent on counting what is not shown
_VALUES = _("Cells show the values that were last calculated and saved, not the formulas behind them.")
_NOT_SHOWN = _("Charts, pictures and comments of the workbook are not shown.")
_Sheets = Iterator[tuple[str, bool, Iterator[tuple[int, list[str]]]]]


def convert_xlsx(source: Source, gathering: Gathering) -> None:
    """Sheet by sheet, with sheet names, column letters and row numbers."""
    try:
        with whole_archive(source.stream) as archive:
            check_whole(archive)
            names = archive.namelist()
            strings = next((name for name in names if name.lower() == "xl/sharedstrings.xml"), None)
            if strings and archive.getinfo(strings).file_size > _SHARED_STRINGS:
                raise Refusal(_("The workbook is too large to be set in pages."))
    except DAMAGED as error:
        raise Refusal(_("The workbook is damaged and could not be read.")) from error
    source.stream.seek(0)
    book = openpyxl.load_workbook(source.stream, read_only=True, data_only=True, keep_links=False)
    gathering.first(_VALUES)
    if any(name.startswith(("xl/charts/", "xl/media/", "xl/comments")) for name in names):
        gathering.first(_NOT_SHOWN)
    try:
        add_sheets(
            ((sheet.title, sheet.sheet_state != "visible", _rows(sheet)) for sheet in book.worksheets), gathering
        )
    finally:
        book.close()


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=COLUMNS + 1), 1):
        yield number, [cell_text(cell.value, cell.number_format) if cell.value is not None else "" for cell in row]


def convert_xls(source: Source, gathering: Gathering) -> None:
    """The same for the format before 2007."""
    findings = FileReading(source.media_type)
    stream = opened_office(source, findings)
    if stream is None:
        raise Refusal(_("The file is locked with a password."))
    raw = stream.read(_XLS_LIMIT + 1)
    if len(raw) > _XLS_LIMIT:
        raise Refusal(_("The workbook is too large to be set in pages."))
    gathering.first(_VALUES)
    gathering.note(_NOT_SHOWN)
    with xlrd.open_workbook(file_contents=raw, on_demand=True, logfile=io.StringIO()) as book:
        sheets = (book.sheet_by_index(number) for number in range(book.nsheets))
        add_sheets(((one.name, bool(one.visibility), _old_rows(one, book.datemode)) for one in sheets), gathering)


def _old_rows(sheet: Any, datemode: Literal[0, 1]) -> Iterator[tuple[int, list[str]]]:
    for number in range(sheet.nrows):
        yield number + 1, [_old_text(cell, datemode) for cell in sheet.row(number)[: COLUMNS + 1]]


def _old_text(cell: Any, datemode: Literal[0, 1]) -> str:
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return cell_text(xlrd.xldate_as_datetime(cell.value, datemode))
        except (xlrd.XLDateError, OverflowError, ValueError):
            return cell_text(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return cell_text(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#?"))
    return cell_text(cell.value)


def add_sheets(sheets: _Sheets, gathering: Gathering) -> None:
    """Add all sheets of a workbook, up to a limit."""
    end = time.monotonic() + _SECONDS
    cells = 0
    left_out: list[str] = []
    for number, (title, hidden, rows) in enumerate(sheets):
        if number >= _SHEETS or cells > _WORKBOOK_CELLS:
            left_out.append(title)
            continue
        sheet = Sheet(title, hidden=hidden)
        counted = True
        for place, values in rows:
            sheet.row(place, values)
            if place % 2_000 == 0:
                gathering.pulse()
            if sheet.full and time.monotonic() > end:
                counted = False
                break
        cells += sheet.tell(gathering, counted=counted)
    if left_out:
        names = ", ".join(left_out[:20])
        gathering.first(
            _("Of the workbook {count} further sheets are not shown: {names}.").format(
                count=len(left_out), names=names
            )
        )
