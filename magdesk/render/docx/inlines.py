"""Inlines become runs, hyperlinks and footnote marks."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace

from magdesk.document.blocks import CrossRef, ExhibitRef, Inline, LineBreak, Link, Note, Text
from magdesk.isolates import InsertedField, first_strong_runs_right, split_fields
from magdesk.render.docx.itemise import Kind, Segment, itemise
from magdesk.render.docx.language import (
    EAST_ASIAN_FACES,
    MONO,
    OWN_FACES,
    SERIF,
    culture,
    east_asian_culture,
    is_east_asian,
)
from magdesk.render.docx.links import Bookmarks, Targets
from magdesk.render.docx.oxml import XmlChild, XmlElement, element, flag, legal, one_face, properties, qname
from magdesk.render.scripts import is_rtl_language, printable, script_of

_FROM_THE_LEFT = "\u200e"
_FROM_THE_RIGHT = "\u200f"
_LINE_ENDS = re.compile("\r\n?")


@dataclass(frozen=True, slots=True)
class Voice:
    """What a paragraph says about its text.

    Attributes:
        lang: BCP 47 tag of the text where it has none of its own; empty for the document's.
        rtl: whether the paragraph runs from right to left.
        style: character style.
        linked: whether the text is inside a hyperlink already.
    """

    lang: str = ""
    rtl: bool = False
    style: str = ""
    linked: bool = False


class Inlines:
    """Writes the inlines of one part.

    Args:
        targets: the outside addresses of that part.
        bookmarks: the anchors of the document.
        exhibits_file: the file that exhibit references open.
        add_note: takes a note and gives its number; ``None`` where notes cannot be, inside a note.
    """

    def __init__(
        self,
        targets: Targets,
        bookmarks: Bookmarks,
        exhibits_file: str,
        add_note: Callable[[Note], int] | None,
    ) -> None:
        self._targets = targets
        self._bookmarks = bookmarks
        self._exhibits_file = exhibits_file
        self._add_note = add_note

    def write(self, inlines: tuple[Inline, ...], voice: Voice) -> list[XmlElement]:
        """The inlines as children of a paragraph."""
        out: list[XmlElement] = []
        for inline in inlines:
            match inline:
                case Text():
                    out += text_runs(inline, voice)
                case LineBreak():
                    out.append(element("w:r", None, element("w:br")))
                case Link():
                    target = self._targets.web(inline.url) if not voice.linked else ""
                    inner = replace(voice, style="Hyperlink", linked=True) if target else voice
                    out += _hyperlink({"r:id": target}, self.write(inline.inlines, inner))
                case ExhibitRef():
                    target = self._targets.page(self._exhibits_file, inline.page) if not voice.linked else ""
                    inner = replace(voice, style="ExhibitReference") if target else voice
                    out += _hyperlink({"r:id": target}, text_runs(Text(inline.text), inner))
                case CrossRef():
                    name = self._bookmarks.name(inline.anchor) if not voice.linked else ""
                    inner = replace(voice, style="CrossReference") if name else voice
                    out += _hyperlink({"w:anchor": name}, text_runs(Text(inline.text), inner))
                case Note():
                    out += self._note(inline, voice)
                case _:
                    raise TypeError(f"{type(inline).__name__} must be resolved before a document is rendered")
        return out

    def _note(self, note: Note, voice: Voice) -> list[XmlElement]:
        if self._add_note is None:
            # Word has no notes to notes: the inner one stands in brackets.
            return [*text_runs(Text(" ["), voice), *self.write(note.inlines, voice), *text_runs(Text("]"), voice)]
        mark = element("w:footnoteReference", {"w:id": self._add_note(note)})
        return [element("w:r", None, properties("w:rPr", [flag("rStyle", "FootnoteReference")]), mark)]


def _hyperlink(target: dict[str, str], runs: list[XmlElement]) -> list[XmlElement]:
    """The runs as a link; the bare runs when there is no target."""
    if not any(target.values()) or not runs:
        return runs
    return [element("w:hyperlink", {**target, "w:history": 1}, *runs)]


def text_runs(text: Text, voice: Voice) -> list[XmlElement]:
    """The text as runs of one script class and direction each; isolated fields in the order that Word gives them."""
    return [node for part in split_fields(text.text) for node in _part(part, text, voice)]


def _part(part: str | InsertedField, text: Text, voice: Voice) -> list[XmlElement]:
    if isinstance(part, str):
        lang = text.lang or voice.lang
        return [
            element("w:r", None, _run_properties(segment, text, voice, lang), *_characters(segment.text))
            for segment in itemise(legal_text(part), base_rtl=voice.rtl)
        ]
    rtl = first_strong_runs_right(part.text) is True
    inner = text_runs(replace(text, text=part.text), replace(voice, rtl=rtl))
    told = [run.find("/".join(map(qname, ("w:rPr", "w:rtl")))) is not None for run in inner]
    if rtl != voice.rtl and not all(own == rtl for own in told):
        # Word and LibreOffice know embeddings and no isolates.
        inner = [element("w:dir", {"w:val": "rtl" if rtl else "ltr"}, *inner)]
    # The mark on each side has the paragraph's direction, which parts the field from its neighbours.
    mark = element("w:r", None, element("w:t", text=_FROM_THE_RIGHT if voice.rtl else _FROM_THE_LEFT))
    return [mark, *inner, deepcopy(mark)]


def legal_text(text: str) -> str:
    """The text with every kind of line end as a line feed, tabs as they are, and nothing that XML cannot carry."""
    pieces = _LINE_ENDS.sub("\n", text).split("\t")
    return legal("\t".join(printable(piece) for piece in pieces))


def _characters(text: str) -> list[XmlElement]:
    """The characters of a run: text, tabs and line breaks."""
    out: list[XmlElement] = []
    for piece in re.split("([\n\t])", text):
        if piece == "\n":
            out.append(element("w:br"))
        elif piece == "\t":
            out.append(element("w:tab"))
        elif piece:
            out.append(element("w:t", {"xml:space": "preserve"}, text=piece))
    return out


def _run_properties(segment: Segment, text: Text, voice: Voice, lang: str) -> XmlChild:
    items: list[XmlChild] = []
    if text.mono and not voice.style:
        # LibreOffice loses the face of a character style in table cells.
        items += [flag("rStyle", "Code"), one_face(MONO)]
    elif voice.style:
        items.append(flag("rStyle", voice.style))
    if text.bold:
        items += [flag("b"), flag("bCs")]
    if text.italic:
        items += [flag("i"), flag("iCs")]
    if text.small_caps:
        items.append(flag("smallCaps"))
    items += _script_properties(segment, text, lang)
    return properties("w:rPr", items)


def _script_properties(segment: Segment, text: Text, lang: str) -> list[XmlChild]:
    face = OWN_FACES.get(segment.script, "")
    match segment.kind:
        case Kind.RIGHT_TO_LEFT:
            culture_tag = culture(lang) if is_rtl_language(lang) else _right_to_left_culture(segment.text)
            return [
                element("w:rFonts", {"w:cs": face or SERIF}),
                flag("rtl"),
                element("w:lang", {"w:bidi": culture_tag}),
            ]
        case Kind.COMPLEX:
            return [
                element("w:rFonts", {"w:cs": face}),
                flag("cs"),
                _lang("bidi", culture(lang)) if lang else flag("noProof"),
            ]
        case Kind.EAST_ASIAN:
            culture_tag = east_asian_culture(text.text, lang)
            return [
                element("w:rFonts", {"w:hint": "eastAsia", "w:eastAsia": EAST_ASIAN_FACES[culture_tag]}),
                element("w:lang", {"w:eastAsia": culture_tag}),
            ]
        case Kind.LATIN:
            own = lang and not is_rtl_language(lang) and not is_east_asian(lang)
            proofed = _lang("val", culture(lang)) if own else None
            return [
                element("w:rFonts", {"w:ascii": face, "w:hAnsi": face}) if face else None,
                # Another script without a language would be underlined as misspelt from end to end.
                flag("noProof") if segment.foreign and proofed is None else None,
                proofed,
            ]


def _lang(attribute: str, tag: str) -> XmlChild:
    return element("w:lang", {f"w:{attribute}": tag}) if tag else None


def _right_to_left_culture(text: str) -> str:
    scripts = {script_of(ch) for ch in text}
    if "Arab" in scripts:
        return "ar-SA"
    return {"Hebr": "he-IL", "Syrc": "syr-SY", "Thaa": "dv-MV"}.get(
        next(iter(sorted(scripts & {"Hebr", "Syrc", "Thaa"})), ""), "ar-SA"
    )
