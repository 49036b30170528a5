"""Documents of Pages, Numbers and Keynote, shown by the preview that is in them."""

from __future__ import annotations

from typing import BinaryIO

from magdesk.errors import IntakeError
from magdesk.i18n import _
from magdesk.intake.applepreview import preview_of
from magdesk.intake.namedkinds import NAMED
from magdesk.intake.rendering.answers import StoredFile
from magdesk.intake.rendering.pages import PdfPages


def open_preview(stream: BinaryIO, item: StoredFile) -> PdfPages:
    """The preview as pages.

    Raises:
        IntakeError: there is none.
    """
    preview = preview_of(stream)
    if preview is None:
        kind, advice = NAMED[item.media_type]
        raise IntakeError(_("This is {kind}, and no preview is stored in it.").format(kind=kind), advice)
    return PdfPages(preview, item)
