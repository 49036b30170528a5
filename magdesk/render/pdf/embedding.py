"""Fonts as a PDF holds them: composite fonts with the glyphs used and nothing else, and the way back to text.

Each pair of a glyph and the characters it stands for gets its own character code. So one glyph used for two
different characters is still copied as each of them, and a ligature gives back its letters.
"""

from __future__ import annotations

import zlib
from typing import Any

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc

from magdesk.render.pdf.faces import Face

# Stands for glyph 0, whose outline the subset leaves out.
_SILENT = -1

# A glyph, the characters it copies as, and how far the pen moves on.
_Use = tuple[int, str, float]

_TO_UNICODE_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_TO_UNICODE_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


class EmbeddedFont:
    """The part of one face that one document uses.

    Attributes:
        face: where the glyphs come from.
        resource: name in the pages' font resources, without the slash.
    """

    def __init__(self, face: Face, number: int) -> None:
        self.face = face
        self.resource = f"T{number}"
        self._number = number
        self._codes: dict[_Use, int] = {}
        self._drawn: dict[tuple[int, str, bool], tuple[str, float]] = {}

    def drawn(self, glyph: int, text: str, backward: bool) -> tuple[str, float]:
        """The character codes that draw a glyph, in hexadecimal, and how far they move the pen in em/1000.

        Readers turn right-to-left text round character by character, those of one glyph too. So a backward glyph
        bears its last character, and the others follow as glyphs that show nothing; each takes its share of the
        room, for letters in one place are read as one letter struck twice.

        Args:
            glyph: its number in the face.
            text: the characters it copies as.
            backward: whether it belongs to a run from right to left.
        """
        key = (glyph, text, backward)
        known = self._drawn.get(key)
        if known is None:
            width = float(self.face.font.get_glyph_h_advance(glyph)) * 1000 / self.face.units
            parts = len(text) if backward and len(text) > 1 else 1
            share = round(width / parts, 2)
            codes = f"{self._code(glyph, text[-1:] if backward else text, share):04X}"
            if parts > 1:
                codes += "".join(f"{self._code(_SILENT, char, share):04X}" for char in text[-2::-1])
            known = self._drawn[key] = (codes, share * parts)
        return known

    def silent(self, text: str) -> str:
        """The character codes, in hexadecimal, that draw nothing, move nothing and copy as the text."""
        return "".join(f"{self._code(_SILENT, char, 0.0):04X}" for char in text)

    def _code(self, glyph: int, text: str, width: float) -> int:
        key = (glyph, text, width)
        code = self._codes.get(key)
        if code is None:
            code = self._codes[key] = len(self._codes) + 1
        return code

    def addObjects(self, document: Any) -> None:
        """Write the font's objects into the document. ReportLab calls this when all pages are drawn."""
        if not self._codes:
            return
        used = sorted({max(glyph, 0) for glyph, _, _ in self._codes} | {0})
        subset, new_ids = _subset(self.face, used)
        name = f"{_tag(self._number)}+{self.face.name}"
        font_file = _stream(document, subset, Length1=len(subset))
        scale = 1000 / self.face.units
        descriptor = document.Reference(
            pdfdoc.PDFDictionary(
                {
                    "Type": pdfdoc.PDFName("FontDescriptor"),
                    "FontName": pdfdoc.PDFName(name),
                    "Flags": 4 | (64 if "Italic" in name else 0) | (1 if "Mono" in name else 0),
                    "FontBBox": pdfdoc.PDFArray(_bounding_box(subset, scale)),
                    "ItalicAngle": -12 if "Italic" in name else 0,
                    "Ascent": round(self.face.ascent * 1000),
                    "Descent": -round(self.face.descent * 1000),
                    "CapHeight": round(self.face.cap_height * 1000),
                    "StemV": 140 if self.face.bold else 80,
                    "FontFile2": font_file,
                }
            ),
            f"descriptor-{self.resource}",
        )
        ordered = sorted(self._codes.items(), key=lambda item: item[1])
        glyph_map = bytearray(2)
        widths: list[Any] = []
        for (glyph, _, width), _code in ordered:
            glyph_map += new_ids[max(glyph, 0)].to_bytes(2, "big")
            widths.append(width)
        descendant = document.Reference(
            pdfdoc.PDFDictionary(
                {
                    "Type": pdfdoc.PDFName("Font"),
                    "Subtype": pdfdoc.PDFName("CIDFontType2"),
                    "BaseFont": pdfdoc.PDFName(name),
                    "CIDSystemInfo": pdfdoc.PDFDictionary(
                        {
                            "Registry": pdfdoc.PDFString("Adobe"),
                            "Ordering": pdfdoc.PDFString("Identity"),
                            "Supplement": 0,
                        }
                    ),
                    "FontDescriptor": descriptor,
                    "DW": 1000,
                    "W": pdfdoc.PDFArray([1, pdfdoc.PDFArray(widths)]),
                    "CIDToGIDMap": _stream(document, bytes(glyph_map)),
                }
            ),
            f"descendant-{self.resource}",
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": pdfdoc.PDFName(name),
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([descendant]),
                "ToUnicode": _stream(document, _to_unicode(ordered)),
            }
        )
        reference = document.Reference(font, f"font-{self.resource}")
        document.idToObject[pdfdoc.BasicFonts].dict[self.resource] = reference


