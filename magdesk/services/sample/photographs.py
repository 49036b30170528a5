"""Photographs that were never taken: drawn scenes with grain, and in them the data a camera writes (time, position).

All positions lie in the open ocean, where no country is.
"""

from __future__ import annotations

import io
import math
import random
from dataclasses import dataclass
from fractions import Fraction

from PIL import ExifTags, Image, ImageDraw, ImageFilter, ImageFont

from magdesk import paths

_WIDTH, _HEIGHT = 1400, 1050
Rgb = tuple[int, int, int]
_SKY: tuple[Rgb, Rgb] = ((158, 184, 206), (222, 226, 222))

_PLATE = (
    "云石十二号码头贸易有限公司", "Pier Twelve Trading (Yunshi) Co. Ltd", "云石灯塔控股有限公司",
    "Yunshi Lantern Holding Ltd", "九号浮标贸易有限公司", "Ninth Buoy Trading Ltd", "云石潮汐咨询有限公司",
    "Tidewater Advisory (Yunshi) Ltd", "… 另七家 / and seven others",
)  # fmt: skip
_SERVED = (
    ("211", "20.03  16:40", "3-102/2024", "Прокуратура"),
    ("212", "21.03  11:15", "3-115/2024", "Отдел опеки"),
    ("213", "21.03  17:50", "3-118/2024", "Адв. Тенистова"),
    ("214", "22.03  10:05", "3-118/2024", "УСР МВД, дежурный"),
    ("215", "22.03  12:30", "3-120/2024", "Банк «Маяк»"),
)


@dataclass(frozen=True, slots=True)
class Shot:
    """What the camera notes.

    Attributes:
        taken: date and time as EXIF writes them.
        south: degrees of southern latitude.
        west: degrees of western longitude.
    """

    taken: str
    camera: str
    south: float | None = None
    west: float | None = None


def cannery() -> bytes:
    """The former cannery from the harbour road."""
    image, draw = _scene(_SKY, horizon=640, ground=(126, 122, 112))
    draw.rectangle((0, 600, _WIDTH, 645), fill=(96, 122, 136))
    draw.rectangle((150, 330, 1180, 780), fill=(178, 170, 152))
    for left in range(150, 1180, 206):
        draw.polygon([(left, 330), (left + 103, 250), (left + 206, 330)], fill=(140, 104, 88))
    draw.rectangle((1030, 120, 1096, 330), fill=(128, 94, 80))
    for left in range(200, 1120, 116):
        draw.rectangle((left, 420, left + 74, 520), fill=(62, 70, 74), outline=(120, 116, 106), width=5)
        draw.line((left + 37, 420, left + 37, 520), fill=(120, 116, 106), width=4)
    draw.rectangle((560, 590, 760, 780), fill=(84, 92, 88), outline=(60, 62, 60), width=6)
    draw.line((660, 590, 660, 780), fill=(60, 62, 60), width=5)
    _words(draw, (430, 352), "РЫБОКОМБИНАТ · مصنع السمك", 40, (92, 76, 66))
    draw.rectangle((1220, 560, 1228, 800), fill=(90, 90, 90))
    draw.rectangle((1160, 560, 1300, 620), fill=(236, 236, 230), outline=(120, 30, 30), width=5)
    _words(draw, (1176, 572), "ВХОД ЗАКРЫТ", 17, (120, 30, 30))
    _road(draw)
    return _jpeg(image, 11, Shot("2025:05:17 07:42:10", "Ondara D60", 47.1553, 121.7042))


def empty_plot() -> bytes:
    """Plot 88/4 at Cape Belomys: fence, hut, trench."""
    image, draw = _scene(_SKY, horizon=470, ground=(138, 146, 98))
    draw.rectangle((0, 440, _WIDTH, 474), fill=(92, 124, 142))
    draw.polygon([(120, 860), (1010, 720), (1060, 745), (210, 905)], fill=(104, 82, 58))
    draw.polygon([(210, 905), (1060, 745), (1060, 770), (220, 940)], fill=(150, 122, 88))
    draw.rectangle((930, 520, 1110, 640), fill=(196, 190, 172), outline=(120, 114, 100), width=4)
    draw.polygon([(915, 522), (1020, 462), (1125, 522)], fill=(118, 92, 78))
    draw.rectangle((1010, 560, 1056, 640), fill=(90, 78, 66))
    for left in range(-20, _WIDTH, 110):
        draw.line((left, 560, left, 700), fill=(88, 84, 76), width=7)
    for top in (585, 630, 675):
        draw.line((0, top, _WIDTH, top), fill=(120, 118, 112), width=2)
    draw.rectangle((300, 540, 640, 700), fill=(240, 240, 234), outline=(70, 70, 70), width=4)
    for line, text in enumerate(("СТРОИТЕЛЬСТВО СИЗО", "1200 МЕСТ · 31.05.2025", "ООО «ЗАХВАН СТРОЙ»")):
        _words(draw, (322, 560 + 42 * line), text, 25, (40, 50, 70))
    return _jpeg(image, 12, Shot("2025:04:26 10:15:33", "Ondara D60", 46.8817, 121.3309))


