"""Pages of a PDF: drawn in parts, with the place of every letter."""

from __future__ import annotations

import contextlib
import ctypes
import io
from array import array
from collections import OrderedDict
from typing import Any, BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

from magdesk.errors import IntakeError
from magdesk.i18n import _
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.pdfletters import is_suspicious, letters_of, missing_spaces
from magdesk.intake.rendering.answers import (
    PAGES_MOST,
    TEXT_MOST,
    Area,
    Cells,
    Outline,
    PageLetters,
    Pixels,
    StoredFile,
)
from magdesk.intake.rendering.lines import lines_of

_KEPT = 6  # loaded pages
_UNIT = 96 / 72
_FINE = 1 << 20  # the device is this large where places are computed, because they come back as whole pixels


class PdfPages:
    """An open PDF."""

    def __init__(self, stream: BinaryIO, item: StoredFile) -> None:
        """Open it.

        Raises:
            IntakeError: it cannot be opened, or needs a password.
        """
        self._note = ""
        try:
            self._document = pypdfium2.PdfDocument(stream, password=item.password or None, autoclose=False)
        except pypdfium2.PdfiumError:
            self._document = _mended(stream, item)
            self._note = _("The file could be opened only after it was repaired; the original is unchanged.")
        with contextlib.suppress(pypdfium2.PdfiumError, RuntimeError):
            self._document.init_forms()
        self._pages: OrderedDict[int, Any] = OrderedDict()

    def outline(self) -> Outline:
        """How many pages and how large.

        Raises:
            IntakeError: it has none.
        """
        count = len(self._document)
        if count == 0:
            raise IntakeError(_("The PDF has no pages."))
        sizes = tuple(self._size(number) for number in range(min(count, PAGES_MOST)))
        note = self._note
        if count > PAGES_MOST:
            note = _("Only the first {count} pages are shown.").format(count=PAGES_MOST)
        return Outline(sizes, _UNIT, note=note)

    def _size(self, number: int) -> tuple[float, float]:
        try:
            width, height = self._document.get_page_size(number)
        except (pypdfium2.PdfiumError, RuntimeError):
            return 612.0, 792.0
        return max(width, 1.0), max(height, 1.0)

    def draw(self, number: int, area: Area) -> Pixels:
        """A part of a page on white.

        Raises:
            IntakeError: the page is broken.
        """
        page = self._page(number)
        width, height = self._size(number)
        if area.turn % 2:
            width, height = height, width
        bitmap = pypdfium2.PdfBitmap.new_native(area.width, area.height, pdfium.FPDFBitmap_BGRA)
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, area.width, area.height, 0xFFFFFFFF)
        place = (
            -area.left, -area.top, max(1, round(width * area.scale)), max(1, round(height * area.scale)),
            area.turn, pdfium.FPDF_ANNOT,
        )  # fmt: skip
        pdfium.FPDF_RenderPageBitmap(bitmap, page, *place)
        if self._document.formenv is not None:
            pdfium.FPDF_FFLDraw(self._document.formenv, bitmap, page, *place)
        data = bytes(bitmap.buffer)
        stride = bitmap.stride
        bitmap.close()
        if stride != 4 * area.width:
            data = b"".join(data[row * stride : row * stride + 4 * area.width] for row in range(area.height))
        return Pixels(area.width, area.height, data)

    def text(self, number: int) -> PageLetters:
        """The letters of a page; empty where it has none.

        Raises:
            IntakeError: the page is broken.
        """
        page = self._page(number)
        try:
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError:
            return PageLetters("", array("f"))
        try:
            return _letters(text_page, _Upright(page, *self._size(number)))
        finally:
            text_page.close()

    def cells(self, sheet: int, first: int, count: int) -> Cells:
        """Nothing: a page is no table."""
        return Cells(first, ())

    def _page(self, number: int) -> Any:
        page = self._pages.get(number)
        if page is None:
            try:
                page = self._document[number]
            except (pypdfium2.PdfiumError, IndexError) as error:
                raise IntakeError(_("This page is damaged and cannot be shown.")) from error
            self._pages[number] = page
            if len(self._pages) > _KEPT:
                self._pages.popitem(last=False)[1].close()
        self._pages.move_to_end(number)
        return page

    def close(self) -> None:
        """Let it go."""
        for page in self._pages.values():
            page.close()
        self._document.close()


