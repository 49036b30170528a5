"""The drawing surface: ReportLab's canvas with composite fonts, exhibit links and no clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from magdesk.render.pdf.embedding import FontStore
from magdesk.render.pdf.paragraphs import Placed
from magdesk.render.pdf.styles import Colour, Paper
from magdesk.render.pdf.textwriter import TextWriter, number, reading_order, rgb

# Streams are written as bytes: as text they would be a quarter larger. Set once, not for each file, because it is
# ReportLab's setting for the whole process.
rl_config.useA85 = 0


class PdfCanvas(Canvas):
    """A canvas that draws placed pieces of text; coordinates in points from the lower left corner."""

    # Parts of ReportLab's canvas that its type stubs leave out.
    if TYPE_CHECKING:
        _doc: Any
        _code: list[str]
        _addAnnotation: Callable[[Any], None]

    def __init__(self, out: BinaryIO, *, lang: str, paper: Paper) -> None:
        size = (paper.width, paper.height)
        super().__init__(out, pagesize=size, pageCompression=1, invariant=1, pdfVersion=(1, 7), lang=lang)
        self._fonts = FontStore(self._doc)

    def _make_preamble(self) -> None:
        """Begin pages without a font: the stock preamble names Helvetica, which would not be embedded."""
        self._preamble = "1 0 0 1 0 0 cm"

    def operators(self, text: str) -> None:
        """Append operators to the page's content."""
        self._code.append(text)

    def text_line(self, pieces: Sequence[Placed], x: float, baseline: float, beside: int = 0) -> None:
        """Draw pieces on one baseline.

        Args:
            pieces: from left to right.
            x: left end of the line's box.
            baseline: height of the baseline above the foot of the page.
            beside: by how many words from right to left outnumber the others in what stands beside them.
        """
        writer = TextWriter(self._fonts, x, baseline)
        for placed in reading_order(pieces, beside):
            writer.put(placed)
        self.operators(writer.finish())

    def shape_line(self, pieces: Iterable[Placed], x: float, baseline: float) -> None:
        """Draw pieces on one baseline as shapes that no one can select or search for."""
        writer = TextWriter(self._fonts, x, baseline)
        for placed in pieces:
            writer.put_shapes(placed)
        self.operators(f"/Artifact BMC {writer.finish()} EMC")

    def fill_box(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """Fill a rectangle."""
        self.operators(f"{rgb(colour)} rg {number(x)} {number(y)} {number(width)} {number(height)} re f")

    def line_between(self, x0: float, y0: float, x1: float, y1: float, thickness: float, colour: Colour) -> None:
        """Draw a straight line."""
        self.operators(
            f"{rgb(colour)} RG {number(thickness)} w {number(x0)} {number(y0)} m {number(x1)} {number(y1)} l S"
        )

    def web_link(self, address: str, box: tuple[float, float, float, float]) -> None:
        """Let a click on the box open a web address."""
        action = pdfdoc.PDFDictionary({"S": pdfdoc.PDFName("URI"), "URI": pdfdoc.PDFString(_ascii_uri(address))})
        self._link(action, box, address)

    def file_link(self, file_name: str, page: int, box: tuple[float, float, float, float]) -> None:
        """Let a click on the box open a page of another file of the same folder.

        Args:
            file_name: the other file.
            page: its page, from 1.
            box: left, lower, right, upper.
        """
        target = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Filespec"),
                "F": pdfdoc.PDFString(file_name),
                "UF": pdfdoc.PDFString(file_name),
            }
        )
        action = pdfdoc.PDFDictionary(
            {
                "S": pdfdoc.PDFName("GoToR"),
                "F": target,
                "D": pdfdoc.PDFArray([page - 1, pdfdoc.PDFName("Fit")]),
                "NewWindow": "true",
            }
        )
        self._link(action, box, f"{file_name}, page {page}")

    def _link(self, action: Any, box: tuple[float, float, float, float], contents: str) -> None:
        annotation = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Annot"),
                "Subtype": pdfdoc.PDFName("Link"),
                "Rect": pdfdoc.PDFArray([round(edge, 2) for edge in box]),
                "Border": pdfdoc.PDFArray([0, 0, 0]),
                "F": 4,
                "Contents": pdfdoc.PDFString(contents),
                "A": action,
            }
        )
        self._addAnnotation(annotation)

    def date_stamp(self, iso_date: str) -> None:
        """Give the document its own date, or none in particular when it has none; never the time of the run."""
        digits = "".join(char for char in iso_date if char.isdigit())[:8] or "20000101"
        self.setDateFormatter(lambda *_: f"D:{digits:0<8}000000Z")


def _ascii_uri(address: str) -> str:
    """The address as a URI action takes it: seven-bit ASCII (ISO 32000-1, 12.6.4.7)."""
    return "".join(
        char if 0x20 < ord(char) < 0x7F else "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))
        for char in address
    )
