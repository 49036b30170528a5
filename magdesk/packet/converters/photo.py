"""A JPEG becomes a page without a single byte of its picture being changed."""

from __future__ import annotations

from typing import BinaryIO

from magdesk.i18n import _
from magdesk.intake.foreign import Damaged, foreign
from magdesk.packet.converters.pixels import MAX_PIXELS, PictureTooLarge, opened_picture
from magdesk.packet.converters.result import NoPages, Pages
from magdesk.packet.exhibits import ExhibitInput
from magdesk.packet.jpeg import Jpeg, JpegError, read_jpeg
from magdesk.packet.picturepage import Picture, picture_pdf
from magdesk.packet.segments import SegmentReader, Slice


def convert_jpeg(item: ExhibitInput) -> Pages | NoPages:
    """The photograph on a page, without the camera's notes."""
    with item.open() as stream:
        try:
            found = read_jpeg(stream)
        except JpegError:
            return NoPages(_("The picture is damaged and could not be read."))
        if not found.embeddable:
            return NoPages(_("The picture is of a rare kind of JPEG that PDF readers cannot show."))
        if found.width * found.height > MAX_PIXELS:
            return NoPages(_("The picture is too large to be shown as a page."))
        whole = found.complete
        try:
            with foreign("Pillow"):
                _decode(stream, found)
        except PictureTooLarge:
            return NoPages(_("The picture is too large to be shown as a page."))
        except Damaged as damage:
            if "truncated" not in damage.said:
                return NoPages(_("The picture is damaged and could not be read."))
            whole = False

    def opened() -> BinaryIO:
        reader = item.open()
        return picture_pdf([_picture(found, _pieces(reader, found))], closes=[reader])

    notes = () if whole else (_("The picture is damaged; it is shown as far as it can be read."),)
    return Pages(1, opened, notes=notes, native=not whole)


def _decode(stream: BinaryIO, found: Jpeg) -> None:
    """Unpack the clean copy at an eighth of its size: cheap, and every compressed byte is looked at."""
    with opened_picture(SegmentReader(_pieces(stream, found)).binary()) as image:
        image.draft(image.mode, (max(image.width // 8, 1), max(image.height // 8, 1)))
        image.load()


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
