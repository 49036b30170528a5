"""Sound pages, pictures and sounds: each structure of their kind once."""

from __future__ import annotations

import io
import struct
import zlib

import pillow_heif
from PIL import Image, PngImagePlugin, TiffImagePlugin

_FIRST_PAGE = (
    b"<</Type/Page/Parent 2 0 R/Resources<</Font<</F 5 0 R>>/XObject<</I 6 0 R>>>>/Contents 8 0 R"
    b"/Annots[7 0 R<</Type/Annot/Subtype/Text/Rect[9 9 20 20]/Contents(Note)>>]>>"
)
_IMAGE = b"<</Type/XObject/Subtype/Image/Width 2/Height 1/ColorSpace/DeviceRGB/BitsPerComponent 8/Length 6>>"


def pdf() -> bytes:
    """Two pages with letters, a picture, a form, a comment and an attachment; by hand, so that it is short."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[7 0 R]>>/Names<</EmbeddedFiles<</Names[(a.txt) 9 0 R]>>>>>>",
        b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 200 200]>>",
        _FIRST_PAGE,
        b"<</Type/Page/Parent 2 0 R/Rotate 90/CropBox[0 0 100 100]>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        _IMAGE + b"stream\nabcdef\nendstream",
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(who)/V(Ada)/Rect[10 10 90 30]/DA(/F 9 Tf)>>",
        _stream(b"BT /F 12 Tf 10 100 Td (One) Tj ET q 20 0 0 10 50 50 cm /I Do Q"),
        b"<</Type/Filespec/F(a.txt)/EF<</F 10 0 R>>>>",
        _stream(b"One"),
        b"<</Title(One)/Author(Two)/CreationDate(D:20140305100000+02'00')>>",
    )
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R/Info 11 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + head + table + tail


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data)
    return b"<</Filter/FlateDecode/Length %d>>stream\n" % len(packed) + packed + b"\nendstream"


def sound() -> bytes:
    about = b"INFOIART\4\0\0\0Ada\0ICRD\x0a\0\0\0" + b"2014-03-05"
    form = struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8)
    body = b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"LIST" + struct.pack("<I", len(about)) + about
    body += b"data" + struct.pack("<I", 16) + bytes(16)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def picture(kind: str) -> bytes:
    image = Image.new("RGB", (24, 16))
    image.putdata([(x * 10, y * 15, (x * y) % 256) for y in range(16) for x in range(24)])
    exif = Image.Exif()
    exif.update({0x010F: "Maker", 0x0112: 6})
    exif.get_ifd(0x8769).update({0x9003: "2014:03:05 10:00:00", 0x9011: "+02:00"})
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 27.0, 3.0), 3: "E", 4: (30.0, 31.0, 2.0)})
    out = io.BytesIO()
    if kind == "HEIF":
        pillow_heif.register_heif_opener()
    try:
        match kind:
            case "BMP":
                image.save(out, kind, dpi=(96, 96))
            case "GIF":
                image.save(out, kind, save_all=True, append_images=[image.rotate(180)], comment=b"One", loop=0)
            case "TIFF":
                fields = TiffImagePlugin.ImageFileDirectory_v2()
                fields[270] = "One"
                pages = [image.convert("L")]
                image.save(out, kind, save_all=True, append_images=pages, tiffinfo=fields, compression="tiff_lzw")
            case "PNG":
                words = PngImagePlugin.PngInfo()
                words.add_text("Author", "Ada")
                words.add_itxt("Title", "Один", zip=True)
                image.save(out, kind, exif=exif.tobytes(), pnginfo=words, dpi=(96, 96))
            case _:
                image.save(out, kind, exif=exif.tobytes())
    except (KeyError, ValueError, OSError, RuntimeError):  # this build has no encoder for it
        return b""
    return out.getvalue()
