"""Workbooks of Excel since 2007 (ECMA-376 part 1, SpreadsheetML), read row by row."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
from lxml import etree

from magdesk.i18n import _
from magdesk.intake.archive import ArchiveTrap, check_whole, member_stream
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.mending import mended
from magdesk.intake.source import Source
from magdesk.intake.spreadsheets.bare import bare_sheets
from magdesk.intake.spreadsheets.cells import EMPTY, Book, Sheet, SheetCell, SheetRow

_SHARED_STRINGS = 96 << 20  # bytes of text table; openpyxl keeps it whole
_PART = 160 << 20
_MERGED = 2_000
_TRUE = ("1", "true")


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
    hidden_rows, hidden_columns, merged = _marks(archive, str(sheet._worksheet_path).lstrip("/"))  # noqa: SLF001
    with foreign("openpyxl"):
        sheet.reset_dimensions()
    rows = _rows(sheet, columns, hidden_rows)
    return Sheet(str(sheet.title), rows, sheet.sheet_state != "visible", hidden_columns, merged)


def _rows(sheet: Any, columns: int, hidden: frozenset[int]) -> Iterator[SheetRow]:
    with foreign("openpyxl"):
        for number, row in enumerate(sheet.iter_rows(max_col=columns), 1):
            yield SheetRow(number, tuple(_cell(cell) for cell in row), number in hidden)


def _cell(cell: Any) -> SheetCell:
    return EMPTY if cell.value is None else SheetCell(cell.value, str(cell.number_format))


def _marks(archive: zipfile.ZipFile, part: str) -> tuple[frozenset[int], frozenset[int], tuple[str, ...]]:
    """Hidden rows (from 1), hidden columns (from 0) and merged ranges, which the row-wise reader leaves out."""
    rows: set[int] = set()
    columns: set[int] = set()
    merged: list[str] = []
    if part not in archive.namelist():
        return frozenset(), frozenset(), ()
    try:
        with foreign("lxml"), member_stream(archive, archive.getinfo(part), _PART) as stream:
            tags = ("{*}row", "{*}col", "{*}mergeCell")
            for _event, element in etree.iterparse(stream, events=("end",), tag=tags, resolve_entities=False):
                if element.get("hidden") in _TRUE and element.get("r", "").isdigit():
                    rows.add(int(element.get("r", "")))
                elif element.get("hidden") in _TRUE and element.get("min", "").isdigit():
                    last = element.get("max", "")
                    columns.update(
                        range(int(element.get("min", "")) - 1, min(int(last), 16_384) if last.isdigit() else 0)
                    )
                elif element.get("ref") and len(merged) < _MERGED:
                    merged.append(str(element.get("ref"))[:40])
                element.clear()
                while element.getprevious() is not None and element.getparent() is not None:
                    del element.getparent()[0]
    except Damaged:
        pass  # The cells are read by a parser of their own, which says so if they are damaged.
    return frozenset(rows), frozenset(columns), tuple(merged)
