"""What is filled in or written on a page of a PDF is printed with it, so it is read: a name in it must be found."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from magdesk.intake.read import read_file
from tests.packet.making import bundle, exhibit, text_pdf


def filled(value: str = "Witness Ada Canary", *, flags: str = "") -> bytes:
    """A form with one field."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(612, 792), invariant=1)
    canvas.drawString(72, 700, "Name of the witness:")
    canvas.acroForm.textfield(name="who", x=72, y=650, width=300, height=24, value=value, fieldFlags=flags)
    canvas.showPage()
    canvas.drawString(72, 700, "The second page")
    canvas.save()
    return out.getvalue()


def commented(*, hidden: bool = False) -> bytes:
    """A page with words of a comment drawn on it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(text_pdf(1))) as pdf:
        look = pdf.make_stream(b"BT /F 12 Tf 10 10 Td (Stamped by Colonel Canary) Tj ET")
        look.Type, look.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        look.BBox = pikepdf.Array([0, 0, 300, 40])
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        look.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Rect=[100, 600, 400, 640],
            Contents="Stamped by Colonel Canary", AP=pikepdf.Dictionary(N=look), F=2 if hidden else 4,
        )  # fmt: skip
        pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])
        pdf.save(out)
    return out.getvalue()


def texts(data: bytes) -> dict[int, str]:
    return {page: " ".join(text.split()) for page, text in read_file(io.BytesIO(data), "form.pdf").text}


def printed(data: bytes) -> str:
    _plan, made, _info = bundle([exhibit(1, data)])
    with pypdfium2.PdfDocument(io.BytesIO(made)) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)


@pytest.mark.parametrize("data", [filled(), commented()], ids=["field", "comment"])
def test_what_is_printed_is_found_on_its_page(data: bytes) -> None:
    assert "Canary" in printed(data)
    found = texts(data)
    assert "Canary" in found[1]
    assert "Canary" not in found.get(2, "")


def test_what_is_hidden_is_neither_printed_nor_read() -> None:
    assert "Canary" not in printed(commented(hidden=True))
    assert "Canary" not in texts(commented(hidden=True))[1]


def test_an_empty_form_is_read_as_it_lies_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("magdesk.intake.readers.pdf.flatten", lambda _pdf: pytest.fail("written anew for nothing"))
    assert texts(filled(""))[1] == "Name of the witness:"
    assert texts(text_pdf(1))[1] == "Page 1"
