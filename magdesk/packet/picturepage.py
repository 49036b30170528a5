"""Pictures as the pages of a small PDF: one picture a page, on US Letter, turned the way it is meant to be seen.

The pictures' bytes are not copied: the PDF is put together around them and read through when it is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from magdesk.packet.segments import BytesPiece, SegmentReader

LETTER = (612.0, 792.0)
_MARGIN = 36.0
# The stamp stands in this strip, so that it never lies on the picture.
_FOOT = 48.0
# Small pictures are not blown up beyond this.
_MAX_POINTS_PER_PIXEL = 72 / 96

# x' = a x + c y + e, y' = b x + d y + f: the unit square as stored -> as seen, per EXIF orientation.
_TURNS: dict[int, tuple[int, int, int, int, int, int]] = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a PDF image.

    Attributes:
        width: columns as stored.
        height: rows as stored.
        data: the pieces of the compressed bytes.
        size: their length together.
        filter: ``DCTDecode`` or ``FlateDecode``.
        components: 1 grey, 3 colour, 4 CMYK.
        bits: bits per component.
        orientation: EXIF orientation, 1 to 8.
        inverted: whether CMYK values are stored inverted.
        icc: colour profile; empty for none.
    """

    width: int
    height: int
    data: tuple[BytesPiece, ...]
    size: int
    filter: str
    components: int
    bits: int = 8
    orientation: int = 1
    inverted: bool = False
    icc: bytes = b""


def placed(width: int, height: int) -> tuple[tuple[float, float], tuple[float, float, float, float]]:
    """Page size and the picture's place on it (x, y, width, height in points) for a picture as seen, in pixels."""
    page = LETTER if height >= width else (LETTER[1], LETTER[0])
    room = (page[0] - 2 * _MARGIN, page[1] - _MARGIN - _FOOT)
    scale = min(room[0] / width, room[1] / height, _MAX_POINTS_PER_PIXEL)
    seen = (width * scale, height * scale)
    x = (page[0] - seen[0]) / 2
    y = _FOOT + (room[1] - seen[1]) / 2
    return page, (x, y, seen[0], seen[1])


def picture_pdf(pictures: Sequence[Picture], *, closes: Sequence[BinaryIO] = ()) -> BinaryIO:
    """A PDF of one page per picture, read through to the pictures' own bytes.

    Args:
        pictures: at least one.
        closes: readers that belong to the PDF and are closed with it.
    """
    pieces: list[BytesPiece] = []
    offsets: list[int] = []
    at = 0

    def put(*parts: BytesPiece) -> None:
        nonlocal at
        for part in parts:
            pieces.append(part)
            at += len(part) if isinstance(part, bytes) else part.length

    def obj(head: bytes, *stream: BytesPiece) -> None:
        offsets.append(at)
        put(b"%d 0 obj\n" % len(offsets) + head)
        if stream:
            put(b"\nstream\n", *stream, b"\nendstream")
        put(b"\nendobj\n")

    put(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    # Objects: 1 catalog, 2 page tree, then page, content, image and profile of each picture.
    obj(b"<</Type/Catalog/Pages 2 0 R>>")
    kids = b" ".join(b"%d 0 R" % (3 + 4 * index) for index in range(len(pictures)))
    obj(b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pictures), kids))
    for index, picture in enumerate(pictures):
        number = 3 + 4 * index
        turned = picture.orientation >= 5
        page, content = _layout(picture, turned)
        obj(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s %s]/Contents %d 0 R/Resources<</XObject<</Im %d 0 R>>>>>>"
            % (_number(page[0]), _number(page[1]), number + 1, number + 2)
        )
        obj(b"<</Length %d>>" % len(content), content)
        obj(_image_head(picture, number + 3), *picture.data)
        if picture.icc:
            obj(b"<</N %d/Length %d>>" % (picture.components, len(picture.icc)), picture.icc)
        else:
            obj(b"null")
    table = at
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    put(b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1), rows)
    put(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets) + 1, table))
    return SegmentReader(pieces, closes=closes).binary()


def _layout(picture: Picture, turned: bool) -> tuple[tuple[float, float], bytes]:
    seen = (picture.height, picture.width) if turned else (picture.width, picture.height)
    page, (x, y, width, height) = placed(*seen)
    a, b, c, d, e, f = _TURNS.get(picture.orientation, _TURNS[1])
    matrix = (a * width, b * height, c * width, d * height, x + e * width, y + f * height)
    return page, b"q %s cm /Im Do Q" % b" ".join(_number(value) for value in matrix)


def _image_head(picture: Picture, profile: int) -> bytes:
    space = {1: b"/DeviceGray", 3: b"/DeviceRGB", 4: b"/DeviceCMYK"}[picture.components]
    if picture.icc and _profile_fits(picture):
        space = b"[/ICCBased %d 0 R]" % profile
    decode = b"/Decode[1 0 1 0 1 0 1 0]" if picture.inverted else b""
    return (
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent %d/ColorSpace%s%s/Filter/%s/Length %d>>"
        % (
            picture.width,
            picture.height,
            picture.bits,
            space if space.startswith(b"[") else b" " + space,
            decode,
            picture.filter.encode("ascii"),
            picture.size,
        )
    )


def _profile_fits(picture: Picture) -> bool:
    return {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}.get(picture.icc[16:20]) == picture.components


def _number(value: float) -> bytes:
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return b"0" if text in ("-0", "") else text.encode("ascii")
