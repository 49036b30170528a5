"""Binary workbooks of Excel since 2007 ([MS-XLSB]): the parts of an XLSX with records in place of XML.

Values, number formats, hidden rows, columns and sheets, merged cells; of formulas, their stored values.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import IO

from lxml import etree

from magdesk.i18n import _
from magdesk.intake.archive import ArchiveTrap, check_whole, member_stream
from magdesk.intake.foreign import foreign
from magdesk.intake.source import Source
from magdesk.intake.spreadsheets.builtin import BUILT_IN
from magdesk.intake.spreadsheets.cells import EMPTY, GENERAL, Book, Sheet, SheetCell, SheetRow, column_letters
from magdesk.intake.spreadsheets.datevalues import SINCE_1904
from magdesk.intake.spreadsheets.numbers import is_calendar

_PART = 160 << 20
_RECORD = 16 << 20  # bytes of one record
_STRINGS = 4_000_000
_MERGED = 2_000
_ROWS, _COLUMNS = 1_048_576, 16_384

_ODD = (struct.error, IndexError, ValueError, OverflowError)  # what values that nobody should write lead to

# Numbers of records ([MS-XLSB] 2.3.2).
_ROW = 0
_BLANK, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED = range(1, 8)
_F_TEXT, _F_REAL, _F_BOOL, _F_ERROR = range(8, 12)
_SHORT = 11  # from the record of a cell to that of one that stands right behind another
_STRING, _FORMAT, _STYLE = 19, 44, 47
_COLUMN, _RICH = 60, 62
_ROWS_END, _BOOK, _SHEET, _MERGE = 146, 153, 156, 176
_STYLES, _STYLES_END = 617, 618
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
           0x2A: "#N/A", 0x2B: "#GETTING_DATA"}  # fmt: skip


@dataclass(slots=True)
class _Workbook:
    """What all sheets share.

    Attributes:
        forms: the number format of each style of cells.
        shift: days to add to a date, in a workbook that counts from 1904.
    """

    archive: zipfile.ZipFile
    strings: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    shift: int = 0


def open_binary_excel(source: Source, columns: int) -> Book:
    """The workbook.

    Raises:
        ArchiveTrap: it is made to exhaust whoever opens it.
        Damaged: it is no such workbook; also while its rows are taken.
    """
    source.stream.seek(0)
    with foreign("zipfile"):
        archive = zipfile.ZipFile(source.stream)
    check_whole(archive)
    with foreign("xlsb", *_ODD):
        return _book(archive, columns)


def _book(archive: zipfile.ZipFile, columns: int) -> Book:
    names = set(archive.namelist())
    if "xl/workbook.bin" not in names:
        raise ValueError("no workbook")
    book = _Workbook(archive)
    sheets: list[tuple[str, bool, str]] = []
    parts = _relations(archive) if "xl/_rels/workbook.bin.rels" in names else {}
    for number, data in _records(archive, "xl/workbook.bin"):
        if number == _BOOK:
            book.shift = SINCE_1904 if _u32(data, 0) & 1 else 0
        elif number == _SHEET:
            relation, at = _wide(data, 8)
            title, _end = _wide(data, at)
            sheets.append((title, _u32(data, 0) != 0, parts.get(relation, "")))
    if "xl/sharedStrings.bin" in names:
        for number, data in _records(archive, "xl/sharedStrings.bin"):
            if number == _STRING:
                if len(book.strings) >= _STRINGS:
                    raise ArchiveTrap(_("The table of its texts is unreasonably large."))
                book.strings.append(_wide(data, 1)[0])
    if "xl/styles.bin" in names:
        book.forms = _forms(archive)
    found = [(title, hidden, part) for title, hidden, part in sheets if part in names]
    titles = tuple((title, hidden) for title, hidden, _part in found)
    unshown = any(name.startswith(("xl/charts/", "xl/media/", "xl/comments")) for name in names)
    return Book((_sheet(book, *one, columns) for one in found), unshown=unshown, titles=titles)


def _relations(archive: zipfile.ZipFile) -> dict[str, str]:
    """The parts that hold the sheets, by the key under which the workbook names them."""
    name = "xl/_rels/workbook.bin.rels"
    with foreign("lxml"), member_stream(archive, archive.getinfo(name), _PART) as stream:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.parse(stream, parser).getroot()
        told = [(str(one.get("Id")), str(one.get("Target"))) for one in root.iter("{*}Relationship")]
    return {key: target.lstrip("/") if target.startswith("/") else f"xl/{target}" for key, target in told}


def _forms(archive: zipfile.ZipFile) -> list[str]:
    """The number format of each style of cells."""
    written: dict[int, str] = {}
    forms: list[str] = []
    inside = False
    for number, data in _records(archive, "xl/styles.bin"):
        if number == _FORMAT:
            written[_u16(data, 0)] = _wide(data, 2)[0]
        elif number in (_STYLES, _STYLES_END):
            inside = number == _STYLES
        elif number == _STYLE and inside:
            code = _u16(data, 2)
            forms.append(written.get(code) or BUILT_IN.get(code) or GENERAL)
    return forms


def _sheet(book: _Workbook, title: str, hidden: bool, part: str, columns: int) -> Sheet:
    out: set[int] = set()
    merged: list[str] = []
    # Merged cells stand behind the rows, which are taken later and once.
    with foreign("xlsb", *_ODD):
        for number, data in _records(book.archive, part):
            if number == _COLUMN and _u16(data, 16) & 1:
                out.update(range(_u32(data, 0), min(_u32(data, 4) + 1, _COLUMNS)))
            elif number == _MERGE and len(merged) < _MERGED:
                top, bottom, left, right = (_u32(data, at) for at in (0, 4, 8, 12))
                merged.append(f"{column_letters(left)}{top + 1}:{column_letters(right)}{bottom + 1}")
    return Sheet(title, _rows(book, part, columns), hidden, frozenset(out), tuple(merged))


def _rows(book: _Workbook, part: str, columns: int) -> Iterator[SheetRow]:
    with foreign("xlsb", *_ODD):
        row: SheetRow | None = None
        cells: list[SheetCell] = []
        place = -1
        for number, data in _records(book.archive, part):
            if number == _ROW:
                if row is not None:
                    yield replace(row, cells=tuple(cells))
                row, cells, place = _row(data), [], -1
                continue
            if number == _ROWS_END:
                break
            short = _BLANK <= number - _SHORT <= _SHARED
            kind = number - _SHORT if short else number
            if row is None or not (_BLANK <= kind <= _F_ERROR or kind == _RICH):
                continue
            place = place + 1 if short else _u32(data, 0)
            if place >= _COLUMNS:
                raise ValueError("a column that the format does not know")
            cell = _cell(book, kind, data[0 if short else 4 :])
            if place >= columns:
                row = replace(row, wider=row.wider or cell is not EMPTY)
            elif cell is not EMPTY:
                cells += [EMPTY] * (place + 1 - len(cells))
                cells[place] = cell
        if row is not None:
            yield replace(row, cells=tuple(cells))


def _row(data: bytes) -> SheetRow:
    number = _u32(data, 0)
    if number >= _ROWS:
        raise ValueError("a row that the format does not know")
    return SheetRow(number + 1, (), hidden=bool(data[11:12] and data[11] & 0x10))


def _cell(book: _Workbook, kind: int, data: bytes) -> SheetCell:
    """A cell from its record, behind its column: its style, then its value."""
    style = _u32(data, 0) & 0xFFFFFF
    form = book.forms[style] if style < len(book.forms) else GENERAL
    if kind == _BLANK:
        return EMPTY
    if kind in (_BOOL, _F_BOOL):
        return SheetCell(bool(data[4]))
    if kind in (_ERROR, _F_ERROR):
        return SheetCell(_ERRORS.get(data[4], "#?"))
    if kind in (_TEXT, _F_TEXT):
        return SheetCell(_wide(data, 4)[0], form)
    if kind == _RICH:
        return SheetCell(_wide(data, 5)[0], form)
    if kind == _SHARED:
        index = _u32(data, 4)
        if index >= len(book.strings):
            raise ValueError("a text that is not in the table")
        return SheetCell(book.strings[index], form)
    value = _packed(_u32(data, 4)) if kind == _RK else struct.unpack_from("<d", data, 4)[0]
    value = int(value) if value == int(value) and abs(value) < 1e15 else value
    return SheetCell(value + book.shift if book.shift and is_calendar(form) else value, form)


def _packed(bits: int) -> float:
    """A number in thirty bits: whole or the upper half of a double, perhaps a hundredth of it."""
    if bits & 2:
        value = float((bits >> 2) - (1 << 30 if bits & 0x80000000 else 0))
    else:
        value = struct.unpack("<d", struct.pack("<Q", (bits & 0xFFFFFFFC) << 32))[0]
    return value / 100 if bits & 1 else value


def _records(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[int, bytes]]:
    """Each record of a part: its number and its bytes."""
    with member_stream(archive, archive.getinfo(part), _PART) as stream:
        while True:
            number = _number(stream, 2)
            if number is None:
                return
            size = _number(stream, 4)
            if size is None or size > _RECORD:
                raise ValueError("a record without an end")
            data = stream.read(size)
            if len(data) < size:
                raise ValueError("a record that is cut off")
            yield number, data


def _number(stream: IO[bytes], most: int) -> int | None:
    """A number in groups of seven bits; none at the end of the part."""
    value = 0
    for shift in range(0, 7 * most, 7):
        one = stream.read(1)
        if not one:
            return None
        value |= (one[0] & 0x7F) << shift
        if one[0] < 0x80:
            break
    return value


def _u16(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<H", data, at)[0])


def _u32(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", data, at)[0])


def _wide(data: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends; empty where there is none."""
    count = _u32(data, at)
    if count == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * count
    if end > len(data):
        raise ValueError("a text that is cut off")
    return data[at + 4 : end].decode("utf-16-le", "replace"), end
