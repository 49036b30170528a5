"""PNG, TIFF, GIF, WebP, HEIC and BMP become pages: lossless where the original is, as a fine JPEG where it is not."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import BinaryIO, cast

from magdesk.i18n import _
from magdesk.intake.conversion import DocumentConverter, RasterFrame, Refusal
from magdesk.packet.converters.result import NoPages, Pages
from magdesk.packet.exhibits import ExhibitInput
from magdesk.packet.picturepage import Picture, picture_pdf
from magdesk.packet.segments import Made

PICTURE_TYPES = frozenset(
    {
        "image/png",
        "image/tiff",
        "image/gif",
        "image/webp",
        "image/heic",
        "image/heif",
        "image/avif",
        "image/bmp",
        "image/jp2",
        "image/vnd.adobe.photoshop",
    }
)
# Formats that compress with loss: a JPEG of this quality shows no difference and stays of the original's order.
_LOSSY_TYPES = frozenset({"image/heic", "image/heif", "image/avif", "image/webp", "image/jp2"})
_log = logging.getLogger(__name__)


def convert_picture(item: ExhibitInput, converter: DocumentConverter) -> Pages | NoPages:
    """The picture on a page; each frame of a TIFF on a page of its own. It is decoded in a process of its own."""
    lossy = item.media_type in _LOSSY_TYPES
    try:
        with item.open() as stream:
            frames, count = converter.frames(
                stream, item.size, all_frames=item.media_type == "image/tiff", lossy=lossy
            )
    except Refusal as refusal:
        _log.info("exhibit %s: picture not readable", item.evidence_id)
        return NoPages(refusal.message, refusal.hint)
    notes: list[str] = []
    if count > len(frames):
        notes.append(_("The original has {count} pictures; the page shows the first.").format(count=count))
    if item.media_type == "image/vnd.adobe.photoshop":
        notes.append(_("The page shows the flattened picture stored in the file; its layers are in the original."))
    if lossy:
        notes.append(_("The page shows a JPEG made from the original, which is in another format."))

    def opened() -> BinaryIO:
        pictures = [_picture(frame, _maker(item, converter, index, lossy)) for index, frame in enumerate(frames)]
        return picture_pdf(pictures, closes=[cast("BinaryIO", _Released(converter))])

    layers = item.media_type == "image/vnd.adobe.photoshop"
    return Pages(len(frames), opened, notes=tuple(notes), native=layers or count > len(frames))


class _Released:
    """Lets go of the process when the pages are closed."""

    def __init__(self, converter: DocumentConverter) -> None:
        self._converter = converter

    def close(self) -> None:
        self._converter.release()


def _maker(item: ExhibitInput, converter: DocumentConverter, index: int, lossy: bool) -> Callable[[], bytes]:
    def make() -> bytes:
        with item.open() as stream:
            try:
                return converter.frame_data(stream, item.size, index, lossy=lossy)
            except Refusal as refusal:
                raise ValueError(refusal.message) from refusal

    return make


def _picture(frame: RasterFrame, make: Callable[[], bytes]) -> Picture:
    return Picture(
        width=frame.width,
        height=frame.height,
        data=(Made(make, frame.size),),
        size=frame.size,
        filter=frame.packing,
        components=frame.components,
        bits=frame.bits,
        icc=frame.icc,
    )
