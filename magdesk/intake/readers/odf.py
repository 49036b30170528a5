"""OpenDocument: text, spreadsheets, presentations; properties; embedded objects are named."""

from __future__ import annotations

import zipfile
from typing import Any

from magdesk.i18n import _
from magdesk.intake.archive import DAMAGED, check_whole, open_archive
from magdesk.intake.filereading import FileReading
from magdesk.intake.readers.odfslides import hidden_slides
from magdesk.intake.readers.odftext import odf_text
from magdesk.intake.readers.odtmarks import TEXT, mark
from magdesk.intake.readers.ooxml import part_root
from magdesk.intake.readers.sheets import COLUMNS, read_book
from magdesk.intake.readers.xmltext import local
from magdesk.intake.source import Source

_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_META = {
    "title": "Title", "initial-creator": "Author", "creator": "Last changed by", "creation-date": "Created",
    "date": "Changed", "generator": "Made with", "editing-cycles": "Times edited",
    "editing-duration": "Time of editing",
    "subject": "Subject", "description": "Comments", "keyword": "Keywords", "printed-by": "Printed by",
    "print-date": "Printed", "language": "Language",
}  # fmt: skip


def read_odf(source: Source, findings: FileReading) -> None:
    """Text and properties of an OpenDocument file."""
    try:
        with open_archive(source.stream, findings) as archive:
            check_whole(archive)
            if _encrypted(archive):
                findings.locked = True
                findings.note(
                    _(
                        "The file is locked with a password of a kind that cannot be opened here. Open it where it "
                        "was made, take the password off, and add that copy."
                    )
                )
                return
            _read_properties(archive, findings)
            root = part_root(archive, "content.xml")
            if root is None:
                findings.note(_("The content of the document is missing or damaged."))
                return
            _read_content(root, source.media_type, findings)
    except DAMAGED as error:
        findings.damaged(_("The document is damaged."), type(error).__name__)
    if not findings.has_text:
        findings.note(_("The document holds no text that could be read."))


def _encrypted(archive: zipfile.ZipFile) -> bool:
    root = part_root(archive, "META-INF/manifest.xml")
    return root is not None and next(root.iter("{*}encryption-data"), None) is not None


def _read_properties(archive: zipfile.ZipFile, findings: FileReading) -> None:
    root = part_root(archive, "meta.xml")
    for element in root.iter() if root is not None else ():
        name = local(element)
        if name in _META and element.text:
            findings.detail("document", _META[name], element.text)
            if name == "creation-date":
                findings.made_on(element.text[:10])
        elif name == "document-statistic":
            for key, value in element.attrib.items():
                if key.endswith("}page-count"):
                    findings.detail("document", "Pages as last saved", value)
        elif name == "user-defined" and element.text:
            label = next((value for key, value in element.attrib.items() if key.endswith("}name")), "?")
            findings.detail("document", f"Own property: {label}", element.text)
    if any(name.startswith("Basic/") and name.endswith(".xml") for name in archive.namelist()):
        findings.detail("document", "Macros", _("contains macros; they are never run"))


def _read_content(root: Any, media_type: str, findings: FileReading) -> None:
    if media_type.endswith("spreadsheet"):
        # It needs the text of a paragraph, which stands here.
        from magdesk.intake.spreadsheets.opendocument import book_of  # noqa: PLC0415

        read_book(book_of(root, COLUMNS), findings)
    elif media_type.endswith(("presentation", "graphics")):
        pages = list(root.iter(f"{_DRAW}page"))
        findings.pages = len(pages)
        findings.detail("document", "Hidden slides", ", ".join(map(str, sorted(hidden_slides(root)))))
        for number, page in enumerate(pages, 1):
            findings.text(number, odf_text(page))
    else:
        changes = sum(1 for _one in root.iter(f"{TEXT}changed-region"))
        if changes:
            findings.detail("document", "Tracked changes", changes)
        mark(root)
        findings.text(0, odf_text(root))
