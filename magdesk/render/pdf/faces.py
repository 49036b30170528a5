"""The typefaces the PDF is set in: which face a character is set from, and its fallbacks. Parsed once per process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import uharfbuzz as hb

from magdesk.paths import resource
from magdesk.render.scripts import COMMON, INHERITED, UNKNOWN, script_of


class Face:
    """One font file, ready to measure and shape.

    Attributes:
        name: file name without its suffix; also the PostScript name in the PDF.
        font: HarfBuzz font scaled to units of the em.
        units: units per em.
        ascent: height above the baseline in em.
        descent: depth below the baseline in em, positive.
        bold: whether the design itself is bold.
        scale: how much larger than its neighbours the face is set, so that its letters look as large.
    """

    __slots__ = (
        "_blob",
        "_glyphs",
        "_ink",
        "_outlines",
        "ascent",
        "bold",
        "cap_height",
        "descent",
        "font",
        "name",
        "scale",
        "units",
    )

    def __init__(self, name: str, scale: float = 1.0) -> None:
        self.name = name
        self._blob = hb.Blob.from_file_path(str(resource("fonts", f"{name}.ttf")))
        face = hb.Face(self._blob)
        self.font = hb.Font(face)
        self.units: int = face.upem
        extents = self.font.get_font_extents("ltr")
        self.ascent: float = extents.ascender / self.units
        self.descent: float = -extents.descender / self.units
        self.cap_height = 0.714
        self.bold = "Bold" in name or name.endswith("SquareB")
        self.scale = scale
        self._glyphs: dict[str, bool] = {}
        self._outlines: dict[int, str] = {}
        self._ink: dict[int, tuple[float, float]] = {}

    def has(self, char: str) -> bool:
        """Whether the face has a glyph for the character."""
        known = self._glyphs.get(char)
        if known is None:
            known = self._glyphs[char] = bool(self.font.get_nominal_glyph(ord(char)))
        return known

    def ink(self, glyph: int) -> tuple[float, float]:
        """How far a glyph reaches above and below the baseline, in thousandths of the em, both positive."""
        known = self._ink.get(glyph)
        if known is None:
            extents = self.font.get_glyph_extents(glyph)
            top = extents.y_bearing if extents else 0
            bottom = top + extents.height if extents else 0
            known = self._ink[glyph] = (top * 1000 / self.units, -bottom * 1000 / self.units)
        return known

    def outline(self, glyph: int) -> str:
        """The outline of a glyph as path operators, in units of the em."""
        known = self._outlines.get(glyph)
        if known is None:
            pen = _PathPen()
            self.font.draw_glyph_with_pen(glyph, pen)
            known = self._outlines[glyph] = " ".join(pen.operators)
        return known

    def __repr__(self) -> str:
        return f"Face({self.name})"


class _PathPen:
    """Takes an outline from HarfBuzz and writes it as PDF path operators."""

    def __init__(self) -> None:
        self.operators: list[str] = []
        self._at = (0.0, 0.0)

    def moveTo(self, point: tuple[float, float]) -> None:
        self._add("m", point)

    def lineTo(self, point: tuple[float, float]) -> None:
        self._add("l", point)

    def curveTo(self, *points: tuple[float, float]) -> None:
        self._add("c", *points)

    def qCurveTo(self, control: tuple[float, float], end: tuple[float, float]) -> None:
        first = tuple(a + (c - a) * 2 / 3 for a, c in zip(self._at, control, strict=True))
        second = tuple(e + (c - e) * 2 / 3 for e, c in zip(end, control, strict=True))
        self._add("c", (first[0], first[1]), (second[0], second[1]), end)

    def closePath(self) -> None:
        self.operators.append("h")

    def _add(self, operator: str, *points: tuple[float, float]) -> None:
        self._at = points[-1]
        self.operators.append(" ".join(f"{x:.0f} {y:.0f}" for x, y in points) + f" {operator}")


@dataclass(frozen=True, slots=True)
class FaceChoice:
    """The face a character is set from.

    Attributes:
        embolden: whether boldness is made by stroking, for want of a bold design.
    """

    face: Face
    embolden: bool = False


@cache
def face(name: str, scale: float = 1.0) -> Face:
    """The face of a font file in the resources, loaded once."""
    return Face(name, scale)


_FAMILIES = {
    ("serif", False, False): "NotoSerif-Regular",
    ("serif", True, False): "NotoSerif-Bold",
    ("serif", False, True): "NotoSerif-Italic",
    ("serif", True, True): "NotoSerif-BoldItalic",
    ("sans", False, False): "NotoSans-Regular",
    ("sans", True, False): "NotoSans-Bold",
    ("sans", False, True): "NotoSans-Italic",
    ("sans", True, True): "NotoSans-BoldItalic",
    ("mono", False, False): "NotoSansMono-Regular",
    ("mono", True, False): "NotoSansMono-Bold",
    ("mono", False, True): "NotoSansMono-Regular",
    ("mono", True, True): "NotoSansMono-Bold",
}

# Regular, bold (or nothing), and the scale beside Latin of the same size.
_SCRIPTS: dict[str, tuple[str, str, float]] = {
    "Arab": ("NotoNaskhArabic-Regular", "NotoNaskhArabic-Bold", 1.12),
    "Hebr": ("NotoSerifHebrew-Regular", "NotoSerifHebrew-Bold", 1.0),
    "Deva": ("NotoSerifDevanagari-Regular", "NotoSerifDevanagari-Bold", 1.0),
    "Thai": ("NotoSerifThai-Regular", "NotoSerifThai-Bold", 1.0),
    "Geor": ("NotoSerifGeorgian-Regular", "NotoSerifGeorgian-Bold", 1.0),
    "Armn": ("NotoSerifArmenian-Regular", "NotoSerifArmenian-Bold", 1.0),
    "Mymr": ("NotoSerifMyanmar-Regular", "", 1.0),
    "Beng": ("NotoSerifBengali-Regular", "", 1.0),
    "Ethi": ("NotoSerifEthiopic-Regular", "", 1.0),
    "Taml": ("NotoSerifTamil-Regular", "", 1.0),
    "Khmr": ("NotoSerifKhmer-Regular", "", 1.0),
    "Laoo": ("NotoSerifLao-Regular", "", 1.0),
    "Sinh": ("NotoSerifSinhala-Regular", "", 1.0),
    "Tibt": ("NotoSerifTibetan-Regular", "", 1.0),
    "Gujr": ("NotoSerifGujarati-Regular", "", 1.0),
    "Guru": ("NotoSerifGurmukhi-Regular", "", 1.0),
    "Telu": ("NotoSerifTelugu-Regular", "", 1.0),
    "Knda": ("NotoSerifKannada-Regular", "", 1.0),
    "Mlym": ("NotoSerifMalayalam-Regular", "", 1.0),
    "Syrc": ("NotoSansSyriac-Regular", "", 1.0),
    "Thaa": ("NotoSansThaana-Regular", "", 1.0),
    "Tfng": ("NotoSansTifinagh-Regular", "", 1.0),
    "Hani": ("DroidSansFallbackFull", "", 0.98),
    "Hira": ("DroidSansFallbackFull", "", 0.98),
    "Kana": ("DroidSansFallbackFull", "", 0.98),
    "Hang": ("NanumSquareR", "NanumSquareB", 1.0),
}
_LAST = ("NotoSansSymbols2-Regular", "NotoSansSymbols-Regular", "NotoSansMath-Regular", "NotoSansMono-Regular")
_PRIMARY_SCRIPTS = frozenset({"Latn", "Cyrl", "Grek", COMMON, INHERITED, UNKNOWN})


@cache
def family_face(family: str, bold: bool, italic: bool) -> Face:
    """The Latin, Cyrillic and Greek face of a family: ``serif``, ``sans`` or ``mono``."""
    return face(_FAMILIES[family, bold, italic])


@cache
def script_face(script: str, bold: bool) -> FaceChoice | None:
    """The face of a script that the Latin families do not cover; ``None`` when there is none."""
    names = _SCRIPTS.get(script)
    if names is None:
        return None
    regular, strong, scale = names
    return FaceChoice(face(strong or regular if bold else regular, scale), embolden=bold and not strong)


def _candidates(family: str, script: str, bold: bool, italic: bool) -> Iterator[FaceChoice]:
    own = script_face(script, bold)
    primary = FaceChoice(family_face(family, bold, italic))
    if own is not None and script not in _PRIMARY_SCRIPTS:
        yield own
        yield primary
    else:
        yield primary
        if family == "mono":
            yield FaceChoice(family_face("sans", bold, italic))
    for name in _LAST:
        yield FaceChoice(face(name), embolden=bold)
    for other in _SCRIPTS:
        found = script_face(other, bold)
        if found is not None:
            yield found


@cache
def choose(char: str, family: str, bold: bool, italic: bool) -> FaceChoice | None:
    """The face to set a character from.

    Args:
        char: one character.
        family: ``serif``, ``sans`` or ``mono``.
        bold: whether a bold design is wanted.
        italic: whether an italic design is wanted; scripts without italics stand upright.

    Returns:
        The first face that has the character; ``None`` when no face has it.
    """
    for candidate in _candidates(family, script_of(char), bold, italic):
        if candidate.face.has(char):
            return candidate
    return None