def headquarters() -> bytes:
    """The seat of the Directorate, 8 Signal Street."""
    image, draw = _scene(_SKY, horizon=820, ground=(112, 112, 114))
    draw.rectangle((200, 140, 1200, 840), fill=(168, 164, 158))
    draw.rectangle((180, 110, 1220, 150), fill=(138, 134, 128))
    for top in range(200, 680, 120):
        for left in range(250, 1130, 110):
            draw.rectangle((left, top, left + 62, top + 78), fill=(58, 72, 84), outline=(120, 118, 112), width=4)
    draw.rectangle((600, 690, 800, 840), fill=(66, 54, 48), outline=(44, 38, 34), width=7)
    draw.ellipse((660, 600, 740, 680), fill=(29, 59, 42), outline=(206, 200, 180), width=5)
    for pole in (470, 930):
        draw.rectangle((pole, 640, pole + 6, 840), fill=(90, 90, 90))
        # A flag that no country flies.
        draw.rectangle((pole + 6, 646, pole + 96, 700), fill=(214, 196, 150))
        draw.polygon([(pole + 6, 646), (pole + 96, 673), (pole + 6, 700)], fill=(46, 104, 108))
        draw.ellipse((pole + 16, 664, pole + 34, 682), fill=(214, 196, 150))
    _road(draw)
    return _jpeg(image, 13, Shot("2025:03:21 13:05:51", "Ondara D60", 47.9021, 120.9964))


def door() -> bytes:
    """The door of room 1207 with its plate."""
    image, draw = _scene(((206, 204, 196), (188, 186, 178)), horizon=900, ground=(120, 116, 112))
    draw.rectangle((480, 120, 920, 900), fill=(104, 82, 64), outline=(72, 58, 46), width=10)
    draw.rectangle((540, 180, 860, 480), outline=(84, 66, 52), width=8)
    draw.rectangle((540, 540, 860, 840), outline=(84, 66, 52), width=8)
    draw.ellipse((846, 500, 880, 534), fill=(186, 168, 110))
    _words(draw, (644, 34), "1207", 54, (60, 60, 60))
    draw.rectangle((1000, 330, 1374, 760), fill=(226, 224, 214), outline=(110, 108, 100), width=4)
    for line, name in enumerate(_PLATE):
        _words(draw, (1018, 350 + 44 * line), name, 20, (50, 50, 50))
    return _jpeg(image, 14, Shot("2026:08:19 15:20:04", "Ondara C2", 46.2090, 124.8875))


def service_book() -> bytes:
    """A page of the court's book of service on the table of the registry."""
    image = Image.new("RGB", (_WIDTH, _HEIGHT), (112, 82, 58))
    draw = ImageDraw.Draw(image)
    for top in range(0, _HEIGHT, 14):
        draw.line((0, top, _WIDTH, top + 40), fill=(106, 77, 54), width=3)
    sheet = Image.new("RGB", (1100, 800), (240, 234, 216))
    page = ImageDraw.Draw(sheet)
    for column in (120, 330, 560, 850):
        page.line((column, 60, column, 760), fill=(150, 150, 160), width=2)
    for left, text in ((24, "№"), (134, "Дата, время"), (344, "Дело"), (574, "Получатель"), (864, "Подпись, печать")):
        _words(page, (left, 66), text, 22, (60, 60, 70), sheet)
    for row, cells in enumerate(_SERVED):
        top = 130 + 120 * row
        page.line((20, top - 16, 1080, top - 16), fill=(150, 150, 160), width=2)
        for left, text in zip((24, 134, 344, 574), cells, strict=True):
            _words(page, (left, top + 20), text, 26, (30, 40, 110), sheet)
        _scribble(page, (872, top + 36), 120, seed=30 + row, colour=(30, 40, 110))
    page.ellipse((960, 470, 1084, 594), outline=(60, 70, 150), width=5)
    page.ellipse((978, 488, 1066, 576), outline=(60, 70, 150), width=2)
    _words(page, (996, 520), "УСР", 26, (60, 70, 150), sheet)
    turned = sheet.rotate(3.2, expand=True, resample=Image.Resampling.BICUBIC, fillcolor=(112, 82, 58))
    image.paste(turned, (120, 90))
    return _jpeg(image, 15, Shot("2024:03:22 15:14:26", "Velum M4", 47.4410, 120.5528))


