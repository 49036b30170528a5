"""Spreadsheets: what their cells show, sheet by sheet, as last calculated by the program that saved them."""

from __future__ import annotations

from magdesk.i18n import _
from magdesk.intake.archive import DAMAGED, open_archive
from magdesk.intake.filereading import PAGE_LIMIT, FileReading
from magdesk.intake.foreign import Damaged
from magdesk.intake.readers.officelock import opened_office, read_ole_properties
from magdesk.intake.readers.ooxml import hand_on_embedded, read_properties
from magdesk.intake.source import Source
from magdesk.intake.spreadsheets import Book, Locked, Sheet, TooLarge, open_book
from magdesk.intake.spreadsheets.cells import column_letters
from magdesk.intake.spreadsheets.excel import open_mended

_CELLS = 5_000_000  # empty ones between others included
COLUMNS = 2_000


def read_xlsx(source: Source, findings: FileReading) -> None:
    """A workbook since 2007: what it says of itself, then its cells."""
    whole = _read_package(source, findings)
    try:
        book = open_book(source, COLUMNS) if whole else open_mended(source)
    except Damaged as damage:
        findings.damaged(_("The spreadsheet is damaged."), damage.reason)
        return
    if book.mended:
        findings.note(
            _("The spreadsheet is damaged; its cells were read without their formats (dates appear as numbers).")
        )
    read_book(book, findings)


def read_xlsb(source: Source, findings: FileReading) -> None:
    """A binary workbook since 2007: the same."""
    _read_package(source, findings)
    try:
        read_book(open_book(source, COLUMNS), findings)
    except Damaged as damage:
        findings.damaged(_("The spreadsheet is damaged."), damage.reason)


def _read_package(source: Source, findings: FileReading) -> bool:
    """Properties, links and embedded files; whether the archive is whole."""
    try:
        with open_archive(source.stream, findings) as archive:
            names = archive.namelist()
            read_properties(archive, findings)
            if any(name.startswith("xl/externalLinks/") for name in names):
                findings.detail(
                    "document", "Reaches outside", _("contains links to other files; they are not followed")
                )
            if any(name.startswith("xl/comments") for name in names):
                findings.detail("document", "Comments", _("yes; they are not in the search index"))
            hand_on_embedded(archive, findings)
            return archive.fp is source.stream
    except DAMAGED:
        return False


def read_xls(source: Source, findings: FileReading) -> None:
    """A workbook before 2007."""
    stream = opened_office(source, findings)
    if stream is None:
        return
    read_ole_properties(stream, findings)
    try:
        read_book(open_book(source, COLUMNS), findings)
    except (Locked, TooLarge) as refusal:
        findings.note(refusal.message)


def read_book(book: Book, findings: FileReading) -> None:
    """The text of each sheet."""
    titles = [_("{title} (hidden)").format(title=title) if hidden else title for title, hidden in book.titles]
    findings.detail("document", "Sheets", ", ".join(titles))
    cells = 0
    for number, sheet in enumerate(book.sheets, 1):
        cells += _read_sheet(sheet, number, _CELLS - cells, findings)
        findings.pulse()
        if cells > _CELLS:
            findings.note(_("The spreadsheet is very large; only its beginning was read."))
            break
    if not findings.has_text:
        findings.note(_("No text was found in the sheets."))


def _read_sheet(sheet: Sheet, number: int, room: int, findings: FileReading) -> int:
    """One sheet; how many cells it took."""
    lines, size, cells, wider = [sheet.title], 0, 0, False
    try:
        for row in sheet.rows:
            cells += len(row.cells)
            wider = wider or row.wider
            line = "\t".join(row.texts).rstrip()
            if line:
                lines.append(line)
                size += len(line) + 1
            if size > PAGE_LIMIT or cells > room:
                findings.note(
                    _("The sheet “{title}” is very long; only its beginning is searchable.").format(title=sheet.title)
                )
                break
    finally:
        # What was read before a damaged row counts.
        if len(lines) > 1:
            findings.text(number, "\n".join(lines))
        if wider:
            findings.note(
                _("The sheet “{title}” is very wide; columns after {last} are not searchable.").format(
                    title=sheet.title, last=column_letters(COLUMNS - 1)
                )
            )
    return cells
