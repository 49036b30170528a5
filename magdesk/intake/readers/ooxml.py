"""What the office formats of Microsoft share: properties, comments, embedded files."""

from __future__ import annotations

import zipfile
from typing import Any

from lxml import etree

from magdesk.i18n import _
from magdesk.intake.archive import read_member
from magdesk.intake.filereading import FileReading
from magdesk.intake.readers.olepackage import unwrap
from magdesk.intake.readers.xmltext import local, parse_xml

_CORE = {
    "title": "Title", "creator": "Author", "lastModifiedBy": "Last changed by", "created": "Created",
    "modified": "Changed", "lastPrinted": "Printed", "subject": "Subject", "description": "Comments",
    "keywords": "Keywords", "category": "Category", "revision": "Revision", "language": "Language",
    "contentStatus": "Status",
}  # fmt: skip
_APP = {
    "Application": "Made with", "AppVersion": "Version", "Company": "Company", "Manager": "Manager",
    "Template": "Template", "TotalTime": "Minutes of editing", "Pages": "Pages as last saved",
    "Words": "Words as last saved", "HyperlinkBase": "Link base",
}  # fmt: skip


def read_properties(archive: zipfile.ZipFile, findings: FileReading) -> None:
    """Author, dates, programs."""
    names = set(archive.namelist())
    for part, labels in (("docProps/core.xml", _CORE), ("docProps/app.xml", _APP)):
        root = part_root(archive, part) if part in names else None
        for element in root if root is not None else ():
            name = local(element)
            if name in labels and element.text:
                findings.detail("document", labels[name], element.text)
                if name == "created":
                    findings.made_on(element.text[:10])
    root = part_root(archive, "docProps/custom.xml") if "docProps/custom.xml" in names else None
    for element in list(root)[:50] if root is not None else ():
        findings.detail("document", f"Own property: {element.get('name', '?')}", "".join(element.itertext()))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        findings.detail("document", "Macros", _("contains macros; they are never run"))
    if any(name.startswith("_xmlsignatures/sig") for name in names):
        findings.detail("document", "Signature", _("signed (not verified)"))


def part_root(archive: zipfile.ZipFile, name: str) -> Any | None:
    """The root of an XML part; none when it is missing or not XML, for which the reader has no use."""
    try:
        return parse_xml(read_member(archive, name))
    except (KeyError, etree.XMLSyntaxError, zipfile.BadZipFile, EOFError, ValueError):
        return None


def hand_on_embedded(archive: zipfile.ZipFile, findings: FileReading) -> None:
    """Documents embedded in the document, as files of their own. Pictures stay where they are."""
    for name in archive.namelist():
        if "/embeddings/" in name and not name.endswith("/"):
            try:
                findings.child(*unwrap(name.rpartition("/")[2], read_member(archive, name)))
            except (zipfile.BadZipFile, EOFError, ValueError):
                findings.mention(name.rpartition("/")[2])
                findings.note(_("A document embedded in this one is damaged and could not be taken out."))
