"""What of a spreadsheet's cells is not shown as the program that made them would show it, in sentences."""

from __future__ import annotations

from magdesk.i18n import _
from magdesk.intake.spreadsheets.cells import GENERAL, SheetRow
from magdesk.intake.spreadsheets.numbers import format_flaws

_NAMED = 8  # formats named
_LONGEST = 60  # characters of one


class FlawedCells:
    """Takes rows and remembers what is to be said of them."""

    def __init__(self) -> None:
        self._known = {GENERAL}
        self._flaws: dict[str, list[str]] = {}
        self._uncalculated = 0

    def take(self, row: SheetRow) -> None:
        """Look at the cells of a row."""
        for cell in row.cells:
            self._uncalculated += cell.uncalculated
            if cell.form not in self._known and cell.value is not None:
                self._known.add(cell.form)
                for flaw in format_flaws(cell.form):
                    self._flaws.setdefault(flaw, []).append(cell.form)

    def sentences(self) -> list[str]:
        """All of it."""
        said = []
        for flaw, forms in self._flaws.items():
            named = ", ".join(f"“{form[:_LONGEST]}”" for form in forms[:_NAMED])
            told = _("Number formats that are not shown in full ({flaw}): {named}.")
            said.append(told.format(flaw=flaw, named=named))
        if self._uncalculated:
            told = _("Formulas without a stored value: {count}. They were not calculated when the file was saved.")
            said.append(told.format(count=self._uncalculated))
        return said
