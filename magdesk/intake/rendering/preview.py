"""Documents of Pages, Numbers and Keynote, shown by the preview that is in them."""

from __future__ import annotations

from typing import BinaryIO

from magdesk.errors import IntakeError
from magdesk.i18n import _
from magdesk.intake.applepreview import preview_of
from magdesk.intake.namedkinds import NAMED
from magdesk.intake.rendering.answers import StoredFile
from magdesk.intake.rendering.pages import PdfPages


class PreviewPages(PdfPages):
    """An open preview."""

    def __init__(self, stream: BinaryIO, item: StoredFile) -> None:
        """Open it.

        Raises:
            IntakeError: there is none.
        """
        preview = preview_of(stream)
        if preview is None:
            kind, advice = NAMED[item.media_type]
            raise IntakeError(_("This is {kind}, and no preview is stored in it.").format(kind=kind), advice)
        super().__init__(preview, item)