def camera_still() -> bytes:
    """A shop camera's picture of the tram stop."""
    image, draw = _scene(((34, 38, 46), (62, 62, 62)), horizon=560, ground=(50, 50, 52))
    draw.rectangle((0, 250, 330, 640), fill=(72, 68, 60))
    draw.rectangle((60, 330, 270, 560), fill=(196, 178, 120))
    draw.rectangle((930, 300, 942, 700), fill=(96, 96, 96))
    draw.rectangle((900, 280, 1180, 306), fill=(96, 96, 96))
    draw.polygon([(420, 470), (560, 380), (900, 380), (900, 690), (420, 690)], fill=(118, 120, 124))
    draw.polygon([(440, 480), (565, 402), (640, 402), (640, 500), (440, 500)], fill=(36, 40, 46))
    draw.ellipse((560, 440, 596, 476), fill=(190, 196, 190), outline=(40, 70, 54), width=5)
    for centre in (520, 800):
        draw.ellipse((centre - 52, 640, centre + 52, 744), fill=(24, 24, 26))
    draw.rectangle((425, 606, 500, 634), fill=(206, 206, 198))
    _words(draw, (430, 606), "··77-04", 20, (20, 20, 20))
    for left, tall, shade in ((930, 230, (30, 30, 34)), (990, 200, (92, 60, 60)), (1046, 236, (30, 30, 34))):
        draw.ellipse((left + 10, 720 - tall, left + 46, 756 - tall), fill=(150, 128, 112))
        draw.rounded_rectangle((left, 756 - tall, left + 56, 740), 18, fill=shade)
    small = image.resize((640, 480), Image.Resampling.BILINEAR)
    stamp = ImageDraw.Draw(small)
    _words(stamp, (14, 446), "CAM2  2025-02-02 18:41:07", 20, (230, 230, 230))
    return _jpeg(
        small.filter(ImageFilter.GaussianBlur(0.7)), 16, Shot("2025:02:02 18:41:07", "CAM2"), grain=26, quality=62
    )


