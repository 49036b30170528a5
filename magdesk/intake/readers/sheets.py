"""Spreadsheets: the cells of each sheet as text, as last calculated by the program that saved them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

import openpyxl
import xlrd

from magdesk.i18n import _
from magdesk.intake.archive import DAMAGED, ArchiveTrap, check_whole, open_archive
from magdesk.intake.filereading import PAGE_LIMIT, FileReading
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.readers.baresheets import bare_sheets
from magdesk.intake.readers.officelock import opened_office, read_ole_properties
from magdesk.intake.readers.ooxml import hand_on_embedded, read_properties
from magdesk.intake.source import Source

_CELLS = 5_000_000  # empty ones between others included
_COLUMNS = 2_000
_SHARED_STRINGS = 96 << 20  # bytes of text table; openpyxl keeps it whole
_XLS_LIMIT = 128 << 20


def read_xlsx(source: Source, findings: FileReading) -> None:
    """Sheet by sheet, row by row."""
    try:
        with open_archive(source.stream, findings) as archive:
            check_whole(archive)
            names = archive.namelist()
            strings = next((name for name in names if name.lower() == "xl/sharedstrings.xml"), None)
            if strings and archive.getinfo(strings).file_size > _SHARED_STRINGS:
                raise ArchiveTrap(_("The table of its texts is unreasonably large."))
            read_properties(archive, findings)
            if any(name.startswith("xl/externalLinks/") for name in names):
                findings.detail(
                    "document", "Reaches outside", _("contains links to other files; they are not followed")
                )
            if any(name.startswith("xl/comments") for name in names):
                findings.detail("document", "Comments", _("yes; they are not in the search index"))
            hand_on_embedded(archive, findings)
    except DAMAGED as error:
        findings.note(_("The spreadsheet is damaged ({reason}).").format(reason=type(error).__name__))
        return
    source.stream.seek(0)
    try:
        with foreign("openpyxl"):
            book = openpyxl.load_workbook(source.stream, read_only=True, data_only=True, keep_links=False)
    except Damaged:
        with open_archive(source.stream, findings) as archive:
            _read_book(bare_sheets(archive), findings)
        findings.note(_("The spreadsheet is damaged; its cells were read without their formats (dates are numbers)."))
        return
    try:
        _read_book([(sheet.title, _rows(sheet), sheet.sheet_state) for sheet in book.worksheets], findings)
    finally:
        book.close()


def _rows(sheet: Any) -> Iterator[Iterable[Any]]:
    sheet.reset_dimensions()
    yield from sheet.iter_rows(values_only=True)


def read_xls(source: Source, findings: FileReading) -> None:
    """The same for the format before 2007."""
    stream = opened_office(source, findings)
    if stream is None:
        return
    raw = stream.read(_XLS_LIMIT + 1)
    if len(raw) > _XLS_LIMIT:
        findings.note(_("The spreadsheet is too large to be read."))
        return
    read_ole_properties(io.BytesIO(raw), findings)
    with xlrd.open_workbook(file_contents=raw, on_demand=True, logfile=io.StringIO()) as book:
        sheets = [
            (sheet.name, _old_rows(sheet, book.datemode), "visible" if not sheet.visibility else "hidden")
            for sheet in (book.sheet_by_index(number) for number in range(book.nsheets))
        ]
        _read_book(sheets, findings)


def _old_rows(sheet: Any, datemode: Literal[0, 1]) -> Iterator[Iterable[Any]]:
    for number in range(sheet.nrows):
        yield [_old_value(cell, datemode) for cell in sheet.row(number)[:_COLUMNS]]


def _old_value(cell: Any, datemode: Literal[0, 1]) -> Any:
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate_as_datetime(cell.value, datemode)
        except (xlrd.XLDateError, OverflowError, ValueError):
            return cell.value
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#?")
    return cell.value


def _read_book(sheets: list[tuple[str, Iterator[Iterable[Any]], str]], findings: FileReading) -> None:
    cells = 0
    titles = []
    for number, (title, rows, state) in enumerate(sheets, 1):
        titles.append(title if state == "visible" else _("{title} (hidden)").format(title=title))
        lines, size = [title], 0
        for row in rows:
            values = tuple(row)
            cells += len(values)
            shown = [_cell(value) for value in values[:_COLUMNS]]
            line = "\t".join(shown).rstrip()
            if line:
                lines.append(line)
                size += len(line) + 1
            if size > PAGE_LIMIT or cells > _CELLS:
                findings.note(
                    _("The sheet “{title}” is very long; only its beginning is searchable.").format(title=title)
                )
                break
        if len(lines) > 1:
            findings.text(number, "\n".join(lines))
        findings.pulse()
        if cells > _CELLS:
            findings.note(_("The spreadsheet is very large; only its beginning was read."))
            break
    findings.detail("document", "Sheets", ", ".join(titles))
    if not findings.has_text:
        findings.note(_("No text was found in the sheets."))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d") if value.time() == time() else value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, (date, time, timedelta)):
        return str(value)
    return str(value).replace("\n", " ").replace("\t", " ")
