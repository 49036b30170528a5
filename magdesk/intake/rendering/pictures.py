"""Pictures: every frame is a page, upright as its camera meant it."""

from __future__ import annotations

from array import array
from typing import Any, BinaryIO

import pillow_heif
from PIL import Image, ImageFile, ImageOps

from magdesk.errors import IntakeError
from magdesk.i18n import _
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.rendering.answers import Area, Cells, Outline, PageLetters, Pixels, StoredFile

PIXELS_DECODED = 220_000_000
_FRAMES = 500
_TURNS = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = None  # judged here, by a sentence and not by an exception


class OpenPicture:
    """An open picture."""

    def __init__(self, stream: BinaryIO, item: StoredFile) -> None:
        """Open it.

        Raises:
            IntakeError: it cannot be opened.
        """
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        self._stream = stream
        try:
            with foreign("Pillow"):
                self._image = Image.open(stream)
                # The layers of a Photoshop file are no pictures of their own, and it counts them from one.
                layered = self._image.format == "PSD"
                self._count = 1 if layered else min(int(getattr(self._image, "n_frames", 1)), _FRAMES)
        except Damaged as damage:
            raise _unreadable() from damage
        self._sizes: dict[int, tuple[int, int]] = {}
        self._frame: tuple[int, int, Any] | None = None

    def outline(self) -> Outline:
        """The size of every frame.

        Raises:
            IntakeError: none can be read.
        """
        pages: list[tuple[float, float]] = []
        note = ""
        for number in range(self._count):
            try:
                with foreign("Pillow"):
                    self._seek(number)
                    width, height = self._image.size
                    if self._image.getexif().get(0x0112, 1) in (5, 6, 7, 8) and not _is_upright(self._image):
                        width, height = height, width
            except Damaged:
                note = _("The picture is damaged; only the frames that can be read are shown.")
                break
            self._sizes[number] = (width, height)
            pages.append((float(width), float(height)))
        if not pages:
            raise _unreadable()
        if pages[0][0] * pages[0][1] > PIXELS_DECODED:
            raise IntakeError(
                _("The picture has {count} million pixels; it is too large to be shown.").format(
                    count=int(pages[0][0] * pages[0][1] / 1_000_000)
                )
            )
        return Outline(tuple(pages), 1.0, note=note)

    def draw(self, number: int, area: Area) -> Pixels:
        """A part of a frame on white.

        Raises:
            IntakeError: the frame is broken or too large.
        """
        frame = self._turned(number, area.turn)
        # The whole part in whole source pixels would jump at its edges, so the box is exact.
        across, down = frame.width / _whole(frame.width, area.scale), frame.height / _whole(frame.height, area.scale)
        box = (
            min(area.left * across, frame.width - 1.0),
            min(area.top * down, frame.height - 1.0),
            min((area.left + area.width) * across, float(frame.width)),
            min((area.top + area.height) * down, float(frame.height)),
        )
        way = Image.Resampling.NEAREST if area.scale >= 3 else Image.Resampling.BILINEAR
        part = frame.resize((area.width, area.height), way, box=box, reducing_gap=2.0)
        return Pixels(area.width, area.height, part.tobytes("raw", "BGRX") if part.mode == "RGB" else b"")

    def _turned(self, number: int, turn: int) -> Any:
        if self._frame is None or self._frame[:2] != (number, turn):
            self._frame = None
            frame = self._decoded(number)
            if turn in _TURNS:
                frame = frame.transpose(_TURNS[turn])
            self._frame = (number, turn, frame)
        return self._frame[2]

    def _decoded(self, number: int) -> Any:
        width, height = self._sizes.get(number, (1, 1))
        if width * height > PIXELS_DECODED:
            raise IntakeError(_("This picture is too large to be shown."))
        try:
            with foreign("Pillow"):
                self._seek(number)
                frame = self._image if _is_upright(self._image) else ImageOps.exif_transpose(self._image)
                return _opaque(frame)
        except Damaged as damage:
            raise _unreadable() from damage

    def _seek(self, number: int) -> None:
        if self._count > 1:
            self._image.seek(number)

    def text(self, number: int) -> PageLetters:
        """Nothing: a picture has no letters."""
        return PageLetters("", array("f"))

    def cells(self, sheet: int, first: int, count: int) -> Cells:
        """Nothing: a picture is no table."""
        return Cells(first, ())

    def close(self) -> None:
        """Let it go."""
        self._frame = None
        self._image.close()


def _whole(side: int, scale: float) -> int:
    return max(1, round(side * scale))


def _is_upright(image: Any) -> bool:
    """Whether its decoder has turned it already; it leaves a note of that."""
    return "original_orientation" in image.info


def _opaque(frame: Any) -> Any:
    if frame.mode in ("I;16", "I;16B", "I;16L", "I", "F"):
        low, high = frame.getextrema()
        span = float(high - low) or 1.0
        frame = frame.convert("F").point(lambda value: value * (255.0 / span) - low * 255.0 / span).convert("L")
    if frame.mode in ("RGBA", "LA", "PA") or "transparency" in frame.info:
        frame = frame.convert("RGBA")
        ground = Image.new("RGBA", frame.size, "white")
        ground.alpha_composite(frame)
        return ground.convert("RGB")
    return frame.convert("RGB")


def _unreadable() -> IntakeError:
    return IntakeError(_("The picture is damaged or of an unusual kind and cannot be shown."))
