"""A file inside the one that was taken in (signed, or a preview) is taken out in a process of its own and shown."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable

from magdesk.i18n import _
from magdesk.intake.conversion import DocumentConverter, Refusal
from magdesk.intake.conversion.inner import LIMIT, WRAPPED_TYPES
from magdesk.intake.conversion.refusal import OPEN_ORIGINAL, TOO_LARGE
from magdesk.packet.converters.result import NoPages, Pages
from magdesk.packet.exhibits import ExhibitInput

_Convert = Callable[[ExhibitInput, DocumentConverter], Pages | NoPages]


def convert_wrapped(item: ExhibitInput, converter: DocumentConverter, convert: _Convert) -> Pages | NoPages:
    """The pages of what is inside, with a sentence that says so; the file as it is lies beside them."""
    if item.size > LIMIT:
        return NoPages(_("The file is too large to be converted into pages; open the original."), TOO_LARGE)
    try:
        with item.open() as stream:
            inner = converter.inner(stream, item.file_name, item.media_type, item.size)
    except Refusal as refusal:
        return NoPages(refusal.message, refusal.hint)
    if inner.media_type in WRAPPED_TYPES:
        # The worker says that there is none; should it lie, it does not send us round in a circle.
        return NoPages(_("The file is wrapped more than once; its contents are a separate item."), OPEN_ORIGINAL)
    data = inner.data
    pages = convert(
        dataclasses.replace(
            item,
            media_type=inner.media_type,
            size=len(data),
            file_name=inner.name,
            open=lambda: io.BytesIO(data),
            password="",
        ),
        converter,
    )
    if isinstance(pages, NoPages):
        return pages
    return dataclasses.replace(pages, notes=(inner.said, *pages.notes), native=True)
