"""The drawing surface: ReportLab's canvas with composite fonts, exhibit links and no clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, BinaryIO

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from magdesk.render.pdf.embedding import EmbeddedFont, FontStore
from magdesk.render.pdf.paragraphs import Placed
from magdesk.render.pdf.shaping import Glyph, Piece
from magdesk.render.pdf.styles import PAGE_HEIGHT, PAGE_WIDTH, Colour

# Streams are written as bytes: as text they would be a quarter larger. Set once, not for each file, because it is
# ReportLab's setting for the whole process.
rl_config.useA85 = 0

# Width of the stroke that makes up for a missing bold design, in em.
_EMBOLDEN = 0.022


class PageCanvas(Canvas):
    """A canvas that draws placed pieces of text; coordinates in points from the lower left corner."""

    # Parts of ReportLab's canvas that its type stubs leave out.
    if TYPE_CHECKING:
        _doc: Any
        _code: list[str]
        _addAnnotation: Callable[[Any], None]

    def __init__(self, out: BinaryIO, *, lang: str) -> None:
        super().__init__(
            out, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), pageCompression=1, invariant=1, pdfVersion=(1, 7), lang=lang
        )
        self._fonts = FontStore(self._doc)

    def _make_preamble(self) -> None:
        """Begin pages without a font: the stock preamble names Helvetica, which would not be embedded."""
        self._preamble = "1 0 0 1 0 0 cm"

    def operators(self, text: str) -> None:
        """Append operators to the page's content."""
        self._code.append(text)

    def text_line(self, pieces: Iterable[Placed], x: float, baseline: float) -> None:
        """Draw pieces on one baseline.

        Args:
            pieces: from left to right.
            x: left end of the line's box.
            baseline: height of the baseline above the foot of the page.
        """
        writer = _TextWriter(self._fonts, x, baseline)
        for placed in _reading_order(list(pieces)):
            writer.put(placed)
        self.operators(writer.finish())

    def shape_line(self, pieces: Iterable[Placed], x: float, baseline: float) -> None:
        """Draw pieces on one baseline as shapes that no one can select or search for."""
        writer = _TextWriter(self._fonts, x, baseline)
        for placed in pieces:
            writer.put_shapes(placed)
        self.operators(f"/Artifact BMC {writer.finish()} EMC")

    def fill_box(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """Fill a rectangle."""
        self.operators(f"{_rgb(colour)} rg {_n(x)} {_n(y)} {_n(width)} {_n(height)} re f")

    def line_between(self, x0: float, y0: float, x1: float, y1: float, thickness: float, colour: Colour) -> None:
        """Draw a straight line."""
        self.operators(f"{_rgb(colour)} RG {_n(thickness)} w {_n(x0)} {_n(y0)} m {_n(x1)} {_n(y1)} l S")

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


class _TextWriter:
    """Writes the operators of one line, changing font, colour and rise only where they change."""

    def __init__(self, fonts: FontStore, x: float, baseline: float) -> None:
        self._fonts = fonts
        self._x = x
        self._out = ["BT"]
        self._baseline = baseline
        self._state: tuple[object, ...] = ()
        self._font: EmbeddedFont | None = None
        self._size = 1.0
        self._pen = 0.0
        self._array: list[str] = []
        self._hex = ""
        self._shapes: list[str] = []

    def put(self, placed: Placed) -> None:
        piece = placed.piece
        look = piece.look
        state = (piece.face.name, piece.size, look.colour, look.rise, piece.embolden)
        if state != self._state or self._font is None:
            self._begin(piece, placed.x, state)
        font = self._font
        assert font is not None
        if piece.actual:
            self._flush()
            self._out.append(f"/Span <</ActualText <FEFF{piece.text.encode('utf-16-be').hex().upper()}>>> BDC")
        left = placed.x
        tracking = look.tracking * look.size
        thousandth = piece.size / 1000
        backward = piece.level % 2 == 1 and not piece.actual
        for glyph in piece.glyphs:
            if glyph.dy or (glyph.dx and not glyph.advance):
                # A reader of the file takes a shifted glyph for another word or line. So the glyph is drawn as a
                # shape, and its characters stand on the baseline as a glyph that shows nothing.
                self._shape(piece, glyph, left)
                self._silent(font, glyph.text[::-1] if backward else glyph.text)
            else:
                # Readers turn right-to-left text round character by character, those of one glyph too. So such a
                # glyph bears its last character, and the others stand beside it as glyphs that show nothing; each
                # takes its share of the room, for letters in one place are read as one letter struck twice.
                text = glyph.text[-1:] if backward else glyph.text
                others = glyph.text[-2::-1] if backward else ""
                width = font.width(glyph.number)
                share = round(width / (1 + len(others)), 2)
                self._move(left + glyph.dx * thousandth)
                self._hex += f"{font.code(glyph.number, text, share if others else width):04X}"
                self._silent(font, others, share)
                self._pen += (share * (1 + len(others)) if others else width) * thousandth
            left += glyph.advance * thousandth + tracking
        if piece.actual:
            self._flush()
            self._out.append("EMC")

    def put_shapes(self, placed: Placed) -> None:
        left = placed.x
        for glyph in placed.piece.glyphs:
            self._shape(placed.piece, glyph, left)
            left += glyph.advance * placed.piece.size / 1000

    def finish(self) -> str:
        self._flush()
        if self._state and self._state[4]:
            self._out.append("0 Tr")
        if self._state and self._state[3]:
            self._out.append("0 Ts")
        self._out.append("ET")
        return " ".join(self._out + self._shapes)

    def _silent(self, font: EmbeddedFont, text: str, width: float = 0.0) -> None:
        self._hex += "".join(f"{font.silent_code(char, width):04X}" for char in text)

    def _shape(self, piece: Piece, glyph: Glyph, left: float) -> None:
        scale = piece.size / piece.face.units
        x = self._x + left + glyph.dx * piece.size / 1000
        y = self._baseline + piece.look.rise + glyph.dy * piece.size / 1000
        colour = _rgb(piece.look.colour)
        stroke = f"{_n(_EMBOLDEN * piece.face.units)} w {colour} RG" if piece.embolden else ""
        self._shapes.append(
            f"q {scale:.5f} 0 0 {scale:.5f} {_n(x)} {_n(y)} cm {colour} rg {stroke}"
            f" {piece.face.outline(glyph.number)} {'B' if stroke else 'f'} Q"
        )

    def _begin(self, piece: Piece, x: float, state: tuple[object, ...]) -> None:
        self._flush()
        before = self._state
        self._state = state
        self._font = self._fonts.of(piece.face)
        self._size = piece.size
        out = self._out
        out.append(f"/{self._font.resource} {_n(piece.size)} Tf {_rgb(piece.look.colour)} rg")
        if piece.look.rise or (before and before[3]):
            out.append(f"{_n(piece.look.rise)} Ts")
        if piece.embolden:
            out.append(f"2 Tr {_n(piece.size * _EMBOLDEN)} w {_rgb(piece.look.colour)} RG")
        elif before and before[4]:
            out.append("0 Tr")
        out.append(f"1 0 0 1 {_n(self._x + x)} {_n(self._baseline)} Tm")
        self._pen = x

    def _move(self, x: float) -> None:
        """Bring the pen to a place; what is less than two thousandths of the em is left to add up."""
        shift = (self._pen - x) * 1000 / self._size
        if abs(shift) < 2:
            return
        if self._hex:
            self._array.append(f"<{self._hex}>")
            self._hex = ""
        steps = round(shift)
        self._array.append(str(steps))
        self._pen -= steps * self._size / 1000

    def _flush(self) -> None:
        if self._hex:
            self._array.append(f"<{self._hex}>")
            self._hex = ""
        if self._array:
            self._out.append(f"[{' '.join(self._array)}] TJ")
            self._array = []


def _reading_order(pieces: list[Placed]) -> list[Placed]:
    """The order in which pieces are written into the file.

    Readers that sort by place do not mind. Those that go by the order in the file (pdfium) turn round each word of a
    right-to-left script, and turn round the words too on a line where such words are not fewer than the others.
    """
    backward = sum(placed.piece.level % 2 for placed in pieces if not placed.piece.space)
    if not backward or 2 * backward >= sum(not placed.piece.space for placed in pieces):
        return pieces
    out: list[Placed] = []
    run: list[Placed] = []
    for placed in pieces:
        if placed.piece.level:
            run.insert(0, placed)
        else:
            out += run
            run = []
            out.append(placed)
    return out + run


def _n(value: float) -> str:
    """A number as PDF operators take it."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _rgb(colour: Colour) -> str:
    return f"{_n(colour[0])} {_n(colour[1])} {_n(colour[2])}"


def _ascii_uri(address: str) -> str:
    """The address as a URI action takes it: seven-bit ASCII (ISO 32000-1, 12.6.4.7)."""
    return "".join(
        char if 0x20 < ord(char) < 0x7F else "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))
        for char in address
    )
