"""Kinds of files that are known by name and cannot be read or shown here, with what to turn them into."""

from __future__ import annotations

from collections.abc import Mapping

from magdesk.i18n import _

_ARCHIVE = _("Unpack it and add the files that matter.")
NAMED: Mapping[str, tuple[str, str]] = {
    "application/vnd.ms-outlook-pst": (
        _("an Outlook mailbox (PST)"),
        _("Export the messages that matter from Outlook or with readpst as .eml, .msg or .mbox, and add those."),
    ),
    "application/onenote": (_("a OneNote section"), _("Print it to PDF from OneNote and add the PDF.")),
    "application/vnd.wordperfect": (
        _("a WordPerfect document"), _("Save it as PDF or DOCX with LibreOffice or WordPerfect and add that."),
    ),
    "image/vnd.djvu": (_("a DjVu scan"), _("Convert it to PDF, for example with ddjvu, and add the PDF.")),
    "image/jxl": (_("a JPEG XL picture"), _("Convert it to PNG, for example with djxl, and add the PNG.")),
    "image/x-emf": (_("a Windows drawing (EMF)"), _("Convert it to PDF or PNG with LibreOffice and add that.")),
    "image/wmf": (_("a Windows drawing (WMF)"), _("Convert it to PDF or PNG with LibreOffice and add that.")),
    "application/vnd.ms-excel.sheet.binary.macroenabled.12": (
        _("a binary Excel workbook (XLSB)"), _("Save it as XLSX with Excel or LibreOffice and add that."),
    ),
    "application/vnd.apple.pages": (
        _("a document of Apple Pages"), _("Export it to PDF from Pages and add the PDF."),
    ),
    "application/vnd.apple.numbers": (
        _("a spreadsheet of Apple Numbers"), _("Export it to XLSX or PDF from Numbers and add that."),
    ),
    "application/vnd.apple.keynote": (
        _("a presentation of Apple Keynote"), _("Export it to PDF from Keynote and add the PDF."),
    ),
    "application/vnd.sqlite3": (
        _("a database (SQLite)"), _("Export the tables that matter as CSV, for example with sqlite3, and add those."),
    ),
    "application/x-plist": (
        _("a settings file of an Apple computer"), _("Convert it to XML with plutil if it matters."),
    ),
    "application/pgp-encrypted": (
        _("a file encrypted with PGP"), _("Whoever holds the key can decrypt it; add what was inside."),
    ),
    "application/x-ole-storage": (
        _("an old Office or Windows file of an unusual kind"), _("Open it where it was made and save it as PDF."),
    ),
    "application/gzip": (_("an archive (GZIP)"), _ARCHIVE),
    "application/x-7z-compressed": (_("an archive (7z)"), _ARCHIVE),
    "application/vnd.rar": (_("an archive (RAR)"), _ARCHIVE),
    "application/x-tar": (_("an archive (TAR)"), _ARCHIVE),
    "application/x-bzip2": (_("an archive (BZIP2)"), _ARCHIVE),
    "application/x-xz": (_("an archive (XZ)"), _ARCHIVE),
    "application/zip": (_("an archive (ZIP)"), _("Take what matters out of it as evidence of its own.")),
    "application/vnd.google-earth.kmz": (
        _("a packed map file (KMZ)"), _("Take the .kml and the pictures out of it as evidence of their own."),
    ),
}  # fmt: skip


def named_said(media_type: str) -> str:
    """What a file of that kind is and what to turn it into; empty for kinds that are not listed."""
    if media_type not in NAMED:
        return ""
    kind, advice = NAMED[media_type]
    return _("This is {kind}, which cannot be read here. {advice}").format(kind=kind, advice=advice)
