"""Spreadsheets as pages: sheet by sheet, with sheet names, column letters and row numbers."""

from __future__ import annotations

import time
from dataclasses import replace

from magdesk.i18n import _
from magdesk.intake.conversion.gathering import Gathering
from magdesk.intake.conversion.refusal import NEW_COPY, TOO_LARGE, USE_PASSWORD, Refusal
from magdesk.intake.conversion.sheet import COLUMNS, SheetPages
from magdesk.intake.conversion.wording import add_paragraphs
from magdesk.intake.encodings import decode
from magdesk.intake.foreign import Damaged
from magdesk.intake.source import Source
from magdesk.intake.spreadsheets import Book, Locked, TooLarge, open_book
from magdesk.intake.spreadsheets.cells import ranges
from magdesk.intake.spreadsheets.delimited import LIMIT
from magdesk.intake.spreadsheets.flaws import FlawedCells

_SHEETS = 100
_CELLS = 30_000
_SECONDS = 12.0  # spent on counting what is not shown


def convert_spreadsheet(source: Source, gathering: Gathering) -> None:
    """A workbook, as last calculated by the program that saved it."""
    try:
        book = open_book(source, COLUMNS)
    except Locked as locked:
        raise Refusal(_("The file is locked with a password."), USE_PASSWORD) from locked
    except TooLarge as too_large:
        raise Refusal(_("The workbook is too large to be converted into pages."), TOO_LARGE) from too_large
    except Damaged as damage:
        raise Refusal(_("The workbook is damaged and could not be read."), NEW_COPY) from damage
    gathering.first(
        _(
            "Cells show the values last calculated and saved, not the formulas behind them, with a point for "
            "decimals and a comma for thousands."
        )
    )
    if book.mended:
        gathering.first(
            _("The workbook is damaged; its cells were read without their formats (dates appear as numbers).")
        )
    if book.unshown:
        gathering.first(_("Charts, pictures and comments of the workbook are not shown."))
    _add_sheets(book, gathering)


def convert_delimited(source: Source, gathering: Gathering) -> None:
    """A table in text form, or its lines as they are where it is none."""
    if len(source.bytes(LIMIT)) > LIMIT:
        gathering.first(_("The original is longer than what is shown here; only its beginning is shown."))
    gathering.first(_("Row numbers are those of the lines of the table; the first line is row 1."))
    kind = "text/tab-separated-values" if "tab" in source.media_type else "text/csv"
    pages = SheetPages("")
    try:
        for sheet in open_book(replace(source, media_type=kind), COLUMNS).sheets:
            for row in sheet.rows:
                pages.row(row.number, row.texts, wider=row.wider)
    except Damaged:
        add_paragraphs(decode(source.bytes(LIMIT)[:LIMIT]).replace("\x00", ""), gathering, mono=True)
        return
    pages.tell(gathering)


def _add_sheets(book: Book, gathering: Gathering) -> None:
    end = time.monotonic() + _SECONDS
    cells = 0
    left_out: list[str] = []
    flawed = FlawedCells()
    for number, sheet in enumerate(book.sheets):
        if number >= _SHEETS or cells > _CELLS:
            left_out.append(sheet.title)
            continue
        pages = SheetPages(sheet.title, hidden=sheet.hidden)
        counted = True
        hidden_rows: list[int] = []
        for row in sheet.rows:
            pages.row(row.number, row.texts, wider=row.wider)
            if not pages.full:
                flawed.take(row)
            if row.hidden and not pages.full:
                hidden_rows.append(row.number)
            if row.number % 2_000 == 0:
                gathering.pulse()
            if pages.full and time.monotonic() > end:
                counted = False
                break
        pages.marks(ranges(hidden_rows), sheet.hidden_columns, sheet.merged)
        cells += pages.tell(gathering, counted=counted)
    for sentence in flawed.sentences():
        gathering.first(sentence)
    if left_out:
        names = ", ".join(left_out[:20])
        gathering.first(
            _("{count} more sheets of the workbook are not shown: {names}.").format(count=len(left_out), names=names)
        )
