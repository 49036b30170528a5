"""What the drawing process is asked about and what it answers. Every answer is checked before anyone sees it."""

from __future__ import annotations

import json
import math
from array import array
from dataclasses import dataclass, field
from typing import Any

from magdesk.intake.knownencoding import UNKNOWN, KnownEncoding
from magdesk.intake.rendering.lines import LetterLine
from magdesk.values import clean_text

PIECE, ANSWER = b"B", b"A"  # frames from the worker: bytes; the end of a request
PAGES_MOST = 20_000
SIDE_MOST = 16_384  # device pixels of one picture that is asked for
PIXELS_MOST = 24_000_000  # of one picture that is asked for
TEXT_MOST = 400_000  # characters of one page
ROWS_MOST = 200_000
COLUMNS_MOST = 2_000
CELL_MOST = 4_000  # characters
_LONGEST = 200_000.0  # units of a page's side
_SHEETS = 500


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A stored file, as the drawing process needs to know it.

    Attributes:
        sha256: names the bytes; two items with the same bytes are one.
        media_type: true type by content.
        name: its file name, for what content cannot tell.
        size: bytes.
        password: opens it.
        encoding: what is known of its encoding, where it is text.
    """

    sha256: str
    media_type: str
    name: str
    size: int
    password: str = field(default="", repr=False)
    encoding: KnownEncoding = UNKNOWN


@dataclass(frozen=True, slots=True)
class SheetAnswer:
    """One table of a file.

    Attributes:
        rows: how many are shown.
        whole: whether these are all of them.
    """

    name: str
    rows: int
    columns: int
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Outline:
    """The shape of a file: its pages, or its tables.

    Attributes:
        pages: width and height of each, in units, as it is shown upright.
        unit: device-independent pixels per unit at 100 %.
        sheets: its tables; empty for pages.
        note: what a reader has to know about how it is shown.
    """

    pages: tuple[tuple[float, float], ...] = ()
    unit: float = 1.0
    sheets: tuple[SheetAnswer, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a page as it is drawn.

    Attributes:
        scale: device pixels per unit.
        turn: quarter turns clockwise.
        left, top, width, height: in device pixels of the turned page.
    """

    scale: float
    turn: int
    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Pixels:
    """A drawn area: 4 bytes a pixel, blue, green, red, opaque; rows from the top."""

    width: int
    height: int
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PageLetters:
    """The letters of a page and where each stands.

    Attributes:
        letters: in the file's order, one box each.
        boxes: left, top, right, bottom of each letter in units of the upright page, from its upper left corner.
        lines: which letters stand side by side.
    """

    letters: str
    boxes: array[float] = field(repr=False)
    lines: tuple[LetterLine, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Cells:
    """Some rows of a table, as text."""

    first: int
    rows: tuple[tuple[str, ...], ...]


def pack_outline(outline: Outline) -> bytes:
    """An outline as JSON."""
    values = {
        "pages": outline.pages,
        "unit": outline.unit,
        "sheets": [(one.name, one.rows, one.columns, one.whole) for one in outline.sheets],
        "note": outline.note,
    }
    return json.dumps(values).encode()


def unpack_outline(payload: bytes) -> Outline:
    """An outline nobody vouches for.

    Raises:
        ValueError: it is none.
    """
    values = _object(payload)
    try:
        pages = tuple((_side(width), _side(height)) for width, height in values["pages"][:PAGES_MOST])
        sheets = tuple(
            SheetAnswer(_line(name, 120), _count(rows, ROWS_MOST), _count(columns, COLUMNS_MOST), bool(whole))
            for name, rows, columns, whole in values["sheets"][:_SHEETS]
        )
        unit = float(values["unit"])
        if not 0.01 <= unit <= 100:
            raise ValueError("not a unit")
        return Outline(pages, unit, sheets, _line(values["note"], 500))
    except (KeyError, TypeError, OverflowError) as error:
        raise ValueError("not an outline") from error


def pack_text(text: PageLetters) -> bytes:
    """Letters and boxes."""
    lines = [(one.first, one.end, one.left, one.top, one.right, one.bottom, one.rightward) for one in text.lines]
    return json.dumps({"letters": text.letters, "lines": lines}).encode()


def unpack_text(payload: bytes, boxes: bytes) -> PageLetters:
    """Letters nobody vouches for; what must not be shown becomes a space, so that boxes stay with their letters.

    Raises:
        ValueError: letters and boxes do not belong together.
    """
    values = _object(payload)
    letters = str(values.get("letters", ""))
    places = array("f")
    places.frombytes(boxes)
    if len(letters) > TEXT_MOST or len(places) != 4 * len(letters):
        raise ValueError("letters and boxes differ")
    if clean_text(letters) != letters:
        letters = "".join(char if clean_text(char) == char else " " for char in letters)
    if not all(map(math.isfinite, places)):
        raise ValueError("not boxes")
    try:
        lines = tuple(_text_line(one, len(letters)) for one in values.get("lines", ())[:TEXT_MOST])
    except (TypeError, OverflowError) as error:
        raise ValueError("not lines") from error
    return PageLetters(letters, places, lines)


def _text_line(values: Any, count: int) -> LetterLine:
    first, end, *box, rightward = values
    left, top, right, bottom = map(float, box)
    if not 0 <= int(first) < int(end) <= count or not all(map(math.isfinite, (left, top, right, bottom))):
        raise ValueError("not a line")
    return LetterLine(int(first), int(end), left, top, right, bottom, bool(rightward))


def unpack_cells(payload: bytes, first: int, count: int) -> Cells:
    """Rows nobody vouches for.

    Raises:
        ValueError: they are none.
    """
    rows = _object(payload).get("rows")
    if not isinstance(rows, list):
        raise ValueError("not rows")
    taken = tuple(
        tuple(clean_text(str(cell))[:CELL_MOST] for cell in row[:COLUMNS_MOST])
        for row in rows[:count]
        if isinstance(row, list)
    )
    return Cells(first, taken)


def _object(payload: bytes) -> dict[str, Any]:
    try:
        values = json.loads(payload)
    except RecursionError as error:
        raise ValueError("not an answer") from error
    if not isinstance(values, dict):
        raise ValueError("not an answer")
    return values


def _side(value: object) -> float:
    side = float(str(value))
    if not math.isfinite(side):
        raise ValueError("not a size")
    return min(max(side, 1.0), _LONGEST)


def _count(value: object, most: int) -> int:
    return max(0, min(int(str(value)), most))


def _line(value: object, limit: int) -> str:
    return clean_text(str(value), multiline=False)[:limit]