class FontStore:
    """The embedded fonts of one document, made as they are first drawn with."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._fonts: dict[str, EmbeddedFont] = {}

    def of(self, face: Face) -> EmbeddedFont:
        """The document's part of a face."""
        font = self._fonts.get(face.name)
        if font is None:
            font = self._fonts[face.name] = EmbeddedFont(face, len(self._fonts) + 1)
            self._document.delayedFonts.append(font)
        return font


def _tag(number: int) -> str:
    """The six letters that mark a subset (ISO 32000-1, 9.6.4)."""
    letters = ""
    for _ in range(6):
        number, rest = divmod(number, 26)
        letters = chr(65 + rest) + letters
    return letters


def _subset(face: Face, glyphs: list[int]) -> tuple[bytes, dict[int, int]]:
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update(glyphs)
    wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(
        int.from_bytes(tag, "big") for tag in (b"GSUB", b"GPOS", b"GDEF", b"name", b"gasp", b"DSIG", b"BASE", b"post")
    )
    wanted.flags = hb.SubsetFlags.NO_LAYOUT_CLOSURE
    plan = hb.SubsetPlan(face.font.face, wanted)
    return bytes(plan.execute().blob.data), dict(plan.old_to_new_glyph_mapping)


def _bounding_box(font: bytes, scale: float) -> list[int]:
    tables = int.from_bytes(font[4:6], "big")
    for entry in range(12, 12 + 16 * tables, 16):
        if font[entry : entry + 4] == b"head":
            start = int.from_bytes(font[entry + 8 : entry + 12], "big") + 36
            corners = (int.from_bytes(font[start + n : start + n + 2], "big", signed=True) for n in (0, 2, 4, 6))
            return [round(corner * scale) for corner in corners]
    return [-1000, -1000, 2000, 2000]


def _stream(document: Any, content: bytes, **entries: int) -> Any:
    stream = pdfdoc.PDFStream()
    stream.content = zlib.compress(content, 9)
    for key, value in entries.items():
        stream.dictionary[key] = value
    stream.dictionary["Filter"] = pdfdoc.PDFName("FlateDecode")
    return document.Reference(stream)


def _to_unicode(ordered: list[tuple[_Use, int]]) -> bytes:
    parts = [_TO_UNICODE_HEAD]
    mapped = [(code, text) for (_, text, _), code in ordered if text]
    for start in range(0, len(mapped), 100):
        chunk = mapped[start : start + 100]
        parts.append(f"{len(chunk)} beginbfchar\n")
        parts += [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>\n" for code, text in chunk]
        parts.append("endbfchar\n")
    parts.append(_TO_UNICODE_TAIL)
    return "".join(parts).encode("ascii")
