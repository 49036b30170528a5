"""A file that holds the one that a person reads: what was signed in an envelope, the preview in an Apple document."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable
from typing import BinaryIO

from magdesk.i18n import _
from magdesk.intake import applepreview, cms
from magdesk.intake.foreign import Damaged
from magdesk.intake.namedkinds import NAMED, named_said
from magdesk.intake.readers.sealed import content_name
from magdesk.intake.sniff import sniff
from magdesk.packet.converters.result import NoPages, Pages
from magdesk.packet.exhibits import ExhibitInput

WRAPPED_TYPES = applepreview.TYPES | {"application/pkcs7-mime"}
_LIMIT = 64 << 20
_Convert = Callable[[ExhibitInput], Pages | NoPages]


def convert_wrapped(item: ExhibitInput, convert: _Convert) -> Pages | NoPages:
    """The pages of what is inside, with a sentence that says so; the file as it is lies beside them."""
    if item.size > _LIMIT:
        return NoPages(_("The file is too large to be opened for its pages; open the original."))
    content: BinaryIO | None
    with item.open() as stream:
        if item.media_type in applepreview.TYPES:
            content, name = applepreview.preview_of(stream), "preview.pdf"
            said = _(
                "The pages are the preview that the program stored in {kind}; the document may show more."
            ).format(kind=NAMED[item.media_type][0])
            if content is None:
                return NoPages(named_said(item.media_type))
        else:
            try:
                envelope = cms.open_envelope(stream.read())
            except Damaged:
                return NoPages(_("The signed or encrypted envelope is damaged; ask for a new copy."))
            if envelope.encrypted:
                return NoPages(cms.encrypted_said())
            if not envelope.content:
                return NoPages(_("The signature stands alone: what it signs is in another file."))
            content, name = io.BytesIO(envelope.content), content_name(item.file_name, envelope.content)
            said = _("The pages show what is inside the signed file.") + " " + cms.signed_said(envelope.signers)
    data = content.read()
    kind = sniff(io.BytesIO(data), name)
    if kind in WRAPPED_TYPES:
        return NoPages(_("The file is wrapped more than once; what is inside is an item of its own."))
    inner = dataclasses.replace(
        item, media_type=kind, size=len(data), file_name=name, open=lambda: io.BytesIO(data), password=""
    )
    pages = convert(inner)
    if isinstance(pages, NoPages):
        return pages
    return dataclasses.replace(pages, notes=(said, *pages.notes), native=True)
