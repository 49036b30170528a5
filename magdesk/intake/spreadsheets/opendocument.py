"""Spreadsheets of OpenDocument (ODF 1.2 part 1, 9): the text that each cell showed when it was saved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from magdesk.i18n import _
from magdesk.intake.archive import check_whole
from magdesk.intake.conversion.ziparchive import whole_archive
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.readers.odftext import odf_text
from magdesk.intake.readers.ooxml import part_root
from magdesk.intake.readers.xmltext import local
from magdesk.intake.source import Source
from magdesk.intake.spreadsheets.cells import EMPTY, Book, Locked, Sheet, SheetCell, SheetRow

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_SAME = 2_000  # rows that one row may honestly stand for
_HIDDEN = ("collapse", "filter")


def open_opendocument(source: Source, columns: int) -> Book:
    """The spreadsheet."""
    with foreign("zipfile"), whole_archive(source.stream) as archive:
        check_whole(archive)
        manifest = part_root(archive, "META-INF/manifest.xml")
        if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
            raise Locked(_("The file is locked with a password of a kind that cannot be opened here."))
        root = part_root(archive, "content.xml")
    if root is None:
        raise Damaged(ValueError("no content"))
    return book_of(root, columns)


def book_of(root: Any, columns: int) -> Book:
    """The spreadsheet of a content part."""
    tables = list(root.iter(f"{_TABLE}table"))
    titles = tuple((str(one.get(f"{_TABLE}name") or ""), False) for one in tables)
    sheets = (Sheet(title, _rows(table, columns)) for (title, _hidden), table in zip(titles, tables, strict=True))
    return Book(sheets, unshown=True, titles=titles)


def _rows(table: Any, columns: int) -> Iterator[SheetRow]:
    number = 1
    for row in table.iter(f"{_TABLE}table-row"):
        cells = tuple(_cells(row, columns))
        times = _times(row, "rows")
        if any(cell.value for cell in cells):
            hidden = row.get(f"{_TABLE}visibility") in _HIDDEN
            for again in range(min(times, _SAME)):
                yield SheetRow(number + again, cells, hidden)
        number += times


def _cells(row: Any, columns: int) -> Iterator[SheetCell]:
    column = 0
    for cell in row:
        if local(cell) not in ("table-cell", "covered-table-cell") or column >= columns:
            continue
        shown = "".join(odf_text(part) for part in cell if local(part) in ("p", "h", "list"))
        text = " ".join(shown.split())
        times = min(_times(cell, "columns"), columns - column)
        column += times
        yield from [SheetCell(text) if text else EMPTY] * times


def _times(element: Any, what: str) -> int:
    told = str(element.get(f"{_TABLE}number-{what}-repeated") or "1")
    return max(int(told), 1) if told.isdigit() and len(told) < 9 else 1
