"""A scanned letter: one picture in a PDF, slightly turned, grainy, without a letter that a machine could read."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Mapping
from typing import Any

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from magdesk import paths

_DPI = 150
_PAGE = (1240, 1754)  # A4
_INK = (38, 36, 40)
_BLUE = (48, 60, 150)
_SCANNED = time.struct_time((2024, 3, 27, 14, 2, 0, 2, 87, 0))


def scanned_letter(letter: Mapping[str, Any]) -> bytes:
    """The scan as PDF.

    Args:
        letter: ``head``, ``reference``, ``addressee``, ``paragraphs``, ``signature`` and the note in the ``margin``.
    """
    image = Image.new("RGB", _PAGE, (250, 248, 242))
    draw = ImageDraw.Draw(image)
    y = 120.0
    for text in letter["head"]:
        y = _line(draw, text, y, _font(30, bold=True), centred=True) + 10
    draw.line((170, y + 14, 1070, y + 14), fill=_INK, width=3)
    y = _line(draw, letter["reference"], y + 40, _font(26))
    y = _line(draw, letter["addressee"], y + 50, _font(28), left=640) + 70
    for text in letter["paragraphs"]:
        y = _paragraph(draw, text, y, _font(30)) + 22
    y += 110
    for text in letter["signature"]:
        y = _line(draw, text, y, _font(28)) + 6
    _stamp(draw, (760, round(y) - 90))
    _hand(draw, (690, y - 70))
    image.paste(_margin(letter["margin"]), (40, 940))
    turned = image.rotate(0.9, resample=Image.Resampling.BICUBIC, fillcolor=(226, 224, 218))
    noise = Image.frombytes("L", _PAGE, random.Random(312).randbytes(_PAGE[0] * _PAGE[1])).filter(
        ImageFilter.GaussianBlur(0.6)
    )
    grey = Image.blend(turned.convert("L").filter(ImageFilter.GaussianBlur(0.7)), noise, 0.09)
    out = io.BytesIO()
    grey.save(
        out,
        "PDF",
        resolution=_DPI,
        quality=60,
        creationDate=_SCANNED,
        modDate=_SCANNED,
        producer="Scanner 4",
        title="scan",
    )
    return out.getvalue()


def _font(size: int, *, bold: bool = False, italic: bool = False) -> ImageFont.FreeTypeFont:
    face = "NotoSerif-Bold.ttf" if bold else "NotoSerif-Italic.ttf" if italic else "NotoSerif-Regular.ttf"
    return ImageFont.truetype(str(paths.resource("fonts", face)), size)


def _line(
    draw: ImageDraw.ImageDraw,
    text: str,
    y: float,
    font: ImageFont.FreeTypeFont,
    *,
    left: float = 170,
    centred: bool = False,
) -> float:
    x = (_PAGE[0] - draw.textlength(text, font=font)) / 2 if centred else left
    draw.text((x, y), text, font=font, fill=_INK)
    return y + font.size * 1.35


def _paragraph(draw: ImageDraw.ImageDraw, text: str, y: float, font: ImageFont.FreeTypeFont) -> float:
    line, indent = "", 60
    for word in [*text.split(" "), ""]:
        longer = f"{line} {word}".strip()
        if not word or draw.textlength(longer, font=font) > 900 - indent:
            draw.text((170 + indent, y), line, font=font, fill=_INK)
            y, line, indent = y + font.size * 1.5, word, 0
        else:
            line = longer
    return y


def _stamp(draw: ImageDraw.ImageDraw, place: tuple[int, int]) -> None:
    x, y = place
    draw.ellipse((x, y, x + 230, y + 230), outline=_BLUE, width=7)
    draw.ellipse((x + 34, y + 34, x + 196, y + 196), outline=_BLUE, width=3)
    draw.text((x + 66, y + 82), "УСР", font=_font(46, bold=True), fill=_BLUE)
    draw.text((x + 84, y + 140), "МВД", font=_font(24), fill=_BLUE)


def _hand(draw: ImageDraw.ImageDraw, place: tuple[float, float]) -> None:
    dice = random.Random(7)
    x, y = place
    points = [(x, y)]
    points += [(x + step * 15 + dice.uniform(-8, 8), y + dice.uniform(-46, 30)) for step in range(16)]
    draw.line(points, fill=_BLUE, width=5, joint="curve")
    draw.line((x - 10, y + 34, x + 250, y + 12), fill=_BLUE, width=4)


def _margin(text: str) -> Image.Image:
    note = Image.new("RGB", (520, 60), (250, 248, 242))
    ImageDraw.Draw(note).text((10, 8), text, font=_font(30, italic=True), fill=_BLUE)
    return note.rotate(90, expand=True, fillcolor=(250, 248, 242))
