"""Footnotes set as slugs: composed once, when first asked for, and measured from then on."""

from __future__ import annotations

from dataclasses import replace

from magdesk.render.pdf import styles
from magdesk.render.pdf.paragraphs import Composer
from magdesk.render.pdf.richtext import NoteRegister, RichText, look_of, plain_text, rich_text
from magdesk.render.pdf.shaping import ClickTarget
from magdesk.render.pdf.slugs import LineSlug
from magdesk.render.scripts import is_rtl_text


def note_anchor(index: int) -> str:
    """Name of the place where a note stands."""
    return f"note {index}"


def mark_anchor(index: int) -> str:
    """Name of the place where a note's mark stands."""
    return f"mark {index}"


class NoteBook:
    """The notes of a document as they stand at the foot of pages."""

    def __init__(self, composer: Composer, register: NoteRegister, *, rtl: bool = False) -> None:
        self._composer = composer
        self._rtl = rtl
        self._register = register
        self._set: dict[int, tuple[LineSlug, ...]] = {}

    def lines(self, index: int) -> tuple[LineSlug, ...]:
        """The lines of a note; the first has its number and its anchor."""
        known = self._set.get(index)
        if known is None:
            known = self._set[index] = self._compose(index)
        return known

    def height(self, index: int) -> float:
        """The height of a whole note."""
        return sum(line.height for line in self.lines(index))

    def _compose(self, index: int) -> tuple[LineSlug, ...]:
        note = self._register.notes[index]
        style = styles.NOTE
        label = RichText()
        label.add(
            str(index + 1), replace(look_of(style), target=ClickTarget("mark", str(index)), size=style.size * 0.9)
        )
        number = self._composer.single(label, style)
        indent = max(styles.NOTE_INDENT, number.right + 5.0)
        rtl = self._rtl or is_rtl_text(plain_text(note.inlines))
        rich = rich_text(note.inlines, style, None)
        lines = self._composer.lines(rich, style, styles.TEXT_WIDTH - indent, rtl=rtl)
        return tuple(
            LineSlug(
                height=line.height,
                line=line,
                x=indent,
                labels=((number, 0.0),) if order == 0 else (),
                anchors=(note_anchor(index),) if order == 0 else (),
            )
            for order, line in enumerate(lines)
        )
