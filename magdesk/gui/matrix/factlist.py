"""All facts in a list from which they are dragged onto cells, narrowed by words."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QPushButton, QVBoxLayout, QWidget

from magdesk.gui.boundedwords import Label
from magdesk.gui.desk.desk import Desk
from magdesk.gui.forms.choices import incident_title, plain_text
from magdesk.gui.forms.rowkinds import sources
from magdesk.gui.matrix.dragging import carry, kinds
from magdesk.gui.rowpainting import DETAIL_ROLE, MARK_ROLE, TwoLineDelegate
from magdesk.gui.words import _, joined, ngettext

_Index = QModelIndex | QPersistentModelIndex
_TOLD = frozenset({"fact", "citation", "party", "name", "target", "incident", "participation"})
"""Tables from which the lines and their order are made."""


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact, ready to paint."""

    key: uuid.UUID
    number: str
    text: str
    detail: str
    hay: str


class FactModel(QAbstractListModel):
    """The facts that hold every word of the filter."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._all: list[FactLine] = []
        self._words: list[str] = []
        self.lines: list[FactLine] = []

    def set_lines(self, lines: list[FactLine]) -> None:
        """Show these; the view is reset only when others are shown."""
        self._all = lines
        shown = self._narrowed()
        if [line.key for line in shown] == [line.key for line in self.lines]:
            self.lines = shown
            if shown:
                self.dataChanged.emit(self.index(0), self.index(len(shown) - 1))
            return
        self.beginResetModel()
        self.lines = shown
        self.endResetModel()

    def narrow(self, text: str) -> None:
        """Keep the facts that hold every word."""
        self._words = text.casefold().split()
        self.set_lines(self._all)

    @property
    def total(self) -> int:
        """How many facts there are, shown or not."""
        return len(self._all)

    def _narrowed(self) -> list[FactLine]:
        if not self._words:
            return self._all
        return [line for line in self._all if all(word in line.hay for word in self._words)]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many are shown."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What the delegate paints."""
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role == DETAIL_ROLE:
            return line.detail
        if role == MARK_ROLE:
            return line.number
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{line.number}. {line.text}. {line.detail}"
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Facts can be dragged."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """Keys of facts."""
        return kinds()

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        """The dragged facts."""
        return carry(self.lines[index.row()].key for index in indexes)

    def supportedDragActions(self) -> Qt.DropAction:
        """A fact stays in the list."""
        return Qt.DropAction.CopyAction


class FactList(QWidget):
    """The facts of the case with a filter.

    Attributes:
        link_requested: these facts are to be linked to the chosen cell.
        opened: a fact is to be shown on its own page.
    """

    link_requested = Signal(object)
    opened = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Filter the facts"))
        self.filter.setAccessibleName(_("Filter the facts"))
        self.filter.setClearButtonEnabled(True)
        self.model = FactModel(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(TwoLineDelegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.view.setDragEnabled(not desk.read_only)
        self.view.setAccessibleName(_("All facts"))
        self.view.installEventFilter(self)
        self.count = Label()
        self.count.setObjectName("help")
        self.button = QPushButton(_("Link to the selected element"))
        self.button.setToolTip(_("Or drag facts onto a cell"))
        self._target = ""
        self._stale = True
        top = QVBoxLayout()
        top.setContentsMargins(10, 10, 10, 8)
        top.addWidget(self.filter)
        foot = QHBoxLayout()
        foot.setContentsMargins(10, 8, 10, 8)
        foot.addWidget(self.count, 1)
        foot.addWidget(self.button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addWidget(self.view, 1)
        box.addLayout(foot)
        self.filter.textChanged.connect(self._on_narrowed)
        self.button.clicked.connect(self._on_link)
        self.view.doubleClicked.connect(self._on_opened)
        self.view.selectionModel().selectionChanged.connect(self._enable)
        self.set_target("")

    def follow(self, tables: Collection[str]) -> None:
        """Follow the case: at once while it is seen, else when it is seen next.

        Args:
            tables: what was touched; empty for anything.
        """
        self._stale = self._stale or not tables or bool(_TOLD.intersection(tables))
        if self._stale and self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while it was hidden is read now."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Read the facts."""
        self._stale = False
        lines = []
        for number, row in enumerate(self._desk.facts(), 1):
            text = plain_text(self._desk, row.text) or _("New fact")
            where = incident_title(row.incident) if row.incident else _("background")
            detail = joined(row.date.display() if row.date else "", where, sources(row))
            lines.append(FactLine(row.id, str(number), text, detail, f"{number} {text} {detail}".casefold()))
        self.model.set_lines(lines)
        self._show_count()

    def set_target(self, code: str) -> None:
        """The element that facts would be linked to; empty while none is chosen."""
        self._target = code
        self.button.setText(_("Link to {code}").format(code=code) if code else _("Select an element"))
        self._enable()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter links what is selected."""
        pressed = watched is self.view and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_link()
            return True
        return super().eventFilter(watched, event)

    @property
    def selected(self) -> list[uuid.UUID]:
        """The facts that are selected, in the order of the list."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedIndexes())
        return [self.model.lines[row].key for row in rows]

    def _enable(self) -> None:
        self.button.setEnabled(bool(self._target and self.selected) and not self._desk.read_only)

    def _on_opened(self, index: QModelIndex) -> None:
        self.opened.emit(self.model.lines[index.row()].key)

    def _on_link(self) -> None:
        if self.button.isEnabled():
            self.link_requested.emit(self.selected)

    def _on_narrowed(self, text: str) -> None:
        self.model.narrow(text)
        self._show_count()
        self._enable()

    def _show_count(self) -> None:
        shown, total = len(self.model.lines), self.model.total
        if shown == total:
            self.count.setText(ngettext("{n} fact", "{n} facts", total).format(n=total))
        else:
            self.count.setText(_("{shown} of {total}").format(shown=shown, total=total))
