"""Paragraphs: text cut into lines that fill the measure evenly, each line in the order in which it is read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from magdesk.isolates import FIRST_STRONG, POP, first_strong_runs_right
from magdesk.render.pdf import bidi, breaks
from magdesk.render.pdf.faces import FaceChoice, family_face
from magdesk.render.pdf.richtext import NOTE_MARK, RichText
from magdesk.render.pdf.shaping import Piece, Shaper, TextLook, face_runs
from magdesk.render.pdf.styles import Align, Type

# How far ink may reach beyond the line's own box before the line is made higher.
_OVERHANG = 0.06
_LATIN = ("NotoSerif-", "NotoSans-", "NotoSansMono-")
_RTL_LEADING = 1.14
_SHRINK = 0.16
_STRETCH = 2.6
_LOOSEN = 0.12
_TOO_WIDE = 1e9
_ENDLESS = 1e6


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece and its distance from the left end of the line's box, in points."""

    piece: Piece
    x: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text.

    Attributes:
        height: in points.
        baseline: distance of the baseline from the top.
        pieces: from left to right.
        notes: indexes of the notes whose marks stand in the line, in reading order.
    """

    height: float
    baseline: float
    pieces: tuple[Placed, ...]
    notes: tuple[int, ...]

    @property
    def right(self) -> float:
        """Where the ink ends."""
        return max((placed.x + placed.piece.width for placed in self.pieces), default=0.0)


@dataclass(slots=True)
class _Box:
    """What stands between two places where a line may end.

    Attributes:
        width: of the pieces that are not white space at the end.
        space: width of the white space at the end.
        spaces: how many places inside and at the end can be stretched.
    """

    pieces: list[Piece]
    width: float
    space: float
    start: int
    end: int


class Composer:
    """Breaks text into lines.

    Attributes:
        shaper: shapes the pieces.
    """

    def __init__(self, shaper: Shaper) -> None:
        self.shaper = shaper

    def lines(
        self, rich: RichText, style: Type, width: float, *, rtl: bool = False, each: bool = False
    ) -> list[Line]:
        """The text set in lines.

        Args:
            rich: what to set.
            style: leading and alignment.
            width: the measure in points.
            rtl: whether the base direction is from right to left; then lines begin at the right.
            each: whether every forced line takes the direction of its first letter, where it has one.
        """
        out: list[Line] = []
        start = 0
        text = rich.text
        while True:
            end = text.find("\n", start)
            last = end < 0
            stop = len(text) if last else end
            own = first_strong_runs_right(text[start:stop]) if each else None
            out += self._segment(rich, start, stop, style, width, rtl=rtl if own is None else own)
            if last:
                return out
            start = end + 1

    def single(self, rich: RichText, style: Type, *, rtl: bool = False) -> Line:
        """The text on one line, however wide."""
        flat = RichText(rich.text.replace("\n", " "), rich.looks)
        line = self._segment(flat, 0, len(flat.text), replace(style, align=Align.START), _ENDLESS, rtl=rtl)[0]
        left = line.pieces[0].x if line.pieces else 0.0
        return replace(line, pieces=tuple(Placed(placed.piece, placed.x - left) for placed in line.pieces))

    def _segment(self, rich: RichText, start: int, end: int, style: Type, width: float, *, rtl: bool) -> list[Line]:
        text = rich.text[start:end]
        if not text.strip():
            leading = style.leading
            return [Line(leading, _baseline(leading, style.size), (), ())]
        embedding = bidi.levels(text, rtl=rtl)
        if FIRST_STRONG in text or POP in text:  # they have given the order; nothing of them is drawn or copied
            seen = [index for index, char in enumerate(text) if char not in (FIRST_STRONG, POP)]
            rich, start = rich.kept([start + index for index in seen]), 0
            text, embedding = rich.text, [embedding[index] for index in seen]
        boxes = self._boxes(rich, start, text, embedding, width)
        ends = _best_ends(boxes, width, style.align)
        lines: list[Line] = []
        first = 0
        for number, stop in enumerate(ends):
            final = number == len(ends) - 1
            lines.append(_line(boxes[first:stop], style, width, final=final, rtl=rtl))
            first = stop
        return lines

    def _boxes(self, rich: RichText, offset: int, text: str, embedding: list[int], width: float) -> list[_Box]:
        runs = self._runs(rich, offset, text)
        may_break = breaks.opportunities(text)
        boxes = self._cut(text, embedding, runs, may_break)
        for places in (breaks.at_glue, breaks.emergency):
            wide = [box for box in boxes if box.width > width]
            if not wide:
                break
            for box in wide:
                may_break |= places(text, box.start, box.end)
            boxes = self._cut(text, embedding, runs, may_break)
        return boxes

    def _runs(
        self, rich: RichText, offset: int, text: str
    ) -> list[tuple[int, int, FaceChoice | None, str, TextLook]]:
        out: list[tuple[int, int, FaceChoice | None, str, TextLook]] = []
        looks = rich.looks
        for number, (at, look) in enumerate(looks):
            first = max(at - offset, 0)
            last = looks[number + 1][0] - offset if number + 1 < len(looks) else len(text)
            last = min(last, len(text))
            if last <= first:
                continue
            if look.note >= 0:
                primary = FaceChoice(family_face(look.family, look.bold, look.italic))
                out.append((first, last, primary, "Latn", look))
                continue
            stretch = text[first:last]
            if stretch.isascii():
                out.append((first, last, FaceChoice(family_face(look.family, look.bold, look.italic)), "Latn", look))
                continue
            out += [(first + a, first + b, face, script, look) for a, b, face, script in face_runs(stretch, look)]
        return out

    def _cut(
        self,
        text: str,
        embedding: list[int],
        runs: list[tuple[int, int, FaceChoice | None, str, TextLook]],
        may_break: set[int],
    ) -> list[_Box]:
        boxes: list[_Box] = []
        pieces: list[Piece] = []
        box_start = 0
        for first, last, face, script, look in runs:
            start = first
            for index in range(first + 1, last + 1):
                if index < last and not (
                    index in may_break
                    or embedding[index] != embedding[index - 1]
                    or (text[index] == " ") != (text[index - 1] == " ")
                ):
                    continue
                if start in may_break and pieces:
                    boxes.append(_box(pieces, box_start, start))
                    pieces, box_start = [], start
                pieces.append(self._piece(text, start, index, face, look, embedding[start], script))
                start = index
        if pieces:
            boxes.append(_box(pieces, box_start, len(text)))
        return boxes

    def _piece(
        self, text: str, start: int, end: int, face: FaceChoice | None, look: TextLook, level: int, script: str
    ) -> Piece:
        if look.note < 0:
            return self.shaper.piece(text[start:end], face, look, level, script)
        beside = start > 0 and text[start - 1] == NOTE_MARK
        shown = f",\u2009{look.note + 1}" if beside else str(look.note + 1)
        # Digits run from the left even where the words around them do not.
        piece = self.shaper.piece(shown, face, look, 0, "Latn")
        return replace(piece, level=level, space=False)


def _box(pieces: list[Piece], start: int, end: int) -> _Box:
    tail = len(pieces)
    while tail > 0 and pieces[tail - 1].space:
        tail -= 1
    width = sum(piece.width for piece in pieces[:tail])
    return _Box(pieces, width, sum(piece.width for piece in pieces[tail:]), start, end)


def _best_ends(boxes: list[_Box], width: float, align: Align) -> list[int]:
    """Where lines end so that the whole paragraph is as even as can be (Knuth and Plass, without hyphens)."""
    justify = align == Align.JUSTIFY
    count = len(boxes)
    best = [0.0] + [_TOO_WIDE * 1e6] * count
    came = [0] * (count + 1)
    for stop in range(1, count + 1):
        natural = 0.0
        spaces = 0.0
        start = stop - 1
        while start >= 0:
            box = boxes[start]
            if start < stop - 1:
                natural += box.space
                spaces += box.space
            natural += box.width
            slack = width - natural
            if slack < -0.01 and not (justify and -slack <= spaces * _SHRINK) and start < stop - 1:
                break
            # The last line is as long as it falls, but centred lines look best when all are of a length.
            last = stop == count and align != Align.CENTRE
            cost = best[start] + _cost(slack, spaces, width, last=last, justify=justify)
            if cost < best[stop]:
                best[stop], came[stop] = cost, start
            start -= 1
    ends: list[int] = []
    stop = count
    while stop > 0:
        ends.append(stop)
        stop = came[stop]
    return ends[::-1]


def _cost(slack: float, spaces: float, width: float, *, last: bool, justify: bool) -> float:
    if slack < -0.01:
        if spaces <= 0:
            return _TOO_WIDE
        return 1.0 + 8 * abs(slack / (spaces * _SHRINK)) ** 3
    if last:
        # A last line of one short word looks like an accident.
        return 1.0 + (25.0 if slack > width * 0.92 else 0.0)
    if not justify:
        return 1.0 + 100 * (slack / width) ** 2
    # A line with too few spaces to fill it stays ragged, so it costs no more than one with none.
    ratio = 20 * slack / width
    if spaces > 0:
        ratio = min(ratio, slack / (spaces * 0.6))
    return 1.0 + min(10 * ratio**3, 1e6)


def _line(boxes: list[_Box], style: Type, width: float, *, final: bool, rtl: bool) -> Line:
    pieces = [piece for box in boxes for piece in box.pieces]
    while pieces and pieces[-1].space:
        pieces.pop()
    natural = sum(piece.width for piece in pieces)
    notes = tuple(piece.look.note for piece in pieces if piece.look.note >= 0)
    slack = width - natural
    share = 0.0
    between = 0.0
    if style.align == Align.JUSTIFY:
        share = _share(pieces, slack, final=final)
        slack -= share * sum(1 for piece in pieces if piece.space)
        if not share and not final:
            between = _between(pieces, slack)
            slack -= between * (len(pieces) - 1)
    start = _start(style.align, slack, rtl=rtl)
    placed: list[Placed] = []
    x = start
    for index in bidi.visual_order([piece.level for piece in pieces]):
        piece = pieces[index]
        placed.append(Placed(piece, x))
        x += piece.width + (share if piece.space else between)
    height = style.leading * (_RTL_LEADING if rtl else 1.0)
    baseline = _baseline(height, style.size)
    above, below = _ink(pieces)
    slack_ink = style.size * _OVERHANG
    extra = max(above - slack_ink - baseline, 0.0)
    baseline += extra
    height += extra
    height += max(below - slack_ink - (height - baseline), 0.0)
    return Line(height, baseline, tuple(placed), notes)


def _ink(pieces: list[Piece]) -> tuple[float, float]:
    """How far the pieces reach above and below the baseline; Latin faces always stay within their leading."""
    above = below = 0.0
    for piece in pieces:
        if piece.face.name.startswith(_LATIN):
            continue
        for glyph in piece.glyphs:
            top, bottom = piece.face.ink(glyph.number)
            above = max(above, (top + glyph.dy) * piece.size / 1000)
            below = max(below, (bottom - glyph.dy) * piece.size / 1000)
    return above, below


def _share(pieces: list[Piece], slack: float, *, final: bool) -> float:
    """What each space takes of the slack; nothing when the line would gape."""
    gaps = [piece.width for piece in pieces if piece.space]
    if not gaps or (final and slack >= 0):
        return 0.0
    share = slack / len(gaps)
    return share if share <= _STRETCH * max(gaps) else 0.0


def _between(pieces: list[Piece], slack: float) -> float:
    """What is put between characters of a line without spaces, as Chinese and Japanese set them; mostly nothing."""
    count = len(pieces)
    if count < 2 or slack <= 0 or sum(piece.face.name.startswith("Droid") for piece in pieces) < count * 0.8:
        return 0.0
    share = slack / (count - 1)
    return share if share <= _LOOSEN * pieces[0].size else 0.0


def _start(align: Align, slack: float, *, rtl: bool) -> float:
    if align == Align.CENTRE:
        return slack / 2
    if (align == Align.END) != rtl:
        return slack
    return 0.0


def _baseline(leading: float, size: float) -> float:
    return (leading - size) / 2 + size * 0.79
