"""Which reader reads which kind of file. Readers are imported when first needed: who reads mail needs no PDF."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from magdesk.i18n import _
from magdesk.intake.findings import Findings
from magdesk.intake.source import Source

Reader = Callable[[Source, Findings], None]

_OOXML = "application/vnd.openxmlformats-officedocument."
LOCKED_OOXML = _OOXML + "encrypted"
_ODF = "application/vnd.oasis.opendocument."
_READERS = {
    "application/pdf": "readers.pdf:read_pdf",
    _OOXML + "wordprocessingml.document": "readers.docx:read_docx",
    _OOXML + "presentationml.presentation": "readers.pptx:read_pptx",
    _OOXML + "spreadsheetml.sheet": "readers.sheets:read_xlsx",
    LOCKED_OOXML: "officelock:read_locked",
    "application/msword": "readers.doc:read_doc",
    "application/vnd.ms-excel": "readers.sheets:read_xls",
    "application/vnd.ms-powerpoint": "readers.ppt:read_ppt",
    "application/rtf": "readers.rtf:read_rtf",
    _ODF + "text": "readers.odf:read_odf",
    _ODF + "spreadsheet": "readers.odf:read_odf",
    _ODF + "presentation": "readers.odf:read_odf",
    _ODF + "graphics": "readers.odf:read_odf",
    "application/epub+zip": "readers.epub:read_epub",
    "message/rfc822": "readers.mail:read_mail",
    "application/mbox": "readers.mbox:read_mbox",
    "application/vnd.ms-outlook": "readers.msg:read_msg",
    "text/html": "readers.html:read_html",
    "application/xhtml+xml": "readers.html:read_html",
    "multipart/related": "readers.mail:read_mail",
    "application/warc": "readers.warc:read_warc",
    "application/wacz": "readers.warc:read_wacz",
    "application/zip": "zipfolder:read_zip",
    "application/json": "readers.plain:read_plain",
    "application/xml": "readers.markup:read_markup",
    "image/svg+xml": "readers.markup:read_markup",
}
_FAMILIES = {
    "image": "readers.image:read_image",
    "audio": "readers.media:read_media",
    "video": "readers.media:read_media",
    "text": "readers.plain:read_plain",
}
_PACKED = {"application/gzip", "application/x-7z-compressed", "application/vnd.rar", "application/x-tar",
           "application/x-bzip2", "application/x-xz"}  # fmt: skip
_PROGRAMS = {"application/vnd.microsoft.portable-executable", "application/x-elf"}


def reader_for(media_type: str) -> Reader:
    """The reader of that kind of file; one that says so where there is none."""
    place = _READERS.get(media_type) or _FAMILIES.get(media_type.partition("/")[0])
    if place is None:
        return _read_nothing
    module, _colon, name = place.partition(":")
    reader: Reader = getattr(import_module(f"magdesk.intake.{module}"), name)
    return reader


def _read_nothing(source: Source, findings: Findings) -> None:
    if source.media_type in _PACKED:
        findings.note(_("This kind of archive cannot be looked into here; unpack it and add the files that matter."))
    elif source.media_type in _PROGRAMS:
        findings.note(_("This is a program. It is kept as it is and never run."))
    else:
        findings.note(_("This kind of file is not known; it is kept as it is and no text was read."))
