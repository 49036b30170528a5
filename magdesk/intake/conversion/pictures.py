"""Pictures inside documents, made anew: what is shown never is the stranger's own bytes."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

import pillow_heif
from PIL import Image, ImageOps

from magdesk.intake.foreign import Damaged, foreign

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = None  # judged here

_PIXELS = 60_000_000  # of a picture that is unpacked
_SIDE = 2_000  # pixels of what is shown: 330 to the inch over the whole measure
_BYTES = 6 << 20


@dataclass(frozen=True, slots=True)
class SizedPicture:
    """A picture as it will be shown.

    Attributes:
        data: PNG or JPEG.
        width: pixels of the original.
        height: pixels of the original.
    """

    data: bytes
    width: int
    height: int


def shown_picture(data: bytes) -> SizedPicture | None:
    """The picture upright, on white, without metadata, no larger than is of use; none when it cannot be shown."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with foreign("Pillow"), Image.open(io.BytesIO(data)) as image:
                if image.width * image.height > _PIXELS or image.format in ("EPS", "WMF"):
                    return None
                image.draft("RGB", (_SIDE, _SIDE))
                size = image.size
                upright = ImageOps.exif_transpose(image)
                photo = image.format in ("JPEG", "MPO", "HEIF", "AVIF", "WEBP")
                return _made(upright, photo=photo, size=size)
        except (Damaged, MemoryError):
            return None


def _made(image: Image.Image, *, photo: bool, size: tuple[int, int]) -> SizedPicture | None:
    if image.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in image.info:
        layered = image.convert("RGBA")
        seen = Image.alpha_composite(Image.new("RGBA", layered.size, (255, 255, 255, 255)), layered).convert("RGB")
    elif image.mode in ("1", "L"):
        seen = image.convert("L")
    else:
        seen = image.convert("RGB")
    seen.thumbnail((_SIDE, _SIDE), Image.Resampling.LANCZOS)
    seen.info.clear()
    out = io.BytesIO()
    if not photo:
        seen.save(out, "PNG")
    if photo or out.tell() > 1 << 20:
        out = io.BytesIO()
        seen.save(out, "JPEG", quality=88)
    return SizedPicture(out.getvalue(), *size) if out.tell() <= _BYTES else None
