"""Photographs: the camera's notes go, the picture stays bit for bit."""

from __future__ import annotations

import io
import re
import struct
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageCms, ImageOps

from magdesk.packet import jpeg
from magdesk.packet.converters import NoPages, Pages, convert
from magdesk.packet.jpeg import Jpeg, JpegError, read_jpeg
from magdesk.packet.segments import SegmentReader, Slice
from tests.packet.making import bundle, exhibit, picture


def _clean(data: bytes) -> bytes:
    stream = io.BytesIO(data)
    found = read_jpeg(stream)
    clean = SegmentReader([Slice(stream, offset, length) for offset, length in found.kept]).readall()
    assert len(clean) == found.size
    return clean


def _with_notes(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "CANARY-MAKER"
    exif.get_ifd(0x8825)[1] = "CANARY-GPS"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = picture(exif=exif, icc_profile=profile, comment=b"CANARY-COMMENT", quality=90)
    xmp = b"http://ns.adobe.com/xap/1.0/\0CANARY-XMP"
    segment = b"\xff\xe1" + (len(xmp) + 2).to_bytes(2, "big") + xmp
    return data[:2] + segment + data[2:] + b"CANARY-TAIL"


def test_notes_go_and_pixels_stay() -> None:
    data = _with_notes()
    clean = _clean(data)
    assert b"CANARY" in data
    assert b"CANARY" not in clean
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(clean)) as after:
        assert before.tobytes() == after.tobytes()
        assert after.info["icc_profile"] == before.info["icc_profile"]
        assert not after.getexif()


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


def _thumbnail() -> bytes:
    """The picture as it was before someone's face was covered: a small JPEG of one colour, with a mark in it."""
    out = io.BytesIO()
    Image.new("RGB", (16, 12), (255, 0, 255)).save(out, "JPEG", comment=b"CANARY-THUMBNAIL")
    return out.getvalue()


def _exif_with_thumbnail(order: str) -> bytes:
    """An EXIF block whose second directory holds a thumbnail (EXIF 2.32, 4.5.5), with orientation 6."""
    small = _thumbnail()
    head = {"<": b"II*\0", ">": b"MM\0*"}[order] + struct.pack(order + "I", 8)
    first = struct.pack(order + "HHHIHHI", 1, 0x0112, 3, 1, 6, 0, 26)
    second = struct.pack(order + "HHHIIHHIII", 2, 0x0201, 4, 1, 56, 0x0202, 4, 1, len(small), 0)
    assert len(head + first + second) == 56
    return b"Exif\0\0" + head + first + second + small


PLACES_OF_THUMBNAILS = {
    "EXIF, little-endian": _segment(0xE1, _exif_with_thumbnail("<")),
    "EXIF, big-endian": _segment(0xE1, _exif_with_thumbnail(">")),
    "JFIF": _segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\x10\x0c" + b"CANARY-THUMBNAIL" * 36),
    "JFIF extension": _segment(0xE0, b"JFXX\0\x10" + _thumbnail()),
    "FlashPix": _segment(0xE2, b"FPXR\0\0" + _thumbnail()),
    "further pictures": _segment(0xE2, b"MPF\0" + _thumbnail()),
    "Photoshop": _segment(0xED, b"Photoshop 3.0\x008BIM\x04\x0c\0\0" + _thumbnail()),
    "maker's own": _segment(0xEF, _thumbnail()),
    "XMP": _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<xmpGImg:image>CANARY-THUMBNAIL</xmpGImg:image>"),
    "comment": _segment(0xFE, b"CANARY-THUMBNAIL"),
}


NEEDED = {0xC4, 0xCC, 0xDA, 0xDB, 0xDC, 0xDD}  # tables, scans, the number of lines (ITU-T T.81, table B.1)
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
ALONE = {0x01, *range(0xD0, 0xDA)}  # without a body


@pytest.mark.parametrize("marker", sorted(set(range(2, 0xFF)) - NEEDED - FRAMES - ALONE))
def test_no_segment_survives_that_the_pixels_do_not_need(marker: int) -> None:
    data = picture()
    assert _clean(data[:2] + _segment(marker, b"CANARY") + data[2:]) == _clean(data)


@pytest.mark.parametrize("place", PLACES_OF_THUMBNAILS)
@pytest.mark.parametrize("before_frame", [False, True])
def test_no_thumbnail_survives(place: str, before_frame: bool) -> None:
    data = picture(quality=90, exif=b"")
    segment = PLACES_OF_THUMBNAILS[place]
    assert b"CANARY-THUMBNAIL" in segment
    at = data.index(b"\xff\xc0") if before_frame else 2
    photo = data[:at] + segment + data[at:]
    clean = _clean(photo)
    assert clean == _clean(data)
    assert b"CANARY" not in clean
    assert clean.count(b"\xff\xd8\xff") == 1
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(clean)) as after:
        assert before.tobytes() == after.tobytes()
    _, bundled, _ = bundle([exhibit(1, photo, "image/jpeg")])
    assert b"CANARY" not in bundled
    if place.startswith("EXIF"):
        assert read_jpeg(io.BytesIO(photo)).orientation == 6


