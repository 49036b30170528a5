"""Page count, text per page and creation date of a PDF."""

from __future__ import annotations

import re
from typing import BinaryIO

import pikepdf
import pypdfium2

from magdesk.errors import InputError
from magdesk.intake.facts import FileFacts
from magdesk.model.values import PartialDate, clean_text

MEDIA_TYPE = "application/pdf"
_PDF_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")
_LIMIT = 400_000  # characters of one page; more is not prose


def read_pdf(stream: BinaryIO) -> FileFacts:
    """What a PDF says of itself. qpdf's page count is the one that counts: the bundle is built with it."""
    stream.seek(0)
    try:
        with pikepdf.open(stream, suppress_warnings=True) as pdf:
            pages = len(pdf.pages)
            created = _date(pdf)
    except pikepdf.PasswordError:
        return FileFacts(MEDIA_TYPE, note="The file is locked with a password; nothing could be read from it.")
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError) as error:
        return FileFacts(MEDIA_TYPE, note=f"The PDF is damaged and cannot be opened ({_first_line(error)}).")
    text, note = _text(stream)
    if not text and not note and pages:
        note = "The pages have no text layer (scanned?)."
    return FileFacts(MEDIA_TYPE, pages=pages, text=text, text_layer=bool(text), created=created, note=note)


_STREAM_NAME = re.compile(r"^stream <[^>]*>(?: \([^)]*\))?: ?")


def _first_line(error: Exception) -> str:
    text = _STREAM_NAME.sub("", clean_text(str(error), multiline=False))
    return text[:120] or type(error).__name__


def _date(pdf: pikepdf.Pdf) -> PartialDate | None:
    match = _PDF_DATE.match(str(pdf.docinfo.get("/CreationDate", "")))
    if not match:
        return None
    try:
        return PartialDate("-".join(part for part in match.groups() if part))
    except InputError:
        return None


def _text(stream: BinaryIO) -> tuple[tuple[tuple[int, str], ...], str]:
    stream.seek(0)
    found: list[tuple[int, str]] = []
    try:
        document = pypdfium2.PdfDocument(stream, autoclose=False)
    except pypdfium2.PdfiumError as error:
        return (), f"No text could be read ({_first_line(error)})."
    try:
        for number in range(len(document)):
            try:
                page = document[number]
                text_page = page.get_textpage()
                text = clean_text(text_page.get_text_bounded().replace("\x02", "-"))[:_LIMIT]
                text_page.close()
                page.close()
            except pypdfium2.PdfiumError:
                continue
            if text.strip():
                found.append((number + 1, text))
    finally:
        document.close()
    return tuple(found), ""
