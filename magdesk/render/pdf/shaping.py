"""From characters to placed glyphs: one font, one direction, one style at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace

import uharfbuzz as hb

from magdesk.render.pdf.faces import Face, FaceChoice, choose, family_face
from magdesk.render.pdf.styles import Colour
from magdesk.render.scripts import COMMON, INHERITED, UNKNOWN, script_of


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph as it stands in its run, in thousandths of the em.

    Attributes:
        text: the characters it gives back when copied; empty when a neighbour of its cluster gives them.
    """

    number: int
    advance: float
    dx: float
    dy: float
    text: str


@dataclass(frozen=True, slots=True)
class ClickTarget:
    """What a click opens.

    Attributes:
        kind: ``url``, ``exhibit`` or ``anchor``.
        value: address, page of the bundle, or name of the anchor.
    """

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class TextLook:
    """All that decides how a character is drawn, apart from its face.

    Attributes:
        rise: height above the baseline in points.
        note: index of the note whose mark this is; -1 for none.
    """

    family: str
    size: float
    bold: bool = False
    italic: bool = False
    small_caps: bool = False
    capitals: bool = False
    colour: Colour = (0.0, 0.0, 0.0)
    tracking: float = 0.0
    rise: float = 0.0
    target: ClickTarget | None = None
    note: int = -1
    lang: str = ""


@dataclass(slots=True)
class Piece:
    """Glyphs that are placed together: one face, one look, one direction, no place to break inside.

    Attributes:
        glyphs: from left to right.
        width: in points.
        level: embedding level of the bidirectional algorithm.
        text: the characters in logical order.
        actual: whether copying needs the characters stated beside the glyphs.
    """

    glyphs: tuple[Glyph, ...]
    width: float
    face: Face
    size: float
    embolden: bool
    look: TextLook
    level: int
    text: str
    space: bool
    actual: bool = False


@dataclass(frozen=True, slots=True)
class _Shaped:
    glyphs: tuple[Glyph, ...]
    advance: float
    actual: bool


class Shaper:
    """Shapes text and remembers what it has shaped for as long as one document is set."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, bool, str, bool, bool], _Shaped] = {}

    def piece(self, text: str, face: FaceChoice | None, look: TextLook, level: int, script: str) -> Piece:
        """The text set in one face.

        Args:
            text: characters of one style, one script and one direction.
            face: what to set it from; ``None`` when no face has the characters, which are then shown by number.
            look: how it looks.
            level: its embedding level.
            script: ISO 15924 code, for the shaping rules.
        """
        if face is None:
            return self._missing(text, look, level)
        shown = text.upper() if look.capitals else text
        if len(shown) != len(text):
            shown = text
        rtl = level % 2 == 1
        shaped = self._shape(face.face, text, shown, rtl=rtl, script=script, look=look)
        size = look.size * face.face.scale
        width = shaped.advance * size / 1000 + look.tracking * look.size * len(shaped.glyphs)
        space = text.isspace() and "\u00a0" not in text
        return Piece(shaped.glyphs, width, face.face, size, face.embolden, look, level, text, space, shaped.actual)

    def _shape(self, face: Face, text: str, shown: str, *, rtl: bool, script: str, look: TextLook) -> _Shaped:
        key = (face.name, text, rtl, script, look.small_caps, look.capitals)
        shaped = self._known.get(key)
        if shaped is None:
            shaped = self._known[key] = _shape(face, text, shown, rtl=rtl, script=script, small_caps=look.small_caps)
        return shaped

    def _missing(self, text: str, look: TextLook, level: int) -> Piece:
        """A character that no face has: its code point in brackets, small, which copies as the character."""
        shown = "".join(f"[U+{ord(char):04X}]" for char in text)
        face = family_face("sans", bold=False, italic=False)
        size = look.size * 0.72
        shaped = _shape(face, shown, shown, rtl=False, script="Latn", small_caps=False)
        glyphs = tuple(replace(g, text=text if n == 0 else "") for n, g in enumerate(shaped.glyphs))
        width = shaped.advance * size / 1000
        return Piece(glyphs, width, face, size, False, look, level + level % 2, text, False, actual=True)


def _shape(face: Face, text: str, shown: str, *, rtl: bool, script: str, small_caps: bool) -> _Shaped:
    buffer = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_codepoints([ord(char) for char in shown])
    buffer.direction = "rtl" if rtl else "ltr"
    if script in (COMMON, INHERITED, UNKNOWN):
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if rtl else "ltr"
    else:
        buffer.script = script
    hb.shape(face.font, buffer, {"smcp": True} if small_caps else {})
    scale = 1000 / face.units
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    texts, actual = _cluster_texts(text, [info.cluster for info in infos], rtl=rtl)
    glyphs = tuple(
        Glyph(info.codepoint, place.x_advance * scale, place.x_offset * scale, place.y_offset * scale, own)
        for info, place, own in zip(infos, positions, texts, strict=True)
    )
    return _Shaped(glyphs, sum(glyph.advance for glyph in glyphs), actual)


def _cluster_texts(text: str, clusters: list[int], *, rtl: bool) -> tuple[list[str], bool]:
    """The characters each glyph gives back, so that the glyphs read in logical order give back the text.

    Within a cluster the characters are dealt out one by one in logical order and the last glyph takes the rest,
    whatever the glyphs draw: a reader of the file puts characters in the order of their places, not of their shapes.
    """
    out = [""] * len(clusters)
    starts = sorted(set(clusters))
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    members: dict[int, list[int]] = {}
    for index in range(len(clusters) - 1, -1, -1) if rtl else range(len(clusters)):
        members.setdefault(clusters[index], []).append(index)
    actual = False
    for start, indexes in members.items():
        characters = text[start : ends[start]]
        for order, index in enumerate(indexes):
            last = order == len(indexes) - 1
            out[index] = characters[order:] if last else characters[order : order + 1]
        # What is stated beside right-to-left glyphs, readers turn round once more; there the glyphs must do.
        actual = actual or (len(indexes) > len(characters) and not rtl)
    return out, actual


def face_runs(text: str, look: TextLook) -> list[tuple[int, int, FaceChoice | None, str]]:
    """The text cut where its face changes: start, end, face (``None`` when no face has it), script."""
    runs: list[tuple[int, int, FaceChoice | None, str]] = []
    previous: FaceChoice | None = None
    previous_script = COMMON
    for index, char in enumerate(text):
        script = script_of(char)
        chosen: FaceChoice | None
        joins = script == INHERITED or char in "\u200c\u200d\u200e\u200f\u061c\ufe0e\ufe0f\u2060\ufeff\u200b\u00ad"
        if joins and runs:
            chosen = previous
            if script == INHERITED and previous is not None and not previous.face.has(char):
                chosen = choose(char, look.family, look.bold, look.italic)
            script = previous_script
        elif script == COMMON and char.isspace() and runs and previous is not None and previous.face.has(char):
            chosen, script = previous, previous_script
        else:
            if joins:
                chosen = FaceChoice(family_face(look.family, look.bold, look.italic))
            else:
                chosen = choose(char, look.family, look.bold, look.italic)
            if script == COMMON and chosen == previous:
                script = previous_script
            elif chosen == previous and previous_script == COMMON and runs:
                start, _, kept, _ = runs[-1]
                runs[-1] = (start, index, kept, script)
                previous_script = script
        if runs and chosen == previous and script == previous_script:
            start, _, kept, kept_script = runs[-1]
            runs[-1] = (start, index + 1, kept, kept_script)
        else:
            runs.append((index, index + 1, chosen, script))
        previous, previous_script = chosen, script
    return runs
