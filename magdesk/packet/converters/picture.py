"""PNG, TIFF, GIF, WebP, HEIC and BMP become pages: lossless where the original is, as a fine JPEG where it is not."""

from __future__ import annotations

import io
import logging
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageOps

from magdesk.i18n import _
from magdesk.packet.converters.pixels import PICTURE_ERRORS, PictureTooLarge, check_size, opened_picture
from magdesk.packet.converters.result import NoPages, Pages
from magdesk.packet.exhibits import ExhibitInput
from magdesk.packet.picturepage import Picture, picture_pdf
from magdesk.packet.segments import Made

PICTURE_TYPES = frozenset(
    {"image/png", "image/tiff", "image/gif", "image/webp", "image/heic", "image/heif", "image/avif", "image/bmp"}
)
# Formats that compress with loss: a JPEG of this quality shows no difference and stays of the original's order.
_LOSSY_TYPES = frozenset({"image/heic", "image/heif", "image/avif", "image/webp"})
_QUALITY = 95
_MAX_FRAMES = 2_000
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Frame:
    width: int
    height: int
    size: int
    filter: str
    components: int
    bits: int
    icc: bytes


def convert_picture(item: ExhibitInput) -> Pages | NoPages:
    """The picture on a page; each frame of a TIFF on a page of its own."""
    lossy = item.media_type in _LOSSY_TYPES
    try:
        with item.open() as stream, opened_picture(stream) as image:
            count = getattr(image, "n_frames", 1)
            used = min(count, _MAX_FRAMES) if item.media_type == "image/tiff" else 1
            frames = [_frame(image, index, lossy)[0] for index in range(used)]
    except PictureTooLarge:
        return NoPages(_("The picture is too large to be shown as a page."))
    except PICTURE_ERRORS as error:
        _log.info("exhibit %s: picture not readable (%s)", item.evidence_id, type(error).__name__)
        return NoPages(_("The picture is damaged and could not be read."))
    notes: list[str] = []
    if count > used:
        notes.append(_("The original has {count} pictures; the page shows the first.").format(count=count))
    if lossy:
        notes.append(_("The page shows a JPEG made from the original, which is in another format."))

    def opened() -> BinaryIO:
        return picture_pdf([_picture(frame, _maker(item, index, lossy)) for index, frame in enumerate(frames)])

    return Pages(len(frames), opened, notes=tuple(notes), native=count > used)


def _maker(item: ExhibitInput, index: int, lossy: bool) -> Callable[[], bytes]:
    def make() -> bytes:
        with item.open() as stream, opened_picture(stream) as image:
            return _frame(image, index, lossy)[1]

    return make


def _frame(image: Image.Image, index: int, lossy: bool) -> tuple[_Frame, bytes]:
    image.seek(index)
    check_size(image)
    icc = image.info.get("icc_profile") or b""
    seen = _opaque(ImageOps.exif_transpose(image))
    if seen.mode != "RGB":
        # A profile describes the colours it was made for, not what they were converted to.
        icc = icc if seen.mode == "L" and image.mode == "L" else b""
    elif image.mode not in ("RGB", "RGBA", "P"):
        icc = b""
    bits = 1 if seen.mode == "1" else 8
    if lossy and bits == 8:
        buffer = io.BytesIO()
        seen.save(buffer, "JPEG", quality=_QUALITY, subsampling=0)
        data, packing = buffer.getvalue(), "DCTDecode"
    else:
        data, packing = zlib.compress(seen.tobytes(), 6), "FlateDecode"
    frame = _Frame(seen.width, seen.height, len(data), packing, 3 if seen.mode == "RGB" else 1, bits, icc)
    return frame, data


def _opaque(image: Image.Image) -> Image.Image:
    """The picture in one of three plain modes, on white where it lets through what lies beneath."""
    if image.mode in ("1", "L", "RGB") and "transparency" not in image.info:
        return image
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        return _eight_bits(image)
    if image.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in image.info:
        layered = image.convert("RGBA")
        ground = Image.new("RGBA", layered.size, (255, 255, 255, 255))
        return Image.alpha_composite(ground, layered).convert("RGB")
    return image.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Deep grey brought down to eight bits by its own range; Pillow would cut it off at 255 instead."""
    wide = image.convert("F")
    low, high = (float(value) for value in wide.getextrema())  # type: ignore[arg-type]
    if image.mode.startswith("I;16"):
        low, high = 0.0, 65535.0
    span = high - low or 1.0
    return wide.point(lambda value: value * (255.0 / span) - low * 255.0 / span).convert("L")


def _picture(frame: _Frame, make: Callable[[], bytes]) -> Picture:
    return Picture(
        width=frame.width,
        height=frame.height,
        data=(Made(make, frame.size),),
        size=frame.size,
        filter=frame.filter,
        components=frame.components,
        bits=frame.bits,
        icc=frame.icc,
    )
