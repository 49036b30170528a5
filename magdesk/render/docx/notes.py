"""Real footnotes: the footnotes part with its separators, one note for each mark."""

from __future__ import annotations

from magdesk.document.blocks import Note
from magdesk.render.docx.direction import inline_text
from magdesk.render.docx.inlines import Inlines, Voice
from magdesk.render.docx.itemise import only_right_to_left
from magdesk.render.docx.links import Bookmarks, Targets
from magdesk.render.docx.oxml import XmlElement, element, flag, part_root, properties
from magdesk.render.docx.parts import XmlPart

SEPARATOR, CONTINUATION = -1, 0


class Notes:
    """Collects the notes of a document in the order of their marks, numbered from 1."""

    def __init__(self, part: XmlPart, bookmarks: Bookmarks, exhibits_file: str, *, rtl: bool) -> None:
        self._inlines = Inlines(Targets(part), bookmarks, exhibits_file, None)
        self._rtl = rtl
        self._notes: list[XmlElement] = []

    def add(self, note: Note) -> int:
        """Take a note; returns its number."""
        number = len(self._notes) + 1
        rtl = self._rtl or only_right_to_left(inline_text(note.inlines))
        mark = element(
            "w:r", None, properties("w:rPr", [flag("rStyle", "FootnoteReference")]), element("w:footnoteRef")
        )
        space = element("w:r", None, element("w:t", {"xml:space": "preserve"}, text=" "))
        style = properties("w:pPr", [flag("pStyle", "FootnoteText"), flag("bidi") if rtl else None])
        body = self._inlines.write(note.inlines, Voice(rtl=rtl))
        self._notes.append(element("w:footnote", {"w:id": number}, element("w:p", None, style, mark, space, *body)))
        return number

    def root(self) -> XmlElement:
        """The root of the footnotes part."""
        return part_root(
            "w:footnotes",
            _separator("separator", SEPARATOR),
            _separator("continuationSeparator", CONTINUATION),
            *self._notes,
        )


def _separator(kind: str, number: int) -> XmlElement:
    tight = element("w:spacing", {"w:after": 0, "w:line": 240, "w:lineRule": "auto"})
    line = element("w:p", None, properties("w:pPr", [tight]), element("w:r", None, element(f"w:{kind}")))
    return element("w:footnote", {"w:type": kind, "w:id": number}, line)
