"""Size and pages of a picture, and what its camera wrote into it."""

from __future__ import annotations

import io
from typing import Any, BinaryIO, cast

import exifread
import pillow_heif
from PIL import Image

from magdesk.i18n import _
from magdesk.intake import ocr
from magdesk.intake.boundedreads import BoundedReads
from magdesk.intake.filereading import FileReading
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.readers.gps import position_details
from magdesk.intake.source import Source

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = None  # judged here, by a sentence and not by an exception
_PIXEL_LIMIT = 300_000_000
_OCR_PAGES = 200
_WITH_EXIF = ("image/jpeg", "image/tiff", "image/heic", "image/webp", "image/png", "image/avif")
_BOXED = ("image/heic", "image/avif")
_CAMERA = (
    ("Image Make", "Maker"),
    ("Image Model", "Model"),
    ("EXIF BodySerialNumber", "Serial number"),
    ("EXIF LensModel", "Lens"),
    ("Image Software", "Software"),
    ("Image HostComputer", "Host computer"),
    ("Image Artist", "Artist"),
    ("Image Copyright", "Copyright"),
    ("Image ImageDescription", "Description"),
    ("EXIF ImageUniqueID", "Image ID"),
)
_DATES = (
    ("EXIF DateTimeOriginal", "Taken", ("EXIF OffsetTimeOriginal", "EXIF OffsetTime")),
    ("EXIF DateTimeDigitized", "Digitised", ("EXIF OffsetTimeDigitized",)),
    ("Image DateTime", "Changed", ("EXIF OffsetTime",)),
)
_ORIENTATIONS = {
    1: _("upright"), 2: _("mirrored"), 3: _("upside down"), 4: _("mirrored, upside down"),
    5: _("mirrored, turned left"), 6: _("turned left; shown turned right"), 7: _("mirrored, turned right"),
    8: _("turned right; shown turned left"),
}  # fmt: skip


def read_image(source: Source, findings: FileReading) -> None:
    """What a picture says of itself; its pixels are decoded only to recognise text."""
    if source.media_type in _WITH_EXIF:
        _read_exif(source, findings)
    source.stream.seek(0)
    try:
        with foreign("Pillow"), Image.open(source.stream) as image:
            _read_frame(image, source, findings)
    except Damaged as damage:
        findings.note(
            _("The picture is damaged or of an unusual kind and cannot be opened ({reason}).").format(
                reason=damage.reason
            )
        )


def _read_frame(image: Image.Image, source: Source, findings: FileReading) -> None:
    findings.width, findings.height = image.size
    findings.pages = 1
    frames = getattr(image, "n_frames", 1)
    if source.media_type == "image/tiff":
        findings.pages = frames
    elif frames > 1:
        findings.detail("document", "Frames", frames)
    findings.detail("document", "Colours", image.mode)
    if image.info.get("dpi"):
        findings.detail(
            "document", "Resolution", " × ".join(f"{float(value):.0f}" for value in image.info["dpi"]) + " dpi"
        )
    for name in ("comment", "Comment", "Description", "Title", "Author", "Software", "Creation Time"):
        value = image.info.get(name)
        if isinstance(value, bytes):
            value = value.decode("utf-8", "replace")
        if isinstance(value, str):
            findings.detail("document", name.capitalize(), value)
    if image.width * image.height > _PIXEL_LIMIT:
        findings.note(
            _("The picture has {count} million pixels; it is too large to be shown.").format(
                count=image.width * image.height // 1_000_000
            )
        )
        return
    if source.ocr:
        engine = ocr.find_ocr(source.programs)
        for number in range(min(frames, _OCR_PAGES)):
            if engine is not None:
                image.seek(number)
                ocr.recognise_page(engine, image, number + 1, source.ocr, findings)
        ocr.say_recognised(engine, source.ocr, findings)


def _read_exif(source: Source, findings: FileReading) -> None:
    try:
        tags = _tags(source)
    except Damaged:
        findings.note(_("The camera’s data in the picture is damaged and was not read."))
        return
    for key, name, offsets in _DATES:
        stamp = _plain(tags.get(key))
        if stamp[:4].isdigit() and not stamp.startswith("0000"):
            zone = next((_plain(tags[offset]) for offset in offsets if offset in tags), "")
            findings.detail("camera", name, f"{stamp[:10].replace(':', '-')}{stamp[10:19]} {zone}".strip())
            if key == "EXIF DateTimeOriginal":
                findings.made_on(stamp[:10].replace(":", "-"))
    for key, name in _CAMERA:
        findings.detail("camera", name, _plain(tags.get(key)))
    orientation = tags.get("Image Orientation")
    values = getattr(orientation, "values", None)
    if values and isinstance(values, list) and values[0] in _ORIENTATIONS:
        findings.detail("camera", "Orientation", f"{values[0]} ({_ORIENTATIONS[values[0]]})")
    for name, value in position_details(tags):
        findings.detail("position", name, value)


def _tags(source: Source) -> dict[str, Any]:
    """What the camera wrote.

    Raises:
        Damaged: it cannot be made sense of.
    """
    try:
        return _exif(source.stream)
    except Damaged:
        if source.media_type not in _BOXED:
            raise
    # exifread knows only those in which a mark stands before the data; it need not (ISO/IEC 23008-12, A.2.1).
    source.stream.seek(0)
    with foreign("Pillow"), Image.open(source.stream) as image:
        block = image.info.get("exif")
    return _exif(io.BytesIO(block.removeprefix(b"Exif\x00\x00"))) if isinstance(block, bytes) and block else {}


def _exif(stream: BinaryIO) -> dict[str, Any]:
    stream.seek(0)
    with foreign("exifread"):
        bounded = cast("BinaryIO", BoundedReads(stream))  # it reads, seeks and tells, and no more is asked
        tags: dict[str, Any] = exifread.process_file(bounded, details=False)
    return tags


def _plain(tag: Any) -> str:
    return str(tag).strip("\x00 ") if tag is not None else ""
