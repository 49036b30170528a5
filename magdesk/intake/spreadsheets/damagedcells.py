"""The cells of a damaged spreadsheet, straight out of its parts: values as stored, without formats."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from magdesk.intake.archive import check_member, read_member
from magdesk.intake.readers.ooxml import part_root
from magdesk.intake.readers.xmltext import local
from magdesk.intake.spreadsheets.cells import Sheet, SheetCell, SheetRow
from magdesk.intake.ziprepair import read_damaged

_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml", re.IGNORECASE)


def bare_sheets(archive: zipfile.ZipFile) -> list[Sheet]:
    """Each sheet that can be found."""
    found = {int(match[1]): name for name in archive.namelist() if (match := _SHEET.fullmatch(name))}
    strings = [_text(one) for one in _root(archive, "xl/sharedStrings.xml")]
    book = part_root(archive, "xl/workbook.xml")
    titles = [str(one.get("name")) for one in book.iter("{*}sheet")] if book is not None else []
    sheets = []
    for place, number in enumerate(sorted(found)):
        title = titles[place] if len(titles) == len(found) else f"sheet{number}"
        sheets.append(Sheet(title, _rows(archive, found[number], strings)))
    return sheets


def _rows(archive: zipfile.ZipFile, name: str, strings: list[str]) -> Iterator[SheetRow]:
    for data in _root(archive, name):
        if local(data) == "sheetData":
            for number, row in enumerate(data, 1):
                yield SheetRow(number, tuple(SheetCell(_value(cell, strings)) for cell in row))


def _value(cell: Any, strings: list[str]) -> str:
    kind = cell.get("t")
    value = next((str(part.text or "") for part in cell if local(part) == "v"), "")
    if kind == "s":
        return strings[int(value)] if value.isdigit() and int(value) < len(strings) else ""
    return value or _text(cell)


def _text(element: Any) -> str:
    return "".join(str(part.text or "") for part in element.iter("{*}t"))


def _root(archive: zipfile.ZipFile, name: str) -> Any:
    """The root of a part that may be damaged; an empty list when nothing of it can be read."""
    if name not in archive.namelist():
        return []
    check_member(archive.getinfo(name))
    try:
        data = read_member(archive, name)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError):
        data = read_damaged(archive, name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data, parser) if data else None
    except etree.XMLSyntaxError:
        return []
    return root if root is not None else []
