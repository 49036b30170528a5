"""Opens a spreadsheet of whatever kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from magdesk.intake.source import Source
from magdesk.intake.spreadsheets.cells import Book

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSB = "application/vnd.ms-excel.sheet.binary.macroenabled.12"
XLS = "application/vnd.ms-excel"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
SEPARATED = ("text/csv", "text/tab-separated-values")
BookOpener = Callable[[Source, int], Book]


def _excel() -> BookOpener:
    from magdesk.intake.spreadsheets.excel import open_excel

    return open_excel


def _binary_excel() -> BookOpener:
    from magdesk.intake.spreadsheets.binaryexcel import open_binary_excel

    return open_binary_excel


def _old_excel() -> BookOpener:
    from magdesk.intake.spreadsheets.oldexcel import open_old_excel

    return open_old_excel


def _opendocument() -> BookOpener:
    from magdesk.intake.spreadsheets.opendocument import open_opendocument

    return open_opendocument


def _delimited() -> BookOpener:
    from magdesk.intake.spreadsheets.delimited import open_delimited

    return open_delimited


# Each entry brings what opens the kind; the import stands where a type checker and a test can see it.
OPENERS: Mapping[str, Callable[[], BookOpener]] = {
    XLSX: _excel,
    XLSB: _binary_excel,
    XLS: _old_excel,
    ODS: _opendocument,
    **dict.fromkeys(SEPARATED, _delimited),
}


def open_book(source: Source, columns: int) -> Book:
    """The sheets of a spreadsheet.

    Args:
        columns: how many of each row are wanted.

    Raises:
        Locked: it needs a password.
        TooLarge: it is larger than is read.
        ArchiveTrap: it is made to exhaust whoever opens it.
        Damaged: its parser cannot make sense of it; also while its rows are taken.
    """
    return OPENERS[source.media_type]()(source, columns)
