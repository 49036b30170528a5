"""A JPEG file as a list of marker segments: which bytes make the picture, and which only tell on its maker.

EXIF, XMP, IPTC, comments, thumbnails, further pictures behind the first (motion photos, depth maps) and anything
behind the end marker are left out. What the pixels need stays: tables, frames, scans, JFIF, ICC profile and
Adobe's colour transform. No byte of the compressed picture changes.
"""

from __future__ import annotations

import io
import re
import struct
from dataclasses import dataclass
from typing import BinaryIO

_EOI, _SOS = 0xD9, 0xDA
_APP0, _APP1, _APP2, _APP14 = 0xE0, 0xE1, 0xE2, 0xEE
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD9)})
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
# A PDF reader decodes baseline, extended sequential and progressive Huffman frames (ISO 32000-2, 7.4.8).
_PDF_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
_MARKER_IN_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
# Tables, scans and the number of lines: beside frames all that pixels need, and all that may stand between scans.
_NEEDED = frozenset({0xC4, 0xCC, 0xDA, 0xDB, 0xDC, 0xDD})
_CHUNK = 1 << 18


class JpegError(ValueError):
    """The bytes are not a JPEG picture, or one that is cut off before its first scan."""


@dataclass(frozen=True, slots=True)
class Jpeg:
    """What a page needs to know of a JPEG file.

    Attributes:
        width: stored columns, before the orientation is applied.
        height: stored rows.
        components: 1 grey, 3 colour, 4 CMYK.
        bits: bits per component.
        embeddable: whether PDF readers decode this kind of frame.
        inverted: whether CMYK values are stored inverted, as Adobe does.
        orientation: EXIF orientation, 1 to 8.
        icc: colour profile; empty for none.
        kept: offset and length of the runs of bytes that make the clean copy.
        size: length of the clean copy in bytes.
        complete: whether the end marker was found, and nothing before it that does not belong between scans.
    """

    width: int
    height: int
    components: int
    bits: int
    embeddable: bool
    inverted: bool
    orientation: int
    icc: bytes
    kept: tuple[tuple[int, int], ...]
    size: int
    complete: bool


def read_jpeg(stream: BinaryIO) -> Jpeg:
    """Walk the file once.

    Raises:
        JpegError: it is not a JPEG file or ends before a picture begins.
    """
    walker = _Walker(stream)
    return walker.walk()


class _Walker:
    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._kept: list[tuple[int, int]] = []
        self._frame: tuple[int, int, int, int, int] | None = None
        self._adobe: int | None = None
        self._orientation = 1
        self._icc: dict[int, bytes] = {}

    def walk(self) -> Jpeg:
        self._stream.seek(0)
        if self._stream.read(2) != b"\xff\xd8":
            raise JpegError("the file does not begin like a JPEG picture")
        self._keep(0, 2)
        complete = scanned = strange = False
        offset = 2
        while True:
            found = self._next_marker(offset)
            if found is None:
                break
            offset, marker = found
            if marker == _EOI:
                self._keep(offset, 2)
                complete = True
                break
            if marker in _STANDALONE:
                offset += 2
                continue
            strange = strange or (scanned and marker not in _NEEDED)
            self._stream.seek(offset + 2)
            raw_length = self._stream.read(2)
            length = struct.unpack(">H", raw_length)[0] if len(raw_length) == 2 else 0
            if length < 2:
                break
            if self._wanted(marker, length):
                self._keep(offset, length + 2)
            offset += length + 2
            if marker == _SOS:
                if self._frame is None:
                    raise JpegError("the picture has no frame header")
                scanned = True
                end = self._end_of_scan(offset)
                self._keep(offset, end - offset)
                offset = end
        if self._frame is None or not scanned:
            raise JpegError("the file ends before the picture begins")
        return self._result(complete and not strange)

    def _result(self, complete: bool) -> Jpeg:
        assert self._frame is not None
        kind, bits, height, width, components = self._frame
        if not width or not height:
            raise JpegError("the picture has no size")
        return Jpeg(
            width=width,
            height=height,
            components=components,
            bits=bits,
            embeddable=kind in _PDF_FRAMES and bits == 8 and components in (1, 3, 4),
            inverted=components == 4 and self._adobe is not None,
            orientation=self._orientation,
            icc=_joined(self._icc),
            kept=tuple(self._kept),
            size=sum(length for _, length in self._kept),
            complete=complete,
        )

    def _next_marker(self, offset: int) -> tuple[int, int] | None:
        """Offset and code of the next marker; fill bytes and stray bytes before it are skipped."""
        while True:
            self._stream.seek(offset)
            window = self._stream.read(_CHUNK)
            found = re.search(rb"\xff[^\x00\xff]", window)
            if found:
                return offset + found.start(), window[found.start() + 1]
            if len(window) < 2:
                return None
            offset += len(window) - 1

    def _end_of_scan(self, offset: int) -> int:
        """Where the entropy-coded bytes end: at the next real marker, or at the end of the file."""
        self._stream.seek(offset)
        carry = b""
        while chunk := self._stream.read(_CHUNK):
            window = carry + chunk
            found = _MARKER_IN_SCAN.search(window)
            if found:
                return offset - len(carry) + found.start()
            offset += len(chunk)
            carry = window[-1:]
        return offset

    def _wanted(self, marker: int, length: int) -> bool:
        """Whether the segment belongs into the clean copy; notes what is learnt from it."""
        if marker in _FRAMES:
            body = self._stream.read(6)
            if len(body) < 6:
                return False
            if self._frame is None:
                self._frame = (marker, *struct.unpack(">BHHB", body))
            return True
        if marker == _APP1:
            body = self._stream.read(length - 2)
            if body.startswith(b"Exif\0") and self._orientation == 1:
                self._orientation = _exif_orientation(body[6:])
            return False
        if marker == _APP2:
            body = self._stream.read(length - 2)
            if body.startswith(b"ICC_PROFILE\0") and len(body) > 14:
                self._icc[body[12]] = body[14:]
                return True
            return False
        if marker == _APP14:
            body = self._stream.read(length - 2)
            if body.startswith(b"Adobe") and len(body) >= 12:
                self._adobe = body[11]
                return True
            return False
        if marker == _APP0:
            # JFIF may carry a thumbnail behind its 14 bytes: the picture of before an edit.
            return self._stream.read(5) == b"JFIF\0" and length <= 16
        return marker in _NEEDED

    def _keep(self, offset: int, length: int) -> None:
        if length <= 0:
            return
        if self._kept and sum(self._kept[-1]) == offset:
            self._kept[-1] = (self._kept[-1][0], self._kept[-1][1] + length)
        else:
            self._kept.append((offset, length))


def _joined(parts: dict[int, bytes]) -> bytes:
    profile = b"".join(parts[index] for index in sorted(parts))
    return profile if len(profile) >= 128 and profile[36:40] == b"acsp" else b""


def _exif_orientation(tiff: bytes) -> int:
    """The orientation in an EXIF block's first directory; 1 when absent or nonsense."""
    reader = io.BytesIO(tiff)
    order = {b"II": "<", b"MM": ">"}.get(reader.read(2), "")
    try:
        if not order:
            return 1
        _, start = struct.unpack(order + "HI", reader.read(6))
        reader.seek(start)
        (count,) = struct.unpack(order + "H", reader.read(2))
        for _ in range(min(count, 1000)):
            tag, kind, _, value = struct.unpack(order + "HHIH", reader.read(10))
            reader.read(2)
            if tag == 0x0112 and kind == 3:
                return int(value) if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1
