"""What pictures inside a PDF tell beside what they show: EXIF with its place and camera, XMP, thumbnails.

A scanner or a telephone writes them into the compressed picture itself, where no key of the PDF shows them. They are
taken out without touching a byte that makes a pixel.
"""

from __future__ import annotations

import io
import struct

import pikepdf

from magdesk.packet.jpeg import JpegError, read_jpeg

_JPEG_START = b"\xff\xd8"
_JP2_START = b"\x00\x00\x00\x0cjP  \r\n\x87\n"
# Boxes of JPEG 2000 that hold XMP, EXIF, IPTC, web addresses and property rights.
_JP2_SIDES = frozenset({b"uuid", b"uinf", b"xml ", b"jp2i"})


def strip_picture(stream: pikepdf.Stream, owner: pikepdf.Pdf) -> bool:
    """Take the side data out of a stream that is a JPEG or JPEG 2000 picture; whether there was any."""
    filters = _listed(stream.get("/Filter"))
    if not filters or filters[-1] not in (pikepdf.Name.DCTDecode, pikepdf.Name.DCT, pikepdf.Name.JPXDecode):
        return False
    parameters = _listed(stream.get("/DecodeParms", stream.get("/DP")))
    data = _without(stream, filters[:-1], parameters, owner) if len(filters) > 1 else stream.read_raw_bytes()
    if data is None:
        return False
    clean = clean_jpeg2000(data) if filters[-1] == pikepdf.Name.JPXDecode else clean_jpeg(data)
    if len(clean) == len(data):
        return False
    last = parameters[-1] if len(parameters) == len(filters) else None
    for key in ("/DecodeParms", "/DP"):
        if key in stream:
            del stream[key]
    stream.write(clean)
    stream.Filter = filters[-1]
    if isinstance(last, pikepdf.Dictionary):
        stream.DecodeParms = last
    return True


def clean_jpeg(data: bytes) -> bytes:
    """The picture without what does not make its pixels; the same bytes when it is no JPEG picture."""
    start = data.find(_JPEG_START)
    if start < 0:
        return data
    try:
        found = read_jpeg(io.BytesIO(data[start:] if start else data))
    except JpegError:
        return data
    view = memoryview(data)[start:]
    return b"".join(view[offset : offset + length] for offset, length in found.kept)


def clean_jpeg2000(data: bytes) -> bytes:
    """The picture without the boxes that tell of it; the same bytes when it is a bare codestream or damaged."""
    if not data.startswith(_JP2_START):
        return data
    kept: list[bytes] = []
    offset = 0
    while offset + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, offset)
        if length == 1 and offset + 16 <= len(data):
            (length,) = struct.unpack_from(">Q", data, offset + 8)
        elif length == 0:
            length = len(data) - offset
        if length < 8 or offset + length > len(data):
            # The codestream may be cut off; a box of side data that is cut off holds nothing to be drawn.
            if kind not in _JP2_SIDES:
                kept.append(data[offset:])
            break
        if kind not in _JP2_SIDES:
            kept.append(data[offset : offset + length])
        offset += length
    return b"".join(kept)


def _without(
    stream: pikepdf.Stream, filters: list[pikepdf.Object], parameters: list[pikepdf.Object], owner: pikepdf.Pdf
) -> bytes | None:
    """The bytes of the picture when what is wrapped around them is taken off."""
    wrapped = pikepdf.Stream(owner, stream.read_raw_bytes())
    wrapped.Filter = pikepdf.Array(filters)
    if parameters:
        wrapped.DecodeParms = pikepdf.Array(parameters[: len(filters)])
    try:
        return wrapped.read_bytes()
    except (pikepdf.PdfError, RuntimeError):
        return None


def _listed(value: object) -> list[pikepdf.Object]:
    if isinstance(value, pikepdf.Array):
        return list(value)
    return [value] if isinstance(value, pikepdf.Name | pikepdf.Dictionary) else []
