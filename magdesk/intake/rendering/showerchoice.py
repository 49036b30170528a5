"""Which class shows which kind of file. Each is imported when first needed: a photograph needs no PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import BinaryIO, Protocol

from magdesk.errors import IntakeError
from magdesk.i18n import _
from magdesk.intake.applepreview import TYPES
from magdesk.intake.rendering.answers import Area, Cells, Outline, PageLetters, Pixels, StoredFile
from magdesk.intake.spreadsheets.book import OPENERS


class Shown(Protocol):
    """A file that is open for showing. Each call raises :class:`IntakeError` for what cannot be shown."""

    def outline(self) -> Outline:
        """Its pages or tables."""

    def draw(self, number: int, area: Area) -> Pixels:
        """A part of a page."""

    def text(self, number: int) -> PageLetters:
        """The letters of a page and their places."""

    def cells(self, sheet: int, first: int, count: int) -> Cells:
        """Some rows of a table."""

    def close(self) -> None:
        """Let it go."""


Shower = Callable[[BinaryIO, StoredFile], Shown]


def _pages() -> Shower:
    from magdesk.intake.rendering.pages import PdfPages

    return PdfPages


def _preview() -> Shower:
    from magdesk.intake.rendering.preview import PreviewPages

    return PreviewPages


def _picture() -> Shower:
    from magdesk.intake.rendering.pictures import OpenPicture

    return OpenPicture


def _table() -> Shower:
    from magdesk.intake.rendering.tables import OpenTable

    return OpenTable


# Each entry brings its class; the import stands where a type checker and a test can see it.
SHOWERS: Mapping[str, Callable[[], Shower]] = {
    "application/pdf": _pages,
    **dict.fromkeys(sorted(TYPES), _preview),
    **dict.fromkeys(OPENERS, _table),
}
FAMILIES: Mapping[str, Callable[[], Shower]] = {"image": _picture}


def shower_for(media_type: str) -> Shower:
    """What shows that kind of file.

    Raises:
        IntakeError: nothing does.
    """
    bring = SHOWERS.get(media_type) or FAMILIES.get(media_type.partition("/")[0])
    if bring is None:
        raise IntakeError(_("This kind of file cannot be shown as pages."))
    return bring()
