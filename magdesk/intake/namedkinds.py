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
    "application/vnd.apple.pages": (
        _("an Apple Pages document"), _("Export it to PDF from Pages and add the PDF."),
    ),
    "application/vnd.apple.numbers": (
        _("an Apple Numbers spreadsheet"), _("Export it to XLSX or PDF from Numbers and add that."),
    ),
    "application/vnd.apple.keynote": (
        _("an Apple Keynote presentation"), _("Export it to PDF from Keynote and add the PDF."),
    ),
    "application/vnd.sqlite3": (
        _("a database (SQLite)"), _("Export the tables that matter as CSV, for example with sqlite3, and add those."),
    ),
    "application/x-plist": (
        _("an Apple settings file"), _("Convert it to XML with plutil if it matters."),
    ),
    "application/pgp-encrypted": (
        _("a file encrypted with PGP"), _("Anyone who holds the key can decrypt it; add what was inside."),
    ),
    "application/x-ole-storage": (
        _("an unusual old Office or Windows file"), _("Open it in the program that made it and save it as PDF."),
    ),
    "application/gzip": (_("an archive (GZIP)"), _ARCHIVE),
    "application/x-7z-compressed": (_("an archive (7z)"), _ARCHIVE),
    "application/vnd.rar": (_("an archive (RAR)"), _ARCHIVE),
    "application/x-tar": (_("an archive (TAR)"), _ARCHIVE),
    "application/x-bzip2": (_("an archive (BZIP2)"), _ARCHIVE),
    "application/x-xz": (_("an archive (XZ)"), _ARCHIVE),
    "application/zip": (_("an archive (ZIP)"), _("Add the files in it that matter as separate evidence.")),
    "application/vnd.google-earth.kmz": (
        _("a packed map file (KMZ)"), _("Add the .kml file and the pictures in it as separate evidence."),
    ),
}  # fmt: skip


def named_said(media_type: str) -> str:
    """What a file of that kind is and what to turn it into; empty for kinds that are not listed."""
    if media_type not in NAMED:
        return ""
    return " ".join(named_told(media_type))


def named_told(media_type: str) -> tuple[str, str]:
    """What a file of a listed kind is, and what to do about it, in a sentence each."""
    kind, advice = NAMED[media_type]
    return _("This is {kind}, which cannot be read here.").format(kind=kind), advice
