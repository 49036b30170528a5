"""Workbooks of Excel since 2007 (ECMA-376 part 1, SpreadsheetML), read row by row."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, cast

import openpyxl
from lxml import etree
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.utils.datetime import CALENDAR_MAC_1904, to_excel
from openpyxl.worksheet._reader import WorkSheetParser

from magdesk.i18n import _
from magdesk.intake.archive import ArchiveTrap, check_whole, member_stream
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.source import Source
from magdesk.intake.spreadsheets.builtin import BUILT_IN
from magdesk.intake.spreadsheets.cells import EMPTY, UNCALCULATED, Book, Sheet, SheetCell, SheetRow
from magdesk.intake.spreadsheets.damagedcells import bare_sheets
from magdesk.intake.spreadsheets.datevalues import SINCE_1904
from magdesk.intake.spreadsheets.numbers import is_calendar
from magdesk.intake.ziprepair import mended

_SHARED_STRINGS = 96 << 20  # bytes of text table; openpyxl keeps it whole
_PART = 160 << 20
_MERGED = 2_000
_ROWS = 1_048_576  # of a sheet
_TRUE = ("1", "true")
_BARE = etree.XPath("*[@r and not(@t='str')][*[local-name()='f']][not(string(*[local-name()='v']))]/@r")


def open_excel(source: Source, columns: int) -> Book:
    """The workbook; its bare cells where the parser stumbles over its formats."""
    source.stream.seek(0)
    with foreign("zipfile"):
        archive = zipfile.ZipFile(source.stream)
    check_whole(archive)
    names = archive.namelist()
    strings = next((name for name in names if name.lower() == "xl/sharedstrings.xml"), None)
    if strings and archive.getinfo(strings).file_size > _SHARED_STRINGS:
        raise ArchiveTrap(_("The table of its texts is unreasonably large."))
    unshown = any(name.startswith(("xl/charts/", "xl/media/", "xl/comments")) for name in names)
    source.stream.seek(0)
    try:
        with foreign("openpyxl"):
            book = openpyxl.load_workbook(source.stream, read_only=True, data_only=True, keep_links=False)
            sheets = list(book.worksheets)
            # Dates stay the numbers that are stored; their formats say what they show.
            vars(book).update(_date_formats=frozenset(), _timedelta_formats=frozenset())
            titles = tuple((str(one.title), one.sheet_state != "visible") for one in sheets)
    except Damaged:
        return open_bare(archive)
    return Book((_sheet(one, archive, columns) for one in sheets), unshown=unshown, titles=titles)


def open_bare(archive: zipfile.ZipFile) -> Book:
    """The cells of a damaged workbook without their formats."""
    found = bare_sheets(archive)
    return Book(iter(found), mended=True, titles=tuple((one.title, one.hidden) for one in found))


def open_mended(source: Source) -> Book:
    """What can be mended of a workbook whose archive is damaged.

    Raises:
        Damaged: nothing.
    """
    with foreign("zipfile"):
        archive = mended(source.stream)
    return open_bare(archive)


def _sheet(sheet: Any, archive: zipfile.ZipFile, columns: int) -> Sheet:
    marks = _marks(archive, str(sheet._worksheet_path).lstrip("/"))  # noqa: SLF001
    with foreign("openpyxl"):
        sheet.reset_dimensions()
    rows = _rows(sheet, columns, marks)
    hidden = sheet.sheet_state != "visible"
    return Sheet(str(sheet.title), rows, hidden, frozenset(marks.hidden_columns), tuple(marks.merged))


def _rows(sheet: Any, columns: int, marks: _Marks) -> Iterator[SheetRow]:
    """Each row that is written, at the number and with the width that it has.

    The rows of openpyxl's own sheet are all as wide as is asked for, those between two that are written are made too,
    however many a damaged number claims, and one that is written out of its order is left out.
    """
    shift = SINCE_1904 if sheet.parent.epoch == CALENDAR_MAC_1904 else 0
    with foreign("openpyxl"), sheet._get_source() as stream:  # noqa: SLF001
        parser: Any = WorkSheetParser(
            stream,
            sheet._shared_strings,  # noqa: SLF001
            data_only=True,
            epoch=sheet.parent.epoch,
        )
        for number, written in parser.parse():
            if not 0 < number <= _ROWS:
                raise ValueError("a row that the format does not know")
            bare = marks.uncalculated.get(number, ())
            cells: list[SheetCell] = []
            wider = False
            for one in written:
                place, cell = one["column"] - 1, _read_cell(sheet, one, shift, bare)
                if place >= columns:
                    wider = wider or cell is not EMPTY
                    continue
                cells += [EMPTY] * (place + 1 - len(cells))
                cells[place] = cell
            yield SheetRow(number, tuple(cells), number in marks.hidden_rows, wider)


def _read_cell(sheet: Any, written: Mapping[str, Any], shift: int, bare: Collection[int]) -> SheetCell:
    if written["value"] is None:
        return UNCALCULATED if written["column"] - 1 in bare else EMPTY
    return _cell(ReadOnlyCell(sheet, **written), shift)


def _cell(cell: Any, shift: int) -> SheetCell:
    value, form = cell.value, _form(cell)
    if isinstance(value, datetime | date | time | timedelta):
        # Strict workbooks write moments as such (ISO 8601).
        value = to_excel(value)  # type: ignore[no-untyped-call]
    elif shift and type(value) in (int, float) and is_calendar(form):
        value += shift
    return SheetCell(value, form)


def _form(cell: Any) -> str:
    return BUILT_IN.get(int(cell.style_array.numFmtId)) or str(cell.number_format)


def _bare(element: Any) -> list[Any]:
    """References of the cells of a row that hold a formula without a value."""
    return list(cast("list[Any]", _BARE(element))) if element.get("r") else []


@dataclass(slots=True)
class _Marks:
    """What the row-wise reader leaves out.

    Attributes:
        hidden_rows: from 1.
        hidden_columns: from 0.
        uncalculated: of a row, the columns from 0 whose cells hold a formula without a value.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)
    uncalculated: dict[int, set[int]] = field(default_factory=dict)


def _marks(archive: zipfile.ZipFile, part: str) -> _Marks:
    found = _Marks()
    if part not in archive.namelist():
        return found
    try:
        with foreign("lxml"), member_stream(archive, archive.getinfo(part), _PART) as stream:
            tags = ("{*}row", "{*}col", "{*}mergeCell")
            for _event, element in etree.iterparse(stream, events=("end",), tag=tags, resolve_entities=False):
                for reference in _bare(element):
                    row, column = coordinate_to_tuple(str(reference))
                    found.uncalculated.setdefault(row, set()).add(column - 1)
                if element.get("hidden") in _TRUE and element.get("r", "").isdigit():
                    found.hidden_rows.add(int(element.get("r", "")))
                elif element.get("hidden") in _TRUE and element.get("min", "").isdigit():
                    last = element.get("max", "")
                    found.hidden_columns.update(
                        range(int(element.get("min", "")) - 1, min(int(last), 16_384) if last.isdigit() else 0)
                    )
                elif element.get("ref") and len(found.merged) < _MERGED:
                    found.merged.append(str(element.get("ref"))[:40])
                element.clear()
                while element.getprevious() is not None and element.getparent() is not None:
                    del element.getparent()[0]
    except Damaged:
        pass  # The cells are read by a parser of their own, which says so if they are damaged.
    return found
