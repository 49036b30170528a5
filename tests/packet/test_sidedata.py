"""Photographs inside a source PDF keep every pixel and lose what they tell on the side."""

from __future__ import annotations

import io
import random
import struct
import zlib
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from magdesk.packet.sidedata import clean_jpeg, clean_jpeg2000
from tests.packet.making import bundle, exhibit

GPS = {1: "N", 2: (50.0, 4.0, 7.5), 3: "E", 4: (14.0, 25.0, 11.0)}
SECRETS = (
    b"Exif",
    b"CanaryCam",
    b"ns.adobe.com/xap",
    b"Photoshop 3.0",
    b"secret comment",
    b"behind the end",
    b"JFXX",
)


def noise(mode: str = "RGB", size: tuple[int, int] = (120, 80)) -> Image.Image:
    return Image.frombytes(mode, size, random.Random(7).randbytes(size[0] * size[1] * len(mode)))


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def photograph(mode: str = "RGB", **options: Any) -> bytes:
    """A picture that tells all it can."""
    exif = Image.Exif()
    exif[0x0110] = "CanaryCam"
    exif[0x8825] = GPS
    out = io.BytesIO()
    noise(mode).save(out, "JPEG", exif=exif, quality=90, comment=b"secret comment", **options)
    data = out.getvalue()
    sides = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>50.0687 N</x:xmpmeta>")
    sides += segment(0xED, b"Photoshop 3.0\x008BIM") + segment(0xE0, b"JFXX\0\x13thumbnail")
    return data[:2] + sides + data[2:] + b"behind the end " + data


def pdf_of(data: bytes, *, wrap: str = "", mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(120, 80))
        name = {"RGB": "DeviceRGB", "L": "DeviceGray", "CMYK": "DeviceCMYK"}[mode]
        raw, filters = data, [pikepdf.Name.DCTDecode]
        parameters: list[Any] = [pikepdf.Dictionary(ColorTransform=1)]
        if wrap == "flate":
            raw, filters = zlib.compress(raw), [pikepdf.Name.FlateDecode, *filters]
            parameters = [None, *parameters]
        elif wrap == "hex":
            raw, filters = raw.hex().encode() + b">", [pikepdf.Name.ASCIIHexDecode, *filters]
            parameters = [None, *parameters]
        image = pikepdf.Stream(pdf, raw)
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width, image.Height, image.BitsPerComponent = 120, 80, 8
        image.ColorSpace = pikepdf.Name("/" + name)
        image.Filter = pikepdf.Array(filters) if wrap else filters[0]
        if wrap:
            image.DecodeParms = pikepdf.Array(parameters)
        image.Metadata = pdf.make_stream(b"<x:xmpmeta>CanaryCam ns.adobe.com/xap</x:xmpmeta>")
        image.PieceInfo = pikepdf.Dictionary(X=pikepdf.Dictionary(Private=pikepdf.String("CanaryCam")))
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=pdf.make_indirect(image)))
        page.Thumb = pdf.make_stream(b"JFXX")
        page.Contents = pdf.make_stream(b"q 120 0 0 80 0 0 cm /P Do Q")
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    return out.getvalue()


def streams(data: bytes) -> tuple[list[bytes], bytes]:
    """The picture, and everything else that the file holds."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        every = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        images = [item for item in every if item.get("/Subtype") == pikepdf.Name.Image and item.Width == 120]
        return [item.read_raw_bytes() for item in images], b"".join(item.read_raw_bytes() for item in every)


def drawn(data: bytes, page: int) -> bytes:
    """The middle of the page, where no stamp is."""
    whole = pypdfium2.PdfDocument(data)[page].render(scale=4).to_pil()
    middle: bytes = whole.crop((0, whole.height // 3, whole.width, whole.height * 2 // 3)).tobytes()
    return middle


@pytest.mark.parametrize(
    ("mode", "wrap", "options"),
    [
        ("RGB", "", {}),
        ("RGB", "", {"progressive": True}),
        ("RGB", "", {"restart_marker_blocks": 2}),
        ("RGB", "flate", {}),
        ("RGB", "hex", {}),
        ("L", "", {}),
        ("CMYK", "", {}),
    ],
)
def test_no_place_and_no_camera_and_the_same_pixels(mode: str, wrap: str, options: dict[str, Any]) -> None:
    source = pdf_of(photograph(mode, **options), wrap=wrap, mode=mode)
    assert any(secret in source for secret in SECRETS) or wrap
    _plan, made, _info = bundle([exhibit(1, source)])
    (raw,), others = streams(made)
    for secret in SECRETS:
        assert secret not in made + others, secret
    with Image.open(io.BytesIO(raw)) as left, Image.open(io.BytesIO(photograph(mode, **options))) as right:
        assert not left.getexif()
        assert left.tobytes() == right.tobytes()
        assert left.info.get("icc_profile") == right.info.get("icc_profile")
    last = len(pypdfium2.PdfDocument(made)) - 1
    assert drawn(made, last) == drawn(source, 0)


def test_a_clean_picture_stays_as_it_is() -> None:
    out = io.BytesIO()
    noise().save(out, "JPEG")
    assert clean_jpeg(out.getvalue()) == out.getvalue()
    assert clean_jpeg(b"rubbish") == b"rubbish"
    assert clean_jpeg(b"\xff\xd8\xff\xe0") == b"\xff\xd8\xff\xe0"


def test_a_picture_that_is_cut_off_keeps_what_is_there() -> None:
    out = io.BytesIO()
    noise().save(out, "JPEG")
    whole = out.getvalue()
    cut = whole[:2] + segment(0xE1, b"Exif\0\0CanaryCam") + whole[2 : len(whole) // 2]
    assert clean_jpeg(cut) == whole[: len(whole) // 2]


def test_boxes_of_jpeg_2000() -> None:
    out = io.BytesIO()
    noise().save(out, "JPEG2000")
    plain = out.getvalue()
    box = struct.pack(">I4s", 8 + 25, b"uuid") + b"JpgTiffExif->JP2" + b"CanaryCam"
    start = plain.index(b"jp2c") - 4
    told = plain[:start] + box + plain[start:] + struct.pack(">I4s", 11, b"xml ") + b"<x>"
    # A codestream box may run to the end of the file; then nothing can follow it.
    assert clean_jpeg2000(told[: -len(b"<x>") - 8]) == plain
    assert b"CanaryCam" not in clean_jpeg2000(told)
    with Image.open(io.BytesIO(clean_jpeg2000(told))) as left, Image.open(io.BytesIO(plain)) as right:
        assert left.tobytes() == right.tobytes()
    assert clean_jpeg2000(plain[start + 8 :]) == plain[start + 8 :]
