"""Which converter takes which kind of file. Converters are imported when first needed."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from magdesk.intake.conversion.gathering import Gathering
from magdesk.intake.source import Source

Converter = Callable[[Source, Gathering], None]

_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_CONVERTERS = {
    _OOXML + "wordprocessingml.document": "office:convert_office",
    _OOXML + "presentationml.presentation": "office:convert_office",
    _OOXML + "spreadsheetml.sheet": "workbook:convert_xlsx",
    _OOXML + "encrypted": "office:convert_locked",
    _ODF + "text": "office:convert_office",
    _ODF + "spreadsheet": "opensheet:convert_ods",
    _ODF + "presentation": "openslides:convert_odp",
    "application/rtf": "office:convert_office",
    "application/epub+zip": "office:convert_office",
    "application/msword": "wording:convert_words",
    "application/vnd.ms-powerpoint": "wording:convert_words",
    "application/vnd.ms-excel": "workbook:convert_xls",
    "text/csv": "delimited:convert_delimited",
    "text/tab-separated-values": "delimited:convert_delimited",
    "message/rfc822": "message:convert_mail",
    "multipart/related": "message:convert_archive",
    "application/mbox": "mailbox:convert_mbox",
    "application/vnd.ms-outlook": "outlook:convert_msg",
    "text/html": "webpage:convert_html",
    "application/xhtml+xml": "webpage:convert_html",
    "application/warc": "webcapture:convert_warc",
    "application/wacz": "webcapture:convert_wacz",
}
_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CONVERTED_TYPES = frozenset(_CONVERTERS)


def convert_source(source: Source, gathering: Gathering) -> None:
    """Turn a file into blocks.

    Raises:
        Refusal: it cannot be set in pages.
        Enough: it is longer than is shown.
        Exception: whatever the parsers of strangers' files raise.
    """
    media_type = source.media_type
    if media_type.startswith(_OOXML) and _is_locked(source):
        media_type = _OOXML + "encrypted"
    module, _colon, name = _CONVERTERS[media_type].partition(":")
    converter: Converter = getattr(import_module(f"magdesk.intake.conversion.{module}"), name)
    converter(source, gathering)


def _is_locked(source: Source) -> bool:
    """Whether what should be an archive stands in the container that encryption puts around it."""
    source.stream.seek(0)
    start = source.stream.read(len(_CONTAINER))
    source.stream.seek(0)
    return start == _CONTAINER
