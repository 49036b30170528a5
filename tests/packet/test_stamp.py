"""The stamp stands bottom right as the page is seen, whatever the page's turn, origin, crop or unit."""

from __future__ import annotations

import io
from itertools import product

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from magdesk.packet.content import Balance
from magdesk.packet.geometry import frame_of
from magdesk.packet.stamp import Stamp, read_stamp, stamp_content
from tests.packet.making import bundle, changed, exhibit, text_pdf

BOXES = {
    "plain": ([0, 0, 612, 792], None),
    "moved": ([-300, 1000, 312, 1792], None),
    "reversed": ([612, 792, 0, 0], None),
    "cropped": ([0, 0, 1000, 1000], [200, 100, 812, 892]),
    "cropped outside": ([0, 0, 612, 792], [-50, -50, 700, 900]),
    "cropped away": ([0, 0, 612, 792], [5000, 5000, 6000, 6000]),
    "tiny": ([0, 0, 72, 40], None),
    "huge": ([0, 0, 9000, 6000], None),
    "strip": ([0, 0, 2000, 60], None),
}


@pytest.mark.parametrize(("name", "turn", "unit"), list(product(sorted(BOXES), (0, 90, 180, 270, -90), (None, 2.5))))
def test_the_stamp_is_inside_the_page_at_the_bottom_right(name: str, turn: int, unit: float | None) -> None:
    media, crop = BOXES[name]

    def shape(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        page.MediaBox = pikepdf.Array(media)
        if crop:
            page.CropBox = pikepdf.Array(crop)
        page.Rotate = turn
        if unit:
            page.UserUnit = unit

    _, data, _ = bundle([exhibit(1, changed(_dark(), shape))])
    image = _seen(data, 1)
    width, height = image.size
    plate = image.convert("L").point(lambda value: 255 if value > 200 else 0).getbbox()
    assert plate is not None
    left, top, right, bottom = plate
    assert right > width * 0.9
    assert bottom > height * 0.85
    assert left >= 0
    assert right < width or name in ("tiny", "strip")
    assert top >= height * 0.45
    # Letters stand upright on the plate: dark pixels in it, and more columns than rows.
    inside = image.convert("L").crop(plate)
    assert min(inside.tobytes()) < 120
    assert inside.width > inside.height


def _dark() -> bytes:
    """A page that is black all over, far beyond its edges."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792), invariant=1)
    canvas.rect(-20_000, -20_000, 40_000, 40_000, stroke=0, fill=1)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _seen(data: bytes, index: int) -> Image.Image:
    with pypdfium2.PdfDocument(io.BytesIO(data)) as document:
        page = document[index]
        width, height = page.get_size()
        scale = max(1200 / max(width, height), 200 / min(width, height))
        image: Image.Image = page.render(scale=scale).to_pil()
        page.close()
        return image


def test_nonsense_in_the_page_dictionary_is_survived() -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        page.MediaBox = pikepdf.Array([0, 0, pikepdf.Name.X, "a"])
        page.CropBox = pikepdf.Dictionary()
        page.Rotate = pikepdf.Name.Left
        page.UserUnit = -3

    _, data, info = bundle([exhibit(1, changed(text_pdf(), spoil))])
    assert not info.problems
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert [int(value) for value in pdf.pages[1].mediabox] == [0, 0, 612, 792]


def test_a_turn_that_is_no_quarter_is_none() -> None:
    page = pikepdf.Dictionary(Rotate=45, MediaBox=[0, 0, 10, 20])
    assert frame_of(page).turn == 0


def test_what_is_stamped_can_be_read_back() -> None:
    stamp = Stamp("Exhibit 7 · page (3) of 12 \\", "GEN-000123")
    frame = frame_of(pikepdf.Dictionary(MediaBox=[0, 0, 612, 792]))
    assert read_stamp(stamp_content(stamp, frame, Balance())) == stamp
    assert read_stamp(b"BT (x) Tj ET") is None


def test_the_plate_hides_no_more_than_the_stamp() -> None:
    _, data, _ = bundle([exhibit(1, _dark())])
    image = _seen(data, 1).convert("L").point(lambda value: 255 if value > 200 else 0)
    box = image.getbbox()
    assert box is not None
    share = (box[2] - box[0]) * (box[3] - box[1]) / (image.width * image.height)
    assert share < 0.006
