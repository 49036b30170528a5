"""E-books: the text of each chapter in reading order."""

from __future__ import annotations

import posixpath
import zipfile
from urllib.parse import unquote

from magdesk.i18n import _
from magdesk.intake.archive import DAMAGED, check_whole, open_archive, read_member
from magdesk.intake.filereading import FileReading
from magdesk.intake.readers.html import decode_page
from magdesk.intake.readers.markuptext import html_text
from magdesk.intake.readers.ooxml import part_root
from magdesk.intake.readers.xmltext import local
from magdesk.intake.source import Source

_DUBLIN_CORE = {
    "title": "Title", "creator": "Author", "publisher": "Publisher", "date": "Date", "language": "Language",
    "identifier": "Identifier", "rights": "Rights",
}  # fmt: skip


def read_epub(source: Source, findings: FileReading) -> None:
    """Chapters count as pages for searching; the book itself has none."""
    try:
        with open_archive(source.stream, findings) as archive:
            check_whole(archive)
            if "META-INF/encryption.xml" in archive.namelist():
                findings.note(_("Parts of the book are encrypted; they could not be read."))
            for number, name in enumerate(_chapters(archive, findings), 1):
                findings.text(number, html_text(decode_page(read_member(archive, name))))
    except DAMAGED as error:
        findings.damaged(_("The book is damaged."), type(error).__name__)
    if not findings.has_text:
        findings.note(_("The book holds no text that could be read."))


def _chapters(archive: zipfile.ZipFile, findings: FileReading) -> list[str]:
    names = set(archive.namelist())
    pages = [name for name in archive.namelist() if name.lower().endswith((".xhtml", ".html", ".htm"))]
    container = part_root(archive, "META-INF/container.xml")
    place = (
        next((str(one.get("full-path")) for one in container.iter("{*}rootfile")), "")
        if container is not None
        else ""
    )
    package = part_root(archive, place) if place in names else None
    if package is None:
        return pages
    files: dict[str, str] = {}
    order: list[str] = []
    for element in package.iter():
        name = local(element)
        if name in _DUBLIN_CORE and element.text:
            findings.detail("document", _DUBLIN_CORE[name], element.text)
        elif name == "item":
            path = posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(str(element.get("href", "")))))
            files[str(element.get("id"))] = path
        elif name == "itemref":
            order.append(files.get(str(element.get("idref")), ""))
    return [path for path in order if path in names] or pages
