"""Tables: the cells of a spreadsheet or of separated text, as text, without formulas, macros or links."""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from importlib import import_module
from typing import Any, BinaryIO

from magdesk.errors import IntakeError
from magdesk.i18n import _
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.readers.plain import decode
from magdesk.intake.rendering.answers import (
    CELL_MOST,
    COLUMNS_MOST,
    ROWS_MOST,
    Area,
    Cells,
    Outline,
    PageLetters,
    Pixels,
    SheetAnswer,
    StoredFile,
)

_BYTES = 64 << 20
_CELLS = 3_000_000
_SHEETS = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS = "application/vnd.ms-excel"
SEPARATED = ("text/csv", "text/tab-separated-values")


class OpenTable:
    """An open table, held in memory."""

    def __init__(self, stream: BinaryIO, item: StoredFile) -> None:
        """Read it.

        Raises:
            IntakeError: it cannot be read.
        """
        self._sheets: list[tuple[str, list[list[str]], bool]] = []
        self._left = _CELLS
        sheets: Iterable[tuple[str, Iterable[Iterable[Any]]]]
        try:
            if item.media_type == XLSX:
                sheets = _workbook(stream)
            elif item.media_type == XLS:
                sheets = _old_workbook(stream, item)
            else:
                sheets = [("", _separated(stream, item))]
            with foreign("openpyxl and xlrd"):
                for name, rows in sheets:
                    self._sheets.append((name, *self._take(rows)))
        except Damaged as damage:
            if not self._sheets:
                raise IntakeError(_("The table is damaged or locked and cannot be read.")) from damage

    def _take(self, rows: Iterable[Iterable[Any]]) -> tuple[list[list[str]], bool]:
        taken: list[list[str]] = []
        for row in rows:
            if len(taken) >= ROWS_MOST or self._left <= 0:
                return taken, False
            cells = [_words(value) for value in row]
            while cells and not cells[-1]:
                cells.pop()
            taken.append(cells[:COLUMNS_MOST])
            self._left -= len(cells) + 1
        while taken and not taken[-1]:
            taken.pop()
        return taken, True

    def outline(self) -> Outline:
        """Its tables.

        Raises:
            IntakeError: there is none.
        """
        sheets = tuple(
            SheetAnswer(name, len(rows), max(map(len, rows), default=0), whole) for name, rows, whole in self._sheets
        )
        if not any(sheet.rows for sheet in sheets):
            raise IntakeError(_("The table is empty."))
        note = (
            "" if all(sheet.whole for sheet in sheets) else _("The table is very large; only its beginning is shown.")
        )
        return Outline(sheets=sheets, note=note)

    def cells(self, sheet: int, first: int, count: int) -> Cells:
        """Some rows."""
        rows = self._sheets[sheet][1] if 0 <= sheet < len(self._sheets) else []
        return Cells(first, tuple(tuple(row) for row in rows[first : first + count]))

    def draw(self, number: int, area: Area) -> Pixels:
        """Nothing: a table is shown by its cells."""
        raise IntakeError(_("A table has no pages."))

    def text(self, number: int) -> PageLetters:
        """Nothing: a table is shown by its cells."""
        return PageLetters("", array("f"))

    def close(self) -> None:
        """Let it go."""
        self._sheets.clear()


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"
    return str(value)[:CELL_MOST]


def _separated(stream: BinaryIO, item: StoredFile) -> Iterator[list[str]]:
    stream.seek(0)
    text = decode(stream.read(_BYTES))
    delimiter = "\t" if item.media_type == "text/tab-separated-values" else _delimiter(text[:20_000])
    csv.field_size_limit(1 << 20)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            continue


def _delimiter(sample: str) -> str:
    """The one that parts most lines alike."""
    lines = [line for line in sample.splitlines()[:50] if line.strip()]

    def evenness(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines]
        usual = max(set(counts), key=counts.count) if counts else 0
        return (counts.count(usual) if usual else 0, usual)

    return max((",", ";", "\t", "|"), key=evenness)


def _workbook(stream: BinaryIO) -> Iterator[tuple[str, Iterable[Iterable[Any]]]]:
    import openpyxl  # noqa: PLC0415  costs more to load than most tables to read

    book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    for sheet in book.worksheets[:_SHEETS]:
        sheet.reset_dimensions()
        yield sheet.title, sheet.iter_rows(values_only=True)


def _old_workbook(stream: BinaryIO, item: StoredFile) -> Iterator[tuple[str, Iterable[Iterable[Any]]]]:
    xlrd = import_module("xlrd")
    if item.size > _BYTES:
        raise IntakeError(_("The table is too large to be shown."))
    stream.seek(0)
    book = xlrd.open_workbook(file_contents=stream.read(), logfile=io.StringIO(), on_demand=True)
    for number in range(min(book.nsheets, _SHEETS)):
        sheet = book.sheet_by_index(number)
        yield sheet.name, (_old_row(book, sheet, row) for row in range(sheet.nrows))
        book.unload_sheet(number)


def _old_row(book: Any, sheet: Any, number: int) -> list[Any]:
    xlrd = import_module("xlrd")
    row: list[Any] = []
    for cell in sheet.row(number):
        if cell.ctype == xlrd.XL_CELL_DATE:
            try:
                row.append(xlrd.xldate_as_datetime(cell.value, book.datemode))
                continue
            except (ValueError, OverflowError, xlrd.xldate.XLDateError):
                pass
        row.append(bool(cell.value) if cell.ctype == xlrd.XL_CELL_BOOLEAN else cell.value)
    return row
