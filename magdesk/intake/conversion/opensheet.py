"""Spreadsheets of OpenDocument: the cells of each sheet, as last calculated by the program that saved them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from magdesk.i18n import _
from magdesk.intake.conversion.gathering import Gathering
from magdesk.intake.conversion.office import check_archive
from magdesk.intake.conversion.refusal import Refusal
from magdesk.intake.conversion.sheet import COLUMNS
from magdesk.intake.conversion.workbook import add_sheets
from magdesk.intake.conversion.ziparchive import whole_archive
from magdesk.intake.readers.odf import odf_text
from magdesk.intake.readers.ooxml import part_root
from magdesk.intake.readers.xmltext import local
from magdesk.intake.source import Source

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_SAME = 2_000  # rows that one row may honestly stand for


def convert_ods(source: Source, gathering: Gathering) -> None:
    """Sheet by sheet, with sheet names, column letters and row numbers."""
    check_archive(source.stream)
    with whole_archive(source.stream) as archive:
        root = part_root(archive, "content.xml")
    if root is None:
        raise Refusal(_("The spreadsheet is damaged and could not be read."))
    gathering.first(_("Cells show the values that were last calculated and saved, not the formulas behind them."))
    gathering.note(_("Charts, pictures and comments of the spreadsheet are not shown."))
    tables = root.iter(f"{_TABLE}table")
    add_sheets(((str(one.get(f"{_TABLE}name") or ""), False, _rows(one)) for one in tables), gathering)


def _rows(table: Any) -> Iterator[tuple[int, list[str]]]:
    number = 1
    for row in table.iter(f"{_TABLE}table-row"):
        values = list(_cells(row))
        times = _times(row, "rows")
        if any(values):
            for again in range(min(times, _SAME)):
                yield number + again, values
        number += times


def _cells(row: Any) -> Iterator[str]:
    column = 0
    for cell in row:
        if local(cell) not in ("table-cell", "covered-table-cell") or column > COLUMNS:
            continue
        shown = "".join(odf_text(part) for part in cell if local(part) in ("p", "h", "list"))
        text = " ".join(shown.split())
        times = min(_times(cell, "columns"), COLUMNS + 1 - column)
        column += times
        yield from [text] * times


def _times(element: Any, what: str) -> int:
    told = str(element.get(f"{_TABLE}number-{what}-repeated") or "1")
    return max(int(told), 1) if told.isdigit() and len(told) < 9 else 1
