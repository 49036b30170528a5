"""A JPEG becomes a page without a single byte of its picture being changed."""

from __future__ import annotations

from typing import BinaryIO

from magdesk.i18n import _
from magdesk.intake.conversion import DocumentConverter, Refusal
from magdesk.intake.conversion.raster import MAX_PIXELS
from magdesk.intake.conversion.refusal import NEW_COPY, OPEN_ORIGINAL, TOO_LARGE
from magdesk.packet.converters.result import NoPages, Pages
from magdesk.packet.exhibits import ExhibitInput
from magdesk.packet.jpeg import Jpeg, JpegError, read_jpeg
from magdesk.packet.picturepage import Picture, picture_pdf
from magdesk.packet.segments import SegmentReader, Slice


def convert_jpeg(item: ExhibitInput, converter: DocumentConverter) -> Pages | NoPages:
    """The photograph on a page, without the camera's notes. It is unpacked for a look in a process of its own."""
    with item.open() as stream:
        try:
            found = read_jpeg(stream)
        except JpegError:
            return NoPages(_("The picture is damaged and could not be read."), NEW_COPY)
        if not found.embeddable:
            return NoPages(_("The picture is a rare kind of JPEG that PDF readers cannot show."), OPEN_ORIGINAL)
        if found.width * found.height > MAX_PIXELS:
            return NoPages(_("The picture is too large to be shown as a page."), TOO_LARGE)
        clean = _pieces(stream, found)
        size = sum(piece.length for piece in clean)
        try:
            whole = converter.is_whole(SegmentReader(clean).binary(), size) and found.complete
        except Refusal as refusal:
            return NoPages(refusal.message, refusal.hint)

    def opened() -> BinaryIO:
        reader = item.open()
        return picture_pdf([_picture(found, _pieces(reader, found))], closes=[reader])

    notes = () if whole else (_("The picture is damaged; it is shown as far as it can be read."),)
    return Pages(1, opened, notes=notes, native=not whole)


def _pieces(stream: BinaryIO, found: Jpeg) -> tuple[Slice, ...]:
    return tuple(Slice(stream, offset, length) for offset, length in found.kept)


def _picture(found: Jpeg, data: tuple[Slice, ...]) -> Picture:
    return Picture(
        width=found.width,
        height=found.height,
        data=data,
        size=found.size,
        filter="DCTDecode",
        components=found.components,
        orientation=found.orientation,
        inverted=found.inverted,
        icc=found.icc,
    )