def test_progressive_grey_and_cmyk_are_kept_whole() -> None:
    for data in (picture(progressive=True), picture(mode="L"), picture(mode="CMYK")):
        with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(_clean(data))) as after:
            assert before.tobytes() == after.tobytes()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_page_shows_the_picture_the_right_way_up(orientation: int) -> None:
    data = _with_notes(orientation)
    _, bundled, _ = bundle([exhibit(1, data, "image/jpeg")])
    with pypdfium2.PdfDocument(bundled) as document:
        page = document[1].render(scale=1).to_pil().convert("RGB")
    with Image.open(io.BytesIO(data)) as image:
        seen = ImageOps.exif_transpose(image).convert("RGB")
    found = _corners(page, seen.width * 0.75, seen.height * 0.75)
    wanted = _corners(seen, seen.width, seen.height)
    for a, b in zip(found, wanted, strict=True):
        assert max(abs(x - y) for x, y in zip(a, b, strict=True)) < 40


def _corners(image: Image.Image, width: float, height: float) -> list[tuple[int, ...]]:
    """The colours a quarter into the picture from each of its corners; on a page it stands above the foot."""
    x0, x1 = (image.width - width) / 2 + width / 4, (image.width + width) / 2 - width / 4
    middle = (image.height - 12) / 2 if image.width > 200 else image.height / 2
    y0, y1 = middle - height / 4, middle + height / 4
    found = [image.getpixel((int(x), int(y))) for x in (x0, x1) for y in (y0, y1)]
    return [pixel if isinstance(pixel, tuple) else (0,) for pixel in found]


def test_the_bundle_holds_the_photo_byte_for_byte_without_its_notes() -> None:
    data = _with_notes(6)
    _, bundled, _ = bundle([exhibit(1, data, "image/jpeg")])
    assert b"CANARY" not in bundled
    with pikepdf.open(io.BytesIO(bundled)) as pdf:
        image = pdf.pages[1].obj.Resources.XObject.Im
        assert image.read_raw_bytes() == _clean(data)
        assert str(image.Filter) == "/DCTDecode"
        assert str(image.ColorSpace[0]) == "/ICCBased"


@pytest.mark.parametrize("data", [b"", b"\xff\xd8", b"GIF89a", b"\xff\xd8\xff\xd9", picture()[:200]])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(JpegError):
        read_jpeg(io.BytesIO(data))
    assert isinstance(convert(exhibit(1, data, "image/jpeg")), NoPages)


