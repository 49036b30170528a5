"""Lines of text as PDF operators, written so that readers of the file get back what was typed, in order."""

from __future__ import annotations

from collections.abc import Sequence

from magdesk.render.pdf.embedding import EmbeddedFont, FontStore
from magdesk.render.pdf.paragraphs import Placed
from magdesk.render.pdf.shaping import Glyph, Piece
from magdesk.render.pdf.styles import Colour

# Width of the stroke that makes up for a missing bold design, in em.
_EMBOLDEN = 0.022


class TextWriter:
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
        """Write a piece as text."""
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
            if glyph.dy or (glyph.dx and not glyph.advance) or (backward and not glyph.text):
                # A reader of the file takes a shifted glyph for another word or line. So the glyph is drawn as a
                # shape, and its characters stand on the baseline as a glyph that shows nothing.
                self._shape(piece, glyph, left)
                self._hex += font.silent(glyph.text[::-1] if backward else glyph.text)
            else:
                codes, width = font.drawn(glyph.number, glyph.text, backward)
                self._move(left + glyph.dx * thousandth)
                self._hex += codes
                self._pen += width * thousandth
            left += glyph.advance * thousandth + tracking
        if piece.actual:
            self._flush()
            self._out.append("EMC")

    def put_shapes(self, placed: Placed) -> None:
        """Write a piece as shapes, which nobody can select or search for."""
        left = placed.x
        for glyph in placed.piece.glyphs:
            self._shape(placed.piece, glyph, left)
            left += glyph.advance * placed.piece.size / 1000

    def finish(self) -> str:
        """The operators of all that was put."""
        self._flush()
        if self._state and self._state[4]:
            self._out.append("0 Tr")
        if self._state and self._state[3]:
            self._out.append("0 Ts")
        self._out.append("ET")
        return " ".join(self._out + self._shapes)

    def _shape(self, piece: Piece, glyph: Glyph, left: float) -> None:
        scale = piece.size / piece.face.units
        x = self._x + left + glyph.dx * piece.size / 1000
        y = self._baseline + piece.look.rise + glyph.dy * piece.size / 1000
        colour = rgb(piece.look.colour)
        stroke = f"{number(_EMBOLDEN * piece.face.units)} w {colour} RG" if piece.embolden else ""
        self._shapes.append(
            f"q {scale:.5f} 0 0 {scale:.5f} {number(x)} {number(y)} cm {colour} rg {stroke}"
            f" {piece.face.outline(glyph.number)} {'B' if stroke else 'f'} Q"
        )

    def _begin(self, piece: Piece, x: float, state: tuple[object, ...]) -> None:
        self._flush()
        before = self._state
        self._state = state
        self._font = self._fonts.of(piece.face)
        self._size = piece.size
        out = self._out
        out.append(f"/{self._font.resource} {number(piece.size)} Tf {rgb(piece.look.colour)} rg")
        if piece.look.rise or (before and before[3]):
            out.append(f"{number(piece.look.rise)} Ts")
        if piece.embolden:
            out.append(f"2 Tr {number(piece.size * _EMBOLDEN)} w {rgb(piece.look.colour)} RG")
        elif before and before[4]:
            out.append("0 Tr")
        out.append(f"1 0 0 1 {number(self._x + x)} {number(self._baseline)} Tm")
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


def reading_order(pieces: Sequence[Placed], beside: int = 0) -> Sequence[Placed]:
    """The order in which pieces are written into the file.

    Readers that sort by place do not mind. Those that go by the order in the file (pdfium) turn round each word of a
    right-to-left script, and turn round the words too on a line where such words are the majority.

    Args:
        pieces: from left to right.
        beside: the balance of what stands beside them on the same line, in other cells of a table.
    """
    if not any(placed.piece.level for placed in pieces) or balance(pieces) + beside > 0:
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


def balance(pieces: Sequence[Placed]) -> int:
    """By how many the words from right to left outnumber those from left to right; digits count for neither."""
    total = 0
    for placed in pieces:
        if placed.piece.level % 2:
            total += not placed.piece.space
        elif any(char.isalpha() for char in placed.piece.text):
            total -= 1
    return total


def number(value: float) -> str:
    """A number as PDF operators take it."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def rgb(colour: Colour) -> str:
    """A colour as PDF operators take it."""
    return f"{number(colour[0])} {number(colour[1])} {number(colour[2])}"
