"""One sheet of cells as tables a person can follow: column letters, row numbers, groups of columns side by side."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from magdesk.i18n import _
from magdesk.intake.conversion import tree
from magdesk.intake.conversion.gathering import Gathering
from magdesk.intake.spreadsheets.cells import column_letters

ROWS = 3_000
COLUMNS = 120
_CELLS = 16_000
_LETTERS = 88  # what the measure holds at the size of table text
_WIDEST = 44.0
_WORD = 22
_PADDING = 3.0
_NAMED = 40  # rows, columns or ranges named in a sentence
_LONGEST = 3_000  # characters of one cell


class SheetPages:
    """Takes rows in, up to a limit, and counts the rest."""

    def __init__(self, title: str, *, hidden: bool = False) -> None:
        self._title = title
        self._hidden = hidden
        self._rows: list[tuple[int, list[str]]] = []
        self._cells = 0
        self._last = 0
        self._more = self._wider = self._cut = False
        self._marked: list[str] = []

    @property
    def full(self) -> bool:
        """Whether further rows are only counted."""
        return self._more

    def row(self, number: int, values: Iterable[str], *, wider: bool = False) -> None:
        """Take a row; empty ones are left out, its number tells.

        Args:
            wider: it holds something to the right of these values.
        """
        self._wider = self._wider or wider
        shown: list[str] = []
        for column, value in enumerate(values):
            if column >= COLUMNS:
                self._wider = self._wider or bool(value)
                break
            if len(value) > _LONGEST:
                value, self._cut = f"{value[:_LONGEST]} …", True  # noqa: PLW2901
            shown.append(value)
        while shown and not shown[-1].strip():
            shown.pop()
        if not shown:
            return
        self._last = number
        if self._more or len(self._rows) >= ROWS or self._cells > _CELLS:
            self._more = True
            return
        self._rows.append((number, shown))
        self._cells += sum(1 for value in shown if value)

    def marks(self, hidden_rows: Sequence[str], hidden_columns: Collection[int], merged: Sequence[str]) -> None:
        """Say what the original hides and joins; here all of it is shown, cell by cell."""
        hidden = [column_letters(column) for column in sorted(hidden_columns) if column < COLUMNS]
        for sentence, names in (
            (_("Hidden in the original, shown here: rows {names}."), hidden_rows),
            (_("Hidden in the original, shown here: columns {names}."), hidden),
            (_("Merged into one cell in the original: {names}."), merged),
        ):
            if names:
                more = " …" if len(names) > _NAMED else ""
                self._marked.append(sentence.format(names=", ".join(names[:_NAMED]) + more))

    def tell(self, gathering: Gathering, *, counted: bool = True) -> int:
        """Add the sheet as blocks.

        Args:
            counted: whether all its rows were seen.

        Returns:
            How many cells are shown.
        """
        title = _("{title} (hidden sheet)").format(title=self._title) if self._hidden else self._title
        if title:
            gathering.add(tree.heading(2, [tree.run(title)]))
        if not self._rows and not self._wider:
            gathering.add(tree.paragraph([tree.run(_("The sheet is empty."), italic=True)], "small"))
            return 0
        for sentence in self._limits(counted=counted):
            gathering.add(tree.paragraph([tree.run(sentence, italic=True)], "small"))
        if not self._rows:
            return 0
        widths = self._widths()
        groups = _groups(widths)
        for number, columns in enumerate(groups, 1):
            if len(groups) > 1:
                part = _("Columns {first} to {last} (part {number} of {count})").format(
                    first=column_letters(columns[0]),
                    last=column_letters(columns[-1]),
                    number=number,
                    count=len(groups),
                )
                gathering.add(tree.paragraph([tree.run(part, bold=True)], "caption"))
            gathering.add(self._table(columns, widths))
            gathering.pulse()
        return self._cells

    def _limits(self, *, counted: bool) -> list[str]:
        said = list(self._marked)
        if self._more:
            last = f"{self._last:,}" if counted else _("more than {count:,}").format(count=self._last)
            said.append(
                _("The sheet reaches down to row {last}; shown are its rows up to {shown:,}.").format(
                    last=last, shown=self._rows[-1][0]
                )
            )
        if self._wider:
            said.append(
                _("The sheet is wider than shown; columns after {last} are left out.").format(
                    last=column_letters(COLUMNS - 1)
                )
            )
        if self._cut:
            said.append(_("Very long cells are cut off, marked with “…”."))
        return said

    def _widths(self) -> dict[int, tuple[float, float]]:
        """Letters each column needs and wants; columns with nothing in them are left out."""
        words: dict[int, int] = {}
        lengths: dict[int, list[int]] = {}
        for _number, values in self._rows:
            for column, value in enumerate(values):
                if value.strip():
                    longest = max(len(word) for word in value[:400].split())
                    words[column] = max(words.get(column, 4), min(longest, _WORD))
                    lengths.setdefault(column, []).append(min(len(value), 400))
        out = {}
        for column, found in sorted(lengths.items()):
            mean = sum(found) / len(found)
            need = max(words[column], min(mean / 2.5, 18.0))
            out[column] = (need, max(need, min(mean * 1.15, _WIDEST), min(max(found), 14.0)))
        return out

    def _table(self, columns: Sequence[int], widths: dict[int, tuple[float, float]]) -> tree.Node:
        # A long-winded column must not squeeze its neighbours below what they need.
        wants = [widths[column][1] for column in columns]
        room = _LETTERS - sum(widths[column][0] + _PADDING for column in columns)
        share = min(max(room / max(sum(wants), 1.0), 0.0), 1.0)
        told = [widths[column][0] + _PADDING + want * share for column, want in zip(columns, wants, strict=True)]
        own = max(3.6, len(str(self._rows[-1][0])) + 2.0)
        head = [
            tree.text_cell("", header=True),
            *(tree.text_cell(column_letters(column), header=True) for column in columns),
        ]
        rows: list[list[tree.Node | str]] = [list(head)]
        for number, values in self._rows:
            cells = [values[column] if column < len(values) else "" for column in columns]
            if any(value.strip() for value in cells):
                rows.append([{"b": [tree.paragraph([tree.run(str(number))], "small")], "g": "muted"}, *cells])
        return tree.table(rows, (own, *told), header_rows=1)


def _groups(widths: dict[int, tuple[float, float]]) -> list[list[int]]:
    groups: list[list[int]] = []
    room = 0.0
    for column, (width, _want) in widths.items():
        if not groups or width + _PADDING > room:
            groups.append([])
            room = _LETTERS - 5.0
        groups[-1].append(column)
        room -= width + _PADDING
    return groups