def test_a_cut_off_photo_is_shown_as_far_as_it_goes_and_delivered_whole() -> None:
    data = picture(size=(400, 300), quality=95)
    found = convert(exhibit(1, data[: len(data) * 2 // 3], "image/jpeg"))
    assert isinstance(found, Pages)
    assert found.native
    assert "damaged" in found.notes[0]


def test_nonsense_in_the_camera_notes_does_no_harm() -> None:
    for body in (b"Exif\0\0", b"Exif\0\0II", b"Exif\0\0MM\0*\xff\xff\xff\xff", b"Exif\0\0II*\0\x08\0\0\0\xff\xff"):
        data = picture()
        segment = b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body
        assert read_jpeg(io.BytesIO(data[:2] + segment + data[2:])).orientation == 1


def test_rare_kinds_of_jpeg_are_not_shown() -> None:
    data = bytearray(picture())
    at = data.index(b"\xff\xc0")
    data[at + 1] = 0xC9
    found = convert(exhibit(1, bytes(data), "image/jpeg"))
    assert isinstance(found, NoPages)
    assert "rare" in found.reason


def _put(data: bytes, at: int, *segments: bytes) -> bytes:
    return data[:at] + b"".join(segments) + data[at:]


def _frame(data: bytes) -> int:
    return max(data.find(b"\xff\xc0\x00"), data.find(b"\xff\xc2\x00"))


def _read(data: bytes) -> Jpeg:
    return read_jpeg(io.BytesIO(data))


def _behind_first_scan(data: bytes) -> int:
    start = data.index(b"\xff\xda") + 2
    found = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]").search(data, start + 20)
    assert found is not None
    return found.start()


def test_only_a_whole_picture_is_called_complete() -> None:
    for data in (picture(), picture(progressive=True), picture(restart_marker_blocks=1)):
        assert _read(data).complete
        assert _read(data).embeddable
        assert not _read(data[:-2]).complete
    several = picture(progressive=True)
    at = _behind_first_scan(several)
    for allowed in (_segment(0xDD, b"\0\0"), _segment(0xDC, b"\0\x30"), _segment(0xCC, b"\0\x10")):
        assert _read(_put(several, at, allowed)).complete
    for strange in (_segment(0xE5, b"x"), _segment(0xFE, b"x"), _segment(0xC0, b"\x08\0\1\0\1\1\1\x11\0")):
        assert not _read(_put(several, at, strange)).complete


def test_markers_without_a_body_and_tables_before_the_frame_are_no_frame() -> None:
    data = picture()
    odd = _put(data, _frame(data), b"\xff\x01", b"\xff\xd0", b"\xff\xd8", _segment(0xCC, b"\0\x10"), b"\xff\xff")
    found = _read(odd)
    assert (found.width, found.height, found.components, found.complete) == (64, 48, 3, True)
    # A marker without a body has two bytes, and the next segment may follow at once.
    assert _read(_put(data, _frame(data), b"\xff\x01")).kept[-1][1] == len(data) - _frame(data)
    with pytest.raises(JpegError, match="frame"):
        read_jpeg(io.BytesIO(data[: _frame(data)] + data[_frame(data) + 19 :]))
    with pytest.raises(JpegError):
        read_jpeg(io.BytesIO(b"XX" + data[2:]))
    at = _frame(data)
    flat = io.BytesIO(data[: at + 5] + b"\0\0" + data[at + 7 :])
    with pytest.raises(JpegError, match="size"):
        read_jpeg(flat)
    late = io.BytesIO(data)
    late.seek(40)
    assert read_jpeg(late) == _read(data)


@pytest.mark.parametrize("size", [2, 3, 5, 7, 64])
def test_the_walk_does_not_depend_on_where_it_reads_on(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    photos = [_with_notes(6), picture(progressive=True), picture(restart_marker_blocks=1), picture(mode="CMYK")]
    photos.append(_put(picture(), 2, b"stray bytes \xff\xff\xff", _segment(0xFE, b"CANARY")))
    expected = [_read(data) for data in photos]
    monkeypatch.setattr(jpeg, "_CHUNK", size)
    assert [_read(data) for data in photos] == expected


def test_the_orientation_is_that_of_the_first_block_that_is_one() -> None:
    tiff = _exif_with_thumbnail("<")[6:]
    data = picture()
    other = _segment(0xE1, b"Other\0" + tiff)
    assert _read(_put(data, 2, other)).orientation == 1
    right = _segment(0xE1, b"Exif\0\0" + tiff)
    left = _segment(
        0xE1,
        (b"Exif\0\0" + tiff).replace(struct.pack("<HHIH", 0x0112, 3, 1, 6), struct.pack("<HHIH", 0x0112, 3, 1, 8)),
    )
    assert _read(_put(data, 2, other, right, left)).orientation == 6
    # The first directory stands where the head says, not right behind it.
    moved = tiff[:4] + struct.pack("<I", 20) + bytes(12) + tiff[8:]
    assert _read(_put(data, 2, _segment(0xE1, b"Exif\0\0" + moved))).orientation == 6
    for kind, value in ((3, 9), (3, 0), (4, 6)):
        nonsense = tiff.replace(struct.pack("<HHIH", 0x0112, 3, 1, 6), struct.pack("<HHIH", 0x0112, kind, 1, value))
        assert _read(_put(data, 2, _segment(0xE1, b"Exif\0\0" + nonsense))).orientation == 1


def test_inverted_colours_and_profiles_are_read_from_whole_segments() -> None:
    data = picture(mode="CMYK")
    adobe = data.index(b"\xff\xeeAdobe"[:2])
    assert _read(data).inverted
    plain = data[:adobe] + data[adobe + 16 :]
    assert b"Adobe" not in plain
    assert not _read(plain).inverted
    assert not _read(_put(plain, 2, _segment(0xEE, b"Adobe" + bytes(6)))).inverted
    assert _read(_put(plain, 2, _segment(0xEE, b"Adobe" + bytes(7)))).inverted
    assert b"Adobe" in _clean(data)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    pieces = [
        _segment(0xE2, b"ICC_PROFILE\0" + bytes((n, 2)) + part)
        for n, part in ((2, profile[300:]), (1, profile[:300]))
    ]
    grey = picture()
    assert _read(_put(grey, 2, *pieces)).icc == profile
    assert _read(_put(grey, 2, pieces[1])).icc == profile[:300]
    empty = _put(grey, 2, _segment(0xE2, b"ICC_PROFILE\0\1\1"))
    assert (_read(empty).icc, _clean(empty)) == (b"", _clean(grey))


def test_the_head_that_every_reader_knows_stays_without_its_thumbnail() -> None:
    data = picture()
    assert b"JFIF\0" in _clean(data)
    assert b"JFIF" not in _clean(_put(data[:2] + data[20:], 2, _segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\1\1abc")))


@pytest.mark.slow
def test_real_photos_keep_their_pixels(real_files: Path) -> None:
    checked = 0
    for path in sorted(real_files.rglob("*.jpg")):
        data = path.read_bytes()
        try:
            with Image.open(io.BytesIO(data)) as before:
                pixels = before.tobytes()
        except OSError:
            continue
        if not read_jpeg(io.BytesIO(data)).complete:
            continue
        with Image.open(io.BytesIO(_clean(data))) as after:
            assert after.tobytes() == pixels, path.name
            assert not after.getexif().get_ifd(0x8825), path.name
        checked += 1
    assert checked
