"""Tables: what the cells of a spreadsheet or of separated text show, without formulas, macros or links."""

from __future__ import annotations

from array import array
from itertools import zip_longest
from typing import BinaryIO

from magdesk.errors import IntakeError
from magdesk.i18n import _
from magdesk.intake.archive import ArchiveTrap
from magdesk.intake.foreign import Damaged, foreign
from magdesk.intake.rendering.answers import (
    CELL_MOST,
    COLUMNS_MOST,
    ROWS_MOST,
    Area,
    Cells,
    Outline,
    PageLetters,
    Pixels,
    SheetAnswer,
    StoredFile,
)
from magdesk.intake.source import Source
from magdesk.intake.spreadsheets import Locked, Sheet, TooLarge, open_book
from magdesk.intake.spreadsheets.cells import column_letters, ranges
from magdesk.intake.spreadsheets.flaws import FlawedCells

_CELLS = 3_000_000
_SHEETS = 200
_NAMED = 12  # hidden rows or columns of a sheet that are named


def _source(stream: BinaryIO, item: StoredFile) -> Source:
    return Source(stream, item.name, item.media_type, item.password, encoding=item.encoding)


class OpenTable:
    """An open table, held in memory."""

    def __init__(self, stream: BinaryIO, item: StoredFile) -> None:
        """Read it.

        Raises:
            IntakeError: it cannot be read.
        """
        self._sheets: list[tuple[str, list[list[str]], bool]] = []
        self._left = _CELLS
        self._flawed = FlawedCells()
        self._hidden: list[str] = []
        self._note = ""
        try:
            with foreign("the parsers of spreadsheets"):
                book = open_book(_source(stream, item), COLUMNS_MOST)
                if book.mended:
                    self._note = _("The table is damaged; its cells were read without their formats.")
                for number, sheet in enumerate(book.sheets):
                    if number >= _SHEETS:
                        break
                    taken: list[list[str]] = []
                    # There already while it is read: what was taken before a damaged row is shown.
                    self._sheets.append((self._title(sheet), taken, False))
                    self._sheets[-1] = (self._title(sheet), taken, self._take(sheet, taken))
            self._note = " ".join(one for one in (self._note, *self._hidden, *self._flawed.sentences()) if one)
        except (Locked, TooLarge, ArchiveTrap) as refusal:
            raise IntakeError(refusal.message, refusal.hint) from refusal
        except Damaged as damage:
            if not any(rows for _title, rows, _whole in self._sheets):
                raise IntakeError(_("The table is damaged or locked and cannot be read.")) from damage
            self._note = _("The table is damaged; it is shown as far as it could be read.")

    @staticmethod
    def _title(sheet: Sheet) -> str:
        return _("{title} (hidden)").format(title=sheet.title) if sheet.hidden else sheet.title

    def _take(self, sheet: Sheet, taken: list[list[str]]) -> bool:
        """Take its rows; whether these are all of it."""
        hidden: list[int] = []
        whole = True
        for row in sheet.rows:
            if row.number > ROWS_MOST or self._left <= 0:
                return False
            # Rows without anything may be left out of the stream; here each stands at its number.
            taken += [[] for _gap in range(row.number - 1 - len(taken))]
            self._flawed.take(row)
            whole = whole and not row.wider
            if row.hidden and any(row.texts):
                hidden.append(row.number)
            texts = [text[:CELL_MOST] for text in row.texts]
            if row.number <= len(taken):  # written out of its order, or twice
                before = taken[row.number - 1]
                pairs = zip_longest(texts, before, fillvalue="")
                taken[row.number - 1] = [text or other for text, other in pairs]
            else:
                taken.append(texts)
            self._left -= len(texts) + 1
        while taken and not taken[-1]:
            taken.pop()
        widest = max(map(len, taken), default=0)
        columns = [column_letters(column) for column in sorted(sheet.hidden_columns) if column < widest]
        for told, names in ((_("rows {names}"), ranges(hidden)), (_("columns {names}"), columns)):
            if names:
                more = " …" if len(names) > _NAMED else ""
                what = told.format(names=", ".join(names[:_NAMED]) + more)
                self._hidden.append(_("Hidden in “{title}”: {what}.").format(title=sheet.title, what=what))
        return whole

    def outline(self) -> Outline:
        """Its tables.

        Raises:
            IntakeError: there is none.
        """
        sheets = tuple(
            SheetAnswer(name, len(rows), max(map(len, rows), default=0), whole) for name, rows, whole in self._sheets
        )
        if not any(sheet.rows for sheet in sheets):
            raise IntakeError(_("The table is empty."))
        note = self._note
        if not all(sheet.whole for sheet in sheets):
            note = f"{note} {_('The table is very large; only its beginning is shown.')}".strip()
        return Outline(sheets=sheets, note=note)

    def cells(self, sheet: int, first: int, count: int) -> Cells:
        """Some rows."""
        rows = self._sheets[sheet][1] if 0 <= sheet < len(self._sheets) else []
        return Cells(first, tuple(tuple(row) for row in rows[first : first + count]))

    def draw(self, number: int, area: Area) -> Pixels:
        """Nothing: a table is shown by its cells."""
        raise IntakeError(_("A table has no pages."))

    def text(self, number: int) -> PageLetters:
        """Nothing: a table is shown by its cells."""
        return PageLetters("", array("f"))

    def close(self) -> None:
        """Let it go."""
        self._sheets.clear()
