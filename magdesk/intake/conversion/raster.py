"""The frames of a picture file as a PDF can carry them: lossless where the original is, else as a fine JPEG."""

from __future__ import annotations

import io
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

import pillow_heif
from PIL import Image, ImageOps

from magdesk.intake.foreign import Damaged, foreign

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = None  # judged here

# A0 at 600 dpi in grey has 556 million; what is larger is a bomb or needs its own program.
MAX_PIXELS = 400_000_000
MAX_FRAMES = 2_000
_QUALITY = 95


class TooManyPixels(ValueError):
    """The picture has more pixels than may be unpacked."""


@dataclass(frozen=True, slots=True)
class RasterFrame:
    """One frame, ready for a page.

    Attributes:
        size: bytes of its data.
        packing: ``DCTDecode`` or ``FlateDecode``.
        components: 1 grey, 3 colour.
        bits: per component.
        icc: colour profile; empty for none.
    """

    width: int
    height: int
    size: int
    packing: str
    components: int
    bits: int
    icc: bytes


def frames(stream: BinaryIO, *, all_frames: bool, lossy: bool) -> tuple[list[RasterFrame], int]:
    """The frames that become pages, and how many there are.

    Raises:
        TooManyPixels: it is too large.
        Damaged: it cannot be read.
    """
    with _opened(stream) as image:
        count = _count(image)
        used = min(count, MAX_FRAMES) if all_frames else 1
        return [_frame(image, index, lossy)[0] for index in range(used)], count


def frame_data(stream: BinaryIO, index: int, *, lossy: bool) -> bytes:
    """The bytes of one frame. Raises what :func:`frames` raises."""
    with _opened(stream) as image:
        return _frame(image, index, lossy)[1]


def is_whole(stream: BinaryIO) -> bool:
    """Whether a JPEG is there to its end: it is unpacked at an eighth of its size, which looks at every byte.

    Raises what :func:`frames` raises.
    """
    try:
        with _opened(stream) as image:
            image.draft(image.mode, (max(image.width // 8, 1), max(image.height // 8, 1)))
            image.load()
    except Damaged as damage:
        if "truncated" not in damage.said:
            raise
        return False
    return True


def small(stream: BinaryIO, longest: int) -> tuple[int, int, bytes]:
    """The picture upright and no longer than that on white: width, height, and three bytes for each pixel.

    Raises what :func:`frames` raises.
    """
    with _opened(stream) as image:
        image.draft("RGB", (2 * longest, 2 * longest))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((longest, longest))
        seen = _opaque(upright).convert("RGB")
        return seen.width, seen.height, seen.tobytes()


@contextmanager
def _opened(stream: BinaryIO) -> Iterator[Image.Image]:
    stream.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with foreign("Pillow"), Image.open(stream) as image:
            _check(image)
            yield image


def _count(image: Image.Image) -> int:
    """How many pictures there are; the layers of a Photoshop file are none."""
    return 1 if image.format == "PSD" else int(getattr(image, "n_frames", 1))


def _check(image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise TooManyPixels(f"{image.width} x {image.height}")


def _frame(image: Image.Image, index: int, lossy: bool) -> tuple[RasterFrame, bytes]:
    if index:  # A file that counts its pictures from one stands at the first already.
        image.seek(index)
    _check(image)
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
    return RasterFrame(seen.width, seen.height, len(data), packing, 3 if seen.mode == "RGB" else 1, bits, icc), data


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
