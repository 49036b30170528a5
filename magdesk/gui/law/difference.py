"""What a law update changes, to be read: old words struck through, new ones underlined, under headings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor

from magdesk.gui.plain import PlainEdit
from magdesk.gui.theme import Theme
from magdesk.gui.words import _
from magdesk.regimes.difference import LawChange
from magdesk.services.lawwords import Fate, change_heading, change_place, word_steps


class DifferenceView(PlainEdit):
    """The changes one below the other; can be walked through and copied, not edited."""

    def __init__(self, changes: Sequence[LawChange], note: str, theme: Theme) -> None:
        """Show changes, below what their maker says of them."""
        super().__init__()
        self.setReadOnly(True)
        self.setAccessibleName(_("What changes"))
        self._theme = theme
        self._cursor = QTextCursor(self.document())
        self._cursor.beginEditBlock()
        if note:
            self._line(_("Note by its author"), self._written(colour="muted"), above=0)
            for line in note.splitlines():
                self._line(line, self._written(), above=2)
        heading = ""
        for change in changes:
            if change_heading(change) != heading:
                heading = change_heading(change)
                self._line(heading, self._written(bold=True, larger=True), above=18 if self._cursor.position() else 0)
            self._change(change)
        if not changes:
            self._line(_("Nothing changes."), self._written(), above=0)
        self._cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _change(self, change: LawChange) -> None:
        place = change_place(change)
        if change.also:
            place = _("{place} (also in {others})").format(place=place, others=", ".join(change.also))
        self._line(place, self._written(colour="muted"), above=10)
        formats = {
            Fate.STAYS: self._written(),
            Fate.GOES: self._written(colour="danger", ground="danger_soft", struck=True),
            Fate.COMES: self._written(colour="ok", ground="ok_soft", underlined=True),
        }
        self._begin(above=2)
        for words in word_steps(change.old, change.new):
            self._cursor.insertText(words.text, formats[words.fate])
            if words.fate is Fate.GOES:
                self._cursor.insertText(" ", formats[Fate.STAYS])

    def _line(self, text: str, written: QTextCharFormat, *, above: int) -> None:
        self._begin(above=above)
        self._cursor.insertText(text, written)

    def _begin(self, *, above: int) -> None:
        block = QTextBlockFormat()
        block.setTopMargin(above)
        if self._cursor.position():
            self._cursor.insertBlock(block)
        else:
            self._cursor.setBlockFormat(block)

    def _written(
        self,
        *,
        colour: str = "ink",
        ground: str = "",
        bold: bool = False,
        larger: bool = False,
        struck: bool = False,
        underlined: bool = False,
    ) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setForeground(self._theme.palette.colour(colour))
        if ground:
            made.setBackground(self._theme.palette.colour(ground))
        if bold:
            made.setFontWeight(QFont.Weight.DemiBold)
        if larger:
            made.setFontPointSize(self.font().pointSizeF() * 1.15)
        made.setFontStrikeOut(struck)
        made.setFontUnderline(underlined)
        return made
