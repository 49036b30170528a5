"""The list as Qt sees it: headings of groups and lines, filtered and sorted; painting never asks the case."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCollator,
    QCollatorSortKey,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from magdesk.gui.evidence.catalogue import Catalogue
from magdesk.gui.evidence.columns import BY_NAME, USUAL, Column
from magdesk.gui.evidence.narrowing import NOTHING, Narrowing
from magdesk.gui.words import _
from magdesk.services.evidence.lines import EvidenceLine

_Index = QModelIndex | QPersistentModelIndex
_COLLATED_MOST = 50_000
# Made once: they are asked for with each cell that is painted.
_HEADING = Qt.ItemFlag.ItemIsEnabled
_LINE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


@dataclass(frozen=True, slots=True)
class EvidenceGroup:
    """A heading.

    Attributes:
        key: what its lines have in common; stays the same while words change.
        title: in words.
        open: whether its lines are shown.
    """

    key: object
    title: str
    count: int
    size: int
    open: bool


ListRow = EvidenceLine | EvidenceGroup


@dataclass(frozen=True, slots=True)
class Outlook:
    """How somebody looks at the list. Kept while the case is open, never stored.

    Attributes:
        columns: names of those shown; none until somebody chose.
        sort: name of the column sorted by; empty for the user's own order.
        group: name of the column grouped by; empty for none.
        closed: keys of the groups that are closed.
        pictures: whether items are shown as pictures.
    """

    columns: tuple[str, ...] = ()
    sort: str = ""
    descending: bool = False
    group: str = ""
    closed: frozenset[object] = frozenset()
    narrowing: Narrowing = NOTHING
    pictures: bool = False


class EvidenceModel(QAbstractTableModel):
    """Thousands of lines.

    Attributes:
        catalogue: everything there is.
        rows: what is shown, in order.
        columns: what is shown of each.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.catalogue = Catalogue()
        self.rows: list[ListRow] = []
        self.columns: tuple[Column, ...] = tuple(BY_NAME[name] for name in USUAL)
        self.shown = 0
        self.shown_size = 0
        self._outlook = Outlook()
        self._places: dict[uuid.UUID, int] = {}
        self._collations: dict[str, QCollatorSortKey] = {}
        locale = QLocale.system()
        # In the C locale words would sort by the numbers of their letters.
        self._collator = QCollator(QLocale("en") if locale.language() is QLocale.Language.C else locale)
        self._collator.setNumericMode(True)
        self._collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    # ---------------------------------------------------------------------------------------- what is shown

    @property
    def outlook(self) -> Outlook:
        """How it is looked at."""
        return self._outlook

    def look(self, outlook: Outlook) -> None:
        """Look at it like that."""
        self._outlook = outlook
        self.columns = tuple(BY_NAME[name] for name in outlook.columns or USUAL)
        self.reload()

    def reload(self) -> None:
        """Arrange the catalogue anew."""
        rows = self._arranged()
        self.beginResetModel()
        self._put(rows)
        self.endResetModel()

    def renew(self) -> None:
        """The catalogue changed a little: keep what is shown in place where the order is still the same."""
        rows = self._arranged()
        if _same(rows, self.rows):
            self._put(rows)
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self.columns) - 1))
        else:
            self.beginResetModel()
            self._put(rows)
            self.endResetModel()

    def toggle(self, row: int) -> None:
        """Open or close the group in that row."""
        group = self.rows[row]
        if isinstance(group, EvidenceGroup):
            closed = self._outlook.closed
            self.look(replace(self._outlook, closed=closed | {group.key} if group.open else closed - {group.key}))

    def close_all(self, closed: bool) -> None:
        """Close or open every group."""
        column = BY_NAME.get(self._outlook.group)
        keys: set[object] = set()
        if closed and column is not None:
            keys = {column.identity(self.catalogue, line) for line in self.catalogue.lines}
        self.look(replace(self._outlook, closed=frozenset(keys)))

    def _put(self, rows: list[ListRow]) -> None:
        self.rows = rows
        self._places = {row.id: place for place, row in enumerate(rows) if isinstance(row, EvidenceLine)}

    def _arranged(self) -> list[ListRow]:
        look, catalogue = self._outlook, self.catalogue
        lines = look.narrowing.keep(catalogue)
        self.shown = len(lines)
        self.shown_size = sum(line.size for line in lines)
        if look.sort in BY_NAME:
            lines = self._sorted(lines, BY_NAME[look.sort], descending=look.descending)
        column = BY_NAME.get(look.group)
        return list(lines) if column is None else self._grouped(lines, column)

    def _sorted(self, lines: list[EvidenceLine], column: Column, *, descending: bool) -> list[EvidenceLine]:
        orders = [column.order(self.catalogue, line) for line in lines]
        filled = [place for place, order in enumerate(orders) if order is not None]
        keys: list[Any] = orders
        if filled and isinstance(orders[filled[0]], str):
            keys = [None if order is None else self._collated(str(order)) for order in orders]
        # Places are sorted, not pairs: thousands of pairs would set the collector of garbage to work.
        filled.sort(key=keys.__getitem__, reverse=descending)
        # What is not known comes last, whichever way the others are sorted.
        return [lines[place] for place in filled] + [
            line for line, order in zip(lines, orders, strict=True) if order is None
        ]

    def _collated(self, text: str) -> QCollatorSortKey:
        """Where a text stands among others; found out once."""
        known = self._collations.get(text)
        if known is None:
            if len(self._collations) >= _COLLATED_MOST:
                self._collations.clear()
            known = self._collations[text] = self._collator.sortKey(text)
        return known

    def _grouped(self, lines: list[EvidenceLine], column: Column) -> list[ListRow]:
        found: dict[object, list[EvidenceLine]] = {}
        for line in lines:
            found.setdefault(column.identity(self.catalogue, line), []).append(line)
        titles = {key: column.value(self.catalogue, group[0]) for key, group in found.items()}
        closed = self._outlook.closed
        rows: list[ListRow] = []
        for key in sorted(found, key=lambda one: (not titles[one], self._collated(titles[one]))):
            group = found[key]
            is_open = key not in closed
            title = titles[key] or _("{field}: nothing entered").format(field=column.title)
            rows.append(EvidenceGroup(key, title, len(group), sum(line.size for line in group), is_open))
            rows += group if is_open else []
        return rows

    @property
    def total(self) -> int:
        """How many items there are."""
        return len(self.catalogue.lines)

    @property
    def lines(self) -> list[EvidenceLine]:
        """The lines that are shown, without headings."""
        return [row for row in self.rows if isinstance(row, EvidenceLine)]

    def row_of(self, key: uuid.UUID | None) -> int:
        """Where the item of that key is shown; -1 when it is not."""
        return -1 if key is None else self._places.get(key, -1)

    def line_at(self, row: int) -> EvidenceLine | None:
        """The line in that row; none for a heading."""
        found = self.rows[row] if 0 <= row < len(self.rows) else None
        return found if isinstance(found, EvidenceLine) else None

    def keys_at(self, rows: Iterable[int]) -> list[uuid.UUID]:
        """The items in these rows."""
        return [line.id for row in rows if (line := self.line_at(row)) is not None]

    # --------------------------------------------------------------------------------------------- for Qt

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """The columns."""
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Headings can be gone to, not chosen."""
        if not index.isValid() or index.row() >= len(self.rows):
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self.rows[index.row()], EvidenceGroup):
            return _HEADING
        return _LINE

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; by the user's own order when there is none."""
        name = self.columns[column].name if 0 <= column < len(self.columns) else ""
        descending = order is Qt.SortOrder.DescendingOrder
        if (name, descending) != (self._outlook.sort, self._outlook.descending):
            self.look(replace(self._outlook, sort=name, descending=descending))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """Titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self.columns[section])
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell says; the views paint from :attr:`rows` themselves."""
        row = self.rows[index.row()]
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            if isinstance(row, EvidenceGroup):
                return f"{row.title} ({row.count})" if index.column() == 0 else None
            return column.text(self.catalogue, row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, EvidenceLine):
            return self._tip(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, column)
        return None

    def _tip(self, line: EvidenceLine, column: Column) -> str | None:
        if column.name == "title":
            return "\n".join(part for part in (line.name, line.file_name, line.reading_note) if part)
        return column.text(self.catalogue, line) or None

    def _spoken(self, row: ListRow, column: Column) -> str:
        if isinstance(row, EvidenceGroup):
            state = _("open") if row.open else _("closed")
            return _("Group {title}, {count}, {state}").format(title=row.title, count=row.count, state=state)
        return f"{column.title}: {column.text(self.catalogue, row)}"


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


def _same(new: list[ListRow], old: list[ListRow]) -> bool:
    return len(new) == len(old) and all(
        (one.id if isinstance(one, EvidenceLine) else one.key)
        == (two.id if isinstance(two, EvidenceLine) else two.key)
        for one, two in zip(new, old, strict=True)
    )
