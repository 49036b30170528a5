"""Page count, text per page, properties, marks and attachments of a PDF."""

from __future__ import annotations

import io
import re
from typing import Any, BinaryIO

import pikepdf
import pypdfium2

from magdesk.i18n import _, ngettext
from magdesk.intake import ocr
from magdesk.intake.filereading import NEW_COPY, FileReading
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.pdfannotations import flatten, writes_on_pages
from magdesk.intake.pdfletters import is_suspicious, letters_of, outside_text, with_spaces
from magdesk.intake.readers import pdfmarks
from magdesk.intake.source import Source
from magdesk.pageranges import ranges
from magdesk.values import clean_text

_STREAM_NAME = re.compile(r"^stream <[^>]*>(?: \([^)]*\))?: ?")
_OCR_SCALE = 300 / 72
_OCR_LONGEST = 6_000  # points of the rendered page
_PAGES_READ = 20_000
# pdfium has one sign for the hyphen and the line end that break a word.
_LINE_END_HYPHEN = "-\n"
_PIKEPDF = (RuntimeError, KeyError, IndexError)  # that it raises out of compiled code, over odd values
_OUTSIDE = _("outside of the visible page")
_RUNS_TOLD = 12
_RECOGNISE = _("Look at them before you cite them, or have the text of the scan read by a program.")


def read_pdf(source: Source, findings: FileReading) -> None:
    """What a PDF says of itself. qpdf's page count is the one that counts: the bundle is built with it."""
    trouble, written_on = _read_structure(source, findings)
    if findings.locked:
        findings.lock(tried=bool(source.password))
        return
    stream: BinaryIO = source.stream
    if written_on:
        # What is filled in or written on a page is printed with it, and a name in it must be found.
        stream = _rewritten(source, flat=True) or stream
    seen = _read_text(stream, source, findings)
    if seen is None and not trouble:
        rewritten = _rewritten(source)
        seen = _read_text(rewritten, source, findings) if rewritten is not None else None
        if seen is None:
            findings.note(_("No text could be read from the pages; look at them before you cite them."))
    if trouble and seen:
        findings.pages = seen
        sentence = _("The PDF is damaged; its text was read with a more tolerant reader and may be incomplete.")
        findings.damaged(sentence, trouble)
    elif trouble:
        findings.damaged(_("The PDF is damaged and cannot be opened."), trouble)
    elif findings.pages == 0:
        findings.note(_("The PDF has no pages.") + " " + NEW_COPY)
    elif seen is not None and findings.pages != seen:
        findings.damaged(
            _("The PDF is damaged: one reader counts {first} pages, another {second}.").format(
                first=findings.pages, second=seen
            )
        )


def _read_structure(source: Source, findings: FileReading) -> tuple[str, bool]:
    """Pages, properties, marks, attachments.

    Returns:
        What was wrong, when the structure cannot be read; whether fields or comments write on the pages.
    """
    source.stream.seek(0)
    written_on = False
    try:
        with (
            foreign("pikepdf"),
            pikepdf.open(source.stream, password=source.password, suppress_warnings=True) as pdf,
        ):
            findings.pages = len(pdf.pages)
            pdfmarks.read_properties(pdf, findings)
            pdfmarks.read_marks(pdf, findings)
            pdfmarks.read_attachments(pdf, findings)
            written_on = _written_on(pdf)
            warnings = pdf.get_warnings()
            if warnings:
                findings.detail("reading", "Damage mended while reading", _first_line(str(warnings[0])))
    except Damaged as damage:
        if isinstance(damage.__cause__, pikepdf.PasswordError):
            findings.locked = True
            return "", False
        return _first_line(damage.said) or damage.reason, False
    return "", written_on


def _written_on(pdf: pikepdf.Pdf) -> bool:
    try:
        with foreign("pikepdf", *_PIKEPDF):
            return writes_on_pages(pdf)
    except Damaged:
        return False


def _first_line(text: str) -> str:
    return _STREAM_NAME.sub("", clean_text(text, multiline=False))[:120]


