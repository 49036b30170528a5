"""What the converting worker sends: the frames of :mod:`magdesk.intake.sandbox.wire` with kinds of their own."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

from magdesk.intake.conversion.raster import MAX_FRAMES, MAX_PIXELS, RasterFrame

BLOCK, PICTURE, END = b"K", b"I", b"N"
FRAME, PIECE = b"M", b"B"
WORDS = b"W"  # text that the index finds, for the comparison with what is printed


def pack_picture(key: str, data: bytes) -> bytes:
    """A picture under its key."""
    return key.encode("utf-8", "replace").replace(b"\0", b"")[:2_000] + b"\0" + data


def unpack_picture(payload: bytes) -> tuple[str, bytes]:
    """Key and bytes of a picture.

    Raises:
        ValueError: it is none, or in a format that was not agreed on.
    """
    key, mark, data = payload.partition(b"\0")
    if not mark or not data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        raise ValueError("not a picture")
    return key.decode("utf-8", "replace"), data


def pack_frame(frame: RasterFrame) -> bytes:
    """What is known of one frame of a picture."""
    icc = base64.b64encode(frame.icc).decode()
    return json.dumps(
        [frame.width, frame.height, frame.size, frame.packing, frame.components, frame.bits, icc]
    ).encode()


def unpack_frame(payload: bytes) -> RasterFrame:
    """The same, checked: what is said here goes into the bundle's own objects.

    Raises:
        ValueError: it is not what a frame looks like.
    """
    told: Any = json.loads(payload)
    if not isinstance(told, list):
        raise ValueError("not a frame")
    width, height, size, packing, components, bits, icc = told
    if not (
        all(type(one) is int for one in (width, height, size, components, bits))
        and 0 < width * height <= MAX_PIXELS
        and width > 0
        and 0 < size < 4 << 30
        and packing in ("DCTDecode", "FlateDecode")
        and components in (1, 3)
        and bits in (1, 8)
        and isinstance(icc, str)
        and re.fullmatch(r"[A-Za-z0-9+/=]*", icc)
    ):
        raise ValueError("not a frame")
    return RasterFrame(width, height, size, packing, components, bits, base64.b64decode(icc))


def unpack_frames(payloads: list[bytes], count: Any) -> tuple[list[RasterFrame], int]:
    """All frames and how many the file has.

    Raises:
        ValueError: they are none.
    """
    if type(count) is not int or not 0 < len(payloads) <= min(count, MAX_FRAMES):
        raise ValueError("not frames")
    return [unpack_frame(payload) for payload in payloads], count
