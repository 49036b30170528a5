"""Size, pages and the camera's date of a picture."""

from __future__ import annotations

import warnings
from typing import BinaryIO

import exifread
import pillow_heif
from PIL import Image

from magdesk.errors import InputError
from magdesk.intake.facts import FileFacts
from magdesk.model.values import PartialDate

pillow_heif.register_heif_opener()
_PIXEL_LIMIT = 300_000_000


def read_image(stream: BinaryIO, media_type: str) -> FileFacts:
    """What a picture says of itself, without decoding its pixels."""
    stream.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(stream) as image:
                width, height = image.size
                frames = getattr(image, "n_frames", 1) if media_type == "image/tiff" else 1
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        return FileFacts(media_type, note=f"The picture cannot be opened ({type(error).__name__}).")
    note = "The picture is too large to be shown." if width * height > _PIXEL_LIMIT else ""
    return FileFacts(
        media_type, pages=frames, width=width, height=height, created=_taken(stream, media_type), note=note
    )


def _taken(stream: BinaryIO, media_type: str) -> PartialDate | None:
    if media_type not in ("image/jpeg", "image/tiff", "image/heic"):
        return None
    stream.seek(0)
    try:
        tags = exifread.process_file(stream, details=False, stop_tag="EXIF DateTimeOriginal")
    except (ValueError, KeyError, IndexError, OSError, TypeError, AttributeError, OverflowError):
        return None
    stamp = str(tags.get("EXIF DateTimeOriginal", ""))[:10].replace(":", "-")
    try:
        return PartialDate(stamp) if stamp else None
    except InputError:
        return None