def _rewritten(source: Source, *, flat: bool = False) -> BinaryIO | None:
    """The document written anew, unlocked and mended, in memory: for a reader that does not take it as it is.

    Args:
        flat: with what its annotations show drawn on the pages.
    """
    out = io.BytesIO()
    source.stream.seek(0)
    try:
        with (
            foreign("pikepdf", *_PIKEPDF),
            pikepdf.open(source.stream, password=source.password, suppress_warnings=True) as pdf,
        ):
            if flat:
                flatten(pdf)
            pdf.save(out, fix_metadata_version=False)
    except Damaged:
        return None
    return out


def _read_text(stream: BinaryIO, source: Source, findings: FileReading) -> int | None:
    """The text of each page; the number of pages that the reader of text sees, or none when it fails."""
    stream.seek(0)
    try:
        with foreign("pypdfium2"):
            document = pypdfium2.PdfDocument(stream, password=source.password or None, autoclose=False)
    except Damaged:
        return None
    empty: list[int] = []
    outside: list[int] = []
    engine = ocr.find_ocr(source.programs) if source.ocr else None
    try:
        if findings.pages is None or findings.pages == len(document):
            pdfmarks.read_form(document, findings)
        for number in range(min(len(document), _PAGES_READ)):
            text, beside = _page_text(document, number)
            if beside:
                outside.append(number + 1)
                findings.text(number + 1, f"{text}\n[{_OUTSIDE}: {beside}]")
            elif text.strip():
                findings.text(number + 1, text)
            if text.strip():
                continue
            empty.append(number + 1)
            if engine is not None:
                _recognise(engine, document, number, source.ocr, findings)
            elif number % 50 == 0:
                findings.pulse()
        seen = len(document)
    finally:
        document.close()
    if source.ocr and empty:
        ocr.say_recognised(engine, source.ocr, findings)
    if empty:
        findings.detail("reading", ocr.PAGES_WITHOUT_TEXT, ranges(empty))
    read = set(findings.recognised)
    _say_empty([number for number in empty if number not in read], seen, findings)
    _say_outside(outside, findings)
    return seen


def _page_text(document: Any, number: int) -> tuple[str, str]:
    """The text of a page, and the words that stand beside what is shown of it."""
    try:
        with foreign("pypdfium2"):
            page = document[number]
    except Damaged:
        return "", ""
    try:
        with foreign("pypdfium2"):
            text_page = page.get_textpage()
            try:
                text: str = text_page.get_text_bounded().replace("\x02", _LINE_END_HYPHEN)
                beside = _shown_letters(text_page.get_text_range()) > _shown_letters(text)
                letters = letters_of(text_page) if beside or is_suspicious(text) else []
                box = page.get_bbox()
            finally:
                text_page.close()
    except Damaged:
        return "", ""
    finally:
        page.close()
    if is_suspicious(text):
        text = with_spaces(text, letters)
    return clean_text(text), clean_text(outside_text(letters, box)) if beside else ""


def _shown_letters(text: str) -> int:
    return sum(not char.isspace() for char in text)


def _say_outside(pages: list[int], findings: FileReading) -> None:
    if pages:
        sentence = ngettext(
            "Page {pages} contains words outside its visible area; a search finds them.",
            "Pages {pages} contain words outside their visible area; a search finds them.",
            len(pages),
        )
        findings.note(sentence.format(pages=ranges(pages, _RUNS_TOLD)))


def _recognise(
    engine: ocr.Ocr, document: Any, number: int, languages: tuple[str, ...], findings: FileReading
) -> None:
    try:
        with foreign("pypdfium2"):
            page = document[number]
            longest = max(*page.get_size(), 1)
            scale = min(_OCR_SCALE, _OCR_LONGEST / longest)
            image = page.render(scale=scale, grayscale=True).to_pil()
            page.close()
    except Damaged:
        findings.note(_("Some pages could not be drawn for text recognition."))
        return
    ocr.recognise_page(engine, image, number + 1, languages, findings)


def _say_empty(empty: list[int], pages: int, findings: FileReading) -> None:
    if not empty:
        return
    if len(empty) == pages:
        findings.note(_("The pages have no text layer (scanned?).") + " " + _RECOGNISE)
        return
    sentence = ngettext(
        "Page {pages} has no text layer (scanned or empty?).",
        "Pages {pages} have no text layer (scanned or empty?).",
        len(empty),
    )
    findings.note(sentence.format(pages=ranges(empty, _RUNS_TOLD)) + " " + _RECOGNISE)
