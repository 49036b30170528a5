"""Office documents, tables, mail and web pages are set anew, and each page says that this is not their own look."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import re
from dataclasses import replace
from typing import BinaryIO

from magdesk.document.blocks import Block, Cell, Document, Paragraph, Space, Table, Text
from magdesk.i18n import _
from magdesk.intake.conversion import CONVERTED_TYPES, Converted, DocumentConverter, Refusal
from magdesk.intake.conversion.refusal import WHOLE_COPY
from magdesk.packet.converters.blocktree import BlockTree, strong_letters
from magdesk.packet.converters.compared import losses, printed_text, without
from magdesk.packet.converters.result import NoPages, Pages
from magdesk.packet.exhibits import ExhibitInput, native_name
from magdesk.packet.segments import SegmentReader, Slice
from magdesk.render.pdf import render_pdf

__all__ = ["CONVERTED_TYPES", "convert_document"]
_log = logging.getLogger(__name__)
# What is kept from planning the bundle until it is written; larger ones are made a second time.
_KEPT = 3 << 20
_SAMPLE = 60_000
_SAID = re.compile(r'"((?:[^"\\]|\\.){3,})"')

_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_KINDS = {
    _OOXML + "wordprocessingml.document": _("a Word document (DOCX)"),
    _OOXML + "presentationml.presentation": _("a PowerPoint presentation (PPTX)"),
    _OOXML + "spreadsheetml.sheet": _("an Excel workbook (XLSX)"),
    "application/vnd.ms-excel.sheet.binary.macroenabled.12": _("a binary Excel workbook (XLSB)"),
    _OOXML + "encrypted": _("an encrypted Office document"),
    _ODF + "text": _("an OpenDocument text (ODT)"),
    _ODF + "spreadsheet": _("an OpenDocument spreadsheet (ODS)"),
    _ODF + "presentation": _("an OpenDocument presentation (ODP)"),
    "application/rtf": _("a rich text document (RTF)"),
    "application/epub+zip": _("an e-book (EPUB)"),
    "application/msword": _("a Word document (DOC)"),
    "application/vnd.ms-powerpoint": _("a PowerPoint presentation (PPT)"),
    "application/vnd.ms-excel": _("an Excel workbook (XLS)"),
    "text/csv": _("a table in text form (CSV)"),
    "text/tab-separated-values": _("a table in text form (TSV)"),
    "message/rfc822": _("an e-mail message"),
    "multipart/related": _("a web page saved as MHTML"),
    "application/mbox": _("a mailbox file"),
    "application/vnd.ms-outlook": _("an Outlook message (MSG)"),
    "text/html": _("a saved web page (HTML)"),
    "application/xhtml+xml": _("a saved web page (XHTML)"),
    "application/warc": _("a web archive (WARC)"),
    "application/wacz": _("a web archive (WACZ)"),
}


def convert_document(item: ExhibitInput, converter: DocumentConverter) -> Pages | NoPages:
    """The document set in pages of ours."""
    if not item.size:
        return NoPages(_("The file is empty."), WHOLE_COPY)
    try:
        data, count, notes = _made(item, converter)
    except Refusal as refusal:
        _log.info("exhibit %s: not converted", item.evidence_id)
        return NoPages(refusal.message, refusal.hint)
    kept = data if len(data) <= _KEPT else None

    def opened() -> BinaryIO:
        if kept is not None:
            return io.BytesIO(kept)
        try:
            return io.BytesIO(_made(item, converter)[0])
        except Refusal as refusal:
            raise ValueError(refusal.message) from refusal
        finally:
            converter.release()

    return Pages(count, opened, notes=notes, native=True, converted=True)


def _made(item: ExhibitInput, converter: DocumentConverter) -> tuple[bytes, int, tuple[str, ...]]:
    media_type = item.media_type.partition(";")[0].strip().lower()
    with contextlib.ExitStack() as stack:
        stream = stack.enter_context(item.open())
        if item.beside:
            opened = [(one, stack.enter_context(one.open())) for one in item.beside]
            pieces = [Slice(stream, 0, item.size), *(Slice(reader, 0, one.size) for one, reader in opened)]
            stream = SegmentReader(pieces).binary()
        converted = converter.convert(
            stream,
            item.file_name,
            media_type,
            item.size,
            password=item.password,
            encoding=item.encoding,
            beside=[(one.name, one.size) for one in item.beside],
        )
    out = io.BytesIO()
    document = document_of(item, media_type, converted)
    pages = render_pdf(document, out).pages
    own = (document.running_head, *_told(item, media_type, converted))
    lost = losses(item, media_type, without(printed_text(out), own), converter)
    if lost:
        converted = replace(converted, first=(*converted.first, *lost))
        out = io.BytesIO()
        pages = render_pdf(document_of(item, media_type, converted), out).pages
    notes = (_("The pages are a converted view; the layout is not that of the original."), *converted.first)
    return out.getvalue(), pages, (*notes, *converted.notes)


def document_of(item: ExhibitInput, media_type: str, converted: Converted) -> Document:
    """The converted document behind a box that says what it is."""
    kind = _KINDS.get(media_type, _("a document"))
    rtl = _runs_from_the_right(converted)
    tree = BlockTree(converted.pictures, rtl=rtl)
    return Document(
        title=_("Converted view of {kind}").format(kind=kind),
        running_head=_("Converted view of {kind}, not the original layout").format(kind=kind),
        blocks=(_box(_told(item, media_type, converted)), Space(0.5), *tree.blocks(list(converted.blocks))),
        lang="ar" if rtl else "en",
        page_numbers=False,
    )


def _runs_from_the_right(converted: Converted) -> bool:
    """Whether most letters of its beginning do."""
    told = json.dumps(converted.blocks[:200], ensure_ascii=False)[:_SAMPLE]
    letters = list(strong_letters("".join(_SAID.findall(told))))
    return sum(letters) * 2 > len(letters)


def _told(item: ExhibitInput, media_type: str, converted: Converted) -> tuple[str, ...]:
    """What this is, in sentences."""
    if item.withheld:
        said = _(
            "This is the content of {kind}, laid out again. Fonts, positions and page breaks are not those "
            "of the original, which is withheld: it could show who is speaking in it."
        )
    else:
        said = _(
            "This is the content of {kind}, laid out again. Fonts, positions and page breaks are not those "
            "of the original, which is produced with these pages as 04-native/{name}."
        )
    said = said.format(kind=_KINDS.get(media_type, _("a document")), name=native_name(item))
    return _("Converted view, not the original layout"), said, *converted.first, *converted.notes


def _box(sentences: tuple[str, ...]) -> Table:
    """The sentences at the head of the first page."""
    title, *more = sentences
    blocks: list[Block] = [Paragraph((Text(title, bold=True),), lang="en")]
    blocks += [Paragraph((Text(sentence),), lang="en") for sentence in more]
    return Table(((Cell(tuple(blocks), shade="muted"),),), (1.0,))
