"""Takes the file that a person reads out of the one around it: an envelope that signs it, an Apple document."""

from __future__ import annotations

from io import BytesIO

from magdesk.i18n import _
from magdesk.intake import applepreview, cms
from magdesk.intake.conversion.inner import INNER_LIMIT, LIMIT, WRAPPED_TYPES, Inner
from magdesk.intake.conversion.refusal import NEW_COPY, OPEN_ORIGINAL, Refusal
from magdesk.intake.foreign import Damaged
from magdesk.intake.namedkinds import NAMED, named_told
from magdesk.intake.readers.sealed import content_name
from magdesk.intake.sniff import sniff
from magdesk.intake.source import Source


def inner_of(source: Source) -> Inner:
    """What is inside.

    Raises:
        Refusal: there is nothing that could be shown, for the reason the message gives.
    """
    inner = _preview(source) if source.media_type in applepreview.TYPES else _signed(source)
    if inner.media_type in WRAPPED_TYPES:
        raise Refusal(_("The file is wrapped more than once; its contents are a separate item."), OPEN_ORIGINAL)
    return inner


def _preview(source: Source) -> Inner:
    preview = applepreview.preview_of(source.stream)
    if preview is None:
        raise Refusal(*named_told(source.media_type))
    data = preview.read(INNER_LIMIT)
    said = _("The pages are the preview that the program stored in {kind}; the document may show more.")
    name = "preview.pdf"
    return Inner(name, sniff(BytesIO(data), name), said.format(kind=NAMED[source.media_type][0]), data)


def _signed(source: Source) -> Inner:
    try:
        envelope = cms.open_envelope(source.bytes(LIMIT)[:LIMIT])
    except Damaged as damage:
        raise Refusal(_("The signed or encrypted envelope is damaged."), NEW_COPY) from damage
    if envelope.encrypted:
        raise Refusal(cms.ENCRYPTED, cms.DECRYPT_IT)
    if not envelope.content:
        raise Refusal(_("This is a detached signature: what it signs is in another file."), OPEN_ORIGINAL)
    name = content_name(source.name, envelope.content)
    said = _("The pages show what is inside the signed file.") + " " + cms.signed_said(envelope.signers)
    return Inner(name, sniff(BytesIO(envelope.content), name), said, envelope.content)
