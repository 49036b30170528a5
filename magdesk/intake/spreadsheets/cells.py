"""What a spreadsheet is made of, and the one function that says what a cell shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from magdesk.errors import InputError
from magdesk.i18n import _
from magdesk.intake.spreadsheets.numbers import number_text, text_text

CellValue = str | bool | int | float | datetime | date | time | timedelta | None
GENERAL = "General"


class Locked(InputError):
    """A password is needed to read it; the message says which of the reasons it is."""


class TooLarge(InputError):
    """It is larger than is read."""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One cell.

    Attributes:
        value: as last calculated and saved.
        form: its number format as the file writes it.
        uncalculated: it holds a formula, and no value was saved.
    """

    value: CellValue = None
    form: str = GENERAL
    uncalculated: bool = False

    @property
    def text(self) -> str:
        """What it shows."""
        if self.uncalculated:
            return _("[formula without a stored value]")
        return cell_text(self.value, self.form)


EMPTY = SheetCell()
UNCALCULATED = SheetCell(uncalculated=True)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row.

    Attributes:
        number: from 1; rows without anything may be left out.
        hidden: it is not shown in the program that made it.
        wider: it holds something to the right of the columns that were wanted.
    """

    number: int
    cells: tuple[SheetCell, ...]
    hidden: bool = False
    wider: bool = False

    @property
    def texts(self) -> list[str]:
        """What its cells show, without the empty ones at its end."""
        shown = [cell.text for cell in self.cells]
        while shown and not shown[-1]:
            shown.pop()
        return shown


@dataclass(slots=True)
class Sheet:
    """One sheet; its rows can be taken once.

    Attributes:
        hidden: it is not shown in the program that made it.
        hidden_columns: from 0.
        merged: ranges of cells that show as one, as ``A1:B2``.
    """

    title: str
    rows: Iterator[SheetRow]
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[str, ...] = ()


@dataclass(slots=True)
class Book:
    """A spreadsheet; its sheets come one after the other, each to be read before the next.

    Attributes:
        calculated: cells hold what was calculated from formulas that are not shown.
        unshown: it holds charts, pictures or comments beside its cells.
        mended: it is damaged, and the cells were read without their formats.
        titles: of all sheets; those that are hidden as told by ``hidden``.
    """

    sheets: Iterator[Sheet]
    calculated: bool = True
    unshown: bool = False
    mended: bool = False
    titles: tuple[tuple[str, bool], ...] = field(default=())


def ranges(numbers: Sequence[int]) -> list[str]:
    """Row numbers in rising order, neighbours told as one range."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return [f"{first}\u2013{last}" if first < last else str(first) for first, last in runs]


def column_letters(column: int) -> str:
    """A column as spreadsheets call it, from 0: A, B, … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell_text(value: CellValue, number_format: str = GENERAL) -> str:
    """What a cell with this value and this number format shows, on one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number_text(value, number_format)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d") if value.time() == time() else value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date | time | timedelta):
        return str(value)
    line = str(value).replace("\r", "").replace("\t", " ").replace("\n", " ")
    return line if number_format == GENERAL else text_text(line, number_format)
