"""Drawings as pictures, for formats that hold no drawings of their own: drawn as on paper, then made into dots."""

from __future__ import annotations

import io
import threading

import pypdfium2
from PIL import Image

from magdesk.document.blocks import Document, Drawing, Figure
from magdesk.render.pdf.canvas import PdfCanvas
from magdesk.render.pdf.drawings import draw, fit_drawing
from magdesk.render.pdf.paragraphs import Composer, Line
from magdesk.render.pdf.shaping import Shaper
from magdesk.render.pdf.styles import Paper

DPI = 220
_TALLEST = 520.0  # points
_PDFIUM = threading.Lock()  # the library must not be entered twice at a time


class _Sheet:
    """A page that holds nothing but a drawing."""

    def __init__(self, canvas: PdfCanvas) -> None:
        self._canvas = canvas

    def operators(self, text: str) -> None:
        """Append operators to the page's content."""
        self._canvas.operators(text)

    def words(self, line: Line, x: float, baseline: float) -> None:
        """Draw a line of text; a picture has no links."""
        if line.pieces:
            self._canvas.text_line(line.pieces, x, baseline)


def drawing_pdf(drawing: Drawing, document: Document | None = None, scale: float = 1.0) -> bytes:
    """One page of the drawing's own size."""
    out = io.BytesIO()
    paper = Paper(drawing.width * scale, drawing.height * scale)
    canvas = PdfCanvas(out, lang=document.lang if document else "en", paper=paper)
    canvas.setTitle(" ".join(drawing.alt.split())[:200])
    canvas.setAuthor(document.author if document else "")
    canvas.setSubject("")
    canvas.setCreator("MagDesk")
    canvas.setProducer("MagDesk")
    canvas.date_stamp(document.date if document else "")
    draw(drawing, Composer(Shaper()), _Sheet(canvas), scale)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def drawing_png(drawing: Drawing, *, scale: float = 1.0, turned: bool = False, dpi: int = DPI) -> bytes:
    """The drawing as PNG without metadata, turned to the left where asked."""
    page = drawing_pdf(drawing, scale=scale)
    with _PDFIUM:
        document = pypdfium2.PdfDocument(page)
        try:
            image: Image.Image = document[0].render(scale=dpi / 72).to_pil().convert("RGB")
        finally:
            document.close()
    if turned:
        image = image.transpose(Image.Transpose.ROTATE_90)
    out = io.BytesIO()
    # Lines and letters have few colours: a palette keeps the file small and the edges clean.
    image.quantize(64, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def drawn_figure(drawing: Drawing, measure: float) -> Figure:
    """The drawing as a picture that fits a column.

    Args:
        measure: width of the column in points.
    """
    scale, turned = fit_drawing(drawing, measure, _TALLEST)
    width = (drawing.height if turned else drawing.width) * scale
    data = drawing_png(drawing, scale=scale, turned=turned)
    return Figure(data, min(width / measure, 1.0), drawing.alt, drawing.caption)
