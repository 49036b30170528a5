"""Chooses the converter by the type of the file; one broken file never takes others down."""

from __future__ import annotations

import logging

from magdesk.i18n import _
from magdesk.intake.conversion import CONVERTED_TYPES, DocumentConverter
from magdesk.intake.conversion.inner import WRAPPED_TYPES
from magdesk.intake.conversion.refusal import OPEN_ORIGINAL, TOO_LARGE, WHOLE_COPY
from magdesk.intake.mediatypes import read_as
from magdesk.intake.namedkinds import NAMED, named_told
from magdesk.packet.converters.convertedview import convert_document
from magdesk.packet.converters.document import convert_pdf
from magdesk.packet.converters.photo import convert_jpeg
from magdesk.packet.converters.picture import PICTURE_TYPES, convert_picture
from magdesk.packet.converters.plaintext import TEXT_TYPES, convert_text
from magdesk.packet.converters.result import NoPages, Pages
from magdesk.packet.converters.wrapped import convert_wrapped
from magdesk.packet.exhibits import ExhibitInput

_log = logging.getLogger(__name__)
_JPEG = "image/jpeg"
_TAKEN_APART = CONVERTED_TYPES | PICTURE_TYPES | WRAPPED_TYPES | {_JPEG}


def needs_worker(item: ExhibitInput) -> bool:
    """Whether the exhibit is taken apart in a worker."""
    return _media_type(item) in _TAKEN_APART


def convert(item: ExhibitInput, converter: DocumentConverter | None = None) -> Pages | NoPages:
    """Turn one exhibit into pages, or say why it has none. Reads the original; never raises for what is in it.

    Args:
        converter: the worker that takes documents apart; one of its own when there is none.

    Raises:
        WorkerCannotStart: the worker does not start; nothing is said of the exhibit.
    """
    media_type = _media_type(item)
    try:
        if media_type == "application/pdf":
            return convert_pdf(item)
        if media_type in _TAKEN_APART:
            if converter is not None:
                return _taken_apart(item, media_type, converter)
            with DocumentConverter() as own:
                return _taken_apart(item, media_type, own)
        if media_type in TEXT_TYPES:
            return convert_text(item)
    except (MemoryError, RecursionError):
        _log.warning("exhibit %s: too large or too deep to convert", item.evidence_id)
        return NoPages(_("The file is too large or too deeply nested to be shown as pages."), TOO_LARGE)
    if not item.size:
        return NoPages(_("The file is empty."), WHOLE_COPY)
    kind = media_type.partition("/")[0]
    if kind in ("audio", "video"):
        return NoPages(_("A recording cannot be shown as pages."), OPEN_ORIGINAL)
    if media_type in NAMED:
        return NoPages(*named_told(media_type))
    return NoPages(_("This kind of file cannot be shown as pages without changing how it looks."), OPEN_ORIGINAL)


def _taken_apart(item: ExhibitInput, media_type: str, converter: DocumentConverter) -> Pages | NoPages:
    if media_type == _JPEG:
        return convert_jpeg(item, converter)
    if media_type in WRAPPED_TYPES:
        return convert_wrapped(item, converter, convert)
    if media_type in PICTURE_TYPES:
        return convert_picture(item, converter)
    return convert_document(item, converter)


def _media_type(item: ExhibitInput) -> str:
    return read_as(item.media_type.partition(";")[0].strip().lower())
