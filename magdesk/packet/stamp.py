"""The stamp on each page of the bundle: exhibit, page and Bates number, bottom right as the page is seen.

It is drawn by a content stream of its own behind everything the page draws, in the page's visible box whatever
its turn, origin or unit. A white plate just as large as the words keeps it legible over dark scans.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import pikepdf
from reportlab.pdfbase.pdfmetrics import stringWidth

from magdesk.packet.content import Balance
from magdesk.packet.geometry import PageFrame

_REGULAR, _BOLD = "Helvetica", "Helvetica-Bold"
REGULAR_NAME, BOLD_NAME = "/MagDeskStamp", "/MagDeskStampBold"
_SIZE = 7.5
_GAP = 8.0
_PAD_X, _PAD_BELOW, _PAD_ABOVE = 3.0, 2.4, 1.6
_MARGIN_X, _MARGIN_Y = 18.0, 12.0
# Pages whose short side is in this range (A5 to Tabloid) get the plain size. Larger ones (posters, plans) and
# smaller ones (cards, receipts) are stamped in proportion, as they are shown on a screen; never below 3.5 points.
_SMALL_SIDE, _LARGE_SIDE = 400.0, 800.0
_LEAST_SCALE = 3.5 / _SIZE
_OPENING = b"/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n"
_SHOWN = re.compile(rb"\(((?:[^()\\]|\\.)*)\) ?Tj", re.DOTALL)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is printed on one page.

    Attributes:
        place: ``Exhibit 7 · page 3 of 12``.
        number: the Bates number, or the roman number of an index page; also the page's label.
    """

    place: str
    number: str


def stamp_fonts(pdf: pikepdf.Pdf) -> tuple[pikepdf.Object, pikepdf.Object]:
    """The two fonts of the stamps, as objects of the bundle."""
    regular, bold = (
        pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name("/" + name),
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
        )
        for name in (_REGULAR, _BOLD)
    )
    return regular, bold


def stamp_content(stamp: Stamp, frame: PageFrame, balance: Balance) -> bytes:
    """The stream that closes off the page's own content and draws the stamp.

    Args:
        frame: how the page is seen.
        balance: how its content leaves the graphics state behind the ``q``s of :func:`opening`.
    """
    place_width = stringWidth(stamp.place, _REGULAR, _SIZE)
    gap = _GAP if stamp.place else 0.0
    width = place_width + gap + stringWidth(stamp.number, _BOLD, _SIZE) + 2 * _PAD_X
    drawing = _drawing(frame, round(width, 4))
    number = b" %s %s Tf %s 0 Td " % (
        BOLD_NAME.encode(),
        _number(_SIZE).encode(),
        _number(place_width + gap).encode(),
    )
    closing = b"\n" + (b"ET\n" if balance.in_text else b"") + b"Q " * (1 + balance.surplus) + b"\n"
    return b"".join(
        (
            closing,
            _OPENING,
            drawing,
            _literal(stamp.place),
            b" Tj",
            number,
            _literal(stamp.number),
            b" Tj ET Q\nEMC\n",
        )
    )


@lru_cache(maxsize=512)
def _drawing(frame: PageFrame, width: float) -> bytes:
    """The plate and the way to the first letter; pages of one size with numbers of one length share it."""
    height = _SIZE + _PAD_BELOW + _PAD_ABOVE
    scale = _scale(frame, width + _MARGIN_X, height + _MARGIN_Y)
    page_width = frame.width / scale
    x = max(page_width - min(_MARGIN_X, 0.03 * page_width) - width, 0.0)
    y = min(_MARGIN_Y, 0.03 * frame.height / scale)
    matrix = tuple(value * scale for value in frame.matrix[:4]) + frame.matrix[4:]
    return (
        f"q {' '.join(_number(value) for value in matrix)} cm 1 g "
        f"{_number(x)} {_number(y)} {_number(width)} {_number(height)} re f 0 g BT "
        f"{REGULAR_NAME} {_SIZE} Tf {_number(x + _PAD_X)} {_number(y + _PAD_BELOW)} Td "
    ).encode("ascii")


def opening(balance: Balance) -> bytes:
    """The stream that goes before the page's own content: one saved state for each that it takes too many."""
    return b"q " * (1 + balance.deficit) + b"\n"


def read_stamp(content: bytes) -> Stamp | None:
    """The stamp that a content stream of :func:`stamp_content` prints; none if it is not one."""
    _, found, drawing = content.partition(_OPENING)
    if not found:
        return None
    shown = [_ESCAPED.sub(rb"\1", text).decode("cp1252") for text in _SHOWN.findall(drawing)]
    return Stamp(*shown) if len(shown) == 2 else None


def _scale(frame: PageFrame, width: float, height: float) -> float:
    """Units of the page per point of the stamp as designed."""
    side = min(frame.width, frame.height) * frame.unit
    wished = max(1.0, side / _LARGE_SIDE) if side > _SMALL_SIDE else max(side / _SMALL_SIDE, _LEAST_SCALE)
    return min(wished / frame.unit, frame.width / width, frame.height * 0.5 / height)


def _literal(text: str) -> bytes:
    raw = text.encode("cp1252", "replace")
    return b"(" + raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


def _number(value: float) -> str:
    text = f"{value:.5f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
