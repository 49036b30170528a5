"""Inlines flattened to one string with a look for each stretch, which is what the line breaker works on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from magdesk.document.blocks import Cite, CrossRef, ExhibitRef, Inline, LineBreak, Link, Mention, Note, Text
from magdesk.isolates import without_isolates
from magdesk.render.pdf.shaping import ClickTarget, TextLook
from magdesk.render.pdf.styles import LINK, Type
from magdesk.render.scripts import printable

NOTE_MARK = "\ufffc"


@dataclass(slots=True)
class RichText:
    """Characters in logical order and how each looks; a line feed forces a line end.

    Attributes:
        text: the characters; a note's mark is one U+FFFC.
        looks: pairs of a start position and the look from there on.
    """

    text: str = ""
    looks: list[tuple[int, TextLook]] = field(default_factory=list)

    def add(self, text: str, look: TextLook) -> None:
        """Append a stretch."""
        if not text:
            return
        if not self.looks or self.looks[-1][1] != look:
            self.looks.append((len(self.text), look))
        self.text += text

    def kept(self, places: Sequence[int]) -> RichText:
        """The characters at these places alone, in the looks they had."""
        out = RichText("".join(self.text[place] for place in places))
        for start, look in self.looks:
            out.looks.append((bisect_left(places, start), look))
        return out


class NoteRegister:
    """Numbers the notes of a document in the order in which their marks are set."""

    def __init__(self) -> None:
        self.notes: list[Note] = []

    def take(self, note: Note) -> int:
        """The index of a note newly met; its number is one more."""
        self.notes.append(note)
        return len(self.notes) - 1


def look_of(style: Type) -> TextLook:
    """The look of plain text in a style."""
    return TextLook(
        family=style.family,
        size=style.size,
        bold=style.bold,
        italic=style.italic,
        capitals=style.capitals,
        colour=style.colour,
        tracking=style.tracking,
    )


def rich_text(inlines: Iterable[Inline], style: Type, notes: NoteRegister | None) -> RichText:
    """The inlines in a style.

    Args:
        inlines: what is set.
        style: how plain text among them is set; bold inside bold stays bold, italic inside italic turns upright.
        notes: takes the notes; ``None`` drops their marks (contents, running heads, repeated table heads).
    """
    out = RichText()
    _flatten(inlines, look_of(style), out, notes)
    return out


def plain_text(inlines: Iterable[Inline]) -> str:
    """The characters alone, without notes and marks of isolates, on one line."""
    out = RichText()
    _flatten(inlines, TextLook(family="serif", size=1.0), out, None)
    return " ".join(without_isolates(out.text).split())


def _flatten(inlines: Iterable[Inline], look: TextLook, out: RichText, notes: NoteRegister | None) -> None:
    for inline in inlines:
        match inline:
            case Text():
                out.add(printable(inline.text, isolates=True).replace(NOTE_MARK, "\ufffd"), _styled(inline, look))
            case LineBreak():
                out.add("\n", look)
            case Link():
                _flatten(inline.inlines, _linked(look, ClickTarget("url", inline.url)), out, notes)
            case ExhibitRef():
                target = ClickTarget("exhibit", str(inline.page)) if inline.page > 0 else None
                out.add(printable(inline.text, isolates=True), _linked(look, target) if target else look)
            case CrossRef():
                out.add(printable(inline.text, isolates=True), _linked(look, ClickTarget("anchor", inline.anchor)))
            case Note():
                if notes is not None:
                    index = notes.take(inline)
                    out.add(NOTE_MARK, _mark(look, index))
            case Mention():
                out.add(printable(inline.party), look)
            case Cite():
                out.add(printable(inline.fact or inline.evidence), look)


def _styled(run: Text, look: TextLook) -> TextLook:
    if not (run.bold or run.italic or run.mono or run.small_caps or run.lang):
        return look
    return replace(
        look,
        bold=look.bold or run.bold,
        italic=look.italic != run.italic,
        family="mono" if run.mono else look.family,
        size=look.size * 0.84 if run.mono else look.size,
        small_caps=look.small_caps or run.small_caps,
        lang=run.lang or look.lang,
    )


def _linked(look: TextLook, target: ClickTarget) -> TextLook:
    return replace(look, target=target, colour=LINK)


def _mark(look: TextLook, index: int) -> TextLook:
    return replace(
        look,
        size=look.size * 0.64,
        rise=look.size * 0.36,
        italic=False,
        bold=False,
        small_caps=False,
        note=index,
        target=ClickTarget("note", str(index)),
    )
