"""Each exhibit's pages are its pages: source and bundle rendered side by side, for every way a PDF can be odd."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from magdesk.packet.converters import NoPages, convert
from tests.packet.making import bundle, changed, exhibit, picture, text_pdf


def _drawn(pages: int = 3) -> bytes:
    """Pages that look different each way they are turned, each with a word of its own."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 560), invariant=1)
    for page in range(1, pages + 1):
        canvas.setFillColorRGB(0.1, 0.2, 0.6)
        canvas.rect(30, 400, 60 * page, 120, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.setFont("Times-Roman", 24)
        canvas.drawString(60, 300, f"Folio {page} of the original")
        canvas.line(10, 100, 390, 180 + 20 * page)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _rotated() -> bytes:
    def load(pdf: pikepdf.Pdf) -> None:
        for page, turn in zip(pdf.pages, (90, 180, 270), strict=True):
            page.obj.Rotate = turn

    return changed(_drawn(), load)


def _cropped() -> bytes:
    def load(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.CropBox = [20, 90, 380, 540]
        pdf.pages[1].obj.MediaBox = [-50, -40, 420, 600]
        pdf.pages[2].obj.CropBox = [20, 150, 900, 900]
        pdf.pages[2].obj.Rotate = 90

    return changed(_drawn(), load)


def _inherited() -> bytes:
    """Box and turn stand at the node above the pages."""

    def load(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            del page.obj.MediaBox
        pdf.Root.Pages.MediaBox = pikepdf.Array([0, 50, 400, 560])
        pdf.Root.Pages.Rotate = 270

    return changed(_drawn(), load)


def _scanned() -> bytes:
    image = Image.new("1", (800, 1100), 1)
    pen = ImageDraw.Draw(image)
    pen.rectangle((80, 100, 500, 400), fill=0)
    pen.line((0, 1000, 800, 500), fill=0, width=9)
    out = io.BytesIO()
    image.save(out, "PDF", resolution=100)
    return out.getvalue()


def _owner_encrypted() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(_drawn())) as pdf:
        closed = pikepdf.Permissions(extract=False, print_highres=False, modify_other=False)
        pdf.save(out, encryption=pikepdf.Encryption(owner="secret", user="", allow=closed))
    return out.getvalue()


def _portfolio() -> bytes:
    def load(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["inside.pdf"] = text_pdf(2)
        pdf.Root.Collection = pikepdf.Dictionary(Type=pikepdf.Name.Collection, View=pikepdf.Name.D)

    return changed(_drawn(1), load)


def _form(*, xfa: bool) -> bytes:
    """A filled field whose look the file brings along."""

    def load(pdf: pikepdf.Pdf) -> None:
        look = pdf.make_stream(b"0.9 0.8 0.2 rg 0 0 200 30 re f 0 g 0 0 60 30 re f")
        look.Type, look.Subtype, look.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 200, 30])
        field = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="name", V="Witness",
                Rect=[60, 220, 260, 250], F=4, AP=pikepdf.Dictionary(N=look),
            )
        )  # fmt: skip
        pdf.pages[0].obj.Annots = pikepdf.Array([field])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
        if xfa:
            pdf.Root.AcroForm.XFA = pikepdf.String("<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")

    return changed(_drawn(2), load)


MADE: dict[str, Callable[[], bytes]] = {
    "rotated": _rotated,
    "cropped": _cropped,
    "inherited": _inherited,
    "scanned": _scanned,
    "owner-encrypted": _owner_encrypted,
    "portfolio": _portfolio,
    "form": lambda: _form(xfa=False),
    "static XFA": lambda: _form(xfa=True),
}


@pytest.mark.parametrize("kind", sorted(MADE))
def test_pages_look_as_in_their_source(kind: str) -> None:
    data = MADE[kind]()
    # Another exhibit before it: the pages have to be found where the plan says.
    plan, bundled, info = bundle([exhibit(1, text_pdf(2)), exhibit(2, data, title=kind)])
    assert not info.problems
    place = plan.place(plan.exhibits[1])
    with pypdfium2.PdfDocument(data) as source, pypdfium2.PdfDocument(bundled) as document:
        if source.get_formtype():
            source.init_forms()
        assert place.pages == len(source)
        for index in range(len(source)):
            _assert_same(source, index, document, place.first_page - 1 + index)


@pytest.mark.parametrize("title", ["تقرير لجنة التحقيق", "דו״ח הוועדה", "دانه\u202efdp.exe"])
def test_an_exhibit_with_a_name_from_right_to_left_keeps_its_pages(title: str) -> None:
    data = _drawn()
    plan, bundled, _info = bundle([exhibit(1, data, title=title, file_name=f"{title}.pdf")])
    assert plan.place(plan.exhibits[0]).pages == 3
    with pypdfium2.PdfDocument(data) as source, pypdfium2.PdfDocument(bundled) as document:
        for index in range(3):
            _assert_same(source, index, document, 1 + index)
        titles = [item.get_title() for item in document.get_toc()]
    assert titles
    assert not any("\u202e" in one for one in titles)


def test_a_portfolio_says_what_it_holds_and_comes_with_its_original() -> None:
    plan, _data, _info = bundle([exhibit(1, _portfolio())])
    place = plan.place(plan.exhibits[0])
    assert place.native == "ex-001.pdf"
    assert any("1 embedded file" in note for note in place.notes)


def test_a_dynamic_form_is_a_slip_sheet_never_a_page_that_says_please_wait() -> None:
    def load(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.String("<xdp/>"), Fields=[])

    assert isinstance(convert(exhibit(1, changed(_drawn(1), load))), NoPages)


def test_a_photograph_stands_upright() -> None:
    out = io.BytesIO()
    image = Image.new("RGB", (300, 200), (255, 255, 255))
    image.paste((10, 10, 200), (0, 0, 150, 100))
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(out, "JPEG", exif=exif, quality=95)
    _plan, bundled, _info = bundle([exhibit(1, out.getvalue(), "image/jpeg"), exhibit(2, picture(), "image/jpeg")])
    with pypdfium2.PdfDocument(bundled) as document:
        seen = document[1].render(scale=1).to_pil().convert("RGB")
    blue = [x > seen.width / 2 for x in range(0, seen.width, 4) for y in range(0, seen.height, 4)
            if _is_blue(seen, x, y)]  # fmt: skip
    assert blue
    assert all(blue), "turned to the right, the blue quarter stands top right"


def _is_blue(image: Image.Image, x: int, y: int) -> bool:
    found = image.getpixel((x, y))
    assert isinstance(found, tuple)
    return found[2] > 150 and found[0] < 90


def _assert_same(source: pypdfium2.PdfDocument, index: int, document: pypdfium2.PdfDocument, at: int) -> None:
    before, after = _grey(source, index), _grey(document, at)
    assert before.size == after.size
    difference = ImageChops.difference(before, after)
    difference.paste(0, (0, int(before.height * 0.93), before.width, before.height))  # the stamp
    assert sum(difference.histogram()[48:]) / (before.width * before.height) < 0.001
    words = _words(source, index)
    assert [word for word in words if word not in _words(document, at)] == []


def _grey(pdf: pypdfium2.PdfDocument, index: int) -> Image.Image:
    page = pdf[index]
    width, height = page.get_size()
    image: Image.Image = page.render(scale=600 / max(width, height), may_draw_forms=True).to_pil().convert("L")
    page.close()
    return image


def _words(pdf: pypdfium2.PdfDocument, index: int) -> list[str]:
    page = pdf[index]
    text = page.get_textpage()
    words: list[str] = text.get_text_bounded().split()
    text.close()
    page.close()
    return words
