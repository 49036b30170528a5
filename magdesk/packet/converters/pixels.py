"""Opening pictures with Pillow inside one limit on their size, whatever they claim to be."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import pillow_heif
from PIL import Image

pillow_heif.register_heif_opener()
# Pillow logs what it finds in damaged files; our log carries ids only.
_pillow_log = logging.getLogger("PIL")
_pillow_log.addHandler(logging.NullHandler())
_pillow_log.propagate = False

# A0 at 600 dpi in grey has 556 million; what is larger is a bomb or needs its own program.
MAX_PIXELS = 400_000_000


class PictureTooLarge(ValueError):
    """The picture has more pixels than may be unpacked."""


@contextmanager
def opened_picture(stream: BinaryIO) -> Iterator[Image.Image]:
    """The picture, not yet decoded.

    Raises:
        PictureTooLarge: it has more than :data:`MAX_PIXELS`.
        Exception: it is not a picture, or a damaged one; whatever Pillow and its plug-ins raise then.
    """
    stream.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            image = Image.open(stream)
        except Image.DecompressionBombError as error:
            raise PictureTooLarge(str(error)) from error
        with image:
            check_size(image)
            yield image


def check_size(image: Image.Image) -> None:
    """Refuse a picture (or a frame of one) that is too large.

    Raises:
        PictureTooLarge: it has more than :data:`MAX_PIXELS`.
    """
    if image.width * image.height > MAX_PIXELS:
        raise PictureTooLarge(f"{image.width} x {image.height}")