def portrait_officer() -> bytes:
    """A portrait in uniform, drawn flat, so that nobody is shown."""
    image, draw = _bust((62, 78, 100), skin=(206, 172, 146), coat=(58, 66, 74))
    draw.polygon([(282, 232), (518, 232), (560, 180), (400, 120), (240, 180)], fill=(48, 56, 64))
    draw.rectangle((276, 228, 524, 254), fill=(96, 32, 32))
    draw.polygon([(276, 254), (524, 254), (500, 282), (300, 282)], fill=(24, 26, 30))
    draw.ellipse((384, 178, 416, 210), fill=(200, 176, 96))
    for left in (150, 560):
        draw.rounded_rectangle((left, 640, left + 90, 672), 8, fill=(176, 150, 84))
    for place in range(6):
        draw.rectangle(
            (500 + 34 * (place % 3), 742 + 22 * (place // 3), 530 + 34 * (place % 3), 760 + 22 * (place // 3)),
            fill=((140, 40, 40), (60, 90, 140), (180, 160, 80))[place % 3],
        )
    return _jpeg(image, 17, Shot("2024:03:04 11:00:00", "Ondara Studio"), grain=8)


def portrait_businessman() -> bytes:
    """A portrait in a suit, drawn flat."""
    image, draw = _bust((150, 140, 122), skin=(206, 172, 146), coat=(46, 44, 52))
    draw.pieslice((276, 170, 524, 430), 180, 360, fill=(108, 104, 100))
    draw.polygon([(340, 640), (400, 720), (460, 640)], fill=(236, 236, 232))
    draw.polygon([(388, 684), (412, 684), (424, 820), (400, 850), (376, 820)], fill=(110, 40, 46))
    for left in (330, 414):
        draw.ellipse((left, 330, left + 56, 386), outline=(50, 50, 56), width=5)
    draw.line((386, 356, 414, 356), fill=(50, 50, 56), width=5)
    return _jpeg(image, 18, Shot("2023:06:12 10:30:00", "Ondara Studio"), grain=8)


# ---------------------------------------------------------------------------------------------------- drawing


def _scene(sky: tuple[Rgb, Rgb], *, horizon: int, ground: Rgb) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    column = Image.new("RGB", (1, _HEIGHT))
    for y in range(_HEIGHT):
        part = min(1.0, y / horizon)
        shade = [round(above + (below - above) * part) for above, below in zip(*sky, strict=True)]
        if y >= horizon:
            shade = [round(value * (1 - 0.12 * (y - horizon) / (_HEIGHT - horizon))) for value in ground]
        column.putpixel((0, y), (shade[0], shade[1], shade[2]))
    image = column.resize((_WIDTH, _HEIGHT))
    return image, ImageDraw.Draw(image)


def _road(draw: ImageDraw.ImageDraw) -> None:
    draw.polygon([(0, 860), (_WIDTH, 830), (_WIDTH, _HEIGHT), (0, _HEIGHT)], fill=(92, 92, 94))
    for left in range(40, _WIDTH, 260):
        draw.polygon([(left, 950), (left + 120, 946), (left + 120, 956), (left, 960)], fill=(206, 204, 190))


def _bust(back: Rgb, *, skin: Rgb, coat: Rgb) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (800, 1000), back)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((110, 610, 690, 1100), 150, fill=coat)
    draw.rectangle((345, 520, 455, 660), fill=tuple(round(value * 0.88) for value in skin))
    draw.ellipse((280, 190, 520, 560), fill=skin)
    for left in (342, 432):
        draw.ellipse((left, 350, left + 26, 366), fill=(50, 42, 38))
        draw.line((left - 8, 334, left + 34, 330), fill=(70, 58, 50), width=6)
    draw.line((400, 370, 392, 420, 410, 424), fill=tuple(round(value * 0.8) for value in skin), width=5)
    draw.line((364, 478, 436, 478), fill=(128, 84, 74), width=6)
    return image, draw


def _scribble(
    draw: ImageDraw.ImageDraw, start: tuple[float, float], length: float, *, seed: int, colour: Rgb
) -> None:
    """Something like a signature."""
    dice = random.Random(seed)
    points = []
    for step in range(60):
        part = step / 59
        wave = math.sin(part * dice.uniform(14, 22)) * (26 - 18 * part)
        points.append((start[0] + length * part, start[1] + wave + dice.uniform(-1.5, 1.5)))
    draw.line(points, fill=colour, width=3, joint="curve")


def _words(
    draw: ImageDraw.ImageDraw,
    place: tuple[float, float],
    text: str,
    size: int,
    colour: Rgb,
    on: Image.Image | None = None,
) -> None:
    """Words in whatever of our fonts has their letters; Arabic is shaped by Pillow's own layout where it can."""
    x, y = place
    for run, face in _runs(text):
        font = ImageFont.truetype(str(paths.resource("fonts", face)), size)
        draw.text((x, y), run, font=font, fill=colour)
        x += draw.textlength(run, font=font)


def _runs(text: str) -> list[tuple[str, str]]:
    runs: list[tuple[str, str]] = []
    for ch in text:
        face = "NotoSans-Regular.ttf"
        if "\u0600" <= ch <= "\u06ff":
            face = "NotoNaskhArabic-Regular.ttf"
        elif ch > "\u2e80":
            face = "DroidSansFallbackFull.ttf"
        if runs and (runs[-1][1] == face or ch == " "):
            runs[-1] = (runs[-1][0] + ch, runs[-1][1])
        else:
            runs.append((ch, face))
    return runs


def _jpeg(image: Image.Image, seed: int, shot: Shot, *, grain: int = 14, quality: int = 84) -> bytes:
    """The picture with grain and camera data. Pillow's own noise cannot be seeded, hence the dice."""
    noise = Image.frombytes("L", image.size, random.Random(seed).randbytes(image.width * image.height))
    noise = noise.filter(ImageFilter.GaussianBlur(0.8))
    grained = Image.blend(image, Image.merge("RGB", (noise, noise, noise)), grain / 255)
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = shot.camera
    exif[ExifTags.Base.DateTime] = shot.taken
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = shot.taken
    if shot.south is not None and shot.west is not None:
        position = exif.get_ifd(ExifTags.IFD.GPSInfo)
        position[ExifTags.GPS.GPSLatitudeRef], position[ExifTags.GPS.GPSLatitude] = "S", _degrees(shot.south)
        position[ExifTags.GPS.GPSLongitudeRef], position[ExifTags.GPS.GPSLongitude] = "W", _degrees(shot.west)
    out = io.BytesIO()
    grained.save(out, "JPEG", quality=quality, exif=exif)
    return out.getvalue()


def _degrees(value: float) -> tuple[float, float, float]:
    minutes = Fraction(round(value * 3_600_00), 60_00)
    whole, rest = divmod(minutes, 60)
    return float(whole), float(int(rest)), float(round((rest - int(rest)) * 60, 2))
