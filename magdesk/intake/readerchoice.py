"""Which reader reads which kind of file. Readers are imported when first needed: who reads mail needs no PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from magdesk.i18n import _
from magdesk.intake.filereading import FileReading
from magdesk.intake.mediatypes import read_as
from magdesk.intake.namedkinds import NAMED, named_said
from magdesk.intake.source import Source

Reader = Callable[[Source, FileReading], None]

_OOXML = "application/vnd.openxmlformats-officedocument."
LOCKED_OOXML = _OOXML + "encrypted"
_ODF = "application/vnd.oasis.opendocument."
_PROGRAMS = {"application/vnd.microsoft.portable-executable", "application/x-elf"}


def _pdf() -> Reader:
    from magdesk.intake.readers.pdf import read_pdf

    return read_pdf


def _docx() -> Reader:
    from magdesk.intake.readers.docx import read_docx

    return read_docx


def _pptx() -> Reader:
    from magdesk.intake.readers.pptx import read_pptx

    return read_pptx


def _locked() -> Reader:
    from magdesk.intake.readers.officelock import unlocked

    def read_locked(source: Source, findings: FileReading) -> None:
        inside = unlocked(source, findings)
        if inside is not None:
            reader_for(inside.media_type)(inside, findings)

    return read_locked


def _doc() -> Reader:
    from magdesk.intake.readers.doc import read_doc

    return read_doc


def _ppt() -> Reader:
    from magdesk.intake.readers.ppt import read_ppt

    return read_ppt


def _rtf() -> Reader:
    from magdesk.intake.readers.rtf import read_rtf

    return read_rtf


def _odf() -> Reader:
    from magdesk.intake.readers.odf import read_odf

    return read_odf


def _epub() -> Reader:
    from magdesk.intake.readers.epub import read_epub

    return read_epub


def _mail() -> Reader:
    from magdesk.intake.readers.mail import read_mail

    return read_mail


def _mbox() -> Reader:
    from magdesk.intake.readers.mbox import read_mbox

    return read_mbox


def _msg() -> Reader:
    from magdesk.intake.readers.msg import read_msg

    return read_msg


def _mhtml() -> Reader:
    from magdesk.intake.readers.mhtml import read_mhtml

    return read_mhtml


def _webarchive() -> Reader:
    from magdesk.intake.readers.webarchive import read_webarchive

    return read_webarchive


def _apple() -> Reader:
    from magdesk.intake.readers.applework import read_apple

    return read_apple


def _envelope() -> Reader:
    from magdesk.intake.readers.sealed import read_envelope

    return read_envelope


def _wrapped() -> Reader:
    from magdesk.intake.readers.sealed import read_wrapped

    return read_wrapped


def _html() -> Reader:
    from magdesk.intake.readers.html import read_html

    return read_html


def _warc() -> Reader:
    from magdesk.intake.readers.warc import read_warc

    return read_warc


def _wacz() -> Reader:
    from magdesk.intake.readers.warc import read_wacz

    return read_wacz


def _zip() -> Reader:
    from magdesk.intake.zipfolder import read_zip

    return read_zip


def _plain() -> Reader:
    from magdesk.intake.readers.plain import read_plain

    return read_plain


def _markup() -> Reader:
    from magdesk.intake.readers.markup import read_markup

    return read_markup


def _image() -> Reader:
    from magdesk.intake.readers.image import read_image

    return read_image


def _media() -> Reader:
    from magdesk.intake.readers.media import read_media

    return read_media


def _xlsx() -> Reader:
    from magdesk.intake.readers.sheets import read_xlsx

    return read_xlsx


def _xlsb() -> Reader:
    from magdesk.intake.readers.sheets import read_xlsb

    return read_xlsb


def _xls() -> Reader:
    from magdesk.intake.readers.sheets import read_xls

    return read_xls


# Each entry brings its reader; the import stands where a type checker and a test can see it.
READERS: Mapping[str, Callable[[], Reader]] = {
    "application/pdf": _pdf,
    _OOXML + "wordprocessingml.document": _docx,
    _OOXML + "presentationml.presentation": _pptx,
    _OOXML + "spreadsheetml.sheet": _xlsx,
    "application/vnd.ms-excel.sheet.binary.macroenabled.12": _xlsb,
    LOCKED_OOXML: _locked,
    "application/msword": _doc,
    "application/vnd.ms-excel": _xls,
    "application/vnd.ms-powerpoint": _ppt,
    "application/rtf": _rtf,
    _ODF + "text": _odf,
    _ODF + "spreadsheet": _odf,
    _ODF + "presentation": _odf,
    _ODF + "graphics": _odf,
    "application/epub+zip": _epub,
    "message/rfc822": _mail,
    "application/mbox": _mbox,
    "application/vnd.ms-outlook": _msg,
    "text/html": _html,
    "application/xhtml+xml": _html,
    "multipart/related": _mhtml,
    "application/x-webarchive": _webarchive,
    "application/pkcs7-mime": _envelope,
    "application/vnd.ms-tnef": _wrapped,
    "application/vnd.apple.pages": _apple,
    "application/vnd.apple.numbers": _apple,
    "application/vnd.apple.keynote": _apple,
    "application/vnd.google-earth.kmz": _zip,
    "application/warc": _warc,
    "application/wacz": _wacz,
    "application/zip": _zip,
    "application/json": _plain,
    "application/geo+json": _plain,
    "application/xml": _markup,
    "application/gpx+xml": _markup,
    "application/vnd.google-earth.kml+xml": _markup,
    "image/svg+xml": _markup,
}
FAMILIES: Mapping[str, Callable[[], Reader]] = {"image": _image, "audio": _media, "video": _media, "text": _plain}


def reader_for(media_type: str) -> Reader:
    """The reader of that kind of file; one that says so where there is none."""
    media_type = read_as(media_type)
    bring = READERS.get(media_type) or (None if media_type in NAMED else FAMILIES.get(media_type.partition("/")[0]))
    return _read_nothing if bring is None else bring()


def _read_nothing(source: Source, findings: FileReading) -> None:
    said = named_said(source.media_type)
    if said:
        findings.note(said)
    elif source.media_type in _PROGRAMS:
        findings.note(_("This is a program. It is kept as it is and is never run."))
    else:
        findings.note(_("This kind of file is not known; it is kept as it is, and no text was read from it."))