class _Upright:
    """From the coordinates of a page's content to its upright picture: boxes, cropping and rotation are pdfium's."""

    def __init__(self, page: Any, width: float, height: float) -> None:
        across, down = ctypes.c_int(), ctypes.c_int()

        def device(x: float, y: float) -> tuple[float, float]:
            pdfium.FPDF_PageToDevice(page, 0, 0, _FINE, _FINE, 0, x, y, across, down)
            return across.value / _FINE * width, down.value / _FINE * height

        reach = 1_000.0
        self._e, self._f = device(0, 0)
        right, top = device(reach, 0), device(0, reach)
        self._a, self._b = (right[0] - self._e) / reach, (right[1] - self._f) / reach
        self._c, self._d = (top[0] - self._e) / reach, (top[1] - self._f) / reach

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Left, top, right, bottom on the upright page."""
        x1, y1 = self._a * left + self._c * bottom + self._e, self._b * left + self._d * bottom + self._f
        x2, y2 = self._a * right + self._c * top + self._e, self._b * right + self._d * top + self._f
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _letters(text_page: Any, upright: _Upright) -> PageLetters:
    letters: list[str] = []
    boxes = array("f")
    rectangle = pdfium.FS_RECTF()
    count = min(text_page.count_chars(), TEXT_MOST)
    first_half = 0
    # As the index has it: what is marked with the mouse is looked up there.
    missing = missing_spaces(letters_of(text_page)) if is_suspicious(text_page.get_text_range()) else frozenset()
    for index in range(count):
        if index in missing:
            letters.append(" ")
            boxes.extend((0.0, 0.0, 0.0, 0.0))
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if 0xD800 <= code < 0xDC00:
            first_half = code
            continue
        if 0xDC00 <= code < 0xE000 and first_half:
            code = 0x10000 + ((first_half - 0xD800) << 10) + (code - 0xDC00)
        first_half = 0
        # pdfium marks a hyphen at the end of a line with 2.
        char = "-" if code == 2 else chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "
        place = (0.0, 0.0, 0.0, 0.0)
        if char not in "\r\n" and pdfium.FPDFText_GetLooseCharBox(text_page, index, rectangle):
            place = upright.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        letters.append(char)
        boxes.extend(place)
    return PageLetters("".join(letters), boxes, lines_of(boxes))


def _mended(stream: BinaryIO, item: StoredFile) -> pypdfium2.PdfDocument:
    """What the library that draws does not take, written anew in memory by one that takes more.

    Why the first one refused is not asked: its code may still be that of the file before.

    Raises:
        IntakeError: it has no pages, needs a password or is beyond mending.
    """
    import pikepdf  # noqa: PLC0415  seldom wanted, and the first page waits for whatever is imported before it

    out = io.BytesIO()
    stream.seek(0)
    try:
        with foreign("pikepdf"), pikepdf.open(stream, password=item.password, suppress_warnings=True) as pdf:
            if not len(pdf.pages):
                raise IntakeError(_("The PDF has no pages."))
            pdf.save(out, fix_metadata_version=False)
        with foreign("pypdfium2"):
            return pypdfium2.PdfDocument(out, autoclose=False)
    except Damaged as damage:
        if not isinstance(damage.__cause__, pikepdf.PasswordError):
            raise IntakeError(_("The PDF is damaged and cannot be opened.")) from damage
        hint = _("Enter it under “Where it comes from”.")
        if item.password:
            raise IntakeError(_("The password does not open the file."), hint) from damage
        raise IntakeError(_("The file is locked with a password."), hint) from damage
