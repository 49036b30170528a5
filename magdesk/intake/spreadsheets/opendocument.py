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
from magdesk.intake.spreadsheets.cells import EMPTY, UNCALCULATED, Book, Locked, Sheet, SheetCell, SheetRow

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
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
    unseen = _unseen_styles(root)
    titles = tuple(
        (str(one.get(f"{_TABLE}name") or ""), str(one.get(f"{_TABLE}style-name")) in unseen) for one in tables
    )
    sheets = (
        Sheet(title, _rows(table, columns), hidden, _hidden_columns(table))
        for (title, hidden), table in zip(titles, tables, strict=True)
    )
    return Book(sheets, unshown=True, titles=titles)


def _unseen_styles(root: Any) -> frozenset[str]:
    """Names of the styles of tables that are not displayed."""
    return frozenset(
        str(style.get(f"{_STYLE}name"))
        for style in root.iter(f"{_STYLE}style")
        for about in style
        if local(about) == "table-properties" and about.get(f"{_TABLE}display") == "false"
    )


def _hidden_columns(table: Any) -> frozenset[int]:
    found: set[int] = set()
    column = 0
    for one in table.iter(f"{_TABLE}table-column"):
        times = min(_times(one, "columns"), 16_384)
        if one.get(f"{_TABLE}visibility") in _HIDDEN:
            found.update(range(column, min(column + times, 16_384)))
        column += times
    return frozenset(found)


def _rows(table: Any, columns: int) -> Iterator[SheetRow]:
    number = 1
    for row in table.iter(f"{_TABLE}table-row"):
        cells, wider = _cells(row, columns)
        times = _times(row, "rows")
        if wider or any(map(_filled, cells)):
            hidden = row.get(f"{_TABLE}visibility") in _HIDDEN
            for again in range(min(times, _SAME)):
                yield SheetRow(number + again, cells, hidden, wider)
        number += times


def _cells(row: Any, columns: int) -> tuple[tuple[SheetCell, ...], bool]:
    """The wanted cells of a row, and whether it holds something to their right."""
    cells: list[SheetCell] = []
    wider = False
    for element in row:
        if local(element) not in ("table-cell", "covered-table-cell"):
            continue
        shown = "".join(odf_text(part) for part in element if local(part) in ("p", "h", "list"))
        text = " ".join(shown.split())
        cell = SheetCell(text) if text else _unprinted(element)
        times, room = _times(element, "columns"), columns - len(cells)
        wider = wider or (times > room and _filled(cell))
        cells += [cell] * min(times, room)
    return tuple(cells), wider


def _filled(cell: SheetCell) -> bool:
    return bool(cell.value) or cell.uncalculated


def _unprinted(cell: Any) -> SheetCell:
    """A cell without the text that it showed: its stored value, as programs write it that show nothing."""
    kinds = ("value", "date-value", "time-value", "boolean-value", "string-value")
    stored = (cell.get(f"{_OFFICE}{kind}") for kind in kinds)
    value = next((str(one) for one in stored if one), "")
    if value:
        return SheetCell(" ".join(value.split()))
    # An empty text is a value, too.
    return UNCALCULATED if cell.get(f"{_TABLE}formula") and not cell.get(f"{_OFFICE}value-type") else EMPTY


def _times(element: Any, what: str) -> int:
    told = str(element.get(f"{_TABLE}number-{what}-repeated") or "1")
    return max(int(told), 1) if told.isdigit() and len(told) < 9 else 1
